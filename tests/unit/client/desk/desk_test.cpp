// Check-in survives lost answers and crashes, and leaves nothing that joins a voter with a pass.
#include "client/desk/desk.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "client/desk/check_in.h"
#include "core/base/file.h"
#include "tests/support/elections.h"
#include "tests/support/temporary_folder.h"

namespace stimme::desk {
namespace {

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "none" : result.error().code;
}

// Evaluates each voter's first element and refuses a second one, as the server does.
class FakeServer final : public Server {
  public:
    explicit FakeServer(const pass::PassKey& key) : key_(key) {}

    Result<wire::CheckInAnswer> check_in(const wire::CheckInRequest& r, const std::string& key) override {
        sent.push_back({r, key});
        if (lost_before > 0 && lost_before-- > 0) return unavailable("network-unreachable", "no connection");
        if (r.voter == refused) return conflict("voter-not-eligible", "may not vote");
        const auto [voter, fresh] = elements.emplace(r.voter, r.blinded);
        if (!fresh && voter->second != r.blinded) return conflict("already-checked-in", "was here before");
        if (lost_after > 0 && lost_after-- > 0) return unavailable("network-timeout", "the answer was lost");
        const auto answer = *key_.evaluate(r.blinded, random_);
        return wire::CheckInAnswer{StyleId("standard"), answer.evaluated, answer.proof_challenge,
                                   answer.proof_response};
    }
    Result<wire::PassStateAnswer> give_back(const std::string& body, const std::string& key) override {
        voids.push_back(body + key);
        if (lost_after > 0 && lost_after-- > 0) return unavailable("network-timeout", "the answer was lost");
        if (!void_refusal.empty()) return conflict(void_refusal, "refused");
        return wire::PassStateAnswer{wire::PassStateAnswer::Status::voided, 0};
    }
    Result<wire::MoveAnswer> move(const std::string& body, const std::string& key) override {
        moves.push_back(body + key);
        if (lost_after > 0 && lost_after-- > 0) return unavailable("network-timeout", "the answer was lost");
        if (!move_refusal.empty()) return conflict(move_refusal, "refused");
        return wire::MoveAnswer{"102"};
    }
    Result<wire::PaperAnswer> mark_paper(const std::string& body, const std::string& key) override {
        papers.push_back(body + key);
        if (lost_after > 0 && lost_after-- > 0) return unavailable("network-timeout", "the answer was lost");
        if (!paper_refusal.empty()) return conflict(paper_refusal, "refused");
        return paper_answer;
    }

    unsigned lost_before = 0, lost_after = 0;
    std::string refused;
    std::string void_refusal;
    std::map<std::string, election::PublicKey> elements;
    std::vector<std::pair<wire::CheckInRequest, std::string>> sent;
    std::vector<std::string> voids;
    std::string move_refusal, paper_refusal;
    std::vector<std::string> moves, papers;
    wire::PaperAnswer paper_answer{1, 0, {}};

  private:
    const pass::PassKey& key_;
    SeededRandom random_{2};
};

struct DeskAtWork : testing::Test {
    test::Election election = test::TestElection().contest("board", 2).build();
    test::TemporaryFolder folder;
    SeededRandom random{1};
    FakeServer server{election.pass_key("s1", "standard")};
    PassKeys keys = pass_keys_of(election.sealed(), StationId("s1"));
    session::Patience patience{1, [] {}};
    bool paper_there = true;
    std::vector<pass::Pass> passes;
    std::vector<std::string> refusals;

