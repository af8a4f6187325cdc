// `stimme roll` with the server: import, notices, search, corrections. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <string>

#include "client/cli/command.h"

namespace stimme::office {

// Replaces an earlier import as a whole. Errors: those of the server; register-invalid lists every bad line.
Status roll_import(const std::filesystem::path& register_file, client::cli::Context& context);
Status roll_status(client::cli::Context& context);
// Number, name, station and code of everybody who may vote, CSV, into a file of mode 0600.
Status roll_notices(const std::filesystem::path& out, client::cli::Context& context);
// By the beginning of a number or name.
Status roll_find(const std::string& query, client::cli::Context& context);

struct CorrectionOptions {
    std::string voter;
    std::string reason;
};
enum class Correction { admit, strike };
// Proposes roll-corrected; a second official confirms it.
Status roll_correct(Correction correction, const CorrectionOptions& options, client::cli::Context& context);

}  // namespace stimme::office
