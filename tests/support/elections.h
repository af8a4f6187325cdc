// Small elections for tests, made in code, with every key known and the same in every run:
//
//     const Election election = TestElection().contest("board", 3, {.votes = 2}).invalid().station("s1").build();
//     const auto layout = election.layout("standard");
//     auto sealed = election.encrypt(election.context("s1", "standard", 1), {{1, 0, 1, 0}});
//
// What isn't said gets a default: a contest "board" of 3 options and 1 vote, a style "standard" with every
// contest, a district "city", a station "s1" with one desk and one booth, 2 officials, 2 of 3 trustees,
// min_ballots 1. Signers are named "official-1", "s1-desk-1", "s1-booth-1", "trustee-1"; options "c01",
// "c02".
//
// Thread rule: values; an Election is immutable after build().
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/ballot/check.h"
#include "core/ballot/encrypt.h"
#include "core/base/json.h"
#include "core/crypto/elgamal.h"
#include "core/crypto/sharing.h"
#include "core/crypto/signature.h"
#include "core/election/definition.h"
#include "core/events/entry.h"
#include "core/pass/issue.h"

namespace stimme::test {

struct TestTrustee {
    SignerId id;
    crypto::SecretScalar encryption_key;
    crypto::Polynomial polynomial;  // P_i
    crypto::Commitments commitments;
    crypto::SecretScalar share;  // s_l
};

class Election {
  public:
    election::ValidDefinition definition;
    Hash h_e;
    crypto::ElectionKey key;                              // K; of a paper-only election it means nothing
    crypto::SecretScalar secret;                          // log of K
    std::vector<TestTrustee> trustees;                    // index l is 1 + the place here
    std::map<SignerId, crypto::SigningKey> signing_keys;  // of every holder
    std::map<std::pair<StationId, StyleId>, pass::PassKey> pass_keys;
    crypto::LogKey log_key;
    std::vector<crypto::LogKey> witness_keys;

    const crypto::SigningKey& signing_key(const std::string& signer) const;
    const pass::PassKey& pass_key(const std::string& station, const std::string& style) const;

    ballot::Layout layout(const std::string& style = "standard") const;
    // t is made from `pass`, the same for the same number.
    ballot::Context context(const std::string& station = "s1", const std::string& style = "standard",
                            std::uint64_t pass = 1) const;
    // t of that number with its tag under the key of station and style.
    pass::Pass pass(const std::string& station, const std::string& style, std::uint64_t pass) const;

    // Throws std::runtime_error when the selections aren't allowed. The seed is made from `seed`.
    ballot::SealedBallot encrypt(const ballot::Context& context, events::Selections selections,
                                 std::uint64_t seed = 1) const;
    // Encrypted, checked; throws std::runtime_error when either is refused.
    ballot::CheckedBallot checked(const ballot::Context& context, events::Selections selections,
                                  std::uint64_t seed = 1) const;

    // Content of entry 0, with valid proofs, and signatures of the trustees.
    events::ElectionSealed sealed(const Hash& roll_root = {}, std::uint64_t roll_count = 0) const;
};

struct ContestVotes {
    unsigned votes = 1;       // L
    unsigned per_option = 1;  // R
    unsigned seats = 1;
};

class TestElection {
  public:
    TestElection& id(const std::string& name);
    // A contest of that many options; invalid(), blank() and outside() speak of the last one.
    TestElection& contest(const std::string& name, std::size_t options, ContestVotes votes = {});
    TestElection& invalid();
    TestElection& blank();
    // Options counted apart, named "apart-1" and so on, after the others.
    TestElection& outside(std::size_t options = 1);
    TestElection& style(const std::string& name, const std::vector<std::string>& contests,
                        const std::vector<std::string>& districts = {},
                        const std::vector<std::string>& groups = {});
    TestElection& district(const std::string& name, const std::string& parent = "");
    // In the last district, or in one of that name; its area of the register is "area-<name>".
    TestElection& station(const std::string& name, const std::string& district = "", std::size_t desks = 1,
                          std::size_t booths = 1);
    TestElection& officials(std::size_t count);
    TestElection& trustees(unsigned threshold, std::size_t count);
    TestElection& paper_only();
    TestElection& witnesses(unsigned quorum, std::size_t count);
    TestElection& min_ballots(unsigned least, const std::string& below = "publish");
    TestElection& any_station();
    // Replaces a member of the document, for tests of other parts of it.
    TestElection& set(const std::string& key, json::Value value);

    json::Object document() const;
    // Throws std::runtime_error, with the reasons, when the definition isn't valid.
    Election build() const;

  private:
    json::Array contests() const;
    json::Array styles() const;
    json::Array districts() const;
    json::Array stations() const;

    std::string id_ = "test-2026";
    std::vector<json::Object> contests_;
    std::vector<std::vector<json::Value>> options_;  // of each contest
    std::vector<json::Value> styles_;
    std::vector<json::Value> districts_;
    std::vector<json::Value> stations_;
    std::string last_district_ = "city";
    std::size_t officials_ = 2;
    unsigned threshold_ = 2;
    std::size_t trustees_ = 3;
    unsigned quorum_ = 0;
    std::size_t witnesses_ = 0;
    unsigned min_ballots_ = 1;
    std::string below_min_ballots_ = "publish";
    std::string check_in_ = "own-station";
    json::Object replaced_;
};

// The keys of that name in every TestElection.
crypto::SigningKey test_signing_key(const std::string& signer);
// Random, but the same for the same name.
SeededRandom test_random(const std::string& name);

// So many paper ballots of the contest "board" that came by post to the district "city", and a count of them.
events::PaperBatches paper_batches(std::uint64_t ballots);
events::PaperCount paper_count(std::uint64_t ballots, std::vector<std::uint64_t> totals);

}  // namespace stimme::test
