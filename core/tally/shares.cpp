#include "core/tally/shares.h"

#include <fmt/format.h>

#include "core/crypto/declassify.h"
#include "core/crypto/proofs.h"

namespace stimme::tally {
namespace {

// The statement of one position: that D_l = s_l·A for S_l = s_l·G.
struct Statement {
    const ShareContext& context;
    const OpenGroup& group;
    unsigned trustee;  // l
    std::size_t position;
    crypto::Point d;

    const crypto::Ciphertext& sum() const { return group.sums[position]; }
    crypto::Equality points() const { return {context.keys.shares[trustee - 1], sum().a, d}; }
};

ByteArray<2> number(std::size_t value) {
    return u16be(static_cast<std::uint16_t>(value));
}

// Calls use(parts) with what the challenge of (8.1) covers.
template <class Use>
auto with_parts(const Statement& s, Use use) {
    const events::LogView& closing = s.context.closing;
    return use(crypto::Parts{s.context.keys.election, u64be(closing.size), closing.root, number(s.trustee),
                             s.context.keys.shares[s.trustee - 1].raw(), number(s.group.group.contest),
                             as_bytes(s.group.group.name), number(s.position), s.sum().a.raw(),
                             s.sum().b.raw(), s.d.raw()});
}

// (8.1)
Result<events::PositionShare> make_position(const Statement& s, const crypto::SecretScalar& secret,
                                            Random& random) {
    const crypto::Proof proof = with_parts(s, [&](crypto::Parts parts) {
        return crypto::prove_equality(crypto::Purpose::share, secret, s.points(), parts, random);
    });
    STIMME_TRY(const auto point, s.d.to_sec1());
    return events::PositionShare{point, proof.c.bytes(), proof.s.bytes()};
}

// (8.1)
Status verify_position(const Statement& s, const events::PositionShare& share) {
    STIMME_TRY(const auto c, crypto::Scalar::from_bytes(share.challenge));
    STIMME_TRY(const auto r, crypto::Scalar::from_bytes(share.response));
    return with_parts(s, [&](crypto::Parts parts) {
        return crypto::verify_equality(crypto::Purpose::share, s.points(), parts, {c, r});
    });
}

Result<crypto::Point> read_position(const ShareContext& context, const OpenGroup& group, unsigned trustee,
                                    std::size_t position, const events::PositionShare& share) {
    const auto wrong = [&](const Error& why) {
        return invalid("share-proof", place(context.definition, group.group, position) + ": " + why.message);
    };
    const auto d = crypto::Point::from_sec1(share.share);
    if (!d) return wrong(d.error());
    const auto verified = verify_position({context, group, trustee, position, *d}, share);
    if (!verified) return wrong(verified.error());
    return *d;
}

}  // namespace

Result<std::vector<OpenGroup>> groups_to_open(const GroupSums& sums) {
    std::vector<OpenGroup> groups;
    for (CountedGroup& group : counted_groups(sums.definition(), sums.counts())) {
        if (!group.opened || group.ballots == 0) continue;
        STIMME_TRY(PositionSums positions, sums.of(group));
        groups.push_back({std::move(group), std::move(positions)});
    }
    return groups;
}

Result<events::DecryptionShare> make_share(const ShareContext& context, const events::TrusteeSecret& secret,
                                           const OpenGroup& group, Random& random) {
    STIMME_CHECK(secret.check(context.keys));
    STIMME_CHECK(check_sums(context.definition, group.group, group.sums));
    const auto& definition = context.definition;
    events::DecryptionShare share{definition->trustees->members[secret.index() - 1].id,
                                  definition->contests[group.group.contest].id,
                                  group.group.name,
                                  {}};
    for (std::size_t i = 0; i < group.sums.size(); ++i) {
        const crypto::Point d =
            crypto::declassified(crypto::multiply_secret(group.sums[i].a, secret.share()));
        STIMME_TRY(auto position,
                   make_position({context, group, secret.index(), i, d}, secret.share(), random));
        share.shares.push_back(position);
    }
    return share;
}

Result<VerifiedShare> verify_share(const ShareContext& context, const OpenGroup& group,
                                   const events::DecryptionShare& share) {
    const auto trustee = context.definition.trustee_index(share.trustee);
    if (!trustee || *trustee > context.keys.shares.size()) {
        return invalid("share-trustee", fmt::format("there is no trustee \"{}\"", share.trustee.str()));
    }
    if (share.contest != context.definition->contests[group.group.contest].id ||
        share.group != group.group.name) {
        return invalid("share-group",
                       fmt::format("a share of group \"{}\" was expected, not one of \"{}\" in \"{}\"",
                                   group.group.name, share.group, share.contest.str()));
    }
    if (share.shares.size() != group.sums.size()) {
        return invalid("share-count", fmt::format("{} positions; the contest has {}", share.shares.size(),
                                                  group.sums.size()));
    }
    STIMME_CHECK(check_sums(context.definition, group.group, group.sums));
    std::vector<crypto::Point> points;
    for (std::size_t i = 0; i < share.shares.size(); ++i) {
        STIMME_TRY(const crypto::Point d, read_position(context, group, *trustee, i, share.shares[i]));
        points.push_back(d);
    }
    return VerifiedShare(*trustee, group.group, std::move(points));
}

}  // namespace stimme::tally
