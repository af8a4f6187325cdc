// A visit with a server that is lost at every point, and batches.
#include <sstream>

#include "client/booth/batch.h"
#include "client/booth/opened_ballot.h"
#include "core/ballot/check.h"
#include "core/ballot/tracking_code.h"
#include "core/base/file.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/client/booth/booth_fixture.h"

namespace stimme::booth {
namespace {

// Plays the server; loses the first answers.
class FakeServer final : public Server {
  public:
    explicit FakeServer(const BoothFixture& fixture) : fixture_(fixture) {}

    Result<wire::BoothPassAnswer> pass(const wire::BoothPassRequest& r, const std::string& key) override {
        if (r.t != fixture_.pass.t) return forbidden("pass-tag-wrong", "unknown");
        return answer("pass", wire::print(r), key, wire::BoothPassAnswer{StyleId("standard"), 0});
    }
    Result<wire::SubmissionAnswer> submit(const wire::SubmissionRequest& r, const std::string& key) override {
        const ballot::Context context{fixture_.polling.election, StationId("s1"), r.style, r.t};
        EXPECT_TRUE(ballot::check(fixture_.layout(), fixture_.polling.key, context, r.body));
        return answer("submit", wire::print(r), key,
                      wire::SubmissionAnswer{ballot::tracking_code(context, r.body), 7});
    }
    Result<wire::CastAnswer> cast(const wire::CastRequest& r, const std::string& key) override {
        if (ended) return conflict("no-open-submission", "no ballot waits");
        return answer("cast", wire::print(r), key, wire::CastAnswer{1, fixture_.receipt(r)});
    }
    Result<wire::ChallengeAnswer> challenge(const wire::ChallengeRequest& r,
                                            const std::string& key) override {
        if (ended) return conflict("no-open-submission", "no ballot waits");
        return answer("challenge", wire::print(r), key, wire::ChallengeAnswer{8, reproduced});
    }

    Status expect(std::uint64_t, const events::Content&) override {
        return everything_missing ? Status(corrupt("entry-not-in-log", "")) : Status();
    }
    Result<std::optional<std::uint64_t>> find(std::uint64_t from, const events::Content& content) override {
        EXPECT_EQ(from, 8U) << "after the submission";
        EXPECT_EQ(std::get<events::BallotExpired>(content).t, fixture_.pass.t);
        ++looked;
        if (looked <= lost) return unavailable("network-timeout", "the answer was lost");
        return in_log ? std::optional<std::uint64_t>(9) : std::nullopt;
    }
    Status meet(const std::string&) override { return forked ? Status(corrupt("log-forked", "")) : Status(); }

    bool everything_missing = false;  // from the log
    bool forked = false;
    bool ended = false;   // the ballot, by the desk
    bool in_log = false;  // that it ended
    unsigned looked = 0;  // for that
    unsigned lost = 0;    // answers of each kind
    std::string silent;   // kind that never answers
    bool reproduced = true;
    std::map<std::string, std::vector<std::string>> requests;  // by kind: key and body

  private:
    template <class Answer>
    Result<Answer> answer(const std::string& kind, const std::string& body, const std::string& key,
                          Answer answer) {
        requests[kind].push_back(key + body);
        if (kind == silent || requests[kind].size() <= lost)
            return unavailable("network-timeout", "the answer was lost");
        return answer;
    }

    const BoothFixture& fixture_;
};

struct Visits : BoothFixture {
    FakeServer server{*this};
    session::Patience patience{4, [] {}};
    Visit visit{polling, random, server, patience};
    std::ostringstream output, errors;
    cli::Output out{output, errors, false, false};

