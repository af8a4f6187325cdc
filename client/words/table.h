// The shape of the table that catalogues.py makes from client/po: one row a language, with all sentences in
// the order of generated::sentences. A sentence that a catalogue lacks stands there in English.
//
// Thread rule: constants.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "client/words/generated/sentences.h"

namespace stimme::words {

struct LanguageRow {
    std::string_view tag;
    std::string_view name;
    bool right_to_left;
    std::string_view signed_off_by;  // "name, date"; empty: made by a machine
    std::array<std::string_view, generated::sentences.size()> said;
};

// English first, then the others by tag.
std::span<const LanguageRow> table();

}  // namespace stimme::words
