// The fields of an office's CSV file as UTF-8. What the encoding is may be told, by the office or by a byte
// order mark; else it is detected by the first record that has more than ASCII: valid UTF-8 there means
// UTF-8, and from then on a field that isn't is wrong, not a guess.
//
// Thread rule: a FieldDecoder belongs to one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/roll/register/encoding.h"

namespace stimme::roll {

// Whether a header is of a file in UTF-16, which no encoding of ours can read.
bool looks_like_utf16(const std::vector<std::string>& header);

class FieldDecoder {
  public:
    // Gets the place of a field that isn't text of the encoding, the field, and what would be right.
    using Problem = std::function<void(std::size_t place, const std::string& value, std::string message)>;

    // The encoding isn't to be detected.
    void tell(Encoding encoding);
    // Turns the fields of one record into UTF-8; one with a problem stays as it is.
    void decode(std::vector<std::string>& fields, const Problem& problem);
    // UTF-8 where nothing but ASCII has come.
    Encoding encoding() const { return encoding_.value_or(Encoding::utf8); }

  private:
    std::optional<Encoding> encoding_;
    Decoder decoder_{Encoding::utf8};
};

}  // namespace stimme::roll
