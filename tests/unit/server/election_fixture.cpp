#include "tests/unit/server/election_fixture.h"

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/log/tiles.h"
#include "core/tally/shares.h"
#include "server/service/acts/act_service.h"
#include "server/service/acts/void_service.h"
#include "server/service/ballots/booth_service.h"
#include "server/service/ballots/pass_service.h"
#include "server/service/log/ceremony_service.h"
#include "server/service/roll/roll_service.h"
#include "server/store/connection.h"

namespace stimme::service {
namespace {

using election::EntryType;

const events::Selections chosen = {{1, 0, 0}};

}  // namespace

std::string register_csv() {
    std::string csv =
        "Personennummer;Familienname;Vornamen;Geburtsdatum;Geschlecht;Staatsangehörigkeiten;Eingebürgert am;"
        "Hauptwohnung seit;In Deutschland seit;Straße;Hausnummer;PLZ;Ort;Stadtteil;Wohnungsstatus;"
        "Auskunftssperre;Wahlausschluss;Antrag;Verzogen oder verstorben am\n";
    for (int i = 1; i <= 9; ++i) {
        csv += fmt::format(
            "100{};Name;Ana;01.02.1980;w;TUR;;01.01.2000;01.01.2000;Weg;1;39104;Stadt;area-s1;E;;;;\n", i);
    }
    return csv;
}

ElectionTest::ElectionTest(test::TestElection definition) : known_(definition.build()) {
    const crypto::SecretBuffer pem = known_.log_key.to_pem();
    EXPECT_TRUE(write_file(folder() / "log.key", pem.reveal(), FileMode::private_file));
    EXPECT_TRUE(write_file(folder() / "definition.json", as_bytes(known_.definition.canonical())));
    open();
}

ElectionTest::~ElectionTest() {
    close();
}

test::TestElection ElectionTest::two_stations() {
    return test::TestElection()
        .officials(3)
        .district("city")
        .station("s1", "city", 2, 2)
        .station("s2", "city");
}

void ElectionTest::open() {
    workers_ = std::make_unique<Workers>(2);
    environment_ = std::make_unique<Environment>(Environment{random_, *workers_, {}});
    auto opened = Election::open(folder(), *environment_);
    ASSERT_TRUE(opened) << opened.error().message;
    election_ = *std::move(opened);
}

void ElectionTest::close() {
    if (workers_) workers_->stop();
    if (election_) election_->stop();
    election_.reset();
}

void ElectionTest::hold_ceremony() {
    const events::ElectionSealed sealed = known_.sealed();
    const Hash& h_d = known_.definition.hash();
    const auto send = [&](const SignerId& trustee, const events::CeremonyMessage& message) {
        const auto taken = answer_of<std::uint64_t>(
            [&](auto done) { election_->ceremony().take(trustee, message, once(), done); });
        ASSERT_TRUE(taken) << taken.error().message;
    };
    for (const events::TrusteeKey& key : sealed.trustees) {
        send(key.trustee,
             signed_message(events::TrusteeCommitments{1, key.trustee, key.commitments, key.proofs, {}}, h_d,
                            known_.signing_key(key.trustee.str())));
    }
    for (const events::TrusteeKey& from : sealed.trustees) {
        for (const auto& to : known_.definition->trustees->members) {
            if (to.id == from.trustee) continue;
            const auto box = crypto::hpke::seal(crypto::generator(), {}, {}, ByteArray<32>{}, random_);
            Bytes bytes = to_bytes(box.enc);
            append(bytes, box.ciphertext);
            send(from.trustee,
                 signed_message(events::TrusteeShare{1, from.trustee, to.id, to_array<113>(bytes), {}}, h_d,
                                known_.signing_key(from.trustee.str())));
        }
    }
    for (const events::TrusteeKey& key : sealed.trustees)
        send(key.trustee, events::TrusteeConfirmation{1, key.trustee, key.signature});
}

void ElectionTest::import_roll(const std::string& csv) {
    const Once request = once();
    const auto imported = answer_of<wire::RollImportAnswer>([&](auto done) {
        election_->acts().with_roll([this, done, csv, request](election::Phase phase) {
            done(election_->roll().office().imports.bring(as_bytes(csv), {},
                                                          {SignerId("official-1"), phase, request}));
        });
    });
    ASSERT_TRUE(imported) << imported.error().message;
}

void ElectionTest::seal() {
    hold_ceremony();
    import_roll();
    ASSERT_EQ(code(act(EntryType::election_sealed)), "ok");
}

void ElectionTest::copy_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
    close();
    std::filesystem::remove_all(to);
    std::filesystem::create_directories(to.parent_path());
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
    open();
}

