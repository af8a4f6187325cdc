// `stimme roll journal`: the chained acts of officials, as plain sentences. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <string>

#include "client/cli/command.h"
#include "core/base/json.h"

namespace stimme::office {

struct JournalOptions {
    std::string person, official, type, from, until;
    bool raw = false;  // the acts as they are chained
};
Status roll_journal(const JournalOptions& options, cli::Context& context);

// "2026-02-01T09:00:00Z  wahlleitung imported a register (import 2): ...".
std::string sentence_of(const json::Object& act);

}  // namespace stimme::office
