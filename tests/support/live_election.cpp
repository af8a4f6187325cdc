#include "tests/support/live_election.h"

#include <stdexcept>

#include <fmt/format.h>

#include "client/audit/http_source.h"
#include "core/base/file.h"
#include "core/events/sealed_share.h"
#include "core/record/mirror.h"
#include "server/api/application.h"
#include "server/service/acts/act_service.h"
#include "server/service/acts/election.h"
#include "server/service/log/ceremony_service.h"
#include "server/service/roll/roll_service.h"
#include "tests/support/must.h"

namespace stimme::test {
namespace {

using election::Phase;
namespace fs = std::filesystem;

constexpr std::string_view csv_type = "text/csv";

using test::must;

Answer must(Answer answer, std::string_view what) {
    if (!answer.ok()) throw std::runtime_error(fmt::format("{}: {}: {}", what, answer.told(), answer.body));
    return answer;
}

// As core/service writes them, so that the test knows every pass key.
std::string pass_keys_file(const Election& known) {
    std::string bytes = "stimme-pass-keys/1\n";
    bytes += as_text(known.definition.hash());
    for (const auto& station : known.definition->stations) {
        for (const auto& style : known.definition->styles) {
            const auto secret = known.pass_key(station.id.str(), style.id.str()).bytes();
            bytes += as_text(secret.reveal());
        }
    }
    return bytes;
}

fs::path prepared_folder(const Election& known, std::size_t voters, Phase phase) {
    static const TemporaryFolder prepared;
    return prepared.path() /
           fmt::format("{}-{}-{}", to_hex(known.definition.hash()), voters, election::to_string(phase));
}

}  // namespace

TestElection live_definition() {
    return TestElection()
        .contest("board", 3, {.votes = 2})
        .invalid()
        .officials(3)
        .district("city")
        .station("s1", "city", 2, 2)
        .station("s2", "city");
}

LiveElection::LiveElection(TestElection definition, LiveOptions options)
    : known_(definition.build()), voters_(options.voters), server_(options.server) {
    if (!server_) server_ = std::make_shared<LiveServer>();
    begin(options);
}

LiveElection::~LiveElection() = default;

fs::path LiveElection::folder() const {
    return server_->data() / known_.definition->id.str();
}

void LiveElection::begin(const LiveOptions& options) {
    const fs::path prepared = prepared_folder(known_, voters_, options.phase);
    if (!server_->started() && fs::exists(prepared)) {
        fs::copy(prepared, folder(), fs::copy_options::recursive);
        return server_->start();
    }
    keep_folder();
    if (!server_->started()) {
        server_->start();
        go_to(options.phase);
        lines_.clear();
        server_->stop();
        fs::copy(folder(), prepared, fs::copy_options::recursive);
        return server_->start();
    }
    Line official = server_->line("official-1", "/", "official");
    must(official.post("/v1/elections", known_.definition.canonical()), "create");
    go_to(options.phase);
}

void LiveElection::keep_folder() const {
    const auto write = [&](const char* name, ByteView content) {
        const Status written = write_file(folder() / name, content, FileMode::private_file);
        if (!written) throw std::runtime_error(written.error().message);
    };
    write("log.key", known_.log_key.to_pem().reveal());
    write("pass.keys", as_bytes(pass_keys_file(known_)));
    if (!server_->started()) write("definition.json", as_bytes(known_.definition.canonical()));
}

service::Election& LiveElection::inside() const {
    return *server_->application().elections().find(known_.definition->id.str());
}

std::string LiveElection::prefix() const {
    return "/v1/elections/" + known_.definition->id.str() + "/";
}

Line LiveElection::connect(const std::string& signer) const {
    return signer.empty() ? server_->public_line(prefix()) : server_->line(signer, prefix());
}

Line& LiveElection::as(const std::string& signer) {
    const auto found = lines_.find(signer);
    if (found != lines_.end()) return found->second;
    return lines_.emplace(signer, connect(signer)).first->second;
}

std::string LiveElection::voter(std::size_t number, const std::string& station) const {
    const auto& stations = known_.definition->stations;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        if (stations[i].id.str() == station) return fmt::format("{}{:04}", i + 1, number);
    }
    throw std::runtime_error("there is no station " + station);
}

