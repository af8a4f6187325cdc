#include "server/service/acts/continuity.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/base/file.h"

namespace stimme::service {
namespace {

constexpr std::size_t max_header = std::size_t{8} << 10;
constexpr std::size_t max_evidence = 64;  // files
constexpr std::string_view log_prefix = "log-";
constexpr std::string_view desk_prefix = "desk-";
constexpr std::string_view remedy =
    "Nothing more is written in this election. Find the newer copy of its folder, put it in the place of this "
    "one and start the server again; go on with paper meanwhile.";

// The checkpoint that a note speaks of, whoever signed it.
std::optional<log::Checkpoint> claim_of(std::string_view text) {
    const auto note = log::parse_note(text);
    if (!note) return std::nullopt;
    auto checkpoint = log::parse_checkpoint_body(note->text);
    return checkpoint ? std::optional(*std::move(checkpoint)) : std::nullopt;
}

std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

// "12 3 1 0"
std::optional<store::DeskTally> read_counts(std::string_view text) {
    store::DeskTally counts;
    for (std::uint64_t* const count : {&counts.checked_in, &counts.voided, &counts.moved, &counts.paper}) {
        if (count != &counts.checked_in && !text.starts_with(' ')) return std::nullopt;
        if (count != &counts.checked_in) text.remove_prefix(1);
        const auto number = take_number(text);
        if (!number) return std::nullopt;
        *count = *number;
    }
    return text.empty() ? std::optional(counts) : std::nullopt;
}

std::string to_string(const store::DeskTally& counts) {
    return fmt::format("{} {} {} {}", counts.checked_in, counts.voided, counts.moved, counts.paper);
}

bool covers(const store::DeskTally& own, const store::DeskTally& claim) {
    return own.checked_in >= claim.checked_in && own.voided >= claim.voided && own.moved >= claim.moved &&
           own.paper >= claim.paper;
}

log::LogVerifier verifier_of(const election::Definition& definition) {
    return {definition.log.origin, definition.log.key};
}

}  // namespace

Result<std::unique_ptr<Continuity>> Continuity::open(PublicLog& log, RollService& roll,
                                                     std::filesystem::path folder, Report report) {
    std::unique_ptr<Continuity> made(new Continuity(log, roll, std::move(folder), std::move(report)));
    STIMME_CHECK(made->load());
    return made;
}

Status Continuity::load() {
    std::error_code missing;
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(folder_, missing))
        files.push_back(file.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) STIMME_CHECK(load_file(file));
    return {};
}

Status Continuity::load_file(const std::filesystem::path& file) {
    const std::string name = file.filename();
    STIMME_TRY(const Bytes content, read_file(file, max_header));
    std::optional<Error> error;
    if (name.starts_with(log_prefix)) {
        const auto opened = log::open_checkpoint(as_text(content), verifier_of(*log_.definition()), {}, 0);
        if (opened) error = contradiction(opened->checkpoint);
    } else if (const std::string id = name.substr(std::min(desk_prefix.size(), name.size()));
               name.starts_with(desk_prefix) && is_name(id)) {
        std::string_view text = as_text(content);
        if (text.ends_with('\n')) text.remove_suffix(1);
        const SignerId desk(id);
        if (const auto counts = read_counts(text)) error = contradiction(desk, *counts);
    }
    if (error) {
        std::optional<Error>& slot = name.starts_with(log_prefix) ? log_error_ : roll_error_;
        if (report_) report_(fmt::format("{}: {} Evidence: {}", error->code, error->message, file.string()));
        if (!slot) slot = *std::move(error);
        kept_.emplace(name, as_text(content));
        return {};
    }
    std::error_code ignored;
    if (std::filesystem::remove(file, ignored) && report_)
        report_(fmt::format("{} speaks of nothing that is missing any more and was removed", file.string()));
    return {};
}

std::optional<Error> Continuity::contradiction(const log::Checkpoint& claim) const {
    const log::Checkpoint own = log_.published()->checkpoint;
    const bool same = log_.read([&](const auto&, const log::Tree& tree) {
        return claim.size <= tree.size() && tree.root(claim.size) == claim.root;
    });
    if (same) return std::nullopt;
    if (claim.size > own.size)
        return unavailable(
            "log-behind",
            fmt::format("this server's log of the election has {} entries, but {} were published "
                        "before: it was put back to an older copy. {}",
                        own.size, claim.size, remedy));
    return unavailable(
        "log-forked",
        fmt::format("this server's log of the election isn't the one that was published with {} "
                    "entries: it was put back to an older copy and went on from there. {}",
                    claim.size, remedy));
}

std::optional<Error> Continuity::contradiction(const SignerId& desk, const store::DeskTally& claim) const {
    const auto own = roll_.desk_tally(desk);
    if (!own || covers(*own, claim)) return std::nullopt;
    return unavailable("roll-behind",
                       fmt::format("the desk {} has counted check-ins, passes given back, check-ins moved "
                                   "and voters on paper as {}, "
                                   "this server's roll (roll.db) only as {}: some were lost, and those "
                                   "voters could vote twice. Nobody "
                                   "is checked in any more. Find the newer copy of roll.db, put it in the "
                                   "place of this one and start "
                                   "the server again; go on with the printed roll and paper meanwhile.",
                                   desk.str(), to_string(claim), to_string(*own)));
}

void Continuity::take(std::optional<Error>& slot, Error error, const std::string& name,
                      std::string_view evidence) {
    const std::lock_guard lock(mutex_);
    const auto before = kept_.find(name);
    if (before == kept_.end() ? kept_.size() >= max_evidence : before->second == evidence) return;
    const std::filesystem::path file = folder_ / name;
    const auto written = write_file(file, as_bytes(evidence));
    if (written) kept_.insert_or_assign(name, std::string(evidence));
    if (report_ && (!slot || written))
        report_(fmt::format("{}: {} Evidence: {}", error.code, error.message,
                            written ? file.string() : written.error().message));
    if (!slot) slot = std::move(error);
}

void Continuity::hear_checkpoint(std::string_view header) {
    if (header.empty() || header.size() > max_header) return;
    const auto note = from_base64(header);
    if (!note) return;
    const auto claim = claim_of(as_text(*note));
    if (!claim || claim->size == 0) return;
    auto error = contradiction(*claim);
    if (!error) return;
    const auto opened = log::open_checkpoint(as_text(*note), verifier_of(*log_.definition()), {}, 0);
    if (!opened) return;
    const std::string root = to_hex(ByteView(claim->root).first(8));
    take(log_error_, *std::move(error), fmt::format("{}{}-{}", log_prefix, claim->size, root), opened->text);
}

void Continuity::hear_counts(const SignerId& desk, std::string_view header) {
    if (header.empty()) return;
    const auto claim = read_counts(header);
    if (!claim) return;
    auto error = contradiction(desk, *claim);
    if (!error) return;
    take(roll_error_, *std::move(error), fmt::format("{}{}", desk_prefix, desk.str()),
         to_string(*claim) + "\n");
}

Status Continuity::check_log() const {
    const std::lock_guard lock(mutex_);
    return log_error_ ? Status(*log_error_) : Status();
}

Status Continuity::check_roll() const {
    STIMME_CHECK(check_log());
    const std::lock_guard lock(mutex_);
    return roll_error_ ? Status(*roll_error_) : Status();
}

std::string Continuity::trouble() const {
    const auto status = check_roll();
    return status ? "" : status.error().code;
}

}  // namespace stimme::service
