// A check in parts: interrupted, resumed, split among machines and merged, it says what the whole check says.
#include <atomic>
#include <cstdlib>

#include "core/base/file.h"
#include "core/record/record.h"
#include "core/verify/spill.h"
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

struct PartsTest : VerifyTest {
    test::TemporaryFolder kept;
    std::string path(const std::string& name) const { return (kept.path() / name).string(); }
    log::Checkpoint checkpoint() const { return record::Record::open(folder_.path())->checkpoint(); }

    Outcome verify_with(PartsFile& parts, Shard shard = {}) {
        Options options;
        options.parts = &parts;
        options.shard = shard;
        return verify_folder(options);
    }
    Outcome verify_shard(const std::string& name, Shard shard) {
        auto parts = PartsFile::open(path(name), checkpoint());
        return verify_with(*parts, shard);
    }
};

std::string json_of(const Outcome& outcome) {
    return json::canonical(outcome.report.to_json());
}

TEST_F(PartsTest, ShardsMergeToTheReportOfTheWhole) {
    for (const bool wrong : {false, true}) {
        auto record = opened();
        if (wrong)
            record.forge_bodies([i = 0](Bytes& body) mutable {
                if (i++ == 1) body[100] ^= 1;
            });
        record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).vote({{1, 0, 0, 0}});
        record.test({{1, 0, 0, 0}}).test({{0, 1, 0, 0}}).test({{0, 0, 0, 1}});
        const std::string whole = json_of(verify_record(record.finish()));
        EXPECT_EQ(whole.find("\"failed\":1") != std::string::npos, wrong);
        PartsFile merged = PartsFile::in_memory(checkpoint());
        for (unsigned i = 1; i <= 3; ++i) {
            const std::string name = path("shard") + std::to_string(wrong) + std::to_string(i);
            auto parts = PartsFile::open(name, checkpoint());
            ASSERT_TRUE(parts);
            EXPECT_FALSE(verify_with(*parts, {i, 3}).report.complete());
            ASSERT_TRUE(merged.merge(name));
        }
        EXPECT_EQ(json_of(verify_with(merged)), whole);
    }
}

TEST_F(PartsTest, FinishedPartsAreNotCheckedAgain) {
    const std::string whole = json_of(verify_record(voted().finish()));
    EXPECT_EQ(json_of(verify_shard("parts", {})), whole);
    auto parts = PartsFile::open(path("parts"), checkpoint());
    ASSERT_TRUE(parts);
    const std::size_t units = parts->size();
    EXPECT_GT(units, 3u);
    const auto content = read_file(path("parts"));
    EXPECT_EQ(json_of(verify_with(*parts)), whole);
    EXPECT_EQ(*read_file(path("parts")), *content);
}

TEST_F(PartsTest, ALastLineCutOffByACrashIsDropped) {
    const std::string whole = json_of(verify_record(voted().finish()));
    static_cast<void>(verify_shard("parts", {}));
    Bytes content = *read_file(path("parts"));
    for (const std::size_t cut : {std::size_t{1}, std::size_t{40}}) {
        Bytes shorter(content.begin(), content.end() - static_cast<std::ptrdiff_t>(cut));
        ASSERT_TRUE(write_file(path("parts"), shorter));
        EXPECT_EQ(json_of(verify_shard("parts", {})), whole);
        EXPECT_EQ(read_file(path("parts"))->size(), content.size());
    }
}

TEST_F(PartsTest, PartsOfAnotherRecordAreRefused) {
    static_cast<void>(verify_record(voted().finish()));
    static_cast<void>(verify_shard("parts", {}));
    auto other = voted();
    static_cast<void>(verify_record(other.vote({{1, 0, 0, 0}}).finish()));
    EXPECT_EQ(PartsFile::open(path("parts"), checkpoint()).error().code, "parts-of-other-record");
}

TEST_F(PartsTest, ADamagedLineIsNamed) {
    static_cast<void>(verify_record(voted().finish()));
    static_cast<void>(verify_shard("parts", {}));
    Bytes content = *read_file(path("parts"));
    const auto second = std::find(content.begin(), content.end(), std::uint8_t{'\n'}) + 1;
    *second = 'x';
    ASSERT_TRUE(write_file(path("parts"), content));
    const auto opened = PartsFile::open(path("parts"), checkpoint());
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message.find("line 2"), std::string::npos) << opened.error().message;
}

TEST_F(PartsTest, AMissingFileOfAShardIsTold) {
    static_cast<void>(verify_record(voted().finish()));
    EXPECT_EQ(PartsFile::in_memory(checkpoint()).merge(path("nothing")).error().code, "file-missing");
}

TEST(UnitSize, IsWholeBatchesAndFewUnits) {
    EXPECT_EQ(unit_size(0, 128), 128u);
    EXPECT_EQ(unit_size(643, 128), 128u);
    EXPECT_EQ(unit_size(256 * 128, 128), 128u);
    EXPECT_EQ(unit_size(256 * 128 + 1, 128), 256u);
    EXPECT_EQ(unit_size(1'000'000, 128), 31u * 128u);
}

TEST(WorkTest, ShardsShareAllUnitsAndNoUnitTwice) {
    for (const std::uint64_t items : {0u, 1u, 7u, 100u}) {
        std::uint64_t seen = 0;
        for (unsigned shard = 1; shard <= 3; ++shard) {
            std::atomic<std::uint64_t> here = 0;
            Report report;
            Work work(2, {shard, 3}, nullptr, [](auto, auto, auto) {});
            work.run("things", items, 4,
                     [&](std::uint64_t begin, std::uint64_t end) {
                         here += end - begin;
                         return Part();
                     },
                     report, {"V6.4"});
            EXPECT_EQ(report["V6.4"].counted(), here);
            seen += here;
        }
        EXPECT_EQ(seen, items);
    }
}

TEST(SpillTest, RowsComeBackFromMemoryAndFromDisk) {
    struct Row {
        std::uint64_t number;
        char filler[120];
    };
    Spill<Row> spill;
    constexpr std::uint64_t rows = 40'000;  // 5 MiB: several buffers
    for (std::uint64_t i = 0; i < rows; ++i) spill.push({i, {}});
    ASSERT_EQ(spill.size(), rows);
    for (const auto& [begin, end] : {std::pair<std::uint64_t, std::uint64_t>{0, 10},
                                     {8180, 8220},
                                     {rows - 3, rows},
                                     {rows / 2, rows},
                                     {5, 5}}) {
        const auto read = spill.read(begin, end);
        ASSERT_TRUE(read);
        ASSERT_EQ(read->size(), end - begin);
        for (std::uint64_t i = begin; i < end; ++i) EXPECT_EQ((*read)[i - begin].number, i);
    }
}

TEST(SpillTest, WithoutAPlaceForTheFileTheReaderIsTold) {
    ::setenv("TMPDIR", "/nowhere", 1);
    SpillFile spill;
    const Bytes block(std::size_t{1} << 20);
    spill.append(block);
    spill.append(block);
    ::unsetenv("TMPDIR");
    std::array<std::uint8_t, 1> byte;
    EXPECT_EQ(spill.read(0, byte).error().code, "temporary-file");
}

}  // namespace
}  // namespace stimme::verify
