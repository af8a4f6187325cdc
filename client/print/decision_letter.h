// The letter by which the election office decides on somebody's application for entry in the voter roll, or
// on an objection to it (Bescheid): granted or refused with the reasons, and the right to appeal
// (Beschwerde). In German, and below it in the person's language. As many pages as it takes. Mode 0600.
//
// Thread rule: pure function over the file system.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "client/print/paper.h"
#include "client/words/language.h"
#include "core/base/result.h"

namespace stimme::print {

enum class Matter { application, objection };
enum class Outcome { granted, refused };

struct Appeal {
    Day until;
    std::string to;  // office and address, one line
};

struct Decision {
    Sender sender;
    ElectionOnPaper election;
    PersonName name;
    Address address;
    std::optional<words::Language> language;  // beside German; empty: not known, so English
    std::string reference;                    // the office's own, may be empty
    Matter matter;
    Outcome outcome;
    Day received;
    Day dated;
    std::vector<std::string> reasons;  // codes such as "age" (words::reason_codes)
    std::string statement;             // the office's own words in German, may be empty or have paragraphs
    std::optional<Appeal> appeal;
    std::string signed_by;  // may have several lines
};

// Errors: reason-unknown (invalid), font-missing, those of write_file.
Result<Printed> print_decision(const std::filesystem::path& path, const Decision& decision);

}  // namespace stimme::print
