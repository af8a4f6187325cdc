// A definition that somebody brings in a file.
//
// Thread rule: pure but for the file.
#pragma once

#include <filesystem>

#include "core/election/definition.h"

namespace stimme::session {

// In any JSON form. Errors: those of read_file and ValidDefinition::parse.
Result<election::ValidDefinition> read_definition_file(const std::filesystem::path& file);

}  // namespace stimme::session
