// What the real server costs and how long it takes, over HTTPS and to the disk, beside what it can't do
// without: the ballot's check, bare requests to the same network layer, the same rows written by SQLite
// alone. Prints `name value unit` lines; see docs/performance.md. `--quick`: less of everything.
#include <atomic>
#include <span>
#include <thread>

#include <fmt/format.h>

#include "core/ballot/check.h"
#include "core/log/tiles.h"
#include "core/pass/issue.h"
#include "core/wire/desk.h"
#include "server/service/ballots/ballot_checks.h"
#include "tests/bench/clients.h"
#include "tests/bench/commits.h"
#include "tests/bench/measure.h"
#include "tests/bench/polls.h"
#include "tests/bench/running_server.h"
#include "tests/support/temporary_folder.h"

namespace stimme::bench {
namespace {

// Microseconds of processor time a ballot, and how many a second.
struct Round {
    double server, check, tag, requests, commit, per_second, batch;

    double floor() const { return check + tag + requests + commit; }
};

constexpr std::size_t batch = service::BallotChecks::most_at_once;

class ServerBench {
  public:
    // With the name of a `profile` the server runs under callgrind.
    explicit ServerBench(bool quick, const std::string& profile = "")
        : quick_(quick),
          polls_(folder_.path(), voters_),
          server_(server_command(polls_, folder_.path() / "ports", profile), folder_.path() / "ports"),
          bare_({beside("bench_bare_server"), polls_.server().certificate, polls_.server().key,
                 polls_.authority(), folder_.path() / "bare-ports"},
                folder_.path() / "bare-ports"),
          booths_(server_.staff_port(), polls_.authority(), polls_.booth_identities()),
          bare_booths_(bare_.staff_port(), polls_.authority(), polls_.booth_identities()) {
        cast(make(Polls::booths));  // what is made once is made
        rewriter_ = std::make_unique<Rewriter>(polls_.ballots_database(), folder_.path() / "copy");
    }

    void cast_some() { cast(make(200)); }
    void ballots();
    void check_ins();
    void tiles();

  private:
    std::vector<ReadyBallot> make(std::size_t count) {
        auto ready = polls_.ballots(next_pass_, count);
        next_pass_ += count;
        return ready;
    }
    void cast(const std::vector<ReadyBallot>& ballots) {
        const auto requests = requests_of(polls_, ballots);
        booths_.run(requests.size(), [&](Connection& connection, std::size_t i) {
            submit_answer_ = connection.exchange(requests[i].submit);
            cast_answer_ = connection.exchange(requests[i].cast);
        });
    }
    Round round(std::size_t count);
    double check(const std::vector<ReadyBallot>& ballots) const;
    double tags(const std::vector<ReadyBallot>& ballots) const;
    double bare_requests(const std::vector<ReadyBallot>& ballots);
    std::vector<double> timed_check_ins(Clients& desks, std::size_t count, const std::atomic<bool>& go_on);
    void tile(Clients& readers, Clients& bare, const char* name, const log::TileId& tile);

