#include "server/service/roll/roll_service.h"

#include "core/crypto/sha256.h"
#include "core/roll/register/csv.h"
#include "server/service/roll/answered_once.h"
#include "server/service/roll/journal.h"
#include "server/service/roll/roll_changes.h"
#include "server/service/roll/station_records.h"

namespace stimme::service {
namespace {

constexpr std::size_t search_limit = 50;

std::string notice_line(const store::PersonRow& person) {
    std::string line;
    for (const std::string& field : {person.number, person.family_name, person.given_names, person.station,
                                     person.style.str(), events::to_string({person.number, *person.salt})}) {
        if (!line.empty()) line += ';';
        line += roll::csv_field(field);
    }
    return line + "\n";
}

wire::VoterView to_view(const store::VoterRow& voter) {
    const store::PersonRow& person = voter.person;
    return {person.number,        person.family_name,        person.given_names, person.birth_date,
            person.address,       StationId(person.station), person.style,       person.may_vote(),
            person.reasons,       voter.checked_in_at,       voter.paper_at,     voter.polling_card,
            person.register_block};
}

}  // namespace

Result<std::unique_ptr<RollService>> RollService::open(const std::filesystem::path& folder,
                                                       election::ValidDefinition definition, Random& random,
                                                       const Clock& clock, Report report) {
    STIMME_TRY(auto database, store::Database::open(folder / "roll.db", store::roll_schema()));
    std::unique_ptr<RollService> service(
        new RollService(std::move(definition), random, clock, std::move(database)));
    STIMME_CHECK(service->database_->read(
        [&](store::Connection& connection) { return service->journal_on(connection).verify(); }));
    store::WriterHooks hooks;
    hooks.report = std::move(report);
    STIMME_TRY(service->writer_, store::Writer::start(*service->database_, std::move(hooks)));
    service->office_ = std::make_unique<RollOffice>(service->definition_, random, clock, *service->database_,
                                                    *service->writer_);
    service->stations_ =
        std::make_unique<RollStations>(service->definition_, random, clock, *service->database_,
                                       *service->writer_, service->office_->people);
    return service;
}

RollService::~RollService() {
    if (writer_) writer_->stop();
}

Result<RollFingerprint> RollService::fingerprint() const {
    STIMME_TRY(const auto rows, participation());
    std::vector<Hash> leaves;
    for (const events::ParticipationRow& row : rows) leaves.push_back(row.leaf);
    return RollFingerprint{events::roll_root(leaves), leaves.size()};
}

Result<std::uint64_t> RollService::without_station() const {
    if (definition_->stations.empty()) return std::uint64_t{0};
    return database_->read([](store::Connection& connection) -> Result<std::uint64_t> {
        std::uint64_t count = 0;
        STIMME_CHECK(store::RollRows(connection).each_voter([&](const store::PersonRow& person) -> Status {
            count += person.station.empty() ? 1 : 0;
            return {};
        }));
        return count;
    });
}

Result<std::string> RollService::notices() const {
    return database_->read([](store::Connection& connection) -> Result<std::string> {
        std::string csv = "number;family_name;given_names;station;style;code\n";
        STIMME_CHECK(store::RollRows(connection).each_voter([&](const store::PersonRow& person) -> Status {
            csv += notice_line(person);
            return {};
        }));
        return csv;
    });
}

Result<RollService::Leaf> RollService::leaf_of(std::string_view number) const {
    return database_->read([&](store::Connection& connection) -> Result<Leaf> {
        STIMME_TRY(const auto voter, store::RollRows(connection).voter(number));
        if (!voter || !voter->person.may_vote())
            return not_found("voter-not-found", "nobody who may vote has this number");
        const store::PersonRow& person = voter->person;
        return Leaf{*person.salt, person.style, *person.leaf};
    });
}

Result<wire::VoterView> RollService::find(std::string_view number,
                                          const std::optional<StationId>& station) const {
    return database_->read([&](store::Connection& connection) -> Result<wire::VoterView> {
        STIMME_TRY(const store::VoterRow voter, find_person(store::RollRows(connection), number));
        return view_for(voter, station);
    });
}

Result<wire::VoterView> RollService::view_for(const store::VoterRow& voter,
                                              const std::optional<StationId>& station) const {
    const store::PersonRow& person = voter.person;
    if (person.station.empty())
        return not_found("voter-without-station", "this person belongs to no polling station");
    if (!station || station->str() == person.station) return to_view(voter);
    if (person.register_block) return not_found("voter-not-found", "nobody in the register has this number");
    if (definition_->check_in == election::CheckInPlace::own_station)
        return forbidden("voter-other-station", "this person votes at the station " + person.station);
    return to_view(voter);
}

Result<wire::VoterView> RollService::find_leaf(const Hash& leaf) const {
    return database_->read([&](store::Connection& connection) -> Result<wire::VoterView> {
        const store::RollRows rows(connection);
        STIMME_TRY(const auto person, rows.person_of(leaf));
        if (!person) return not_found("leaf-unknown", "nobody in the register has this leaf");
        STIMME_TRY(const store::VoterRow voter, find_person(rows, person->number));
        return view_for(voter, {});
    });
}

Result<std::vector<wire::VoterView>> RollService::search(std::string_view query,
                                                         const std::optional<StationId>& station) const {
    using Views = std::vector<wire::VoterView>;
    roll::SearchScope scope;
    if (station) scope.station = station->str();
    scope.other_stations = definition_->check_in == election::CheckInPlace::any_station;
    const auto code = events::parse_voter_code(query);
    if (code) scope.keep = [&](std::string_view number) { return number == code->number; };
    STIMME_TRY(const auto hits, office_->people.search(code ? code->number : query, scope, search_limit));
    return database_->read([&](store::Connection& connection) -> Result<Views> {
        const store::RollRows rows(connection);
        Views views;
        for (const roll::SearchHit& hit : hits) {
            STIMME_TRY(const auto voter, rows.voter(hit.number));
            if (!voter || voter->person.station.empty()) continue;
            if (code && voter->person.salt != code->salt) continue;
            views.push_back(to_view(*voter));
        }
        return views;
    });
}

void RollService::use_pass_keys(std::shared_ptr<const PassKeys> keys) {
    const std::lock_guard lock(mutex_);
    pass_keys_ = std::move(keys);
}

std::shared_ptr<const PassKeys> RollService::pass_keys() const {
    const std::lock_guard lock(mutex_);
    return pass_keys_;
}

Result<pass::Answer> RollService::evaluate(const CheckInCall& call, const CheckIn::Decision& decision) const {
    if (decision.stored) return *decision.stored;
    const auto keys = pass_keys();
    const pass::PassKey* key = keys ? keys->find(*call.desk.station, decision.style) : nullptr;
    if (key == nullptr)
        return conflict("pass-keys-missing", "there is no pass key for this station and ballot yet");
    return key->evaluate(call.request.blinded, random_);
}

void RollService::check_in(CheckInCall call, Done<wire::CheckInAnswer> done) {
    using Answer = wire::CheckInAnswer;
    const auto decision = database_->read(
        [&](store::Connection& connection) { return CheckIn(connection, definition_).decide(call); });
    if (!decision) return done(decision.error());
    auto answer = evaluate(call, *decision);
    if (!answer) return done(std::move(answer).error());
    writer_->submit_for<Answer>(
        [this, call = std::move(call), answer = *answer](store::Connection& connection) -> Result<Answer> {
            return CheckIn(connection, definition_).store(call, answer);
        },
        std::move(done));
}

void RollService::move_check_in(Desk desk, wire::MoveRequest request, Once once,
                                Done<wire::MoveAnswer> done) {
    using Answer = wire::MoveAnswer;
    writer_->submit_for<Answer>(
        [this, desk = std::move(desk), request = std::move(request),
         once = std::move(once)](store::Connection& connection) -> Result<Answer> {
            store::PeopleRows rows(connection);
            return answered_once<Answer>(
                rows, once, [&] { return StationRecords(connection, definition_).move(desk, request); });
        },
        std::move(done));
}

void RollService::mark_paper(Desk desk, wire::PaperRequest request, Once once, Done<wire::PaperAnswer> done) {
    using Answer = wire::PaperAnswer;
    writer_->submit_for<Answer>(
        [this, desk = std::move(desk), request = std::move(request),
         once = std::move(once)](store::Connection& connection) -> Result<Answer> {
            store::PeopleRows rows(connection);
            return answered_once<Answer>(rows, once, [&] {
                return StationRecords(connection, definition_).mark_paper(desk, request);
            });
        },
        std::move(done));
}

void RollService::set_card(SignerId official, wire::CardRequest request, Done<wire::VoterView> done) {
    using Answer = wire::VoterView;
    writer_->submit_for<Answer>(
        [this, official = std::move(official),
         request = std::move(request)](store::Connection& connection) -> Result<Answer> {
            Journal journal = journal_on(connection);
            STIMME_CHECK(StationRecords(connection, definition_).set_card(official, request, journal));
            STIMME_TRY(const store::VoterRow voter, find_person(store::RollRows(connection), request.voter));
            return to_view(voter);
        },
        std::move(done));
}

Result<wire::StationRecord> RollService::station_record(const StationId& station) const {
    return database_->read([&](store::Connection& connection) {
        return StationRecords(connection, definition_).record(station);
    });
}

Result<std::map<StationId, std::uint64_t>> RollService::check_ins_at_stations() const {
    return database_->read(
        [](store::Connection& connection) { return store::RollRows(connection).check_ins_at_stations(); });
}

Result<store::DeskTally> RollService::desk_tally(const SignerId& desk) const {
    return database_->read(
        [&](store::Connection& connection) { return store::RollRows(connection).desk_tally(desk); });
}

void RollService::begin_void(const Desk& desk, const std::string& voter, const events::PassNumber& t,
                             Done<void> done) {
    writer_->submit(
        [desk, voter, t](store::Connection& connection) {
            return RollChanges(connection).begin_void(desk, voter, t);
        },
        std::move(done));
}

void RollService::finish_void(const events::PassNumber& t, Done<void> done) {
    writer_->submit([t](store::Connection& connection) { return RollChanges(connection).finish_void(t); },
                    std::move(done));
}

void RollService::abandon_void(const events::PassNumber& t, Done<void> done) {
    writer_->submit([t](store::Connection& connection) { return store::RollRows(connection).drop_void(t); },
                    emptying_wal(std::move(done)));
}

Result<std::vector<events::PassNumber>> RollService::pending_voids() const {
    using Passes = std::vector<events::PassNumber>;
    return database_->read([](store::Connection& connection) -> Result<Passes> {
        STIMME_TRY(const auto intents, store::RollRows(connection).voids());
        Passes passes;
        for (const store::VoidIntent& intent : intents) passes.push_back(intent.t);
        return passes;
    });
}

Status RollService::index_leaves() {
    return writer_->run(
        [](store::Connection& connection) { return store::RollRows(connection).index_leaves(); });
}

Result<Hash> RollService::leaf_to_strike(std::string_view number) const {
    return database_->read(
        [&](store::Connection& connection) { return RollChanges(connection).leaf_to_strike(number); });
}

void RollService::leaf_to_admit(const std::string& number, Done<Hash> done) {
    writer_->submit_for<Hash>(
        [this, number](store::Connection& connection) {
            return RollChanges(connection).leaf_to_admit(number, random_);
        },
        std::move(done));
}

void RollService::begin_correction(const events::RollCorrected& correction, Done<void> done) {
    writer_->submit(
        [correction](store::Connection& connection) {
            return RollChanges(connection).begin_correction(correction);
        },
        std::move(done));
}

void RollService::finish_correction(const events::RollCorrected& correction, Done<void> done) {
    writer_->submit(
        [this, correction](store::Connection& connection) {
            Journal journal = journal_on(connection);
            return RollChanges(connection).finish_correction(correction, journal);
        },
        std::move(done));
}

void RollService::abandon_correction(const events::RollCorrected& correction, Done<void> done) {
    writer_->submit(
        [correction](store::Connection& connection) {
            return RollChanges(connection).abandon_correction(correction);
        },
        std::move(done));
}

Result<events::RollCorrected> RollService::pending_corrections() const {
    return database_->read([](store::Connection& connection) -> Result<events::RollCorrected> {
        STIMME_TRY(const auto intents, store::RollRows(connection).corrections());
        events::RollCorrected correction;
        for (const store::CorrectionIntent& intent : intents)
            (intent.struck ? correction.struck : correction.added).push_back(intent.leaf);
        return correction;
    });
}

Result<std::vector<events::DeskCount>> RollService::desk_counts(const StationId& station) const {
    return database_->read([&](store::Connection& connection) {
        return RollChanges(connection).desk_counts(definition_, station);
    });
}

void RollService::begin_close(const events::StationClosed& closed, Done<void> done) {
    writer_->submit(
        [this, closed](store::Connection& connection) {
            Journal journal = journal_on(connection);
            return RollChanges(connection).begin_close(definition_, closed, journal);
        },
        std::move(done));
}

void RollService::finish_close(const StationId& station, Done<void> done) {
    writer_->submit(
        [station](store::Connection& connection) -> Status {
            store::RollRows rows(connection);
            STIMME_CHECK(rows.add_closed(station));
            return rows.drop_once(station);
        },
        emptying_wal(std::move(done)));
}

void RollService::abandon_close(const StationId& station, Done<void> done) {
    writer_->submit(
        [station](store::Connection& connection) { return store::RollRows(connection).drop_closed(station); },
        std::move(done));
}

Result<std::vector<StationId>> RollService::closing_stations() const {
    return database_->read(
        [](store::Connection& connection) { return store::RollRows(connection).closed(); });
}

Result<std::vector<events::ParticipationRow>> RollService::participation() const {
    return database_->read(
        [](store::Connection& connection) { return store::RollRows(connection).participation(); });
}

void RollService::journal(json::Object act, Done<void> done) {
    writer_->submit(
        [this, act = std::move(act)](store::Connection& connection) -> Status {
            STIMME_CHECK(journal_on(connection).append(act));
            return {};
        },
        std::move(done));
}

Result<Hash> RollService::journal_head() const {
    return database_->read([&](store::Connection& connection) { return journal_on(connection).head(); });
}

Result<std::vector<store::JournalRow>> RollService::journal_rows() const {
    return database_->read(
        [](store::Connection& connection) { return store::RollRows(connection).journal(); });
}

Result<std::string> RollService::journal_text(const JournalFilter& filter) const {
    STIMME_TRY(const auto rows, journal_rows());
    std::string lines;
    for (const store::JournalRow& row : rows) {
        if (filter.matches(row.act)) lines += row.act + "\n";
    }
    return lines;
}

RollService::Done<void> RollService::emptying_wal(Done<void> done) const {
    return [this, done = std::move(done)](Status status) {
        done(status ? database_->truncate_wal() : std::move(status));
    };
}

}  // namespace stimme::service
