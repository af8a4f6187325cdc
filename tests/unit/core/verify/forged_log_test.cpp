// Forged logs, signed by a dishonest server, some with the help of the people who sign: each is caught by the
// check that is there for it, and by no other.
#include <fstream>

#include "core/base/file.h"
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

namespace fs = std::filesystem;
using ForgedLogTest = VerifyTest;
using test::TestRecord;

void overwrite(const fs::path& path, ByteView content) {
    ASSERT_TRUE(write_file(path, content));
}

// --- files, tree and checkpoint

TEST_F(ForgedLogTest, MissingTileIsFound) {
    voted().finish().write(folder_.path());
    fs::remove_all(path("tile/0"));
    EXPECT_EQ(failed(verify_folder().report), Numbers{"V1.1"});
}

TEST_F(ForgedLogTest, MissingBundleIsFound) {
    voted().finish().write(folder_.path());
    fs::remove_all(path("tile/entries"));
    EXPECT_EQ(failed(verify_folder().report), Numbers{"V1.1"});
}

TEST_F(ForgedLogTest, ExtraFileIsFound) {
    voted().finish().write(folder_.path());
    overwrite(path("ballots/city/other"), as_bytes("x"));
    const auto report = verify_folder().report;
    EXPECT_EQ(failed(report), Numbers{"V1.1"});
    EXPECT_EQ(failure(report, "V1.1"), "ballots/city/other: record-file-extra");
}

TEST_F(ForgedLogTest, StaleTileOfAnEarlierCheckpointIsFound) {
    auto record = voted();
    record.write(folder_.path());
    record.finish().write(folder_.path());
    EXPECT_EQ(failed(verify_folder().report), Numbers{"V1.1"});
}

TEST_F(ForgedLogTest, ChangedTileIsFound) {
    auto record = voted();
    record.finish().write(folder_.path());
    const std::string tile = "tile/0/000.p/" + std::to_string(record.entries.size());
    Bytes content = *read_file(path(tile));
    content[40] ^= 1;
    overwrite(path(tile), content);
    const auto report = verify_folder().report;
    EXPECT_EQ(failed(report), Numbers{"V1.3"});
    EXPECT_EQ(failure(report, "V1.3"), tile + ": tile-differs");
}

TEST_F(ForgedLogTest, TruncatedBallotFileIsFound) {
    voted().finish().write(folder_.path());
    fs::resize_file(path("ballots/city/standard"), fs::file_size(path("ballots/city/standard")) - 1);
    const auto report = verify_folder().report;
    EXPECT_EQ(failed(report), Numbers{"V1.1"});
    EXPECT_EQ(failure(report, "V1.1"), "ballots/city/standard: record-file-length");
}

TEST_F(ForgedLogTest, EntryChangedBehindTheCheckpointIsFound) {
    auto record = voted();
    record.finish();
    const std::string checkpoint = record.checkpoint();
    record.rewrite<events::BallotCast>(record.index_of("ballot-cast", 3), [](auto& c) { c.x[0] ^= 1; });
    record.write(folder_.path());
    overwrite(path("checkpoint"), as_bytes(checkpoint));
    const Numbers found = failed(verify_folder().report);
    // The signatures of acts stand on roots of the log as it was.
    EXPECT_EQ(found, (Numbers{"V1.2", "V4.5", "V6.5"}));
}

TEST_F(ForgedLogTest, CheckpointOfAStrangerIsFound) {
    auto record = voted();
    record.finish().write(folder_.path());
    SeededRandom random(1);
    const auto key = crypto::LogKey::random(random);
    const auto forged = log::sign_checkpoint(record.checkpoint(record.entries.size()).checkpoint, key);
    overwrite(path("checkpoint"), as_bytes(forged.text));
    EXPECT_EQ(failed(verify_folder().report), Numbers{"V1.4"});
}

