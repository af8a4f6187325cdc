// What a trustee keeps on the own disk.
#include "client/trustee/files.h"

#include <gtest/gtest.h>

#include "core/base/file.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"

namespace stimme::trustee {
namespace {

class TrusteeFilesTest : public testing::Test {
  protected:
    TrusteeFilesTest() { EXPECT_TRUE(write_file(passphrase_, as_bytes("correct horse\n")).ok()); }
    TrusteeFiles files(const std::filesystem::path& passphrase) {
        return TrusteeFiles(folder_, passphrase, random_);
    }

    test::TemporaryFolder temporary_;
    std::filesystem::path passphrase_ = temporary_.path() / "passphrase";
    session::RoleFolder folder_ = *session::RoleFolder::create(
        temporary_.path() / "trustee-1",
        {"https://a", ElectionId("test-2026"), SignerId("trustee-1"), election::Role::trustee});
    SeededRandom random_{3};
};

TEST_F(TrusteeFilesTest, SecretComesBackUnderItsPassphraseOnly) {
    ASSERT_TRUE(files(passphrase_).keep(events::TrusteeSecret(Hash{1}, 1, crypto::SecretScalar(7))).ok());
    const auto secret = files(passphrase_).secret();
    ASSERT_TRUE(secret.ok());
    EXPECT_EQ((*secret)->election(), Hash{1});
    const auto wrong = temporary_.path() / "wrong";
    ASSERT_TRUE(write_file(wrong, as_bytes("battery staple")).ok());
    EXPECT_EQ(test::code(files(wrong).secret()), "passphrase-wrong");
}

TEST_F(TrusteeFilesTest, NothingKeptIsNoError) {
    const auto secret = files(passphrase_).secret();
    ASSERT_TRUE(secret.ok());
    EXPECT_FALSE(secret->has_value());
}

TEST_F(TrusteeFilesTest, SecondClosingIsRefusedForEver) {
    const events::LogView closing{700, Hash{5}};
    EXPECT_TRUE(files(passphrase_).pin_closing(closing).ok());
    EXPECT_TRUE(files(passphrase_).pin_closing(closing).ok());
    EXPECT_EQ(test::code(files(passphrase_).pin_closing({701, Hash{5}})), "closing-differs");
    EXPECT_EQ(test::code(files(passphrase_).pin_closing({700, Hash{6}})), "closing-differs");
}

}  // namespace
}  // namespace stimme::trustee
