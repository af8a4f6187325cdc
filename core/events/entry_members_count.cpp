// The members of the entries of the count: paper ballots, hand counts, lots, audits (docs/protocol.md,
// section 6.2).
#include "core/events/entry_members.h"
#include "core/events/entry_parts.h"

namespace stimme::events {

using json::Fields;
using json::Object;
using json::Value;

namespace {

json::Array texts_to_json(const std::vector<std::string>& texts) {
    return array_of(texts, [](const std::string& text) { return Value(text); });
}

// A text that is there only where it says something.
std::string read_if_any(Fields& in, std::string_view key) {
    if (!in.has(key)) return {};
    std::string text = in.text(key, max_text);
    if (text.empty()) in.problem(key, "is left out where it is empty");
    return text;
}

// What counts of paper have in common.
template <class Counted>
void write_counted(Object& out, const Counted& c) {
    out.set("contest", c.contest.str());
    out.set("group", c.group);
    out.set("ballots", c.ballots);
    out.set("totals", counts_to_json(c.totals));
    write_supersedes(out, c);
}
template <class Counted>
void read_counted(Fields& in, Counted& c) {
    c.contest = in.name<ContestKind>("contest");
    c.group = in.text("group", max_entry_bytes);
    c.ballots = read_count(in, "ballots");
    c.totals = read_counts(in, "totals");
    read_supersedes(in, c);
}

}  // namespace

void write(Object& out, const PaperBatches& c) {
    out.set("contest", c.contest.str());
    out.set("batches", array_of(c.batches, [](const PaperBatch& b) {
                Object item{{"district", b.district.str()}, {"ballots", b.ballots}};
                if (b.station) item.set("station", b.station->str());
                if (!b.remark.empty()) item.set("remark", b.remark);
                return Value(std::move(item));
            }));
    write_supersedes(out, c);
}
void read(Fields& in, PaperBatches& c) {
    c.contest = in.name<ContestKind>("contest");
    in.each("batches", 0, many, [&](Fields& item) {
        PaperBatch b;
        b.district = item.name<DistrictKind>("district");
        if (item.has("station")) b.station = item.name<StationKind>("station");
        b.ballots = read_count(item, "ballots");
        b.remark = read_if_any(item, "remark");
        c.batches.push_back(std::move(b));
    });
    read_supersedes(in, c);
}

void write(Object& out, const PaperCount& c) {
    write_counted(out, c);
}
void read(Fields& in, PaperCount& c) {
    read_counted(in, c);
}

void write(Object& out, const HandCount& c) {
    write_counted(out, c);
    if (!c.explanation.empty()) out.set("explanation", c.explanation);
}
void read(Fields& in, HandCount& c) {
    read_counted(in, c);
    c.explanation = read_if_any(in, "explanation");
}

void write(Object& out, const AuditStarted& c) {
    out.set("contest", c.contest.str());
    out.set("seed", c.seed);
    out.set("how", c.how);
    out.set("drawn_by", c.drawn_by);
    out.set("witnesses", texts_to_json(c.witnesses));
    out.set("sheets", array_of(c.sheets, [](const UrnSheets& urn) {
                return Value(Object{{"group", urn.group}, {"sheets", urn.sheets}});
            }));
}
void read(Fields& in, AuditStarted& c) {
    c.contest = in.name<ContestKind>("contest");
    c.seed = in.text("seed", max_text);
    c.how = in.text("how", max_text);
    c.drawn_by = in.text("drawn_by", max_text);
    c.witnesses = in.texts("witnesses", 0, 64);
    in.each("sheets", 0, many, [&](Fields& item) {
        std::string group = item.text("group", max_entry_bytes);
        c.sheets.push_back({std::move(group), read_count(item, "sheets")});
    });
}

void write(Object& out, const LotCommitment& c) {
    out.set("contest", c.tie.contest.str());
    out.set("seats", c.tie.seats);
    out.set("between", names_to_json(c.tie.between));
    out.set("official", c.official.str());
    out.set("commitment", to_hex(c.commitment));
}
void read(Fields& in, LotCommitment& c) {
    c.tie.contest = in.name<ContestKind>("contest");
    c.tie.seats = read_count(in, "seats");
    c.tie.between = in.names<OptionKind>("between", 0, many);
    c.official = in.name<SignerKind>("official");
    c.commitment = in.hex<32>("commitment");
}

void write(Object& out, const LotNumber& c) {
    out.set("contest", c.contest.str());
    out.set("official", c.official.str());
    out.set("number", to_hex(c.number));
}
void read(Fields& in, LotNumber& c) {
    c.contest = in.name<ContestKind>("contest");
    c.official = in.name<SignerKind>("official");
    c.number = in.hex<32>("number");
}

void write(Object& out, const LotDrawn& c) {
    out.set("contest", c.contest.str());
    out.set("seats", c.seats);
    out.set("between", names_to_json(c.between));
    out.set("drawn", names_to_json(c.drawn));
    out.set("how", c.how);
    out.set("drawn_by", c.drawn_by);
    out.set("witnesses", texts_to_json(c.witnesses));
}
void read(Fields& in, LotDrawn& c) {
    c.contest = in.name<ContestKind>("contest");
    c.seats = read_count(in, "seats");
    c.between = in.names<OptionKind>("between", 0, many);
    c.drawn = in.names<OptionKind>("drawn", 0, many);
    c.how = in.text("how", max_text);
    c.drawn_by = in.text("drawn_by", max_text);
    c.witnesses = in.texts("witnesses", 0, 64);
}

}  // namespace stimme::events
