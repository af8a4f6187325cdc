// Reading definitions, and each numbered rule broken: core/election/definition and rules.
#include "core/election/definition.h"

#include <gtest/gtest.h>

#include "core/crypto/transcript.h"
#include "core/election/rules.h"
#include "tests/support/elections.h"
#include "tests/support/files.h"

namespace stimme::election {
namespace {

using json::Array;
using json::Object;
using json::Value;
using test::TestElection;

std::string code(const Result<ValidDefinition>& result) {
    return result ? "" : result.error().code;
}

// The document with `value` at that pointer ("/stations/0/areas").
Value edited(Value document, std::string_view pointer, const Value& value) {
    if (pointer.empty()) return value;
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string key(pointer.substr(1, end - 1));
    if (Array* array = document.get<Array>()) {
        Value& item = array->at(std::stoul(key));
        item = edited(item, pointer.substr(end), value);
    } else {
        Object* object = document.get<Object>();
        const Value* member = object->find(key);
        object->set(key, edited(member == nullptr ? Value() : *member, pointer.substr(end), value));
    }
    return document;
}

// What a definition is refused for, one problem a line; empty when it is accepted.
std::string problems(const Value& document) {
    const auto definition = ValidDefinition::parse(json::canonical(document));
    if (definition) return "";
    EXPECT_EQ(definition.error().code, "definition-invalid");
    return definition.error().message;
}

// Two contests, styles, districts, stations and witnesses, so that every rule can be broken.
Value document() {
    return TestElection()
        .contest("board", 3, {.votes = 2})
        .contest("mayor", 2)
        .style("eu", {"board", "mayor"}, {"north"}, {"eu"})
        .style("standard", {"board", "mayor"})
        .district("city")
        .district("north", "city")
        .station("s1", "north")
        .station("s2", "north")
        .witnesses(1, 2)
        .document();
}

struct Broken {
    const char* name;
    const char* pointer;  // what is changed
    Value value;
    const char* problem;  // how the line begins that names it
};

std::ostream& operator<<(std::ostream& out, const Broken& broken) {
    return out << broken.problem;
}

class BrokenRule : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenRule, IsNamedWithNumberAndPlace) {
    const Broken& broken = GetParam();
    ASSERT_EQ(problems(document()), "");
    const std::string found = "\n" + problems(edited(document(), broken.pointer, broken.value));
    EXPECT_NE(found.find("\n" + std::string(broken.problem)), std::string::npos) << found;
}

const Value station_key = [] {
    const Value valid = document();
    const Value& station = valid.get<Object>()->find("stations")->get<Array>()->at(0);
    return *station.get<Object>()->find("desks")->get<Array>()->at(0).get<Object>()->find("key");
}();
const Value witness_key = [] {
    const Value valid = document();
    const Value& members = *valid.get<Object>()->find("witnesses")->get<Object>()->find("members");
    return *members.get<Array>()->at(0).get<Object>()->find("key");
}();
const Value contest_twice = [] {
    const Value valid = document();
    Array contests = *valid.get<Object>()->find("contests")->get<Array>();
    contests.push_back(contests[0]);
    return Value(std::move(contests));
}();
const Value not_a_point = std::string(66, '0');

Array apart(std::size_t count) {
    Array options;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string id = "o" + std::to_string(i);
        options.push_back(Object{{"id", id}, {"name", id}, {"outside_sum", true}});
    }
    return options;
}
Array many_options(std::size_t count) {
    Array options;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string id = "o" + std::to_string(i);
        options.push_back(Object{{"id", id}, {"name", id}});
    }
    return options;
}

Object rules(std::initializer_list<json::Member> more) {
    Object result{{"min_age", 18}, {"groups", Array{"foreign"}}};
    for (const auto& [key, value] : more) result.set(key, value);
    return result;
}
Object applies_until(const char* day) {
    return rules({{"application", Array{"dual"}}, {"application_until", day}});
}

