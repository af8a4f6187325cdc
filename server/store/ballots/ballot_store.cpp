#include "server/store/ballots/ballot_store.h"

#include <array>

#include <fmt/format.h>

#include "core/crypto/sha256.h"
#include "server/store/ballots/schemas.h"

namespace stimme::store {
namespace {

constexpr std::array<std::string_view, 5> status_names = {"open", "cast", "challenged", "failed", "expired"};

std::string_view name_of(SubmissionStatus status) {
    return status_names[static_cast<std::size_t>(status)];
}

SubmissionStatus status_named(std::string_view name) {
    std::size_t i = 0;
    while (i + 1 < status_names.size() && status_names[i] != name) ++i;
    return static_cast<SubmissionStatus>(i);
}

std::int64_t number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

std::uint64_t count_at(const Statement& row, int column) {
    return static_cast<std::uint64_t>(row.integer(column));
}

constexpr std::string_view submission_columns =
    "s.tracking_code, s.t, s.station, s.style, s.tag, s.y, s.status, s.submitted, s.ended";

Submission read_submission(const Statement& row) {
    Submission found{row.array<32>(0),
                     row.array<10>(1),
                     StationId(std::string(row.text(2))),
                     StyleId(std::string(row.text(3))),
                     row.array<5>(4),
                     row.array<32>(5),
                     status_named(row.text(6)),
                     count_at(row, 7),
                     {}};
    if (!row.is_null(8)) found.ended = count_at(row, 8);
    return found;
}

events::ActSignature read_signature(const Statement& row, int first) {
    return {SignerId(std::string(row.text(first))), count_at(row, first + 1), row.array<32>(first + 2),
            row.array<64>(first + 3)};
}

}  // namespace

Schema ballots_schema() {
    return {"ballots", 0x53746d42, {schema::ballots_1}};
}

Status BallotRows::append_entry(std::uint64_t index, std::string_view bytes) {
    return guarded([&]() -> Status {
        Statement(connection_, "INSERT INTO entry (idx, bytes) VALUES (?, ?)")
            .bind(number(index))
            .bind(as_bytes(bytes))
            .run();
        return {};
    });
}

Status BallotRows::each_entry(std::uint64_t first, std::uint64_t count, const ReadEntry& read) const {
    return guarded([&]() -> Status {
        Statement rows(connection_, "SELECT idx, bytes FROM entry WHERE idx >= ? ORDER BY idx LIMIT ?");
        rows.bind(number(first)).bind(number(count));
        while (rows.step()) STIMME_CHECK(read(count_at(rows, 0), as_text(rows.bytes(1))));
        return {};
    });
}

Status BallotRows::add_checkpoint(std::uint64_t size, const Hash& root) {
    return guarded([&]() -> Status {
        Statement(connection_, "INSERT INTO checkpoint (size, root) VALUES (?, ?)")
            .bind(number(size))
            .bind(ByteView(root))
            .run();
        return {};
    });
}

Result<std::vector<BallotRows::Root>> BallotRows::checkpoints() const {
    return guarded([&]() -> Result<std::vector<Root>> {
        std::vector<Root> all;
        Statement rows(connection_, "SELECT size, root FROM checkpoint ORDER BY size");
        while (rows.step()) all.emplace_back(count_at(rows, 0), rows.array<32>(1));
        return all;
    });
}

Result<std::uint64_t> BallotRows::checkpoint_covering(std::uint64_t index) const {
    return guarded([&]() -> Result<std::uint64_t> {
        Statement row(connection_, "SELECT min(size) FROM checkpoint WHERE size > ?");
        row.bind(number(index));
        if (!row.step() || row.is_null(0))
            return not_found("not-published", "no checkpoint covers this entry yet");
        return count_at(row, 0);
    });
}

Status BallotRows::add_cosignature(std::uint64_t size, std::string_view witness, std::string_view line) {
    return guarded([&]() -> Status {
        Statement(connection_, "INSERT OR IGNORE INTO cosignature (size, witness, line) VALUES (?, ?, ?)")
            .bind(number(size))
            .bind(witness)
            .bind(line)
            .run();
        return {};
    });
}

Result<std::vector<std::string>> BallotRows::cosignatures(std::uint64_t size) const {
    return guarded([&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> lines;
        Statement rows(connection_, "SELECT line FROM cosignature WHERE size = ? ORDER BY witness");
        rows.bind(number(size));
        while (rows.step()) lines.emplace_back(rows.text(0));
        return lines;
    });
}

Status BallotRows::add_submission(const Submission& submission, ByteView body) {
    return guarded([&]() -> Status {
        Statement(connection_,
                  "INSERT INTO submission (tracking_code, t, station, style, tag, y, status, submitted)"
                  " VALUES (?, ?, ?, ?, ?, ?, 'open', ?)")
            .bind(ByteView(submission.tracking_code))
            .bind(ByteView(submission.t))
            .bind(submission.station.str())
            .bind(submission.style.str())
            .bind(ByteView(submission.tag))
            .bind(ByteView(submission.y))
            .bind(number(submission.submitted))
            .run();
        Statement(connection_, "INSERT INTO body (tracking_code, bytes) VALUES (?, ?)")
            .bind(ByteView(submission.tracking_code))
            .bind(body)
            .run();
        return {};
    });
}

Result<std::optional<Submission>> BallotRows::submission(const Hash& tracking_code) const {
    return guarded([&]() -> Result<std::optional<Submission>> {
        static const std::string sql =
            fmt::format("SELECT {} FROM submission AS s WHERE s.tracking_code = ?", submission_columns);
        Statement row(connection_, sql);
        row.bind(ByteView(tracking_code));
        if (!row.step()) return std::optional<Submission>();
        return std::optional(read_submission(row));
    });
}

Status BallotRows::end_submission(const Hash& tracking_code, SubmissionStatus status, std::uint64_t index) {
    return guarded([&]() -> Status {
        Statement(connection_, "UPDATE submission SET status = ?, ended = ? WHERE tracking_code = ?")
            .bind(name_of(status))
            .bind(number(index))
            .bind(ByteView(tracking_code))
            .run();
        if (status == SubmissionStatus::cast) return {};
        Statement(connection_, "DELETE FROM body WHERE tracking_code = ?")
            .bind(ByteView(tracking_code))
            .run();
        return {};
    });
}

Status BallotRows::add_cast(const DistrictId& district, const StyleId& style, const Hash& tracking_code) {
    return guarded([&]() -> Status {
        Statement(
            connection_,
            "INSERT INTO cast_ballot (district, style, seq, tracking_code) VALUES (?1, ?2,"
            " (SELECT coalesce(max(seq) + 1, 0) FROM cast_ballot WHERE district = ?1 AND style = ?2), ?3)")
            .bind(district.str())
            .bind(style.str())
            .bind(ByteView(tracking_code))
            .run();
        return {};
    });
}

Status BallotRows::each_cast(const DistrictId& district, const StyleId& style, const ReadBody& read) const {
    return guarded([&]() -> Status {
        static const std::string sql = fmt::format(
            "SELECT {}, b.bytes FROM cast_ballot AS c JOIN submission AS s USING (tracking_code)"
            " JOIN body AS b USING (tracking_code) WHERE c.district = ? AND c.style = ? ORDER BY c.seq",
            submission_columns);
        Statement rows(connection_, sql);
        rows.bind(district.str()).bind(style.str());
        while (rows.step()) STIMME_CHECK(read(read_submission(rows), rows.bytes(9)));
        return {};
    });
}

Status BallotRows::add_voided(const events::PassNumber& t) {
    return guarded([&]() -> Status {
        Statement(connection_, "INSERT INTO voided (t) VALUES (?)").bind(ByteView(t)).run();
        return {};
    });
}

Result<std::vector<events::TagRow>> BallotRows::tags() const {
    return guarded([&]() -> Result<std::vector<events::TagRow>> {
        std::vector<events::TagRow> all;
        Statement rows(connection_, "SELECT DISTINCT t, tag FROM submission ORDER BY t");
        while (rows.step()) all.push_back({rows.array<10>(0), rows.array<5>(1)});
        return all;
    });
}

Result<BoothRow> BallotRows::booth(const SignerId& id) const {
    return guarded([&]() -> Result<BoothRow> {
        Statement row(connection_, "SELECT wrong_tags, closed FROM booth WHERE booth = ?");
        row.bind(id.str());
        if (!row.step()) return BoothRow{};
        return BoothRow{static_cast<unsigned>(row.integer(0)), row.integer(1) != 0};
    });
}

Status BallotRows::set_booth(const SignerId& id, const BoothRow& row) {
    return guarded([&]() -> Status {
        Statement(connection_, "INSERT OR REPLACE INTO booth (booth, wrong_tags, closed) VALUES (?, ?, ?)")
            .bind(id.str())
            .bind(std::int64_t{row.wrong_tags})
            .bind(std::int64_t{row.closed})
            .run();
        return {};
    });
}

Status BallotRows::add_signature(std::string_view content, const events::ActSignature& signature) {
    return guarded([&]() -> Status {
        Statement(connection_,
                  "INSERT INTO act_signature (content, signer, size, root, signature) VALUES (?, ?, ?, ?, ?)")
            .bind(content)
            .bind(signature.signer.str())
            .bind(number(signature.size))
            .bind(ByteView(signature.root))
            .bind(ByteView(signature.signature))
            .run();
        return {};
    });
}

Result<std::vector<ActRow>> BallotRows::acts() const {
    return guarded([&]() -> Result<std::vector<ActRow>> {
        std::vector<ActRow> all;
        Statement rows(
            connection_,
            "SELECT content, signer, size, root, signature FROM act_signature ORDER BY content, signer");
        while (rows.step()) {
            if (all.empty() || all.back().content != rows.text(0))
                all.push_back({std::string(rows.text(0)), {}});
            all.back().signatures.push_back(read_signature(rows, 1));
        }
        return all;
    });
}

Result<std::vector<events::ActSignature>> BallotRows::signatures(std::string_view content) const {
    return guarded([&]() -> Result<std::vector<events::ActSignature>> {
        std::vector<events::ActSignature> all;
        Statement rows(
            connection_,
            "SELECT signer, size, root, signature FROM act_signature WHERE content = ? ORDER BY signer");
        rows.bind(content);
        while (rows.step()) all.push_back(read_signature(rows, 0));
        return all;
    });
}

Status BallotRows::drop_act(std::string_view content) {
    return guarded([&]() -> Status {
        Statement(connection_, "DELETE FROM act_signature WHERE content = ?").bind(content).run();
        return {};
    });
}

Status BallotRows::move_act_to_log(std::string_view content, std::uint64_t entry) {
    return guarded([&]() -> Status {
        STIMME_CHECK(drop_act(content));
        const Hash digest = crypto::sha256(as_bytes(content));
        Statement(connection_, "INSERT OR REPLACE INTO logged_act (content, idx) VALUES (?, ?)")
            .bind(ByteView(digest))
            .bind(number(entry))
            .run();
        return {};
    });
}

Result<std::optional<std::uint64_t>> BallotRows::logged_act(std::string_view content) const {
    return guarded([&]() -> Result<std::optional<std::uint64_t>> {
        const Hash digest = crypto::sha256(as_bytes(content));
        Statement row(connection_, "SELECT idx FROM logged_act WHERE content = ?");
        row.bind(ByteView(digest));
        if (!row.step()) return std::optional<std::uint64_t>();
        return std::optional(count_at(row, 0));
    });
}

Status BallotRows::add_ceremony_message(std::uint64_t index, std::string_view message) {
    return guarded([&]() -> Status {
        Statement(connection_, "INSERT INTO ceremony (seq, message) VALUES (?, ?)")
            .bind(number(index))
            .bind(message)
            .run();
        return {};
    });
}

Result<std::vector<std::string>> BallotRows::ceremony_messages() const {
    return guarded([&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> all;
        Statement rows(connection_, "SELECT message FROM ceremony ORDER BY seq");
        while (rows.step()) all.emplace_back(rows.text(0));
        return all;
    });
}

Result<bool> BallotRows::note_once(std::string_view key, const Hash& digest, std::string_view station) {
    return guarded([&]() -> Result<bool> {
        Statement row(connection_, "SELECT digest FROM idempotency WHERE key = ?");
        row.bind(key);
        if (row.step()) {
            if (row.array<32>(0) == digest) return true;
            return conflict("idempotency-key-reused",
                            "this Idempotency-Key came with another request before");
        }
        Statement(connection_, "INSERT INTO idempotency (key, digest, station) VALUES (?, ?, ?)")
            .bind(key)
            .bind(ByteView(digest))
            .bind(station)
            .run();
        return false;
    });
}

Status BallotRows::drop_once(const StationId& station) {
    return guarded([&]() -> Status {
        Statement(connection_, "DELETE FROM idempotency WHERE station = ?").bind(station.str()).run();
        return {};
    });
}

}  // namespace stimme::store
