// The log as a whole: entries dropped, moved, replaced and repeated, forks and who notices them, files that
// were cut, and entries in forms that two readers could take for two things. Where the server signs the
// changed log again, the checkpoint is right; what is found then is what other people's signatures stand on.
#include <algorithm>

#include "core/base/file.h"
#include "core/log/receipt.h"
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

namespace fs = std::filesystem;
using test::TestRecord;

class ForgedTreeTest : public VerifyTest {
  protected:
    static auto at(TestRecord& record, std::size_t index) {
        return record.entries.begin() + static_cast<std::ptrdiff_t>(index);
    }
    // The record behind an earlier checkpoint of it: the server doesn't sign the change.
    Numbers failures_behind(const std::string& checkpoint, const TestRecord& record) {
        record.write(folder_.path());
        EXPECT_TRUE(write_file(path("checkpoint"), as_bytes(checkpoint)));
        return failed(verify_folder().report);
    }
    // Cuts the last bytes of a file.
    Numbers failures_with_cut(const std::string& file) {
        auto record = voted();
        record.finish().write(folder_.path());
        fs::resize_file(path(file), fs::file_size(path(file)) - 1);
        return failed(verify_folder().report);
    }
    static std::string tile(const TestRecord& record, const char* level) {
        return std::string("tile/") + level + "/000.p/" + std::to_string(record.entries.size());
    }
    // The only failure, of an entry put behind the log.
    std::string failure_of_entry(const std::string& text) {
        auto record = voted();
        record.entries.push_back(text);
        fs::remove_all(folder_.path());
        const auto report = verify_record(record).report;
        EXPECT_EQ(failed(report), Numbers{"V4.1"}) << report.to_text();
        return report["V4.1"].failures()[0].code;
    }
};

// --- entries behind a checkpoint that stays

TEST_F(ForgedTreeTest, EntriesMovedBehindTheCheckpointAreFound) {
    auto record = opened();
    record.vote(first_option).vote(first_option);
    const std::string checkpoint = record.checkpoint();
    std::rotate(at(record, 2), at(record, 4), record.entries.end());
    EXPECT_EQ(failures_behind(checkpoint, record), Numbers{"V1.2"});
}

TEST_F(ForgedTreeTest, EntryReplacedBehindTheCheckpointIsFound) {
    auto record = opened();
    record.vote(first_option);
    const std::string checkpoint = record.checkpoint();
    record.rewrite<events::BallotCast>(3, [](auto& c) { c.x[0] ^= 1; });
    EXPECT_EQ(failures_behind(checkpoint, record), Numbers{"V1.2"});
}

TEST_F(ForgedTreeTest, EntryDroppedBehindTheCheckpointIsFound) {
    auto record = opened();
    record.vote(first_option).vote(first_option);
    const std::string checkpoint = record.checkpoint();
    record.entries.resize(4);
    // The checkpoint needs tiles of 6 entries; those of 4 lie there.
    EXPECT_EQ(failures_behind(checkpoint, record), Numbers{"V1.1"});
}

// --- entries in a log that the server signed again

TEST_F(ForgedTreeTest, CastBeforeItsSubmissionIsFound) {
    auto record = voted();
    std::iter_swap(at(record, 2), at(record, 3));
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.3"});
    EXPECT_EQ(failure(report, "V4.3"), "entry 2: no-open-submission");
}

TEST_F(ForgedTreeTest, BallotsInAnotherOrderAreFoundByTheirFileAndBySigners) {
    auto record = opened();
    record.vote(first_option).vote({{0, 1, 0, 0}}).vote(first_option).finish();
    std::rotate(at(record, 2), at(record, 4), at(record, 6));
    EXPECT_EQ(failures(record), (Numbers{"V4.5", "V6.3"}));
}

