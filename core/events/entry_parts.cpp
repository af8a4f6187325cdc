#include "core/events/entry_parts.h"

#include "core/events/entry.h"

namespace stimme::events {

using json::Array;
using json::Fields;
using json::Object;
using json::Value;

Array to_json(const Selections& selections) {
    return array_of(selections, [](const std::vector<std::uint16_t>& contest) {
        return Value(array_of(contest, [](std::uint16_t value) { return Value(unsigned{value}); }));
    });
}

Selections read_selections(Fields& in, std::string_view key) {
    Selections selections;
    const Value* value = in.any(key);
    const Array* contests = value == nullptr ? nullptr : value->get<Array>();
    if (value != nullptr && contests == nullptr) in.problem(key, "expected an array of arrays");
    if (contests == nullptr) return selections;
    for (const Value& contest : *contests) {
        const Array* values = contest.get<Array>();
        if (values == nullptr) {
            in.problem(key, "expected an array of arrays");
            continue;
        }
        auto& row = selections.emplace_back();
        for (const Value& item : *values) {
            const std::int64_t* number = item.get<std::int64_t>();
            const bool fits = number != nullptr && *number >= 0 && *number <= 65535;
            if (!fits) in.problem(key, "expected integers from 0 to 65535");
            row.push_back(fits ? static_cast<std::uint16_t>(*number) : std::uint16_t{0});
        }
    }
    return selections;
}

Value to_json(const SchnorrProof& proof) {
    return Object{{"challenge", to_hex(proof.challenge)}, {"response", to_hex(proof.response)}};
}

SchnorrProof read_schnorr_proof(Fields& in) {
    SchnorrProof proof;
    proof.challenge = in.hex<32>("challenge");
    proof.response = in.hex<32>("response");
    return proof;
}

void write_commitments(Object& out, const std::vector<election::PublicKey>& commitments,
                       const std::vector<SchnorrProof>& proofs) {
    out.set("commitments", hex_to_json(commitments));
    out.set("proofs", array_of(proofs, [](const SchnorrProof& proof) { return to_json(proof); }));
}

void read_commitments(Fields& in, std::vector<election::PublicKey>& commitments,
                      std::vector<SchnorrProof>& proofs) {
    commitments = read_hex_list<33>(in, "commitments");
    in.each("proofs", 0, 64, [&](Fields& proof) { proofs.push_back(read_schnorr_proof(proof)); });
}

Value to_json(const ActSignature& s) {
    return Object{{"signer", s.signer.str()},
                  {"size", s.size},
                  {"root", to_hex(s.root)},
                  {"signature", to_hex(s.signature)}};
}

ActSignature read_act_signature(Fields& in) {
    ActSignature s;
    s.signer = in.name<SignerKind>("signer");
    s.size = read_count(in, "size");
    s.root = in.hex<32>("root");
    s.signature = in.hex<64>("signature");
    return s;
}

}  // namespace stimme::events
