// docs/counting.md: each worked example on the page comes out as it is written there. The page itself says
// what stands in which kind of block.
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "client/office/count/tally_show.h"
#include "core/tally/groups.h"
#include "tests/support/statutes.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::office {
namespace {

struct Block {
    std::string info;  // behind the fence
    std::string text;
};

struct Example {
    std::string kind;  // "seats", "paper hessen-2021", ...
    std::string input;
    std::string output;
};

std::vector<Block> blocks_of(const std::string& page) {
    std::vector<Block> blocks;
    bool inside = false;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("```", 0) == 0) {
            inside = !inside;
            if (inside) blocks.push_back({line.substr(3), ""});
        } else if (inside) {
            blocks.back().text += line + "\n";
        }
    }
    return blocks;
}

// A block of "json KIND", and the block behind it.
std::vector<Example> examples() {
    const std::vector<Block> blocks = blocks_of(test::read_test_file("../docs/counting.md"));
    std::vector<Example> result;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].info.rfind("json ", 0) != 0) continue;
        if (i + 1 == blocks.size() || blocks[i + 1].info.rfind("json ", 0) == 0)
            throw std::runtime_error("an example without its result: " + blocks[i].text);
        result.push_back({blocks[i].info.substr(5), blocks[i].text, blocks[i + 1].text});
    }
    return result;
}

json::Object object_of(const std::string& text) {
    const auto value = json::parse(text);
    if (!value) throw std::runtime_error(value.error().message + ": " + text);
    return *value->get<json::Object>();
}

template <class T>
const T& member(const json::Object& object, std::string_view key) {
    const json::Value* found = object.find(key);
    if (found == nullptr || found->get<T>() == nullptr)
        throw std::runtime_error(fmt::format("\"{}\" is missing in {}", key, json::canonical(object)));
    return *found->get<T>();
}

// What the program prints, in a folder of its own.
class Programs {
  public:
    std::string seats(const std::string& input) { return printed({"seats", file("seats.json", input)}); }
    // How each ballot is read, without what they add up to.
    std::string paper(const std::string& statute, const std::string& input) {
        const auto definition = test::definition_with(test::statute_contest(statute));
        const std::string all =
            printed({"tally", "paper", file("marks.json", input), "--definition",
                     file("definition.json", definition->canonical()), "--contest", "beirat"});
        return all.substr(0, all.find("\n\n") + 1);
    }

  private:
    std::string file(const std::string& name, const std::string& text) {
        const auto path = folder_.path() / name;
        if (!write_file(path, as_bytes(text))) throw std::runtime_error("can't write " + path.string());
        return path.string();
    }
    static std::string printed(const std::vector<std::string>& words) {
        const test::Ran ran = test::stimme(words);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return ran.out;
    }

    test::TemporaryFolder folder_;
};

// As `stimme tally show --json` has it, with lists by their names.
json::Object shown(const json::Object& question) {
    json::Object changed = test::statute_contest(member<std::string>(question, "statute"));
    if (question.find("change") != nullptr) {
        for (const auto& [key, value] : member<json::Object>(question, "change").members())
            changed.set(key, value);
    }
    const auto definition = test::definition_with(changed);
    if (!definition) throw std::runtime_error(definition.error().message);
    const election::Contest& contest = (*definition)->contests.front();
    std::vector<std::uint64_t> totals(contest.positions());
    std::size_t named = 0;
    for (std::size_t i = 0; i < totals.size(); ++i) {
        const json::Object& votes = member<json::Object>(question, "votes");
        if (votes.find(contest.position_name(i)) == nullptr) continue;
        totals[i] = static_cast<std::uint64_t>(member<std::int64_t>(votes, contest.position_name(i)));
        ++named;
    }
    EXPECT_EQ(named, member<json::Object>(question, "votes").members().size()) << "votes for nobody";
    std::string members;
    for (const tally::BaseGroup& group : tally::base_groups(*definition, 0))
        members += (members.empty() ? "" : "+") + to_string(group);
    const auto document = tally_document(*definition, {{{contest.id, members, 1, totals}}, {}, {}}, false);
    return *member<json::Array>(*document, "contests").front().get<json::Object>();
}

