// Records as folders: the exact list of files, reading, and mirroring without ever mixing two checkpoints.
#include "core/record/record.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/record/mirror.h"
#include "core/record/writer.h"
#include "tests/support/records.h"
#include "tests/support/temporary_folder.h"

namespace stimme::record {
namespace {

namespace fs = std::filesystem;
using test::TestElection;
using test::TestRecord;

TestRecord voted() {
    TestRecord record(TestElection().contest("board", 3).build());
    record.seal().open().vote({{1, 0, 0}}).vote({{0, 1, 0}}).vote({{1, 0, 0}});
    return record;
}

// Fails when the path is fetched, and counts what is.
class TestSource final : public Source {
  public:
    explicit TestSource(const fs::path& folder) : folder_(folder) {}

    Result<Bytes> fetch(const std::string& path) override {
        if (path == broken) return unavailable("network-gone", "the connection broke");
        if (path == missing) return not_found("file-missing", "no such file");
        fetched.push_back(path);
        return folder_.fetch(path);
    }
    Result<Bytes> fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) override {
        if (path == broken) return unavailable("network-gone", "the connection broke");
        parts.emplace_back(offset, size);
        fetched.push_back(path);
        return folder_.fetch_part(path, offset, std::min(size, largest_part));
    }

    std::string broken, missing;
    std::size_t largest_part = std::size_t{1} << 30;
    std::vector<std::string> fetched;
    std::vector<std::pair<std::uint64_t, std::size_t>> parts;

  private:
    FolderSource folder_;
};

class RecordTest : public ::testing::Test {
  protected:
    fs::path from() const { return folder_.path() / "from"; }
    fs::path to() const { return folder_.path() / "to"; }

    std::vector<std::string> problems(const TestRecord& record) const {
        const auto opened = Record::open(from());
        std::optional<events::PollsClosed> closed;
        for (const auto& entry : record.entries) {
            if (!closed) closed = as_polls_closed(as_bytes(entry));
        }
        const auto needed =
            needed_files(record.entries.size(), record.election().definition, closed ? &*closed : nullptr);
        std::vector<std::string> found;
        for (const auto& problem : opened->compare_files(needed)) {
            found.push_back(problem.path + ": " + problem.error.code);
        }
        return found;
    }
    void expect_same_folders() const {
        for (const auto& entry : fs::recursive_directory_iterator(from())) {
            if (entry.is_directory()) continue;
            const fs::path copy = to() / fs::relative(entry.path(), from());
            ASSERT_TRUE(fs::exists(copy)) << copy;
            EXPECT_EQ(*read_file(copy), *read_file(entry.path())) << copy;
        }
        const auto count = [](const fs::path& folder) {
            return std::count_if(fs::recursive_directory_iterator(folder), {},
                                 [](const auto& entry) { return !entry.is_directory(); });
        };
        EXPECT_EQ(count(to()), count(from()));
    }

    test::TemporaryFolder folder_;
};

TEST_F(RecordTest, WrittenRecordHasExactlyItsFiles) {
    auto record = voted();
    record.write(from());
    EXPECT_EQ(problems(record), std::vector<std::string>{});
    fs::remove_all(from());
    record.close().write(from());
    EXPECT_EQ(problems(record), std::vector<std::string>{});
    EXPECT_TRUE(fs::exists(from() / "ballots/city/standard"));
}

TEST_F(RecordTest, ProblemsAreNamedByPath) {
    auto record = voted();
    record.close().write(from());
    fs::remove(from() / "tags");
    fs::resize_file(from() / "ballots/city/standard", 100);
    ASSERT_TRUE(write_file(from() / "notes", as_bytes("x")));
    EXPECT_EQ(problems(record),
              (std::vector<std::string>{"ballots/city/standard: record-file-length",
                                        "notes: record-file-extra", "tags: record-file-missing"}));
}

TEST_F(RecordTest, LinkInsteadOfAFileIsMissing) {
    auto record = voted();
    record.write(from());
    fs::rename(from() / "definition.json", folder_.path() / "elsewhere");
    fs::create_symlink(folder_.path() / "elsewhere", from() / "definition.json");
    EXPECT_EQ(problems(record), std::vector<std::string>{"definition.json: record-file-missing"});
}

TEST_F(RecordTest, GroupWithoutBallotsHasNoFile) {
    auto election = TestElection().contest("board", 3).district("north").station("s1");
    TestRecord record(election.district("south").station("s2").build());
    record.seal().open().vote({{1, 0, 0}}, "s2").close().write(from());
    EXPECT_FALSE(fs::exists(from() / "ballots/north"));
    events::ElectionState state(record.election().definition);
    for (std::size_t i = 0; i < record.entries.size(); ++i) {
        ASSERT_TRUE(state.apply(i, *events::decode(record.entries[i])));
    }
    EXPECT_EQ(ballot_groups(state), (std::vector<BallotGroup>{{1, 0, 1}}));
}

TEST_F(RecordTest, EntriesAreReadInOrder) {
    auto record = voted();
    for (int i = 0; i < 300; ++i) record.append(events::Incident{"incident " + std::to_string(i)});
    record.write(from());
    std::vector<std::string> read;
    ASSERT_TRUE(Record::open(from())->each_entry([&](std::uint64_t index, ByteView entry) -> Status {
        EXPECT_EQ(index, read.size());
        read.emplace_back(as_text(entry));
        return {};
    }));
    EXPECT_EQ(read, record.entries);
}

TEST_F(RecordTest, TruncatedBundleIsRefused) {
    auto record = voted();
    record.write(from());
    const fs::path bundle = from() / "tile/entries/000.p" / std::to_string(record.entries.size());
    fs::resize_file(bundle, fs::file_size(bundle) - 1);
    const auto status = Record::open(from())->each_entry([](auto, auto) { return Status(); });
    EXPECT_EQ(status.error().code, "bundle-truncated");
}

TEST_F(RecordTest, CheckpointOfAHugeLogIsRefused) {
    const auto key = voted().checkpoint(1);
    log::Checkpoint checkpoint = key.checkpoint;
    checkpoint.size = max_entries + 1;
    const std::string text = log::checkpoint_body(checkpoint) + key.text.substr(key.text.find("\n\n") + 1);
    EXPECT_EQ(read_unverified(text).error().code, "record-too-large");
}

TEST_F(RecordTest, FolderWithoutCheckpointIsNoRecord) {
    EXPECT_EQ(Record::open(folder_.path()).error().code, "file-missing");
}

TEST_F(RecordTest, MirrorIsTheSameFolder) {
    voted().close().write(from());
    FolderSource source(from());
    const auto report = mirror(source, to());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->fetched, 7u);
    expect_same_folders();
}

