// The public web page: what elections there are, in which phase, what the log says now, and how anyone can
// check it. Static HTML without scripts or anything from elsewhere; it says nothing that the record
// doesn't say.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stimme::web {

struct ElectionPage {
    std::string id;
    std::string title;     // in the official language
    std::string language;  // its code
    std::string authority;
    std::string phase;            // "open"
    std::string polls;            // "2026-03-01T08:00:00+01:00 to 2026-03-01T18:00:00+01:00"
    std::string definition_hash;  // h_D, hex
    std::string log_key;          // "origin+id+key", for verifiers
    std::uint64_t log_size = 0;
    std::string checkpoint;  // the signed note
    bool closed = false;     // whether tags, participation and ballots are published
    std::string standstill;  // code of why nothing is written; mostly empty
};

std::string_view stylesheet();  // served at /style.css, which the pages name
std::string list_page(const std::vector<ElectionPage>& elections);
std::string election_page(const ElectionPage& election);

}  // namespace stimme::web