    DeskStore open_store() { return *DeskStore::open(folder.path() / "desk", random); }
    Desk::Tell printer() {
        return [this](const CheckedIn& outcome) -> Status {
            if (!paper_there) return unavailable("printer-empty", "put paper in");
            if (outcome.pass) {
                passes.push_back(*outcome.pass);
            } else {
                refusals.push_back(outcome.voter + " " + outcome.pass.error().code);
            }
            return {};
        };
    }
    // As if the program had been started anew.
    Status check_in(const std::vector<std::string>& voters) {
        DeskStore store = open_store();
        return Desk(store, server, keys, random, patience, printer()).check_in(voters);
    }
    Status resume() {
        DeskStore store = open_store();
        return Desk(store, server, keys, random, patience, printer()).resume();
    }
    std::string files() const {
        std::string all;
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path())) {
            if (file.is_regular_file()) all += as_text(*read_file(file.path()));
        }
        return all;
    }
};

TEST_F(DeskAtWork, PassIsTheOneOfTheServersKey) {
    ASSERT_TRUE(check_in({"100"}));
    ASSERT_EQ(passes.size(), 1U);
    EXPECT_TRUE(election.pass_key("s1", "standard").tag_matches(passes[0]));
    EXPECT_EQ(open_store().counts(), (Counts{1, 0}));
}

TEST_F(DeskAtWork, NothingOfAnAnsweredCheckInStaysOnTheDisk) {
    ASSERT_TRUE(check_in({"10000042"}));
    const std::string all = files();
    EXPECT_EQ(all.find("10000042"), std::string::npos);
    EXPECT_EQ(all.find(to_hex(passes[0].t)), std::string::npos);
}

TEST_F(DeskAtWork, UnansweredRequestIsRepeatedWithTheVerySameElement) {
    server.lost_after = 1;
    EXPECT_EQ(code_of(check_in({"100"})), "network-timeout");
    EXPECT_EQ(open_store().check_ins().size(), 1U);
    ASSERT_TRUE(resume());
    ASSERT_EQ(server.sent.size(), 2U);
    EXPECT_EQ(server.sent[0].first.blinded, server.sent[1].first.blinded);
    EXPECT_EQ(server.sent[0].second, server.sent[1].second);
    EXPECT_EQ(passes.size(), 1U);
    EXPECT_EQ(open_store().counts(), (Counts{1, 0}));
    EXPECT_TRUE(open_store().check_ins().empty());
}

TEST_F(DeskAtWork, CrashBeforeThePassIsSettledPrintsTheSamePassAgain) {
    const auto crash = [](const CheckedIn&) -> Status { throw std::runtime_error("power cut"); };
    {
        DeskStore store = open_store();
        EXPECT_THROW(static_cast<void>(Desk(store, server, keys, random, patience, crash).check_in({"100"})),
                     std::runtime_error);
    }
    ASSERT_TRUE(resume());
    ASSERT_EQ(passes.size(), 1U);
    EXPECT_TRUE(election.pass_key("s1", "standard").tag_matches(passes[0]));
    EXPECT_EQ(server.elements.size(), 1U);
    EXPECT_EQ(open_store().counts(), (Counts{1, 0}));
}

TEST_F(DeskAtWork, PassThatTheFailingPrinterDidNotTakeIsPrintedLaterAndCountedOnce) {
    paper_there = false;
    EXPECT_EQ(code_of(check_in({"100"})), "printer-empty");
    EXPECT_EQ(open_store().counts(), Counts{});
    paper_there = true;
    ASSERT_TRUE(resume());
    ASSERT_EQ(passes.size(), 1U);
    EXPECT_EQ(server.elements.size(), 1U);
    EXPECT_EQ(open_store().counts(), (Counts{1, 0}));
}

TEST_F(DeskAtWork, CrashAfterCountingNeverCountsTwice) {
    server.lost_after = 1;
    EXPECT_FALSE(check_in({"100"}));
    const auto pending = [&] {
        for (const auto& file : std::filesystem::directory_iterator(folder.path() / "desk")) {
            if (file.path().filename().string().starts_with("pending-")) return file.path();
        }
        return std::filesystem::path();
    }();
    const Bytes content = *read_file(pending);
    ASSERT_TRUE(resume());
    ASSERT_TRUE(write_file(pending, content));  // as if it had not been deleted
    EXPECT_TRUE(open_store().check_ins().empty());
    EXPECT_EQ(open_store().counts(), (Counts{1, 0}));
    EXPECT_FALSE(std::filesystem::exists(pending));
}

