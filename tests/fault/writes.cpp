// Each system call with which the server writes made to fail, or to kill the server, in turn: check-in,
// ballots, void, acts and close of a small election, with everybody repeating what wasn't answered. Whatever
// was acknowledged is there exactly once, and the server either goes on or ends with a sentence that says
// why.
//
//     fault_writes [--every N] [--seed S] [--only FAULT]
//
// --every 1 tries all calls; else each fault takes every N-th, from another first one.
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/wire/office.h"
#include "tests/fault/checks.h"
#include "tests/fault/fault_library.h"
#include "tests/fault/server_process.h"
#include "tests/support/must.h"

namespace {

using namespace stimme;
using namespace stimme::test;
namespace fs = std::filesystem;
struct Options {
    std::uint64_t every = 40;
    std::uint64_t seed = 1;
    std::string only;
};

struct NamedFault {
    Fault fault;
    const char* name;
};
constexpr NamedFault faults[] = {
    {Fault::io_error, "io-error"},     {Fault::disk_full, "disk-full"}, {Fault::short_write, "short-write"},
    {Fault::sync_error, "sync-error"}, {Fault::read_only, "read-only"}, {Fault::kill, "kill"},
    {Fault::torn_write, "torn-write"},
};

// A short polling day with one fault in it.
class Scenario {
  public:
    Scenario(Fault fault, std::uint64_t at)
        : fault_(fault),
          live_(live_definition(), {election::Phase::open, 4, nullptr}),
          folder_(live_.server()->data() / live_.definition().id.str()),
          server_(*live_.server()),
          control_(live_.server()->folder() / "control"),
          staff_(live_, server_.url()) {
        live_.server()->stop();
        control_.arm(fault, at);
    }

    // What is wrong.
    std::vector<std::string> run(bool verify) {
        try {
            start();
            people();
            close();
            control_.heal();
            calls_ = control_.calls();
            if (server_.running() && server_.stop() != 0)
                wrong_.push_back("it didn't stop cleanly: " + server_.said());
            collect(check_files(folder_));
            live_.server()->start();
            collect(check_everything(live_, ledger_.all(), {}));
            if (verify) live_.finish();
            if (verify && !live_.verify().report.complete())
                wrong_.push_back("the verification isn't complete");
        } catch (const std::exception& failure) {
            wrong_.push_back(failure.what() + std::string("; the server: ") + server_.said());
        }
        return std::move(wrong_);
    }
    std::uint64_t calls() const { return calls_; }
    bool hit() const { return control_.hit(); }

  private:
    void collect(std::vector<std::string> found) {
        for (std::string& one : found) wrong_.push_back(std::move(one));
    }
    bool kills() const { return fault_ == Fault::kill || fault_ == Fault::torn_write; }

    // Until it runs; what keeps it from starting it says.
    void start() {
        const ServerStart how{fault_environment(control_, folder_), {}};
        for (int attempt = 0; attempt < 3; ++attempt) {
            if (server_.start(how)) return;
            if (!kills() && server_.said().find(folder_.string()) == std::string::npos)
                wrong_.push_back("it ends without naming the file: " + server_.said());
            control_.heal();
        }
        throw std::runtime_error("it doesn't start again: " + server_.said());
    }
    // Between two attempts of somebody who got no answer: the disk is mended, the server started again.
    void care() {
        if (server_.running()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            control_.heal();
            return;
        }
        server_.wait();
        if (!kills()) wrong_.push_back("the server ended: " + server_.said());
        control_.heal();
        start();
    }
    session::Patience patience() {
        return {500, [this] { care(); }};
    }
    template <class Ask>
    auto answered(const Ask& ask) {
        return session::until_answered(patience(), ask);
    }
    session::Session& session(const std::string& who) {
        for (int attempt = 0; sessions_.find(who) == sessions_.end(); ++attempt) {
            try {
                sessions_.emplace(who, staff_.session(who));
            } catch (const std::runtime_error&) {
                if (attempt == 20) throw;
                care();
            }
        }
        session::Session& session = sessions_.find(who)->second;
        must(answered([&] { return session.sealed(); }));
        return session;
    }