json::Object by_lists(const json::Object& shown) {
    json::Object seats;
    json::Object substitutes;
    for (const json::Value& value : member<json::Array>(shown, "lists")) {
        const json::Object& list = *value.get<json::Object>();
        const std::string& name = member<std::string>(list, "list");
        seats.set(name, *list.find("seats"));
        if (member<std::int64_t>(list, "seats") > 0 && !member<json::Array>(list, "substitutes").empty())
            substitutes.set(name, *list.find("substitutes"));
    }
    return {{"lists", seats}, {"list_substitutes", substitutes}};
}

// Whether the page says of `key` what is so; of an object it may leave out members.
void expect_said(const json::Value& said, const json::Value& is, const std::string& key) {
    const auto* object = said.get<json::Object>();
    if (object == nullptr || object->empty()) {
        EXPECT_EQ(json::canonical(said), json::canonical(is)) << key;
        return;
    }
    for (const auto& [name, value] : object->members()) {
        const json::Value* found = is.get<json::Object>()->find(name);
        ASSERT_NE(found, nullptr) << key << " has no " << name;
        EXPECT_EQ(json::canonical(value), json::canonical(*found)) << key << " " << name;
    }
}

void expect_contest(const Example& example) {
    const json::Object is = shown(object_of(example.input));
    json::Object facts = by_lists(is);
    for (const char* key : {"elected", "substitutes", "empty"}) facts.set(key, *is.find(key));
    facts.set("personal", *is.find("personal_substitutes"));
    facts.set("tie", is.find("open_tie") != nullptr ? *is.find("open_tie") : json::Object{});
    const json::Object page = object_of(example.output);
    ASSERT_FALSE(page.empty());
    for (const auto& [key, said] : page.members()) {
        ASSERT_NE(facts.find(key), nullptr) << key;
        expect_said(said, *facts.find(key), key);
    }
}

// "nord 80", a line for each counted group.
std::string groups_text(const std::string& input) {
    const json::Object question = object_of(input);
    test::TestElection election;
    election.min_ballots(static_cast<unsigned>(member<std::int64_t>(question, "min_ballots")));
    const json::Object& ballots = member<json::Object>(question, "ballots");
    tally::BallotCounts counts;
    for (const json::Value& value : member<json::Array>(question, "districts")) {
        const json::Object& district = *value.get<json::Object>();
        const std::string& id = member<std::string>(district, "id");
        election.district(id, district.find("parent") ? member<std::string>(district, "parent") : "");
        if (ballots.find(id) == nullptr) continue;
        election.station("s-" + id, id);
        counts[{DistrictId(id), StyleId("standard")}] =
            static_cast<std::uint64_t>(member<std::int64_t>(ballots, id));
    }
    std::string text;
    for (const auto& group : tally::counted_groups(election.build().definition, 0, counts)) {
        for (std::size_t i = 0; i < group.members.size(); ++i)
            text += (i > 0 ? "+" : "") + group.members[i].district.str();
        text += fmt::format(" {}\n", group.ballots);
    }
    return text;
}

std::string without_last_break(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

void expect_text(const std::string& is, const Example& example) {
    EXPECT_EQ(without_last_break(is), without_last_break(example.output)) << example.input;
}

TEST(CountingPage, EachExampleComesOutAsItIsWritten) {
    Programs programs;
    std::map<std::string, int> kinds;
    for (const Example& example : examples()) {
        SCOPED_TRACE(example.input);
        const std::string kind = example.kind.substr(0, example.kind.find(' '));
        ++kinds[kind];
        if (kind == "seats") {
            expect_text(programs.seats(example.input), example);
        } else if (kind == "paper") {
            expect_text(programs.paper(example.kind.substr(6), example.input), example);
        } else if (kind == "contest") {
            expect_contest(example);
        } else if (kind == "groups") {
            expect_text(groups_text(example.input), example);
        } else {
            ADD_FAILURE() << "no such kind of example: " << example.kind;
        }
    }
    EXPECT_EQ(kinds,
              (std::map<std::string, int>{{"seats", 14}, {"paper", 3}, {"contest", 7}, {"groups", 1}}));
}

}  // namespace
}  // namespace stimme::office
