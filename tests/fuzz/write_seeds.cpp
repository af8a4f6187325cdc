// Writes the seeds that are made and not typed: write_seeds CORPUS. All of them come from one small election
// (tests/fuzz/samples.h), so they can be made again after a change of the formats.
#include <fmt/format.h>

#include "client/booth/opened_ballot.h"
#include "client/office/certs/x509.h"
#include "core/ballot/tracking_code.h"
#include "core/base/file.h"
#include "core/events/roll_proof.h"
#include "core/events/trustee_secret.h"
#include "core/log/receipt.h"
#include "core/log/tiles.h"
#include "core/pass/pass_text.h"
#include "core/roll/stations/station_check.h"
#include "core/roll/statistics/statistics.h"
#include "core/wire/wire.h"
#include "tests/fuzz/samples.h"
#include "tests/support/messages.h"

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

using test::bytes;

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

void message_seeds(Corpus& corpus) {
    test::each_request([&](const char* name, const auto& message, std::size_t) {
        corpus.message("requests", name, message);
    });
    test::each_answer([&](const char* name, const auto& message, std::size_t) {
        corpus.message("answers", name, message);
    });
    // With a receipt that can be read.
    corpus.message("answers", "cast", wire::CastAnswer{1, sample_log().receipt(1)});
    corpus.message("answers", "acts", wire::PendingActs{{{test::sample_content, {test::sample_signature}}}});
    corpus.message("answers", "gaps", station_report());
    corpus.message("answers", "statistics", statistics());
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
    message_seeds(corpus);
    ceremony_seeds(corpus);
    step_seeds(corpus);
    net_seeds(corpus);
    return 0;
}