TEST_F(ForgedLogTest, CheckpointThatIsNoneIsFound) {
    voted().finish().write(folder_.path());
    overwrite(path("checkpoint"), as_bytes("nonsense"));
    EXPECT_EQ(failed(verify_folder().report), Numbers{"V1.4"});
}

TEST_F(ForgedLogTest, MissingWitnessesAreFoundFromTheCloseOn) {
    auto record = opened(plain().witnesses(2, 3));
    record.vote({{1, 0, 0, 0}}).witnesses = 1;
    record.write(folder_.path());
    EXPECT_EQ(failed(verify_folder().report), Numbers{});
    record.finish();
    fs::remove_all(folder_.path());
    EXPECT_EQ(failures(record), Numbers{"V1.5"});
}

// --- definition and keys

TEST_F(ForgedLogTest, UnreadableDefinitionIsFound) {
    auto record = voted();
    record.finish().definition += " ";
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V2.1"});
    EXPECT_EQ(report["V4.2"].verdict(), Verdict::not_checkable);
}

TEST_F(ForgedLogTest, OtherDefinitionIsFound) {
    auto record = voted();
    record.finish().definition = plain().min_ballots(2).build().definition.canonical();
    EXPECT_EQ(failures(record), Numbers{"V2.2"});
}

TEST_F(ForgedLogTest, TrusteeLeftOutIsFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([](auto& c) { c.trustees.pop_back(); });
    EXPECT_EQ(failures(record.seal().open()), Numbers{"V3.1"});
}

TEST_F(ForgedLogTest, TrusteeWithoutKnowledgeOfTheSecretIsFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([](auto& c) { c.trustees[1].proofs[0].response[31] ^= 1; });
    EXPECT_EQ(failures(record.seal().open()), Numbers{"V3.2"});
}

TEST_F(ForgedLogTest, OtherElectionHashIsFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([](auto& c) { c.election[0] ^= 1; });
    const Numbers found = failures(record.seal());
    EXPECT_EQ(found, (Numbers{"V3.3", "V4.5"}));
}

TEST_F(ForgedLogTest, TrusteeThatDidNotSignIsFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([](auto& c) { c.trustees[0].signature[5] ^= 1; });
    EXPECT_EQ(failures(record.seal()), Numbers{"V3.4"});
}

TEST_F(ForgedLogTest, ExtraPassKeyIsFound) {
    TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([](auto& c) { c.pass_keys.push_back(c.pass_keys[0]); });
    EXPECT_EQ(failures(record.seal()), Numbers{"V3.5"});
}

// --- order of events and signatures

TEST_F(ForgedLogTest, EntryInAnotherFormIsFound) {
    auto record = voted();
    record.entries.push_back("{\"type\": \"incident\"}");
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.1"});
    EXPECT_EQ(failure(report, "V4.1"),
              "entry " + std::to_string(record.entries.size() - 1) + ": json-not-canonical");
}

TEST_F(ForgedLogTest, DroppedSubmissionIsFound) {
    auto record = voted();
    const auto index = record.index_of("ballot-submitted");
    record.finish().entries.erase(record.entries.begin() + static_cast<std::ptrdiff_t>(index));
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.3"});
    EXPECT_EQ(failure(report, "V4.3"), "entry 2: no-open-submission");
}

TEST_F(ForgedLogTest, DroppedCastIsFound) {
    auto record = voted();
    const auto index = record.index_of("ballot-cast");
    record.finish().entries.erase(record.entries.begin() + static_cast<std::ptrdiff_t>(index));
    EXPECT_EQ(failures(record), (Numbers{"V4.3", "V4.5"}));
}

TEST_F(ForgedLogTest, BallotDroppedWithItsSubmissionIsFoundByWhoeverSigned) {
    auto record = voted();
    const auto index = static_cast<std::ptrdiff_t>(record.index_of("ballot-submitted"));
    record.entries.erase(record.entries.begin() + index, record.entries.begin() + index + 2);
    EXPECT_EQ(failures(record), Numbers{"V4.5"});
}

