// Receipts: core/log/receipt.h.
#include "core/log/receipt.h"

#include <gtest/gtest.h>

#include "core/log/tiles.h"
#include "tests/unit/core/log/log_fixture.h"

namespace stimme::log {
namespace {

class ReceiptTest : public testing::Test {
  protected:
    Receipt receipt(std::uint64_t index = 5) const {
        const std::string entry = SmallLog::entry(index);
        Receipt made = *make_receipt(log.tree, index, as_bytes(entry), log.signed_checkpoint());
        made.checkpoint = log.text(2);
        return made;
    }
    std::string text() const { return write_receipt(receipt()); }

    static std::string parse(const std::string& text) {
        const auto parsed = parse_receipt(text);
        return parsed ? "" : parsed.error().code;
    }
    std::string verify(const Receipt& made, std::size_t quorum = 2) const {
        const auto verified = verify_receipt(made, log.log(), log.witnesses(), quorum);
        return verified ? "" : verified.error().code;
    }

    const SmallLog log;
};

TEST_F(ReceiptTest, EveryEntryIsProven) {
    for (std::uint64_t index = 0; index < log.tree.size(); ++index) {
        EXPECT_EQ(*parse_receipt(write_receipt(receipt(index))), receipt(index));
        EXPECT_EQ(verify(receipt(index)), "");
    }
}

TEST_F(ReceiptTest, HasTheLinesOfTheSpecification) {
    const Receipt made = receipt();
    std::string expected =
        "c2sp.org/tlog-proof@v1\nextra " + to_base64(as_bytes("{\"entry\":5}")) + "\nindex 5\n";
    ASSERT_EQ(made.proof.size(), 4u);
    for (const Hash& hash : made.proof) expected += to_base64(hash) + "\n";
    EXPECT_EQ(write_receipt(made), expected + "\n" + log.text(2));
}

TEST_F(ReceiptTest, TheOnlyEntryNeedsNoHashes) {
    const SmallLog small(1);
    const Receipt made =
        *make_receipt(small.tree, 0, as_bytes(SmallLog::entry(0)), small.signed_checkpoint());
    EXPECT_EQ(*parse_receipt(write_receipt(made)), made);
    EXPECT_TRUE(verify_receipt(made, small.log(), {}, 0).ok());
}

TEST_F(ReceiptTest, EveryFlippedBitIsRefused) {
    const std::string good = text();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ (1 << i % 8));
        const auto parsed = parse_receipt(bad);
        EXPECT_TRUE(!parsed.ok() || verify(*parsed) != "") << "byte " << i;
    }
}

TEST_F(ReceiptTest, EveryTruncationIsRefused) {
    const std::string good = text();
    for (std::size_t size = 0; size < good.size(); ++size) {
        const auto parsed = parse_receipt(good.substr(0, size));
        EXPECT_TRUE(!parsed.ok() || verify(*parsed) != "") << size;
    }
}

TEST_F(ReceiptTest, AnotherFirstLineIsRefused) {
    EXPECT_EQ(parse(""), "receipt-format");
    EXPECT_EQ(parse(replaced(text(), "@v1", "@v2")), "receipt-format");
    EXPECT_EQ(parse("\n" + text()), "receipt-format");
    EXPECT_EQ(parse(replaced(text(), "@v1\n", "@v1\r\n")), "receipt-format");
}

TEST_F(ReceiptTest, WithoutTheEntryItIsRefused) {
    const std::string good = text();
    EXPECT_EQ(
        parse(replaced(good, good.substr(good.find("extra"), good.find("index") - good.find("extra")), "")),
        "receipt-entry");
    EXPECT_EQ(parse(replaced(good, "extra ", "extra  ")), "receipt-entry");
    EXPECT_EQ(parse(replaced(good, "extra ", "extra")), "receipt-entry");
    EXPECT_EQ(parse(replaced(good, "extra ", "Extra ")), "receipt-entry");
    Receipt huge = receipt();
    huge.entry.resize(max_entry_size + 1);
    EXPECT_EQ(parse(write_receipt(huge)), "receipt-entry");
}

TEST_F(ReceiptTest, AnotherSpellingOfTheIndexIsRefused) {
    for (const char* index : {"index 05", "index +5", "index -5", "index  5", "index 5 ", "index", "index ",
                              "Index 5", "index 18446744073709551616", ""}) {
        EXPECT_EQ(parse(replaced(text(), "index 5", index)), "receipt-index") << index;
    }
}

TEST_F(ReceiptTest, LinesThatAreNoHashesAreRefused) {
    EXPECT_EQ(parse(replaced(text(), "index 5\n", "index 5\nAAAA\n")), "receipt-proof");
    EXPECT_EQ(parse(replaced(text(), "index 5\n", "index 5\n \n")), "receipt-proof");
    EXPECT_EQ(parse(replaced(text(), "index 5\n", "index 5\nwitness w\n")), "receipt-proof");
    Receipt endless = receipt();
    endless.proof.resize(65);
    EXPECT_EQ(parse(write_receipt(endless)), "receipt-proof");
}

TEST_F(ReceiptTest, WithoutACheckpointItIsRefused) {
    Receipt bare = receipt();
    bare.checkpoint = "";
    EXPECT_EQ(parse(write_receipt(bare)), "receipt-format");
    std::string headless = text();
    headless.resize(headless.find("\n\n") + 1);
    EXPECT_EQ(parse(headless), "receipt-format");
}

TEST_F(ReceiptTest, TooManyBytesAreRefused) {
    EXPECT_EQ(parse(text() + std::string(std::size_t{1} << 20, 'a')), "receipt-too-large");
}

TEST_F(ReceiptTest, AnotherEntryIsRefused) {
    Receipt swapped = receipt();
    swapped.entry = to_bytes(as_bytes(SmallLog::entry(6)));
    EXPECT_EQ(verify(swapped), "inclusion-root");
    swapped = receipt();
    swapped.entry.push_back(' ');
    EXPECT_EQ(verify(swapped), "inclusion-root");
}

TEST_F(ReceiptTest, AnotherPlaceIsRefused) {
    Receipt moved = receipt();
    moved.index = 4;
    EXPECT_EQ(verify(moved), "inclusion-root");
    moved.index = 12;
    EXPECT_EQ(verify(moved), "inclusion-index");
    moved = receipt();
    moved.proof.push_back({});
    EXPECT_EQ(verify(moved), "inclusion-length");
}

TEST_F(ReceiptTest, TheCheckpointIsVerifiedToo) {
    EXPECT_EQ(verify(receipt(), 3), "witness-quorum");
    Receipt unsigned_one = receipt();
    unsigned_one.checkpoint = sign_checkpoint(log.checkpoint(), log.press).text;
    EXPECT_EQ(verify(unsigned_one, 0), "checkpoint-unsigned");
    unsigned_one.checkpoint = replaced(log.text(2), "\n12\n", "\n13\n");
    EXPECT_EQ(verify(unsigned_one), "checkpoint-signature");
}

TEST_F(ReceiptTest, AnEntryBeyondTheCheckpointHasNoReceipt) {
    SmallLog grown;
    const SignedCheckpoint earlier = grown.signed_checkpoint();
    grown.tree.append_entry(as_bytes(SmallLog::entry(12)));
    EXPECT_EQ(make_receipt(grown.tree, 12, as_bytes(SmallLog::entry(12)), earlier).error().code, "log-range");
    EXPECT_TRUE(make_receipt(grown.tree, 11, as_bytes(SmallLog::entry(11)), earlier).ok());
}

}  // namespace
}  // namespace stimme::log