INSTANTIATE_TEST_SUITE_P(
    Rules, BrokenRule,
    ::testing::Values(
        Broken{"D1Contest", "/contests", contest_twice, "/contests/2/id: D1"},
        Broken{"D1Style", "/styles/1/id", "eu", "/styles/1/id: D1"},
        Broken{"D1District", "/districts/1/id", "city", "/districts/1/id: D1"},
        Broken{"D1Station", "/stations/1/id", "s1", "/stations/1/id: D1"},
        Broken{"D1Option", "/contests/0/options/2/id", "c01", "/contests/0/options/2/id: D1"},
        Broken{"D1List", "/contests/0/lists",
               Array{Object{{"id", "l"}, {"name", "L"}}, Object{{"id", "l"}, {"name", "M"}}},
               "/contests/0/lists/1/id: D1"},
        Broken{"D2Name", "/stations/0/booths/0/id", "official-1", "/stations/0/booths/0/id: D2"},
        Broken{"D2Key", "/officials/1/key", station_key, "/stations/0/desks/0/key: D2"},
        Broken{"D2EncryptionKey", "/trustees/members/0/encryption_key", station_key,
               "/trustees/members/0/encryption_key: D2"},
        Broken{"D2Point", "/officials/0/key", not_a_point, "/officials/0/key: D2"},
        Broken{"D3Contest", "/styles/0/contests", Array{"party"}, "/styles/0/contests: D3"},
        Broken{"D3StyleDistrict", "/styles/0/districts", Array{"moon"}, "/styles/0/districts: D3"},
        Broken{"D3Station", "/stations/1/district", "moon", "/stations/1/district: D3"},
        Broken{"D3Parent", "/districts/1/parent", "moon", "/districts/1/parent: D3"},
        Broken{"D3List", "/contests/0/options/0/list", "l", "/contests/0/options/0/list: D3"},
        Broken{"D4Circle", "/districts/0/parent", "north", "/districts/0/parent: D4"},
        Broken{"D4Self", "/districts/0/parent", "city", "/districts/0/parent: D4"},
        Broken{"D5Votes", "/contests/1/votes_per_option", 2, "/contests/1/votes_per_option: D5"},
        Broken{"D5Apart", "/contests/1/options", apart(2), "/contests/1/options: D5"},
        Broken{"D6Order", "/calendar/polls_open", "2026-03-15T18:00:00+01:00", "/calendar/polls_close: D6"},
        Broken{"D6OpenDay", "/calendar/polls_open", "2026-03-14T18:00:00+01:00", "/calendar/polls_open: D6"},
        Broken{"D6CloseDay", "/calendar/polls_close", "2026-03-16T18:00:00+01:00",
               "/calendar/polls_close: D6"},
        Broken{"D7Officials", "/officials", Array{}, "/officials: D7"},
        Broken{"D8TooMany", "/trustees/threshold", 4, "/trustees/threshold: D8"},
        Broken{"D8TooFew", "/trustees/threshold", 1, "/trustees/threshold: D8"},
        Broken{"D8Desk", "/stations/1/desks", Array{}, "/stations/1/desks: D8"},
        Broken{"D8Booth", "/stations/1/booths", Array{}, "/stations/1/booths: D8"},
        Broken{"D9Order", "/styles/0/contests", Array{"mayor", "board"}, "/styles/0/contests: D9"},
        Broken{"D9Twice", "/styles/0/contests", Array{"board", "board"}, "/styles/0/contests: D9"},
        Broken{"D9Uncovered", "/styles", Array{Object{{"id", "standard"}, {"contests", Array{"board"}}}},
               "/contests/1: D9"},
        Broken{"D10Groups", "/styles/1/groups", Array{"eu"}, "/styles/1: D10"},
        Broken{"D10Districts", "/styles/1/districts", Array{"north"}, "/styles/1: D10"},
        Broken{"D11Area", "/stations/1/areas", Array{"area-s1"}, "/stations/1/areas: D11"},
        Broken{"D12Quorum", "/witnesses/quorum", 3, "/witnesses/quorum: D12"},
        Broken{"D12Name", "/witnesses/members/1/name", "witness-1.example", "/witnesses/members/1/name: D12"},
        Broken{"D12LogName", "/log/origin", "witness-1.example", "/witnesses/members/0/name: D12"},
        Broken{"D12Key", "/witnesses/members/1/key", witness_key, "/witnesses/members/1/key: D12"},
        Broken{"D12LogKey", "/log/key", witness_key, "/witnesses/members/0/key: D12"},
        Broken{"D12Blank", "/log/origin", "a b", "/log/origin: D12"},
        Broken{"D13Missing", "/languages", Array{"en", "tr"}, "/titles: D13"},
        Broken{"D13MissingInContest", "/languages", Array{"en", "tr"}, "/contests/1/titles: D13"},
        Broken{"D13More", "/titles/tr", "Seçim", "/titles/tr: D13"},
        Broken{"D16Share", "/contests/0/options", many_options(300), "/contests/0: D16"},
        Broken{"D17Ascending", "/eligibility",
               Array{rules({{"from", "2020-01-01"}}), rules({{"from", "2019-01-01"}})},
               "/eligibility/1/from: D17"},
        Broken{"D17InForce", "/eligibility", Array{rules({{"from", "2026-03-16"}})}, "/eligibility: D17"},
        Broken{"D17Candidacy", "/candidacy", Array{rules({{"from", "2026-03-16"}})}, "/candidacy: D17"},
        Broken{"D18Voting", "/eligibility", applies_until("2026-03-16"), "/eligibility: D18"},
        Broken{"D18Candidacy", "/candidacy", applies_until("2026-03-16"), "/candidacy: D18"},
        Broken{"D19AfterElection", "/calendar/deadlines", Object{{"roll_closes", "2026-03-16"}},
               "/calendar/deadlines/roll_closes: D19"},
        Broken{"D19NoticesAfterElection", "/calendar/deadlines", Object{{"notices_until", "2026-03-16"}},
               "/calendar/deadlines/notices_until: D19"},
        Broken{"D19HalfInspection", "/calendar/deadlines", Object{{"inspection_from", "2026-02-23"}},
               "/calendar/deadlines: D19"},
        Broken{"D19Inspection", "/calendar/deadlines",
               Object{{"inspection_from", "2026-02-27"}, {"inspection_until", "2026-02-23"}},
               "/calendar/deadlines/inspection_from: D19"},
        Broken{"D19Notices", "/calendar/deadlines",
               Object{{"notices_until", "2026-02-28"},
                      {"inspection_from", "2026-02-23"},
                      {"inspection_until", "2026-02-27"}},
               "/calendar/deadlines/notices_until: D19"},
        Broken{"D19Objections", "/calendar/deadlines",
               Object{{"objections_until", "2026-03-02"}, {"appeals_until", "2026-03-01"}},
               "/calendar/deadlines/objections_until: D19"},
        Broken{"D19Drawn", "/calendar/deadlines",
               Object{{"roll_drawn", "2026-03-14"}, {"roll_closes", "2026-03-13"}},
               "/calendar/deadlines/roll_drawn: D19"}),
    [](const auto& test_case) { return test_case.param.name; });

