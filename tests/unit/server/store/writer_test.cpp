#include "server/store/writer.h"

#include <future>

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace stimme::store {
namespace {

// `later` is checked at the commit only, so that a commit can fail.
const Schema linked_notes{"notes",
                          0x6e6f7465,
                          {"CREATE TABLE note (id INTEGER PRIMARY KEY, later INTEGER REFERENCES note "
                           "DEFERRABLE INITIALLY DEFERRED) STRICT"}};

class WriterTest : public testing::Test {
  protected:
    WriterTest() { start({}); }
    ~WriterTest() override { writer_.reset(); }

    void start(WriterHooks hooks) {
        writer_.reset();
        writer_ = *Writer::start(*database_, std::move(hooks));
    }
    static Operation insert(std::int64_t id) {
        return [id](Connection& connection) -> Status {
            Statement(connection, "INSERT INTO note (id) VALUES (?)").bind(id).run();
            return {};
        };
    }
    static Operation insert_and_refuse(std::int64_t id) {
        return [id](Connection& connection) -> Status {
            STIMME_CHECK(insert(id)(connection));
            return conflict("no", "no");
        };
    }
    static Status break_commit(Connection& connection) {
        connection.execute("INSERT INTO note (id, later) VALUES (99, 1000)");
        return {};
    }
    // Keeps the writer busy until release(): what is submitted meanwhile makes one batch.
    void hold() {
        writer_->submit(
            [this](Connection&) -> Status {
                held_.set_value();
                gate_.get_future().wait();
                return {};
            },
            [](Status) {});
        held_.get_future().wait();
    }
    void release() { gate_.set_value(); }
    void submit(Operation operation) {
        writer_->submit(std::move(operation),
                        [this](Status status) { answers_.push_back(status ? "ok" : status.error().code); });
    }
    std::vector<std::string> answers() {
        writer_->stop();
        return answers_;
    }
    std::int64_t count() {
        return *database_->read([](Connection& connection) -> Result<std::int64_t> {
            return connection.integer("SELECT count(*) FROM note");
        });
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<Database> database_ = *Database::open(folder_.path() / "notes", linked_notes);
    std::unique_ptr<Writer> writer_;
    std::promise<void> held_, gate_;
    std::vector<std::string> answers_;
};

TEST_F(WriterTest, WhatWaitsIsCommittedAtOnce) {
    hold();
    for (int i = 0; i < 100; ++i) submit(insert(i));
    release();
    EXPECT_EQ(answers(), std::vector<std::string>(100, "ok"));
    EXPECT_EQ(count(), 100);
    EXPECT_EQ(writer_->commits(), 2U);
}

TEST_F(WriterTest, BatchIsBounded) {
    hold();
    for (std::size_t i = 0; i < 2 * Writer::max_batch; ++i) submit(insert(static_cast<std::int64_t>(i)));
    release();
    EXPECT_EQ(answers().size(), 2 * Writer::max_batch);
    EXPECT_EQ(writer_->commits(), 3U);
}

TEST_F(WriterTest, FailingOperationIsUndoneAlone) {
    hold();
    submit(insert(1));
    submit(insert_and_refuse(2));
    submit(insert(1));  // throws: the id is taken
    submit(insert(3));
    release();
    EXPECT_EQ(answers(), (std::vector<std::string>{"ok", "no", "store-failed", "ok"}));
    EXPECT_EQ(count(), 2);
}

TEST_F(WriterTest, FailingCommitIsToldToAllOfTheBatch) {
    hold();
    submit(insert(1));
    submit(insert_and_refuse(2));
    submit(break_commit);
    release();
    EXPECT_EQ(answers(), std::vector<std::string>(3, "store-unavailable"));
    EXPECT_EQ(count(), 0);
}

TEST_F(WriterTest, WriterGoesOnAfterFailingCommit) {
    EXPECT_FALSE(writer_->run(break_commit));
    EXPECT_TRUE(writer_->run(insert(1)));
    EXPECT_EQ(count(), 1);
}

TEST_F(WriterTest, HooksSurroundCommit) {
    std::vector<std::string> seen;
    start({[&](Connection&) -> Status {
               seen.push_back("before:" + std::to_string(count()));
               return {};
           },
           [&] { seen.push_back("after:" + std::to_string(count())); },
           [&](Connection&, const Error&) { seen.push_back("failed"); },
           {}});
    EXPECT_TRUE(writer_->run(insert(1)));
    EXPECT_FALSE(writer_->run(insert_and_refuse(2)));
    EXPECT_FALSE(writer_->run(break_commit));
    EXPECT_EQ(seen, (std::vector<std::string>{"before:0", "after:1", "before:1", "failed"}));
}

TEST_F(WriterTest, ErrorBeforeCommitUndoesBatch) {
    start({[](Connection&) -> Status { return internal("no-signature", "no signature"); }, {}, {}, {}});
    const Status status = writer_->run(insert(1));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(count(), 0);
}

TEST_F(WriterTest, ValueArrivesAfterCommit) {
    const Result<std::int64_t> value =
        writer_->call<std::int64_t>([](Connection& connection) -> Result<std::int64_t> {
            STIMME_CHECK(insert(7)(connection));
            return connection.integer("SELECT max(id) FROM note");
        });
    ASSERT_TRUE(value);
    EXPECT_EQ(*value, 7);
}

TEST_F(WriterTest, StopRunsWhatWaits) {
    hold();
    for (int i = 0; i < 10; ++i) submit(insert(i));
    release();
    writer_->stop();
    EXPECT_EQ(count(), 10);
}

TEST_F(WriterTest, NothingIsTakenAfterStop) {
    writer_->stop();
    const Status status = writer_->run(insert(1));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "store-stopping");
}

}  // namespace
}  // namespace stimme::store
