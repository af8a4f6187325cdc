// A role folder: it stands on one definition, and only for the person whom that definition names.
#include "client/session/role_folder.h"

#include <gtest/gtest.h>

#include "tests/unit/client/client_fixture.h"

namespace stimme::session {
namespace {

class RoleFolderTest : public testing::Test {
  protected:
    RoleFolder make(const std::string& id, election::Role role) {
        auto folder = RoleFolder::create(
            folder_.path() / id, {"https://127.0.0.1:1", ElectionId("test-2026"), SignerId(id), role});
        EXPECT_TRUE(folder.ok());
        return *std::move(folder);
    }
    RoleFolder official() { return make("official-1", election::Role::official); }

    test::TemporaryFolder folder_;
    test::Election election_ = test::TestElection().build();
};

TEST_F(RoleFolderTest, OpenGivesBackWhatWasCreated) {
    const RoleFolder made = official();
    const auto opened = RoleFolder::open(made.path());
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(opened->profile().id.str(), "official-1");
    EXPECT_EQ(opened->profile().role, election::Role::official);
}

TEST_F(RoleFolderTest, FolderWithoutProfileIsRefused) {
    EXPECT_EQ(test::code(RoleFolder::open(folder_.path())), "role-folder-missing");
    EXPECT_EQ(test::code(RoleFolder::open("")), "role-folder-missing");
}

TEST_F(RoleFolderTest, ProfileWithAnUnknownRoleIsRefused) {
    const RoleFolder folder = official();
    const std::string text = R"({"election":"a","id":"b","role":"king","server":"https://a"})";
    ASSERT_TRUE(write_file(folder.file("profile.json"), as_bytes(text)).ok());
    EXPECT_EQ(test::code(RoleFolder::open(folder.path())), "role-folder-invalid");
}

TEST_F(RoleFolderTest, SameDefinitionIsTakenAgain) {
    const RoleFolder folder = official();
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(folder.pin_definition(election_.definition.canonical()).ok());
}

TEST_F(RoleFolderTest, ChangedDefinitionIsRefused) {
    const RoleFolder folder = official();
    ASSERT_TRUE(folder.pin_definition(election_.definition.canonical()).ok());
    const auto changed = test::TestElection().min_ballots(30).build();
    EXPECT_EQ(test::code(folder.pin_definition(changed.definition.canonical())), "definition-differs");
    const auto pinned = folder.pinned_definition();
    EXPECT_EQ((*pinned)->hash(), election_.definition.hash());
}

TEST_F(RoleFolderTest, DefinitionOfAnotherElectionIsRefused) {
    const auto other = test::TestElection().id("other-2026").build();
    EXPECT_EQ(test::code(official().pin_definition(other.definition.canonical())), "definition-differs");
}

TEST_F(RoleFolderTest, DefinitionThatDoesNotNameThisPersonIsRefused) {
    const RoleFolder stranger = make("official-9", election::Role::official);
    EXPECT_EQ(test::code(stranger.pin_definition(election_.definition.canonical())), "signer-unknown");
}

TEST_F(RoleFolderTest, DefinitionThatGivesAnotherRoleIsRefused) {
    const RoleFolder folder = make("official-1", election::Role::trustee);
    EXPECT_EQ(test::code(folder.pin_definition(election_.definition.canonical())), "signer-role");
}

TEST_F(RoleFolderTest, SecondProgramOnTheSameFolderIsRefused) {
    const RoleFolder folder = official();
    {
        const auto first = FolderLock::take(folder.path());
        ASSERT_TRUE(first.ok());
        EXPECT_EQ(test::code(FolderLock::take(folder.path())), "role-folder-in-use");
    }
    EXPECT_TRUE(FolderLock::take(folder.path()).ok());
}

}  // namespace
}  // namespace stimme::session
