// Temporary files without a name: they vanish when they are closed, or with the process.
//
// Thread rule: pure functions.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace stimme {

// The folder that TMPDIR names, else /tmp.
std::filesystem::path temporary_folder();

// A new, empty file, open for reading and writing; not inherited by other programs. The caller closes it.
// Errors: temporary-file (unavailable), naming the folder.
Result<int> create_temporary_file();

}  // namespace stimme
