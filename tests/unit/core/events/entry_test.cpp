// The entries of the log and their one form: core/events/entry.
#include "core/events/entry.h"

#include <gtest/gtest.h>

#include "tests/support/elections.h"
#include "tests/unit/core/events/names.h"

namespace stimme::events {
namespace {

using json::Object;
using json::Value;

template <std::size_t N>
ByteArray<N> filled(std::uint8_t byte) {
    ByteArray<N> result;
    result.fill(byte);
    return result;
}

const PassNumber t = filled<10>(1);
const Hash hash = filled<32>(2);
const Opening opening{filled<32>(3), {{1, 0, 65535}, {}}};

TrusteeKey trustee_key() {
    return {SignerId("trustee-1"), {filled<33>(2)}, {{filled<32>(4), filled<32>(5)}}, filled<64>(6)};
}

// One of every type, and of each of its forms.
const Content contents[] = {
    ElectionSealed{hash, hash, {trustee_key()}, {{s1, standard, filled<33>(3)}}, hash, 4822},
    PollsOpened{},
    BallotSubmitted{s1, standard, t, hash},
    BallotCast{s1, t, hash, filled<32>(7)},
    BallotChallenged{s1, t, hash, opening},
    ChallengeFailed{s1, t, hash, opening},
    ChallengeFailed{s1, t, hash, "the booth died"},
    BallotExpired{s1, t, hash},
    PassVoided{s1, t},
    RollCorrected{{hash}, {filled<32>(8), filled<32>(9)}, "moved"},
    KeyReplaced{SignerId("s1-desk-1"), filled<33>(2), "broken"},
    StationClosed{s1, {{SignerId("s1-desk-1"), 3, 1, 0}}},
    PollsClosed{{{s1, standard, filled<32>(1)}}, hash, hash, {{DistrictId("city"), standard, 2, hash}}, hash},
    DecryptionShare{SignerId("trustee-1"), board, "city/standard", {{filled<33>(2), hash, hash}}},
    PaperBatches{board, {{DistrictId("city"), {}, 7}, {DistrictId("city"), s1, 6, "one took theirs along"}}},
    PaperBatches{board, {{DistrictId("city"), {}, 8}}, 11, "one came late"},
    PaperCount{board, "city", 7, {3, 4}},
    PaperCount{board, "city", 7, {3, 4}, 12, "miscounted"},
    HandCount{board, "city/standard", 7, {3, 4}},
    HandCount{board, "city/standard", 6, {3, 3}, "one was torn", 14, "read again"},
    AuditStarted{board, "31415926535897932384", "ten dice, twice", "A. Müller", {"B. Yılmaz"}},
    AuditStarted{board, "3", "a die", "A. Müller", {}, {{"city/eu", 8}, {"city/standard", 12}}},
    LotCommitment{{board, 1, {OptionId("a"), OptionId("b")}}, SignerId("official-1"), hash},
    LotNumber{board, SignerId("official-1"), filled<32>(10)},
    Tally{{SignerId("trustee-1")}, {{board, "city/standard", 7, {3, 4}}}},
    LotDrawn{board, 1, {OptionId("a"), OptionId("b")}, {OptionId("b")}, "by hand", {"A. Müller"}},
    ElectionResult{{{board, {3, 4}, {OptionId("b")}}}, {}, ""},
    ElectionResult{{{board, {3, 4}, {OptionId("b")}}}, 13, "recount"},
    Certified{},
    Cancelled{"fire"},
    Incident{"power cut from 10:00 to 10:20"},
};

class EveryEntry : public ::testing::TestWithParam<Content> {
  protected:
    Entry entry() const { return {GetParam(), {{SignerId("official-1"), 5, hash, filled<64>(1)}}}; }
    Object object() const { return *json::parse(encode(entry()))->get<Object>(); }
    static std::string refusal(const Object& object) {
        const auto decoded = decode(json::canonical(object));
        return decoded ? "" : decoded.error().code;
    }
};

TEST_P(EveryEntry, ComesBackFromItsBytes) {
    const auto decoded = decode(encode(entry()));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(*decoded, entry());
    EXPECT_EQ(encode(*decoded), encode(entry()));
}

TEST_P(EveryEntry, ComesBackFromADraft) {
    const auto content = content_from_json(content_to_json(GetParam()));
    ASSERT_TRUE(content) << content.error().message;
    EXPECT_EQ(*content, GetParam());
}

TEST_P(EveryEntry, WithoutSignaturesHasNoMemberForThem) {
    const std::string unsigned_text = encode({GetParam(), {}});
    EXPECT_EQ(unsigned_text, encode_content(GetParam()));
    EXPECT_EQ(unsigned_text.find("signed\""), std::string::npos);
    EXPECT_TRUE(decode(unsigned_text));
}

TEST_P(EveryEntry, MissingMembersAreRefused) {
    const Object whole = object();
    for (const auto& [key, value] : whole.members()) {
        // Its absence makes another form of the entry, or of `supersedes`.
        if (key == "signed" || key == "supersedes" || key == "explanation") continue;
        Object less = whole;
        less.erase(key);
        EXPECT_EQ(refusal(less), "entry-invalid") << key;
    }
}

TEST_P(EveryEntry, UnknownMembersAreRefused) {
    Object more = object();
    more.set("more", 1);
    EXPECT_EQ(refusal(more), "entry-invalid");
}

TEST_P(EveryEntry, WrongKindsOfMembersAreRefused) {
    const Object whole = object();
    for (const auto& [key, value] : whole.members()) {
        Object wrong = whole;
        wrong.set(key, true);
        EXPECT_EQ(refusal(wrong), "entry-invalid") << key;
    }
}

TEST_P(EveryEntry, OtherFormsOfTheSameAreRefused) {
    const std::string text = encode(entry());
    const std::string spaced = "{ " + text.substr(1);
    EXPECT_EQ(decode(spaced).error().code, "json-not-canonical");
    EXPECT_EQ(decode(text + "\n").error().code, "json-not-canonical");
}

// What one reader takes for the first and another for the last value of a key.
TEST_P(EveryEntry, SecondValueOfAnyMemberIsRefused) {
    const Object whole = object();
    const std::string text = encode(entry());
    for (const auto& [key, value] : whole.members()) {
        const std::string more = "," + json::canonical(Value(key)) + ":" + json::canonical(value) + "}";
        EXPECT_EQ(decode(text.substr(0, text.size() - 1) + more).error().code, "json-duplicate-key") << key;
    }
}

INSTANTIATE_TEST_SUITE_P(Entries, EveryEntry, ::testing::ValuesIn(contents), [](const auto& test_case) {
    std::string name(election::to_string(type_of(test_case.param)));
    std::erase(name, '-');
    return name + std::to_string(test_case.index);
});

std::string refusal(std::string_view text) {
    const auto decoded = decode(text);
    return decoded ? "" : decoded.error().code;
}

TEST(Entries, EveryTypeIsTested) {
    std::set<std::size_t> types;
    for (const Content& content : contents) types.insert(content.index());
    EXPECT_EQ(types.size(), std::variant_size_v<Content::variant>);
}

TEST(Entries, UnknownTypesAreRefused) {
    EXPECT_EQ(refusal(R"({"type":"party"})"), "entry-unknown");
    EXPECT_EQ(refusal(R"({"type":7})"), "entry-invalid");
    EXPECT_EQ(refusal("[]"), "entry-invalid");
}

TEST(Entries, EmptyListOfSignaturesIsRefused) {
    EXPECT_EQ(refusal(R"({"signed":[],"type":"polls-opened"})"), "entry-invalid");
}

TEST(Entries, UpperCaseHexIsRefused) {
    EXPECT_EQ(refusal(R"({"station":"s1","t":"AAAAAAAAAAAAAAAAAAAA","type":"pass-voided"})"),
              "entry-invalid");
    EXPECT_EQ(refusal(R"({"station":"s1","t":"aaaaaaaaaaaaaaaaaaaa","type":"pass-voided"})"), "");
}

// The same entry, written in other ways that most readers of JSON take.
TEST(Entries, OtherSpellingsAreRefused) {
    ASSERT_EQ(refusal(R"({"reason":"é","type":"incident"})"), "");
    EXPECT_EQ(refusal(R"({"type":"incident","reason":"é"})"), "json-not-canonical");
    EXPECT_EQ(refusal(R"({"reason":"\u00e9","type":"incident"})"), "json-not-canonical");
    EXPECT_EQ(refusal(R"({"reason":"é","type":"\u0069ncident"})"), "json-not-canonical");
    EXPECT_EQ(refusal("\xef\xbb\xbf{\"reason\":\"a\",\"type\":\"incident\"}"), "json-syntax");
    EXPECT_EQ(refusal("{\"reason\":\"\xff\",\"type\":\"incident\"}"), "json-syntax");
    EXPECT_EQ(refusal(R"({"reason":null,"type":"incident"})"), "entry-invalid");
    EXPECT_EQ(refusal(R"({"ballots":7.0,"type":"paper-count"})"), "json-float");
    EXPECT_EQ(refusal(R"({"ballots":1e1,"type":"paper-count"})"), "json-float");
    EXPECT_EQ(refusal(R"({"ballots":07,"type":"paper-count"})"), "json-syntax");
    EXPECT_EQ(refusal(R"({"ballots":-0,"type":"paper-count"})"), "json-not-canonical");
}

TEST(Entries, FailedChallengeHasEitherOpeningOrReason) {
    Object both = *content_to_json(ChallengeFailed{s1, t, hash, opening}).get<Object>();
    both.set("reason", "none came");
    EXPECT_EQ(refusal(json::canonical(both)), "entry-invalid");
}

TEST(Entries, ReasonWithoutSupersedingIsRefused) {
    Object count = *content_to_json(PaperCount{board, "city", 7, {3}}).get<Object>();
    count.set("reason", "none");
    EXPECT_EQ(refusal(json::canonical(count)), "entry-invalid");
}

// What says nothing is left out, so that an entry has one form.
TEST(Entries, EmptyRemarksAndExplanationsAreRefused) {
    Object count = *content_to_json(HandCount{board, "city/standard", 7, {3}}).get<Object>();
    count.set("explanation", "");
    EXPECT_EQ(refusal(json::canonical(count)), "entry-invalid");
    EXPECT_EQ(refusal(R"({"batches":[{"ballots":1,"district":"city","remark":""}],"contest":"board",)"
                      R"("type":"paper-batches"})"),
              "entry-invalid");
}

TEST(Entries, LargestSealingOfRuleD14Fits) {
    const auto election = test::TestElection().trustees(15, 16).build();
    EXPECT_LE(encode({election.sealed(), {}}).size(), max_entry_bytes);
}

TEST(Entries, TooLongTextIsRefused) {
    const std::string reason(max_entry_bytes, 'a');
    EXPECT_EQ(refusal(R"({"reason":")" + reason + R"(","type":"incident"})"), "json-too-large");
    EXPECT_EQ(refusal(R"({"reason":")" + std::string(4097, 'a') + R"(","type":"incident"})"),
              "entry-invalid");
}

}  // namespace
}  // namespace stimme::events
