// A list that may be longer than memory: its rows go to a temporary file without a name, which vanishes with
// it; a short list never leaves memory.
//
// Thread rule: read() may be called by many at once while nobody pushes.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::verify {

// The bytes behind a Spill. Errors: those of create_temporary_file, spill-failed (unavailable), naming the
// folder; after one, every call fails with it.
class SpillFile {
  public:
    SpillFile() = default;
    SpillFile(SpillFile&& other) noexcept;
    SpillFile& operator=(SpillFile&& other) noexcept;
    SpillFile(const SpillFile&) = delete;
    SpillFile& operator=(const SpillFile&) = delete;
    ~SpillFile();

    void append(ByteView bytes);
    std::uint64_t size() const { return written_ + buffer_.size(); }
    // REQUIRES: offset + out.size() <= size().
    Status read(std::uint64_t offset, std::span<std::uint8_t> out) const;

  private:
    void flush();

    int file_ = -1;  // none yet
    std::uint64_t written_ = 0;
    Bytes buffer_;
    Status status_;
};

template <class Row>
class Spill {
    static_assert(std::is_trivially_copyable_v<Row>);

  public:
    void push(const Row& row) {
        bytes_.append(ByteView(reinterpret_cast<const std::uint8_t*>(&row), sizeof row));
    }
    std::uint64_t size() const { return bytes_.size() / sizeof(Row); }

    // Rows [begin, end). Errors: those of SpillFile. REQUIRES: end <= size().
    Result<std::vector<Row>> read(std::uint64_t begin, std::uint64_t end) const {
        std::vector<Row> rows(end - begin);
        STIMME_CHECK(bytes_.read(begin * sizeof(Row),
                                 {reinterpret_cast<std::uint8_t*>(rows.data()), rows.size() * sizeof(Row)}));
        return rows;
    }

  private:
    SpillFile bytes_;
};

}  // namespace stimme::verify