std::string LiveElection::register_csv() const {
    std::string csv =
        "Personennummer;Familienname;Vornamen;Geburtsdatum;Geschlecht;Staatsangehörigkeiten;Eingebürgert am;"
        "Hauptwohnung seit;In Deutschland seit;Straße;Hausnummer;PLZ;Ort;Stadtteil;Wohnungsstatus;"
        "Auskunftssperre;Wahlausschluss;Antrag;Verzogen oder verstorben am\n";
    for (const auto& station : known_.definition->stations) {
        for (std::size_t i = 1; i <= voters_; ++i) {
            csv += fmt::format(
                "{};Name;Ana;01.02.1980;w;{};;01.01.2000;01.01.2000;Weg;1;39104;Stadt;area-{};E;;;;\n",
                voter(i, station.id.str()), i % 2 == 0 ? "POL" : "TUR", station.id.str());
        }
    }
    return csv;
}

Answer LiveElection::import_roll() {
    return as("official-1")
        .send({"POST", "roll/imports", std::string(csv_type), "import", register_csv(), {}});
}

// Passes and ballots.

LivePass LiveElection::check_in(std::size_t number, const std::string& desk) {
    SystemRandom random;
    const std::string station = known_.definition.holder(SignerId(desk))->station->str();
    const auto request = pass::PassRequest::random(random);
    const wire::CheckInRequest body{voter(number, station), request.blinded()};
    const Answer taken = must(as(desk).post("check-ins", wire::print(body)), "check-in");
    const auto answer = must(wire::parse<wire::CheckInAnswer>(taken.body));
    const auto pass = must(request.finish({answer.evaluated, answer.proof_challenge, answer.proof_response},
                                          known_.pass_key(station, answer.style.str()).public_key()));
    return {station, answer.style.str(), pass.t, pass.tag};
}

LivePass LiveElection::unissued_pass(std::uint64_t number, const std::string& station,
                                     const std::string& style) const {
    const pass::Pass pass = known_.pass(station, style, number);
    return {station, style, pass.t, pass.tag};
}

ballot::Context LiveElection::context(const LivePass& pass) const {
    return {known_.h_e, StationId(pass.station), StyleId(pass.style), pass.t};
}

ballot::SealedBallot LiveElection::encrypt(const LivePass& pass, events::Selections selections,
                                           std::uint64_t seed) const {
    return known_.encrypt(context(pass), std::move(selections), seed);
}

std::string LiveElection::submission(const LivePass& pass, const Bytes& body) const {
    return wire::print(wire::SubmissionRequest{pass.t, pass.tag, StyleId(pass.style), body});
}

std::string LiveElection::cast(const LivePass& pass, ballot::SealedBallot&& sealed) {
    const Hash code = sealed.tracking_code();
    const auto x = std::move(sealed).for_cast();
    return wire::print(wire::CastRequest{pass.t, code, to_array<32>(x.reveal())});
}

std::string LiveElection::challenge(const LivePass& pass, ballot::SealedBallot&& sealed) {
    const Hash code = sealed.tracking_code();
    return wire::print(wire::ChallengeRequest{pass.t, code, std::move(sealed).open()});
}

std::string LiveElection::void_of(std::size_t number, const LivePass& pass, const std::string& desk) const {
    const events::PassVoided content{StationId(pass.station), pass.t};
    return wire::print(
        wire::VoidRequest{voter(number, pass.station), pass.proof(), signature(desk, content)});
}

Answer LiveElection::submit(const LivePass& pass, const ballot::SealedBallot& sealed) {
    return as(pass.station + "-booth-1").post("booth/submissions", submission(pass, sealed.body()));
}

Answer LiveElection::cast_now(const LivePass& pass, ballot::SealedBallot&& sealed) {
    return as(pass.station + "-booth-1").post("booth/casts", cast(pass, std::move(sealed)));
}

