// Races: what two people do at once has one order, and nothing is lost or half done.
#include <atomic>
#include <barrier>
#include <thread>

#include "tests/attack/attack_fixture.h"

namespace stimme::test {
namespace {

class RaceAttack : public AttackTest {
  protected:
    RaceAttack() : AttackTest(live_definition(), {.voters = 300}) {}

    // Both at once; what each was told.
    template <class First, class Second>
    std::pair<Answer, Answer> at_once(First first, Second second) {
        std::pair<Answer, Answer> answers;
        std::barrier together(2);
        std::thread other([&] {
            together.arrive_and_wait();
            answers.second = second();
        });
        together.arrive_and_wait();
        answers.first = first();
        other.join();
        return answers;
    }
    std::string signed_by(const std::string& signer, const events::Content& content) const {
        return wire::print(wire::ActRequest{content, live.signature(signer, content)});
    }
    // Rows of the participation with that station.
    std::uint64_t rows_of(const std::string& station) const {
        const std::string state = live.state();
        std::uint64_t count = 0;
        const std::string end = " " + station + "\n";
        for (std::size_t at = 0; (at = state.find(end, at)) != std::string::npos; ++at)
            count += state[at - 1] == ':' ? 0 : 1;  // "closed: s1"
        return count;
    }
};

TEST_F(RaceAttack, OfTwoDraftsConfirmedAtOnceBothStandOnce) {
    const events::Content lights = events::Incident{"the lights"}, doors = events::Incident{"the doors"};
    ASSERT_TRUE(live.sign("official-1", lights).ok());
    ASSERT_TRUE(live.sign("official-1", doors).ok());
    const std::uint64_t size = live.log_size();
    Line second = live.connect("official-2"), third = live.connect("official-3");
    const std::string one = signed_by("official-2", lights), two = signed_by("official-3", doors);
    const auto [a, b] =
        at_once([&] { return second.post("acts", one); }, [&] { return third.post("acts", two); });
    EXPECT_EQ(a.told() + ", " + b.told(), "200, 200");
    EXPECT_EQ(live.log_size(), size + 2);
    EXPECT_EQ(live.as("official-1").get("acts").body, R"({"acts":[],"withheld":[]})");
}

// Two contradictory results: only one of them can be the newest that the server drew up.
TEST_F(RaceAttack, OfTwoResultsConfirmedAtOnceTheOneThatIsRightStands) {
    live.vote(1);
    live.close_polls();
    live.tally();
    const auto before = live.draft("result");
    ASSERT_TRUE(live.sign("official-1", before).ok());
    live.act(paper_batches(9));
    live.act(paper_count(9, {0, 9, 0, 0}));
    const auto after = live.draft("result");
    ASSERT_TRUE(live.sign("official-1", after).ok());
    Line second = live.connect("official-2"), third = live.connect("official-3");
    const std::string one = signed_by("official-2", before), two = signed_by("official-3", after);
    const auto [a, b] =
        at_once([&] { return second.post("acts", one); }, [&] { return third.post("acts", two); });
    EXPECT_EQ(a.told() + ", " + b.told(), "409 act-differs, 200");
}

TEST_F(RaceAttack, OneActConfirmedTwiceAtOnceIsLoggedOnce) {
    live.close_station("s1");
    live.close_station("s2");
    const auto closing = live.draft("polls-closed");
    ASSERT_TRUE(live.sign("official-1", closing).ok());
    const std::uint64_t size = live.log_size();
    Line second = live.connect("official-2"), third = live.connect("official-3");
    const std::string one = signed_by("official-2", closing), two = signed_by("official-3", closing);
    const auto [a, b] =
        at_once([&] { return second.post("acts", one); }, [&] { return third.post("acts", two); });
    EXPECT_THAT((std::vector{a.told(), b.told()}),
                testing::UnorderedElementsAre("200", "409 entry-out-of-phase"));
    EXPECT_EQ(live.log_size(), size + 1);
}

// Voters are checked in and submit at both desks and booths while the station closes.
TEST_F(RaceAttack, CloseLosesNothingThatWasAnswered) {
    std::atomic<std::uint64_t> admitted = 0, submitted = 0;
    std::vector<std::string> odd;
    std::mutex mutex;
    const auto note = [&](const Answer& answer, std::atomic<std::uint64_t>& count) {
        if (answer.ok()) {
            ++count;
        } else if (answer.told() != "409 station-closed") {
            const std::lock_guard lock(mutex);
            odd.push_back(answer.told());
        }
        return answer.ok();
    };
    const auto admit = [&](const std::string& desk, const std::string& booth, std::size_t first) {
        Line at_desk = live.connect(desk), at_booth = live.connect(booth);
        SystemRandom random;
        for (std::size_t voter = first; voter <= 300; voter += 2) {
            const auto request = pass::PassRequest::random(random);
            const wire::CheckInRequest body{live.voter(voter), request.blinded()};
            const Answer taken = at_desk.post("check-ins", wire::print(body));
            if (!note(taken, admitted)) return;
            const auto answer = *wire::parse<wire::CheckInAnswer>(taken.body);
            const auto pass =
                *request.finish({answer.evaluated, answer.proof_challenge, answer.proof_response},
                                live.known().pass_key("s1", "standard").public_key());
            const LivePass held{"s1", "standard", pass.t, pass.tag};
            const auto sealed = live.encrypt(held);
            if (!note(at_booth.post("booth/submissions", live.submission(held, sealed.body())), submitted))
                return;
        }
    };
    std::thread first([&] { admit("s1-desk-1", "s1-booth-1", 1); });
    std::thread second([&] { admit("s1-desk-2", "s1-booth-2", 2); });
    while (admitted < 10) std::this_thread::yield();
    std::string told;
    while (told.find("\"index\"") == std::string::npos) {
        const auto counts = live.draft("station-closed", "s1");
        live.sign("s1-desk-1", counts);
        told = live.sign("s1-desk-2", counts).body;
    }
    first.join();
    second.join();
    EXPECT_THAT(odd, testing::IsEmpty());
    EXPECT_EQ(rows_of("s1"), admitted);
    EXPECT_GE(submitted + 2, admitted);
    live.close_polls();
    const auto outcome = live.verify();
    EXPECT_TRUE(outcome.report.complete_up_to(8)) << outcome.report.to_text();
}

TEST_F(RaceAttack, PassIsCastOrGivenBackNeverBoth) {
    Line booth = live.connect("s1-booth-1"), desk = live.connect("s1-desk-2");
    for (std::size_t voter = 1; voter <= 20; ++voter) {
        const LivePass pass = live.check_in(voter);
        const std::string submission = live.submission(pass, live.encrypt(pass).body());
        const std::string back = live.void_of(voter, pass, "s1-desk-2");
        const auto [a, b] = at_once([&] { return booth.post("booth/submissions", submission); },
                                    [&] { return desk.post("voids", back); });
        EXPECT_THAT((std::vector{a.told(), b.told()}),
                    testing::AnyOf(testing::ElementsAre("200", "409 pass-submitted"),
                                   testing::ElementsAre("409 pass-voided", "200")));
    }
}

}  // namespace
}  // namespace stimme::test
