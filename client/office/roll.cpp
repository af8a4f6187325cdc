#include "client/office/commands.h"
#include "client/office/roll_check.h"
#include "client/office/roll_office.h"

namespace stimme::office {
namespace {

struct FileOption {
    std::filesystem::path file;
};

void add_check(cli::Command& roll) {
    auto& command = roll.subcommand("check", "decide who may vote, offline, with every reason");
    auto& options = command.options<RollCheckOptions>();
    command.required("REGISTER", options.register_file, "resident register, CSV");
    command.required("--definition", options.definition, "definition of the election");
    command.flag("--candidacy", options.candidacy, "decide who may stand for election instead");
    command.footer(
        "With --json: {\"people\", \"eligible\", \"reasons\": {code: count}, "
        "\"decisions\": {number: [code]}}.\nWrong lines are listed on the error stream, exit code 2.");
    command.runs([&options](cli::Context& context) { return roll_check(options, context); });
}

void add_deadlines(cli::Command& roll) {
    auto& command = roll.subcommand("deadlines", "what is due when in the making of the roll, offline");
    auto& options = command.options<FileOption>();
    command.required("--definition", options.file, "definition of the election");
    command.footer(
        "With --json: {\"today\", \"deadlines\": [{\"code\", \"day\", \"days_left\", \"nearness\"}]}; "
        "nearness is "
        "over, today, near (within 7 days) or later.");
    command.runs([&options](cli::Context& context) { return roll_deadlines(options.file, context); });
}

void add_import(cli::Command& roll) {
    auto& command = roll.subcommand("import", "give the server the register, in place of an earlier one");
    auto& options = command.options<FileOption>();
    command.required("REGISTER", options.file, "resident register, CSV");
    command.runs([&options](cli::Context& context) { return roll_import(options.file, context); });
}

void add_notices(cli::Command& roll) {
    auto& command = roll.subcommand("notices", "number, name, station and code of every voter, CSV");
    auto& options = command.options<FileOption>();
    command.required("--out", options.file, "file to write; only its owner may read it");
    command.runs([&options](cli::Context& context) { return roll_notices(options.file, context); });
}

void add_find(cli::Command& roll) {
    auto& command = roll.subcommand("find", "look for people");
    auto& query = command.options<std::string>();
    command.required("QUERY", query, "beginning of a number or name");
    command.runs([&query](cli::Context& context) { return roll_find(query, context); });
}

void add_correction(cli::Command& roll, const std::string& name, Correction correction,
                    const std::string& help) {
    auto& command = roll.subcommand(name, help);
    auto& options = command.options<CorrectionOptions>();
    command.required("NUMBER", options.voter, "number in the register");
    command.required("--reason", options.reason, "why; it stands in the public log, so name nobody");
    command.runs(
        [&options, correction](cli::Context& context) { return roll_correct(correction, options, context); });
}

}  // namespace

void add_roll(cli::Command& root) {
    auto& roll = root.subcommand("roll", "the roll of voters");
    add_check(roll);
    add_deadlines(roll);
    add_import(roll);
    auto& status = roll.subcommand("status", "how many voters, and the roll's fingerprint");
    status.runs(roll_status);
    add_notices(roll);
    add_find(roll);
    add_correction(roll, "admit", Correction::admit, "admit somebody after sealing, with two officials");
    add_correction(roll, "strike", Correction::strike,
                   "strike somebody off after sealing, with two officials");
}

}  // namespace stimme::office