TEST_F(ForgedTreeTest, ActMovedBeforeWhatItsSignerSawIsFound) {
    auto record = opened();
    record.vote(first_option).append(events::Incident{"power cut"});
    std::rotate(at(record, 2), at(record, 4), at(record, 5));
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.5"});
    EXPECT_EQ(report["V4.5"].failures()[0].code, "signature-stale");
}

TEST_F(ForgedTreeTest, ActDroppedAtTheEndIsFoundByWhoeverSignedLater) {
    auto record = voted();
    record.append(events::Incident{"power cut"}).finish();
    record.entries.erase(at(record, record.index_of("incident")));
    const Numbers found = failures(record);
    EXPECT_EQ(std::ranges::count(found, "V4.5"), 1);
}

TEST_F(ForgedTreeTest, ActPutIntoTheLogTwiceIsFound) {
    auto record = voted();
    record.append(events::Incident{"power cut"});
    record.entries.push_back(std::string(record.entries.back()));
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V4.5"});
    EXPECT_EQ(report["V4.5"].failures()[0].code, "signature-repeated");
}

// --- forks

TEST_F(ForgedTreeTest, ForkThatDropsABallotIsFoundByItsReceipt) {
    auto record = opened();
    record.vote(first_option).vote({{0, 1, 0, 0}});
    Options options;
    options.receipt = record.receipt(record.index_of("ballot-cast", 1));
    auto fork = opened();
    fork.vote(first_option).finish();
    const auto report = verify_record(fork, options).report;
    EXPECT_EQ(failed(report), Numbers{"V11.2"});
    EXPECT_EQ(failure(report, "V11.2"), "receipt: log-forked");
}

// The server gives this voter a receipt of a log that nobody else sees: it is signed, and so proves the fork.
TEST_F(ForgedTreeTest, ReceiptOfALongerLogAsksForANewerMirror) {
    auto record = opened();
    record.vote(first_option).vote(first_option);
    Options options;
    options.receipt = record.receipt(record.index_of("ballot-cast", 1));
    record.entries.resize(4);
    EXPECT_EQ(failure(verify_record(record, options).report, "V11.2"), "receipt: record-older");
}

TEST_F(ForgedTreeTest, ReceiptUnderAnotherEntryIsRefused) {
    auto record = voted();
    auto receipt = *log::parse_receipt(record.receipt(record.index_of("ballot-cast")));
    receipt.entry = to_bytes(as_bytes(record.entries[record.index_of("ballot-cast", 1)]));
    Options options;
    options.receipt = log::write_receipt(receipt);
    EXPECT_EQ(failure(verify_record(record.finish(), options).report, "V11.2"), "receipt: inclusion-root");
}

TEST_F(ForgedTreeTest, ForkThatTheWitnessesDidNotSeeIsFound) {
    auto fork = opened(plain().witnesses(2, 3));
    fork.vote({{0, 1, 0, 0}}).finish().witnesses = 0;
    const auto report = verify_record(fork).report;
    EXPECT_EQ(failed(report), Numbers{"V1.5"});
    EXPECT_EQ(failure(report, "V1.5"), "checkpoint: witness-quorum");
}

// The lines of the witnesses are taken from the checkpoint of the other log, which has the same size.
TEST_F(ForgedTreeTest, ForkWithTheWitnessesOfAnotherLogIsFound) {
    auto honest = opened(plain().witnesses(2, 3));
    honest.vote(first_option).finish();
    auto fork = opened(plain().witnesses(2, 3));
    fork.vote({{0, 1, 0, 0}}).finish().witnesses = 0;
    ASSERT_EQ(honest.entries.size(), fork.entries.size());
    const std::string lines = honest.checkpoint().substr(fork.checkpoint().size());
    fork.write(folder_.path());
    ASSERT_TRUE(write_file(path("checkpoint"), as_bytes(fork.checkpoint() + lines)));
    const auto report = verify_folder().report;
    EXPECT_EQ(failed(report), Numbers{"V1.5"});
    EXPECT_EQ(failure(report, "V1.5"), "checkpoint: checkpoint-signature");
}

