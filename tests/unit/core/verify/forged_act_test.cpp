// Acts of people in the record: forged, missing, repeated and foreign signatures, and signatures that stand
// on another state of the log than the act needs.
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

using test::TestRecord;
using Signers = std::vector<std::string>;

const Signers officials{"official-1", "official-2"};

class ForgedActTest : public VerifyTest {
  protected:
    static TestRecord sealed() {
        TestRecord record(plain().officials(3).build());
        return std::move(record.seal());
    }
    static TestRecord tallied() {
        auto record = voted();
        record.close().tally();
        return record;
    }
    static TestRecord counted_on_paper() {
        auto record = tallied();
        record.paper(4, {2, 1, 0, 1});
        return record;
    }
    // The last entry is refused, by that check alone.
    void expect_last(const TestRecord& record, const char* number, const std::string& code,
                     const std::string& signer = "") {
        const auto report = verify_record(record).report;
        EXPECT_EQ(failed(report), Numbers{number}) << report.to_text();
        const std::string of = signer.empty() ? "" : ", signature of " + signer;
        EXPECT_EQ(failure(report, number),
                  "entry " + std::to_string(record.entries.size() - 1) + of + ": " + code);
    }
};

TEST_F(ForgedActTest, ActWithoutAnySignatureIsFound) {
    auto record = sealed();
    expect_last(record.append(events::PollsOpened{}, {}, {}), "V4.4", "signers-wrong");
}

TEST_F(ForgedActTest, ActWithAThirdOfficialIsFound) {
    auto record = sealed();
    const Signers three{"official-1", "official-2", "official-3"};
    expect_last(record.append(events::PollsOpened{}, three, record.view()), "V4.4", "signers-wrong");
}

TEST_F(ForgedActTest, ActSignedByADeskInsteadOfAnOfficialIsFound) {
    auto record = sealed();
    expect_last(record.append(events::PollsOpened{}, {"official-1", "s1-desk-1"}, record.view()), "V4.4",
                "signers-wrong");
}

TEST_F(ForgedActTest, ActSignedByNobodyOfTheDefinitionIsFound) {
    auto record = sealed();
    record.append(events::PollsOpened{});
    auto entry = *events::decode(record.entries.back());
    entry.signed_by[1].signer = SignerId("stranger");
    record.entries.back() = events::encode(entry);
    expect_last(record, "V4.4", "signers-wrong");
}

TEST_F(ForgedActTest, SignatureOfAnotherElectionIsFound) {
    auto record = sealed();
    record.append(events::PollsOpened{});
    auto entry = *events::decode(record.entries.back());
    entry.signed_by[0] = events::sign_act(record.election().signing_key("official-1"), SignerId("official-1"),
                                          Hash{1}, entry.content, {1, record.checkpoint(1).checkpoint.root});
    record.entries.back() = events::encode(entry);
    expect_last(record, "V4.5", "signature-wrong", "official-1");
}

TEST_F(ForgedActTest, SignatureOfOneOfficialUnderTheNameOfAnotherIsFound) {
    auto record = sealed();
    record.append(events::PollsOpened{});
    auto entry = *events::decode(record.entries.back());
    entry.signed_by[1].signature = entry.signed_by[0].signature;
    record.entries.back() = events::encode(entry);
    expect_last(record, "V4.5", "signature-wrong", "official-2");
}

TEST_F(ForgedActTest, SignatureUnderAnotherContentIsFound) {
    auto record = counted_on_paper();
    record.rewrite<events::PaperCount>(record.entries.size() - 1,
                                       [](auto& c) { std::swap(c.totals[0], c.totals[2]); });
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.5"});
    EXPECT_EQ(report["V4.5"].failed(), 2u);
}

TEST_F(ForgedActTest, SignatureWithAKeyThatWasReplacedIsFound) {
    auto record = sealed();
    record.append(events::KeyReplaced{SignerId("official-1"),
                                      test::test_signing_key("fresh").verify_key().sec1(), "lost"});
    expect_last(record.append(events::PollsOpened{}), "V4.5", "signature-wrong", "official-1");
}

TEST_F(ForgedActTest, ActSignedTwiceByTheDeskOfATwoDeskStationIsFound) {
    auto record = opened(plain().station("s1", "", 2));
    const events::StationClosed closed{StationId("s1"),
                                       {{SignerId("s1-desk-1"), 0, 0, 0}, {SignerId("s1-desk-2"), 0, 0, 0}}};
    expect_last(record.append(closed, {"s1-desk-1", "s1-desk-1"}, record.view()), "V4.4", "signers-wrong");
}

