// A receipt made by another implementation, byte for byte (docs/protocol.md, section 6.6).
#include <gtest/gtest.h>

#include "core/log/receipt.h"
#include "tests/support/files.h"

namespace stimme::log {
namespace {

class ReceiptVector : public testing::Test {
  protected:
    const json::Value file = test::read_test_json("vectors/receipt.json");
    const json::Object& fields = *file.get<json::Object>();
    const std::string& text(std::string_view key) { return *fields.find(key)->get<std::string>(); }

    Tree tree() {
        Tree result;
        for (const json::Value& entry : *fields.find("entries")->get<json::Array>()) {
            result.append_entry(as_bytes(*entry.get<std::string>()));
        }
        return result;
    }
};

TEST_F(ReceiptVector, ComesOutByteForByte) {
    const auto key =
        crypto::LogKey::from_seed(crypto::SecretBytes<32>(*array_from_hex<32>(text("log_key_seed"))));
    const Tree log = tree();
    const SignedCheckpoint checkpoint = sign_checkpoint({text("origin"), log.size(), log.root()}, key);
    EXPECT_EQ(to_hex(log.root()), text("root"));
    EXPECT_EQ(checkpoint.text, text("checkpoint"));
    const auto index = static_cast<std::uint64_t>(*fields.find("index")->get<std::int64_t>());
    const std::string& entry = *(*fields.find("entries")->get<json::Array>())[index].get<std::string>();
    EXPECT_EQ(write_receipt(*make_receipt(log, index, as_bytes(entry), checkpoint)), text("receipt"));
}

TEST_F(ReceiptVector, VerifiesOfflineWithTheLogsKeyAlone) {
    const LogVerifier log{text("origin"), *array_from_hex<32>(text("log_key"))};
    const auto receipt = parse_receipt(text("receipt"));
    ASSERT_TRUE(receipt.ok());
    EXPECT_TRUE(verify_receipt(*receipt, log, {}, 0).ok());
    LogVerifier other = log;
    other.key[0] ^= 1;
    EXPECT_FALSE(verify_receipt(*receipt, other, {}, 0).ok());
}

}  // namespace
}  // namespace stimme::log
