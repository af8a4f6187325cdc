#include "core/events/ceremony_message.h"

#include <array>
#include <cassert>

#include <fmt/format.h>

#include "core/crypto/transcript.h"
#include "core/events/entry.h"

namespace stimme::events {
namespace {

using json::Fields;
using json::Object;
using json::Value;

constexpr std::array<std::string_view, 4> type_names{"trustee-commitments", "trustee-share",
                                                     "trustee-complaint", "trustee-confirmation"};

void write(Object& out, const TrusteeCommitments& m) {
    out.set("trustee", m.trustee.str());
    write_commitments(out, m.commitments, m.proofs);
}
void read(Fields& in, TrusteeCommitments& m) {
    m.trustee = in.name<SignerKind>("trustee");
    read_commitments(in, m.commitments, m.proofs);
}

void write(Object& out, const TrusteeShare& m) {
    out.set("from", m.from.str());
    out.set("to", m.to.str());
    out.set("ciphertext", to_hex(m.ciphertext));
}
void read(Fields& in, TrusteeShare& m) {
    m.from = in.name<SignerKind>("from");
    m.to = in.name<SignerKind>("to");
    m.ciphertext = in.hex<113>("ciphertext");
}

void write(Object& out, const TrusteeComplaint& m) {
    out.set("from", m.from.str());
    out.set("against", m.against.str());
    out.set("opening", to_hex(m.opening));
    out.set("proof", to_json(m.proof));
}
void read(Fields& in, TrusteeComplaint& m) {
    m.from = in.name<SignerKind>("from");
    m.against = in.name<SignerKind>("against");
    m.opening = in.hex<33>("opening");
    Fields proof = in.object("proof");
    m.proof = read_schnorr_proof(proof);
    proof.finish();
}

void write(Object& out, const TrusteeConfirmation& m) {
    out.set("trustee", m.trustee.str());
}
void read(Fields& in, TrusteeConfirmation& m) {
    m.trustee = in.name<SignerKind>("trustee");
}

Object unsigned_object(const CeremonyMessage& message) {
    Object out;
    out.set("type", Value(type_name(message)));
    out.set("round", round_of(message));
    std::visit([&](const auto& m) { write(out, m); }, message);
    return out;
}

Object signed_object(const CeremonyMessage& message) {
    Object out = unsigned_object(message);
    out.set("signature", to_hex(signature_of(message)));
    return out;
}

template <class Message>
CeremonyMessage read_message(Fields& in) {
    Message message{};
    message.round = static_cast<std::uint32_t>(in.integer("round", 1, max_ceremony_rounds));
    read(in, message);
    message.signature = in.hex<64>("signature");
    return message;
}

Result<std::size_t> message_type(const Value& value) {
    const Object* object = value.get<Object>();
    const Value* member = object == nullptr ? nullptr : object->find("type");
    const std::string* name = member == nullptr ? nullptr : member->get<std::string>();
    if (name == nullptr) return invalid("message-invalid", "a message is an object with a \"type\"");
    for (std::size_t i = 0; i < type_names.size(); ++i) {
        if (*name == type_names[i]) return i;
    }
    return invalid("message-unknown", fmt::format("the ceremony has no message of type \"{}\"", *name));
}

}  // namespace

std::string_view type_name(const CeremonyMessage& message) {
    return type_names[message.index()];
}

const SignerId& sender_of(const CeremonyMessage& message) {
    return std::visit(
        [](const auto& m) -> const SignerId& {
            if constexpr (requires { m.trustee; }) {
                return m.trustee;
            } else {
                return m.from;
            }
        },
        message);
}

std::uint32_t round_of(const CeremonyMessage& message) {
    return std::visit([](const auto& m) { return m.round; }, message);
}

const Signature& signature_of(const CeremonyMessage& message) {
    return std::visit([](const auto& m) -> const Signature& { return m.signature; }, message);
}

std::string encode(const CeremonyMessage& message) {
    return json::canonical(signed_object(message));
}

Value to_json(const CeremonyMessage& message) {
    return signed_object(message);
}

Result<CeremonyMessage> decode_ceremony_message(std::string_view text) {
    STIMME_TRY(const Value value, json::parse_canonical(text, {.bytes = max_entry_bytes, .depth = 8}));
    return ceremony_message_from_json(value);
}

Result<CeremonyMessage> ceremony_message_from_json(const Value& value) {
    STIMME_TRY(const std::size_t type, message_type(value));
    constexpr std::array readers{&read_message<TrusteeCommitments>, &read_message<TrusteeShare>,
                                 &read_message<TrusteeComplaint>, &read_message<TrusteeConfirmation>};
    json::Problems problems;
    Fields in(value, problems);
    in.text("type");
    CeremonyMessage message = readers[type](in);
    in.finish();
    STIMME_CHECK(problems.status("message-invalid"));
    return message;
}

Hash ceremony_digest(const Hash& definition, const CeremonyMessage& message) {
    assert(!std::holds_alternative<TrusteeConfirmation>(message));
    const std::string text = json::canonical(unsigned_object(message));
    return crypto::hash(crypto::Tag::ceremony,
                        {definition, as_bytes(text), as_bytes(sender_of(message).str())});
}

Hash confirmation_digest(const Hash& election, const SignerId& trustee) {
    return crypto::hash(crypto::Tag::election_key, {election, as_bytes(trustee.str())});
}

}  // namespace stimme::events
