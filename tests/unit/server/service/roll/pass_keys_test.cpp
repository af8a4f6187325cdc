#include <fstream>

#include "core/base/file.h"
#include "tests/unit/server/roll_fixture.h"

namespace stimme::service {
namespace {

class PassKeysTest : public RollTest {
  protected:
    std::string load_code(Passphrase passphrase = {}) {
        return code(PassKeys::load(file_, election_.definition, passphrase));
    }
    std::filesystem::path file_ = folder_.path() / "pass.keys";
};

TEST_F(PassKeysTest, PublicKeysFollowDefinition) {
    const auto keys = keys_->public_keys();
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].station.str(), "s1");
    EXPECT_EQ(keys[1].station.str(), "s2");
    EXPECT_NE(keys[0].key, keys[1].key);
}

TEST_F(PassKeysTest, SecretsAreThoseOfPublicKeys) {
    for (const events::PassSecret& secret : keys_->secrets())
        EXPECT_EQ(pass::PassKey::from_bytes(secret.secret)->public_key(),
                  keys_->find(secret.station, secret.style)->public_key());
}

TEST_F(PassKeysTest, StoredKeysComeBack) {
    ASSERT_TRUE(keys_->store(file_, {}, random_));
    const auto loaded = PassKeys::load_or_create(file_, election_.definition, {}, random_);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->public_keys(), keys_->public_keys());
    EXPECT_EQ(std::filesystem::status(file_).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(PassKeysTest, MissingKeysAreMadeOnce) {
    const auto made = PassKeys::load_or_create(file_, election_.definition, {}, random_);
    const auto again = PassKeys::load_or_create(file_, election_.definition, {}, random_);
    EXPECT_EQ(made->public_keys(), again->public_keys());
    EXPECT_EQ(code(keys_->store(file_, {}, random_)), "file-exists");
}

TEST_F(PassKeysTest, EncryptedKeysNeedTheirPassphrase) {
    ASSERT_TRUE(keys_->store(file_, "correct horse", random_));
    EXPECT_EQ(load_code("correct horse"), "ok");
    EXPECT_EQ(load_code("wrong horse"), "passphrase-wrong");
    EXPECT_EQ(load_code(), "passphrase-needed");
}

TEST_F(PassKeysTest, KeysOfAnotherDefinitionAreRefused) {
    ASSERT_TRUE(keys_->store(file_, {}, random_));
    const auto other = test::TestElection().id("other").build();
    EXPECT_EQ(code(PassKeys::load(file_, other.definition, {})), "pass-keys-other-definition");
}

TEST_F(PassKeysTest, CutLongAndZeroKeysAreRefused) {
    ASSERT_TRUE(keys_->store(file_, {}, random_));
    const Bytes good = *read_file(file_);
    Bytes zero = good;
    std::fill(zero.end() - 32, zero.end(), std::uint8_t{0});
    Bytes longer = good;
    longer.push_back(1);
    for (const Bytes& bad : {Bytes(good.begin(), good.end() - 1), longer, zero, Bytes{1, 2, 3}}) {
        ASSERT_TRUE(write_file(file_, bad));
        EXPECT_EQ(load_code(), "pass-keys-invalid");
    }
}

TEST_F(PassKeysTest, MissingFileIsTold) {
    EXPECT_EQ(load_code(), "file-missing");
}

}  // namespace
}  // namespace stimme::service
