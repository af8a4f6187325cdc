// The body of an answer, given out piece by piece, so that a large file never lies in memory as a whole.
// Between two pieces no file is open: thousands of slow readers cost no descriptors.
//
// Thread rule: belongs to one connection.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "core/net/server/http.h"

namespace stimme::net {

class BodySource {
  public:
    // Errors: file-unreadable: the file of a FileRegion can't be opened or is too short.
    static Result<BodySource> open(Response::Body body);

    std::uint64_t size() const { return size_; }
    std::uint64_t left() const { return size_ - given_; }

    // Appends the next bytes, at most `limit` and at least one while any are left.
    // Errors: file-unreadable: the file shrank, was replaced by another, or fails.
    Status append_next(std::string& to, std::size_t limit);

  private:
    class OpenFile;
    BodySource(Response::Body body, std::uint64_t size) : body_(std::move(body)), size_(size) {}
    Status load(const OpenFile& file);
    Status append_from_file(std::string& to, std::size_t count);

    Response::Body body_;
    std::uint64_t size_;
    std::uint64_t given_ = 0;
    std::uint64_t device_ = 0;  // of the file, with its inode: which one it is
    std::uint64_t inode_ = 0;
};

}  // namespace stimme::net