TEST_F(ForgedLogTest, DuplicatedEntryIsFound) {
    auto record = voted();
    const auto index = record.index_of("ballot-cast");
    record.finish().entries.insert(record.entries.begin() + static_cast<std::ptrdiff_t>(index),
                                   std::string(record.entries[index]));
    EXPECT_EQ(failures(record), Numbers{"V4.3"});
}

TEST_F(ForgedLogTest, TrackingCodeUsedTwiceIsFound) {
    auto record = voted();
    record.append(events::decode(record.entries[record.index_of("ballot-submitted")])->content);
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.3"});
    EXPECT_EQ(failure(report, "V4.3"), "entry 13: tracking-code-repeated");
}

TEST_F(ForgedLogTest, PassUsedTwiceIsFound) {
    auto record = voted();
    auto again = std::get<events::BallotSubmitted>(
        events::decode(record.entries[record.index_of("ballot-submitted")])->content);
    again.tracking_code[0] ^= 1;
    const auto report = verify_record(record.append(again)).report;
    EXPECT_EQ(failed(report), Numbers{"V4.3"});
    EXPECT_EQ(failure(report, "V4.3"), "entry 13: pass-cast");
}

TEST_F(ForgedLogTest, PollsClosedBeforeTheStationIsFound) {
    auto record = voted();
    record.close();
    record.entries.erase(record.entries.begin() +
                         static_cast<std::ptrdiff_t>(record.index_of("station-closed")));
    EXPECT_EQ(failures(record), Numbers{"V4.2"});
}

TEST_F(ForgedLogTest, ActWithOneOfficialIsFound) {
    TestRecord record(plain().build());
    record.seal().append(events::PollsOpened{}, {"official-1"}, record.view());
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.4"});
    EXPECT_EQ(failure(report, "V4.4"), "entry 1: signers-wrong");
}

TEST_F(ForgedLogTest, ActWithOneOfficialTwiceIsFound) {
    TestRecord record(plain().build());
    record.seal().append(events::PollsOpened{}, {"official-1", "official-1"}, record.view());
    EXPECT_EQ(failures(record), Numbers{"V4.4"});
}

TEST_F(ForgedLogTest, ForgedSignatureIsFound) {
    auto record = voted();
    events::Entry entry = *events::decode(record.entries[1]);
    entry.signed_by[1].signature[7] ^= 1;
    record.entries.resize(1);
    record.entries.push_back(events::encode(entry));
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.5"});
    EXPECT_EQ(failure(report, "V4.5"), "entry 1, signature of official-2: signature-wrong");
}

TEST_F(ForgedLogTest, SignatureOverAnotherLogIsFound) {
    TestRecord record(plain().build());
    record.seal();
    record.append(events::PollsOpened{}, {"official-1", "official-2"}, {1, Hash{}});
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.5"});
    EXPECT_EQ(report["V4.5"].failures()[0].code, "signature-root");
}

// --- nothing can be left out

TEST_F(ForgedLogTest, RecordWithoutAnyOneOfItsEntriesIsNeverComplete) {
    auto record = opened();
    const auto complete = record.vote({{1, 0, 0, 0}}).test({{0, 1, 0, 0}}).finish().entries;
    for (std::size_t i = 0; i < complete.size(); ++i) {
        record.entries = complete;
        record.entries.erase(record.entries.begin() + static_cast<std::ptrdiff_t>(i));
        fs::remove_all(folder_.path());
        EXPECT_FALSE(verify_record(record).report.complete()) << "without entry " << i;
    }
}

