// The key, its shares and the totals: trustees and a server that work together, and what the record shows.
#include "core/crypto/transcript.h"
#include "core/events/trustee_secret.h"
#include "core/tally/tally.h"
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

using test::Election;
using test::TestRecord;

class ForgedKeyTest : public VerifyTest {
  protected:
    // What the shares of a record stand on.
    static tally::ShareContext context(const TestRecord& record, const events::LogView& closing) {
        std::vector<crypto::Commitments> commitments;
        for (const auto& trustee : record.election().trustees) commitments.push_back(trustee.commitments);
        return {record.election().definition, *events::derive_keys(record.election().definition, commitments),
                closing};
    }
    static events::TrusteeSecret secret(const TestRecord& record, unsigned l) {
        return {record.election().h_e, l, record.election().trustees.at(l - 1).share.copy()};
    }
    static events::DecryptionShare share(const TestRecord& record, unsigned l, const tally::OpenGroup& group,
                                         const events::LogView& closing) {
        SeededRandom random(l);
        return *tally::make_share(context(record, closing), secret(record, l), group, random);
    }
    static tally::OpenGroup only_group(const TestRecord& record) {
        return tally::groups_to_open(record.sums())->at(0);
    }
    static events::Tally tally_of(std::vector<std::uint64_t> totals, std::uint64_t ballots) {
        return {{SignerId("trustee-1"), SignerId("trustee-2")},
                {{ContestId("board"), "city/standard", ballots, std::move(totals)}}};
    }
    static std::vector<std::string> codes(const Report& report, const char* number) {
        std::vector<std::string> all;
        for (const Failure& failure : report[number].failures()) all.push_back(failure.code);
        return all;
    }
};

// --- the ceremony

// The server makes a polynomial of its own for trustee-2, proves to know it and gets h_E signed by everybody
// whom it can play: but it has no key of trustee-2.
TEST_F(ForgedKeyTest, ServerThatPlayedATrusteeIsFound) {
    Election election = plain().build();
    SeededRandom random(5);
    const auto own = crypto::Polynomial::random(2, random);
    std::vector<crypto::Commitments> commitments;
    for (auto& trustee : election.trustees) commitments.push_back(trustee.commitments);
    commitments[1] = own.commitments();
    const Hash h_d = election.definition.hash();
    election.h_e = events::election_hash(h_d, commitments);
    TestRecord record(std::move(election));
    record.forge<events::ElectionSealed>([&](auto& sealed) {
        events::TrusteeKey& played = sealed.trustees[1];
        for (unsigned j = 0; j < 2; ++j) {
            played.commitments[j] = *commitments[1][j].to_sec1();
            played.proofs[j] = events::prove_commitment(h_d, 2, j, own.coefficients()[j], random);
        }
        const Hash digest = crypto::hash(crypto::Tag::election_key, {sealed.election, as_bytes("trustee-2")});
        played.signature = test::test_signing_key("server").sign(digest);
    });
    const auto report = verify_record(record.seal().open()).report;
    EXPECT_EQ(failed(report), Numbers{"V3.4"});
    EXPECT_EQ(failure(report, "V3.4"), "entry 0: signature-wrong");
}

// All three work together, for a key whose secret everybody knows: none.
TEST_F(ForgedKeyTest, TrusteesWhoseCommitmentsCancelOutAreFound) {
    Election election = plain().build();
    SeededRandom random(5);
    const Hash h_d = election.definition.hash();
    std::vector<crypto::Commitments> commitments;
    for (auto& trustee : election.trustees) commitments.push_back(trustee.commitments);
    std::vector<events::SchnorrProof> proofs;
    for (unsigned j = 0; j < 2; ++j) {
        const auto& all = election.trustees;
        const auto negative = -(all[0].polynomial.coefficients()[j] + all[1].polynomial.coefficients()[j]);
        commitments[2][j] = crypto::multiply_generator(negative);
        proofs.push_back(events::prove_commitment(h_d, 3, j, negative, random));
    }
    election.h_e = events::election_hash(h_d, commitments);
    TestRecord record(std::move(election));
    record.forge<events::ElectionSealed>([&](auto& sealed) {
        for (unsigned j = 0; j < 2; ++j) sealed.trustees[2].commitments[j] = *commitments[2][j].to_sec1();
        sealed.trustees[2].proofs = proofs;
    });
    const auto report = verify_record(record.seal().open()).report;
    EXPECT_EQ(failed(report), Numbers{"V3.3"});
    EXPECT_EQ(failure(report, "V3.3"), "entry 0: election-key-infinite");
}

// The signature that trustee-2 gave is for the key of another ceremony.
TEST_F(ForgedKeyTest, ConfirmationOfAnotherKeyIsFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([&](auto& sealed) {
        const Hash other = crypto::hash(crypto::Tag::election_key, {Hash{1}, as_bytes("trustee-2")});
        sealed.trustees[1].signature = record.election().signing_key("trustee-2").sign(other);
    });
    EXPECT_EQ(failures(record.seal()), Numbers{"V3.4"});
}

