// The table of routes against docs/api/openapi.json: both say the same.
#include <set>

#include <gtest/gtest.h>

#include "server/api/routes.h"
#include "tests/support/files.h"

namespace stimme::api {
namespace {

using json::Object;

const Object& object_at(const Object& in, const std::string& key) {
    static const Object none;
    const json::Value* found = in.find(key);
    return found != nullptr && found->get<Object>() != nullptr ? *found->get<Object>() : none;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string documented_path(std::string pattern) {
    const std::size_t dots = pattern.find("...}");
    return dots == std::string::npos ? pattern : pattern.erase(dots, 3);
}

std::set<std::string> role_names(Callers callers) {
    const std::pair<Callers, const char*> names[] = {{everyone, "public"}, {official, "official"},
                                                     {desk, "desk"},       {booth, "booth"},
                                                     {trustee, "trustee"}, {official_unit, "official-unit"}};
    std::set<std::string> found;
    for (const auto& [bit, name] : names) {
        if (callers & bit) found.insert(name);
    }
    return found;
}

std::set<std::string> texts(const json::Value* array) {
    std::set<std::string> found;
    if (array == nullptr || array->get<json::Array>() == nullptr) return found;
    for (const json::Value& item : *array->get<json::Array>()) found.insert(*item.get<std::string>());
    return found;
}

class OpenApiTest : public testing::Test {
  protected:
    const json::Value document = test::read_test_json("../docs/api/openapi.json");
    const Object& paths = object_at(*document.get<Object>(), "paths");
};

TEST_F(OpenApiTest, DescribesEveryRouteWithItsRoles) {
    for (const Route& route : all_routes()) {
        SCOPED_TRACE(route.method + " " + route.pattern);
        const Object& operation =
            object_at(object_at(paths, documented_path(route.pattern)), lower(route.method));
        ASSERT_FALSE(operation.empty());
        EXPECT_EQ(texts(operation.find("x-roles")), role_names(route.callers));
        EXPECT_FALSE(object_at(operation, "responses").empty());
    }
}

TEST_F(OpenApiTest, DescribesEveryBodyWithItsTypeAndLimit) {
    for (const Route& route : all_routes()) {
        SCOPED_TRACE(route.method + " " + route.pattern);
        const Object& operation =
            object_at(object_at(paths, documented_path(route.pattern)), lower(route.method));
        const Object& body = object_at(operation, "requestBody");
        ASSERT_EQ(body.empty(), route.body_limit == 0);
        if (body.empty()) continue;
        EXPECT_NE(object_at(body, "content").find(route.body_type), nullptr);
        EXPECT_EQ(*body.find("x-max-bytes"), json::Value(static_cast<std::uint64_t>(route.body_limit)));
    }
}

TEST_F(OpenApiTest, DescribesNothingElse) {
    std::set<std::string> routes;
    for (const Route& route : all_routes())
        routes.insert(lower(route.method) + " " + documented_path(route.pattern));
    std::set<std::string> documented;
    for (const auto& [path, operations] : paths.members()) {
        for (const auto& [method, operation] : operations.get<Object>()->members())
            documented.insert(method + " " + path);
    }
    EXPECT_EQ(documented, routes);
}

}  // namespace
}  // namespace stimme::api