    void people() {
        session::Session& at_desk = session("s1-desk-1");
        auto store = must(desk::DeskStore::open(at_desk.folder().file("desk"), random_));
        RecordingDesk server(ledger_, "s1-desk-1", at_desk, store);
        std::vector<pass::Pass> passes;
        desk::Desk desk(store, server, desk::pass_keys_of(must(at_desk.sealed())->content, StationId("s1")),
                        random_, patience(), [&](const desk::CheckedIn& outcome) -> Status {
                            passes.push_back(must(outcome.pass));
                            return {};
                        });
        must(desk.check_in({live_.voter(1), live_.voter(2)}));
        vote(passes.at(0));
        const events::PassVoided voided{StationId("s1"), passes.at(1).t};
        const auto signature = must(answered([&] { return at_desk.sign(voided); }));
        must(desk.give_back(
            wire::print(wire::VoidRequest{live_.voter(2), {passes[1].t, passes[1].tag}, signature})));
        act(events::Incident{"rain"});
        must(desk.check_in({live_.voter(3)}));
        vote(passes.at(2));
    }
    void vote(const pass::Pass& pass) {
        session::Session& at_booth = session("s1-booth-1");
        if (!polling_)
            polling_ = must(
                booth::make_polling(at_booth.definition(), StationId("s1"), must(at_booth.sealed())->keys));
        RecordingBooth server(ledger_, "s1-booth-1", at_booth);
        for (const bool test : {true, false}) {
            booth::Visit visit(*polling_, random_, server, patience());
            visit.give(booth::PassEntered{pass});
            const auto& layout = polling_->layouts.at(must(visit.expect<booth::Choosing>())->style);
            visit.give(booth::Chosen{must(ballot::ValidSelections::check(layout, {{1, 0, 0, 0}}))});
            visit.give(booth::Confirmed{});
            must(visit.expect<booth::Deciding>());
            test ? visit.give(booth::TestWanted{}) : visit.give(booth::CastWanted{});
            test ? (void)must(visit.expect<booth::Tested>()) : (void)must(visit.expect<booth::Cast>());
        }
    }
    void act(const events::Content& content) {
        must(sign_act(session("official-1"), content, patience()));
        const auto logged = must(sign_act(session("official-2"), content, patience()));
        if (!logged.index) throw std::runtime_error("an act isn't logged");
        ledger_.note(&Acknowledgements::acts, LoggedAct{content, *logged.index});
    }

    // The draft, signed by all of them; again where the server's draft has changed meanwhile.
    void draft_and_sign(const std::string& draft, const std::vector<std::string>& signers) {
        for (int attempt = 0;; ++attempt) {
            const auto content =
                must(answered([&] {
                    return session(signers.front()).get<wire::DraftAnswer>("acts/drafts/" + draft);
                })).content;
            Status signed_by_all;
            for (const std::string& signer : signers) {
                const auto answer = sign_act(session(signer), content, patience());
                if (!answer) signed_by_all = answer.error();
            }
            if (signed_by_all) return;
            if (signed_by_all.error().code != "act-differs" || attempt == 3) must(signed_by_all);
        }
    }
    void close() {
        for (const auto& station : live_.definition().stations) {
            std::vector<std::string> desks;
            for (const auto& desk : station.desks) desks.push_back(desk.id.str());
            draft_and_sign("station-closed?station=" + station.id.str(), desks);
        }
        draft_and_sign("polls-closed", {"official-1", "official-2"});
    }

    const Fault fault_;
    SystemRandom random_;
    LiveElection live_;
    const fs::path folder_;
    ServerProcess server_;
    FaultControl control_;
    Staff staff_;
    std::map<std::string, session::Session> sessions_;
    std::optional<booth::Polling> polling_;
    Ledger ledger_;
    std::uint64_t calls_ = 0;
    std::vector<std::string> wrong_;
};

int run(const Options& options) {
    Scenario calm(Fault::none, 0);
    int failures = 0;
    const auto tell = [&](const std::string& where, const std::vector<std::string>& wrong) {
        failures += wrong.empty() ? 0 : 1;
        for (const std::string& one : wrong) std::cout << "WRONG: " << where << ": " << one << std::endl;
    };
    tell("without a fault", calm.run(true));
    std::uint64_t tried = 0, hit = 0, first = options.seed;
    for (const auto& [fault, name] : faults) {
        if (!options.only.empty() && options.only != name) continue;
        for (std::uint64_t at = 1 + first++ * 7 % options.every; at <= calm.calls(); at += options.every) {
            Scenario scenario(fault, at);
            tell(fmt::format("{} at call {}", name, at), scenario.run(++tried % 10 == 0));
            hit += scenario.hit() ? 1 : 0;
        }
    }
    std::cout << fmt::format("{} calls that write; {} faults tried, {} met, {} with something wrong\n",
                             calm.calls(), tried, hit, failures);
    return failures == 0 && hit > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("let each write of the server fail in turn");
    Options options;
    app.add_option("--every", options.every, "try every N-th call")->check(CLI::PositiveNumber);
    app.add_option("--seed", options.seed, "which calls are tried first");
    app.add_option("--only", options.only, "one fault: io-error, disk-full, short-write, sync-error, ...");
    CLI11_PARSE(app, argc, argv);
    return run(options);
}