TEST_F(ForgedKeyTest, CommitmentsOfOneTrusteeUnderTheNameOfAnotherAreFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([](auto& sealed) {
        sealed.trustees[1].commitments = sealed.trustees[0].commitments;
        sealed.trustees[1].proofs = sealed.trustees[0].proofs;
    });
    EXPECT_EQ(failures(record.seal()), Numbers{"V3.2"});
}

TEST_F(ForgedKeyTest, TrusteesInAnotherOrderAreFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>(
        [](auto& sealed) { std::swap(sealed.trustees[0], sealed.trustees[1]); });
    EXPECT_EQ(failures(record.seal()), Numbers{"V3.1"});
}

// --- shares

// Trustee 3 took a false share in the ceremony and said nothing: what they give now opens nothing.
TEST_F(ForgedKeyTest, ShareOfATrusteeWhoNeverComplainedIsFound) {
    auto record = voted();
    record.close();
    const tally::OpenGroup group = only_group(record);
    const auto wrong = record.election().trustees[2].share + crypto::SecretScalar(1);
    auto given = share(record, 3, group, record.closing());
    for (std::size_t i = 0; i < given.shares.size(); ++i) {
        given.shares[i].share = *crypto::multiply_secret(group.sums[i].a, wrong).to_sec1();
    }
    const auto report = verify_record(record.append_share(given).tally().result().certify()).report;
    EXPECT_EQ(failed(report), Numbers{"V9.2"});
    EXPECT_EQ(failure(report, "V9.2"), "share of trustee-3, contest board, group city/standard: share-proof");
    EXPECT_EQ(report["V9.4"].verdict(), Verdict::passed);
}

// A trustee who was shown another log, and gave a share for that one.
TEST_F(ForgedKeyTest, ShareOnAnotherClosingCheckpointIsFound) {
    auto record = voted();
    record.close();
    const events::LogView other{record.closing().size, Hash{1}};
    const auto given = share(record, 3, only_group(record), other);
    record.append(given, {"trustee-3"}, other);
    const auto report = verify_record(record.tally()).report;
    EXPECT_EQ(failed(report), (Numbers{"V4.5", "V9.2"}));
    EXPECT_EQ(codes(report, "V4.5"), std::vector<std::string>{"signature-root"});
    EXPECT_EQ(codes(report, "V9.2"), std::vector<std::string>{"share-closing"});
}

// Signed on this log, but made for the other.
TEST_F(ForgedKeyTest, ShareMadeForAnotherClosingCheckpointIsFound) {
    auto record = voted();
    record.close();
    const auto given = share(record, 3, only_group(record), {record.closing().size, Hash{1}});
    const auto report = verify_record(record.append_share(given).tally()).report;
    EXPECT_EQ(failed(report), Numbers{"V9.2"});
    EXPECT_EQ(codes(report, "V9.2"), std::vector<std::string>{"share-proof"});
}

TEST_F(ForgedKeyTest, ShareTwiceByOneTrusteeIsFound) {
    auto record = voted();
    record.close();
    const auto given = record.shares(1).at(0);
    const auto report = verify_record(record.append_share(given).append_share(given)).report;
    EXPECT_EQ(failed(report), Numbers{"V4.2"});
    EXPECT_EQ(codes(report, "V4.2"), std::vector<std::string>{"share-repeated"});
}

TEST_F(ForgedKeyTest, ShareSignedByAnotherTrusteeIsFound) {
    auto record = voted();
    record.close();
    record.append(record.shares(1).at(0), {"trustee-2"}, record.closing());
    EXPECT_EQ(failures(record), Numbers{"V4.4"});
}

TEST_F(ForgedKeyTest, TallyOfOneTrusteeAloneIsFound) {
    auto record = voted();
    record.close();
    record.append_share(record.shares(2).at(0)).append(tally_of({2, 1, 0, 1}, 4));
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V9.3"});
    EXPECT_EQ(failure(report, "V9.3"), "tally: shares-missing");
}

// --- totals

// Two trustees and the server count other ballots than those of the record.
TEST_F(ForgedKeyTest, TallyFromOtherCiphertextsIsFound) {
    auto record = voted();
    record.close();
    tally::OpenGroup other = only_group(record);
    const auto vote =
        record.election().checked(record.election().context("s1", "standard", 77), first_option);
    for (std::size_t i = 0; i < other.sums.size(); ++i) other.sums[i] = other.sums[i] + vote.ciphertexts()[i];
    for (const unsigned l : {1U, 2U}) record.append_share(share(record, l, other, record.closing()));
    const auto report = verify_record(record.append(tally_of({3, 1, 0, 1}, 4))).report;
    EXPECT_EQ(failed(report), (Numbers{"V9.2", "V9.3"}));
    EXPECT_EQ(codes(report, "V9.2"), (std::vector<std::string>{"share-proof", "share-proof"}));
    EXPECT_EQ(failure(report, "V9.3"), "tally: shares-missing");
}

