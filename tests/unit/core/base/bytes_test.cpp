// Encodings, dates and files: core/base.
#include "core/base/bytes.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/random.h"

namespace stimme {
namespace {

TEST(Bytes, EachEncodingReadsBackEveryLength) {
    SeededRandom random(1);
    for (std::size_t size = 0; size < 70; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        EXPECT_EQ(*from_hex(to_hex(bytes)), bytes);
        EXPECT_EQ(*from_base64(to_base64(bytes)), bytes);
        EXPECT_EQ(*from_base32(in_groups(to_base32(bytes)), size), bytes);
    }
}

TEST(Bytes, ASecondEncodingOfTheSameBytesIsRefused) {
    EXPECT_FALSE(from_hex("AB").ok());
    EXPECT_FALSE(from_hex("abc").ok());
    EXPECT_FALSE(from_base64("QQ").ok());
    EXPECT_FALSE(from_base64("QR==").ok());
    for (const char* text :
         {"QQ==\n", "QUJD    ", "    QUJD", "QU D", "QQ==QUJD", "=UJD", "====", "Q===", "QUI=QUI="})
        EXPECT_FALSE(from_base64(text).ok()) << text;
    EXPECT_FALSE(from_base64("QQ=A").ok());
    EXPECT_FALSE(from_base32("01", 1).ok());
    EXPECT_TRUE(from_base32("04", 1).ok());
}

TEST(Bytes, WhatPeopleTypeForBase32IsUnderstood) {
    EXPECT_EQ(*from_base32("o1il-4", 3), *from_base32("01114", 3));
    EXPECT_EQ(from_base32("0U", 1).error().code, "base32-invalid");
}

TEST(Clock, TimesWithOffsetsMeanTheSameInstant) {
    EXPECT_EQ(format_utc(*parse_time("1996-12-15T08:00:00+01:00")), "1996-12-15T07:00:00Z");
    EXPECT_EQ(*parse_time("1996-12-15T08:00:00+01:00"), *parse_time("1996-12-15T07:00:00Z"));
    for (const char* bad : {"1996-12-15", "1996-12-15T08:00:00", "1996-12-15 08:00:00Z",
                            "1996-02-30T08:00:00Z", "1996-12-15T24:00:00Z", "1996-12-15T08:00:00+1:00", ""}) {
        EXPECT_FALSE(parse_time(bad).ok()) << bad;
    }
    EXPECT_TRUE(parse_date("1996-02-29").ok());
    EXPECT_FALSE(parse_date("1995-02-29").ok());
}

TEST(File, CreateNeverReplacesAndWriteDoes) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "stimme-file-test";
    std::filesystem::remove_all(folder);
    const auto path = folder / "deep" / "file";
    EXPECT_TRUE(create_file(path, as_bytes("one"), FileMode::private_file).ok());
    EXPECT_EQ(create_file(path, as_bytes("two")).error().code, "file-exists");
    EXPECT_EQ(as_text(*read_file(path)), "one");
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_TRUE(write_file(path, as_bytes("three")).ok());
    EXPECT_EQ(as_text(*read_file(path)), "three");
    EXPECT_EQ(read_file(path, 4).error().code, "file-too-large");
    EXPECT_EQ(read_file(folder / "none").error().code, "file-missing");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / "deep"), {}), 1);
}

}  // namespace
}  // namespace stimme
