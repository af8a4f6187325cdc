#include "server/service/roll/roll_import.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/block_random.h"
#include "core/crypto/sha256.h"
#include "core/roll/register/register_row.h"

namespace stimme::service {
namespace {

using store::ChangeKind;
using store::EntryRow;
using store::Presence;
using store::Ruling;

constexpr std::size_t piece_bytes = std::size_t{256} << 10;
constexpr std::size_t most_named = 10;

class Import {
  public:
    Import(store::PeopleRows& rows, const RollDecision& decision, const election::ValidDefinition& definition,
           const ImportOptions& options, std::int64_t import)
        : rows_(rows), decision_(decision), definition_(definition), options_(options), import_(import) {}

    Status begin() {
        STIMME_TRY(empty_, rows_.empty());
        return {};
    }

    // Somebody of the register, decided as if the roll didn't know them. The first error stops everything.
    void add(EntryRow&& fresh) {
        if (done_) done_ = take(std::move(fresh));
    }

    Result<wire::RollImportAnswer> finish(const roll::Reading& reading) {
        STIMME_CHECK(done_);
        if (!empty_ && reading.unnamed_lines == 0) STIMME_CHECK(mark_gone(reading));
        answer_.written_as = roll::to_string(reading.written_as);
        answer_.bad_lines = reading.problem_count;
        answer_.unnamed_lines = reading.unnamed_lines;
        for (const roll::BadLine& bad : reading.problems) answer_.problems.push_back(roll::to_string(bad));
        answer_.reasons.assign(reasons_.begin(), reasons_.end());
        answer_.dry_run = options_.dry_run;
        answer_.import = import_;
        return std::move(answer_);
    }

  private:
    Status take(EntryRow&& fresh) {
        std::optional<EntryRow> before;
        if (!empty_) {
            STIMME_TRY(before, rows_.find(fresh.person.number));
        }
        if (!before) return add_new(fresh);
        if (before->person == fresh.person && before->presence != Presence::gone) {
            ++answer_.unchanged;
            count(*before);
            return {};
        }
        EntryRow after = *before;
        after.person = std::move(fresh.person);
        const bool returns = before->presence == Presence::gone;
        if (returns) after.presence = Presence::returned;
        ++(returns ? answer_.returned : answer_.changed);
        return change(returns ? ChangeKind::returned : ChangeKind::changed, *before, std::move(after));
    }

    Status add_new(const EntryRow& entry) {
        ++answer_.added;
        count(entry);
        return options_.dry_run ? Status() : rows_.add(entry);
    }

    Status change(ChangeKind kind, const EntryRow& before, EntryRow after) {
        ++after.version;
        decision_.decide(after);
        if (kind != ChangeKind::gone) count(after);
        const bool conflict = kind == ChangeKind::returned || before.ruling != Ruling::none ||
                              before.presence == Presence::invalid || before.origin == 0;
        if (conflict) ++answer_.conflicts;
        if (options_.dry_run) return {};
        STIMME_CHECK(rows_.add_change(import_, kind, before));
        STIMME_CHECK(rows_.update(after));
        return conflict ? rows_.add_conflict({after.person.number, import_, kind}) : Status();
    }

    // Whom a bad line names isn't gone.
    Status mark_gone(const roll::Reading& reading) {
        std::vector<std::string> missing;
        STIMME_CHECK(rows_.each_expected([&](std::string_view number) -> Status {
            if (!reading.numbers.contains(number)) missing.emplace_back(number);
            return {};
        }));
        for (const std::string& number : missing) {
            STIMME_TRY(const auto before, rows_.find(number));
            EntryRow after = *before;
            if (after.presence != Presence::invalid) after.presence = Presence::gone;
            ++answer_.gone;
            STIMME_CHECK(change(ChangeKind::gone, *before, std::move(after)));
        }
        return {};
    }

    void count(const EntryRow& entry) {
        ++answer_.people;
        for (const std::string& reason : entry.reasons) ++reasons_[reason];
        if (!entry.may_vote()) return;
        ++answer_.eligible;
        if (entry.station.empty() && !definition_->stations.empty()) ++answer_.without_station;
    }

    store::PeopleRows& rows_;
    const RollDecision& decision_;
    const election::ValidDefinition& definition_;
    const ImportOptions& options_;
    const std::int64_t import_;
    bool empty_ = false;
    Status done_;
    wire::RollImportAnswer answer_{};
    std::map<std::string, std::uint64_t> reasons_;
};

// Entries on their way from the thread that reads the register to the one that writes, in batches, of which
// few wait. put() and close() are the reader's, take() the writer's; its batches go back to be filled again.
class EntryPipe {
  public:
    EntryPipe() { filling_.reserve(batch_size); }

    void put(EntryRow&& entry) {
        filling_.push_back(std::move(entry));
        if (filling_.size() == batch_size) pass_on();
    }
    void close() {
        pass_on();
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }
    // Puts the next entries into `batch`; none when nothing comes any more.
    void take(std::vector<EntryRow>& batch) {
        batch.clear();
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        spare_.push_back(std::exchange(batch, std::move(waiting_.front())));
        waiting_.pop_front();
        changed_.notify_all();
    }

  private:
    static constexpr std::size_t batch_size = 256;
    static constexpr std::size_t most_waiting = 8;

    void pass_on() {
        if (filling_.empty()) return;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_.size() < most_waiting; });
        waiting_.push_back(std::exchange(filling_, {}));
        if (!spare_.empty()) {
            filling_ = std::move(spare_.back());
            spare_.pop_back();
        }
        filling_.reserve(batch_size);
        changed_.notify_all();
    }

