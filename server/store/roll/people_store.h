// The office's part of roll.db: everyone whom a register named or the office entered, registers that were
// imported with what they changed, conflicts, and matters (applications, objections, appeals). Who may do
// what and why is decided above (server/service/roll/roll_office.h).
//
// Thread rule: PeopleRows belongs to the thread that has its connection. Writing members need the connection
// of the database's Writer, inside an operation; the others take any. All give the errors of guarded().
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/roll/register/person.h"
#include "server/store/roll/roll_store.h"

namespace stimme::store {

enum class Presence {
    present,   // in the newest register, or entered by hand
    gone,      // no longer in it
    returned,  // in it again after it was gone: a person must say whether it is the same one
    invalid,   // entered or registered by mistake
};
std::string_view to_string(Presence presence);
std::optional<Presence> presence_named(std::string_view name);

// What an official decided, whatever the rules say.
enum class Ruling { none, enrol, refuse };
std::string_view to_string(Ruling ruling);
std::optional<Ruling> ruling_named(std::string_view name);

struct EntryRow {
    roll::Person person;
    std::int64_t origin = 0;  // the import that brought it; 0: by hand
    Presence presence = Presence::present;
    std::optional<roll::Day> applied_on;  // an application that the office received
    Ruling ruling = Ruling::none;
    std::int64_t version = 1;

    std::string station;  // empty where the address belongs to none
    StyleId style;
    Standing standing = Standing::none;
    std::vector<std::string> reasons;  // codes; empty if and only if the person may vote
    std::optional<events::Salt> salt;
    std::optional<Hash> leaf;  // with a salt

    bool may_vote() const { return standing != Standing::none; }
};

struct ImportRow {
    std::int64_t id;
    std::string act;
    bool taken_back;
};

enum class ChangeKind { changed, gone, returned };
std::string_view to_string(ChangeKind kind);

struct ChangeRow {
    std::int64_t import;
    std::string number;
    ChangeKind kind;
    roll::Person before;
    Presence presence_before;
};

struct ConflictRow {
    std::string number;
    std::int64_t import;
    ChangeKind kind;
};

struct MatterRow {
    std::int64_t id;
    std::string number;
    json::Object entered;
    std::optional<json::Object> decision;
};

// An act of the office with what was answered, so that its repetition does nothing.
struct AnsweredAct {
    std::string key;
    Hash digest;
    std::string answer;
};

class PeopleRows {
  public:
    explicit PeopleRows(Connection& connection) : connection_(connection) {}

    // People. REQUIRES of add: the number is new.
    Result<bool> empty() const;
    Status add(const EntryRow& entry);
    Status update(const EntryRow& entry);
    Status remove(std::string_view number);
    Result<std::optional<EntryRow>> find(std::string_view number) const;
    // Calls `read` for each, by number, until it gives an error.
    Status each(const std::function<Status(const EntryRow&)>& read) const;
    // Numbers of the entries that registers brought and the newest one should name: those that aren't gone.
    Status each_expected(const std::function<Status(std::string_view)>& read) const;
    Status each_brought_by(std::int64_t import, const std::function<Status(const EntryRow&)>& read) const;
    Status remove_brought_by(std::int64_t import);

    // Imports.
    Result<std::int64_t> next_import() const;
    Status add_import(std::int64_t id, std::string_view act);
    Status take_back(std::int64_t id);
    // By number of the import.
    Result<std::vector<ImportRow>> imports() const;

    // Changes, by number of the person. `before` is how the entry was.
    Status add_change(std::int64_t import, ChangeKind kind, const EntryRow& before);
    Result<std::vector<ChangeRow>> changes(std::int64_t import, std::string_view after,
                                           std::size_t limit) const;
    Result<std::vector<ChangeRow>> changes_of(std::string_view number) const;
    Status drop_changes(std::int64_t import);

    // Conflicts, at most one of a person and import. What is given back is each person's newest.
    Status add_conflict(const ConflictRow& conflict);
    Status drop_conflicts(std::string_view number);
    Status drop_conflicts_of(std::int64_t import);
    Result<std::vector<ConflictRow>> conflicts() const;
    Result<std::optional<ConflictRow>> conflict_of(std::string_view number) const;

    // Matters, by id.
    Result<std::int64_t> add_matter(std::string_view number, const json::Object& entered);
    Status decide_matter(std::int64_t id, const json::Object& decision);
    Result<std::optional<MatterRow>> matter(std::int64_t id) const;
    Result<std::vector<MatterRow>> matters() const;
    Result<std::vector<MatterRow>> matters_of(std::string_view number) const;

    // Pairs that are two people, smaller number first.
    Status add_distinct(std::string_view a, std::string_view b);
    Result<std::vector<std::pair<std::string, std::string>>> distinct() const;

    // Acts that were answered. REQUIRES of add: the key is new.
    Result<std::optional<AnsweredAct>> once(std::string_view key) const;
    Status add_once(const AnsweredAct& act);

  private:
    Connection& connection_;
};

}  // namespace stimme::store
