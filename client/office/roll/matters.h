// `stimme roll apply|object|appeal|decide|matters`: applications, objections and appeals about entries of the
// roll. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <string>

#include "client/cli/command.h"
#include "core/wire/roll.h"

namespace stimme::office {

// `Objection 7 of Yılmaz, received 2026-01-20, ...`.
std::string line_of(const wire::MatterView& matter);

struct MatterOptions {
    std::string number;
    std::string received;
    std::string text;
    std::string by;
};
Status roll_enter(wire::MatterView::Kind kind, const MatterOptions& options, cli::Context& context);

struct AppealOptions {
    std::uint64_t earlier = 0;
    std::string received;
    std::string text;
};
Status roll_appeal(const AppealOptions& options, cli::Context& context);

struct DecideOptions {
    std::uint64_t matter = 0;
    std::string outcome;
    std::string effect = "none";
    std::string reason;
    std::string decided_on;  // "" is today
};
Status roll_decide(const DecideOptions& options, cli::Context& context);

struct MattersOptions {
    bool open = false;
};
Status roll_matters(const MattersOptions& options, cli::Context& context);

}  // namespace stimme::office
