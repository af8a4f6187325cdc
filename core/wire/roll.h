// What the election office and the server say to each other about the roll: imports, entries, conflicts,
// matters, duplicates. JSON shapes: docs/api/openapi.json. What a register says of a person is an object of
// its columns, as core/roll/register/register_row.h writes it; days are ISO dates, times are UTC.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json_fields.h"
#include "core/election/definition.h"

namespace stimme::wire {

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;  // sorted by key

// POST roll/imports (the body is the register, CSV).
struct RollImportAnswer {
    std::int64_t import = 0;  // its number; of a dry run, the one it would have got
    bool dry_run = false;
    std::string written_as;             // "UTF-8, semicolons, CRLF"
    std::uint64_t people = 0;           // in the register
    std::uint64_t eligible = 0;         // of these
    Counts reasons;                     // of these, by reason against
    std::uint64_t without_station = 0;  // eligible, but belonging to no station: must be 0 to seal
    std::uint64_t added = 0;
    std::uint64_t changed = 0;
    std::uint64_t gone = 0;
    std::uint64_t returned = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t conflicts = 0;        // decisions made by hand whose ground has moved
    std::uint64_t bad_lines = 0;        // problems, more than one of a line counted each
    std::uint64_t unnamed_lines = 0;    // bad lines that tell no number; with such, nobody counts as gone
    std::vector<std::string> problems;  // the first 1,000 of these
};

// GET roll/imports/progress.
struct ImportProgressView {
    std::uint64_t done;    // bytes
    std::uint64_t total;   // 0: none goes on
    std::uint64_t people;  // read so far
};

// GET roll/imports.
struct ImportView {
    std::int64_t import;
    std::string at;
    SignerId official;
    bool taken_back;
    std::uint64_t people, added, changed, gone, returned;
};
struct ImportViews {
    std::vector<ImportView> imports;
};

// POST roll/take-backs: the newest import, and which one the official took for it.
struct TakeBackRequest {
    std::int64_t import = 0;
};

// GET roll/imports/{import}/changes?after=NUMBER: what an import changed, by number; 500 at most.
struct ChangeView {
    std::int64_t import;
    std::string number;
    std::string kind;  // "changed", "gone", "returned"
    json::Object before, after;
};
struct ChangeViews {
    std::vector<ChangeView> changes;
};

// An application, objection or appeal.
struct MatterDecision {
    enum class Outcome { granted, refused, withdrawn };
    Outcome outcome = Outcome::granted;
    std::string effect;  // on the entry: "none" (the rules decide), "enrol", "refuse"
    std::string reason;
    std::string decided_on;  // day
    SignerId decided_by;
    std::string entered_at;
};
struct MatterView {
    enum class Kind { application, objection, appeal };
    std::int64_t id = 0;
    std::string number;  // of the person whose entry it is about
    Kind kind = Kind::application;
    std::string by;        // name of who objects to another's entry; empty: the person
    std::string received;  // day
    std::string text;
    std::optional<std::int64_t> earlier;  // of an appeal: the matter it is about
    SignerId entered_by;
    std::string entered_at;
    std::optional<MatterDecision> decision;
};
std::string_view to_string(MatterDecision::Outcome outcome);
std::string_view to_string(MatterView::Kind kind);

// POST roll/matters.
struct MatterRequest {
    std::string number;
    MatterView::Kind kind = MatterView::Kind::application;
    std::string by;
    std::string received;
    std::string text;
    std::optional<std::int64_t> earlier;
};
// POST roll/matters/{id}/decision.
struct MatterDecisionRequest {
    MatterDecision::Outcome outcome = MatterDecision::Outcome::granted;
    std::string effect;
    std::string reason;
    std::string decided_on;
};
// GET roll/matters.
struct MatterViews {
    std::vector<MatterView> matters;
};

// GET roll/people/{number}.
struct EntryView {
    std::string number;
    std::int64_t version = 0;
    json::Object person;      // what the register says
    std::int64_t origin = 0;  // import; 0: entered by hand
    std::string presence;     // "present", "gone", "returned", "invalid"
    std::string applied_on;   // an application that the office received, "" for none
    std::string ruling;       // "none", "enrol", "refuse"
    std::string station;      // "" for none
    StyleId style;
    std::string standing;                               // "none", "enrolled", "admitted"
    std::vector<std::string> reasons;                   // against voting
    std::vector<std::string> reasons_against_standing;  // for election
    std::string conflict;  // kind of the newest one that waits for a person, "" for none
    std::vector<MatterView> matters;
    std::vector<ChangeView> changes;
};
struct EntryViews {
    std::vector<EntryView> entries;
};

// POST roll/people: somebody whom no register names. The server gives the number where it is left out.
struct AddRequest {
    json::Object person;
    std::vector<std::string> distinct_from;  // numbers that were offered, and are other people
};
// Acts on one entry. `version` is the one that the official saw; another one since then is person-changed.
// POST roll/people/{number}/invalid
struct InvalidRequest {
    std::int64_t version = 0;
    std::string reason;
};
// POST roll/people/{number}/resolution
struct ResolutionRequest {
    std::int64_t version = 0;
    std::string
        choice;  // "keep" or "drop" (the decision made by hand), "same" or "other" (person who returned)
    std::string reason;
};

// GET roll/duplicates.
struct DuplicateView {
    EntryView a, b;
    std::string reason;
};
struct DuplicateViews {
    std::vector<DuplicateView> pairs;
};
// POST roll/duplicates/distinct.
struct DistinctRequest {
    std::string a, b;
};

json::Value to_json(const RollImportAnswer& m);
json::Value to_json(const ImportProgressView& m);
json::Value to_json(const ImportView& m);
json::Value to_json(const ImportViews& m);
json::Value to_json(const TakeBackRequest& m);
json::Value to_json(const ChangeView& m);
json::Value to_json(const ChangeViews& m);
json::Value to_json(const MatterView& m);
json::Value to_json(const MatterViews& m);
json::Value to_json(const MatterRequest& m);
json::Value to_json(const MatterDecisionRequest& m);
json::Value to_json(const EntryView& m);
json::Value to_json(const EntryViews& m);
json::Value to_json(const AddRequest& m);
json::Value to_json(const InvalidRequest& m);
json::Value to_json(const ResolutionRequest& m);
json::Value to_json(const DuplicateView& m);
json::Value to_json(const DuplicateViews& m);
json::Value to_json(const DistinctRequest& m);
// The two halves of a matter, as the roll keeps them.
json::Object entered_part(const MatterView& m);
json::Object decision_part(const MatterDecision& m);

void read(json::Fields& in, RollImportAnswer& m);
void read(json::Fields& in, ImportProgressView& m);
void read(json::Fields& in, ImportView& m);
void read(json::Fields& in, ImportViews& m);
void read(json::Fields& in, TakeBackRequest& m);
void read(json::Fields& in, ChangeView& m);
void read(json::Fields& in, ChangeViews& m);
void read(json::Fields& in, MatterView& m);
void read(json::Fields& in, MatterViews& m);
void read(json::Fields& in, MatterRequest& m);
void read(json::Fields& in, MatterDecisionRequest& m);
void read(json::Fields& in, EntryView& m);
void read(json::Fields& in, EntryViews& m);
void read(json::Fields& in, AddRequest& m);
void read(json::Fields& in, InvalidRequest& m);
void read(json::Fields& in, ResolutionRequest& m);
void read(json::Fields& in, DuplicateView& m);
void read(json::Fields& in, DuplicateViews& m);
void read(json::Fields& in, DistinctRequest& m);
void read_entered_part(json::Fields& in, MatterView& m);
void read_decision_part(json::Fields& in, MatterDecision& m);

}  // namespace stimme::wire
