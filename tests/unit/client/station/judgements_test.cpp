// What is found out at a station, judged; and the voter who doesn't exist.
#include "client/station/judgements.h"

#include <gmock/gmock.h>

#include "client/station/fictitious_voter.h"
#include "core/base/file.h"
#include "tests/support/elections.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"

namespace stimme::station {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const TimePoint noon = test::must(parse_time("2026-11-29T12:00:00Z"));
const Terminal good = {"foot", "de_DE.UTF-8", "UTF-8", 100, 40};

Verdict clock(TimePoint own) {
    return judge_clock(noon, own, Tongue::english).verdict;
}

TEST(Judgement, ATerminalMustSpeakUtf8AndBeLargeEnough) {
    EXPECT_EQ(judge_characters(good, Tongue::german).verdict, Verdict::ok);
    EXPECT_EQ(judge_characters({"foot", "C", "ANSI_X3.4-1968", 80, 24}, Tongue::german).verdict,
              Verdict::failed);
    EXPECT_EQ(judge_size({"foot", "", "", 80, 24}, Tongue::german).verdict, Verdict::ok);
    EXPECT_EQ(judge_size({"foot", "", "", 79, 24}, Tongue::german).verdict, Verdict::failed);
    EXPECT_EQ(judge_size({"foot", "", "", 80, 23}, Tongue::german).verdict, Verdict::failed);
    EXPECT_EQ(judge_size({"foot", "", "", 0, 0}, Tongue::german).verdict, Verdict::warning);
    EXPECT_EQ(judge_kind(good, Tongue::german).verdict, Verdict::ok);
    EXPECT_EQ(judge_kind({"linux", "", "", 0, 0}, Tongue::german).verdict, Verdict::warning);
    EXPECT_EQ(judge_kind({"dumb", "", "", 0, 0}, Tongue::german).verdict, Verdict::failed);
    EXPECT_EQ(judge_kind({"", "", "", 0, 0}, Tongue::german).verdict, Verdict::failed);
}

TEST(Judgement, WhatIsNotWellSaysWhatToDo) {
    for (const Tongue tongue : {Tongue::german, Tongue::english}) {
        for (const CheckLine& line :
             {judge_characters({}, tongue), judge_size({"", "", "", 40, 10}, tongue), judge_kind({}, tongue),
              judge_connection(unavailable("network-unreachable", "no"), tongue),
              judge_connection(Connection{5s, std::nullopt}, tongue), judge_clock(noon, noon + 1h, tongue),
              judge_clock(std::nullopt, noon, tongue), judge_program(std::string(64, 'a'), "", tongue),
              judge_program(std::string(64, 'a'), std::string(64, 'b'), tongue),
              judge_scan("A", "", tongue)}) {
            EXPECT_NE(line.verdict, Verdict::ok) << line.what;
            EXPECT_NE(line.advice, "") << line.what;
        }
    }
}

TEST(Judgement, AConnectionIsReachableOrSlowOrNot) {
    EXPECT_EQ(judge_connection(Connection{20ms, noon}, Tongue::english).verdict, Verdict::ok);
    EXPECT_EQ(judge_connection(Connection{1s, noon}, Tongue::english).verdict, Verdict::warning);
    const CheckLine line =
        judge_connection(unavailable("tls-untrusted", "another authority"), Tongue::english);
    EXPECT_EQ(line.verdict, Verdict::failed);
    EXPECT_EQ(line.found, "another authority");
}

TEST(Judgement, AClockMayBeWrongByTenSeconds) {
    EXPECT_EQ(clock(noon), Verdict::ok);
    EXPECT_EQ(clock(noon + 10s), Verdict::ok);
    EXPECT_EQ(clock(noon - 10s), Verdict::ok);
    EXPECT_EQ(clock(noon + 11s), Verdict::warning);
    EXPECT_EQ(clock(noon - 120s), Verdict::warning);
    EXPECT_EQ(clock(noon + 121s), Verdict::failed);
    EXPECT_THAT(judge_clock(noon, noon - 90s, Tongue::english).found, HasSubstr("90 seconds"));
}

TEST(Judgement, ACertificateMustOutliveThePolls) {
    const auto verdict = [](TimePoint from, TimePoint until) {
        return judge_certificate(crypto::CertificateDates{from, until}, noon + 6h, noon, Tongue::german)
            .verdict;
    };
    EXPECT_EQ(verdict(noon - 24h, noon + 24h), Verdict::ok);
    EXPECT_EQ(verdict(noon - 24h, noon + 7h), Verdict::ok);
    EXPECT_EQ(verdict(noon - 24h, noon + 6h + 59min), Verdict::failed);
    EXPECT_EQ(verdict(noon - 24h, noon - 1s), Verdict::failed);
    EXPECT_EQ(verdict(noon + 1s, noon + 24h), Verdict::failed);
}

TEST(Judgement, AProgramIsComparedWithThePublishedOne) {
    const std::string hash(64, 'a');
    EXPECT_EQ(judge_program(hash, std::string(64, 'A'), Tongue::german).verdict, Verdict::ok);
    const CheckLine other = judge_program(hash, std::string(64, 'b'), Tongue::german);
    EXPECT_EQ(other.verdict, Verdict::failed);
    EXPECT_THAT(other.found, HasSubstr(hash));
    EXPECT_THAT(other.found, HasSubstr(std::string(64, 'b')));
    EXPECT_THAT(judge_program(hash, "", Tongue::german).found, HasSubstr(hash));
}

TEST(Judgement, APublishedHashIsGivenOrReadFromAFile) {
    const test::TemporaryFolder folder;
    const std::string server(64, '1'), stimme(64, '2');
    const std::filesystem::path sums = folder.path() / "SHA256SUMS";
    test::must(write_file(sums, as_bytes(server + "  bin/stimme-server\n" + stimme + " *bin/stimme\n")));
    EXPECT_EQ(test::must(read_published_hash(stimme)), stimme);
    EXPECT_EQ(test::must(read_published_hash(sums.string())), stimme);
    test::must(write_file(sums, as_bytes(server + "  bin/stimme-server\n")));
    EXPECT_EQ(read_published_hash(sums.string()).error().code, "hash-invalid");
    EXPECT_EQ(read_published_hash("abc").error().code, "file-missing");
}

TEST(Judgement, AScannerIsToldFromItsMistakes) {
    const std::string printed = "STIMMEYZ0123ABCD";
    const auto found = [&](const std::string& typed) {
        const CheckLine line = judge_scan(printed, typed, Tongue::english);
        EXPECT_EQ(line.verdict == Verdict::ok, line.advice.empty());
        return line.found;
    };
    EXPECT_THAT(found(printed), HasSubstr("correctly"));
    EXPECT_THAT(found("stimmeyz0123abcd"), HasSubstr("correctly"));
    EXPECT_THAT(found(""), HasSubstr("Nothing"));
    EXPECT_THAT(found("STIMMEZY0123ABCD"), HasSubstr("exchanged"));
    EXPECT_THAT(found("]Q1STIMMEYZ0123ABCD"), HasSubstr("adds"));
    EXPECT_THAT(found("STIMME"), HasSubstr("isn't what is printed"));
}

TEST(Judgement, WhatWasScannedIsNeverShown) {
    const std::string pass = "ABCDE-FGHJK-MNPQR-STVWX-YZ012";
    for (const Tongue tongue : {Tongue::german, Tongue::english}) {
        const CheckLine line = judge_scan("STIMMEYZ0123ABCD", pass, tongue);
        for (const std::string& text : {line.what, line.found, line.advice})
            EXPECT_THAT(text, Not(HasSubstr("FGHJK")));
    }
}

TEST(HttpDate, IsReadInTheFormOfRfc9110) {
    EXPECT_EQ(parse_http_date("Sun, 29 Nov 2026 12:00:00 GMT"), noon);
    for (const char* text :
         {"", "Sunday, 29-Nov-26 12:00:00 GMT", "2026-11-29T12:00:00Z", "Sun, 29 Nov 2026 12:00:00 GMT+1"})
        EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
}

TEST(FictitiousVoter, VotesWithEachStyleOfAnyElection) {
    SystemRandom random;
    const auto small = test::TestElection().contest("board", 3, {.votes = 2}).invalid().build();
    EXPECT_EQ(test::must(rehearse(small.definition, random)).ballots, 1U);
    const auto large = test::TestElection()
                           .contest("board", 5, {.votes = 3, .per_option = 2})
                           .outside(2)
                           .invalid()
                           .blank()
                           .contest("youth", 2)
                           .style("all", {"board", "youth"})
                           .style("youth-only", {"youth"})
                           .build();
    EXPECT_EQ(test::must(rehearse(large.definition, random)).ballots, 2U);
}

}  // namespace
}  // namespace stimme::station
