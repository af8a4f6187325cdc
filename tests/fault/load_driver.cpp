#include "tests/fault/load_driver.h"

#include <random>

#include "core/wire/wire.h"
#include "tests/support/must.h"

namespace stimme::test {
namespace {

session::Patience endless() {
    return {1'000'000, [] { std::this_thread::sleep_for(std::chrono::milliseconds(5)); }};
}

}  // namespace

// Checks voters in and gives them passes; takes some of these back.
class LoadDriver::Desk {
  public:
    Desk(LoadDriver& load, const std::string& who, const std::string& station)
        : load_(load),
          who_(who),
          station_(station),
          session_(load.staff_.session(who)),
          keys_(desk::pass_keys_of(must(session_.sealed())->content, StationId(station))),
          store_(must(desk::DeskStore::open(session_.folder().file("desk"), random_))),
          server_(load.ledger_, who, session_, store_),
          desk_(store_, server_, keys_, random_, endless(),
                [this](const desk::CheckedIn& outcome) -> Status {
                    hand_out(outcome);
                    return {};
                }),
          chance_(load.options_.seed ^ std::hash<std::string>()(who)) {}

    void work() {
        while (!load_.stopping_) {
            const auto voter = load_.next_voter(station_);
            if (!voter) continue;
            check(desk_.check_in({*voter}), "check-in");
            if (const auto back = std::exchange(returned_, {})) give_back(*back);
        }
    }

  private:
    void check(const Status& status, const std::string& what) {
        if (!status)
            load_.fail(who_ + ": " + what + ": " + status.error().code + ": " + status.error().message);
    }
    void hand_out(const desk::CheckedIn& outcome) {
        if (!outcome.pass) return check(outcome.pass.error(), "check-in of " + outcome.voter);
        if (std::bernoulli_distribution(load_.options_.voiding)(chance_)) {
            returned_ = {outcome.voter, *outcome.pass};
        } else {
            load_.give_pass(station_, *outcome.pass);
        }
    }
    void give_back(const std::pair<std::string, pass::Pass>& back) {
        const events::PassVoided content{StationId(station_), back.second.t};
        auto signature = session::until_answered(endless(), [&] { return session_.sign(content); });
        if (!signature) return check(signature.error(), "signature");
        const wire::VoidRequest request{back.first, {back.second.t, back.second.tag}, *signature};
        check(desk_.give_back(wire::print(request)), "void");
        load_.give_back_voter(station_, back.first);
    }

    LoadDriver& load_;
    const std::string who_;
    const std::string station_;
    SystemRandom random_;
    session::Session session_;
    desk::PassKeys keys_;
    desk::DeskStore store_;
    RecordingDesk server_;
    desk::Desk desk_;
    std::mt19937_64 chance_;
    std::optional<std::pair<std::string, pass::Pass>> returned_;
};

// Casts and tests ballots.
class LoadDriver::Booth {
  public:
    Booth(LoadDriver& load, const std::string& who, const std::string& station)
        : load_(load),
          who_(who),
          station_(station),
          session_(load.staff_.session(who)),
          polling_(must(
              booth::make_polling(session_.definition(), StationId(station), must(session_.sealed())->keys))),
          server_(load.ledger_, who, session_),
          chance_(load.options_.seed ^ std::hash<std::string>()(who)) {}

    void work() {
        while (const auto pass = load_.take_pass(station_)) vote(*pass);
    }

  private:
    void vote(const pass::Pass& pass) {
        booth::Visit visit(polling_, random_, server_, endless());
        visit.give(booth::PassEntered{pass});
        const auto choosing = visit.expect<booth::Choosing>();
        if (!choosing) return fail(choosing.error());
        const auto& layout = polling_.layouts.at((*choosing)->style);
        const bool test = (*choosing)->tests < events::max_challenges &&
                          std::bernoulli_distribution(load_.options_.testing)(chance_);
        visit.give(booth::Chosen{must(ballot::ValidSelections::check(layout, {{1, 0, 0, 0}}))});
        visit.give(booth::Confirmed{});
        if (const auto deciding = visit.expect<booth::Deciding>(); !deciding) return fail(deciding.error());
        if (test) {
            visit.give(booth::TestWanted{});
            const auto tested = visit.expect<booth::Tested>();
            return tested ? load_.give_pass(station_, pass) : fail(tested.error());
        }
        visit.give(booth::CastWanted{});
        if (const auto cast = visit.expect<booth::Cast>(); !cast) fail(cast.error());
    }
    void fail(const Error& error) { load_.fail(who_ + ": " + error.code + ": " + error.message); }