TEST_F(ForgedActTest, StationClosedByOneOfItsDesksIsFound) {
    auto record = opened(plain().station("s1", "", 2));
    const events::StationClosed closed{StationId("s1"),
                                       {{SignerId("s1-desk-1"), 0, 0, 0}, {SignerId("s1-desk-2"), 0, 0, 0}}};
    expect_last(record.append(closed, {"s1-desk-1"}, record.view()), "V4.4", "signers-wrong");
}

// --- the same signatures again

TEST_F(ForgedActTest, PaperCountPutIntoTheLogTwiceIsFound) {
    auto record = counted_on_paper();
    record.entries.push_back(std::string(record.entries.back()));
    expect_last(record, "V4.2", "paper-count-repeated");
}

TEST_F(ForgedActTest, SupersededPaperCountPutBackIsFound) {
    auto record = counted_on_paper();
    const std::string old = record.entries.back();
    auto corrected = test::paper_count(4, {2, 1, 0, 1});
    corrected.supersedes = record.entries.size() - 1;
    corrected.reason = "read again";
    record.append(corrected).entries.push_back(old);
    expect_last(record, "V4.2", "paper-count-repeated");
}

// ECDSA has a second signature for each: (r, q - s).
TEST_F(ForgedActTest, ActPutIntoTheLogAgainWithTheSecondFormOfItsSignaturesIsFound) {
    auto record = tallied();
    record.append(events::Incident{"a power cut"});
    auto entry = *events::decode(record.entries.back());
    for (auto& signature : entry.signed_by) {
        const auto s = -*crypto::Scalar::from_bytes(ByteView(signature.signature).last(32));
        const auto bytes = s.bytes();
        std::copy(bytes.begin(), bytes.end(), signature.signature.begin() + 32);
    }
    record.entries.push_back(events::encode(entry));
    expect_last(record, "V4.5", "signature-repeated");
}

TEST_F(ForgedActTest, TwoEqualActsThatWereBothSignedPass) {
    auto record = tallied();
    record.append(events::Incident{"a power cut"}).append(events::Incident{"a power cut"});
    EXPECT_TRUE(verify_record(record.result().certify()).report.complete());
}

// --- stale checkpoints

TEST_F(ForgedActTest, SignatureOnALogThatIsLongerThanThisIsFound) {
    auto record = sealed();
    record.append(events::PollsOpened{}, officials, {2, Hash{}});
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.5"});
    EXPECT_EQ(report["V4.5"].failures()[0].code, "signature-stale");
}

TEST_F(ForgedActTest, CertificationOfAnEarlierResultIsFound) {
    auto record = tallied();
    record.result();
    const events::LogView before = record.view();
    const std::uint64_t old = record.entries.size() - 1;
    record.paper(4, {2, 1, 0, 1});
    record.forge<events::ElectionResult>([&](auto& c) {
        c.supersedes = old;
        c.reason = "paper ballots";
    });
    record.result().append(events::Certified{}, officials, before);
    expect_last(record, "V4.5", "signature-view");
}

TEST_F(ForgedActTest, CertificationBeforeTheResultIsFound) {
    auto record = tallied();
    expect_last(record.certify(), "V4.2", "result-missing");
}

// --- after the end

TEST_F(ForgedActTest, ResultSupersededAfterTheCertificationIsFound) {
    auto record = tallied();
    const std::uint64_t old = record.result().entries.size() - 1;
    record.certify();
    record.forge<events::ElectionResult>([&](auto& c) {
        c.supersedes = old;
        c.reason = "another winner";
        c.contests[0].elected = {OptionId("c02")};
    });
    expect_last(record.result(), "V4.2", "entry-out-of-phase");
}

TEST_F(ForgedActTest, ResultThatDoesNotNameTheOneItReplacesIsFound) {
    auto record = tallied();
    expect_last(record.result().result(), "V4.2", "supersedes-wrong");
}

TEST_F(ForgedActTest, CertifiedResultThatAPaperCountOutdatedIsFound) {
    auto record = tallied();
    expect_last(record.result().paper(4, {2, 1, 0, 1}).certify(), "V4.2", "result-outdated");
}

}  // namespace
}  // namespace stimme::verify
