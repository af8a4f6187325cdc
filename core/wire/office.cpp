#include "core/wire/office.h"

#include "core/wire/counts.h"

namespace stimme::wire {

using json::Array;
using json::Fields;
using json::Object;
using json::Value;

namespace {

events::Content read_content(Fields& in) {
    const Value* value = in.any("content");
    if (value == nullptr) return {};
    auto content = events::content_from_json(*value);
    if (!content) {
        in.problem("content", content.error().message);
        return {};
    }
    return *std::move(content);
}

}  // namespace

Value to_json(const ElectionView& m) {
    Object out{{"id", m.id.str()},
               {"phase", election::to_string(m.phase)},
               {"definition", to_hex(m.definition)},
               {"log_size", m.log_size}};
    if (m.election) out.set("election", to_hex(*m.election));
    if (!m.standstill.empty()) out.set("standstill", m.standstill);
    return out;
}
void read(Fields& in, ElectionView& m) {
    m.id = in.name<ElectionKind>("id");
    m.phase = static_cast<election::Phase>(
        in.one_of("phase", {"draft", "sealed", "open", "closed", "tallied", "certified", "cancelled"}));
    m.definition = in.hex<32>("definition");
    m.log_size = read_count(in, "log_size");
    if (in.has("election")) m.election = in.hex<32>("election");
    if (in.has("standstill")) m.standstill = in.text("standstill");
}

Value to_json(const PendingAct& m) {
    Array signatures;
    for (const auto& signature : m.signatures) signatures.push_back(events::to_json(signature));
    return Object{{"content", events::content_to_json(m.content)}, {"signatures", std::move(signatures)}};
}
void read(Fields& in, PendingAct& m) {
    m.content = read_content(in);
    in.each("signatures", 0, 64,
            [&](Fields& item) { m.signatures.push_back(events::read_act_signature(item)); });
}

Value to_json(const PendingActs& m) {
    Array acts;
    for (const PendingAct& act : m.acts) acts.push_back(to_json(act));
    Array withheld;
    for (const WithheldCount& count : m.withheld) {
        withheld.push_back(Object{{"type", election::to_string(count.type)},
                                  {"contest", count.contest.str()},
                                  {"group", count.group}});
    }
    return Object{{"acts", std::move(acts)}, {"withheld", std::move(withheld)}};
}
void read(Fields& in, PendingActs& m) {
    in.each("acts", 0, 1000, [&](Fields& item) { read(item, m.acts.emplace_back()); });
    in.each("withheld", 0, 1000, [&](Fields& item) {
        const std::string type = item.text("type");
        const auto* known = election::transition_named(type);
        if (known == nullptr) item.problem("type", "is no type of an entry");
        m.withheld.push_back({known == nullptr ? election::EntryType{} : known->type,
                              item.name<ContestKind>("contest"),
                              item.text("group", events::max_entry_bytes)});
    });
}

Value to_json(const ActRequest& m) {
    return Object{{"content", events::content_to_json(m.content)},
                  {"signature", events::to_json(m.signature)}};
}
void read(Fields& in, ActRequest& m) {
    m.content = read_content(in);
    Fields signature = in.object("signature");
    m.signature = events::read_act_signature(signature);
    signature.finish();
}

Value to_json(const ActAnswer& m) {
    Object out{{"missing", m.missing}};
    if (m.index) out.set("index", *m.index);
    return out;
}
void read(Fields& in, ActAnswer& m) {
    m.missing = static_cast<unsigned>(in.integer("missing", 0, 64));
    if (in.has("index")) m.index = read_count(in, "index");
}

Value to_json(const DraftAnswer& m) {
    return Object{{"content", events::content_to_json(m.content)}};
}
void read(Fields& in, DraftAnswer& m) {
    m.content = read_content(in);
}

}  // namespace stimme::wire
