#include "core/wire/pass.h"

#include "core/events/entry.h"

namespace stimme::wire {

using json::Fields;
using json::Object;
using json::Value;

namespace {

constexpr std::string_view pass_states[] = {"unused", "submitted", "cast", "voided"};

}  // namespace

PassProof read_pass(Fields& in) {
    Fields pass = in.object("pass");
    PassProof proof;
    read(pass, proof);
    pass.finish();
    return proof;
}

events::ActSignature read_signature(Fields& in) {
    Fields signature = in.object("signature");
    events::ActSignature result = events::read_act_signature(signature);
    signature.finish();
    return result;
}

Value to_json(const PassProof& m) {
    return Object{{"t", to_hex(m.t)}, {"tag", to_hex(m.tag)}};
}
void read(Fields& in, PassProof& m) {
    m.t = in.hex<10>("t");
    m.tag = in.hex<5>("tag");
}

Value to_json(const PassStateAnswer& m) {
    return Object{{"status", pass_states[static_cast<std::size_t>(m.status)]}, {"challenges", m.challenges}};
}
void read(Fields& in, PassStateAnswer& m) {
    m.status = static_cast<PassStateAnswer::Status>(
        in.one_of("status", {pass_states[0], pass_states[1], pass_states[2], pass_states[3]}));
    m.challenges = static_cast<unsigned>(in.integer("challenges", 0, 255));
}

Value to_json(const ExpirationRequest& m) {
    return Object{{"pass", to_json(m.pass)}};
}
void read(Fields& in, ExpirationRequest& m) {
    m.pass = read_pass(in);
}

Value to_json(const ChallengeFailureRequest& m) {
    return Object{{"pass", to_json(m.pass)},
                  {"booth", m.booth.str()},
                  {"reason", m.reason},
                  {"signature", events::to_json(m.signature)}};
}
void read(Fields& in, ChallengeFailureRequest& m) {
    m.pass = read_pass(in);
    m.booth = in.name<SignerKind>("booth");
    m.reason = in.text("reason");
    m.signature = read_signature(in);
}

Value to_json(const BoothUnlockRequest& m) {
    return Object{{"booth", m.booth.str()}};
}
void read(Fields& in, BoothUnlockRequest& m) {
    m.booth = in.name<SignerKind>("booth");
}

}  // namespace stimme::wire
