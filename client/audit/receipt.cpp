#include "core/log/receipt.h"

#include <fmt/format.h>

#include "client/audit/commands.h"
#include "client/audit/opening.h"
#include "client/session/log_watch.h"
#include "core/ballot/receipt.h"
#include "core/ballot/tracking_code.h"
#include "core/base/file.h"
#include "core/events/roll_proof.h"

namespace stimme::audit {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
    fs::path file;
    fs::path definition;
    std::string tracking_code;
};
struct RollOptions {
    fs::path file;
    fs::path definition;
};
struct OpenOptions {
    std::string what;
    fs::path record;
    std::string election;
    std::string language;
};

Result<Hash> read_tracking_code(std::string_view text) {
    if (const auto hex = array_from_hex<32>(text)) return *hex;
    return ballot::parse_tracking_code(text);
}

json::Object receipt_document(const ballot::ReceiptView& view, const log::SignedCheckpoint& checkpoint) {
    return {{"station", view.cast.station.str()},
            {"tracking_code", to_hex(view.cast.tracking_code)},
            {"index", view.index},
            {"log", checkpoint.checkpoint.origin},
            {"size", checkpoint.checkpoint.size},
            {"root", to_hex(checkpoint.checkpoint.root)},
            {"witnesses", checkpoint.cosignatures.size()}};
}

void show(const ballot::ReceiptView& view, const log::SignedCheckpoint& checkpoint, cli::Output& out) {
    out.document(receipt_document(view, checkpoint));
    out.line("This receipt is genuine: the log of the election has promised, with its signature, that this");
    out.line("ballot was cast.");
    out.line("Station:       " + view.cast.station.str());
    out.line("Tracking code: " + ballot::write_tracking_code(view.cast.tracking_code));
    out.line(fmt::format("Log:           {}, entry {} of {}, {} witnesses", checkpoint.checkpoint.origin,
                         view.index, checkpoint.checkpoint.size, checkpoint.cosignatures.size()));
    out.line("That the promise was kept is seen in the record: stimme verify WHERE --receipt FILE.");
}

Result<election::ValidDefinition> read_definition(const fs::path& file) {
    STIMME_TRY(const Bytes text, read_file(file, std::size_t{1} << 20));
    return election::ValidDefinition::parse(as_text(text));
}

Status check(const CheckOptions& options, cli::Context& context) {
    STIMME_TRY(const auto definition, read_definition(options.definition));
    STIMME_TRY(const Bytes text, read_file(options.file, std::size_t{256} << 10));
    STIMME_TRY(const auto receipt, verified(log::parse_receipt(as_text(text))));
    STIMME_TRY(const auto checkpoint,
               verified(log::verify_receipt(receipt, session::log_verifier(*definition),
                                            session::witness_verifiers(*definition), 0)));
    STIMME_TRY(const auto view, verified(ballot::view_receipt(receipt)));
    if (!options.tracking_code.empty()) {
        STIMME_TRY(const Hash code, read_tracking_code(options.tracking_code));
        STIMME_CHECK(verified(view.names(view.cast.station, code)));
    }
    show(view, checkpoint, context.out);
    return {};
}

void show(const events::RollProof& proof, const events::OnTheRoll& found, cli::Output& out) {
    const log::Checkpoint& checkpoint = found.checkpoint.checkpoint;
    out.document(json::Object{{"number", proof.code.number},
                              {"style", proof.style.str()},
                              {"leaf", to_hex(found.leaf)},
                              {"entry", found.entry},
                              {"voters", found.voters},
                              {"log", checkpoint.origin},
                              {"size", checkpoint.size},
                              {"root", to_hex(checkpoint.root)}});
    out.line(proof.place ? fmt::format("{} is on the roll of this election, one of {} voters.",
                                       proof.code.number, found.voters)
                         : fmt::format("{} was admitted after the roll was sealed.", proof.code.number));
    out.line("The log of the election has promised it with its signature:");
    out.line(fmt::format("Log:           {}, entry {}", checkpoint.origin, found.entry));
    out.line("Your row:      " + to_hex(found.leaf));
    out.line("After the close this row of the participation list tells where you were checked in, or that");
    out.line("you were not: stimme verify WHERE --voter " + to_string(proof.code));
}

Status check_roll(const RollOptions& options, cli::Context& context) {
    STIMME_TRY(const auto definition, read_definition(options.definition));
    STIMME_TRY(const Bytes text, read_file(options.file, std::size_t{512} << 10));
    STIMME_TRY(const auto proof, events::parse_roll_proof(as_text(text)));
    STIMME_TRY(const auto found,
               verified(events::verify_roll_proof(proof, session::log_verifier(*definition),
                                                  session::witness_verifiers(*definition))));
    show(proof, found, context.out);
    return {};
}

