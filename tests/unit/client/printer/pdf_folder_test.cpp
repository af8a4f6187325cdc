// PDF files in a folder: private, without an order, and slips go when the day ends.
#include "client/printer/pdf_folder.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "client/printer/printer_choice.h"
#include "core/base/file.h"
#include "tests/unit/client/print/print_fixture.h"
#include "tests/unit/client/printer/sample_documents.h"

namespace stimme::printer {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Folder : public testing::Test {
  protected:
    std::unique_ptr<Printer> open() { return test::must(PdfFolder::open(path_, random_)); }
    std::vector<fs::path> files(const std::string& prefix = "") const {
        std::vector<fs::path> result;
        for (const auto& entry : fs::directory_iterator(path_)) {
            if (entry.path().filename().string().starts_with(prefix)) result.push_back(entry.path());
        }
        return result;
    }

    test::TemporaryFolder folder_;
    const fs::path path_ = folder_.path() / "printed";
    SeededRandom random_{1};
};

TEST_F(Folder, HoldsAPrivateFileForEachDocument) {
    const auto printer = open();
    test::must(printer->print(sample_slip()));
    test::must(printer->print(sample_slip(print::Copy::duplicate)));
    ASSERT_EQ(files("pass-").size(), 2U);
    for (const fs::path& file : files()) {
        EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        EXPECT_THAT(print::ReadPdf(file).all(), HasSubstr(pass::write_pass(sample_pass())));
        EXPECT_EQ(file.string().find(pass::write_pass(sample_pass()).substr(0, 5)), std::string::npos);
    }
    EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_all);
}

TEST_F(Folder, TheClosingSheetEndsTheSlipsAndNothingElse) {
    const auto printer = open();
    test::must(printer->print(sample_slip()));
    test::must(printer->print(print::OpeningSheet{sample_place(), "07:45", {"Ana"}}));
    test::must(printer->print(sample_closing()));
    EXPECT_TRUE(files("pass-").empty());
    EXPECT_EQ(files("opening-").size(), 1U);
    EXPECT_EQ(files("closing-").size(), 1U);
}

TEST_F(Folder, OneThatOthersMayReadIsRefused) {
    fs::create_directory(path_);
    fs::permissions(path_, fs::perms::owner_all | fs::perms::group_read);
    const auto opened = PdfFolder::open(path_, random_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "folder-open");
    EXPECT_THAT(opened.error().message, HasSubstr("chmod 700"));
}

TEST_F(Folder, OneThatCannotBeMadeIsNamed) {
    test::must(write_file(path_, as_bytes("a file")));
    EXPECT_EQ(PdfFolder::open(path_ / "below", random_).error().code, "folder-unwritable");
}

std::string round_trip(const std::string& text) {
    const auto choice = parse_choice(text);
    return choice ? to_string(*choice) : choice.error().code;
}

TEST(PrinterChoice, IsReadAndWritten) {
    for (const char* text : {"cups:Buero_2", "escpos:/dev/usb/lp0", "escpos:/dev/usb/lp0,58mm",
                             "escpos:tcp:10.0.0.7:9100,58mm,silent", "escpos:tcp:[fe80::1]:9100",
                             "escpos:/dev/ttyUSB0,silent", "pdf:/tmp/passes", "pdf:here"})
        EXPECT_EQ(round_trip(text), text);
    EXPECT_EQ(round_trip("escpos:/dev/usb/lp0,80mm"), "escpos:/dev/usb/lp0");
    EXPECT_EQ(round_trip("escpos:/dev/usb/lp0,silent,58mm"), "escpos:/dev/usb/lp0,58mm,silent");
}

TEST(PrinterChoice, AWrongOneIsToldWithTheRightForms) {
    for (const char* text : {"", "lp0", "cups:", "cups:a b", "cups:a/b", "usb:/dev/usb/lp0", "escpos:lp0",
                             "escpos:tcp:host", "escpos:tcp::9100", "escpos:tcp:host:port", "pdf:"}) {
        const auto choice = parse_choice(text);
        ASSERT_FALSE(choice) << text;
        EXPECT_EQ(choice.error().code, "printer-invalid");
        EXPECT_THAT(choice.error().message, HasSubstr("escpos:/dev/usb/lp0"));
    }
}

TEST(PrinterChoice, TheOptionCountsBeforeTheRoleFolder) {
    const test::TemporaryFolder folder;
    const auto unset = chosen_printer("", folder.path());
    ASSERT_FALSE(unset);
    EXPECT_EQ(unset.error().code, "printer-unset");
    EXPECT_THAT(unset.error().message, HasSubstr("--printer"));
    test::must(keep_choice(test::must(parse_choice("cups:Buero")), folder.path()));
    EXPECT_EQ(to_string(test::must(chosen_printer("", folder.path()))), "cups:Buero");
    EXPECT_EQ(to_string(test::must(chosen_printer("pdf:x", folder.path()))), "pdf:x");
    test::must(write_file(folder.path() / "printer", as_bytes("nonsense\n")));
    EXPECT_THAT(chosen_printer("", folder.path()).error().message,
                HasSubstr((folder.path() / "printer").string()));
}

TEST(PrinterChoice, OpensWhatItNames) {
    const test::TemporaryFolder folder;
    SeededRandom random(1);
    for (const std::string& text :
         {std::string("cups:Buero"), std::string("escpos:/dev/usb/lp0,58mm"),
          std::string("escpos:tcp:10.0.0.7:9100"), "pdf:" + (folder.path() / "x").string()}) {
        const auto printer = test::must(open_printer(test::must(parse_choice(text)), random));
        EXPECT_EQ(printer->name(), text);
    }
}

}  // namespace
}  // namespace stimme::printer
