#include "tests/constant_time/cases.h"

#include <stdexcept>

#include "core/ballot/opening.h"
#include "core/crypto/declassify.h"
#include "core/crypto/modular.h"
#include "core/events/sealed_share.h"
#include "core/events/trustee_secret.h"
#include "core/pass/issue.h"
#include "core/tally/shares.h"
#include "tests/constant_time/secrets.h"
#include "tests/support/records.h"

namespace stimme::constant_time {
namespace {

using crypto::declassified;
using crypto::Point;
using crypto::Scalar;
using crypto::SecretScalar;

void require(bool right, const char* what) {
    if (!right) throw std::runtime_error(what);
}

const test::TestRecord& closed_record() {
    static const test::TestRecord record = [] {
        test::TestRecord made(test::TestElection()
                                  .contest("board", 3, {.votes = 2, .per_option = 2})
                                  .invalid()
                                  .blank()
                                  .build());
        made.seal().open().vote({{2, 0, 0, 0, 0}}).vote({{0, 1, 1, 0, 0}}).close();
        return made;
    }();
    return record;
}
const test::Election& election() {
    return closed_record().election();
}

// A secret number that the test knows.
SecretScalar secret_number(std::uint64_t value) {
    SecretScalar secret(value);
    make_secret(secret);
    return secret;
}
bool is(const SecretScalar& secret, std::uint64_t value) {
    return declassified(secret.reveal()) == Scalar(value);
}

void scalar_arithmetic() {
    const SecretScalar a = secret_number(30), b = secret_number(12);
    require(is(a + b, 42) && is(a - b, 18) && is(a * b, 360) && is(-(b - a), 18), "sums and products");
    require(is(a * a.inverse(), 1), "inverse");
    require(declassified(equal(a, a.copy())) && !declassified(equal(a, b)), "comparison");
    require(declassified((a - a).is_zero()), "zero");
}

void scalar_bytes() {
    SecretRandom random(1);
    const SecretScalar a = SecretScalar::random(random);
    const auto b = SecretScalar::from_bytes(a.bytes().reveal());
    require(b && declassified(equal(a, *b)), "read back");
    ByteArray<32> all;
    all.fill(0xff);
    make_secret(all);
    require(!SecretScalar::from_bytes(all), "too large");
}

void selection() {
    const SecretScalar a = secret_number(1), b = secret_number(2);
    for (std::uint64_t bit : {0, 1}) {
        const std::uint64_t chosen = bit + 1;
        make_secret(bit);
        require(is(SecretScalar::select(crypto::mask_if_equal(bit, 0), a, b), chosen), "select");
    }
}

void fixed_base_multiplication() {
    SecretRandom random(2);
    const SecretScalar a = SecretScalar::random(random), b = SecretScalar::random(random);
    require(
        crypto::multiply_generator(a) + crypto::multiply_generator(b) == crypto::multiply_generator(a + b),
        "G");
    const auto& key = election().key;
    require(key.multiply(a) + key.multiply(b) == key.multiply(a + b), "K");
    require(crypto::multiply_generator(secret_number(0)).is_infinity(), "infinity");
}

void knowledge_proof() {
    SecretRandom random(3);
    const SecretScalar x = SecretScalar::random(random);
    const Point public_x = crypto::multiply_generator(x);
    const auto proof = crypto::prove_knowledge(x, public_x, {public_x.raw()}, random);
    require(crypto::verify_knowledge(public_x, {public_x.raw()}, proof).ok(), "proof");
}

void range_proof() {
    const crypto::Range range{0, 3};
    for (std::uint32_t m = range.lo; m <= range.hi; ++m) {
        SecretRandom random(m);
        std::uint32_t secret_m = m;
        make_secret(secret_m);
        const SecretScalar r = SecretScalar::random(random);
        const auto ciphertext = crypto::encrypt(election().key, secret_m, r);
        const auto randomness = [&](std::size_t) {
            return crypto::BranchSecrets{SecretScalar::random(random), SecretScalar::random(random)};
        };
        const auto challenge = [](std::span<const crypto::RangeCommitment>) { return Scalar(123456); };
        const auto proof = crypto::prove_range(election().key, range, secret_m, r, randomness, challenge);
        require(crypto::verify_range(election().key.point(), ciphertext, range, proof, Scalar(123456)).ok(),
                "proof");
    }
}

void ballot_encryption() {
    const auto layout = election().layout();
    const auto context = election().context("s1", "standard", 77);
    for (const std::vector<std::uint16_t>& values :
         {std::vector<std::uint16_t>{2, 0, 0, 0, 0}, {0, 1, 1, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 0, 0, 1}}) {
        auto selections = ballot::ValidSelections::check(layout, {values});
        const auto& inside = selections->reveal()[0];
        make_secret(inside.data(), inside.size() * sizeof inside[0]);
        SecretRandom random(4);
        auto sealed = ballot::encrypt(election().key, layout, context, *std::move(selections),
                                      ballot::Seed::random(random));
        require(is_public(sealed.body()) && is_public(sealed.tracking_code()), "the body is public");
        const auto checked = ballot::check(layout, election().key, context, sealed.body());
        require(checked.ok(), "ballot");
        const auto x = std::move(sealed).for_cast();
        require(ballot::cast_matches(checked->y(), declassified(to_array<32>(x.reveal()))), "cast secret");
    }
}

void voting_pass() {
    SecretRandom random(5);
    const auto key = pass::PassKey::random(random);
    const auto request = pass::PassRequest::random(random);
    require(is_public(request.blinded()), "the blinded element is public");
    const auto answer = key.evaluate(request.blinded(), random);
    require(answer.ok(), "answer");
    const auto pass = request.finish(*answer, key.public_key());
    require(pass.ok() && key.tag_matches(*pass), "pass");
    const auto stored = pass::PassRequest::from_bytes(request.bytes().reveal());
    require(stored && stored->blinded() == request.blinded(), "stored request");
    const auto stored_key = pass::PassKey::from_bytes(key.bytes().reveal());
    require(stored_key && stored_key->public_key() == key.public_key(), "stored key");
}

void trustee_shares() {
    SecretRandom random(6);
    const auto polynomial = crypto::Polynomial::random(3, random);
    const auto commitments = polynomial.commitments();
    const SecretScalar key = SecretScalar::random(random);
    const Point public_key = crypto::multiply_generator(key);
    const events::ShareRoute route{{}, 1, 2};
    const auto sealed = events::seal_share(route, public_key, polynomial.share_for(2), random);
    require(is_public(sealed), "a sealed share is public");
    const auto share = events::open_share(route, key, sealed, commitments);
    require(share && declassified(equal(*share, polynomial.share_for(2))), "opened share");
    const auto opening = events::open_for_all(route, key, sealed, random);
    require(events::judge(route, public_key, sealed, opening, commitments) == events::Verdict::share_right,
            "opening for all");
}

void decryption_share() {
    std::vector<crypto::Commitments> commitments;
    for (const auto& trustee : election().trustees) commitments.push_back(trustee.commitments);
    const tally::ShareContext context{election().definition,
                                      *events::derive_keys(election().definition, commitments),
                                      closed_record().closing()};
    SecretRandom random(7);
    SecretScalar share = election().trustees[0].share.copy();
    make_secret(share);
    const events::TrusteeSecret secret(election().h_e, 1, std::move(share));
    const auto groups = *tally::groups_to_open(closed_record().sums());
    for (const auto& group : groups) {
        const auto made = tally::make_share(context, secret, group, random);
        require(made && tally::verify_share(context, group, *made).ok(), "decryption share");
    }
}

// What the test has to find.
volatile std::uint64_t sink;

void leaking_branch() {
    SecretRandom random(8);
    sink = random.bytes<1>()[0] % 2 == 0 ? sink + 17 : sink * 3;
    if (random.bytes<1>()[0] % 2 == 0) sink = sink + 1;
}

void leaking_address() {
    static volatile std::uint64_t table[256];
    SecretRandom random(9);
    sink = table[random.bytes<1>()[0]];
}

// Square and multiply, a branch for each bit of the exponent.
void leaking_exponentiation() {
    SecretRandom random(10);
    const ByteArray<32> bytes = random.bytes<32>();
    const crypto::Limbs result = crypto::ModQ::power(crypto::ModQ::r2, crypto::modular::load(bytes));
    sink = result[0];
}

}  // namespace

std::vector<Case> cases() {
    return {{"scalar arithmetic", scalar_arithmetic},
            {"scalars from and to bytes", scalar_bytes},
            {"selection without a branch", selection},
            {"multiples of G and K", fixed_base_multiplication},
            {"proof of knowledge", knowledge_proof},
            {"range proof", range_proof},
            {"ballot", ballot_encryption},
            {"voting pass", voting_pass},
            {"shares of the trustees", trustee_shares},
            {"decryption shares", decryption_share},
            {"control: a branch", leaking_branch, true},
            {"control: an address", leaking_address, true},
            {"control: square and multiply", leaking_exponentiation, true}};
}

}  // namespace stimme::constant_time