TEST(DefinitionRules, SealingThatFitsNoEntryIsRefused) {
    const Value many = TestElection().trustees(17, 32).document();
    EXPECT_NE(problems(many).find("/: D14"), std::string::npos);
}

TEST(DefinitionRules, BodyBeyondAMebibyteIsRefused) {
    const Value large = TestElection().contest("board", 500, {.votes = 16, .per_option = 16}).document();
    EXPECT_NE(problems(large).find("/styles/0: D15"), std::string::npos);
}

TEST(DefinitionRules, CloseThatFitsNoEntryIsRefused) {
    TestElection election;
    for (int i = 0; i < 170; ++i) {
        const std::string number = std::to_string(i);
        election.district("d" + number).station("s" + number);
    }
    EXPECT_NE(problems(election.document()).find("/: D16"), std::string::npos);
}

TEST(DefinitionRules, PaperOnlyStationsNeedNoDesks) {
    EXPECT_EQ(problems(TestElection().paper_only().station("s1", "", 0, 0).document()), "");
}

TEST(DefinitionRules, D26BallotsForTheUrnArePrintedByBooths) {
    const Object printed;
    EXPECT_EQ(problems(TestElection().set("printed_ballots", printed).document()), "");
    EXPECT_NE(problems(TestElection().paper_only().set("printed_ballots", printed).document())
                  .find("/printed_ballots: D26"),
              std::string::npos);
}

TEST(DefinitionRules, ApplicationsEndBeforeTheRollCloses) {
    const auto closing = [](const char* day) {
        return problems(edited(edited(document(), "/eligibility", applies_until("2026-03-03")),
                               "/calendar/deadlines", Object{{"roll_closes", day}}));
    };
    EXPECT_EQ(closing("2026-03-03"), "");
    EXPECT_EQ(closing("2026-03-02"),
              "/calendar/deadlines/roll_closes: D19: must not be before application_until, 2026-03-03");
}

TEST(DefinitionRules, DeadlinesMayFallOnOneDayAndOnElectionDay) {
    const char* day = "2026-03-15";
    EXPECT_EQ(problems(edited(document(), "/calendar/deadlines",
                              Object{{"roll_drawn", day},
                                     {"notices_until", day},
                                     {"inspection_from", day},
                                     {"inspection_until", day},
                                     {"objections_until", day},
                                     {"appeals_until", day},
                                     {"roll_closes", day}})),
              "");
    EXPECT_EQ(problems(edited(document(), "/eligibility", applies_until(day))), "");
}

