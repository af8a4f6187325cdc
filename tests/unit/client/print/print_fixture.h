// What the tests of printed documents share: an election on paper, people with difficult names, and the text
// of a PDF as pdftotext (poppler-utils) reads it.
//
// Thread rule: belongs to one test.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/print/paper.h"
#include "client/print/voting_notice.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"

namespace stimme::print {

Sender sample_sender();
ElectionOnPaper sample_election();
NoticeText sample_notice_text();
// Of a voter who lives in the middle of the town.
Notice sample_notice(const std::string& language);

// Blanks of any kind and number become one; marks that only steer direction or joining are left out.
std::string plain(const std::string& text);

// Output of a program; the test fails when the program does.
std::string output_of(const std::string& command);

// A PDF that was read again.
class ReadPdf {
  public:
    explicit ReadPdf(const std::filesystem::path& path);

    std::size_t pages() const { return pages_.size(); }
    // Text of a page in logical order made plain. REQUIRES: i < pages().
    const std::string& page(std::size_t i) const { return pages_.at(i); }
    std::string all() const;
    // Words that reach beyond the edge of their page.
    const std::vector<std::string>& outside() const { return outside_; }
    // What pdfinfo says.
    const std::string& info() const { return info_; }

  private:
    void find_outside(const std::string& boxes);

    std::vector<std::string> pages_;
    std::vector<std::string> outside_;
    std::string info_;
};

}  // namespace stimme::print