TEST_F(ForgedLogTest, RecordWithoutAnyOneOfItsFilesIsNeverComplete) {
    auto record = opened();
    record.vote({{1, 0, 0, 0}}).finish().write(folder_.path());
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    ASSERT_EQ(files.size(), 7u);
    const test::TemporaryFolder aside;
    const fs::path hidden = aside.path() / "hidden";
    for (const fs::path& file : files) {
        fs::rename(file, hidden);
        EXPECT_FALSE(verify_folder().report.complete()) << "without " << file;
        fs::rename(hidden, file);
    }
    EXPECT_TRUE(verify_folder().report.complete());
}

// --- what the caller brought

TEST_F(ForgedLogTest, OtherElectionThanExpectedIsFound) {
    auto record = voted();
    Options options;
    options.election = record.election().h_e;
    EXPECT_TRUE(verify_record(record.finish(), options).report.complete());
    options.election->at(0) ^= 1;
    EXPECT_EQ(failed(verify_folder(options).report), Numbers{"V11.1"});
    EXPECT_FALSE(verify_folder(options).closed.has_value());
}

TEST_F(ForgedLogTest, ReceiptOfThisLogPasses) {
    auto record = voted();
    Options options;
    options.receipt = record.receipt(record.index_of("ballot-cast"));
    const auto report = verify_record(record.finish(), options).report;
    EXPECT_TRUE(report.complete()) << report.to_text();
}

TEST_F(ForgedLogTest, ReceiptOfAnotherLogIsFound) {
    auto other = opened();
    other.vote({{0, 1, 0, 0}});
    Options options;
    options.receipt = other.receipt(other.index_of("ballot-cast"));
    const auto report = verify_record(voted().finish(), options).report;
    EXPECT_EQ(failed(report), Numbers{"V11.2"});
    EXPECT_EQ(failure(report, "V11.2"), "receipt: log-forked");
}

TEST_F(ForgedLogTest, ReceiptOfASubmissionIsNone) {
    auto record = voted();
    Options options;
    options.receipt = record.receipt(record.index_of("ballot-submitted"));
    EXPECT_EQ(failure(verify_record(record.finish(), options).report, "V11.2"), "receipt: receipt-not-cast");
}

TEST_F(ForgedLogTest, VoterFindsTheirRow) {
    auto record = voted();
    Options options;
    options.voter = record.voter(3);
    const auto report = verify_record(record.finish(), options).report;
    EXPECT_TRUE(report.complete()) << report.to_text();
}

TEST_F(ForgedLogTest, VoterWithoutRowIsFound) {
    auto record = voted();
    Options options;
    options.voter = record.voter(99);
    const auto report = verify_record(record.finish(), options).report;
    EXPECT_EQ(failed(report), Numbers{"V11.3"});
    EXPECT_EQ(failure(report, "V11.3"), "participation: row-missing");
}

TEST_F(ForgedLogTest, VoterBeforeTheCloseHasNoRowYet) {
    Options options;
    options.voter = events::VoterCode{"1", {}};
    EXPECT_EQ(verify_record(voted(), options).report["V11.3"].verdict(), Verdict::not_checkable);
}

TEST_F(ForgedLogTest, EarlierCheckpointOfThisLogPasses) {
    auto record = voted();
    Options options;
    options.seen = record.checkpoint(3).text;
    EXPECT_TRUE(verify_record(record.finish(), options).report.complete());
}

TEST_F(ForgedLogTest, ForkedLogIsFound) {
    auto other = opened();
    other.vote({{0, 1, 0, 0}});
    Options options;
    options.seen = other.checkpoint();
    const auto report = verify_record(voted().finish(), options).report;
    EXPECT_EQ(failed(report), Numbers{"V11.4"});
    EXPECT_EQ(failure(report, "V11.4"), "the checkpoint seen: log-forked");
}

TEST_F(ForgedLogTest, RecordThatWasCutIsFound) {
    auto record = voted();
    record.finish();
    Options options;
    options.seen = record.checkpoint();
    record.entries.pop_back();
    EXPECT_EQ(failure(verify_record(record, options).report, "V11.4"), "the checkpoint seen: record-older");
}

}  // namespace
}  // namespace stimme::verify
