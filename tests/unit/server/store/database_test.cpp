#include "server/store/database.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "server/store/folder_lock.h"
#include "tests/support/temporary_folder.h"

namespace stimme::store {
namespace {

const Schema notes{"notes", 0x6e6f7465, {"CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT"}};

class DatabaseTest : public testing::Test {
  protected:
    std::string open_error(const Schema& schema) {
        const auto database = Database::open(file_, schema);
        return database ? "ok" : database.error().code;
    }
    // Fills the file, so that it has pages to damage.
    void fill(int rows) {
        auto database = Database::open(file_, notes);
        Connection connection = (*database)->connect_writer();
        Statement insert(connection, "INSERT INTO note (text) VALUES (?)");
        for (int i = 0; i < rows; ++i, insert.reset()) insert.bind(std::string(200, 'x')).run();
    }
    void overwrite(std::streamoff at, const std::string& bytes) {
        std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(at).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

    test::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "notes.sqlite";
};

TEST_F(DatabaseTest, NewFileIsPrivateAndHasSchema) {
    ASSERT_EQ(open_error(notes), "ok");
    EXPECT_EQ(std::filesystem::status(file_).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    Connection connection(file_, Access::read_write);
    EXPECT_EQ(connection.integer("SELECT count(*) FROM note"), 0);
    EXPECT_EQ(connection.integer("PRAGMA user_version"), 1);
    EXPECT_EQ(connection.integer("PRAGMA synchronous"), 2);
    EXPECT_EQ(connection.integer("PRAGMA secure_delete"), 1);
    EXPECT_EQ(connection.integer("PRAGMA foreign_keys"), 1);
}

TEST_F(DatabaseTest, OlderFileGetsMissingMigrations) {
    fill(3);
    Schema newer = notes;
    newer.migrations.push_back("ALTER TABLE note ADD COLUMN author TEXT");
    ASSERT_EQ(open_error(newer), "ok");
    Connection connection(file_, Access::read_only);
    EXPECT_EQ(connection.integer("SELECT count(*) FROM note WHERE author IS NULL"), 3);
}

TEST_F(DatabaseTest, FailingMigrationLeavesFileAsItWas) {
    fill(3);
    Schema broken = notes;
    broken.migrations.push_back("ALTER TABLE note ADD COLUMN author TEXT; INSERT INTO nothing VALUES (1)");
    EXPECT_EQ(open_error(broken), "store-failed");
    EXPECT_EQ(open_error(notes), "ok");
}

TEST_F(DatabaseTest, NewerFileIsRefused) {
    Schema newer = notes;
    newer.migrations.push_back("ALTER TABLE note ADD COLUMN author TEXT");
    ASSERT_EQ(open_error(newer), "ok");
    EXPECT_EQ(open_error(notes), "store-newer");
}

TEST_F(DatabaseTest, FileOfAnotherProgramIsRefused) {
    ASSERT_EQ(open_error(notes), "ok");
    EXPECT_EQ(open_error({"letters", 0x6c657474, notes.migrations}), "store-foreign");
}

TEST_F(DatabaseTest, FileThatIsNoDatabaseIsRefused) {
    std::ofstream(file_) << "number;name\n1;Somebody\n";
    EXPECT_EQ(open_error(notes), "store-foreign");
}

TEST_F(DatabaseTest, DamagedPageIsNoticed) {
    fill(200);
    overwrite(2 * 4096, std::string(4096, '\xff'));
    EXPECT_EQ(open_error(notes), "store-damaged");
}

TEST_F(DatabaseTest, CutFileIsNoticed) {
    fill(200);
    std::filesystem::resize_file(file_, std::filesystem::file_size(file_) / 2);
    EXPECT_EQ(open_error(notes), "store-damaged");
}

TEST_F(DatabaseTest, ReaderCannotWrite) {
    auto database = Database::open(file_, notes);
    const Status written = (*database)->read([](Connection& connection) -> Status {
        connection.execute("INSERT INTO note (text) VALUES ('x')");
        return {};
    });
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "store-unavailable");
}

TEST_F(DatabaseTest, TruncatedWriteAheadLogIsEmpty) {
    auto database = Database::open(file_, notes);
    Connection connection = (*database)->connect_writer();
    connection.execute("INSERT INTO note (text) VALUES ('x')");
    const std::filesystem::path wal = file_.string() + "-wal";
    ASSERT_GT(std::filesystem::file_size(wal), 0U);
    ASSERT_TRUE((*database)->truncate_wal());
    EXPECT_EQ(std::filesystem::file_size(wal), 0U);
}

TEST_F(DatabaseTest, LockedFolderIsInUse) {
    auto first = FolderLock::acquire(folder_.path());
    ASSERT_TRUE(first);
    const auto second = FolderLock::acquire(folder_.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "store-in-use");
}

TEST_F(DatabaseTest, LockEndsWithItsOwner) {
    { ASSERT_TRUE(FolderLock::acquire(folder_.path())); }
    EXPECT_TRUE(FolderLock::acquire(folder_.path()));
}

}  // namespace
}  // namespace stimme::store
