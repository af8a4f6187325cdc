// Voting notices (Wahlbenachrichtigungen): one page a voter, all in one file. A notice says in German, and
// below it in the voter's language, when and where to vote, what to bring and what to do if something is
// wrong. Its QR code checks the voter in; its content stands below it as text.
//
// Somebody with a register block gets a notice like everybody else: it is a letter to themselves. The file
// holds what is secret to each voter, so it has mode 0600.
//
// Thread rule: pure function over the file system.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "client/print/paper.h"
#include "client/words/language.h"
#include "core/base/result.h"

namespace stimme::print {

// The same in all letters.
struct NoticeText {
    Sender sender;
    ElectionOnPaper election;
    Day dated;
    Day objections_until;
    std::optional<Day> postal_until;  // the last day to ask for a postal vote; empty: there is none
};

struct Notice {
    PersonName name;
    Address address;
    std::string number;  // in the voter roll
    PollingPlace station;
    std::optional<words::Language> language;  // beside German; empty: not known, so English
    std::string code;                         // "number:salt": content of the QR code
};

// Errors: font-missing, qr-code-impossible (at "notices/3"), notice-too-long (internal: a catalogue says so
// much that two languages don't fit on a page), those of write_file.
Result<Printed> print_notices(const std::filesystem::path& path, const NoticeText& text,
                              std::span<const Notice> notices);

}  // namespace stimme::print
