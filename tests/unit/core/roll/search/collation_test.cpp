// The German order of names: core/roll/search/collation.h.
#include "core/roll/search/collation.h"

#include <algorithm>
#include <array>

#include <gmock/gmock.h>

namespace stimme::roll {
namespace {

using testing::ElementsAre;
using Name = std::array<std::string, 3>;  // family name, given names, number

std::vector<std::string> sorted(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end(),
              [](const auto& a, const auto& b) { return german_key(a) < german_key(b); });
    return texts;
}

std::vector<std::string> numbers_in_order(std::vector<Name> names) {
    std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) {
        return german_key(a[0], a[1], a[2]) < german_key(b[0], b[1], b[2]);
    });
    std::vector<std::string> result;
    for (const Name& name : names) result.push_back(name[2]);
    return result;
}

TEST(Collation, UmlautsAreSortedAsTheirPairs) {
    EXPECT_THAT(sorted({"Mz", "Muster", "Müller", "Muff", "Mud"}),
                ElementsAre("Mud", "Müller", "Muff", "Muster", "Mz"));
    EXPECT_THAT(sorted({"Goldmann", "Göthe", "Goethe", "Götz"}),
                ElementsAre("Goethe", "Göthe", "Götz", "Goldmann"));
}

TEST(Collation, CaseAndMarksCountOnlyAmongEquals) {
    EXPECT_THAT(sorted({"Šimić", "Simon", "simić", "Simic"}),
                ElementsAre("Simic", "simić", "Šimić", "Simon"));
    EXPECT_THAT(sorted({"Weiss", "Weiß", "Weist"}), ElementsAre("Weiss", "Weiß", "Weist"));
}

TEST(Collation, OtherAlphabetsFollow) {
    EXPECT_THAT(sorted({"Петров", "Zuber", "Παππάς", "Łuk"}),
                ElementsAre("Łuk", "Zuber", "Παππάς", "Петров"));
}

TEST(Collation, SpellingsOfOneFamilyNameAreMixedByGivenNames) {
    EXPECT_THAT(numbers_in_order({{"Müller", "Zoe", "4"},
                                  {"Mueller", "Anna", "1"},
                                  {"Müller", "Bernd", "2"},
                                  {"Mueller", "Carl", "3"}}),
                ElementsAre("1", "2", "3", "4"));
}

TEST(Collation, AShorterFamilyNameComesFirstWhateverTheGivenName) {
    EXPECT_THAT(numbers_in_order({{"Ab", "Anna", "2"}, {"A", "Zoe", "1"}, {"Ab", "Berta", "3"}}),
                ElementsAre("1", "2", "3"));
}

TEST(Collation, TheNumberDecidesAmongEqualNames) {
    EXPECT_THAT(
        numbers_in_order({{"Kaya", "Ali", "10000002"}, {"Kaya", "Ali", "10000001"}, {"Kaya", "Ali", "1"}}),
        ElementsAre("1", "10000001", "10000002"));
}

TEST(Collation, LongTextsAndWrongBytesHaveKeysToo) {
    EXPECT_LT(german_key(std::string(5000, 'a')), german_key(std::string(5000, 'a') + "a"));
    EXPECT_EQ(german_key(""), german_key(std::string_view()));
    EXPECT_EQ(german_key("M\xFCller"), german_key("M\uFFFDller"));
}

TEST(Collation, TheBaseOfAKeyIgnoresCaseMarksAndWaysOfWriting) {
    const auto base = [](std::string_view text) { return std::string(base_of(german_key(text))); };
    EXPECT_EQ(base("Müller"), base("mueller"));
    EXPECT_EQ(base("Šimić"), base("Simic"));
    EXPECT_NE(base("Muller"), base("Müller"));
}

}  // namespace
}  // namespace stimme::roll
