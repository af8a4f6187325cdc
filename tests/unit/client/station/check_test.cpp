// The check before the day, with everything around it played: what is asked, printed, told, and the verdict.
#include "client/station/check.h"

#include <sstream>

#include <gmock/gmock.h>

#include "core/base/file.h"
#include "tests/support/certificates.h"
#include "tests/support/elections.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"

namespace stimme::station {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

struct Played final : Surroundings {
    Terminal shown = {"foot", "de_DE.UTF-8", "UTF-8", 100, 40};
    Result<Connection> connection = unavailable("network-unreachable", "no connection");
    Terminal terminal() override { return shown; }
    Result<Connection> connect() override { return connection; }
    Result<std::string> program_hash() override { return std::string(64, 'a'); }
};

struct Papers {
    std::vector<print::Document> documents;
    std::size_t fails_from = 100;
};
class PlayedPrinter final : public printer::Printer {
  public:
    explicit PlayedPrinter(Papers& papers) : papers_(papers) {}
    Status print(const print::Document& document) override {
        if (papers_.documents.size() >= papers_.fails_from) return unavailable("paper-out", "no paper");
        papers_.documents.push_back(document);
        return {};
    }
    std::string name() const override { return "played"; }

  private:
    Papers& papers_;
};

// Answers each question with yes, and the scanner with what the printer printed last.
class ScanningInput final : public std::streambuf {
  public:
    ScanningInput(const Papers& papers, std::string answers)
        : papers_(papers), answers_(std::move(answers)) {}

  private:
    // A letter of `answers` a line; s: what is in the QR code of the test page.
    int_type underflow() override {
        if (at_ == answers_.size()) return traits_type::eof();
        line_ = std::string(1, answers_[at_++]) + "\n";
        if (line_[0] == 's') line_ = std::get<print::TestPage>(papers_.documents.back()).code + "\n";
        setg(line_.data(), line_.data(), line_.data() + line_.size());
        return traits_type::to_int_type(line_[0]);
    }

    const Papers& papers_;
    std::string answers_;
    std::size_t at_ = 0;
    std::string line_;
};

class StationCheckTest : public testing::Test {
  protected:
    StationCheckTest() {
        surroundings_.connection = Connection{20ms, now_};
        options_.expect = std::string(64, 'a');
        options_.tongue = Tongue::english;
        test::Authority authority(folder_.path(), "test");
        const auto identity = authority.client("s1-desk-1", "desk", "P-256", {-2, 400});
        const auto made =
            test::must(session::RoleFolder::create(path(), {"https://127.0.0.1:1", ElectionId("test-2026"),
                                                            SignerId("s1-desk-1"), election::Role::desk}));
        test::must(write_file(made.file("cert.pem"), test::must(read_file(identity.certificate))));
        test::must(write_file(made.file("definition.json"), as_bytes(election_.definition.canonical())));
    }

    std::filesystem::path path() const { return folder_.path() / "desk"; }

    // y, n: answers; s: the scanner reads the test page.
    void run(const std::string& answers = "yys", bool with_printer = true) {
        ScanningInput buffer(papers_, answers);
        std::istream in(&buffer);
        cli::Output output(out_, err_, false, false);
        cli::Context context{output, in, clock_, random_, path()};
        const auto folder = test::must(session::RoleFolder::open(path()));
        Result<std::unique_ptr<printer::Printer>> printer = invalid("printer-unset", "no printer is set");
        if (with_printer)
            printer = std::unique_ptr<printer::Printer>(std::make_unique<PlayedPrinter>(papers_));
        StationCheck check(options_, folder, surroundings_, std::move(printer), context);
        check.run();
        lines_ = check.lines();
    }
    Verdict verdict(const std::string& what) const {
        for (const CheckLine& line : lines_) {
            if (line.what == what) return line.verdict;
        }
        throw std::runtime_error("nothing was said of " + what);
    }
    std::string failed() const {
        const auto status = verdict_of(lines_);
        return status ? "" : status.error().message;
    }

