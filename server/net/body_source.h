// The body of an answer, given out piece by piece, so that a large file never lies in memory as a whole.
//
// Thread rule: belongs to one connection.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "server/net/http.h"

namespace stimme::net {

class BodySource {
  public:
    // Errors: file-unreadable: the file of a FileRegion can't be opened or is too short.
    static Result<BodySource> open(Response::Body body);

    ~BodySource();
    BodySource(BodySource&& other) noexcept;
    BodySource& operator=(BodySource&& other) noexcept;

    std::uint64_t size() const { return size_; }
    std::uint64_t left() const { return size_ - given_; }

    // Appends the next bytes, at most `limit` and at least one while any are left.
    // Errors: file-unreadable: the file shrank or fails.
    Status append_next(std::string& to, std::size_t limit);

  private:
    BodySource(Response::Body body, std::uint64_t size, int file);
    Status append_from_file(std::string& to, std::size_t count);

    Response::Body body_;
    std::uint64_t size_;
    std::uint64_t given_ = 0;
    int file_;  // -1: no file
};

}  // namespace stimme::net
