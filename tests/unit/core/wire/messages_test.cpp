// The messages between clients and server: each reads back what it prints, and nothing else: core/wire.
#include "tests/support/messages.h"

#include <gtest/gtest.h>

#include "core/wire/wire.h"

namespace stimme::wire {
namespace {

// Prints, reads and prints again; then with a key too many, and without each of its keys in turn.
template <class Message>
void expect_exact(const Message& message, std::size_t optional_keys) {
    const std::string text = print(message);
    const auto read = parse<Message>(text);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(print(*read), text);

    json::Object fields = *json::parse(text)->get<json::Object>();
    std::size_t refused = 0;
    for (const json::Member& member : fields.members()) {
        json::Object without = fields;
        without.erase(member.first);
        const auto missing = parse<Message>(json::canonical(without));
        if (missing) continue;
        EXPECT_EQ(missing.error().code, "message-invalid");
        EXPECT_NE(missing.error().message.find("\"" + member.first + "\" is missing"), std::string::npos);
        ++refused;
    }
    EXPECT_EQ(refused + optional_keys, fields.members().size());

    fields.set("surplus", true);
    EXPECT_EQ(parse<Message>(json::canonical(fields)).error().message, "/surplus: this key isn't known here");
}

TEST(Messages, RequestsReadBackExactlyWhatWasPrinted) {
    test::each_request([](const char* name, const auto& message, std::size_t optional_keys) {
        SCOPED_TRACE(name);
        expect_exact(message, optional_keys);
    });
}

TEST(Messages, AnswersReadBackExactlyWhatWasPrinted) {
    test::each_answer([](const char* name, const auto& message, std::size_t optional_keys) {
        SCOPED_TRACE(name);
        expect_exact(message, optional_keys);
    });
}

TEST(StationsMessages, PartsThatNobodyBringsAreRefused) {
    EXPECT_EQ(parse<StationsRemoval>(R"({"part":"definition","dry_run":false})").error().message,
              "/part: \"definition\" is not known; right is one of \"list\", \"streets\", \"areas\"");
}

TEST(RollMessages, WrongDaysEffectsAndEmptyReasonsAreNamed) {
    EXPECT_EQ(parse<InvalidRequest>(R"({"version":1,"reason":""})").error().message,
              "/reason: right is some text");
    const auto decision = [](const std::string& effect, const std::string& day) {
        return parse<MatterDecisionRequest>(R"({"outcome":"granted","effect":")" + effect +
                                            R"(","reason":"seen","decided_on":")" + day + "\"}")
            .error()
            .message;
    };
    EXPECT_EQ(decision("strike", "2026-01-25"),
              "/effect: \"strike\" is not known; right is one of \"none\", \"enrol\", \"refuse\"");
    EXPECT_EQ(decision("none", "25.1.2026"), "/decided_on: right is a day as yyyy-mm-dd");
}

TEST(Messages, NumbersAndLengthsOutOfRangeAreRefusedWithTheirPlace) {
    EXPECT_EQ(parse<BoothPassRequest>(R"({"t":"00","tag":"0404040404"})").error().message,
              "/t: expected 20 hex characters, found 2");
    EXPECT_EQ(
        parse<PassStateAnswer>(R"({"status":"eaten","challenges":0})").error().message,
        "/status: \"eaten\" is not known; right is one of \"unused\", \"submitted\", \"cast\", \"voided\"");
    EXPECT_EQ(parse<ActAnswer>(R"({"missing":65})").error().message,
              "/missing: 65 is out of range; right is 0 to 64");
}

}  // namespace
}  // namespace stimme::wire
