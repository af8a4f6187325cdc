// Records, written and verified: what failed, by number.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/verify/verify.h"
#include "tests/support/records.h"
#include "tests/support/temporary_folder.h"

namespace stimme::verify {

using Numbers = std::vector<std::string>;

// A vote for the first of plain(), and the file in which its ballots lie.
inline const events::Selections first_option{{1, 0, 0, 0}};
inline constexpr char ballots_path[] = "ballots/city/standard";

inline Numbers with_verdict(const Report& report, Verdict verdict) {
    Numbers numbers;
    for (const Check& check : report.checks()) {
        if (check.asked() && check.verdict() == verdict) numbers.emplace_back(check.info().number);
    }
    return numbers;
}
inline Numbers failed(const Report& report) {
    return with_verdict(report, Verdict::failed);
}
inline Numbers not_checkable(const Report& report) {
    return with_verdict(report, Verdict::not_checkable);
}

class VerifyTest : public ::testing::Test {
  protected:
    // One contest of three options and the invalid one, one vote, min_ballots 1, 2 of 3 trustees.
    static test::TestElection plain() { return test::TestElection().contest("board", 3).invalid(); }
    static test::TestRecord opened(const test::TestElection& election = plain()) {
        test::TestRecord record(election.build());
        record.seal().open();
        return record;
    }
    // Two closed lists and one vote for one of them, one seat, by D'Hondt.
    static test::TestElection two_lists() {
        const auto list = [](const std::string& id) {
            return json::Object{
                {"id", id},
                {"name", id},
                {"candidates", json::Array{json::Object{{"id", id + "-1"}, {"name", "First of " + id}},
                                           json::Object{{"id", id + "-2"}, {"name", "Second of " + id}}}}};
        };
        const auto vote_for = [](const std::string& id) {
            return json::Object{{"id", "for-" + id}, {"name", id}, {"list", id}, {"whole_list", true}};
        };
        const json::Object contest{{"id", "board"},
                                   {"titles", json::Object{{"en", "Board"}}},
                                   {"seats", 1},
                                   {"votes_per_voter", 1},
                                   {"votes_per_option", 1},
                                   {"invalid_option", false},
                                   {"blank_option", false},
                                   {"seat_method", "dhondt"},
                                   {"tie_rule", "lot"},
                                   {"lists", json::Array{list("red"), list("blue")}},
                                   {"options", json::Array{vote_for("red"), vote_for("blue")}}};
        json::Array contests;
        contests.emplace_back(contest);
        return test::TestElection().set("contests", std::move(contests));
    }
    // Four ballots, one of them invalid, one tested, one pass given back.
    static test::TestRecord voted() {
        auto record = opened();
        record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).test({{0, 0, 1, 0}}).vote({{1, 0, 0, 0}});
        record.vote({{0, 0, 0, 1}}).void_pass();
        return record;
    }

    Outcome verify_folder(Options options = {}) {
        options.threads = 2;
        return verify(folder_.path(), options);
    }
    Outcome verify_record(const test::TestRecord& record, const Options& options = {}) {
        record.write(folder_.path());
        return verify_folder(options);
    }
    Numbers failures(const test::TestRecord& record, const Options& options = {}) {
        const Outcome outcome = verify_record(record, options);
        EXPECT_FALSE(outcome.report.complete());
        return failed(outcome.report);
    }
    // Place and code of the only failure of that check.
    static std::string failure(const Report& report, const char* number) {
        const auto& all = report[number].failures();
        return all.size() == 1 ? all[0].place + ": " + all[0].code : std::to_string(all.size()) + " failures";
    }

    std::filesystem::path path(const std::string& file) const { return folder_.path() / file; }

    test::TemporaryFolder folder_;
};

}  // namespace stimme::verify