TEST_F(DeskAtWork, RefusedVotersAreNamedAndNotCounted) {
    server.refused = "101";
    ASSERT_TRUE(check_in({"100", "101", "102"}));
    EXPECT_EQ(passes.size(), 2U);
    EXPECT_EQ(refusals, std::vector<std::string>{"101 voter-not-eligible"});
    EXPECT_EQ(open_store().counts(), (Counts{2, 0}));
}

TEST_F(DeskAtWork, VotersAfterALostAnswerAreNotCheckedInLater) {
    server.lost_before = 1;
    EXPECT_EQ(code_of(check_in({"100", "101"})), "network-unreachable");
    ASSERT_EQ(open_store().check_ins().size(), 1U);
    EXPECT_EQ(open_store().check_ins()[0].voter, "100");
}

TEST_F(DeskAtWork, AnAnswerUnderAnotherKeyGivesNoPass) {
    keys.at(StyleId("standard")) = pass::PassKey::random(random).public_key();
    const auto status = check_in({"100"});
    EXPECT_EQ(code_of(status), "evaluation-proof-wrong");
    EXPECT_EQ(status.error().kind, ErrorKind::corrupt);
    EXPECT_TRUE(passes.empty());
    EXPECT_EQ(open_store().check_ins().size(), 1U);
}

TEST_F(DeskAtWork, VoidIsCountedOnceAlsoAfterALostAnswer) {
    server.lost_after = 1;
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    EXPECT_EQ(code_of(desk.give_back("{\"voter\":1}")), "network-timeout");
    ASSERT_TRUE(resume());
    ASSERT_EQ(server.voids.size(), 2U);
    EXPECT_EQ(server.voids[0], server.voids[1]);
    EXPECT_EQ(open_store().counts(), (Counts{0, 1}));
}

TEST_F(DeskAtWork, RefusedVoidIsForgottenAndNotCounted) {
    server.void_refusal = "pass-submitted";
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    EXPECT_EQ(code_of(desk.give_back("{}")), "pass-submitted");
    EXPECT_TRUE(open_store().acts().empty());
    EXPECT_EQ(open_store().counts(), Counts{});
}

const wire::MoveRequest move_request{"101", "102", {"A. Arendt", "B. Brecht"}};

TEST_F(DeskAtWork, MoveIsCountedOnceAlsoAfterALostAnswer) {
    server.lost_after = 1;
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    EXPECT_EQ(code_of(desk.move(move_request)), "network-timeout");
    ASSERT_TRUE(resume());
    ASSERT_EQ(server.moves.size(), 2U);
    EXPECT_EQ(server.moves[0], server.moves[1]);
    EXPECT_EQ(open_store().counts(), (Counts{0, 0, 1, 0}));
    EXPECT_FALSE(open_store().waits());
}

TEST_F(DeskAtWork, RefusedMoveIsForgottenAndNotCounted) {
    server.move_refusal = "style-differs";
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    EXPECT_EQ(code_of(desk.move(move_request)), "style-differs");
    EXPECT_EQ(open_store().counts(), Counts{});
    EXPECT_FALSE(open_store().waits());
}

TEST_F(DeskAtWork, PaperIsCountedAsTheServerEnteredItAndOnce) {
    server.lost_after = 1;
    server.paper_answer = {1, 1, {{"103", "already-checked-in", StationId("s2")}}};
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    EXPECT_EQ(code_of(desk.mark_paper({{"101", "102", "103"}})), "network-timeout");
    ASSERT_TRUE(resume());
    EXPECT_EQ(server.papers[0], server.papers[1]);
    EXPECT_EQ(open_store().counts(), (Counts{0, 0, 0, 1}));
}

