// Where a record is mirrored from: an election's public port, or another folder (docs/record-format.md).
//
// Thread rule: a Source belongs to one thread.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::record {

class Source {
  public:
    virtual ~Source() = default;

    // A whole file, by its path in the record. Errors: file-missing (kind not-found) when the source has
    // none; others as the way of transport has them.
    virtual Result<Bytes> fetch(const std::string& path) = 0;

    // The bytes [offset, offset + size) of a file that may be too big to hold; shorter where the file ends.
    // Errors as fetch. Unless a source can do better, it fetches the whole.
    virtual Result<Bytes> fetch_part(const std::string& path, std::uint64_t offset, std::size_t size);
};

class FolderSource final : public Source {
  public:
    explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
    Result<Bytes> fetch(const std::string& path) override;
    Result<Bytes> fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) override;

  private:
    std::filesystem::path folder_;
};

}  // namespace stimme::record
