#include "core/wire/desk.h"

namespace stimme::wire {

using json::Array;
using json::Fields;
using json::Object;
using json::Value;

Value to_json(const CheckInRequest& m) {
    return Object{{"voter", m.voter}, {"blinded", to_hex(m.blinded)}};
}
void read(Fields& in, CheckInRequest& m) {
    m.voter = in.text("voter", 64);
    m.blinded = in.hex<33>("blinded");
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
}

Value to_json(const PassProof& m) {
    return Object{{"t", to_hex(m.t)}, {"tag", to_hex(m.tag)}};
}
void read(Fields& in, PassProof& m) {
    m.t = in.hex<10>("t");
    m.tag = in.hex<5>("tag");
}

namespace {

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

}  // namespace

Value to_json(const VoidRequest& m) {
    return Object{{"voter", m.voter}, {"pass", to_json(m.pass)}, {"signature", events::to_json(m.signature)}};
}
void read(Fields& in, VoidRequest& m) {
    m.voter = in.text("voter", 64);
    m.pass = read_pass(in);
    m.signature = read_signature(in);
}

namespace {
constexpr std::string_view pass_states[] = {"unused", "submitted", "cast", "voided"};
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
