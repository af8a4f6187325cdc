#include "client/booth/console/practice.h"

#include <array>

#include <fmt/format.h>

#include "core/ballot/opening.h"
#include "core/ballot/tracking_code.h"
#include "core/events/election_keys.h"
#include "core/log/merkle.h"
#include "core/log/receipt.h"

namespace stimme::booth::console {
namespace {

using json::Array;
using json::Object;

constexpr const char* log_origin = "stimme.example/practice";
const StyleId style_id("practice");
const StationId station_id("practice");
const SignerId booth_id("booth-practice");

struct List {
    const char* id;
    const char* german;
    std::array<const char*, 6> people;
};
// Trees, birds and rivers: nobody who could stand.
constexpr std::array<List, 3> lists = {{
    {"trees",
     "Liste der Bäume",
     {"Ahorn, Anna", "Birke, Boris", "Eiche, Elif", "Linde, Ljuba", "Pappel, Pham", "Ulme, Umar"}},
    {"birds",
     "Liste der Vögel",
     {"Amsel, Amir", "Drossel, Dana", "Fink, Farah", "Lerche, Lan", "Meise, Marek", "Star, Sofia"}},
    {"rivers",
     "Liste der Flüsse",
     {"Bode, Bogdan", "Elbe, Ewa", "Havel, Hoa", "Ohre, Olena", "Saale, Samir", "Selke, Sina"}},
}};

Object titles() {
    return {{"de", "Wahl zum Üben"}, {"en", "Election for practice"}};
}

std::string fresh_key(Random& random) {
    return to_hex(crypto::SigningKey::random(random).verify_key().sec1());
}

Object contest() {
    Array options, names;
    for (const List& list : lists) {
        names.push_back(Object{{"id", list.id}, {"name", list.german}});
        for (const char* const name : list.people)
            options.push_back(
                Object{{"id", fmt::format("k{:02}", options.size() + 1)}, {"name", name}, {"list", list.id}});
    }
    return {{"id", "board"},
            {"titles", titles()},
            {"seats", 5},
            {"votes_per_voter", 5},
            {"votes_per_option", 3},
            {"invalid_option", true},
            {"blank_option", false},
            {"seat_method", "most-votes"},
            {"tie_rule", "lot"},
            {"options", std::move(options)},
            {"lists", std::move(names)},
            {"list_vote", true}};
}

Array officials(Random& random) {
    Array all;
    for (const char* const id : {"official-1", "official-2"})
        all.push_back(Object{{"id", id}, {"name", id}, {"key", fresh_key(random)}});
    return all;
}

Object trustees(Random& random) {
    Array all;
    for (const char* const id : {"trustee-1", "trustee-2", "trustee-3"})
        all.push_back(Object{{"id", id},
                             {"name", id},
                             {"signing_key", fresh_key(random)},
                             {"encryption_key", fresh_key(random)}});
    return {{"threshold", 2}, {"members", std::move(all)}};
}

Object station(Random& random) {
    return {{"id", station_id.str()},
            {"name", "Stimme"},
            {"address", "-"},
            {"district", "practice"},
            {"areas", Array{"practice"}},
            {"desks", Array{Object{{"id", "desk-practice"}, {"key", fresh_key(random)}}}},
            {"booths", Array{Object{{"id", booth_id.str()}, {"key", fresh_key(random)}}}}};
}

election::ValidDefinition invented_election(Random& random, const crypto::LogKey& log) {
    const Object document{
        {"format", "stimme-election/1"},
        {"id", "practice"},
        {"titles", titles()},
        {"authority", "Stimme"},
        {"languages", Array{"de", "en"}},
        {"calendar", Object{{"time_zone", "Europe/Berlin"},
                            {"election_day", "2026-03-15"},
                            {"polls_open", "2026-03-15T08:00:00+01:00"},
                            {"polls_close", "2026-03-15T18:00:00+01:00"}}},
        {"eligibility", Object{{"min_age", 18}, {"groups", Array{"foreign"}}}},
        {"contests", Array{contest()}},
        {"styles", Array{Object{{"id", style_id.str()}, {"contests", Array{"board"}}}}},
        {"districts", Array{Object{{"id", "practice"}, {"title", "Stimme"}}}},
        {"stations", Array{station(random)}},
        {"check_in", "own-station"},
        {"min_ballots", 1},
        {"below_min_ballots", "publish"},
        {"officials", officials(random)},
        {"log", Object{{"origin", log_origin}, {"key", to_hex(log.verify_key())}}},
        {"witnesses", Object{{"quorum", 0}, {"members", Array{}}}},
        {"trustees", trustees(random)},
    };
    auto definition = election::ValidDefinition::parse(json::canonical(document));
    // It is this file's own: a mistake in it shows in the first test.
    if (!definition) throw std::logic_error(definition.error().message);
    return *std::move(definition);
}

// Plays the server's part honestly, for whoever asks.
class PracticeServer final : public Server {
  public:
    PracticeServer(const Polling& polling, const crypto::LogKey& key) : polling_(polling), key_(key) {}

