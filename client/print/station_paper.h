// What a polling station prints on its day: the slip with a voter's pass, the sheets that open and close the
// station, the report of the check before the day and its test page. Each is a value; sheet_of() says what
// stands on it. German comes first and a second language below.
//
// The slip says nothing about the person: no name, no number, no time, no language of their own. The second
// language of a slip is the station's choice and the same for everybody.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "client/print/booth_paper.h"
#include "client/print/paper.h"
#include "client/print/sheet.h"
#include "client/words/language.h"
#include "core/election/definition.h"
#include "core/pass/pass_text.h"

namespace stimme::print {

struct StationOnPaper {
    election::Titles election;  // language tag -> text
    std::string station;        // "Altstadt, Rathaus, Markt 1"
    Day day;                    // on which the paper is printed
};

enum class Copy { first, duplicate };

struct PassSlip {
    StationOnPaper where;
    pass::Pass pass;
    Copy copy = Copy::first;
    words::Language second = words::Language::english();
};

struct OpeningSheet {
    StationOnPaper where;
    std::string time;                  // "07:45", as the clock at the place shows it
    std::vector<std::string> present;  // names; each gets a line for a signature
    // Before the first voter. The sheet says that all are zero only when they are.
    std::uint64_t checked_in = 0;
    std::uint64_t passes = 0;
    std::uint64_t cast = 0;
};

struct ClosingSheet {
    StationOnPaper where;
    std::string time;
    std::uint64_t checked_in = 0;
    std::uint64_t passes = 0;
    std::uint64_t given_back = 0;
    std::uint64_t moved = 0;  // check-ins moved to another voter
    std::uint64_t cast = 0;
    std::uint64_t challenged = 0;
    std::uint64_t failed = 0;             // challenges that failed
    std::uint64_t expired = 0;            // left in a booth without "cast" or "test"
    std::uint64_t helped = 0;             // voters with a person of trust, at this desk
    std::uint64_t paper = 0;              // voters marked as having voted on paper
    std::string explanation = {};         // of a difference, in the board's words; empty: there is none
    std::vector<std::string> board;       // names; each gets a line for a signature
    std::vector<std::string> notes = {};  // on single entries
};

enum class Verdict { ok, warning, failed };

struct CheckLine {
    std::string what;  // "Certificate"
    Verdict verdict = Verdict::ok;
    std::string found;   // a sentence
    std::string advice;  // what to do; empty when there is nothing to do
};

struct CheckReport {
    StationOnPaper where;
    std::string time;
    std::vector<CheckLine> lines;
};

// Shows what the printer can do: every script, the QR code, the alarm.
struct TestPage {
    StationOnPaper where;
    std::string code;  // of the QR code; letters and digits
};

using Document = std::variant<PassSlip, OpeningSheet, ClosingSheet, CheckReport, TestPage, SealedSlip,
                              OpenedBallotSheet, ReceiptSheet, PaperBallot>;

Sheet sheet_of(const Document& document);

// What the QR code of a slip holds: the 25 characters alone. Without hyphens, for a scanner types like a
// keyboard, and on keyboards of other languages the hyphen lies elsewhere.
std::string code_of(const pass::Pass& pass);

}  // namespace stimme::print
