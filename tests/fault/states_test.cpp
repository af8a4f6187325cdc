// States in which an election's folder or its machine may be found, with the real server: each gets a clear
// sentence that names file and remedy, reading goes on, and nothing is done by half.
#include <fstream>

#include <gmock/gmock.h>

#include "server/store/connection.h"
#include "tests/fault/checks.h"
#include "tests/fault/fault_library.h"
#include "tests/fault/server_process.h"

namespace stimme::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class StatesTest : public testing::Test {
  protected:
    StatesTest()
        : live_(live_definition(), {election::Phase::open, 6, nullptr}),
          folder_(live_.server()->data() / live_.definition().id.str()),
          server_(*live_.server()),
          staff_(live_, server_.url()),
          control_(live_.server()->folder() / "control") {
        live_.server()->stop();
    }

    void start(const ServerStart& how = {}) { ASSERT_TRUE(server_.start(how)) << server_.said(); }
    // What a server that must not start says.
    std::string refusal(const ServerStart& how = {}) {
        EXPECT_FALSE(server_.start(how));
        return server_.said();
    }
    ServerStart with_faults() const { return {fault_environment(control_, folder_), {}}; }

    session::Session& session(const std::string& who) {
        const auto found = sessions_.find(who);
        return found != sessions_.end() ? found->second
                                        : sessions_.emplace(who, staff_.session(who)).first->second;
    }
    // A check-in with fresh blinding; under the same key it is the same request.
    Result<wire::CheckInAnswer> check_in(std::size_t voter, const std::string& key = "") {
        if (requests_.count(voter) == 0) requests_.emplace(voter, pass::PassRequest::random(random_));
        const wire::CheckInRequest request{live_.voter(voter), requests_.at(voter).blinded()};
        return session("s1-desk-1").post<wire::CheckInAnswer>("check-ins", request, key);
    }
    Result<wire::ActAnswer> note(const std::string& what) {
        const events::Content content = events::Incident{what};
        const session::Patience once{1, [] {}};
        if (auto first = sign_act(session("official-1"), content, once); !first) return first;
        return sign_act(session("official-2"), content, once);
    }
    template <class T>
    static std::string code(const Result<T>& result) {
        return result ? "ok" : result.error().code;
    }
    std::string public_view() {
        const auto view = session("official-3")
                              .api()
                              .send({"GET", "/v1/elections/" + live_.definition().id.str(), "", "", "", {}});
        return view ? view->body : view.error().message;
    }
    bool readable() { return session("official-3").record_files()("checkpoint").ok(); }

    void keep(const std::string& name) {
        server_.stop();
        fs::copy(folder_, live_.server()->folder() / name, fs::copy_options::recursive);
        start();
    }
    void put_back(const std::string& name) {
        server_.stop();
        fs::copy(live_.server()->folder() / name, folder_,
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        start();
    }

    SystemRandom random_;
    LiveElection live_;
    const fs::path folder_;
    ServerProcess server_;
    Staff staff_;
    FaultControl control_;
    std::map<std::string, session::Session> sessions_;
    std::map<std::size_t, pass::PassRequest> requests_;
};

TEST_F(StatesTest, SecondServerOnOneFolderIsRefused) {
    start();
    ServerProcess second(*live_.server());
    EXPECT_FALSE(second.start());
    EXPECT_THAT(second.said(), HasSubstr("store-in-use"));
    EXPECT_THAT(second.said(), HasSubstr(folder_.string()));
    EXPECT_EQ(code(check_in(1)), "ok");
}

TEST_F(StatesTest, DatabaseOfANewerSchemaIsRefused) {
    for (const char* file : {"roll.db", "ballots.db"}) {
        const auto set = [&](const char* version) {
            store::Connection(folder_ / file, store::Access::read_write).execute(version);
        };
        set("PRAGMA user_version = 99");
        EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("store-newer"), HasSubstr((folder_ / file).string()),
                                              HasSubstr("use the newer program")));
        set("PRAGMA user_version = 1");
    }
    start();
}

TEST_F(StatesTest, ReadOnlyDiskIsNamedAtTheStart) {
    control_.arm(Fault::read_only, 1);
    EXPECT_THAT(refusal(with_faults()),
                testing::AllOf(HasSubstr("Read-only file system"), HasSubstr(folder_.string()),
                               HasSubstr("must be writable")));
    control_.heal();
    start(with_faults());
}

TEST_F(StatesTest, DiskThatBecomesReadOnlyStopsWritingOnly) {
    start(with_faults());
    ASSERT_EQ(code(check_in(1)), "ok");
    control_.arm(Fault::read_only, 1);
    const auto refused = check_in(2, "two");
    EXPECT_EQ(code(refused), "store-unavailable");
    EXPECT_EQ(code(note("rain")), "store-unavailable");
    EXPECT_TRUE(readable());
    control_.heal();
    EXPECT_EQ(code(check_in(2, "two")), "ok");
}

