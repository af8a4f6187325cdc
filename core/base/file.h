// Whole files, read with a bound and written so that a crash leaves either the old or the new content.
//
// Thread rule: pure functions over the file system.
#pragma once

#include <cstddef>
#include <filesystem>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme {

enum class FileMode {
    shared,        // 0644
    private_file,  // 0600: keys and whatever else only its owner may read
};

// Errors: file-missing, file-unreadable, file-too-large (more than `limit` bytes). Messages name the path.
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t limit = std::size_t{64} << 20);

// Writes to a temporary file beside `path`, syncs it, renames it over `path` and syncs the folder. Missing
// parent folders are made. Errors: file-unwritable, with the system's reason; `path` then still has its old
// content.
Status write_file(const std::filesystem::path& path, ByteView content, FileMode mode = FileMode::shared);

// As write_file, but refuses to replace what is there. Errors: also file-exists.
Status create_file(const std::filesystem::path& path, ByteView content, FileMode mode = FileMode::shared);

}  // namespace stimme
