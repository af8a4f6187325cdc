#include "core/verify/verify.h"

#include <charconv>

#include <fmt/format.h>

#include "client/audit/commands.h"
#include "client/audit/http_source.h"
#include "client/cli/progress.h"
#include "core/base/file.h"
#include "core/log/note.h"
#include "core/record/layout.h"
#include "core/record/mirror.h"
#include "core/record/record.h"

namespace stimme::audit {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_receipt = std::size_t{256} << 10;

struct VerifyOptions {
    std::string where;
    fs::path record;
    fs::path ca;
    std::string election;
    fs::path receipt;
    std::string voter;
    fs::path seen;
    std::uint64_t threads = 0;
    bool reference = false;
    fs::path parts;
    std::string shard;
    std::vector<std::string> merge;
};

// A bar for each kind of work, one after the other.
class Bars {
  public:
    explicit Bars(cli::Output& out) : out_(out) {}

    void at(std::uint64_t done, std::uint64_t total, std::string_view what) {
        if (!bar_ || what != what_) {
            bar_.reset();
            what_ = what;
            bar_.emplace(out_, what_, total);
        }
        bar_->total(total);
        bar_->at(done);
    }

  private:
    cli::Output& out_;
    std::string what_;
    std::optional<cli::Progress> bar_;
};

// What a server serves wrongly is no wrong input of the auditor's.
Error served(Error error) {
    if (error.kind == ErrorKind::not_found) return corrupt("record-file-missing", error.message);
    return unverified(std::move(error));
}

Result<fs::path> mirror(const VerifyOptions& options, cli::Output& out) {
    STIMME_TRY(const RecordAddress address, parse_record_url(options.where));
    STIMME_TRY(HttpSource source, HttpSource::open(address, options.ca));
    const fs::path folder =
        options.record.empty() ? fs::path("record-" + address.election.str()) : options.record;
    Bars bars(out);
    const auto report = record::mirror(source, folder, [&](std::size_t done, std::size_t total) {
        bars.at(done, total, "Fetching the record");
    });
    if (!report) return served(report.error());
    out.note(fmt::format("{}: {} files fetched, {} kept", folder.string(), report->fetched, report->kept));
    return folder;
}

Result<fs::path> folder_of(const VerifyOptions& options, cli::Output& out) {
    if (options.where.find("://") != std::string::npos) return mirror(options, out);
    if (!options.record.empty())
        return invalid("usage", "--record is where a record is mirrored to; a folder is verified as it is");
    std::error_code error;
    if (!fs::exists(fs::path(options.where) / record::checkpoint_path, error))
        return invalid("record-missing",
                       fmt::format("{} holds no record: there is no checkpoint", options.where));
    return fs::path(options.where);
}

Result<std::optional<std::string>> text_of(const fs::path& file, std::size_t limit) {
    if (file.empty()) return std::optional<std::string>();
    STIMME_TRY(const Bytes bytes, read_file(file, limit));
    return std::optional(std::string(as_text(bytes)));
}

Result<verify::Options> brought(const VerifyOptions& options) {
    verify::Options result;
    if (!options.election.empty()) {
        STIMME_TRY(result.election, parse_election_hash(options.election));
    }
    STIMME_TRY(result.receipt, text_of(options.receipt, largest_receipt));
    STIMME_TRY(result.seen, text_of(options.seen, log::max_note_size));
    if (!options.voter.empty()) {
        STIMME_TRY(result.voter, events::parse_voter_code(options.voter));
    }
    result.reference = options.reference;
    result.threads = static_cast<unsigned>(std::min<std::uint64_t>(options.threads, 1024));
    return result;
}

// "3/8": the third of eight.
Result<verify::Shard> shard_of(const VerifyOptions& options) {
    if (options.shard.empty()) return verify::Shard{};
    verify::Shard shard;
    const char* const end = options.shard.data() + options.shard.size();
    const auto [slash, wrong] = std::from_chars(options.shard.data(), end, shard.number);
    const bool of = wrong == std::errc() && slash != end && *slash == '/';
    const auto last = of ? std::from_chars(slash + 1, end, shard.of) : std::from_chars_result{};
    if (!of || last.ec != std::errc() || last.ptr != end || shard.number < 1 || shard.number > shard.of)
        return invalid("usage", "--shard 3/8 is the third of eight shards");
    if (options.parts.empty())
        return invalid("usage",
                       "--shard needs --parts FILE: what this shard finds is kept there to be merged");
    return shard;
}

// What was checked before, here or on other machines; nothing when none of it was asked for.
Result<std::optional<verify::PartsFile>> parts_of(const VerifyOptions& options, const fs::path& folder) {
    if (options.parts.empty() && options.merge.empty()) return std::optional<verify::PartsFile>();
    STIMME_TRY(const auto record, record::Record::open(folder));
    auto parts = options.parts.empty() ? Result(verify::PartsFile::in_memory(record.checkpoint()))
                                       : verify::PartsFile::open(options.parts, record.checkpoint());
    if (!parts) return std::move(parts).error();
    for (const std::string& other : options.merge) STIMME_CHECK(parts->merge(other));
    return std::optional(*std::move(parts));
}

json::Object document_of(const verify::Outcome& outcome, const fs::path& folder) {
    json::Object document = outcome.report.to_json();
    document.set("record", folder.string());
    if (outcome.election) document.set("election", to_hex(*outcome.election));
    if (outcome.checkpoint)
        document.set("checkpoint", json::Object{{"origin", outcome.checkpoint->origin},
                                                {"size", outcome.checkpoint->size},
                                                {"root", to_hex(outcome.checkpoint->root)}});
    return document;
}

void show_fingerprint(const verify::Outcome& outcome, bool compared, cli::Output& out) {
    if (!outcome.election) return out.line("This record gives no fingerprint of an election.");
    out.line("Fingerprint of the election:");
    out.line("  " + write_election_hash(*outcome.election));
    out.line(compared
                 ? "It was compared with the one you gave; see V11.1."
                 : "Compare it, aloud, with the official announcement; or give that one with --election.");
    out.line();
}

std::string_view meaning(const verify::Outcome& outcome, bool compared) {
    if (!outcome.report.without_failure())
        return "Don't trust this record: what is listed as failed contradicts the protocol. Keep the folder as "
               "evidence.";
    if (!outcome.report.complete())
        return "So far nothing contradicts the protocol, but the record isn't complete: this is no verified "
               "election.";
    if (!compared)
        return "This is a complete election, counted rightly, provided that the fingerprint above is the one "
               "announced.";
    return "This is the announced election, complete, and the published result is what the voters cast.";
}

Status verdict(const verify::Outcome& outcome) {
    if (outcome.report.complete()) return {};
    if (!outcome.report.without_failure())
        return corrupt("record-wrong", "the record is wrong: see the checks that failed");
    return corrupt("record-incomplete", "not everything that must exist could be checked");
}

Status run(const VerifyOptions& options, cli::Context& context) {
    STIMME_TRY(verify::Options with, brought(options));
    STIMME_TRY(with.shard, shard_of(options));
    STIMME_TRY(const fs::path folder, folder_of(options, context.out));
    STIMME_TRY(auto parts, parts_of(options, folder));
    with.parts = parts ? &*parts : nullptr;
    const verify::Outcome outcome = [&] {
        Bars bars(context.out);
        with.progress = [&](std::uint64_t done, std::uint64_t total, std::string_view what) {
            bars.at(done, total, what);
        };
        return verify::verify(folder, with);
    }();
    if (parts) STIMME_CHECK(parts->status());
    const bool compared = with.election.has_value();
    show_fingerprint(outcome, compared, context.out);
    context.out.line(outcome.report.to_text());
    context.out.document(document_of(outcome, folder));
    if (with.shard.of > 1 && outcome.report.without_failure()) {
        context.out.line(
            fmt::format("Shard {} of {} is checked, without a failure. Merge the files of all shards: "
                        "stimme verify {} --merge FILE ...",
                        with.shard.number, with.shard.of, folder.string()));
        return {};
    }
    context.out.line(meaning(outcome, compared));
    return verdict(outcome);
}

}  // namespace