    void vote() {
        visit.give(PassEntered{pass});
        visit.give(Chosen{selections()});
        visit.give(Confirmed{});
    }
    Status batch(const std::string& lines) {
        std::istringstream in(lines);
        return run_batch(in, polling, random, server, patience, {}, out);
    }
    std::string pass_text() const { return pass::write_pass(pass); }
};

TEST_F(Visits, CastEndsWithAReceiptThatVerifies) {
    vote();
    visit.give(CastWanted{});
    const auto cast = visit.expect<Cast>();
    ASSERT_TRUE(cast);
    EXPECT_TRUE(log::parse_receipt((*cast)->receipt));
}

TEST_F(Visits, ASubmissionThatTheLogDoesNotHaveEndsTheVisit) {
    server.everything_missing = true;
    vote();
    EXPECT_EQ(code_of(visit.expect<Deciding>()), "entry-not-in-log");
    EXPECT_EQ(server.requests.count("cast"), 0U);
}

TEST_F(Visits, AReceiptOfAForkedLogIsNoProofOfCast) {
    server.forked = true;
    vote();
    visit.give(CastWanted{});
    EXPECT_EQ(code_of(visit.expect<Cast>()), "log-forked");
}

TEST_F(Visits, LostAnswersAreAskedForWithTheVerySameRequest) {
    server.lost = 3;
    vote();
    visit.give(CastWanted{});
    ASSERT_TRUE(visit.expect<Cast>());
    for (const char* kind : {"pass", "submit", "cast"}) {
        const auto& sent = server.requests[kind];
        EXPECT_EQ(sent.size(), 4U) << kind;
        EXPECT_EQ(sent, std::vector<std::string>(4, sent.front())) << kind;
    }
}

TEST_F(Visits, ACastWithoutAnyAnswerIsSaidToBeUncertain) {
    server.silent = "cast";
    vote();
    visit.give(CastWanted{});
    ASSERT_TRUE(std::holds_alternative<Stopped>(visit.state()));
    EXPECT_TRUE(std::get<Stopped>(visit.state()).perhaps_cast);
    EXPECT_EQ(server.requests.count("challenge"), 0U);
}

TEST_F(Visits, ABallotThatTheDeskEndedIsSaidToBeNotCast) {
    for (const bool wants_cast : {true, false}) {
        Visit ended_visit(polling, random, server, patience);
        server.ended = server.in_log = true;
        server.looked = 0;
        server.lost = 2;
        ended_visit.give(PassEntered{pass});
        ended_visit.give(Chosen{selections()});
        ended_visit.give(Confirmed{});
        ended_visit.give(wants_cast ? Input(CastWanted{}) : Input(TestWanted{}));
        EXPECT_EQ(std::get<Stopped>(ended_visit.state()).error.code, "ballot-expired");
        EXPECT_FALSE(std::get<Stopped>(ended_visit.state()).perhaps_cast);
        EXPECT_EQ(server.looked, 3U);
    }
}

TEST_F(Visits, ACastThatIsRefusedWithoutAnEntryInTheLogIsSaidToBeUncertain) {
    server.ended = true;
    vote();
    visit.give(CastWanted{});
    EXPECT_EQ(std::get<Stopped>(visit.state()).error.code, "no-open-submission");
    EXPECT_TRUE(std::get<Stopped>(visit.state()).perhaps_cast);
}

TEST_F(Visits, ACastThatIsRefusedWhileTheLogIsOutOfReachIsSaidToBeUncertain) {
    vote();
    server.ended = server.in_log = true;
    server.lost = 1000;
    visit.give(CastWanted{});
    EXPECT_EQ(server.looked, 4U);
    EXPECT_TRUE(std::get<Stopped>(visit.state()).perhaps_cast);
}

TEST_F(Visits, ASubmissionWithoutAnyAnswerIsNeverCast) {
    server.silent = "submit";
    vote();
    EXPECT_EQ(code_of(visit.expect<Deciding>()), "network-timeout");
    EXPECT_EQ(server.requests.count("cast"), 0U);
}

TEST_F(Visits, ATestedBallotGoesHomeAsADocumentThatMakesItAgain) {
    vote();
    const auto answer = finish_visit(visit, Then::challenge, {});
    ASSERT_TRUE(answer);
    const auto opened = parse_opened_ballot(json::canonical(*answer->find("opened")));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->opening.selections, (events::Selections{{2, 0, 0, 0}}));
    EXPECT_TRUE(ballot::verify_opening(polling.key, layout(), opened->context, opened->opening,
                                       opened->tracking_code));
}

TEST_F(Visits, ATestThatTheServerCallsFailedIsToldAsSuch) {
    server.reproduced = false;
    vote();
    EXPECT_EQ(code_of(finish_visit(visit, Then::challenge, {})), "challenge-failed");
}

TEST_F(Visits, BatchAnswersALineForEachLine) {
    const std::string line =
        R"({"pass":")" + pass_text() + R"(","choices":["c01","2"],"then":"cast"})" + "\n";
    ASSERT_TRUE(batch(line + line));
    std::istringstream lines(output.str());
    for (std::string text; std::getline(lines, text);) {
        const auto answer = json::parse(text);
        ASSERT_TRUE(answer);
        EXPECT_NE(answer->get<json::Object>()->find("tracking_code"), nullptr);
        EXPECT_NE(answer->get<json::Object>()->find("receipt"), nullptr);
    }
    EXPECT_EQ(server.requests["cast"].size(), 2U);
}

TEST_F(Visits, BatchWritesAReceiptToTheFileItNames) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "receipt.txt";
    ASSERT_TRUE(batch(R"({"pass":")" + pass_text() + R"(","invalid":true,"then":"cast","receipt":")" +
                      file.string() + "\"}\n"));
    const auto text = read_file(file);
    ASSERT_TRUE(text);
    EXPECT_TRUE(log::parse_receipt(as_text(*text)));
}