TEST(DefinitionForm, DeadlinesAreReadAndEachIsADay) {
    const Value with_day = edited(document(), "/calendar/deadlines", Object{{"roll_drawn", "2026-02-01"}});
    const auto definition = ValidDefinition::parse(json::canonical(with_day));
    ASSERT_TRUE(definition);
    EXPECT_EQ((*definition)->calendar.deadlines.roll_drawn, *parse_date("2026-02-01"));
    EXPECT_EQ((*definition)->calendar.deadlines.roll_closes, std::nullopt);
    EXPECT_NE(problems(edited(document(), "/calendar/deadlines", Object{{"roll_drawn", "1 February"}}))
                  .find("/calendar/deadlines/roll_drawn: "),
              std::string::npos);
    EXPECT_NE(problems(edited(document(), "/calendar/deadlines", Object{{"roll_opens", "2026-02-01"}}))
                  .find("/calendar/deadlines/roll_opens: "),
              std::string::npos);
}

TEST(DefinitionForm, CandidacyIsAsEligibilityUnlessItIsToldApart) {
    const auto plain = ValidDefinition::parse(json::canonical(document()));
    ASSERT_TRUE(plain);
    EXPECT_EQ((*plain)->candidacy, std::nullopt);
    EXPECT_EQ((*plain)->candidacy_rules(), (*plain)->eligibility);
    const auto apart =
        ValidDefinition::parse(json::canonical(edited(document(), "/candidacy", rules({{"min_age", 21}}))));
    ASSERT_TRUE(apart);
    EXPECT_EQ((*apart)->candidacy_rules().min_age, 21);
    EXPECT_EQ((*apart)->eligibility.min_age, 18);
}

TEST(DefinitionForm, TheRulesInForceOnElectionDayCountAndAllStayInTheCanonicalForm) {
    const Value document_of_times = edited(document(), "/eligibility",
                                           Array{rules({}), rules({{"from", "2026-03-15"}, {"min_age", 16}}),
                                                 rules({{"from", "2026-03-16"}, {"min_age", 14}})});
    const auto definition = ValidDefinition::parse(json::canonical(document_of_times));
    ASSERT_TRUE(definition);
    EXPECT_EQ((*definition)->eligibility.min_age, 16);
    EXPECT_EQ(definition->canonical(), json::canonical(document_of_times));
}

// The document with the rules and deadlines of a real election.
Value with_statute(const std::string& name) {
    const Value statute = test::read_test_json("data/statutes/" + name + ".json");
    Value result = document();
    for (const auto& [key, value] : statute.get<Object>()->members()) {
        if (key == "election_day") {
            const std::string day = *value.get<std::string>();
            result = edited(result, "/calendar/election_day", value);
            result = edited(result, "/calendar/polls_open", day + "T08:00:00+01:00");
            result = edited(result, "/calendar/polls_close", day + "T18:00:00+01:00");
        } else if (key == "contest") {
            for (const auto& [rule, says] : value.get<Object>()->members())
                result = edited(result, "/contests/0/" + rule, says);
        } else {
            result = edited(result, key == "deadlines" ? "/calendar/deadlines" : "/" + key, value);
        }
    }
    return result;
}

class RealStatute : public ::testing::TestWithParam<const char*> {};

TEST_P(RealStatute, IsAccepted) {
    EXPECT_EQ(problems(with_statute(GetParam())), "");
}

INSTANTIATE_TEST_SUITE_P(Statutes, RealStatute,
                         ::testing::Values("magdeburg-1996", "rostock-2005", "potsdam-2008",
                                           "luedenscheid-2020", "hessen-2021", "regensburg-2021",
                                           "muenster-2025", "augsburg"));

TEST(DefinitionForm, BallotsForTheUrnAreAskedForWithOrWithoutALimitOfRisk) {
    const auto printed = [](const Value& value) {
        const auto definition =
            ValidDefinition::parse(json::canonical(edited(document(), "/printed_ballots", value)));
        EXPECT_TRUE(definition) << definition.error().message;
        return definition ? (*definition)->printed_ballots : std::nullopt;
    };
    EXPECT_FALSE(TestElection().build().definition->printed_ballots);
    EXPECT_EQ(printed(Object{}).value().risk_limit, std::nullopt);
    EXPECT_EQ(printed(Object{{"risk_limit", 50}}).value().risk_limit, 50U);
    for (const Object& wrong : {Object{{"risk_limit", 0}}, Object{{"risk_limit", 501}}})
        EXPECT_NE(
            problems(edited(document(), "/printed_ballots", wrong)).find("/printed_ballots/risk_limit: "),
            std::string::npos);
}

