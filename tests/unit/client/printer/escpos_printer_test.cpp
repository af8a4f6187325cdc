// A receipt printer that has no paper, is open, is unplugged, sticks: every trouble is told, and nothing
// blocks.
#include "client/printer/escpos_printer.h"

#include <gmock/gmock.h>

#include "tests/unit/client/printer/sample_documents.h"
#include "tests/unit/client/printer/simulated_printer.h"

namespace stimme::printer {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class EscPosDevice : public testing::Test {
  protected:
    static EscPosOptions quick() {
        EscPosOptions options;
        options.answer = 150ms;
        options.stall = 300ms;
        options.answers_until_done = 60;
        return options;
    }
    EscPosPrinter over_tcp(EscPosOptions options = quick()) {
        return {"escpos:tcp", [this] { return open_tcp("127.0.0.1", simulated_.port(), 500ms); }, options};
    }
    std::string print(EscPosPrinter printer) {
        const auto printed = printer.print(sample_slip());
        return printed ? "printed" : printed.error().code;
    }

    SimulatedPrinter simulated_;
};

TEST_F(EscPosDevice, PrintsASlipAndKnowsThatItCameOut) {
    EXPECT_EQ(print(over_tcp()), "printed");
    const Receipt receipt = read_receipt(simulated_.received());
    EXPECT_THAT(receipt.text(), HasSubstr("Wahlpass"));
    EXPECT_EQ(receipt.cuts, 1U);
    EXPECT_FALSE(simulated_.dropped);
}

TEST_F(EscPosDevice, PrintsOnATerminalLineByteForByte) {
    SimulatedPrinter line(SimulatedPrinter::Line::terminal);
    EscPosPrinter printer(
        "escpos:line", [&] { return open_device(line.path()); }, quick());
    EXPECT_EQ(print(std::move(printer)), "printed");
    const Bytes sent = *escpos::encode(print::sheet_of(sample_slip()), escpos::paper_80mm);
    EXPECT_EQ(line.received(), sent);
}

TEST_F(EscPosDevice, TroubleBeforehandIsNamedAndNothingIsSent) {
    simulated_.paper_out = true;
    EXPECT_EQ(print(over_tcp()), "paper-out");
    simulated_.paper_out = false;
    simulated_.cover_open = true;
    EXPECT_EQ(print(over_tcp()), "cover-open");
    simulated_.cover_open = false;
    simulated_.offline = true;
    EXPECT_EQ(print(over_tcp()), "printer-offline");
    EXPECT_TRUE(simulated_.received().empty());
    simulated_.offline = false;
    EXPECT_EQ(print(over_tcp()), "printed");
}

TEST_F(EscPosDevice, PaperThatEndsWithinADocumentInterruptsItAndTheRestIsDropped) {
    simulated_.paper_lasts = 3000;
    auto printer = over_tcp();
    const auto printed = printer.print(sample_slip());
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, "print-interrupted");
    EXPECT_THAT(printed.error().message, HasSubstr("no paper"));
    for (int i = 0; i < 100 && !simulated_.dropped; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_TRUE(simulated_.dropped);
}

TEST_F(EscPosDevice, APrinterThatHangsUpInterruptsTheDocument) {
    simulated_.hangs_up_after = 3000;
    EXPECT_EQ(print(over_tcp()), "print-interrupted");
}

TEST_F(EscPosDevice, APrinterThatTakesNothingMoreIsGivenUp) {
    simulated_.sticks_after = 1000;
    auto printer = over_tcp();
    print::ClosingSheet long_sheet = sample_closing();
    for (int i = 0; i < 1000; ++i) long_sheet.board.push_back("Олена " + std::to_string(i));
    const auto begin = std::chrono::steady_clock::now();
    const auto printed = printer.print(long_sheet);
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, "print-interrupted");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 30s);  // most of it draws the sheet
}

TEST_F(EscPosDevice, OneThatNeverAnswersIsToldSoUnlessItIsKnownToBeSilent) {
    simulated_.answers = false;
    EXPECT_EQ(print(over_tcp()), "printer-silent");
    EXPECT_TRUE(simulated_.received().empty());
    EscPosOptions silent = quick();
    silent.silent = true;
    EXPECT_EQ(print(over_tcp(silent)), "printed");
}

TEST_F(EscPosDevice, SomethingThatIsNoPrinterIsGivenUp) {
    simulated_.babbles = true;
    EXPECT_EQ(print(over_tcp()), "printer-silent");
    for (const std::uint8_t byte : simulated_.received()) EXPECT_NE(byte, 0x1b);
}

TEST_F(EscPosDevice, AMissingPrinterIsNamed) {
    EXPECT_EQ(print({"escpos:none", [] { return open_device("/dev/no-such-printer"); }, quick()}),
              "printer-missing");
    EXPECT_EQ(print({"escpos:file", [] { return open_device("/tmp"); }, quick()}), "printer-missing");
    EXPECT_EQ(print({"escpos:tcp", [] { return open_tcp("127.0.0.1", "1", 500ms); }, quick()}),
              "printer-unreachable");
    EXPECT_EQ(print({"escpos:tcp", [] { return open_tcp("no-such-host.invalid", "9100", 500ms); }, quick()}),
              "printer-missing");
}

TEST_F(EscPosDevice, UnpluggedAndPluggedInAgainItPrints) {
    EXPECT_EQ(print(over_tcp()), "printed");
    simulated_.hangs_up_after = 1;
    EXPECT_NE(print(over_tcp()), "printed");
    simulated_.hangs_up_after = 0;
    EXPECT_EQ(print(over_tcp()), "printed");
}

}  // namespace
}  // namespace stimme::printer
