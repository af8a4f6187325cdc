// What a voting booth prints for its voter: the slip with the tracking code of a sealed ballot, a tested
// ballot opened, the receipt of a ballot that was cast, and the ballot for the urn. German comes first and
// the voter's language below; on the ballot for the urn only German stands, so that no language tells whose
// it is.
//
// Slip and receipt say nothing about the choice; the ballot for the urn says nothing but the choice.
//
// Thread rule: values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/print/paper.h"
#include "client/print/sheet.h"
#include "client/words/language.h"

namespace stimme::print {

struct BoothOnPaper {
    election::Titles election;  // language tag -> text
    std::string station;
    Day day{};
    bool practice = false;
    words::Language second = words::Language::english();
};

// Sealed, neither cast nor tested.
struct SealedSlip {
    BoothOnPaper where;
    std::string tracking_code;  // in groups
    std::uint64_t index = 0;    // of the ballot's entry in the public log
};

struct OpenedBallotSheet {
    BoothOnPaper where;
    std::string tracking_code;
    std::vector<std::string> choices;  // a line for each contest and each option chosen
    std::string document;              // stimme-opened-ballot/1
};

struct ReceiptSheet {
    BoothOnPaper where;
    std::string tracking_code;
    std::uint64_t index = 0;
    std::string receipt;  // tlog-proof
};

struct PaperBallot {
    BoothOnPaper where;
    std::vector<std::string> choices;  // in German
};

Sheet sheet(const SealedSlip& slip);
Sheet sheet(const OpenedBallotSheet& opened);
Sheet sheet(const ReceiptSheet& receipt);
Sheet sheet(const PaperBallot& ballot);

}  // namespace stimme::print
