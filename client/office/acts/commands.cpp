#include "client/office/acts/commands.h"

#include "client/office/acts/election.h"
#include "client/office/acts/witness.h"

namespace stimme::office {
namespace {

using election::EntryType;

struct FileOption {
    std::filesystem::path file;
};

void add_check(cli::Command& election) {
    auto& command = election.subcommand("check", "check a definition, offline");
    auto& options = command.options<FileOption>();
    command.required("FILE", options.file, "the definition");
    command.runs([&options](cli::Context& context) { return election_check(options.file, context); });
}

void add_create(cli::Command& election) {
    auto& command = election.subcommand("create", "publish the definition on the server");
    auto& options = command.options<FileOption>();
    command.required("FILE", options.file, "the definition");
    command.runs([&options](cli::Context& context) { return election_create(options.file, context); });
}

void add_draft(cli::Command& election, const std::string& name, EntryType type, const std::string& help) {
    auto& command = election.subcommand(name, help);
    command.runs([type](cli::Context& context) { return propose_draft(type, context); });
}

template <class Act>
void add_plain(cli::Command& election, const std::string& name, const std::string& help) {
    auto& command = election.subcommand(name, help);
    command.runs([](cli::Context& context) { return propose(Act{}, context); });
}

template <class Act>
void add_with_reason(cli::Command& election, const std::string& name, const std::string& help) {
    auto& command = election.subcommand(name, help);
    auto& reason = command.options<std::string>();
    command.required("--reason", reason, "what the public should know");
    command.runs([&reason](cli::Context& context) { return propose(Act{reason}, context); });
}

void add_replace_key(cli::Command& election) {
    auto& command = election.subcommand("replace-key", "give a desk, booth or official a new key");
    auto& options = command.options<ReplaceKeyOptions>();
    command.required("SIGNER", options.signer, "whose key");
    command.required("KEY", options.key, "the new public key, hex, as `stimme certs request` prints it");
    command.required("--reason", options.reason, "what happened to the old one");
    command.runs([&options](cli::Context& context) { return propose_key(options, context); });
}

void add_cosign(cli::Command& election) {
    auto& command =
        election.subcommand("cosign", "bring a witness's signature of a checkpoint to the server");
    auto& options = command.options<CosignUploadOptions>();
    command.required("SIZE", options.size, "size of the checkpoint");
    command.required("LINE", options.line, "what `stimme witness cosign` printed behind the size");
    command.runs([&options](cli::Context& context) { return upload_cosignature(options, context); });
}

void add_pending(cli::Command& election) {
    auto& command = election.subcommand("pending", "acts that wait for a signature");
    command.runs(election_pending);
}

void add_confirm(cli::Command& election) {
    auto& command = election.subcommand("confirm", "sign what another official proposed");
    auto& options = command.options<ConfirmOptions>();
    command.optional("TYPE", options.type, "type of the entry, e.g. election-sealed");
    command.optional("--number", options.number, "its number in `stimme election pending`");
    command.flag("--yes", options.yes, "you have read the act already; sign without asking");
    command.footer(
        "Checks the act on the log that this program verified, shows it in words and asks. Only a yes signs the\n"
        "very same content: what waits is the server's word, and some of it only you can know (paper counts, keys,\n"
        "reasons).");
    command.runs([&options](cli::Context& context) { return election_confirm(options, context); });
}

}  // namespace

cli::Command& add_election(cli::Command& root) {
    auto& election = root.subcommand("election", "the life of an election, with two officials");
    add_check(election);
    add_create(election);
    auto& status = election.subcommand("status", "where the election is, from the verified log");
    status.runs(election_status);
    add_draft(election, "seal", EntryType::election_sealed, "freeze definition, roll and key");
    add_plain<events::PollsOpened>(election, "open", "open the polls");
    add_draft(election, "close", EntryType::polls_closed, "close the polls, after all stations");
    add_draft(election, "tally", EntryType::tally, "publish the totals that the trustees opened");
    add_draft(election, "result", EntryType::result, "publish who is elected");
    add_plain<events::Certified>(election, "certify", "make the result final");
    add_with_reason<events::Cancelled>(election, "cancel", "cancel the election, for good");
    add_with_reason<events::Incident>(election, "incident", "note an incident in the public log");
    add_replace_key(election);
    add_cosign(election);
    add_pending(election);
    add_confirm(election);
    election.footer(
        "Each act is proposed by one official and signed by a second one with `confirm`. What people count by\n"
        "hand two officials enter, each for themselves: it is in the log when both have entered the same.");
    return election;
}

}  // namespace stimme::office
