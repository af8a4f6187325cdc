// Request targets, server addresses and percent encoding: what one side writes the other reads.
#include "core/net/server/target.h"

#include <gtest/gtest.h>

#include "core/net/client/url.h"

namespace stimme {
namespace {

std::string refusal(std::string_view target) {
    const auto parsed = net::parse_target(target);
    return parsed ? "taken" : parsed.error().code;
}

TEST(Target, PathAndQueryAreDecodedOnce) {
    const auto target = net::parse_target("/v1/a%20b/%C3%A4?q=M%C3%BCller+A&n=1%252");
    ASSERT_TRUE(target.ok());
    EXPECT_EQ(target->path, "/v1/a b/ä");
    EXPECT_EQ(target->query.at("q"), "Müller A");
    EXPECT_EQ(target->query.at("n"), "1%2");
}

TEST(Target, WhatTheClientEncodesTheServerDecodes) {
    std::string all;
    for (char c = 0x20; c < 0x7F; ++c) all += c;
    all += "äß€𝄞";
    const auto target = net::parse_target("/x?k=" + net::percent_encoded(all));
    ASSERT_TRUE(target.ok());
    EXPECT_EQ(target->query.at("k"), all);
}

TEST(Target, RootAndTrailingSlashAreFine) {
    EXPECT_EQ(net::parse_target("/")->path, "/");
    EXPECT_EQ(net::parse_target("/a/")->path, "/a/");
    EXPECT_TRUE(net::parse_target("/a?")->query.empty());
}

TEST(Target, AmbiguousPathsAreRefused) {
    for (const char* target : {"", "*", "a", "http://x/", "//", "//a", "/a//b", "/.", "/..", "/a/../b",
                               "/%2e%2e/b", "/a%2Fb", "/a%5Cb", "/a\\b", "/a b", "/a#b", "/\xC3\xA4"}) {
        EXPECT_EQ(refusal(target), "target-invalid") << target;
    }
}

TEST(Target, BrokenEncodingsAreRefused) {
    for (const char* target :
         {"/%", "/%4", "/%4G", "/%00", "/%0A", "/%7F", "/%80", "/%C3", "/%C0%80", "/%ED%A0%80", "/%E0%80%80",
          "/%F0%80%80%80", "/%F4%90%80%80", "/%F5%80%80%80"}) {
        EXPECT_EQ(refusal(target), "target-invalid") << target;
    }
}

TEST(Target, AmbiguousQueriesAreRefused) {
    for (const char* target : {"/?a", "/?=1", "/?a=1&a=2", "/?a=1&&b=2", "/?a=%", "/?a=%C3"}) {
        EXPECT_EQ(refusal(target), "target-invalid") << target;
    }
}

TEST(ServerAddress, NamesAndAddressesAreUnderstood) {
    EXPECT_EQ(net::parse_server_url("https://wahl.example/")->authority(), "wahl.example:443");
    EXPECT_EQ(net::parse_server_url("https://127.0.0.1:8443")->authority(), "127.0.0.1:8443");
    EXPECT_EQ(net::parse_server_url("https://[::1]:8443")->host, "::1");
    EXPECT_EQ(net::parse_server_url("https://[::1]:8443")->authority(), "[::1]:8443");
}

TEST(ServerAddress, AnythingElseIsRefused) {
    for (const char* url :
         {"", "http://a", "https://", "https://:1", "https://a:", "https://a:x", "https://a/b", "https://u@a",
          "https://[::1", "https://[::1]8443", "https://a:123456"}) {
        const auto parsed = net::parse_server_url(url);
        EXPECT_EQ(parsed ? "taken" : parsed.error().code, "url-invalid") << url;
    }
}

}  // namespace
}  // namespace stimme
