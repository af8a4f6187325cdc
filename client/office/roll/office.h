// `stimme roll status|notices|proof|find|admit|strike`. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <string>

#include "client/cli/command.h"

namespace stimme::office {

Status roll_status(cli::Context& context);
// Number, name, station and code of everybody who may vote, CSV, into a file of mode 0600.
Status roll_notices(const std::filesystem::path& out, cli::Context& context);
struct ProofOptions {
    std::string voter;
    std::filesystem::path out;
};
// The voter's private proof that they are on the sealed roll, checked, into a file of mode 0600.
Status roll_proof(const ProofOptions& options, cli::Context& context);
// By any part of name, birth date, number or address, or by a letter's code
// (core/roll/search/people_index.h).
Status roll_find(const std::string& query, cli::Context& context);

// Issues a polling card, or takes it back.
struct CardOptions {
    std::string voter;
    bool withdraw = false;
};
Status roll_card(const CardOptions& options, cli::Context& context);

struct CorrectionOptions {
    std::string voter;
    std::string reason;
};
enum class Correction { admit, strike };
// Proposes roll-corrected; a second official confirms it.
Status roll_correct(Correction correction, const CorrectionOptions& options, cli::Context& context);

}  // namespace stimme::office