TEST_F(ForgedTreeTest, OneWitnessManyTimesIsNoQuorum) {
    auto record = opened(plain().witnesses(2, 3));
    record.vote(first_option).finish().witnesses = 1;
    const std::string once = record.checkpoint();
    record.witnesses = 0;
    const std::string line = once.substr(record.checkpoint().size());
    record.write(folder_.path());
    ASSERT_TRUE(write_file(path("checkpoint"), as_bytes(once + line)));
    EXPECT_EQ(failed(verify_folder().report), Numbers{"V1.5"});
}

// --- files that were cut

TEST_F(ForgedTreeTest, CutFilesAreFound) {
    auto record = voted();
    record.finish();
    EXPECT_EQ(failures_with_cut(tile(record, "0")), (Numbers{"V1.1", "V1.3"}));
    EXPECT_EQ(failures_with_cut(tile(record, "entries")), Numbers{"V1.2"});
    EXPECT_EQ(failures_with_cut("tags"), Numbers{"V5.1"});
    EXPECT_EQ(failures_with_cut("participation"), Numbers{"V8.1"});
    EXPECT_EQ(failures_with_cut("definition.json"), Numbers{"V2.1"});
    EXPECT_EQ(failures_with_cut("checkpoint"), Numbers{"V1.4"});
}

// An honest beginning of the record: nothing in it is wrong, and nobody can call it complete.
TEST_F(ForgedTreeTest, RecordCutAtAnEarlierCheckpointIsNeverComplete) {
    auto record = voted();
    record.finish();
    for (const std::size_t size :
         {std::size_t{2}, record.index_of("polls-closed") + 1, record.entries.size() - 1}) {
        auto cut = voted();
        cut.finish().entries.resize(size);
        if (size == 2) cut.files.clear();
        fs::remove_all(folder_.path());
        const auto report = verify_record(cut).report;
        EXPECT_EQ(failed(report), Numbers{}) << size;
        EXPECT_FALSE(report.complete()) << size;
    }
}

TEST_F(ForgedTreeTest, LinkInsteadOfAFileIsFound) {
    voted().finish().write(folder_.path());
    const test::TemporaryFolder aside;
    fs::rename(path("tags"), aside.path() / "tags");
    fs::create_symlink(aside.path() / "tags", path("tags"));
    EXPECT_EQ(failed(verify_folder().report), Numbers{"V1.1"});
}

// --- one form for each entry

TEST_F(ForgedTreeTest, EntryWithAKeyTwiceIsFound) {
    EXPECT_EQ(failure_of_entry(R"({"reason":"a","reason":"b","type":"incident"})"), "json-duplicate-key");
    EXPECT_EQ(failure_of_entry(R"({"reason":"a","type":"incident","type":"certified"})"),
              "json-duplicate-key");
}

TEST_F(ForgedTreeTest, EntryInAnotherSpellingIsFound) {
    auto record = voted();
    EXPECT_EQ(failure_of_entry(record.entries[record.index_of("ballot-cast")] + " "), "json-not-canonical");
    EXPECT_EQ(failure_of_entry(R"({"type":"incident","reason":"a"})"), "json-not-canonical");
    EXPECT_EQ(failure_of_entry(R"({"reason":"\u0061","type":"incident"})"), "json-not-canonical");
    EXPECT_EQ(failure_of_entry("not JSON"), "json-syntax");
    EXPECT_EQ(failure_of_entry(R"({"reason":"a","type":"party"})"), "entry-unknown");
}

TEST_F(ForgedTreeTest, DefinitionWithAKeyTwiceIsFound) {
    auto record = voted();
    record.finish().definition.insert(1, "\"authority\":\"somebody\",");
    EXPECT_EQ(failures(record), Numbers{"V2.1"});
}

}  // namespace
}  // namespace stimme::verify