    Result<wire::BoothPassAnswer> pass(const wire::BoothPassRequest&, const std::string&) override {
        return wire::BoothPassAnswer{style_id, tests_};
    }
    Result<wire::SubmissionAnswer> submit(const wire::SubmissionRequest& request,
                                          const std::string&) override {
        const ballot::Context context{polling_.election, polling_.station, request.style, request.t};
        const Hash code = ballot::tracking_code(context, request.body);
        return wire::SubmissionAnswer{
            code, append(events::BallotSubmitted{polling_.station, request.style, request.t, code})};
    }
    Result<wire::CastAnswer> cast(const wire::CastRequest& request, const std::string&) override {
        tests_ = 0;
        const events::BallotCast entry{polling_.station, request.t, request.tracking_code, request.x};
        const std::uint64_t index = append(entry);
        const std::string bytes = events::encode({entry, {}});
        const auto checkpoint = log::sign_checkpoint({log_origin, tree_.size(), tree_.root()}, key_);
        STIMME_TRY(const log::Receipt receipt, log::make_receipt(tree_, index, as_bytes(bytes), checkpoint));
        return wire::CastAnswer{index, log::write_receipt(receipt)};
    }
    Result<wire::ChallengeAnswer> challenge(const wire::ChallengeRequest& request,
                                            const std::string&) override {
        ++tests_;
        const ballot::Context context{polling_.election, polling_.station, style_id, request.t};
        const Status same = ballot::verify_opening(polling_.key, polling_.layouts.at(style_id), context,
                                                   request.opening, request.tracking_code);
        return wire::ChallengeAnswer{append(events::BallotChallenged{polling_.station, request.t,
                                                                     request.tracking_code, request.opening}),
                                     same.ok()};
    }

    // Nobody else writes into this log.
    Status expect(std::uint64_t, const events::Content&) override { return {}; }
    // No desk ends a ballot here.
    Result<std::optional<std::uint64_t>> find(std::uint64_t, const events::Content&) override {
        return std::optional<std::uint64_t>();
    }
    Status meet(const std::string&) override { return {}; }

  private:
    std::uint64_t append(const events::Content& content) {
        const std::string bytes = events::encode({content, {}});
        tree_.append_entry(as_bytes(bytes));
        return tree_.size() - 1;
    }

    const Polling& polling_;
    const crypto::LogKey& key_;
    log::Tree tree_;
    unsigned tests_ = 0;
};

Polling polling_of(const election::ValidDefinition& definition, Random& random) {
    const crypto::Point key = crypto::multiply_generator(crypto::SecretScalar::random(random));
    auto polling = make_polling(definition, station_id, {random.bytes<32>(), key, {key}});
    if (!polling) throw std::logic_error(polling.error().message);
    return *std::move(polling);
}

class Practice final : public Workplace {
  public:
    explicit Practice(Random& random)
        : log_key_(crypto::LogKey::random(random)),
          polling_(polling_of(invented_election(random, log_key_), random)),
          server_(polling_, log_key_) {}
    const Polling& polling() const override { return polling_; }
    Server& server() override { return server_; }
    SignerId booth() const override { return booth_id; }

  private:
    const crypto::LogKey log_key_;
    const Polling polling_;
    PracticeServer server_;
};

}  // namespace

std::unique_ptr<Workplace> practice_workplace(Random& random) {
    return std::make_unique<Practice>(random);
}

pass::Pass practice_pass(Random& random) {
    pass::Pass pass{};
    random.fill(pass.t);
    random.fill(pass.tag);
    return pass;
}

}  // namespace stimme::booth::console
