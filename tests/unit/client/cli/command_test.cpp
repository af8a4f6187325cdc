// The command line: exit codes, the two forms of output, completion, progress.
#include <gtest/gtest.h>

#include "client/cli/exit_code.h"
#include "client/cli/progress.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::cli {
namespace {

// A program with one command that ends like this.
int run_with(Status status, const std::vector<std::string>& words, std::ostringstream& out) {
    Program program("stimme", "test");
    program.root().subcommand("do", "it").runs([&](Context&) { return status; });
    std::istringstream in;
    std::ostringstream err;
    const SystemClock clock;
    SeededRandom random(1);
    return program.run(words, {in, out, err, false, clock, random});
}
int run_with(Status status) {
    std::ostringstream out;
    return run_with(std::move(status), {"do"}, out);
}

TEST(Command, EachKindOfFailureHasItsExitCode) {
    EXPECT_EQ(run_with({}), 0);
    EXPECT_EQ(run_with(conflict("polls-closed", "")), 1);
    EXPECT_EQ(run_with(forbidden("role-wrong", "")), 1);
    EXPECT_EQ(run_with(not_found("voter-not-found", "")), 1);
    EXPECT_EQ(run_with(invalid("url-invalid", "")), 2);
    EXPECT_EQ(run_with(not_found("file-missing", "")), 2);
    EXPECT_EQ(run_with(unavailable("network-unreachable", "")), 3);
    EXPECT_EQ(run_with(corrupt("log-forked", "")), 4);
    EXPECT_EQ(run_with(internal("unexpected", "")), 5);
}

TEST(Command, FailureIsAJsonDocumentForPrograms) {
    std::ostringstream out;
    EXPECT_EQ(run_with(conflict("polls-closed", "too late"), {"do", "--json"}, out), 1);
    EXPECT_EQ(out.str(), "{\"error\":{\"code\":\"polls-closed\",\"message\":\"too late\"}}\n");
}

TEST(Command, WrongUsageEndsWithTwo) {
    EXPECT_EQ(test::stimme({}).code, 2);
    EXPECT_EQ(test::stimme({"vote-for-me"}).code, 2);
    EXPECT_EQ(test::stimme({"roll", "check"}).code, 2);
    EXPECT_EQ(test::stimme({"election", "cancel"}).code, 2);
    EXPECT_EQ(test::stimme({"certs", "request", "--role", "king", "--id", "a", "--out", "b"}).code, 2);
}

TEST(Command, HelpNamesTheExitCodes) {
    const test::Ran help = test::stimme({"--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_NE(help.out.find("4  verification failed"), std::string::npos);
}

TEST(Command, RoleFolderIsAskedForWhereItIsNeeded) {
    const test::Ran ran = test::stimme({"election", "status"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("role-folder-missing"), std::string::npos);
}

TEST(Command, CompletionOffersEveryCommandAndItsFlags) {
    const test::Ran script = test::stimme({"completion"});
    EXPECT_EQ(script.code, 0);
    EXPECT_NE(script.out.find("\"stimme roll check\") words=\"--definition --mapping --delimiter --encoding "
                              "--candidacy --json --as --help\""),
              std::string::npos);
    EXPECT_NE(script.out.find("complete -o default -F _stimme stimme"), std::string::npos);
}

TEST(Output, TablesCountCharactersNotBytes) {
    EXPECT_EQ(table({{"Đurić", "7"}, {"Nowak", "12"}}, {false, true}),
              (std::vector<std::string>{"Đurić   7", "Nowak  12"}));
}

TEST(Progress, IsDrawnForPeopleOnly) {
    std::ostringstream out, seen, unseen;
    Output terminal(out, seen, false, true), pipe(out, unseen, false, false);
    Progress(terminal, "Reading", 4).at(2);
    Progress(pipe, "Reading", 4).at(2);
    EXPECT_NE(seen.str().find("Reading [###############...............]  50%"), std::string::npos);
    EXPECT_EQ(unseen.str(), "");
}

}  // namespace
}  // namespace stimme::cli