Result<std::optional<booth::OpenedBallot>> read_opened(const std::string& file) {
    if (read_tracking_code(file)) return std::optional<booth::OpenedBallot>();
    STIMME_TRY(const Bytes text, read_file(file, std::size_t{1} << 20));
    STIMME_TRY(auto ballot, booth::parse_opened_ballot(as_text(text)));
    return std::optional(std::move(ballot));
}

Status compare_election(const OpenOptions& options, const Hash& election) {
    if (options.election.empty()) return {};
    STIMME_TRY(const Hash expected, parse_election_hash(options.election));
    if (expected == election) return {};
    return corrupt("election-differs", "the record is of the election " + write_election_hash(election));
}

// The opened ballot that was brought, or the one of the record; both must be the same.
Result<booth::OpenedBallot> ballot_of(const std::optional<booth::OpenedBallot>& brought,
                                      const TestInRecord& record) {
    if (!brought && !record.ballot)
        return not_found("test-not-found", "this record has no tested ballot of that tracking code");
    if (brought && record.ballot && *brought != *record.ballot)
        return corrupt("opening-differs", "the record opens this ballot in another way");
    return brought ? *brought : *record.ballot;
}

void show(const TestInRecord& record, const booth::OpenedBallot& ballot, const std::string& language,
          cli::Output& out) {
    const ballot::Layout layout(record.definition, *record.definition.style(ballot.context.style));
    json::Object document = booth::to_json(ballot);
    document.set("reproduced", true);
    if (record.ballot) document.set("index", record.index);
    out.document(document);
    out.line("Fingerprint of the election: " + write_election_hash(record.keys.election));
    out.line("Tracking code: " + ballot::write_tracking_code(ballot.tracking_code));
    out.line("Made again from its seed, this very ballot comes out, and it says:");
    for (const std::string& line : booth::describe(layout, ballot.opening.selections, language))
        out.line(line);
    out.line(record.ballot
                 ? fmt::format("Entry {} of the log has this test; the ballot isn't counted.", record.index)
                 : "This record has no such test (yet).");
}

Status open(const OpenOptions& options, cli::Context& context) {
    STIMME_TRY(const auto brought, read_opened(options.what));
    Hash code{};
    if (brought) {
        code = brought->tracking_code;
    } else {
        STIMME_TRY(code, read_tracking_code(options.what));
    }
    STIMME_TRY(const TestInRecord record, find_test(options.record, code));
    STIMME_CHECK(compare_election(options, record.keys.election));
    STIMME_TRY(const booth::OpenedBallot ballot, ballot_of(brought, record));
    STIMME_CHECK(verify_test(record, ballot));
    show(record, ballot, options.language, context.out);
    return {};
}

}  // namespace

void add_receipt(cli::Command& root) {
    auto& receipt = root.subcommand("receipt", "check receipts and tested ballots, offline");

    auto& check_command = receipt.subcommand("check", "is this receipt genuine?");
    auto& check_options = check_command.options<CheckOptions>();
    check_command.required("FILE", check_options.file, "the receipt");
    check_command.required("--definition", check_options.definition, "definition of the election");
    check_command.optional("--tracking-code", check_options.tracking_code, "it must be of this ballot");
    check_command.runs([&check_options](cli::Context& context) { return check(check_options, context); });

    auto& roll_command = receipt.subcommand("roll", "is this voter on the sealed roll?");
    auto& roll_options = roll_command.options<RollOptions>();
    roll_command.required("FILE", roll_options.file, "the voter's proof");
    roll_command.required("--definition", roll_options.definition, "definition of the election");
    roll_command.runs([&roll_options](cli::Context& context) { return check_roll(roll_options, context); });

    auto& open_command = receipt.subcommand("open", "make a tested ballot again and compare");
    auto& open_options = open_command.options<OpenOptions>();
    open_command.required("BALLOT", open_options.what,
                          "file that the booth gave for the test, or its tracking code");
    open_command.required("--record", open_options.record, "folder of the record (see stimme verify)");
    open_command.optional("--election", open_options.election, "the election's fingerprint as announced");
    open_command.optional("--lang", open_options.language, "language of titles");
    open_command.runs([&open_options](cli::Context& context) { return open(open_options, context); });
}

}  // namespace stimme::audit