    LoadDriver& load_;
    const std::string who_;
    const std::string station_;
    SystemRandom random_;
    session::Session session_;
    booth::Polling polling_;
    RecordingBooth server_;
    std::mt19937_64 chance_;
};

// Two officials who note incidents, one after the other.
class LoadDriver::Official {
  public:
    explicit Official(LoadDriver& load)
        : load_(load), first_(load.staff_.session("official-1")), second_(load.staff_.session("official-2")) {
        must(first_.sealed());
        must(second_.sealed());
    }

    void work() {
        for (int number = 0; !load_.stopping_; ++number) {
            const events::Content content = events::Incident{"incident " + std::to_string(number)};
            if (!sign(first_, content)) return;
            const auto logged = sign(second_, content);
            if (logged && logged->index)
                load_.ledger_.note(&Acknowledgements::acts, LoggedAct{content, *logged->index});
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

  private:
    Result<wire::ActAnswer> sign(session::Session& session, const events::Content& content) {
        auto answer = sign_act(session, content, endless());
        if (!answer) return failed(std::move(answer).error());
        return answer;
    }
    Error failed(Error error) {
        load_.fail("official: " + error.code + ": " + error.message);
        return error;
    }

    LoadDriver& load_;
    session::Session first_;
    session::Session second_;
};

LoadDriver::LoadDriver(LiveElection& live, const std::string& url, LoadOptions options)
    : live_(live), staff_(live, url), options_(options) {
    for (const election::Station& station : live.definition().stations) {
        for (std::size_t i = 1; i <= options.voters; ++i)
            voters_[station.id.str()].push_back(live.voter(i, station.id.str()));
    }
}

LoadDriver::~LoadDriver() {
    stop();
}

void LoadDriver::start() {
    for (const election::Station& station : live_.definition().stations) {
        for (const auto& holder : station.desks) {
            const auto person = std::make_shared<Desk>(*this, holder.id.str(), station.id.str());
            work_.push_back([person] { person->work(); });
        }
        for (const auto& holder : station.booths) {
            const auto machine = std::make_shared<Booth>(*this, holder.id.str(), station.id.str());
            work_.push_back([machine] { machine->work(); });
        }
    }
    if (options_.acting) {
        const auto officials = std::make_shared<Official>(*this);
        work_.push_back([officials] { officials->work(); });
    }
    for (const auto& work : work_) people_.emplace_back(work);
}

void LoadDriver::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        wake_.notify_all();
    }
    for (std::thread& person : people_) person.join();
    people_.clear();
}

std::vector<std::string> LoadDriver::failures() const {
    const std::lock_guard lock(mutex_);
    return failures_;
}

void LoadDriver::fail(const std::string& what) {
    const std::lock_guard lock(mutex_);
    failures_.push_back(what);
}

std::optional<std::string> LoadDriver::next_voter(const std::string& station) {
    std::unique_lock lock(mutex_);
    auto& waiting = voters_[station];
    // Booths shall not fall behind: nobody is checked in while many passes wait.
    wake_.wait(lock, [&] { return stopping_ || (!waiting.empty() && passes_[station].size() < 8); });
    if (stopping_) return std::nullopt;
    std::string voter = std::move(waiting.front());
    waiting.pop_front();
    return voter;
}

void LoadDriver::give_back_voter(const std::string& station, const std::string& voter) {
    const std::lock_guard lock(mutex_);
    voters_[station].push_back(voter);
    wake_.notify_all();
}

void LoadDriver::give_pass(const std::string& station, const pass::Pass& pass) {
    const std::lock_guard lock(mutex_);
    passes_[station].push_back(pass);
    wake_.notify_all();
}

std::optional<pass::Pass> LoadDriver::take_pass(const std::string& station) {
    std::unique_lock lock(mutex_);
    auto& waiting = passes_[station];
    wake_.wait(lock, [&] { return stopping_ || !waiting.empty(); });
    if (stopping_) return std::nullopt;
    const pass::Pass pass = waiting.front();
    waiting.pop_front();
    wake_.notify_all();
    return pass;
}

}  // namespace stimme::test
