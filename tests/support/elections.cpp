#include "tests/support/elections.h"

#include <stdexcept>

#include <fmt/format.h>

#include "core/crypto/proofs.h"
#include "core/crypto/sha256.h"
#include "core/crypto/transcript.h"

namespace stimme::test {
namespace {

events::TrusteeKey trustee_key(const Election& election, std::uint16_t i) {
    const TestTrustee& trustee = election.trustees[i - 1u];
    SeededRandom random = test_random(trustee.id.str() + "/proofs");
    events::TrusteeKey key{trustee.id, {}, {}, {}};
    for (std::uint16_t j = 0; j < trustee.commitments.size(); ++j) {
        const crypto::Point& c = trustee.commitments[j];
        // (3.1)
        const auto proof =
            crypto::prove_knowledge(trustee.polynomial.coefficients()[j], c,
                                    {election.definition.hash(), u16be(i), u16be(j), c.raw()}, random);
        key.commitments.push_back(*c.to_sec1());
        key.proofs.push_back({proof.c.bytes(), proof.s.bytes()});
    }
    const Hash digest = crypto::hash(crypto::Tag::election_key, {election.h_e, as_bytes(trustee.id.str())});
    key.signature = election.signing_key(trustee.id.str()).sign(digest);
    return key;
}

}  // namespace

SeededRandom test_random(const std::string& name) {
    const Hash hash = crypto::sha256(as_bytes(name));
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < 8; ++i) seed = seed << 8 | hash[i];
    return SeededRandom(seed);
}

crypto::SigningKey test_signing_key(const std::string& signer) {
    SeededRandom random = test_random(signer);
    return crypto::SigningKey::random(random);
}

const crypto::SigningKey& Election::signing_key(const std::string& signer) const {
    return signing_keys.at(SignerId(signer));
}

const pass::PassKey& Election::pass_key(const std::string& station, const std::string& style) const {
    return pass_keys.at({StationId(station), StyleId(style)});
}

ballot::Layout Election::layout(const std::string& style) const {
    const election::Style* found = definition.style(StyleId(style));
    if (found == nullptr) throw std::runtime_error("there is no style " + style);
    return {definition, *found};
}

ballot::Context Election::context(const std::string& station, const std::string& style,
                                  std::uint64_t pass) const {
    SeededRandom random = test_random(fmt::format("pass/{}", pass));
    return {h_e, StationId(station), StyleId(style), random.bytes<10>()};
}

pass::Pass Election::pass(const std::string& station, const std::string& style, std::uint64_t pass) const {
    const events::PassNumber t = context(station, style, pass).t;
    return {t, pass_key(station, style).tag_of(t)};
}

ballot::SealedBallot Election::encrypt(const ballot::Context& context, events::Selections selections,
                                       std::uint64_t seed) const {
    const ballot::Layout own = layout(context.style.str());
    auto valid = ballot::ValidSelections::check(own, std::move(selections));
    if (!valid) throw std::runtime_error(valid.error().message);
    SeededRandom random = test_random(fmt::format("seed/{}", seed));
    return ballot::encrypt(key, own, context, *std::move(valid), ballot::Seed::random(random));
}

ballot::CheckedBallot Election::checked(const ballot::Context& context, events::Selections selections,
                                        std::uint64_t seed) const {
    const auto sealed = encrypt(context, std::move(selections), seed);
    auto checked = ballot::check(layout(context.style.str()), key, context, sealed.body());
    if (!checked) throw std::runtime_error(checked.error().message);
    return *std::move(checked);
}

events::ElectionSealed Election::sealed(const Hash& roll_root, std::uint64_t roll_count) const {
    events::ElectionSealed content{definition.hash(), h_e, {}, {}, roll_root, roll_count};
    for (std::uint16_t i = 1; i <= trustees.size(); ++i) content.trustees.push_back(trustee_key(*this, i));
    for (const election::Station& station : definition->stations) {
        for (const election::Style& style : definition->styles) {
            content.pass_keys.push_back(
                {station.id, style.id, pass_keys.at({station.id, style.id}).public_key()});
        }
    }
    return content;
}

events::PaperBatches paper_batches(std::uint64_t ballots) {
    return {ContestId("board"), {{DistrictId("city"), {}, ballots}}};
}

events::PaperCount paper_count(std::uint64_t ballots, std::vector<std::uint64_t> totals) {
    return {ContestId("board"), "city", ballots, std::move(totals)};
}

}  // namespace stimme::test
