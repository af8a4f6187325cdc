#include "core/events/roll_proof.h"

#include <algorithm>

#include "core/base/json_fields.h"
#include "core/events/entry.h"

namespace stimme::events {
namespace {

constexpr std::string_view format = "stimme-roll-proof/1";
constexpr std::size_t longest_proof = 64;
constexpr std::size_t largest_receipt = std::size_t{256} << 10;

json::Value to_json(const RollPlace& place) {
    json::Array hashes;
    for (const Hash& hash : place.proof) hashes.emplace_back(to_hex(hash));
    return json::Object{{"index", place.index}, {"proof", std::move(hashes)}};
}

RollPlace read_place(json::Fields in) {
    RollPlace place;
    place.index = static_cast<std::uint64_t>(in.integer("index", 0, json::max_integer));
    for (const std::string& text : in.texts("proof", 0, longest_proof)) {
        const auto hash = array_from_hex<32>(text);
        if (!hash) in.problem("proof", hash.error().message);
        place.proof.push_back(hash ? *hash : Hash{});
    }
    in.finish();
    return place;
}

Status check_place(const RollPlace& place, const Hash& leaf, const ElectionSealed& sealed) {
    return log::verify_inclusion(log::hash_leaf(leaf), place.index, sealed.roll_count, place.proof,
                                 sealed.roll_root);
}

Status check_admission(const Hash& leaf, const RollCorrected& correction) {
    if (std::find(correction.added.begin(), correction.added.end(), leaf) != correction.added.end())
        return {};
    return invalid("roll-proof-leaf", "the correction of the roll that it names doesn't admit this voter");
}

Error wrong_entry(std::string_view right) {
    return invalid("roll-proof-entry", "its receipt is of another entry; right is " + std::string(right));
}

}  // namespace

json::Value to_json(const RollProof& proof) {
    json::Object out{{"format", format},
                     {"code", to_string(proof.code)},
                     {"style", proof.style.str()},
                     {"receipt", proof.receipt}};
    if (proof.place) out.set("place", to_json(*proof.place));
    return out;
}

Result<RollProof> parse_roll_proof(std::string_view text) {
    STIMME_TRY(const auto document, json::parse(text));
    json::Problems problems;
    json::Fields in(document, problems);
    RollProof proof;
    in.one_of("format", {format});
    const auto code = parse_voter_code(in.text("code", 100));
    if (code) proof.code = *code;
    if (!code) in.problem("code", code.error().message);
    proof.style = in.name<StyleKind>("style");
    if (in.has("place")) proof.place = read_place(in.object("place"));
    proof.receipt = in.text("receipt", largest_receipt);
    in.finish();
    STIMME_CHECK(problems.status("roll-proof-invalid"));
    return proof;
}

Result<OnTheRoll> verify_roll_proof(const RollProof& proof, const log::LogVerifier& log,
                                    std::span<const log::WitnessVerifier> witnesses) {
    STIMME_TRY(const log::Receipt receipt, log::parse_receipt(proof.receipt));
    STIMME_TRY(auto checkpoint, log::verify_receipt(receipt, log, witnesses, 0));
    STIMME_TRY(const Entry entry, decode(as_text(receipt.entry)));
    OnTheRoll found{roll_leaf(proof.code.salt, proof.code.number, proof.style), receipt.index, 0,
                    std::move(checkpoint)};
    if (!proof.place) {
        const auto* const correction = std::get_if<RollCorrected>(&entry.content);
        if (correction == nullptr) return wrong_entry("roll-corrected");
        STIMME_CHECK(check_admission(found.leaf, *correction));
        return found;
    }
    const auto* const sealed = std::get_if<ElectionSealed>(&entry.content);
    if (sealed == nullptr) return wrong_entry("election-sealed");
    STIMME_CHECK(check_place(*proof.place, found.leaf, *sealed));
    found.voters = sealed->roll_count;
    return found;
}

}  // namespace stimme::events