TEST_F(Visits, BatchNamesTheLineThatFailsAndGoesOn) {
    const std::string good = R"({"pass":")" + pass_text() + R"(","choices":["c01"],"then":"cast"})";
    const auto status = batch("{\"pass\":1}\n" + good + "\n");
    EXPECT_EQ(code_of(status), "batch-incomplete");
    EXPECT_NE(errors.str().find("line 1: "), std::string::npos);
    EXPECT_EQ(server.requests["cast"].size(), 1U);
}

TEST_F(Visits, BatchStopsWhenTheServerIsGone) {
    server.silent = "pass";
    const std::string line = R"({"pass":")" + pass_text() + R"(","choices":["c01"],"then":"cast"})" + "\n";
    EXPECT_EQ(code_of(batch(line + line)), "network-timeout");
    EXPECT_EQ(server.requests["pass"].size(), 4U);
}

TEST_F(Visits, ChoicesAreInNoOutputOfACastBallot) {
    ASSERT_TRUE(batch(R"({"pass":")" + pass_text() + R"(","choices":["c02"],"then":"cast"})" + "\n"));
    EXPECT_EQ((output.str() + errors.str()).find("c02"), std::string::npos);
}

struct BatchLines : BoothFixture {
    std::string code(const std::string& rest) const {
        return code_of(parse_batch_line(R"({"pass":")" + pass::write_pass(pass) + "\"" + rest + "}"));
    }
};

TEST_F(BatchLines, EachFormIsRead) {
    EXPECT_EQ(code(R"(,"choices":["c01"],"then":"cast")"), "none");
    EXPECT_EQ(code(R"(,"choices":{"board":["c01"]},"then":"challenge")"), "none");
    EXPECT_EQ(code(R"(,"blank":true,"then":"cast")"), "none");
}

TEST_F(BatchLines, AnythingElseIsRefused) {
    EXPECT_EQ(code(R"(,"then":"cast")"), "batch-line-invalid");
    EXPECT_EQ(code(R"(,"choices":["c01"],"blank":true,"then":"cast")"), "batch-line-invalid");
    EXPECT_EQ(code(R"(,"blank":false,"then":"cast")"), "batch-line-invalid");
    EXPECT_EQ(code(R"(,"choices":["c01"],"then":"keep")"), "batch-line-invalid");
    EXPECT_EQ(code(R"(,"choices":[1],"then":"cast")"), "batch-line-invalid");
    EXPECT_EQ(code_of(parse_batch_line("[]")), "batch-line-invalid");
    EXPECT_EQ(code_of(parse_batch_line(R"({"pass":"ABC","blank":true,"then":"cast"})")), "pass-length");
}

}  // namespace
}  // namespace stimme::booth