    test::TemporaryFolder folder_;
    test::Election election_ = test::TestElection().contest("board", 3).invalid().build();
    const TimePoint now_ = SystemClock().now();
    FixedClock clock_{now_};
    SystemRandom random_;
    Played surroundings_;
    CheckOptions options_;
    Papers papers_;
    std::ostringstream out_, err_;
    std::vector<CheckLine> lines_;
};

TEST_F(StationCheckTest, AllIsTriedAndWell) {
    run();
    for (const char* what : {"Characters", "Screen size", "Colours and fonts", "Connection", "Clock",
                             "Program", "Certificate", "Scripts", "Fictitious voter", "Printer", "Scanner"})
        EXPECT_EQ(verdict(what), Verdict::ok) << what;
    EXPECT_THAT(out_.str(), HasSubstr("ok       Printer: played prints."));
}

TEST_F(StationCheckTest, ThePrintedReportHasEveryLineOfTheScreen) {
    run();
    ASSERT_EQ(papers_.documents.size(), 2U);
    const auto& report = std::get<print::CheckReport>(papers_.documents[1]);
    ASSERT_EQ(report.lines.size(), lines_.size());
    for (const CheckLine& line : report.lines) EXPECT_THAT(out_.str(), HasSubstr(line.found));
    EXPECT_THAT(report.where.station, HasSubstr("s1-desk-1"));
}

TEST_F(StationCheckTest, ANoIsAFailure) {
    run("nns");
    EXPECT_EQ(verdict("Scripts"), Verdict::failed);
    EXPECT_EQ(verdict("Printer"), Verdict::failed);
    EXPECT_THAT(failed(), HasSubstr("Scripts, "));
}

TEST_F(StationCheckTest, AnAnswerThatIsNeitherIsAskedAgainAndTheEndIsANo) {
    run("xxy");
    EXPECT_EQ(verdict("Scripts"), Verdict::ok);
    EXPECT_EQ(verdict("Printer"), Verdict::failed);
}

TEST_F(StationCheckTest, WithYesNobodyIsAskedAndTheScannerIsLeftOut) {
    options_.yes = true;
    run("");
    EXPECT_EQ(verdict("Scripts"), Verdict::ok);
    EXPECT_EQ(verdict("Printer"), Verdict::ok);
    EXPECT_EQ(verdict("Scanner"), Verdict::warning);
    EXPECT_THAT(err_.str(), Not(HasSubstr("[y/n]")));
}

TEST_F(StationCheckTest, AScannerThatReadsAnotherCodeFails) {
    run("yyx");
    EXPECT_EQ(verdict("Scanner"), Verdict::failed);
}

TEST_F(StationCheckTest, OneTroubleStopsNothingElse) {
    surroundings_.connection = unavailable("network-unreachable", "no connection");
    papers_.fails_from = 0;
    run();
    EXPECT_EQ(verdict("Connection"), Verdict::failed);
    EXPECT_EQ(verdict("Printer"), Verdict::failed);
    EXPECT_EQ(verdict("Fictitious voter"), Verdict::ok);
    EXPECT_EQ(verdict("Program"), Verdict::ok);
    EXPECT_TRUE(papers_.documents.empty());
    EXPECT_THAT(failed(), HasSubstr("Connection"));
    EXPECT_EQ(verdict_of(lines_).error().code, "station-not-ready");
}

TEST_F(StationCheckTest, AReportThatIsNotPrintedIsToldToo) {
    papers_.fails_from = 1;
    run();
    EXPECT_EQ(verdict("Printer"), Verdict::ok);
    EXPECT_EQ(verdict("Report"), Verdict::failed);
}

TEST_F(StationCheckTest, WithoutAPrinterTheReasonIsTold) {
    run("y", false);
    EXPECT_EQ(verdict("Printer"), Verdict::failed);
    EXPECT_THAT(out_.str(), HasSubstr("no printer is set (printer-unset)"));
}

TEST_F(StationCheckTest, WithoutADefinitionTheElectionIsUnknown) {
    std::filesystem::remove(path() / "definition.json");
    run("ys");
    EXPECT_EQ(verdict("Election"), Verdict::failed);
    EXPECT_EQ(verdict("Printer"), Verdict::ok);
}

TEST_F(StationCheckTest, AnotherProgramThanThePublishedOneFails) {
    options_.expect = std::string(64, 'b');
    run();
    EXPECT_EQ(verdict("Program"), Verdict::failed);
    options_.expect = "no such file";
    run();
    EXPECT_EQ(verdict("Program"), Verdict::failed);
}

TEST_F(StationCheckTest, TheDocumentForProgramsSaysTheSame) {
    run("nys");
    const auto document = to_json(lines_);
    const std::string text = json::canonical(document);
    EXPECT_THAT(text, HasSubstr(R"("ready":false)"));
    EXPECT_THAT(text, HasSubstr(R"("verdict":"failed","what":"Scripts")"));
    EXPECT_THAT(text, HasSubstr(R"("verdict":"ok","what":"Printer")"));
}

}  // namespace
}  // namespace stimme::station