TEST_F(DeskAtWork, PaperThatIsRefusedWhenItIsRepeatedIsToldAndNotCounted) {
    server.lost_after = 1;
    server.paper_refusal = "station-closed";
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    EXPECT_EQ(code_of(desk.mark_paper({{"101"}})), "network-timeout");
    ASSERT_TRUE(desk.resume());
    ASSERT_EQ(desk.refused().size(), 1U);
    EXPECT_EQ(desk.refused()[0].kind, PendingAct::Kind::paper);
    EXPECT_EQ(desk.refused()[0].error.code, "station-closed");
    EXPECT_FALSE(open_store().waits());
    EXPECT_EQ(open_store().counts(), Counts{});
}

TEST_F(DeskAtWork, WithdrawnPaperIsCountedBack) {
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    ASSERT_TRUE(desk.mark_paper({{"101"}}));
    ASSERT_TRUE(desk.mark_paper({{"101"}, true}));
    EXPECT_EQ(open_store().counts(), (Counts{0, 0, 0, 1, 1}));
}

TEST_F(DeskAtWork, MorePaperThanWasAskedIsNotBelievedAndStaysPending) {
    server.paper_answer = {2, 0, {}};
    DeskStore store = open_store();
    Desk desk(store, server, keys, random, patience, printer());
    const auto status = desk.mark_paper({{"101"}});
    EXPECT_EQ(code_of(status), "answer-contradicted");
    EXPECT_TRUE(open_store().waits());
    EXPECT_EQ(open_store().counts(), Counts{});
}

TEST_F(DeskAtWork, PendingRequestsAreReadableByTheirOwnerOnly) {
    server.lost_after = 1;
    EXPECT_FALSE(check_in({"100"}));
    for (const auto& file : std::filesystem::directory_iterator(folder.path() / "desk")) {
        const auto permissions = std::filesystem::status(file).permissions();
        EXPECT_EQ(permissions & std::filesystem::perms(077), std::filesystem::perms::none) << file.path();
    }
}

TEST_F(DeskAtWork, DamagedStoreIsRefused) {
    std::filesystem::create_directories(folder.path() / "desk");
    std::ofstream(folder.path() / "desk/pending-1.json") << "{";
    EXPECT_EQ(code_of(DeskStore::open(folder.path() / "desk", random)), "desk-store-invalid");
}

struct Batch : DeskAtWork {
    std::ostringstream output, errors;
    cli::Output out{output, errors, false, false};
    Summary summary;

    Status run(const std::string& lines) {
        DeskStore store = open_store();
        Desk desk(store, server, keys, random, patience, batch_printer(out, summary));
        std::istringstream in(lines);
        return check_in_all(in, desk, out);
    }
};

TEST_F(Batch, PassesArePrintedWithoutPeople) {
    server.refused = "10000002";
    ASSERT_TRUE(run("10000001\n10000002\n\n10000003\n"));
    EXPECT_EQ(output.str().find("1000000"), std::string::npos);
    std::istringstream lines(output.str());
    unsigned count = 0;
    for (std::string text; std::getline(lines, text); ++count) EXPECT_TRUE(pass::parse_pass(text)) << text;
    EXPECT_EQ(count, 2U);
    EXPECT_EQ(errors.str(), "10000002: may not vote (voter-not-eligible)\n");
    EXPECT_EQ(summary.passes, 2U);
    EXPECT_EQ(summary.refused, 1U);
}

TEST_F(Batch, ALineThatIsNoNumberIsNamedBeforeAnybodyIsCheckedIn) {
    const auto status = run("100\n101;Maier\n");
    EXPECT_EQ(code_of(status), "voter-number-invalid");
    EXPECT_NE(status.error().message.find("line 2"), std::string::npos);
    EXPECT_TRUE(server.sent.empty());
}

}  // namespace
}  // namespace stimme::desk
