// The strict reader and the one writer: core/base/json.h, with the published RFC 8785 vectors.
#include "core/base/json.h"

#include <gtest/gtest.h>

#include "core/base/json_fields.h"
#include "tests/support/files.h"

namespace stimme::json {
namespace {

std::string code_of(std::string_view text) {
    const auto value = parse(text);
    return value ? "accepted" : value.error().code;
}

TEST(Json, PublishedVectorsComeOutExactlyAndThoseWithFloatsAreRefused) {
    // The vectors' own file holds floats only inside strings, so the strict reader can read it.
    const Value vectors = test::read_test_json("vectors/rfc8785-jcs.json");
    int exact = 0;
    int refused = 0;
    for (const Value& vector : *vectors.get<Array>()) {
        const Object& fields = *vector.get<Object>();
        const std::string& input = *fields.find("input")->get<std::string>();
        const std::string& output = *fields.find("output")->get<std::string>();
        const auto value = parse(input);
        if (value) {
            EXPECT_EQ(canonical(*value), output);
            ++exact;
        } else {
            EXPECT_EQ(value.error().code, "json-float") << input;
            ++refused;
        }
    }
    EXPECT_EQ(exact, 4);
    EXPECT_EQ(refused, 2);
}

TEST(Json, WhatTwoProgramsCouldReadDifferentlyIsRefused) {
    EXPECT_EQ(code_of(R"({"a":1,"a":2})"), "json-duplicate-key");
    EXPECT_EQ(code_of(R"({"a":1,"\u0061":2})"), "json-duplicate-key");
    EXPECT_EQ(code_of("1.0"), "json-float");
    EXPECT_EQ(code_of("1e3"), "json-float");
    EXPECT_EQ(code_of("9007199254740992"), "json-integer-range");
    EXPECT_EQ(code_of("-9007199254740992"), "json-integer-range");
    EXPECT_EQ(code_of("18446744073709551616"), "json-float");
    EXPECT_EQ(code_of("{} {}"), "json-syntax");
    EXPECT_EQ(code_of("\"\xff\""), "json-syntax");
    EXPECT_EQ(code_of("\"\\ud800\""), "json-syntax");
    EXPECT_EQ(code_of(""), "json-syntax");
    EXPECT_EQ(code_of("\xEF\xBB\xBF{}"), "json-syntax");
    EXPECT_EQ(code_of(std::string(40, '[')), "json-too-deep");
    EXPECT_EQ(code_of(std::string((1 << 20) + 1, ' ')), "json-too-large");
    EXPECT_EQ(code_of("9007199254740991"), "accepted");
}

// White space in front keeps the fast way for plain text from being taken.
TEST(Json, TheFastWayAndTheFullReaderAgreeOnEveryMutation) {
    constexpr char raw[] = "\0\x1f !\"\\,-./019:AE[]_{}ntfe\x7f\x80\xc3\xff";
    const std::string_view bytes(raw, sizeof raw - 1);
    const std::string document =
        R"({"a":[1,20,true,false],"b":{"t":"0a~","x":[]},"c":{},"d":123456789012345,"e":[[0],"!"]})";
    const auto agree = [](const std::string& text) {
        const auto fast = parse(text), full = parse(" " + text);
        ASSERT_EQ(fast.ok(), full.ok()) << text;
        if (fast) {
            EXPECT_EQ(*fast, *full) << text;
        } else {
            EXPECT_EQ(fast.error().code, full.error().code) << text;
        }
    };
    agree(document);
    for (std::size_t i = 0; i <= document.size(); ++i) {
        for (const char byte : bytes) {
            agree(std::string(document).insert(i, 1, byte));
            if (i < document.size()) agree(std::string(document).replace(i, 1, 1, byte));
        }
        agree(document.substr(0, i));
        if (i < document.size()) agree(std::string(document).erase(i, 1));
    }
}

TEST(Json, OnlyTheCanonicalFormIsCanonical) {
    EXPECT_TRUE(parse_canonical(R"({"a":1,"b":[true,"ü"]})").ok());
    EXPECT_EQ(parse_canonical(R"({"b":1,"a":2})").error().code, "json-not-canonical");
    EXPECT_EQ(parse_canonical(R"({"a": 1})").error().code, "json-not-canonical");
    EXPECT_EQ(parse_canonical(R"("\u00fc")").error().code, "json-not-canonical");
    EXPECT_EQ(parse_canonical("-0").error().code, "json-not-canonical");
}

TEST(JsonFields, EveryProblemIsNamedWithItsPointer) {
    const Value document = *parse(R"({"id":"Nicht so","votes":0,"lists":[{"n":1},{"m":2}],"more":1})");
    Problems problems;
    Fields in(document, problems);
    in.name<StationKind>("id");
    in.integer("votes", 1, 3);
    in.each("lists", 1, 9, [](Fields& item) { item.integer("n", 0, 5); });
    in.text("title");
    in.finish();
    std::string all = problems.status("x").error().message;
    EXPECT_EQ(all,
              "/id: \"Nicht so\" isn't a name: 1 to 32 of a-z, 0-9 and hyphen\n"
              "/votes: 0 is out of range; right is 1 to 3\n"
              "/lists/1: \"n\" is missing\n"
              "/lists/1/m: this key isn't known here\n"
              "/: \"title\" is missing\n"
              "/more: this key isn't known here");
}

}  // namespace
}  // namespace stimme::json
