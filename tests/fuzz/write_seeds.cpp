// Writes the seeds that are made and not typed: write_seeds CORPUS. All of them come from one small election
// (tests/fuzz/samples.h), so they can be made again after a change of the formats.
#include <fmt/format.h>

#include "client/booth/opened_ballot.h"
#include "client/office/x509.h"
#include "core/ballot/tracking_code.h"
#include "core/base/file.h"
#include "core/events/roll_proof.h"
#include "core/events/trustee_secret.h"
#include "core/log/receipt.h"
#include "core/log/tiles.h"
#include "core/pass/pass_text.h"
#include "core/roll/station_check.h"
#include "core/roll/statistics.h"
#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "core/wire/roll.h"
#include "core/wire/roll_stations.h"
#include "core/wire/wire.h"
#include "tests/fuzz/samples.h"

namespace stimme::fuzz {
namespace {

class Corpus {
  public:
    explicit Corpus(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void add(const std::string& target, const std::string& name, ByteView content) {
        std::filesystem::create_directories(folder_ / target);
        if (!write_file(folder_ / target / name, content)) throw std::runtime_error("can't write " + name);
    }
    void add(const std::string& target, const std::string& name, std::string_view text) {
        add(target, name, as_bytes(text));
    }
    template <class Message>
    void message(const std::string& target, const std::string& name, const Message& message) {
        add(target, name, wire::print(message));
    }

  private:
    std::filesystem::path folder_;
};

template <std::size_t N>
ByteArray<N> bytes(std::uint8_t value) {
    ByteArray<N> result;
    result.fill(value);
    return result;
}

void log_seeds(Corpus& corpus) {
    const test::TestRecord& record = sample_record();
    Bytes bundle{static_cast<std::uint8_t>(record.entries.size() - 1)};
    for (std::size_t i = 0; i < record.entries.size(); ++i) {
        const auto entry = events::decode(record.entries[i]);
        const std::string type(election::to_string(events::type_of(entry->content)));
        corpus.add("entry", fmt::format("{:02}-{}", i, type), record.entries[i]);
        static_cast<void>(log::append_to_bundle(bundle, as_bytes(record.entries[i])));
    }
    corpus.add("bundle", "entries", bundle);
    corpus.add("bundle", "hashes", Bytes(1 + 3 * 32, 2));
    corpus.add("checkpoint", "signed", sample_log().checkpoint());
    corpus.add("checkpoint", "first", sample_log().checkpoint(1).text);
    corpus.add("checkpoint", "body", log::checkpoint_body(sample_log().checkpoint(3).checkpoint));
    const auto& log = record.election().definition->log;
    corpus.add("checkpoint", "log-key", log::LogVerifier{log.origin, log.key}.vkey());
    const auto& witness = record.election().definition->witnesses[0];
    corpus.add("checkpoint", "witness-key", log::WitnessVerifier{witness.name, witness.key}.vkey());
    for (const std::uint64_t index : {0U, 5U, 9U}) {
        corpus.add("receipt", fmt::format("entry-{}", index), sample_log().receipt(index));
    }
    const events::RollProof proof{{"1001", bytes<16>(7)},
                                  StyleId("standard"),
                                  events::RollPlace{2, {bytes<32>(1)}},
                                  sample_log().receipt(0)};
    corpus.add("roll_proof", "sealed", json::canonical(events::to_json(proof)));
    corpus.add("lists", "participation", record.files.at("participation"));
    corpus.add("lists", "tags", record.files.at("tags"));
    corpus.add("definition", "sample", record.definition);
}

void typed_seeds(Corpus& corpus) {
    const auto pass = sample_election().pass("s1", "standard", 1);
    corpus.add("pass", "pass", pass::write_pass(pass));
    corpus.add("pass", "tracking-code", ballot::write_tracking_code(bytes<32>(0xa5)));
    corpus.add("pass", "voter-code", events::to_string(sample_record().voter(1)));
    const auto context = sample_election().context();
    auto sealed = sample_election().encrypt(context, {{1, 0, 0}});
    const Hash code = sealed.tracking_code();
    const booth::OpenedBallot opened{context, code, std::move(sealed).open()};
    corpus.add("booth_files", "opened", json::canonical(booth::to_json(opened)));
    const json::Object line{
        {"pass", pass::write_pass(pass)}, {"choices", json::Array{"c01"}}, {"then", "cast"}};
    corpus.add("booth_files", "line", json::canonical(line));
    corpus.add("booth_files", "invalid",
               json::canonical(
                   json::Object{{"pass", pass::write_pass(pass)}, {"invalid", true}, {"then", "challenge"}}));
    corpus.add("booth_files", "typed", "board:c01");
    corpus.add("booth_files", "blank", "invalid");
    const auto& key = sample_election().signing_key("s1-booth-1");
    corpus.add("certificates", "request", office::write_request({"s1-booth-1", "booth"}, key));
    SeededRandom random(1);
    const TimePoint now{std::chrono::seconds(1'700'000'000)};
    const auto authority = office::Authority::create("an authority", random, now);
    corpus.add("certificates", "authority", authority.certificate());
    const office::Wish wish{
        {"server", ""}, key.verify_key(), office::Use::server, {"localhost", "127.0.0.1"}};
    corpus.add("certificates", "server", *authority.issue(wish, random, now));
    const auto point = crypto::multiply_generator(crypto::SecretScalar(5));
    corpus.add("encodings", "point", point.raw());
    corpus.add("encodings", "short-point", *point.to_sec1());
    corpus.add("encodings", "scalar", crypto::Scalar(77).bytes());
    corpus.add("encodings", "signature", key.sign(bytes<32>(3)));
    corpus.add("encodings", "enc", "\x04" + std::string(as_text(point.raw())));
    corpus.add("encodings", "time", "1996-12-15T08:00:00+01:00");
    corpus.add("encodings", "date", "1996-12-15");
}

wire::MoveRequest move_request() {
    return {"1", "2", {"A. Arendt", "B. Brecht"}};
}

void request_seeds(Corpus& corpus) {
    const events::ActSignature signature{SignerId("s1-desk-1"), 7, bytes<32>(1), bytes<64>(2)};
    const wire::PassProof pass{bytes<10>(3), bytes<5>(4)};
    const events::Content content = events::Incident{"the light failed"};
    corpus.message("requests", "booth-pass", wire::BoothPassRequest{pass.t, pass.tag});
    corpus.message("requests", "submission",
                   wire::SubmissionRequest{pass.t, pass.tag, StyleId("standard"), Bytes(100, 9)});
    corpus.message("requests", "cast", wire::CastRequest{pass.t, bytes<32>(1), bytes<32>(2)});
    corpus.message("requests", "challenge",
                   wire::ChallengeRequest{pass.t, bytes<32>(1), {bytes<32>(7), {{0, 1, 2}, {1}}}});
    corpus.message("requests", "check-in", wire::CheckInRequest{"10000003", bytes<33>(2)});
    corpus.message("requests", "check-in-card", wire::CheckInRequest{"10000003", bytes<33>(2), true});
    corpus.message("requests", "void", wire::VoidRequest{"10000003", pass, signature});
    corpus.message("requests", "move", move_request());
    corpus.message("requests", "paper", wire::PaperRequest{{"1", "2"}, false});
    corpus.message("requests", "card", wire::CardRequest{"1", true});
    corpus.message("requests", "expiration", wire::ExpirationRequest{pass});
    corpus.message("requests", "failure",
                   wire::ChallengeFailureRequest{pass, SignerId("s1-booth-1"), "no opening", signature});
    corpus.message("requests", "unlock", wire::BoothUnlockRequest{SignerId("s1-booth-1")});
    corpus.message("requests", "act", wire::ActRequest{content, signature});
    corpus.message("requests", "person", wire::AddRequest{{{"Familienname", "Yılmaz"}}, {"1002"}});
    corpus.message(
        "requests", "matter",
        wire::MatterRequest{"1001", wire::MatterView::Kind::objection, "Ana", "2026-01-20", "text", 4});
    corpus.message(
        "requests", "decision",
        wire::MatterDecisionRequest{wire::MatterDecision::Outcome::granted, "enrol", "seen", "2026-01-25"});
    corpus.message("requests", "removal", wire::StationsRemoval{"streets", true});
}

wire::RollImportAnswer import_answer() {
    wire::RollImportAnswer answer;
    answer.import = 2;
    answer.written_as = "UTF-8, semicolons, CRLF";
    answer.people = 10;
    answer.eligible = 8;
    answer.reasons = {{"age", 2}};
    answer.problems = {"line 3: a quotation mark is opened and not closed"};
    return answer;
}

wire::MatterView matter() {
    wire::MatterView matter;
    matter.id = 7;
    matter.number = "1001";
    matter.kind = wire::MatterView::Kind::appeal;
    matter.by = "Ana";
    matter.received = "2026-01-20";
    matter.text = "was here all the time";
    matter.earlier = 3;
    matter.entered_by = SignerId("official-1");
    matter.entered_at = "2026-01-21T09:00:00Z";
    matter.decision = wire::MatterDecision{wire::MatterDecision::Outcome::refused,
                                           "none",
                                           "seen",
                                           "2026-01-25",
                                           SignerId("official-2"),
                                           "2026-01-25T09:00:00Z"};
    return matter;
}

// What the sample election hasn't: paper ballots, hand counts, audits, lots by numbers.
void count_seeds(Corpus& corpus) {
    const ContestId board("board");
    const SignerId official("official-1");
    const events::TieOf tie{board, 1, {OptionId("c01"), OptionId("c02")}};
    const std::vector<events::Content> contents{
        events::PaperBatches{board,
                             {{DistrictId("city"), {}, 7}, {DistrictId("city"), StationId("s1"), 6, "why"}}},
        events::PaperCount{board, "city", 13, {8, 4, 1}, 11, "read again"},
        events::HandCount{board, "city/standard", 6, {3, 3, 0}, "one was torn"},
        events::AuditStarted{board, "31415926535", "dice", "A", {"B"}, {{"city/standard", 8}}},
        events::LotCommitment{tie, official, Hash{1}},
        events::LotNumber{board, official, {2}},
        events::LotDrawn{board, 1, tie.between, {OptionId("c02")}, "slips", {"B"}, "A"}};
    for (const events::Content& content : contents) {
        const std::string type(election::to_string(events::type_of(content)));
        corpus.add("entry", "count-" + type, events::encode({content, {}}));
    }
}

wire::EntryView entry_view() {
    wire::EntryView entry;
    entry.number = "1001";
    entry.version = 3;
    entry.person = {{"Familienname", "Yılmaz"}};
    entry.presence = "present";
    entry.ruling = "none";
    entry.station = "s1";
    entry.style = StyleId("standard");
    entry.standing = "none";
    entry.reasons = {"age"};
    entry.matters = {matter()};
    entry.changes = {{2, "1001", "changed", {{"PLZ", "39104"}}, {{"PLZ", "39106"}}}};
    return entry;
}

wire::StationsAnswer stations_answer() {
    wire::StationsAnswer answer;
    answer.part = "streets";
    answer.size = 3;
    answer.people = 400;
    answer.moved = 39;
    answer.stations = {{"s1", 200}, {"s2", 150}};
    return answer;
}

roll::StationReport station_report() {
    return {{{"Ring", "39104", "", 3, {"3", "5a"}}, {"", "", "Olvenstedt", 1, {}}},
            {{{roll::Source::list, "s1"}, {roll::Source::streets, "s2"}, 1, {"1001"}}},
            {{roll::Source::streets, "Weg"}},
            1};
}

roll::Statistics statistics() {
    roll::Figures figures(7, 9);
    figures.leave_out(roll::Figure::eligible);
    return {roll::Figures(7, 9), {{roll::Topic::district, {{"Buckau", figures}}}}};
}

void answer_seeds(Corpus& corpus) {
    const events::ActSignature signature{SignerId("s1-desk-1"), 7, bytes<32>(1), bytes<64>(2)};
    const events::Content content = events::PollsOpened{};
    corpus.message("answers", "booth-pass", wire::BoothPassAnswer{StyleId("standard"), 5});
    corpus.message("answers", "submission", wire::SubmissionAnswer{bytes<32>(1), 12});
    corpus.message("answers", "cast", wire::CastAnswer{1, sample_log().receipt(1)});
    corpus.message("answers", "challenge", wire::ChallengeAnswer{14, false});
    corpus.message("answers", "check-in",
                   wire::CheckInAnswer{StyleId("standard"), bytes<33>(2), bytes<32>(5), bytes<32>(6)});
    corpus.message("answers", "voter",
                   wire::VoterView{"1",
                                   "Yılmaz",
                                   "Ayşe",
                                   "1977-08-06",
                                   "Agnetenstraße 46",
                                   StationId("s1"),
                                   StyleId("a"),
                                   false,
                                   {"age"},
                                   StationId("s2")});
    const wire::PaperConflict conflict{"3", "already-checked-in", StationId("s2")};
    corpus.message("answers", "move", wire::MoveAnswer{"2"});
    corpus.message("answers", "paper", wire::PaperAnswer{1, 2, {conflict}});
    corpus.message("answers", "record",
                   wire::StationRecord{{{SignerId("s1-desk-1"), move_request()}}, 7, {conflict}});
    corpus.message("answers", "state", wire::PassStateAnswer{wire::PassStateAnswer::Status::voided, 2});
    wire::ElectionView view{};
    view.id = ElectionId("e");
    view.phase = election::Phase::open;
    view.election = bytes<32>(2);
    view.log_size = 9;
    corpus.message("answers", "election", view);
    corpus.message("answers", "import", import_answer());
    corpus.message("answers", "entry", entry_view());
    corpus.message("answers", "duplicates",
                   wire::DuplicateViews{{{entry_view(), entry_view(), "names-swapped"}}});
    corpus.message("answers", "stations", stations_answer());
    const SignerId official("official-1");
    corpus.message("answers", "stations-view",
                   wire::StationsView{{{"list", 2, "2026-01-21T09:00:00Z", official}}, 1, {{"s1", 3}}});
    corpus.message("answers", "gaps", station_report());
    corpus.message("answers", "statistics", statistics());
    corpus.message("answers", "acts", wire::PendingActs{{{content, {signature}}}});
    corpus.message("answers", "act", wire::ActAnswer{3, 0});
    corpus.message("answers", "draft", wire::DraftAnswer{content});
    corpus.add(
        "answers", "problem",
        R"({"detail":"somebody was faster","status":409,"title":"Conflict","type":"urn:stimme:problem:late"})");
}

// A whole ceremony, message by message, one a line; then one that a false share ends.
void ceremony_seeds(Corpus& corpus) {
    const test::Election& election = sample_election();
    events::Ceremony ceremony(election.definition);
    SeededRandom random(7);
    std::string all;
    const auto take = [&](const events::CeremonyMessage& message) {
        if (!ceremony.apply(message)) throw std::runtime_error("the ceremony refuses its own message");
        all += events::encode(message) + "\n";
        corpus.add("ceremony", std::string(events::type_name(message)), events::encode(message));
    };
    std::vector<events::TrusteePolynomial> polynomials;
    for (const auto& trustee : election.trustees)
        polynomials.push_back(*events::TrusteePolynomial::random(ceremony, trustee.id, random));
    for (std::size_t i = 0; i < polynomials.size(); ++i)
        take(*polynomials[i].make_commitments(ceremony, election.signing_key(election.trustees[i].id.str()),
                                              random));
    for (std::size_t i = 0; i < polynomials.size(); ++i) {
        const auto& key = election.signing_key(election.trustees[i].id.str());
        const auto shares = *polynomials[i].make_shares(ceremony, key, random);
        for (const auto& share : shares) take(share);
    }
    corpus.add("trustee_files", "polynomial", polynomials[0].to_bytes().reveal());
    for (std::size_t i = 0; i < polynomials.size(); ++i) {
        const auto& key = election.signing_key(election.trustees[i].id.str());
        auto combined = polynomials[i].combine(ceremony, key, election.trustees[i].encryption_key, random);
        const auto& secret = std::get<events::TrusteeSecret>(*combined);
        corpus.add("trustee_files", "secret", secret.to_bytes().reveal());
        take(events::confirm(ceremony, secret, key));
    }
    corpus.add("ceremony", "whole", all);
    std::string container = "stimme-secret/1\n";
    corpus.add("trustee_files", "container", container + std::string(3 + 16 + 12 + 40, '\x01'));
}

// Steps for the targets that change something honest.
void step_seeds(Corpus& corpus) {
    for (std::uint8_t kind = 0; kind < 10; ++kind) {
        Bytes steps{kind};
        for (std::uint8_t i = 0; i < 24; ++i) steps.push_back(static_cast<std::uint8_t>(i * 37 + kind));
        corpus.add("ballot", fmt::format("step-{}", kind), steps);
        steps.push_back(6);
        corpus.add("ballot", fmt::format("step-{}-and-challenges", kind), steps);
    }
    for (std::uint8_t file = 0; file < 8; ++file) {
        corpus.add("record", fmt::format("file-{}", file), Bytes{file, 0, 40, file, 1, 2, 3, 4});
    }
    corpus.add("record", "honest", Bytes{});
}

void net_seeds(Corpus& corpus) {
    const std::string head =
        "GET /v1/elections/test-2026/record/tile/0/000?q=M%C3%BCller HTTP/1.1\r\nHost: localhost\r\n";
    corpus.add("http_request", "get", "\x40" + head + "\r\n");
    corpus.add("http_request", "two", "\x80" + head + "\r\n" + head + "Connection: close\r\n\r\n");
    corpus.add("http_request", "post",
               "\x30POST /v1/elections/e/acts HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nIdempotency-Key: "
               "7\r\n\r\n{}");
    corpus.add("http_request", "chunked",
               "\x30POST /v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: "
               "100-continue\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    corpus.add("target_path", "query", "/v1/elections/test-2026/voters?q=M%C3%BCller&limit=10");
    corpus.add("target_path", "tile", "/v1/elections/test-2026/record/tile/0/x001/234.p/7");
    corpus.add("addresses", "server", "https://[::1]:8443");
    corpus.add("addresses", "record", "https://wahl.example:8443/v1/elections/test-2026/record/");
    corpus.add("addresses", "fingerprint", to_hex(bytes<32>(0x5a)));
    corpus.add("tile_path", "deep", "tile/1/x001/x234/067");
    corpus.add("tile_path", "partial", "tile/0/273.p/112");
    corpus.add("tile_path", "entries", "tile/entries/000");
}

}  // namespace
}  // namespace stimme::fuzz

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    using namespace stimme::fuzz;
    Corpus corpus(argv[1]);
    log_seeds(corpus);
    count_seeds(corpus);
    typed_seeds(corpus);
    request_seeds(corpus);
    answer_seeds(corpus);
    ceremony_seeds(corpus);
    step_seeds(corpus);
    net_seeds(corpus);
    return 0;
}