// The trustees' keys are the same, and so is K; the shares are right for the ballots of the other election.
TEST_F(ForgedKeyTest, TotalsThatFitTheSharesOfAnotherElectionAreFound) {
    auto record = voted();
    auto twin = opened(plain().id("twin-2026"));
    twin.vote({{0, 1, 0, 0}}).vote({{0, 1, 0, 0}}).vote({{0, 1, 0, 0}}).vote({{0, 1, 0, 0}}).close();
    ASSERT_EQ(record.election().key.point(), twin.election().key.point());
    record.close();
    for (const unsigned l : {1U, 2U}) record.append_share(twin.shares(l).at(0));
    const auto report = verify_record(record.append(tally_of({0, 4, 0, 0}, 4))).report;
    EXPECT_EQ(failed(report), (Numbers{"V9.2", "V9.3"}));
    EXPECT_EQ(codes(report, "V9.2"), (std::vector<std::string>{"share-proof", "share-proof"}));
}

// The shares are right, the figures are those of another election.
TEST_F(ForgedKeyTest, TotalsOfAnotherElectionBesideRightSharesAreFound) {
    auto record = voted();
    record.forge<events::Tally>([](auto& c) { c.groups[0].totals = {0, 4, 0, 0}; });
    const auto report = verify_record(record.close().tally()).report;
    EXPECT_EQ(failed(report), Numbers{"V9.4"});
    EXPECT_EQ(failure(report, "V9.4"), "tally, contest board, group city/standard: total-differs");
}

// --- small groups

TEST_F(ForgedKeyTest, ShareOfASmallGroupIsFound) {
    auto record =
        opened(plain().district("north").station("s1").district("south").station("s2").min_ballots(2));
    record.vote(first_option).vote(first_option, "s2").vote(first_option, "s2").close();
    tally::GroupSums one(record.election().definition);
    one.add(record.election().checked(record.election().context("s1", "standard", 1), first_option, 1));
    const tally::CountedGroup north{
        0, {{DistrictId("north"), StyleId("standard")}}, "north/standard", 1, true};
    const tally::OpenGroup group{north, *one.of(north)};
    record.append_share(share(record, 1, group, record.closing()));
    const auto report = verify_record(record.tally().result().certify()).report;
    EXPECT_EQ(failed(report), Numbers{"V9.2"});
    EXPECT_EQ(failure(report, "V9.2"),
              "share of trustee-1, contest board, group north/standard: share-group");
}

TEST_F(ForgedKeyTest, WholeBelowTheMinimumThatWasOpenedIsFound) {
    auto record = opened(plain().min_ballots(3, "cancel"));
    record.vote(first_option).close();
    tally::GroupSums sums = record.sums();
    const tally::CountedGroup city{0, {{DistrictId("city"), StyleId("standard")}}, "city/standard", 1, true};
    const tally::OpenGroup group{city, *sums.of(city)};
    for (const unsigned l : {1U, 2U}) record.append_share(share(record, l, group, record.closing()));
    record.append(tally_of({1, 0, 0, 0}, 1));
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), (Numbers{"V9.1", "V9.2", "V9.3"}));
    EXPECT_EQ(codes(report, "V9.1"), std::vector<std::string>{"groups-differ"});
    EXPECT_EQ(codes(report, "V9.2"), (std::vector<std::string>{"share-group", "share-group"}));
}

// --- lots

TEST_F(ForgedKeyTest, LotAmongOthersThanThoseWithEqualVotesIsFound) {
    auto record = opened();
    record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).close().tally();
    record.append(events::LotDrawn{
        ContestId("board"), 1, {OptionId("c01"), OptionId("c03")}, {OptionId("c03")}, "drawn", {}});
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V10.2"});
    EXPECT_EQ(codes(report, "V10.2"), std::vector<std::string>{"lot-wrong"});
}

TEST_F(ForgedKeyTest, SecondLotForOneTieIsFound) {
    auto record = opened();
    record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).close().tally();
    for (const char* winner : {"c01", "c02"}) {
        record.append(events::LotDrawn{
            ContestId("board"), 1, {OptionId("c01"), OptionId("c02")}, {OptionId(winner)}, "drawn", {}});
    }
    const auto report = verify_record(record.result().certify()).report;
    EXPECT_EQ(failed(report), Numbers{"V10.2"});
    EXPECT_EQ(codes(report, "V10.2"), std::vector<std::string>{"lot-not-due"});
}

}  // namespace
}  // namespace stimme::verify
