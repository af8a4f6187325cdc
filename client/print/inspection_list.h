// The list that the public may look into before the election (Einsichtnahme in das Wählerverzeichnis): number
// and name, by default neither date of birth nor address. Whoever has a register block (Auskunftssperre)
// isn't in it: a row exists only for somebody who has none. In German, as the official form is. Mode 0600.
//
// Thread rule: values, and a pure function over the file system.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "client/print/paper.h"
#include "core/base/result.h"

namespace stimme::print {

struct ListedPerson {
    std::string number;  // in the voter roll
    PersonName name;
    std::optional<int> birth_year;  // only where the statute wants it
};

class InspectionRow {
  public:
    // Nothing for somebody with a register block.
    static std::optional<InspectionRow> of(ListedPerson person, bool register_block);

    const ListedPerson& person() const { return person_; }

  private:
    explicit InspectionRow(ListedPerson person) : person_(std::move(person)) {}
    ListedPerson person_;
};

struct InspectionList {
    std::string authority;
    ElectionOnPaper election;
    Day from;  // first and last day on which it can be looked into
    Day until;
    Day dated;
};

// Rows in the order given. Birth years have a column if any row has one. Errors: font-missing, those of
// write_file.
Result<Printed> print_inspection_list(const std::filesystem::path& path, const InspectionList& list,
                                      std::span<const InspectionRow> rows);

}  // namespace stimme::print