    const bool quick_;
    const std::size_t voters_ = 4000;
    test::TemporaryFolder folder_;
    Polls polls_;
    RunningServer server_, bare_;
    Clients booths_, bare_booths_;
    std::unique_ptr<Rewriter> rewriter_;
    std::uint64_t next_pass_ = 1;
    std::size_t next_voter_ = 0;
    std::atomic<std::size_t> submit_answer_ = 0, cast_answer_ = 0;  // bytes
};

// In batches as large as the server makes them at most, in two threads, as its workers do it.
double ServerBench::check(const std::vector<ReadyBallot>& ballots) const {
    const auto layout = polls_.election().layout();
    std::vector<ballot::SubmittedBallot> submitted;
    for (const ReadyBallot& ballot : ballots) {
        const auto& request = ballot.submission;
        submitted.push_back(
            {{polls_.election().h_e, StationId("s1"), request.style, request.t}, request.body});
    }
    std::atomic<std::size_t> next = 0;
    std::atomic<double> total = 0;
    const auto work = [&] {
        SystemRandom random;
        total += thread_microseconds([&] {
            for (std::size_t i = next.fetch_add(batch); i < submitted.size(); i = next.fetch_add(batch)) {
                const auto some = std::span(submitted).subspan(i, std::min(batch, submitted.size() - i));
                for (const auto& result : check_all(layout, polls_.election().key, some, random))
                    must(result);
            }
        });
    };
    std::thread other(work);
    work();
    other.join();
    return total / static_cast<double>(ballots.size());
}

// Equation (5.1) for each pass.
double ServerBench::tags(const std::vector<ReadyBallot>& ballots) const {
    const pass::PassKey& key = polls_.pass_key();
    return thread_microseconds([&] {
               for (const ReadyBallot& ballot : ballots) {
                   if (!key.tag_matches({ballot.submission.t, ballot.submission.tag}))
                       throw std::runtime_error("a right tag doesn't match");
               }
           }) /
           static_cast<double>(ballots.size());
}

// Both requests of each ballot, to the network layer with nothing behind it.
double ServerBench::bare_requests(const std::vector<ReadyBallot>& ballots) {
    std::vector<Requests> requests;
    for (const ReadyBallot& ballot : ballots) {
        requests.push_back(
            {request_bytes(fmt::format("/{}{}", submit_answer_, polls_.path("booth/submissions")),
                           json::canonical(to_json(ballot.submission))),
             request_bytes(fmt::format("/{}{}", cast_answer_, polls_.path("booth/casts")),
                           json::canonical(to_json(ballot.cast)))});
    }
    return bare_.during([&] {
        bare_booths_.run(requests.size(), [&](Connection& connection, std::size_t i) {
            connection.exchange(requests[i].submit);
            connection.exchange(requests[i].cast);
        });
    }) / static_cast<double>(requests.size());
}

// The server first, then all parts of the floor at the same time, as they are in the server: on a machine
// whose processors share caches and arithmetic, work that runs alone is no floor of work that doesn't.
Round ServerBench::round(std::size_t count) {
    const auto ready = make(count);
    const auto per_ballot = static_cast<double>(count);
    Round round{};
    double wall = 0;
    round.server = server_.during([&] { wall = microseconds([&] { cast(ready); }); }) / per_ballot;
    round.per_second = per_ballot / wall * 1e6;
    Commits commits;
    std::vector<std::thread> parts;
    parts.emplace_back([&] { commits = rewriter_->follow(); });
    parts.emplace_back([&] {
        round.tag = tags(ready);
        round.check = check(ready);
    });
    parts.emplace_back([&] { round.requests = bare_requests(ready); });
    for (std::thread& part : parts) part.join();
    round.commit = commits.cpu / static_cast<double>(commits.ballots);
    round.batch = 2 * static_cast<double>(commits.ballots) / static_cast<double>(commits.commits);
    return round;
}

void ServerBench::ballots() {
    std::vector<Round> rounds;
    for (int i = 0; i < (quick_ ? 3 : 7); ++i) rounds.push_back(round(quick_ ? 300 : 500));
    const auto tell = [&](const char* name, auto value, const char* unit) {
        std::vector<double> values;
        for (const Round& round : rounds) values.push_back(value(round));
        print(name, median(values), unit);
    };
    tell(
        "ballot_cast", [](const Round& r) { return r.server; }, "us/ballot");
    tell(
        "ballot_cast_check", [](const Round& r) { return r.check; }, "us/ballot");
    tell(
        "ballot_cast_pass", [](const Round& r) { return r.tag; }, "us/ballot");
    tell(
        "ballot_cast_requests", [](const Round& r) { return r.requests; }, "us/ballot");
    tell(
        "ballot_cast_commit", [](const Round& r) { return r.commit; }, "us/ballot");
    tell(
        "ballot_cast_batch", [](const Round& r) { return r.batch; }, "writes/commit");
    tell(
        "ballot_cast_over_floor", [](const Round& r) { return r.server / r.floor(); }, "ratio");
    tell(
        "ballot_cast_over_floor_without_pass", [](const Round& r) { return r.server / (r.floor() - r.tag); },
        "ratio");
    tell(
        "ballots_cast", [](const Round& r) { return r.per_second; }, "ballots/s");
}

// Milliseconds of each, while `go_on`.
std::vector<double> ServerBench::timed_check_ins(Clients& desks, std::size_t count,
                                                 const std::atomic<bool>& go_on) {
    SystemRandom random;
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < count; ++i) {
        const auto blinded = pass::PassRequest::random(random).blinded();
        requests.push_back(request_bytes(
            polls_.path("check-ins"),
            json::canonical(to_json(wire::CheckInRequest{Polls::voter(next_voter_ + i), blinded}))));
    }
    next_voter_ += count;
    std::mutex mutex;
    std::vector<double> times;
    desks.run(count, [&](Connection& connection, std::size_t i) {
        if (!go_on) return;
        const double time = microseconds([&] { connection.exchange(requests[i]); }) / 1000;
        const std::lock_guard lock(mutex);
        if (go_on) times.push_back(time);
    });
    return times;
}

void ServerBench::check_ins() {
    const auto ready = make(quick_ ? 900 : 3000);
    Clients desks(server_.staff_port(), polls_.authority(), polls_.desk_identities());
    std::atomic<bool> go_on = true;
    const auto idle = timed_check_ins(desks, 50, go_on);
    SingleCommits commits(folder_.path() / "single");
    std::vector<double> times, commit_times;
    std::thread desk([&] { times = timed_check_ins(desks, 3000, go_on); });
    std::thread disk([&] { commit_times = commits.during(go_on); });
    cast(ready);
    go_on = false;
    desk.join();
    disk.join();
    print("check_in_alone", median(idle), "ms");
    print("check_ins_under_load", static_cast<double>(times.size()), "requests");
    for (const auto& [name, share] : {std::pair("p50", 0.5), std::pair("p99", 0.99)}) {
        const double commit = quantile(commit_times, share), check_in = quantile(times, share);
        print(fmt::format("durable_commit_{}", name), commit, "ms");
        print(fmt::format("check_in_{}", name), check_in, "ms");
        print(fmt::format("check_in_{}_over_commit", name), check_in / commit, "ratio");
    }
}

void ServerBench::tile(Clients& readers, Clients& bare, const char* name, const log::TileId& tile) {
    const std::size_t count = quick_ ? 400 : 2000;
    const std::string request = request_bytes(polls_.path("record/" + log::tile_path(tile)), "");
    std::atomic<std::size_t> size = 0;
    readers.run(1, [&](Connection& connection, std::size_t) { size = connection.exchange(request); });
    const std::string bare_request =
        request_bytes(fmt::format("/{}{}", size, polls_.path("record/tile")), "");
    std::vector<double> times, ratios;
    for (int i = 0; i < 5; ++i) {
        const double floor = bare_.during(
            [&] { bare.run(count, [&](Connection& c, std::size_t) { c.exchange(bare_request); }); });
        const double own = server_.during(
            [&] { readers.run(count, [&](Connection& c, std::size_t) { c.exchange(request); }); });
        times.push_back(own / static_cast<double>(count));
        ratios.push_back(own / floor);
    }
    print(name, median(times), "us/request");
    print(fmt::format("{}_over_bare", name), median(ratios), "ratio");
}

void ServerBench::tiles() {
    Clients readers(server_.public_port(), polls_.authority(), 8);
    Clients bare(bare_.public_port(), polls_.authority(), 8);
    tile(readers, bare, "tile_of_hashes", {log::TileId::Kind::hashes, 0, 1, log::tile_width});
    tile(readers, bare, "tile_of_entries", {log::TileId::Kind::entries, 0, 1, log::tile_width});
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    using namespace stimme::bench;
    if (count == 3 && has_flag(count, words, "--profile")) {
        ServerBench(true, words[2]).cast_some();
        return 0;
    }
    ServerBench bench(has_flag(count, words, "--quick"));
    bench.ballots();
    bench.check_ins();
    bench.tiles();
    return 0;
}
