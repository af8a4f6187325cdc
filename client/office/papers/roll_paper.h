// `stimme roll letters|station-roll|inspection-list|decision-letter`: the paper of the roll as PDF files of
// mode 0600, drawn here from what the server knows. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "client/cli/command.h"

namespace stimme::office {

// What stands at the head of letters.
struct SenderOptions {
    std::string address;  // one line
    std::string contact;
};

struct LettersOptions {
    std::filesystem::path out;
    SenderOptions sender;
    std::vector<std::string> numbers;  // only these; empty: everyone who may vote
    std::string objections_until;      // "": the definition's deadline
};
// The voting notices (Wahlbenachrichtigungen), by station, then in German order.
Status roll_letters(const LettersOptions& options, cli::Context& context);

struct StationRollOptions {
    std::string station;
    std::filesystem::path out;
};
// The paper roll of a station, in German order.
Status roll_station_roll(const StationRollOptions& options, cli::Context& context);

struct InspectionOptions {
    std::filesystem::path out;
    std::string from, until;  // "": the definition's deadlines
    bool birth_years = false;
};
// Everyone who may vote but those with a register block, in German order.
Status roll_inspection_list(const InspectionOptions& options, cli::Context& context);

struct DecisionLetterOptions {
    std::uint64_t matter = 0;
    std::filesystem::path out;
    SenderOptions sender;
    std::string signed_by;
    std::string appeal_until, appeal_to;
};
// The letter that tells a decision about an application or objection to the person concerned.
Status roll_decision_letter(const DecisionLetterOptions& options, cli::Context& context);

}  // namespace stimme::office
