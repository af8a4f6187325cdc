#include "core/verify/parts.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/json_fields.h"

namespace stimme::verify {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 30;
constexpr std::int64_t most = json::max_integer;

std::string first_line(const log::Checkpoint& checkpoint) {
    return json::canonical(json::Object{{"format", "stimme-parts/1"},
                                        {"origin", checkpoint.origin},
                                        {"root", to_hex(checkpoint.root)},
                                        {"size", checkpoint.size}}) +
           "\n";
}

json::Object write(const Findings& findings) {
    json::Array first;
    for (const Failure& failure : findings.first) {
        first.emplace_back(
            json::Object{{"code", failure.code}, {"message", failure.message}, {"place", failure.place}});
    }
    return {{"failed", findings.failed}, {"first", std::move(first)}};
}

json::Object write(const tally::BaseSums& sums) {
    json::Array contests;
    for (const auto& [index, positions] : sums.contests) {
        json::Array points;
        for (const crypto::Ciphertext& c : positions)
            points.emplace_back(to_hex(c.a.raw()) + to_hex(c.b.raw()));
        contests.emplace_back(json::Object{{"contest", index}, {"sums", std::move(points)}});
    }
    return {{"ballots", sums.ballots},
            {"contests", std::move(contests)},
            {"district", sums.group.district.str()},
            {"style", sums.group.style.str()}};
}

std::string write(const Unit& unit, const Part& part) {
    json::Object checks;
    for (const auto& [number, findings] : part.checks) checks.set(number, write(findings));
    json::Array sums;
    for (const tally::BaseSums& some : part.sums) sums.emplace_back(write(some));
    return json::canonical(json::Object{{"begin", unit.begin},
                                        {"checks", std::move(checks)},
                                        {"end", unit.end},
                                        {"sums", std::move(sums)},
                                        {"work", unit.work}}) +
           "\n";
}

std::uint64_t number(json::Fields& in, std::string_view key) {
    return static_cast<std::uint64_t>(in.integer(key, 0, most));
}

Findings read_findings(json::Fields in) {
    Findings findings{number(in, "failed"), {}};
    in.each("first", 0, kept_failures, [&](json::Fields& failure) {
        findings.first.push_back(
            {failure.text("place"), failure.text("code"), failure.text("message", 65536)});
    });
    in.finish();
    return findings;
}

Result<crypto::Point> read_point(ByteView raw) {
    if (std::all_of(raw.begin(), raw.end(), [](auto byte) { return byte == 0; })) return crypto::Point();
    return crypto::Point::from_bytes64(raw);
}

crypto::Ciphertext read_ciphertext(const std::string& text, json::Fields& in) {
    const auto raw = array_from_hex<128>(text);
    const ByteView bytes = raw ? ByteView(*raw) : ByteView();
    if (raw) {
        const auto a = read_point(bytes.first(64)), b = read_point(bytes.subspan(64));
        if (a && b) return {*a, *b};
    }
    in.problem("sums", "256 hex characters of two points should stand here");
    return {};
}

tally::BaseSums read_sums(json::Fields& in) {
    tally::BaseSums sums{
        {in.name<DistrictKind>("district"), in.name<StyleKind>("style")}, number(in, "ballots"), {}};
    in.each("contests", 0, 1000, [&](json::Fields& contest) {
        auto& positions = sums.contests[number(contest, "contest")];
        for (const std::string& text : contest.texts("sums", 1, 100'000))
            positions.push_back(read_ciphertext(text, contest));
    });
    return sums;
}

Result<std::pair<Unit, Part>> read_part(std::string_view line) {
    STIMME_TRY(const json::Value value, json::parse_canonical(line, {std::size_t{64} << 20, 8}));
    json::Problems problems;
    json::Fields in(value, problems);
    std::pair<Unit, Part> read{{in.text("work"), number(in, "begin"), number(in, "end")}, {}};
    json::Fields checks = in.object("checks");
    for (const std::string& key : checks.keys()) read.second.checks[key] = read_findings(checks.object(key));
    checks.finish();
    in.each("sums", 0, 1000, [&](json::Fields& sums) { read.second.sums.push_back(read_sums(sums)); });
    in.finish();
    STIMME_CHECK(problems.status("parts-invalid"));
    return read;
}

}  // namespace

PartsFile::PartsFile(const log::Checkpoint& checkpoint) : first_line_(first_line(checkpoint)) {}

PartsFile::PartsFile(PartsFile&& other) noexcept
    : first_line_(std::move(other.first_line_)),
      mutex_(std::move(other.mutex_)),
      parts_(std::move(other.parts_)),
      path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      status_(std::move(other.status_)) {}

PartsFile::~PartsFile() {
    if (file_ >= 0) ::close(file_);
}

PartsFile PartsFile::in_memory(const log::Checkpoint& checkpoint) {
    return PartsFile(checkpoint);
}

// Returns how many bytes of it are whole lines.
Result<std::uint64_t> PartsFile::read(const std::filesystem::path& path) {
    STIMME_TRY(const Bytes bytes, read_file(path, largest_file));
    const std::string_view text = as_text(bytes);
    if (!text.starts_with(first_line_)) {
        return conflict("parts-of-other-record",
                        path.string() + " isn't a file of parts of this very record and checkpoint");
    }
    std::uint64_t at = first_line_.size();
    for (std::uint64_t line = 2; at < text.size(); ++line) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) break;  // cut off by a crash
        auto part = read_part(text.substr(at, end - at));
        if (!part) return std::move(part).error().at(fmt::format("{}, line {}", path.string(), line));
        parts_.insert_or_assign(std::move(part->first), std::move(part->second));
        at = end + 1;
    }
    return at;
}

Result<PartsFile> PartsFile::open(const std::filesystem::path& path, const log::Checkpoint& checkpoint) {
    PartsFile parts(checkpoint);
    parts.path_ = path;
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        STIMME_CHECK(create_file(path, as_bytes(parts.first_line_)));
    }
    STIMME_TRY(const std::uint64_t whole, parts.read(path));
    parts.file_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (parts.file_ < 0 || ::ftruncate(parts.file_, static_cast<off_t>(whole)) != 0) {
        return unavailable("file-unwritable",
                           fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
    }
    return parts;
}

Status PartsFile::merge(const std::filesystem::path& path) {
    const auto whole = read(path);
    return whole ? Status() : whole.error();
}

std::optional<Part> PartsFile::find(const Unit& unit) const {
    const std::lock_guard lock(*mutex_);
    const auto found = parts_.find(unit);
    return found == parts_.end() ? std::nullopt : std::optional(found->second);
}

void PartsFile::add(const Unit& unit, const Part& part) {
    const std::lock_guard lock(*mutex_);
    if (file_ >= 0 && status_) {
        const std::string line = write(unit, part);
        const bool kept = ::write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                          ::fdatasync(file_) == 0;
        if (!kept)
            status_ = unavailable("file-unwritable",
                                  fmt::format("cannot write {}: {}", path_.string(), std::strerror(errno)));
    }
    parts_.insert_or_assign(unit, part);
}

Status PartsFile::status() const {
    const std::lock_guard lock(*mutex_);
    return status_;
}

std::size_t PartsFile::size() const {
    const std::lock_guard lock(*mutex_);
    return parts_.size();
}

}  // namespace stimme::verify