TEST(DefinitionForm, AllProblemsAreNamedAtOnce) {
    const std::string found =
        problems(edited(edited(document(), "/min_ballots", 0), "/contests/0/seats", "many"));
    EXPECT_NE(found.find("/min_ballots: "), std::string::npos) << found;
    EXPECT_NE(found.find("/contests/0/seats: "), std::string::npos) << found;
}

TEST(DefinitionForm, EveryMemberIsNeeded) {
    const Value valid = document();
    for (const auto& [key, value] : valid.get<Object>()->members()) {
        if (key == "trustees") continue;
        Object less = *valid.get<Object>();
        less.erase(key);
        EXPECT_NE(problems(less).find(key), std::string::npos) << key;
    }
}

TEST(DefinitionForm, UnknownMembersAreRefused) {
    const Value valid = edited(document(), "/printed_ballots", Object{});
    for (const char* place :
         {"/more", "/contests/0/more", "/stations/0/booths/0/more", "/log/more", "/printed_ballots/more"}) {
        EXPECT_NE(problems(edited(valid, place, 1)).find(std::string(place) + ": "), std::string::npos);
    }
}

TEST(DefinitionForm, RecordHoldsTheCanonicalFormOnly) {
    const std::string canonical = json::canonical(document());
    EXPECT_EQ(code(ValidDefinition::parse_canonical(canonical)), "");
    EXPECT_EQ(code(ValidDefinition::parse_canonical(canonical + "\n")), "json-not-canonical");
    EXPECT_EQ(code(ValidDefinition::parse(canonical + "\n")), "");
}

TEST(DefinitionForm, HashIsThatOfTheCanonicalForm) {
    const auto definition = ValidDefinition::parse(" " + json::canonical(document()));
    ASSERT_TRUE(definition);
    EXPECT_EQ(definition->hash(),
              crypto::hash(crypto::Tag::definition, {as_bytes(json::canonical(document()))}));
}

TEST(DefinitionForm, EverybodyIsFoundByName) {
    const auto election = TestElection().station("s1").station("s2", "", 2, 1).build();
    const ValidDefinition& definition = election.definition;
    EXPECT_EQ(definition.holder(SignerId("s2-desk-2"))->role, Role::desk);
    EXPECT_EQ(definition.holder(SignerId("s2-desk-2"))->station, StationId("s2"));
    EXPECT_EQ(definition.holder(SignerId("trustee-3"))->key, definition->trustees->members[2].signing_key);
    EXPECT_EQ(definition.trustee_index(SignerId("trustee-3")), 3U);
    EXPECT_FALSE(definition.trustee_index(SignerId("official-1")));
    EXPECT_EQ(definition.holder(SignerId("nobody")), nullptr);
    EXPECT_EQ(definition.station(StationId("s3")), nullptr);
    EXPECT_EQ(definition.style(StyleId("s3")), nullptr);
    EXPECT_FALSE(definition.contest_index(ContestId("mayor")));
}

TEST(DefinitionForm, PositionsAreOptionsThenInvalidThenBlank) {
    const auto election =
        TestElection().contest("board", 2, {.votes = 3, .per_option = 2}).outside().invalid().blank().build();
    const Contest& contest = election.definition->contests[0];
    EXPECT_EQ(contest.positions(), 5U);
    std::string names;
    std::vector<unsigned> most, weights;
    for (std::size_t i = 0; i < 5; ++i) {
        names += contest.position_name(i) + " ";
        most.push_back(contest.max_value(i));
        weights.push_back(contest.weight(i));
    }
    EXPECT_EQ(names, "c01 c02 apart-1 invalid blank ");
    EXPECT_EQ(most, (std::vector{2U, 2U, 1U, 1U, 1U}));
    EXPECT_EQ(weights, (std::vector{1U, 1U, 0U, 3U, 3U}));
    EXPECT_EQ(body_size(*election.definition, election.definition->styles[0]),
              32 + 5 * 128 + 192 * (3 + 3 + 2 + 2 + 2) + 192 * 3U);
}

class RealElection : public ::testing::TestWithParam<const char*> {};

TEST_P(RealElection, IsAccepted) {
    const auto definition =
        ValidDefinition::parse(test::read_test_file("data/" + std::string(GetParam()) + "/definition.json"));
    EXPECT_TRUE(definition) << definition.error().message;
}

INSTANTIATE_TEST_SUITE_P(Definitions, RealElection,
                         ::testing::Values("magdeburg-1996", "muenster-2025", "rostock-2005"));

}  // namespace
}  // namespace stimme::election
