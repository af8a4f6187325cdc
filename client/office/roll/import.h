// `stimme roll import` and what belongs to it: imports so far, what each changed, taking the newest one back.
// Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "client/cli/command.h"
#include "core/roll/register/register_format.h"

namespace stimme::office {

// How to read a register: a mapping file, and what goes before it.
struct FormatOptions {
    std::filesystem::path mapping;
    std::string delimiter;  // "semicolon", "comma", "tab"; "" is detected
    std::string encoding;   // "UTF-8", "Windows-1252"; "" is detected
};
// Errors: those of read_file and RegisterFormat::parse.
Result<roll::RegisterFormat> read_format(const FormatOptions& options);

struct ImportOptions {
    std::filesystem::path register_file;
    FormatOptions format;
    bool dry_run = false;
    bool good_lines = false;
};
// Errors: those of the server; register-invalid lists every bad line.
Status roll_import(const ImportOptions& options, cli::Context& context);

Status roll_imports(cli::Context& context);
// 0: of the newest import.
Status roll_changes(std::uint64_t import, cli::Context& context);
Status roll_take_back(cli::Context& context);

}  // namespace stimme::office