void ElectionTest::open_polls() {
    static const test::TemporaryFolder prepared;
    const std::filesystem::path kept = prepared.path() / to_hex(known_.definition.hash());
    if (std::filesystem::exists(kept)) return copy_folder(kept, folder());
    seal();
    ASSERT_EQ(code(act(EntryType::polls_opened)), "ok");
    copy_folder(folder(), kept);
}

void ElectionTest::close_station(const std::string& station) {
    const auto content = draft(EntryType::station_closed, station);
    ASSERT_TRUE(content) << content.error().message;
    std::vector<std::string> desks;
    for (const auto& desk : known_.definition.station(StationId(station))->desks)
        desks.push_back(desk.id.str());
    const auto closed = sign_all(desks, *content);
    ASSERT_TRUE(closed) << closed.error().message;
}

void ElectionTest::close_polls() {
    close_station("s1");
    close_station("s2");
    ASSERT_EQ(code(act(EntryType::polls_closed)), "ok");
}

events::ActSignature ElectionTest::signature(const std::string& signer,
                                             const events::Content& content) const {
    const auto checkpoint = election_->log().published()->checkpoint;
    const bool share = std::holds_alternative<events::DecryptionShare>(content);
    return events::sign_act(known_.signing_key(signer), SignerId(signer), known_.h_e, content,
                            share ? closing_view() : events::LogView{checkpoint.size, checkpoint.root});
}

events::LogView ElectionTest::closing_view() const {
    return election_->log().read([](const auto& state, const log::Tree& tree) {
        return events::LogView{state.closing_size(), tree.root(state.closing_size())};
    });
}

Result<events::Content> ElectionTest::draft(EntryType type, const std::string& station) {
    const auto where = station.empty() ? std::nullopt : std::optional(StationId(station));
    auto answer = answer_of<wire::DraftAnswer>([&](auto done) {
        election_->acts().draft({type, where}, done);
    });
    if (!answer) return std::move(answer).error();
    return std::move(answer->content);
}

Result<wire::ActAnswer> ElectionTest::sign(const std::string& signer, const events::Content& content) {
    return answer_of<wire::ActAnswer>([&](auto done) {
        election_->acts().sign(holder(signer), {content, signature(signer, content)}, once(), done);
    });
}

Result<wire::ActAnswer> ElectionTest::sign_all(const std::vector<std::string>& signers,
                                               const events::Content& content) {
    Result<wire::ActAnswer> last = wire::ActAnswer{};
    for (const std::string& signer : signers) {
        last = sign(signer, content);
        if (!last) return last;
    }
    return last;
}

Result<wire::ActAnswer> ElectionTest::act(EntryType type) {
    STIMME_TRY(const events::Content content, draft(type));
    return sign_all({"official-1", "official-2"}, content);
}

wire::PassProof ElectionTest::pass(std::uint64_t number, const std::string& station) const {
    const events::PassNumber t = known_.context(station, "standard", number).t;
    const auto keys = election_->roll().pass_keys();
    return {t, keys->find(StationId(station), StyleId("standard"))->tag_of(t)};
}

ballot::SealedBallot ElectionTest::ballot(std::uint64_t number, std::uint64_t seed,
                                          const std::string& station) const {
    return known_.encrypt(known_.context(station, "standard", number), chosen, seed);
}

wire::SubmissionRequest ElectionTest::submission(std::uint64_t number, std::uint64_t seed,
                                                 const std::string& station) const {
    const wire::PassProof proof = pass(number, station);
    return {proof.t, proof.tag, StyleId("standard"), ballot(number, seed, station).body()};
}

void ElectionTest::give_pass(const events::PassNumber& t, const StationId& station) {
    if (!given_.insert(t).second) return;
    (void)store::guarded([&]() -> Status {
        store::Connection roll(folder() / "roll.db", store::Access::read_write);
        store::Statement(
            roll,
            "INSERT INTO check_in SELECT number, ?, 's1-desk-1', randomblob(33), zeroblob(97) "
            "FROM person WHERE standing <> 'none' AND number NOT IN (SELECT number FROM check_in) "
            "ORDER BY number DESC LIMIT 1")
            .bind(station.str())
            .run();
        return {};
    });
}

Result<wire::SubmissionAnswer> ElectionTest::submit(const wire::SubmissionRequest& request,
                                                    const std::string& booth) {
    give_pass(request.t, *holder(booth).station);
    return answer_of<wire::SubmissionAnswer>(
        [&](auto done) { election_->booths().submit(holder(booth), request, once(), done); });
}

Result<wire::SubmissionAnswer> ElectionTest::submit(std::uint64_t number, std::uint64_t seed,
                                                    const std::string& station) {
    return submit(submission(number, seed, station), station + "-booth-1");
}

wire::CastRequest ElectionTest::cast_request(std::uint64_t number, std::uint64_t seed,
                                             const std::string& station) const {
    ballot::SealedBallot sealed = ballot(number, seed, station);
    const Hash tracking_code = sealed.tracking_code();
    const ballot::CastSecret x = std::move(sealed).for_cast();
    return {pass(number, station).t, tracking_code, to_array<32>(x.reveal())};
}

