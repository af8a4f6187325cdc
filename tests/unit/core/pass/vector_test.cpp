// Our own published vector, tests/vectors/pass.json.
#include <gtest/gtest.h>

#include "core/base/json_fields.h"
#include "core/pass/issue.h"
#include "tests/support/files.h"

namespace stimme::pass {
namespace {

TEST(PassVector, IsReproduced) {
    const json::Value file = test::read_test_json("vectors/pass.json");
    json::Problems problems;
    json::Fields in(file, problems);
    std::size_t count = 0;
    in.each("passes", 1, 100, [&](json::Fields& item) {
        const auto key = PassKey::from_bytes(item.hex<32>("key"));
        ASSERT_TRUE(key);
        EXPECT_EQ(key->public_key(), item.hex<33>("public_key"));
        const Pass pass{item.hex<10>("t"), item.hex<5>("tag")};
        EXPECT_EQ(key->tag_of(pass.t), pass.tag);
        EXPECT_EQ(write_pass(pass), item.text("text"));
        ++count;
    });
    EXPECT_TRUE(problems.empty()) << problems.status("vector").error().message;
    EXPECT_GE(count, 2u);
}

}  // namespace
}  // namespace stimme::pass
