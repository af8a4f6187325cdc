// Any bytes through the two readers of assignments to polling stations: what the file of an office gives is
// written as JSON and comes back alike, and so does JSON that is accepted.
#include "core/roll/stations/assignment.h"

#include "core/roll/stations/assignment_file.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

std::vector<election::Station> stations() {
    std::vector<election::Station> result(2);
    result[0].id = StationId("s1");
    result[0].areas = {"Buckau"};
    result[1].id = StationId("s2");
    return result;
}

roll::Person somebody() {
    roll::Person person;
    person.number = "7";
    person.street = "Ringstraße";
    person.house_number = "12 a";
    person.postcode = "39104";
    person.district = "Buckau";
    return person;
}

void expect_back(const roll::Assignment& assignment) {
    const std::string text = json::canonical(assignment.to_json());
    const auto document = json::parse(text);
    require(document.ok(), "an assignment is written as JSON");
    const auto again = roll::Assignment::from_json(*document, stations());
    require(again.ok(), "what is written is read");
    require(json::canonical(again->to_json()) == text, "an assignment has one form");
    const auto claims = assignment.claims(somebody());
    require(claims == again->claims(somebody()), "it names the same stations");
    require(!claims.empty() && claims.front().station == assignment.station_of(somebody()),
            "the first source counts");
    require(claims.back() == roll::Claim{roll::Source::definition, "s1"}, "the definition is always there");
}

}  // namespace

FUZZ_TARGET(assignment) {
    if (auto part = roll::read_assignment(data, stations()))
        expect_back(roll::Assignment(stations()).with(*std::move(part)));
    const auto document = json::parse(as_text(data));
    if (!document) return;
    if (const auto assignment = roll::Assignment::from_json(*document, stations())) expect_back(*assignment);
}

}  // namespace stimme::fuzz
