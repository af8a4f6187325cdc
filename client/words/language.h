// The languages in which Stimme speaks to voters: those that have a catalogue in client/po. A language is
// named by its tag of BCP 47, such as "de", "uk" or "de-simple" (German in plain language).
//
// Thread rule: values.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace stimme::words {

class Language {
  public:
    // The one with exactly this tag, if there is one.
    static std::optional<Language> find(std::string_view tag);
    // As find. Errors: language-unknown (invalid), whose message lists the tags there are.
    static Result<Language> parse(std::string_view tag);
    // English first, then the others by tag.
    static std::vector<Language> all();
    static Language english();
    static Language german();

    std::string_view tag() const;
    std::string_view name_in_itself() const;  // "Tiếng Việt"
    bool right_to_left() const;
    // Whether a person who knows the language has read the catalogue and stands for it.
    bool signed_off() const { return !signed_off_by().empty(); }
    std::string_view signed_off_by() const;  // "name, date"; empty: made by a machine

    // Its row of the table (table.h).
    std::size_t row() const { return row_; }

    bool operator==(const Language&) const = default;

  private:
    explicit Language(std::size_t row) : row_(row) {}

    std::size_t row_;
};

}  // namespace stimme::words
