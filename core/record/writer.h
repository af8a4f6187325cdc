// Writing a whole record as a folder: for a copy that is carried away, and for tests
// (docs/record-format.md).
//
// Thread rule: pure functions over the file system.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::record {

struct Content {
    std::string checkpoint;              // a signed note over exactly `entries`
    std::string definition;              // canonical
    std::vector<std::string> entries;    // in the order of the log
    std::map<std::string, Bytes> files;  // by path: after the close tags, participation and the ballot files
};

// Writes definition, tiles and files, and the checkpoint last: a folder with a checkpoint is whole.
// Errors: those of write_file, entry-too-large.
Status write_record(const std::filesystem::path& folder, const Content& content);

}  // namespace stimme::record
