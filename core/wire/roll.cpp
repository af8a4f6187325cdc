#include "core/wire/roll.h"

#include <array>

#include "core/base/clock.h"
#include "core/wire/counts.h"

namespace stimme::wire {

using json::Array;
using json::Fields;
using json::Object;
using json::Value;

namespace {

constexpr std::size_t most = 1'000'000;
constexpr std::size_t max_number = 16;
constexpr std::size_t max_reason = 2000;
constexpr std::size_t max_text = 4000;
constexpr std::array<std::string_view, 3> kinds = {"application", "objection", "appeal"};
constexpr std::array<std::string_view, 3> outcomes = {"granted", "refused", "withdrawn"};

std::int64_t read_id(Fields& in, std::string_view key) {
    return in.integer(key, 0, json::max_integer);
}

Object read_object(Fields& in, std::string_view key) {
    const Value* value = in.any(key);
    const auto* object = value == nullptr ? nullptr : value->get<Object>();
    if (object != nullptr) return *object;
    if (value != nullptr) in.problem(key, "right is an object");
    return {};
}

std::string read_day(Fields& in, std::string_view key) {
    std::string day = in.text(key, 10);
    if (!day.empty() && !parse_date(day)) in.problem(key, "right is a day as yyyy-mm-dd");
    return day;
}

std::string read_words(Fields& in, std::string_view key, std::size_t max_bytes) {
    std::string text = in.text(key, max_bytes);
    if (text.empty()) in.problem(key, "right is some text");
    return text;
}

std::string read_effect(Fields& in) {
    constexpr std::array<std::string_view, 3> effects = {"none", "enrol", "refuse"};
    return std::string(effects[in.one_of("effect", {effects[0], effects[1], effects[2]})]);
}

MatterView::Kind read_kind(Fields& in) {
    return static_cast<MatterView::Kind>(in.one_of("kind", {kinds[0], kinds[1], kinds[2]}));
}

MatterDecision::Outcome read_outcome(Fields& in) {
    return static_cast<MatterDecision::Outcome>(
        in.one_of("outcome", {outcomes[0], outcomes[1], outcomes[2]}));
}

template <class Item>
Array array_of(const std::vector<Item>& items) {
    Array out;
    for (const Item& item : items) out.push_back(to_json(item));
    return out;
}

Array array_of(const std::vector<std::string>& texts) {
    Array out;
    for (const std::string& text : texts) out.emplace_back(text);
    return out;
}

template <class Item>
void read_items(Fields& in, std::string_view key, std::vector<Item>& items) {
    in.each(key, 0, most, [&](Fields& item) { read(item, items.emplace_back()); });
}

void read_entry(Fields& in, std::string_view key, EntryView& m) {
    Fields entry = in.object(key);
    read(entry, m);
    entry.finish();
}

}  // namespace

std::string_view to_string(MatterDecision::Outcome outcome) {
    return outcomes[static_cast<std::size_t>(outcome)];
}

std::string_view to_string(MatterView::Kind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

Value to_json(const RollImportAnswer& m) {
    return Object{{"import", m.import},
                  {"dry_run", m.dry_run},
                  {"written_as", m.written_as},
                  {"people", m.people},
                  {"eligible", m.eligible},
                  {"reasons", counts_to_json(m.reasons)},
                  {"without_station", m.without_station},
                  {"added", m.added},
                  {"changed", m.changed},
                  {"gone", m.gone},
                  {"returned", m.returned},
                  {"unchanged", m.unchanged},
                  {"conflicts", m.conflicts},
                  {"bad_lines", m.bad_lines},
                  {"unnamed_lines", m.unnamed_lines},
                  {"problems", array_of(m.problems)}};
}
void read(Fields& in, RollImportAnswer& m) {
    m.import = read_id(in, "import");
    m.dry_run = in.boolean("dry_run");
    m.written_as = in.text("written_as", 100);
    m.people = read_count(in, "people");
    m.eligible = read_count(in, "eligible");
    m.reasons = read_counts(in, "reasons");
    m.without_station = read_count(in, "without_station");
    m.added = read_count(in, "added");
    m.changed = read_count(in, "changed");
    m.gone = read_count(in, "gone");
    m.returned = read_count(in, "returned");
    m.unchanged = read_count(in, "unchanged");
    m.conflicts = read_count(in, "conflicts");
    m.bad_lines = read_count(in, "bad_lines");
    m.unnamed_lines = read_count(in, "unnamed_lines");
    m.problems = in.texts("problems", 0, 1000);
}

Value to_json(const ImportProgressView& m) {
    return Object{{"done", m.done}, {"total", m.total}, {"people", m.people}};
}
void read(Fields& in, ImportProgressView& m) {
    m.done = read_count(in, "done");
    m.total = read_count(in, "total");
    m.people = read_count(in, "people");
}

Value to_json(const ImportView& m) {
    return Object{{"import", m.import},         {"at", m.at},         {"official", m.official.str()},
                  {"taken_back", m.taken_back}, {"people", m.people}, {"added", m.added},
                  {"changed", m.changed},       {"gone", m.gone},     {"returned", m.returned}};
}

void read(Fields& in, ImportView& m) {
    m.import = read_id(in, "import");
    m.at = in.text("at", 32);
    m.official = in.name<SignerKind>("official");
    m.taken_back = in.boolean("taken_back");
    m.people = read_count(in, "people");
    m.added = read_count(in, "added");
    m.changed = read_count(in, "changed");
    m.gone = read_count(in, "gone");
    m.returned = read_count(in, "returned");
}

Value to_json(const ImportViews& m) {
    return Object{{"imports", array_of(m.imports)}};
}
void read(Fields& in, ImportViews& m) {
    read_items(in, "imports", m.imports);
}

Value to_json(const TakeBackRequest& m) {
    return Object{{"import", m.import}};
}
void read(Fields& in, TakeBackRequest& m) {
    m.import = read_id(in, "import");
}

Value to_json(const ChangeView& m) {
    return Object{{"import", m.import},
                  {"number", m.number},
                  {"kind", m.kind},
                  {"before", m.before},
                  {"after", m.after}};
}
void read(Fields& in, ChangeView& m) {
    m.import = read_id(in, "import");
    m.number = in.text("number", max_number);
    m.kind = in.text("kind", 32);
    m.before = read_object(in, "before");
    m.after = read_object(in, "after");
}

Value to_json(const ChangeViews& m) {
    return Object{{"changes", array_of(m.changes)}};
}
void read(Fields& in, ChangeViews& m) {
    read_items(in, "changes", m.changes);
}

Object entered_part(const MatterView& m) {
    Object out{{"kind", to_string(m.kind)},
               {"received", m.received},
               {"text", m.text},
               {"entered_by", m.entered_by.str()},
               {"entered_at", m.entered_at}};
    if (!m.by.empty()) out.set("by", m.by);
    if (m.earlier) out.set("earlier", *m.earlier);
    return out;
}
void read_entered_part(Fields& in, MatterView& m) {
    m.kind = read_kind(in);
    m.received = read_day(in, "received");
    m.text = in.text("text", max_text);
    m.entered_by = in.name<SignerKind>("entered_by");
    m.entered_at = in.text("entered_at", 32);
    if (in.has("by")) m.by = in.text("by", 200);
    if (in.has("earlier")) m.earlier = read_id(in, "earlier");
}

Object decision_part(const MatterDecision& m) {
    return {{"outcome", to_string(m.outcome)},
            {"effect", m.effect},
            {"reason", m.reason},
            {"decided_on", m.decided_on},
            {"decided_by", m.decided_by.str()},
            {"entered_at", m.entered_at}};
}
void read_decision_part(Fields& in, MatterDecision& m) {
    m.outcome = read_outcome(in);
    m.effect = read_effect(in);
    m.reason = in.text("reason", max_reason);
    m.decided_on = read_day(in, "decided_on");
    m.decided_by = in.name<SignerKind>("decided_by");
    m.entered_at = in.text("entered_at", 32);
}

Value to_json(const MatterView& m) {
    Object out = entered_part(m);
    out.set("id", m.id);
    out.set("number", m.number);
    if (m.decision) out.set("decision", decision_part(*m.decision));
    return out;
}
void read(Fields& in, MatterView& m) {
    m.id = read_id(in, "id");
    m.number = in.text("number", max_number);
    read_entered_part(in, m);
    if (!in.has("decision")) return;
    Fields decision = in.object("decision");
    read_decision_part(decision, m.decision.emplace());
    decision.finish();
}

Value to_json(const MatterViews& m) {
    return Object{{"matters", array_of(m.matters)}};
}
void read(Fields& in, MatterViews& m) {
    read_items(in, "matters", m.matters);
}

Value to_json(const MatterRequest& m) {
    Object out{{"number", m.number}, {"kind", to_string(m.kind)}, {"received", m.received}, {"text", m.text}};
    if (!m.by.empty()) out.set("by", m.by);
    if (m.earlier) out.set("earlier", *m.earlier);
    return out;
}
void read(Fields& in, MatterRequest& m) {
    m.number = in.text("number", max_number);
    m.kind = read_kind(in);
    m.received = read_day(in, "received");
    m.text = in.text("text", max_text);
    if (in.has("by")) m.by = in.text("by", 200);
    if (in.has("earlier")) m.earlier = read_id(in, "earlier");
}

Value to_json(const MatterDecisionRequest& m) {
    return Object{{"outcome", to_string(m.outcome)},
                  {"effect", m.effect},
                  {"reason", m.reason},
                  {"decided_on", m.decided_on}};
}
void read(Fields& in, MatterDecisionRequest& m) {
    m.outcome = read_outcome(in);
    m.effect = read_effect(in);
    m.reason = read_words(in, "reason", max_reason);
    m.decided_on = read_day(in, "decided_on");
}

Value to_json(const EntryView& m) {
    return Object{{"number", m.number},
                  {"version", m.version},
                  {"person", m.person},
                  {"origin", m.origin},
                  {"presence", m.presence},
                  {"applied_on", m.applied_on},
                  {"ruling", m.ruling},
                  {"station", m.station},
                  {"style", m.style.str()},
                  {"standing", m.standing},
                  {"reasons", array_of(m.reasons)},
                  {"reasons_against_standing", array_of(m.reasons_against_standing)},
                  {"conflict", m.conflict},
                  {"matters", array_of(m.matters)},
                  {"changes", array_of(m.changes)}};
}
void read(Fields& in, EntryView& m) {
    m.number = in.text("number", max_number);
    m.version = read_id(in, "version");
    m.person = read_object(in, "person");
    m.origin = read_id(in, "origin");
    m.presence = in.text("presence", 32);
    m.applied_on = in.text("applied_on", 10);
    m.ruling = in.text("ruling", 32);
    m.station = in.text("station", 32);
    m.style = in.name<StyleKind>("style");
    m.standing = in.text("standing", 32);
    m.reasons = in.texts("reasons", 0, 100);
    m.reasons_against_standing = in.texts("reasons_against_standing", 0, 100);
    m.conflict = in.text("conflict", 32);
    read_items(in, "matters", m.matters);
    read_items(in, "changes", m.changes);
}

Value to_json(const EntryViews& m) {
    return Object{{"entries", array_of(m.entries)}};
}
void read(Fields& in, EntryViews& m) {
    read_items(in, "entries", m.entries);
}

Value to_json(const AddRequest& m) {
    return Object{{"person", m.person}, {"distinct_from", array_of(m.distinct_from)}};
}
void read(Fields& in, AddRequest& m) {
    m.person = read_object(in, "person");
    if (in.has("distinct_from")) m.distinct_from = in.texts("distinct_from", 0, 100);
}

Value to_json(const InvalidRequest& m) {
    return Object{{"version", m.version}, {"reason", m.reason}};
}
void read(Fields& in, InvalidRequest& m) {
    m.version = read_id(in, "version");
    m.reason = read_words(in, "reason", max_reason);
}

Value to_json(const ResolutionRequest& m) {
    return Object{{"version", m.version}, {"choice", m.choice}, {"reason", m.reason}};
}
void read(Fields& in, ResolutionRequest& m) {
    constexpr std::array<std::string_view, 4> choices = {"keep", "drop", "same", "other"};
    m.version = read_id(in, "version");
    m.choice = choices[in.one_of("choice", {choices[0], choices[1], choices[2], choices[3]})];
    m.reason = read_words(in, "reason", max_reason);
}

Value to_json(const DuplicateView& m) {
    return Object{{"a", to_json(m.a)}, {"b", to_json(m.b)}, {"reason", m.reason}};
}

void read(Fields& in, DuplicateView& m) {
    read_entry(in, "a", m.a);
    read_entry(in, "b", m.b);
    m.reason = in.text("reason", 64);
}

Value to_json(const DuplicateViews& m) {
    return Object{{"pairs", array_of(m.pairs)}};
}
void read(Fields& in, DuplicateViews& m) {
    read_items(in, "pairs", m.pairs);
}

Value to_json(const DistinctRequest& m) {
    return Object{{"a", m.a}, {"b", m.b}};
}
void read(Fields& in, DistinctRequest& m) {
    m.a = in.text("a", max_number);
    m.b = in.text("b", max_number);
}

}  // namespace stimme::wire
