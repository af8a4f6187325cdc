// How an office writes its registers down, where that can't be detected or isn't the usual: delimiter,
// encoding, names of the columns, and words that stand for our values. Offices keep it in a file and give it
// with each import:
//
//     {"format": "stimme-register-format/1", "delimiter": ",", "encoding": "Windows-1252",
//      "columns": {"Personennummer": "PKZ", "Straße": "Anschrift_Strasse"},
//      "values": {"Geschlecht": {"weiblich": "w", "männlich": "m"}, "Auskunftssperre": {"ja": "X", "nein":
//      ""}}}
//
// Everything but "format" may be missing; what is missing is detected or has its usual name. Delimiters are
// ";", "," and a tab; encodings are "UTF-8" and "Windows-1252".
//
// Thread rule: values and pure functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/roll/register/encoding.h"
#include "core/roll/register/register_row.h"

namespace stimme::roll {

struct RegisterFormat {
    std::optional<char> delimiter;
    std::optional<Encoding> encoding;
    std::map<Column, std::string> columns;                        // what this office calls them
    std::map<Column, std::map<std::string, std::string>> values;  // what stands there -> what it means

    // Errors: register-format-invalid, naming each member that is wrong.
    static Result<RegisterFormat> from_json(const json::Value& document);
    static Result<RegisterFormat> parse(std::string_view text);

    bool operator==(const RegisterFormat&) const = default;
};
json::Value to_json(const RegisterFormat& format);

}  // namespace stimme::roll