TEST_F(RecordTest, MirrorOfALaterCheckpointReplacesTheEarlierOne) {
    auto record = voted();
    record.write(from());
    FolderSource source(from());
    ASSERT_TRUE(mirror(source, to()));
    fs::remove_all(from());
    record.close().write(from());
    const auto report = mirror(source, to());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->removed, 2u);
    expect_same_folders();
}

TEST_F(RecordTest, RepeatedMirrorFetchesOnlyCheckpointAndDefinition) {
    voted().close().write(from());
    TestSource source(from());
    ASSERT_TRUE(mirror(source, to()));
    source.fetched.clear();
    ASSERT_TRUE(mirror(source, to()));
    EXPECT_EQ(source.fetched, (std::vector<std::string>{"checkpoint", "definition.json"}));
}

TEST_F(RecordTest, InterruptedMirrorHasNoCheckpointAndGoesOn) {
    voted().close().write(from());
    TestSource source(from());
    source.broken = "ballots/city/standard";
    EXPECT_EQ(mirror(source, to()).error().code, "network-gone");
    EXPECT_FALSE(fs::exists(to() / "checkpoint"));
    source.broken.clear();
    source.fetched.clear();
    ASSERT_TRUE(mirror(source, to()));
    EXPECT_EQ(source.fetched,
              (std::vector<std::string>{"checkpoint", "definition.json", "ballots/city/standard"}));
    expect_same_folders();
}

TEST_F(RecordTest, BallotFileGoesOnWhereItStopped) {
    voted().close().write(from());
    const Bytes whole = *read_file(from() / "ballots/city/standard");
    ASSERT_TRUE(write_file(to() / "ballots/city/standard.part", ByteView(whole).first(1000)));
    TestSource source(from());
    source.largest_part = 3000;
    ASSERT_TRUE(mirror(source, to()));
    EXPECT_EQ(source.parts.front(), std::pair(std::uint64_t{1000}, whole.size() - 1000));
    EXPECT_GT(source.parts.size(), 1u);
    expect_same_folders();
}

TEST_F(RecordTest, WrongBeginningOfABallotFileIsFetchedAgain) {
    voted().close().write(from());
    ASSERT_TRUE(write_file(to() / "ballots/city/standard.part", Bytes(1000, 7)));
    FolderSource source(from());
    ASSERT_TRUE(mirror(source, to()));
    expect_same_folders();
}

TEST_F(RecordTest, PartialTileIsCutFromTheFullOneWhereItIsGone) {
    auto record = voted();
    const std::size_t size = record.entries.size();
    const std::string checkpoint = record.checkpoint();
    record.write(folder_.path() / "early");
    while (record.entries.size() < 256) record.append(events::Incident{"again"});
    record.write(from());
    ASSERT_TRUE(write_file(from() / "checkpoint", as_bytes(checkpoint)));
    FolderSource source(from());
    ASSERT_TRUE(mirror(source, to()));
    for (const char* kind : {"0", "entries"}) {
        const std::string tile = std::string("tile/") + kind + "/000.p/" + std::to_string(size);
        EXPECT_EQ(*read_file(to() / tile), *read_file(folder_.path() / "early" / tile));
    }
}

TEST_F(RecordTest, OlderCheckpointIsRefused) {
    auto record = voted();
    record.write(to());
    record.entries.pop_back();
    record.write(from());
    FolderSource source(from());
    EXPECT_EQ(mirror(source, to()).error().code, "record-older");
}

TEST_F(RecordTest, ForkedLogIsRefusedAndTheEvidenceKept) {
    auto record = voted();
    record.write(to());
    const std::string before = record.checkpoint();
    record.entries.pop_back();
    record.append(events::Incident{"something else"}).append(events::Incident{"and more"});
    record.write(from());
    FolderSource source(from());
    EXPECT_EQ(mirror(source, to()).error().code, "log-forked");
    EXPECT_EQ(as_text(*read_file(to() / "checkpoint")), before);
}

TEST_F(RecordTest, FilesOfAnotherLogAreNotMixedIn) {
    auto record = voted();
    record.write(from());
    record.entries.back().back() = ' ';
    record.write(to());
    fs::remove(to() / "checkpoint");
    FolderSource source(from());
    EXPECT_EQ(mirror(source, to()).error().code, "record-mixed");
}

TEST_F(RecordTest, FileThatTheSourceLacksIsItsError) {
    voted().close().write(from());
    TestSource source(from());
    source.missing = "participation";
    EXPECT_EQ(mirror(source, to()).error().code, "file-missing");
}

}  // namespace
}  // namespace stimme::record