LivePass LiveElection::vote(std::size_t number, events::Selections selections, const std::string& desk) {
    const LivePass pass = check_in(number, desk);
    auto sealed = encrypt(pass, std::move(selections), number);
    must(submit(pass, sealed), "submission");
    must(cast_now(pass, std::move(sealed)), "cast");
    return pass;
}

// Acts.

events::LogView LiveElection::view() const {
    const auto checkpoint = inside().log().published()->checkpoint;
    return {checkpoint.size, checkpoint.root};
}

events::LogView LiveElection::closing_view() const {
    return inside().log().read([](const auto& state, const auto& tree) {
        return events::LogView{state.closing_size(), tree.root(state.closing_size())};
    });
}

events::ActSignature LiveElection::signature(const std::string& signer, const events::Content& content,
                                             const events::LogView& at) const {
    return events::sign_act(known_.signing_key(signer), SignerId(signer), known_.h_e, content, at);
}

events::ActSignature LiveElection::signature(const std::string& signer,
                                             const events::Content& content) const {
    const bool share = std::holds_alternative<events::DecryptionShare>(content);
    return signature(signer, content, share ? closing_view() : view());
}

events::Content LiveElection::draft(const std::string& type, const std::string& station) {
    const std::string query = station.empty() ? "" : "?station=" + station;
    const Answer answer = must(as("official-1").get("acts/drafts/" + type + query), "draft");
    return must(wire::parse<wire::DraftAnswer>(answer.body)).content;
}

Answer LiveElection::sign(const std::string& signer, const events::Content& content,
                          const events::ActSignature& signature) {
    return as(signer).post("acts", wire::print(wire::ActRequest{content, signature}));
}

Answer LiveElection::sign(const std::string& signer, const events::Content& content) {
    return sign(signer, content, signature(signer, content));
}

void LiveElection::act(const events::Content& content, const std::vector<std::string>& signers) {
    for (const std::string& signer : signers) must(sign(signer, content), signer);
}

// The ceremony.

events::TrusteeCommitments LiveElection::commitments(unsigned i) const {
    const events::TrusteeKey key = known_.sealed().trustees.at(i - 1);
    return signed_message(events::TrusteeCommitments{1, key.trustee, key.commitments, key.proofs, {}},
                          known_.definition.hash(), known_.signing_key(key.trustee.str()));
}

events::TrusteeShare LiveElection::ceremony_share(unsigned from, unsigned to) const {
    SystemRandom random;
    const TestTrustee& sender = known_.trustees.at(from - 1);
    const TestTrustee& receiver = known_.trustees.at(to - 1);
    const auto box = events::seal_share({known_.definition.hash(), from, to},
                                        crypto::multiply_generator(receiver.encryption_key),
                                        sender.polynomial.share_for(to), random);
    return signed_message(events::TrusteeShare{1, sender.id, receiver.id, box, {}}, known_.definition.hash(),
                          known_.signing_key(sender.id.str()));
}

events::TrusteeConfirmation LiveElection::confirmation(unsigned i) const {
    const events::TrusteeKey key = known_.sealed().trustees.at(i - 1);
    return {1, key.trustee, key.signature};
}

void LiveElection::hold_ceremony() {
    const auto index = [&](const SignerId& trustee) { return *known_.definition.trustee_index(trustee); };
    for (auto missing = must(inside().ceremony().view()).missing; !missing.empty();
         missing = must(inside().ceremony().view()).missing) {
        for (const events::MissingMessage& wanted : missing) {
            events::CeremonyMessage message = confirmation(index(wanted.from));
            if (wanted.to) message = ceremony_share(index(wanted.from), index(*wanted.to));
            if (wanted.type == "trustee-commitments") message = commitments(index(wanted.from));
            must(as(wanted.from.str()).post("ceremony", events::encode(message)), "ceremony");
        }
    }
}

// Steps.

void LiveElection::seal() {
    hold_ceremony();
    must(import_roll(), "import");
    act(draft("election-sealed"));
}

void LiveElection::open_polls() {
    act(draft("polls-opened"));
}

void LiveElection::close_station(const std::string& station) {
    std::vector<std::string> desks;
    for (const auto& desk : known_.definition.station(StationId(station))->desks)
        desks.push_back(desk.id.str());
    act(draft("station-closed", station), desks);
}