Result<Hash> parse_election_hash(std::string_view text) {
    std::string hex;
    for (const char c : text) {
        if (c != ' ' && c != '-') hex += c;
    }
    auto hash = array_from_hex<32>(hex);
    if (!hash)
        return invalid("election-hash-invalid",
                       "the fingerprint has 64 characters of 0-9 and a-f: " + hash.error().message);
    return hash;
}

std::string write_election_hash(const Hash& hash) {
    std::string text = in_groups(to_hex(hash));
    for (char& c : text) c = c == '-' ? ' ' : c;
    return text;
}

void add_verify(cli::Command& root) {
    auto& command = root.subcommand("verify", "re-check a whole election, trusting nothing");
    auto& options = command.options<VerifyOptions>();
    command.required("WHERE", options.where, "https://host/v1/elections/NAME, or the folder of a record");
    command.optional("--record", options.record, "folder to mirror to (record-NAME)");
    command.optional("--election", options.election, "the election's fingerprint as announced");
    command.optional("--receipt", options.receipt, "your receipt: is that ballot in this record?");
    command.optional("--voter", options.voter, "the code on your voting notice: your row of participation");
    command.optional("--seen", options.seen, "a checkpoint that you saw earlier, to expose a fork");
    command.optional("--threads", options.threads, "threads (all cores)");
    command.flag("--reference", options.reference,
                 "check each equation of a ballot by itself, not many at once: slow, for whoever doubts");
    command.optional("--parts", options.parts,
                     "file that keeps what was checked, so that an interrupted check goes on there");
    command.optional("--shard", options.shard, "check shard I/N of the ballots only, on one of N machines");
    command.optional("--merge", options.merge, "files of parts, of shards checked elsewhere");
    command.optional("--ca", options.ca, "PEM of the authority that the server's certificate must be from");
    command.footer(
        "Each check has a number, a verdict (passed, failed, not checkable), how many things were looked at, "
        "and\nwhere the first failures are. Exit code 0 only when everything that must exist exists and has "
        "passed, else 4.");
    command.runs([&options](cli::Context& context) { return run(options, context); });
}

}  // namespace stimme::audit
