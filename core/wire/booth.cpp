#include "core/wire/booth.h"

#include "core/events/entry.h"

namespace stimme::wire {

using json::Fields;
using json::Object;
using json::Value;

namespace {

constexpr std::size_t max_body = std::size_t{1} << 20;
constexpr std::size_t max_receipt = std::size_t{128} << 10;

std::uint64_t read_index(Fields& in) {
    return static_cast<std::uint64_t>(in.integer("index", 0, json::max_integer));
}

}  // namespace

Value to_json(const BoothPassRequest& m) {
    return Object{{"t", to_hex(m.t)}, {"tag", to_hex(m.tag)}};
}
void read(Fields& in, BoothPassRequest& m) {
    m.t = in.hex<10>("t");
    m.tag = in.hex<5>("tag");
}

Value to_json(const BoothPassAnswer& m) {
    return Object{{"style", m.style.str()}, {"challenges", m.challenges}};
}
void read(Fields& in, BoothPassAnswer& m) {
    m.style = in.name<StyleKind>("style");
    m.challenges = static_cast<unsigned>(in.integer("challenges", 0, 255));
}

Value to_json(const SubmissionRequest& m) {
    return Object{
        {"t", to_hex(m.t)}, {"tag", to_hex(m.tag)}, {"style", m.style.str()}, {"body", to_base64(m.body)}};
}
void read(Fields& in, SubmissionRequest& m) {
    m.t = in.hex<10>("t");
    m.tag = in.hex<5>("tag");
    m.style = in.name<StyleKind>("style");
    m.body = in.base64("body", max_body);
}

Value to_json(const SubmissionAnswer& m) {
    return Object{{"tracking_code", to_hex(m.tracking_code)}, {"index", m.index}};
}
void read(Fields& in, SubmissionAnswer& m) {
    m.tracking_code = in.hex<32>("tracking_code");
    m.index = read_index(in);
}

Value to_json(const CastRequest& m) {
    return Object{{"t", to_hex(m.t)}, {"tracking_code", to_hex(m.tracking_code)}, {"x", to_hex(m.x)}};
}
void read(Fields& in, CastRequest& m) {
    m.t = in.hex<10>("t");
    m.tracking_code = in.hex<32>("tracking_code");
    m.x = in.hex<32>("x");
}

Value to_json(const CastAnswer& m) {
    return Object{{"index", m.index}, {"receipt", m.receipt}};
}
void read(Fields& in, CastAnswer& m) {
    m.index = read_index(in);
    m.receipt = in.text("receipt", max_receipt);
}

Value to_json(const ChallengeRequest& m) {
    return Object{{"t", to_hex(m.t)},
                  {"tracking_code", to_hex(m.tracking_code)},
                  {"seed", to_hex(m.opening.seed)},
                  {"selections", events::to_json(m.opening.selections)}};
}
void read(Fields& in, ChallengeRequest& m) {
    m.t = in.hex<10>("t");
    m.tracking_code = in.hex<32>("tracking_code");
    m.opening.seed = in.hex<32>("seed");
    m.opening.selections = events::read_selections(in, "selections");
}

Value to_json(const ChallengeAnswer& m) {
    return Object{{"index", m.index}, {"reproduced", m.reproduced}};
}
void read(Fields& in, ChallengeAnswer& m) {
    m.index = read_index(in);
    m.reproduced = in.boolean("reproduced");
}

}  // namespace stimme::wire
