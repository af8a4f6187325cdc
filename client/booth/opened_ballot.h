// A tested ballot as a document that its voter takes home: everything that is needed to make the very same
// ballot again on another machine (docs/protocol.md, section 4.7).
//
//     {"format": "stimme-opened-ballot/1", "election", "station", "style", "t", "tracking_code", "seed",
//      "selections"}
//
// Thread rule: values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/context.h"
#include "core/ballot/layout.h"
#include "core/base/json.h"

namespace stimme::booth {

struct OpenedBallot {
    ballot::Context context;
    Hash tracking_code;
    events::Opening opening;
    bool operator==(const OpenedBallot&) const = default;
};

json::Object to_json(const OpenedBallot& ballot);
// Errors: those of json::parse, opened-ballot-invalid.
Result<OpenedBallot> parse_opened_ballot(std::string_view text);

// What stands on a ballot, in words: a line for each contest and each option chosen. `language` picks titles.
// REQUIRES: selections have the shape of the layout.
std::vector<std::string> describe(const ballot::Layout& layout, const events::Selections& selections,
                                  const std::string& language);
// The title in that language, or else in the official one.
std::string title_of(const election::Titles& titles, const std::string& language,
                     const election::Definition& definition);

}  // namespace stimme::booth
