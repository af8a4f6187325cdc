// Our own vectors of hashes and challenges (docs/protocol.md, sections 1.2 and 1.3), made by another
// implementation.
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/crypto/transcript.h"
#include "tests/support/files.h"

namespace stimme::crypto {
namespace {

constexpr int tag_count = static_cast<int>(Tag::audit_draw) + 1;
constexpr int purpose_count = static_cast<int>(Purpose::share) + 1;

const std::string& text_of(const json::Value& vector, std::string_view key) {
    return *vector.get<json::Object>()->find(key)->get<std::string>();
}

std::vector<Bytes> parts_of(const json::Value& vector) {
    std::vector<Bytes> parts;
    for (const json::Value& part : *vector.get<json::Object>()->find("parts")->get<json::Array>()) {
        parts.push_back(*from_hex(*part.get<std::string>()));
    }
    return parts;
}

std::vector<ByteView> views(const std::vector<Bytes>& parts) {
    return {parts.begin(), parts.end()};
}

Tag tag_named(std::string_view wanted) {
    for (int i = 0; i < tag_count; ++i) {
        if (name(static_cast<Tag>(i)) == wanted) return static_cast<Tag>(i);
    }
    throw std::runtime_error("no tag " + std::string(wanted));
}

Purpose purpose_named(const std::string& wanted) {
    for (int i = 0; i < purpose_count; ++i) {
        if (dst(static_cast<Purpose>(i)) == "Stimme-V1-" + wanted) return static_cast<Purpose>(i);
    }
    throw std::runtime_error("no purpose " + wanted);
}

class OwnVectors : public testing::Test {
  protected:
    const json::Value file = test::read_test_json("vectors/hashes.json");
    const json::Array& list(std::string_view key) {
        return *file.get<json::Object>()->find(key)->get<json::Array>();
    }
};

TEST_F(OwnVectors, EveryTagHashesAsTheOtherImplementation) {
    std::set<std::string> seen;
    for (const json::Value& vector : list("hashes")) {
        const auto parts = parts_of(vector);
        EXPECT_EQ(to_hex(hash(tag_named(text_of(vector, "tag")), views(parts))), text_of(vector, "hash"));
        seen.insert(text_of(vector, "tag"));
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(tag_count));
}

TEST_F(OwnVectors, EveryPurposeGivesTheScalarsOfTheOtherImplementation) {
    std::set<std::string> seen;
    for (const json::Value& vector : list("scalars")) {
        const auto parts = parts_of(vector);
        EXPECT_EQ(to_hex(hash_to_scalar(purpose_named(text_of(vector, "purpose")), views(parts)).bytes()),
                  text_of(vector, "scalar"));
        seen.insert(text_of(vector, "purpose"));
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(purpose_count));
}

}  // namespace
}  // namespace stimme::crypto
