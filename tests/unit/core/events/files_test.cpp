// The participation file, the tag file and voters' codes: core/events/files.
#include "core/events/files.h"

#include <gtest/gtest.h>

#include "core/crypto/sha256.h"

namespace stimme::events {
namespace {

const std::string leaf_1(64, '1'), leaf_2(64, '2');

std::string participation(const std::string& text) {
    const auto rows = read_participation(text);
    return rows ? write_participation(*rows) : rows.error().code;
}
std::string tags(const std::string& text) {
    const auto rows = read_tags(text);
    return rows ? write_tags(*rows) : rows.error().code;
}

TEST(Participation, RowsComeBackAsTheyWere) {
    const std::string text = leaf_1 + " s1\n" + leaf_2 + " -\n";
    EXPECT_EQ(participation(text), text);
    const std::string on_paper = leaf_1 + " s1 paper\n" + leaf_2 + " paper\n";
    EXPECT_EQ(participation(on_paper), on_paper);
    EXPECT_TRUE(read_participation(on_paper)->at(0).paper);
    EXPECT_FALSE(read_participation(on_paper)->at(1).paper);  // a station of that name
    EXPECT_EQ(participation(""), "");
    const auto rows = read_participation(text);
    EXPECT_EQ(rows->at(0).station, StationId("s1"));
    EXPECT_FALSE(rows->at(1).station);
}

TEST(Participation, OtherFormsAreRefused) {
    for (const std::string& text :
         {leaf_1 + " s1", leaf_1 + "  s1\n", leaf_1 + "\n", leaf_1 + " \n", leaf_1 + " S1\n",
          leaf_1 + " s1 \n", leaf_1 + " - paper\n", leaf_1 + " s1 Paper\n", leaf_1 + " s1 paper paper\n",
          leaf_1 + " s1\r\n", leaf_1 + " s1\n\n", leaf_1 + "1 s1\n", std::string(64, 'A') + " s1\n",
          leaf_2 + " -\n" + leaf_1 + " -\n", leaf_1 + " -\n" + leaf_1 + " s1\n"}) {
        EXPECT_EQ(participation(text), "participation-invalid") << text;
    }
}

TEST(Participation, ErrorNamesTheLine) {
    const auto rows = read_participation(leaf_1 + " -\n" + leaf_2 + "\n");
    EXPECT_NE(rows.error().message.find("line 2"), std::string::npos) << rows.error().message;
}

TEST(Tags, RowsComeBackAsTheyWere) {
    const std::string text = "00000000000000000001 0000000001\n00000000000000000002 ffffffffff\n";
    EXPECT_EQ(tags(text), text);
}

TEST(Tags, OtherFormsAreRefused) {
    for (const char* text : {"00000000000000000001 0000000001", "00000000000000000001 000000001\n",
                             "00000000000000000001  000000001\n", "0000000000000000000A 0000000001\n",
                             "00000000000000000001 0000000001\n00000000000000000001 0000000001\n",
                             "00000000000000000002 0000000001\n00000000000000000001 0000000001\n"}) {
        EXPECT_EQ(tags(text), "tags-invalid") << text;
    }
}

TEST(VoterCodes, ComeBackAsTheyWere) {
    const std::string text = "10000003:" + std::string(32, 'a');
    EXPECT_EQ(to_string(*parse_voter_code(text)), text);
}

TEST(VoterCodes, OtherFormsAreRefused) {
    for (const std::string& text :
         {std::string(32, 'a'), ":" + std::string(32, 'a'), "1:" + std::string(31, 'a'),
          "1:" + std::string(32, 'A'), std::string()}) {
        const auto code = parse_voter_code(text);
        ASSERT_FALSE(code) << text;
        EXPECT_EQ(code.error().code, "voter-code-invalid");
    }
}

TEST(RollLeaves, DependOnSaltNumberAndStyle) {
    const Hash leaf = roll_leaf({1}, "10", StyleId("a"));
    EXPECT_NE(leaf, roll_leaf({2}, "10", StyleId("a")));
    EXPECT_NE(leaf, roll_leaf({1}, "11", StyleId("a")));
    EXPECT_NE(leaf, roll_leaf({1}, "10", StyleId("b")));
    EXPECT_NE(leaf, roll_leaf({1}, "1", StyleId("0a")));
}

// RFC 6962: leaf SHA-256(0 ‖ entry), node SHA-256(1 ‖ left ‖ right).
TEST(RollRoot, IsTheTreeOverTheLeaves) {
    const Hash a{1}, b{2};
    const auto leaf = [](const Hash& entry) {
        return crypto::Sha256().update(ByteArray<1>{0}).update(entry).finish();
    };
    const Hash root = crypto::Sha256().update(ByteArray<1>{1}).update(leaf(a)).update(leaf(b)).finish();
    EXPECT_EQ(roll_root({a, b}), root);
    EXPECT_EQ(roll_root({a}), leaf(a));
    EXPECT_EQ(roll_root({}), crypto::sha256({}));
}

}  // namespace
}  // namespace stimme::events
