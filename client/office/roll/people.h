// `stimme roll show|add|invalid|conflicts|resolve|duplicates|distinct`: single entries of the roll, until it
// is sealed. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/cli/command.h"
#include "core/base/json.h"

namespace stimme::office {

// "Yılmaz, Ayşe" of a register's columns.
std::string name_of(const json::Object& person);
// `Straße: "Weg" -> "Gasse"` for each column in which they differ.
std::vector<std::string> differences(const json::Object& before, const json::Object& after);

struct PersonOptions {
    std::string number;
    std::string language;  // of the reasons; English where it is empty
};
// Everything about one person: register, decision and reasons, matters, changes.
Status roll_show(const PersonOptions& options, cli::Context& context);

struct AddOptions {
    std::vector<std::string> columns;   // "Familienname=Yılmaz"
    std::vector<std::string> distinct;  // numbers of people who were offered and are others
};
Status roll_add(const AddOptions& options, cli::Context& context);

struct InvalidOptions {
    std::string number;
    std::string reason;
};
Status roll_invalid(const InvalidOptions& options, cli::Context& context);

// What waits for a person: decisions made by hand under which the register moved, and people who are back.
Status roll_conflicts(cli::Context& context);
struct ResolveOptions {
    std::string number;
    std::string choice;
    std::string reason;
};
Status roll_resolve(const ResolveOptions& options, cli::Context& context);

// Pairs that probably are one person, side by side.
Status roll_duplicates(cli::Context& context);
Status roll_distinct(const std::vector<std::string>& numbers, cli::Context& context);

}  // namespace stimme::office