TEST_F(StatesTest, FullDiskStopsWritingUntilThereIsRoom) {
    start(with_faults());
    ASSERT_EQ(code(check_in(1)), "ok");
    control_.arm(Fault::disk_full, 1);
    const auto refused = check_in(2, "two");
    ASSERT_EQ(code(refused), "store-unavailable");
    EXPECT_THAT(refused.error().message, testing::AllOf(HasSubstr("roll.db"), HasSubstr("full")));
    EXPECT_THAT(server_.said(), HasSubstr("nothing was stored in roll.db"));
    EXPECT_EQ(code(note("rain")), "store-unavailable");
    EXPECT_TRUE(readable());
    control_.heal();
    EXPECT_EQ(code(check_in(2, "two")), "ok");
    EXPECT_EQ(code(note("rain again")), "ok");
    EXPECT_THAT(server_.said(), HasSubstr("roll.db is written again"));
}

TEST_F(StatesTest, ClockThatIsSetBackAndForwardChangesNothing) {
    const fs::path time = live_.server()->folder() / "time";
    const auto set = [&](const char* shift) { std::ofstream(time) << shift << "\n"; };
    set("+0");
    start({{"LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "FAKETIME_NO_CACHE=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_TIMESTAMP_FILE=" + time.string()},
           {}});
    std::size_t voter = 0;
    for (const char* shift : {"-1h", "+3h", "-30d", "+30d"}) {
        set(shift);
        EXPECT_EQ(code(check_in(++voter)), "ok") << shift;
        EXPECT_EQ(code(note(shift)), "ok") << shift;
    }
    EXPECT_TRUE(readable());
}

TEST_F(StatesTest, CopyThatIsPutBackIsNoticedByTheFirstWhoKnowsMore) {
    start();
    ASSERT_EQ(code(note("before")), "ok");
    keep("older");
    ASSERT_EQ(code(note("after")), "ok");
    ASSERT_TRUE(session("s1-desk-1").watch());
    keep("newer");
    put_back("older");

    const auto gone_back = session("s1-desk-1").watch();
    EXPECT_EQ(code(gone_back), "log-went-back");
    const auto refused = check_in(1);
    ASSERT_EQ(code(refused), "log-behind");
    EXPECT_THAT(refused.error().message,
                testing::AllOf(HasSubstr("older copy"), HasSubstr("Find the newer copy")));
    EXPECT_EQ(code(session("s1-booth-1").post_text("booth/casts", "{}", "application/json")), "log-behind");
    EXPECT_TRUE(readable());
    EXPECT_THAT(public_view(), HasSubstr("\"standstill\":\"log-behind\""));

    server_.kill();
    start();
    EXPECT_EQ(code(session("s1-booth-1").post_text("booth/casts", "{}", "application/json")), "log-behind");
    EXPECT_THAT(server_.said(), HasSubstr("Evidence"));

    put_back("newer");
    EXPECT_EQ(code(check_in(1)), "ok");
}

TEST_F(StatesTest, LogThatWentOnFromAnOlderCopyIsNoticed) {
    start();
    keep("older");
    ASSERT_EQ(code(note("one story")), "ok");
    ASSERT_TRUE(session("s1-booth-1").watch());
    put_back("older");
    sessions_.erase("official-1");
    sessions_.erase("official-2");
    Staff others(live_, server_.url());
    auto first = others.session("official-1"), second = others.session("official-2");
    const session::Patience once{1, [] {}};
    const events::Content other = events::Incident{"another story"};
    ASSERT_TRUE(sign_act(first, other, once));
    ASSERT_TRUE(sign_act(second, other, once));

    EXPECT_FALSE(session("s1-booth-1").watch());
    EXPECT_EQ(code(session("s1-booth-1").post_text("booth/casts", "{}", "application/json")), "log-forked");
    EXPECT_EQ(code(first.watch()), "ok");
    EXPECT_EQ(code(sign_act(first, events::Incident{"more"}, once)), "log-forked");
}

TEST_F(StatesTest, RollThatLostCheckInsChecksNobodyIn) {
    start();
    keep("older");
    ASSERT_EQ(code(check_in(1)), "ok");
    session("s1-desk-1").tell_desk_counts({1, 0, 0, 0});
    put_back("older");
    const auto again = check_in(2);
    ASSERT_EQ(code(again), "roll-behind");
    EXPECT_THAT(again.error().message, testing::AllOf(HasSubstr("s1-desk-1"), HasSubstr("roll.db")));
    EXPECT_EQ(code(note("the roll lost a check-in")), "ok");
    server_.kill();
    start();
    Staff others(live_, server_.url());
    auto unknowing = others.session("s1-desk-2");
    const wire::CheckInRequest request{live_.voter(1), pass::PassRequest::random(random_).blinded()};
    EXPECT_EQ(code(unknowing.post<wire::CheckInAnswer>("check-ins", request)), "roll-behind");
}

}  // namespace
}  // namespace stimme::test
