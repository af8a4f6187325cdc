#include "server/store/writer.h"

#include <algorithm>
#include <future>

#include <fmt/format.h>

namespace stimme::store {
namespace {

Error commit_failed(const std::string& file, const Error& cause) {
    return unavailable(
        "store-unavailable",
        fmt::format("nothing was stored in {}: {}. If its disk is full, read-only or failing, that "
                    "must be mended first; then the same request can be made again",
                    file, cause.message));
}

// Without a savepoint, in which SQLite keeps what each page was before: for an operation that changes very
// many pages that takes a time that grows with their square.
template <class Job>
Status run_alone(Connection& connection, Job& job) {
    job.result = guarded([&] { return job.operation(connection); });
    if (!connection.in_transaction())
        return job.result ? unavailable("store-unavailable", "the transaction ended") : job.result.error();
    if (!job.result) Statement(connection, "ROLLBACK").run();
    return {};
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::start(Database& database, WriterHooks hooks) {
    return guarded([&]() -> Result<std::unique_ptr<Writer>> {
        return std::unique_ptr<Writer>(new Writer(database, std::move(hooks)));
    });
}

Writer::Writer(Database& database, WriterHooks hooks)
    : database_(database),
      connection_(database.connect_writer()),
      file_(database.file().filename()),
      hooks_(std::move(hooks)),
      thread_([this] { work(); }) {}

Writer::~Writer() {
    stop();
}

void Writer::submit(Operation operation, Completion done) {
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_) {
            queue_.push_back({std::move(operation), std::move(done), {}});
            wake_.notify_one();
            return;
        }
    }
    done(unavailable("store-stopping", "the server is stopping"));
}

Status Writer::run(Operation operation) {
    std::promise<Status> promise;
    submit(std::move(operation), [&](Status status) { promise.set_value(std::move(status)); });
    return promise.get_future().get();
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        wake_.notify_one();
    }
    const std::lock_guard lock(stop_mutex_);
    if (thread_.joinable()) thread_.join();
}

void Writer::work() {
    for (std::vector<Job> batch = next_batch(); !batch.empty(); batch = next_batch()) {
        run_batch(batch);
        for (Job& job : batch) job.done(std::move(job.result));
        shorten_wal();
    }
}

// Empty when the writer was stopped and nothing is left.
std::vector<Writer::Job> Writer::next_batch() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), max_batch));
    std::vector<Job> batch(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return batch;
}

void Writer::run_batch(std::vector<Job>& batch) {
    const Status committed = guarded([&] { return commit(batch); });
    if (!committed) return fail_batch(batch, commit_failed(file_, committed.error()));
    if (std::exchange(doubtful_, false)) tell(fmt::format("{} is written again", file_));
    ++commits_;
    const bool wrote =
        std::any_of(batch.begin(), batch.end(), [](const Job& job) { return job.result.ok(); });
    if (wrote && hooks_.after_commit) hooks_.after_commit();
}

Status Writer::commit(std::vector<Job>& batch) {
    if (doubtful_) STIMME_CHECK(begin_again());
    Statement(connection_, "BEGIN IMMEDIATE").run();
    bool wrote = false;
    const bool alone = batch.size() == 1;
    for (Job& job : batch) {
        STIMME_CHECK(alone ? run_alone(connection_, job) : run_one(job));
        wrote = wrote || job.result.ok();
    }
    if (alone && !wrote) return {};
    if (wrote && hooks_.before_commit) STIMME_CHECK(hooks_.before_commit(connection_));
    Statement(connection_, "COMMIT").run();
    return {};
}

Status Writer::begin_again() {
    connection_ = database_.connect_writer();
    if (connection_.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0) return {};
    return unavailable("store-unavailable", "the file is too busy");
}

// After whoever waited was told; where it fails, it is tried again after the next transaction.
void Writer::shorten_wal() {
    (void)guarded([&]() -> Status {
        connection_.shorten_wal();
        return {};
    });
}

// SQLite ends the transaction by itself when the disk fails.
Status Writer::run_one(Job& job) {
    Statement(connection_, "SAVEPOINT operation").run();
    job.result = guarded([&] { return job.operation(connection_); });
    if (!connection_.in_transaction())
        return job.result ? unavailable("store-unavailable", "the transaction ended") : job.result.error();
    if (!job.result) Statement(connection_, "ROLLBACK TO operation").run();
    Statement(connection_, "RELEASE operation").run();
    return {};
}

void Writer::tell(std::string_view what) const {
    if (hooks_.report) hooks_.report(what);
}

void Writer::fail_batch(std::vector<Job>& batch, const Error& error) {
    if (!std::exchange(doubtful_, true)) tell(error.message);
    if (connection_.in_transaction())
        (void)guarded([&]() -> Status {
            connection_.execute("ROLLBACK");
            return {};
        });
    if (hooks_.on_commit_failed) hooks_.on_commit_failed(connection_, error);
    for (Job& job : batch) job.result = error;
}

}  // namespace stimme::store
