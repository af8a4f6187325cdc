// Names as they are searched: core/roll/search/fold.h.
#include "core/roll/search/fold.h"

#include <gmock/gmock.h>

namespace stimme::roll {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The rule of search, as the header has it.
bool is_found(std::string_view word, std::string_view text) {
    for (const std::string& part : forms_of(word)) {
        for (const std::string& whole : forms_of(text)) {
            if (whole.find(part) != std::string::npos) return true;
        }
    }
    return false;
}

// Spellings of one name, each of which must be found by each.
using Spellings = std::vector<std::string>;

class FoldedSpellings : public testing::TestWithParam<Spellings> {};

TEST_P(FoldedSpellings, EachIsFoundByEach) {
    for (const std::string& word : GetParam()) {
        for (const std::string& text : GetParam())
            EXPECT_TRUE(is_found(word, text)) << word << " in " << text;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Names, FoldedSpellings,
    testing::Values(Spellings{"Müller", "Mueller", "Muller", "MÜLLER", "Mu\u0308ller", "MUELLER"},
                    Spellings{"Şahin", "sahin", "ŞAHİN", "S\u0327ahin"},
                    Spellings{"Nguyễn", "nguyen", "Nguye\u0302\u0303n", "Nguy\u1ec5n"},
                    Spellings{"Đukić", "Djukic", "dukic", "ĐUKIĆ", "Djukić"},
                    Spellings{"Al-Hassan", "al hassan", "alhassan", "Al\u2010Hassan", "AL HASSAN"},
                    Spellings{"O'Brien", "obrien", "O\u2019Brien", "OBrien"},
                    Spellings{"Weiß", "Weiss", "WEIẞ"}, Spellings{"Łukasz", "lukasz"},
                    Spellings{"Sørensen", "Soerensen", "Sorensen"}, Spellings{"Œuvrard", "Oeuvrard"},
                    Spellings{"Ægir", "Aegir", "Ägir"}, Spellings{"Yılmaz", "Yilmaz", "YILMAZ", "yılmaz"},
                    Spellings{"İpek", "ipek", "IPEK"}, Spellings{"Sigurður", "Sigurdur"},
                    Spellings{"Þór", "Thor"}, Spellings{"Əliyev", "Eliyev"}, Spellings{"Åse", "Ase"},
                    Spellings{"Петрова", "Petrova", "ПЕТРОВА"}, Spellings{"Παπαδόπουλος", "Papadopoulos"},
                    Spellings{"ΠΑΠΑΔΟΠΟΥΛΟΣ", "Παπαδο\u0301πουλος"}, Spellings{"محمد", "mhmd"},
                    Spellings{"Йосип", "И\u0306осип", "josip"}, Spellings{"Straße", "STRASSE"}));

TEST(Fold, OnlySmallLettersAndDigitsRemain) {
    EXPECT_EQ(fold("Große Diesdorfer Str. 114a"), "grossediesdorferstr114a");
    EXPECT_EQ(fold("von der Heide-Müller"), "vonderheidemuller");
    EXPECT_EQ(fold("– ’ “ \u00a0 \t\n!"), "");
}

TEST(Fold, PairsThatStandForOneLetterAreCollapsed) {
    EXPECT_EQ(collapse("mueller"), "muller");
    EXPECT_EQ(collapse("djordjevic"), "dordevic");
    EXPECT_EQ(collapse("samuel"), "samul");
    EXPECT_EQ(collapse(""), "");
    EXPECT_EQ(collapse("eja"), "eja");
}

TEST(Fold, ATextHasASecondFormOnlyWhereItDiffers) {
    EXPECT_THAT(forms_of("Müller"), ElementsAre("muller"));
    EXPECT_THAT(forms_of("Samuel"), ElementsAre("samuel", "samul"));
    EXPECT_THAT(forms_of(""), ElementsAre(""));
}

TEST(Fold, LettersThatStandThereAreFoundAlthoughTheyCollapse) {
    for (const std::string_view word : {"el", "uel", "muel", "Samue", "samül"}) {
        EXPECT_TRUE(is_found(word, "Samuel")) << word;
    }
    EXPECT_TRUE(is_found("jord", "Djordjević"));
}

TEST(Fold, DifferentNamesStayDifferent) {
    EXPECT_FALSE(is_found("Müller", "Miller"));
    EXPECT_FALSE(is_found("Yılmaz", "Yalmaz"));
    EXPECT_FALSE(is_found("Petrova", "Петров"));
}

TEST(Fold, BytesThatAreNotUtf8ArePassedOver) {
    EXPECT_EQ(fold("M\xFCller"), "mller");
    EXPECT_EQ(fold("\xC3"), "");
    EXPECT_EQ(fold(std::string("a\0b", 3)), "ab");
    EXPECT_EQ(fold("\xED\xA0\x80x"), "x");
}

TEST(Fold, PartsOfANameAreSeparatedByBlanksAndHyphens) {
    EXPECT_THAT(name_parts("Al-Hassan  Müller"), ElementsAre("al", "hassan", "muller"));
    EXPECT_THAT(name_parts("O'Brien"), ElementsAre("obrien"));
    EXPECT_THAT(name_parts(" - ' "), IsEmpty());
}

}  // namespace
}  // namespace stimme::roll