    std::vector<EntryRow> filling_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::vector<EntryRow>> waiting_;
    std::vector<std::vector<EntryRow>> spare_;
    bool closed_ = false;
};

// Reads the register and decides about each of its people, on a thread of its own.
class Reading {
  public:
    Reading(ByteView csv, const RollDecision& decision, const roll::RegisterFormat& format,
            std::int64_t import, ImportProgress& progress, EntryPipe& pipe)
        : thread_([=, this, &decision, &format, &progress, &pipe] {
              BlockRandom random(decision.random());
              const RollDecision deciding = decision.with(random);
              roll::RegisterReader reader(
                  [&](roll::Person&& person) {
                      EntryRow entry;
                      entry.person = std::move(person);
                      entry.origin = import;
                      deciding.decide(entry);
                      pipe.put(std::move(entry));
                      ++progress.people;
                  },
                  format);
              result_ = read_in_pieces(csv, reader, progress);
              pipe.close();
          }) {}

    // When all entries have been taken.
    Result<roll::Reading> finish() {
        thread_.join();
        return *std::move(result_);
    }

  private:
    static Result<roll::Reading> read_in_pieces(ByteView csv, roll::RegisterReader& reader,
                                                ImportProgress& progress) {
        progress.people = 0;
        progress.done = 0;
        progress.total = csv.size();
        while (!csv.empty()) {
            const std::size_t size = std::min(csv.size(), piece_bytes);
            reader.feed(csv.first(size));
            csv = csv.subspan(size);
            progress.done += size;
        }
        return reader.finish();
    }

    std::optional<Result<roll::Reading>> result_;
    std::jthread thread_;
};

Status restore(store::PeopleRows& rows, const RollDecision& decision, const store::ChangeRow& change) {
    STIMME_TRY(auto entry, rows.find(change.number));
    if (!entry) return {};
    entry->person = change.before;
    if (entry->presence != Presence::invalid) entry->presence = change.presence_before;
    ++entry->version;
    decision.decide(*entry);
    return rows.update(*entry);
}

// Of those that an import brought, whom the office has dealt with.
Result<std::vector<std::string>> dealt_with(const store::PeopleRows& rows, std::int64_t import) {
    std::vector<std::string> numbers;
    STIMME_TRY(const auto matters, rows.matters());
    std::map<std::string, bool> with_matter;
    for (const store::MatterRow& matter : matters) with_matter[matter.number] = true;
    STIMME_CHECK(rows.each_brought_by(import, [&](const EntryRow& entry) -> Status {
        if (entry.version > 1 || with_matter.contains(entry.person.number))
            numbers.push_back(entry.person.number);
        return {};
    }));
    return numbers;
}

}  // namespace

Result<wire::RollImportAnswer> import_register(store::PeopleRows& rows, const RollDecision& decision,
                                               const election::ValidDefinition& definition, ByteView csv,
                                               const ImportOptions& options, std::int64_t number,
                                               ImportProgress& progress) {
    Import import(rows, decision, definition, options, number);
    STIMME_CHECK(import.begin());
    EntryPipe pipe;
    Reading reading_on(csv, decision, options.format, number, progress, pipe);
    std::vector<EntryRow> batch;
    for (pipe.take(batch); !batch.empty(); pipe.take(batch)) {
        for (EntryRow& entry : batch) import.add(std::move(entry));
    }
    STIMME_TRY(const roll::Reading reading, reading_on.finish());
    STIMME_CHECK(reading.suffices_for(definition->eligibility));
    if (!options.good_lines && !options.dry_run) STIMME_CHECK(reading.status());
    return import.finish(reading);
}

Result<Hash> hash_of_changes(const store::PeopleRows& rows, std::int64_t import) {
    crypto::Sha256 hash;
    std::string after;
    constexpr std::size_t page = 1000;
    while (true) {
        STIMME_TRY(const auto changes, rows.changes(import, after, page));
        for (const store::ChangeRow& change : changes) {
            const std::string line = json::canonical(json::Object{{"number", change.number},
                                                                  {"kind", to_string(change.kind)},
                                                                  {"before", to_json(change.before)}}) +
                                     "\n";
            hash.update(as_bytes(line));
        }
        if (changes.size() < page) return hash.finish();
        after = changes.back().number;
    }
}

Status take_back_import(store::PeopleRows& rows, const RollDecision& decision, std::int64_t import) {
    STIMME_TRY(const auto in_use, dealt_with(rows, import));
    if (!in_use.empty()) {
        const std::size_t named = std::min(in_use.size(), most_named);
        return conflict(
            "import-in-use",
            fmt::format("the office has dealt with {} of the people whom this import brought: {}{}",
                        in_use.size(),
                        fmt::join(in_use.begin(), in_use.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                        named < in_use.size() ? ", …" : ""));
    }
    STIMME_CHECK(rows.drop_conflicts_of(import));
    std::string after;
    constexpr std::size_t page = 1000;
    while (true) {
        STIMME_TRY(const auto changes, rows.changes(import, after, page));
        for (const store::ChangeRow& change : changes) STIMME_CHECK(restore(rows, decision, change));
        if (changes.size() < page) break;
        after = changes.back().number;
    }
    STIMME_CHECK(rows.drop_changes(import));
    STIMME_CHECK(rows.remove_brought_by(import));
    return rows.take_back(import);
}

}  // namespace stimme::service
