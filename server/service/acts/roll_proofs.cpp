#include "server/service/acts/roll_proofs.h"

#include <algorithm>

#include "server/store/ballots/ballot_store.h"

namespace stimme::service {
namespace {

Error unsettled() {
    return conflict("roll-proof-missing", "the roll is being corrected just now; right is to ask again");
}

bool admits(std::string_view entry, const Hash& leaf) {
    const auto decoded = events::decode(entry);
    const auto* const correction = decoded ? std::get_if<events::RollCorrected>(&decoded->content) : nullptr;
    return correction != nullptr &&
           std::find(correction->added.begin(), correction->added.end(), leaf) != correction->added.end();
}

}  // namespace

// The leaves of all who may vote now, without those that corrections added and with those that they struck.
Result<std::vector<Hash>> RollProofs::sealed_leaves() const {
    STIMME_TRY(const auto rows, roll_.participation());
    const auto [added, struck] = log_.read([](const events::ElectionState& state, const auto&) {
        return std::pair(state.added_leaves(), state.struck_leaves());
    });
    std::set<Hash> left = struck;
    std::vector<Hash> leaves;
    for (const events::ParticipationRow& row : rows) {
        if (!added.contains(row.leaf)) leaves.push_back(row.leaf);
        left.erase(row.leaf);
    }
    leaves.insert(leaves.end(), left.begin(), left.end());
    std::sort(leaves.begin(), leaves.end());
    return leaves;
}

Result<std::shared_ptr<const RollProofs::SealedRoll>> RollProofs::sealed_roll() const {
    const std::lock_guard lock(mutex_);
    if (made_) return made_;
    const auto root = log_.read([](const events::ElectionState& state, const auto&) {
        return state.size() == 0 ? std::optional<Hash>() : std::optional(state.sealed().roll_root);
    });
    if (!root) return conflict("not-sealed", "the roll isn't sealed yet; a proof is about the sealed roll");
    auto made = std::make_shared<SealedRoll>();
    STIMME_TRY(made->leaves, sealed_leaves());
    for (const Hash& leaf : made->leaves) made->tree.append_entry(leaf);
    if (made->tree.root() != *root) return unsettled();
    made_ = std::move(made);
    return made_;
}

Result<std::uint64_t> RollProofs::admission_of(const Hash& leaf) const {
    return log_.database().read([&](store::Connection& connection) -> Result<std::uint64_t> {
        std::optional<std::uint64_t> found;
        const store::BallotRows rows(connection);
        STIMME_CHECK(rows.each_entry(
            0, log_.published()->checkpoint.size, [&](std::uint64_t index, std::string_view entry) -> Status {
                const bool correction = entry.find("\"roll-corrected\"") != std::string_view::npos;
                if (correction && admits(entry, leaf)) found = index;
                return {};
            }));
        if (!found) return unsettled();
        return *found;
    });
}

Result<events::RollProof> RollProofs::proof_of(std::string_view number) const {
    STIMME_TRY(const auto roll, sealed_roll());
    STIMME_TRY(const auto voter, roll_.leaf_of(number));
    events::RollProof proof{{std::string(number), voter.salt}, voter.style, {}, {}};
    const auto at = std::lower_bound(roll->leaves.begin(), roll->leaves.end(), voter.leaf);
    std::uint64_t entry = 0;
    if (at != roll->leaves.end() && *at == voter.leaf) {
        events::RollPlace& place = proof.place.emplace();
        place.index = static_cast<std::uint64_t>(at - roll->leaves.begin());
        STIMME_TRY(place.proof, roll->tree.inclusion_proof(place.index, roll->leaves.size()));
    } else {
        STIMME_TRY(entry, admission_of(voter.leaf));
    }
    STIMME_TRY(proof.receipt, log_.receipt(entry));
    return proof;
}

Result<events::RollProof> RollProofs::proof_of(const events::VoterCode& code) const {
    const auto voter = roll_.leaf_of(code.number);
    if (!voter && voter.error().kind != ErrorKind::not_found) return voter.error();
    if (!voter || voter->salt != code.salt)
        return not_found("voter-code-unknown", "no voter of this election has that code");
    return proof_of(code.number);
}

}  // namespace stimme::service
