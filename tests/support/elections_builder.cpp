// The builder of tests/support/elections.h: from words to a valid definition with its keys.
#include <stdexcept>

#include <fmt/format.h>

#include "core/crypto/transcript.h"
#include "tests/support/elections.h"

namespace stimme::test {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr const char* log_origin = "stimme.example/test";

Array strings(const std::vector<std::string>& texts) {
    return Array(texts.begin(), texts.end());
}

Object titles(const std::string& text) {
    return {{"en", text}};
}

std::string public_key(const crypto::SigningKey& key) {
    return to_hex(key.verify_key().sec1());
}

Value key_holder(const std::string& id) {
    return Object{{"id", id}, {"key", public_key(test_signing_key(id))}};
}

Array key_holders(const std::string& prefix, std::size_t count) {
    Array all;
    for (std::size_t i = 1; i <= count; ++i) all.push_back(key_holder(fmt::format("{}-{}", prefix, i)));
    return all;
}

crypto::LogKey test_log_key(const std::string& name) {
    SeededRandom random = test_random(name);
    return crypto::LogKey::random(random);
}

std::string witness_name(std::size_t i) {
    return fmt::format("witness-{}.example", i);
}

crypto::SigningKey encryption_key(const std::string& trustee) {
    return test_signing_key(trustee + "/encryption");
}

Array official_list(std::size_t count) {
    Array all;
    for (std::size_t i = 1; i <= count; ++i) {
        const std::string id = fmt::format("official-{}", i);
        all.push_back(Object{{"id", id},
                             {"name", "Official " + std::to_string(i)},
                             {"key", public_key(test_signing_key(id))}});
    }
    return all;
}

Object trustee_list(unsigned threshold, std::size_t count) {
    Array all;
    for (std::size_t i = 1; i <= count; ++i) {
        const std::string id = fmt::format("trustee-{}", i);
        all.push_back(Object{{"id", id},
                             {"name", "Trustee " + std::to_string(i)},
                             {"signing_key", public_key(test_signing_key(id))},
                             {"encryption_key", public_key(encryption_key(id))}});
    }
    return {{"threshold", threshold}, {"members", std::move(all)}};
}

Object witness_list(unsigned quorum, std::size_t count) {
    Array all;
    for (std::size_t i = 1; i <= count; ++i) {
        const std::string name = witness_name(i);
        all.push_back(Object{{"name", name}, {"key", to_hex(test_log_key(name).verify_key())}});
    }
    return {{"quorum", quorum}, {"members", std::move(all)}};
}

// The table of K takes 30 ms, and K depends on nothing but the number of trustees.
crypto::ElectionKey election_key(const crypto::Point& k) {
    static std::map<ByteArray<64>, crypto::ElectionKey> known;
    return known.try_emplace(k.raw(), k).first->second;
}

std::vector<TestTrustee> make_trustees(const election::Trustees& members) {
    std::vector<TestTrustee> all;
    for (const election::Trustee& member : members.members) {
        SeededRandom random =
            test_random(fmt::format("{}/polynomial/{}", member.id.str(), members.threshold));
        auto polynomial = crypto::Polynomial::random(members.threshold, random);
        auto commitments = polynomial.commitments();
        all.push_back({member.id,
                       encryption_key(member.id.str()).scalar().copy(),
                       std::move(polynomial),
                       std::move(commitments),
                       {}});
    }
    for (std::size_t l = 0; l < all.size(); ++l) {
        for (const TestTrustee& from : all) {
            all[l].share += from.polynomial.share_for(static_cast<std::uint32_t>(l + 1));
        }
    }
    return all;
}

Hash election_hash(const Hash& h_d, const std::vector<TestTrustee>& trustees) {
    std::vector<ByteView> parts{h_d};
    for (const TestTrustee& trustee : trustees) {
        for (const crypto::Point& commitment : trustee.commitments) parts.emplace_back(commitment.raw());
    }
    return crypto::hash(crypto::Tag::election, parts);
}

}  // namespace

TestElection& TestElection::id(const std::string& name) {
    id_ = name;
    return *this;
}

TestElection& TestElection::contest(const std::string& name, std::size_t options, ContestVotes votes) {
    contests_.push_back({{"id", name},
                         {"titles", titles("Contest " + name)},
                         {"seats", votes.seats},
                         {"votes_per_voter", votes.votes},
                         {"votes_per_option", votes.per_option},
                         {"invalid_option", false},
                         {"blank_option", false},
                         {"seat_method", "most-votes"},
                         {"tie_rule", "lot"}});
    options_.emplace_back();
    for (std::size_t i = 1; i <= options; ++i) {
        options_.back().push_back(
            Object{{"id", fmt::format("c{:02}", i)}, {"name", fmt::format("Candidate {}", i)}});
    }
    return *this;
}

TestElection& TestElection::invalid() {
    contests_.back().set("invalid_option", true);
    return *this;
}

TestElection& TestElection::blank() {
    contests_.back().set("blank_option", true);
    return *this;
}

TestElection& TestElection::outside(std::size_t options) {
    for (std::size_t i = 1; i <= options; ++i) {
        options_.back().push_back(Object{{"id", fmt::format("apart-{}", i)},
                                         {"name", fmt::format("Counted apart {}", i)},
                                         {"outside_sum", true}});
    }
    return *this;
}

