#include "core/wire/desk.h"

#include "core/events/entry.h"
#include "core/wire/counts.h"

namespace stimme::wire {

using json::Array;
using json::Fields;
using json::Object;
using json::Value;

Value to_json(const CheckInRequest& m) {
    Object out{{"voter", m.voter}, {"blinded", to_hex(m.blinded)}};
    if (m.card_taken) out.set("card_taken", true);
    return out;
}
void read(Fields& in, CheckInRequest& m) {
    m.voter = in.text("voter", 64);
    m.blinded = in.hex<33>("blinded");
    m.card_taken = in.has("card_taken") && in.boolean("card_taken");
}

Value to_json(const CheckInAnswer& m) {
    return Object{
        {"style", m.style.str()},
        {"evaluated", to_hex(m.evaluated)},
        {"proof", Object{{"challenge", to_hex(m.proof_challenge)}, {"response", to_hex(m.proof_response)}}}};
}
void read(Fields& in, CheckInAnswer& m) {
    m.style = in.name<StyleKind>("style");
    m.evaluated = in.hex<33>("evaluated");
    Fields proof = in.object("proof");
    m.proof_challenge = proof.hex<32>("challenge");
    m.proof_response = proof.hex<32>("response");
    proof.finish();
}

Value to_json(const VoterView& m) {
    Array reasons;
    for (const std::string& reason : m.reasons) reasons.emplace_back(reason);
    Object out{{"number", m.number},         {"family_name", m.family_name}, {"given_names", m.given_names},
               {"birth_date", m.birth_date}, {"address", m.address},         {"station", m.station.str()},
               {"style", m.style.str()},     {"eligible", m.eligible},       {"reasons", std::move(reasons)}};
    if (m.checked_in_at) out.set("checked_in_at", m.checked_in_at->str());
    if (m.paper_at) out.set("paper_at", m.paper_at->str());
    if (m.polling_card) out.set("polling_card", true);
    if (m.register_block) out.set("register_block", true);
    return out;
}
void read(Fields& in, VoterView& m) {
    m.number = in.text("number", 64);
    m.family_name = in.text("family_name");
    m.given_names = in.text("given_names");
    m.birth_date = in.text("birth_date", 16);
    m.address = in.text("address");
    m.station = in.name<StationKind>("station");
    m.style = in.name<StyleKind>("style");
    m.eligible = in.boolean("eligible");
    m.reasons = in.texts("reasons", 0, 32);
    if (in.has("checked_in_at")) m.checked_in_at = in.name<StationKind>("checked_in_at");
    if (in.has("paper_at")) m.paper_at = in.name<StationKind>("paper_at");
    m.polling_card = in.has("polling_card") && in.boolean("polling_card");
    m.register_block = in.has("register_block") && in.boolean("register_block");
}

Value to_json(const VoidRequest& m) {
    return Object{{"voter", m.voter}, {"pass", to_json(m.pass)}, {"signature", events::to_json(m.signature)}};
}
void read(Fields& in, VoidRequest& m) {
    m.voter = in.text("voter", 64);
    m.pass = read_pass(in);
    m.signature = read_signature(in);
}

namespace {

constexpr std::size_t most_rows = 100'000;  // of a station's record

Array to_array(const std::vector<std::string>& texts) {
    Array all;
    for (const std::string& text : texts) all.emplace_back(text);
    return all;
}

Object object_of(const MoveRequest& m) {
    return Object{{"from", m.from}, {"to", m.to}, {"members", to_array(m.members)}};
}

Array to_array(const std::vector<PaperConflict>& conflicts) {
    Array all;
    for (const PaperConflict& conflict : conflicts) {
        Object out{{"voter", conflict.voter}, {"reason", conflict.reason}};
        if (conflict.station) out.set("station", conflict.station->str());
        all.emplace_back(std::move(out));
    }
    return all;
}
std::vector<PaperConflict> read_conflicts(Fields& in) {
    std::vector<PaperConflict> conflicts;
    in.each("conflicts", 0, most_rows, [&](Fields& item) {
        PaperConflict conflict{item.text("voter", 64), item.text("reason", 64)};
        if (item.has("station")) conflict.station = item.name<StationKind>("station");
        item.finish();
        conflicts.push_back(std::move(conflict));
    });
    return conflicts;
}

}  // namespace

Value to_json(const MoveRequest& m) {
    return object_of(m);
}
void read(Fields& in, MoveRequest& m) {
    m.from = in.text("from", 64);
    m.to = in.text("to", 64);
    m.members = in.texts("members", 2, 2);
}

Value to_json(const MoveAnswer& m) {
    return Object{{"to", m.to}};
}
void read(Fields& in, MoveAnswer& m) {
    m.to = in.text("to", 64);
}

Value to_json(const PaperRequest& m) {
    return Object{{"voters", to_array(m.voters)}, {"withdrawn", m.withdrawn}};
}
void read(Fields& in, PaperRequest& m) {
    m.voters = in.texts("voters", 1, PaperRequest::most);
    m.withdrawn = in.boolean("withdrawn");
}

Value to_json(const PaperAnswer& m) {
    return Object{{"entered", m.entered}, {"again", m.again}, {"conflicts", to_array(m.conflicts)}};
}
void read(Fields& in, PaperAnswer& m) {
    m.entered = read_count(in, "entered");
    m.again = read_count(in, "again");
    m.conflicts = read_conflicts(in);
}

Value to_json(const StationRecord& m) {
    Array moves;
    for (const StationRecord::Move& move : m.moves) {
        Object out = object_of(move.what);
        out.set("desk", move.desk.str());
        moves.emplace_back(std::move(out));
    }
    return Object{{"moves", std::move(moves)}, {"paper", m.paper}, {"conflicts", to_array(m.conflicts)}};
}
void read(Fields& in, StationRecord& m) {
    in.each("moves", 0, most_rows, [&](Fields& item) {
        StationRecord::Move move;
        read(item, move.what);
        move.desk = item.name<SignerKind>("desk");
        item.finish();
        m.moves.push_back(std::move(move));
    });
    m.paper = read_count(in, "paper");
    m.conflicts = read_conflicts(in);
}

Value to_json(const CardRequest& m) {
    return Object{{"voter", m.voter}, {"withdrawn", m.withdrawn}};
}
void read(Fields& in, CardRequest& m) {
    m.voter = in.text("voter", 64);
    m.withdrawn = in.boolean("withdrawn");
}

}  // namespace stimme::wire