Result<wire::CastAnswer> ElectionTest::cast(const wire::CastRequest& request, const std::string& booth) {
    return answer_of<wire::CastAnswer>(
        [&](auto done) { election_->booths().cast(holder(booth), request, once(), done); });
}

Result<wire::CastAnswer> ElectionTest::cast(std::uint64_t number, std::uint64_t seed,
                                            const std::string& station) {
    auto answer = cast(cast_request(number, seed, station), station + "-booth-1");
    if (answer) cast_.push_back(known_.checked(known_.context(station, "standard", number), chosen, seed));
    return answer;
}

events::DecryptionShare ElectionTest::share_of(const std::string& trustee) {
    const tally::ShareContext context{
        known_.definition, *events::verify_sealed_keys(known_.definition, known_.sealed()), closing_view()};
    tally::GroupSums sums(known_.definition);
    for (const ballot::CheckedBallot& ballot : cast_) sums.add(ballot);
    const unsigned index = *known_.definition.trustee_index(SignerId(trustee));
    const events::TrusteeSecret secret(known_.h_e, index, known_.trustees[index - 1].share.copy());
    return *tally::make_share(context, secret, tally::groups_to_open(sums)->front(), random_);
}

wire::ChallengeRequest ElectionTest::opening(std::uint64_t number, std::uint64_t seed) const {
    ballot::SealedBallot sealed = ballot(number, seed);
    const Hash tracking_code = sealed.tracking_code();
    return {pass(number).t, tracking_code, std::move(sealed).open()};
}

Result<wire::ChallengeAnswer> ElectionTest::challenge(const wire::ChallengeRequest& request) {
    return answer_of<wire::ChallengeAnswer>(
        [&](auto done) { election_->booths().challenge(holder("s1-booth-1"), request, once(), done); });
}

Result<wire::BoothPassAnswer> ElectionTest::show_pass(const wire::PassProof& pass, const std::string& booth) {
    return answer_of<wire::BoothPassAnswer>([&](auto done) {
        election_->booths().pass(holder(booth), {pass.t, pass.tag}, once(), done);
    });
}

Result<wire::PassStateAnswer> ElectionTest::expire(std::uint64_t number) {
    return answer_of<wire::PassStateAnswer>(
        [&](auto done) { election_->passes().expire(holder("s1-desk-1"), {pass(number)}, once(), done); });
}

Result<wire::PassStateAnswer> ElectionTest::state(std::uint64_t number) {
    return answer_of<wire::PassStateAnswer>(
        [&](auto done) { election_->passes().state(holder("s1-desk-1"), pass(number), done); });
}

Result<wire::PassStateAnswer> ElectionTest::fail_challenge(std::uint64_t number, const std::string& booth) {
    const Hash code = ballot(number, 1).tracking_code();
    const events::ChallengeFailed content{StationId("s1"), pass(number).t, code, "the screen went dark"};
    return answer_of<wire::PassStateAnswer>([&](auto done) {
        election_->passes().fail_challenge(
            holder("s1-desk-1"),
            {pass(number), SignerId(booth), "the screen went dark", signature("s1-desk-1", content)}, once(),
            done);
    });
}

Result<SignerId> ElectionTest::unlock(const std::string& booth) {
    return answer_of<SignerId>(
        [&](auto done) { election_->passes().unlock(holder("s1-desk-1"), {SignerId(booth)}, once(), done); });
}

void ElectionTest::check_in(const std::string& voter) {
    const auto request = pass::PassRequest::random(random_);
    const auto answer = answer_of<wire::CheckInAnswer>([&](auto done) {
        election_->roll().check_in({holder("s1-desk-1"), {voter, request.blinded()}, once()}, done);
    });
    ASSERT_TRUE(answer) << answer.error().message;
}

Result<wire::PassStateAnswer> ElectionTest::give_back(const std::string& voter, std::uint64_t number) {
    const events::PassVoided content{StationId("s1"), pass(number).t};
    return answer_of<wire::PassStateAnswer>([&](auto done) {
        election_->voids().give_back(holder("s1-desk-1"),
                                     {voter, pass(number), signature("s1-desk-1", content)}, once(), done);
    });
}

events::Entry ElectionTest::entry(std::uint64_t index) const {
    const std::uint64_t bundle = index / log::tile_width;
    const auto width =
        static_cast<unsigned>(std::min<std::uint64_t>(log_size() - bundle * log::tile_width, 256));
    const auto bytes = election_->log().tile({log::TileId::Kind::entries, 0, bundle, width});
    const auto entries = log::parse_bundle(as_bytes(**bytes), width);
    return *events::decode(as_text((*entries)[index % log::tile_width]));
}

}  // namespace stimme::service