TestElection& TestElection::style(const std::string& name, const std::vector<std::string>& contests,
                                  const std::vector<std::string>& districts,
                                  const std::vector<std::string>& groups) {
    Object style{{"id", name}, {"contests", strings(contests)}};
    if (!districts.empty()) style.set("districts", strings(districts));
    if (!groups.empty()) style.set("groups", strings(groups));
    styles_.emplace_back(std::move(style));
    return *this;
}

TestElection& TestElection::district(const std::string& name, const std::string& parent) {
    Object district{{"id", name}, {"title", "District " + name}};
    if (!parent.empty()) district.set("parent", parent);
    districts_.emplace_back(std::move(district));
    last_district_ = name;
    return *this;
}

TestElection& TestElection::station(const std::string& name, const std::string& district, std::size_t desks,
                                    std::size_t booths) {
    stations_.emplace_back(Object{{"id", name},
                                  {"name", "Station " + name},
                                  {"address", "Street 1"},
                                  {"district", district.empty() ? last_district_ : district},
                                  {"areas", Array{"area-" + name}},
                                  {"desks", key_holders(name + "-desk", desks)},
                                  {"booths", key_holders(name + "-booth", booths)}});
    return *this;
}

TestElection& TestElection::officials(std::size_t count) {
    officials_ = count;
    return *this;
}

TestElection& TestElection::trustees(unsigned threshold, std::size_t count) {
    threshold_ = threshold;
    trustees_ = count;
    return *this;
}

TestElection& TestElection::paper_only() {
    return trustees(0, 0);
}

TestElection& TestElection::witnesses(unsigned quorum, std::size_t count) {
    quorum_ = quorum;
    witnesses_ = count;
    return *this;
}

TestElection& TestElection::min_ballots(unsigned least, const std::string& below) {
    min_ballots_ = least;
    below_min_ballots_ = below;
    return *this;
}

TestElection& TestElection::any_station() {
    check_in_ = "any-station";
    return *this;
}

TestElection& TestElection::set(const std::string& key, json::Value value) {
    replaced_.set(key, std::move(value));
    return *this;
}

Array TestElection::contests() const {
    Array all;
    for (std::size_t i = 0; i < contests_.size(); ++i) {
        Object contest = contests_[i];
        contest.set("options", options_[i]);
        all.emplace_back(std::move(contest));
    }
    return all.empty() ? TestElection().contest("board", 3).contests() : all;
}

Array TestElection::styles() const {
    if (!styles_.empty()) return styles_;
    Array every;
    for (const Value& contest : contests()) every.push_back(*contest.get<Object>()->find("id"));
    return {Object{{"id", "standard"}, {"contests", std::move(every)}}};
}

Array TestElection::districts() const {
    return districts_.empty() ? TestElection().district("city").districts() : districts_;
}

Array TestElection::stations() const {
    return stations_.empty() ? TestElection().station("s1", last_district_).stations() : stations_;
}

Object TestElection::document() const {
    Object document{
        {"format", "stimme-election/1"},
        {"id", id_},
        {"titles", titles("Test election")},
        {"authority", "City of Test"},
        {"languages", Array{"en"}},
        {"calendar", Object{{"time_zone", "Europe/Berlin"},
                            {"election_day", "2026-03-15"},
                            {"polls_open", "2026-03-15T08:00:00+01:00"},
                            {"polls_close", "2026-03-15T18:00:00+01:00"}}},
        {"eligibility", Object{{"min_age", 18}, {"groups", Array{"foreign"}}}},
        {"contests", contests()},
        {"styles", styles()},
        {"districts", districts()},
        {"stations", stations()},
        {"check_in", check_in_},
        {"min_ballots", min_ballots_},
        {"below_min_ballots", below_min_ballots_},
        {"officials", official_list(officials_)},
        {"log", Object{{"origin", log_origin}, {"key", to_hex(test_log_key(log_origin).verify_key())}}},
        {"witnesses", witness_list(quorum_, witnesses_)},
    };
    if (trustees_ > 0) document.set("trustees", trustee_list(threshold_, trustees_));
    for (const auto& [key, value] : replaced_.members()) document.set(key, value);
    return document;
}

Election TestElection::build() const {
    auto definition = election::ValidDefinition::parse(json::canonical(document()));
    if (!definition) throw std::runtime_error(definition.error().message);
    std::vector<TestTrustee> trustees;
    if ((*definition)->trustees) trustees = make_trustees(*(*definition)->trustees);
    crypto::SecretScalar secret;
    for (const TestTrustee& trustee : trustees) secret += trustee.polynomial.coefficients()[0];
    const crypto::Point k = trustees.empty() ? crypto::generator() : crypto::multiply_generator(secret);

    const Hash h_e = election_hash(definition->hash(), trustees);
    Election election{*definition,
                      h_e,
                      election_key(k),
                      std::move(secret),
                      std::move(trustees),
                      {},
                      {},
                      test_log_key(log_origin),
                      {}};
    for (const election::Holder& holder : definition->holders()) {
        election.signing_keys.emplace(holder.id, test_signing_key(holder.id.str()));
    }
    for (const election::Station& station : (*definition)->stations) {
        for (const election::Style& style : (*definition)->styles) {
            SeededRandom random =
                test_random(fmt::format("pass-key/{}/{}", station.id.str(), style.id.str()));
            election.pass_keys.emplace(std::pair(station.id, style.id), pass::PassKey::random(random));
        }
    }
    for (std::size_t i = 1; i <= witnesses_; ++i)
        election.witness_keys.push_back(test_log_key(witness_name(i)));
    return election;
}

}  // namespace stimme::test