void LiveElection::close_polls() {
    for (const auto& station : known_.definition->stations) {
        if (!inside().station_closed(station.id)) close_station(station.id.str());
    }
    act(draft("polls-closed"));
}

std::vector<events::DecryptionShare> LiveElection::shares(unsigned l) {
    if (!closed_) closed_ = std::move(verify().closed);
    if (!closed_) throw std::runtime_error("no trustee would open this record");
    SystemRandom random;
    const events::TrusteeSecret secret(known_.h_e, l, known_.trustees.at(l - 1).share.copy());
    std::vector<events::DecryptionShare> all;
    for (const auto& group : must(tally::groups_to_open(closed_->sums)))
        all.push_back(must(tally::make_share(closed_->context, secret, group, random)));
    return all;
}

void LiveElection::send_shares(unsigned l) {
    for (const auto& share : shares(l)) act(share, {share.trustee.str()});
}

void LiveElection::tally() {
    const auto sent = inside().log().read([](const auto& state, const auto&) { return state.shares(); });
    const unsigned k = known_.trustees.empty() ? 0 : known_.definition->trustees->threshold;
    for (unsigned l = 1; l <= k; ++l) {
        for (const auto& share : shares(l)) {
            const bool known = std::any_of(sent.begin(), sent.end(), [&](const auto& other) {
                return other.trustee == share.trustee && other.contest == share.contest &&
                       other.group == share.group;
            });
            if (!known) act(share, {share.trustee.str()});
        }
    }
    act(draft("tally"));
}

void LiveElection::result() {
    act(draft("result"));
}

void LiveElection::certify() {
    act(draft("certified"));
}

void LiveElection::finish() {
    go_to(Phase::certified);
}

void LiveElection::go_to(Phase wanted) {
    if (phase() == Phase::draft && wanted > Phase::draft) seal();
    if (phase() == Phase::sealed && wanted > Phase::sealed) open_polls();
    if (phase() == Phase::open && wanted > Phase::open) close_polls();
    if (phase() == Phase::closed && wanted > Phase::closed) tally();
    if (phase() != Phase::tallied || wanted != Phase::certified) return;
    if (!inside().log().read([](const auto& state, const auto&) { return state.result().has_value(); }))
        result();
    certify();
}

// What the public knows.

Phase LiveElection::phase() const {
    return inside().phase();
}

fs::path LiveElection::mirror() {
    const auto address = must(audit::parse_record_url(server_->url(net::Port::public_port) +
                                                      "/v1/elections/" + known_.definition->id.str()));
    audit::HttpSource source = must(audit::HttpSource::open(address, server_->ca()));
    const fs::path mirrored = server_->folder() / "mirror" / known_.definition->id.str();
    must(record::mirror(source, mirrored));
    return mirrored;
}

verify::Outcome LiveElection::verify() {
    verify::Options options;
    options.election = known_.h_e;
    return verify::verify(mirror(), options);
}

std::string LiveElection::state() const {
    service::Election& election = inside();
    const events::LogView log = view();
    std::string text = fmt::format("{} {} {}\n", election::to_string(phase()), log.size, to_hex(log.root));
    for (const auto& row : must(election.roll().participation()))
        text += fmt::format("{} {}\n", to_hex(row.leaf), row.station ? row.station->str() : "-");
    for (const auto& station : known_.definition->stations) {
        for (const auto& count : must(election.roll().desk_counts(station.id)))
            text += fmt::format("{} {} {}\n", count.desk.str(), count.checked_in, count.voided);
    }
    text += wire::print(must(election.acts().pending(SignerId("official-1")))) + "\n";
    const auto corrections = must(election.roll().pending_corrections());
    text +=
        fmt::format("{} voids, {} corrections begun; closed:", must(election.roll().pending_voids()).size(),
                    corrections.added.size() + corrections.struck.size());
    for (const auto& station : must(election.roll().closing_stations())) text += " " + station.str();
    if (!known_.definition->trustees) return text;
    for (const auto& message : must(election.ceremony().view()).messages) text += "\n" + message;
    return text;
}

}  // namespace stimme::test
