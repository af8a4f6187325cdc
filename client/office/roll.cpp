#include "client/office/commands.h"
#include "client/office/roll_check.h"

namespace stimme::office {
namespace {

void add_check(cli::Command& roll) {
    auto& command = roll.subcommand("check", "decide who may vote, offline, with every reason");
    auto& options = command.options<RollCheckOptions>();
    command.required("REGISTER", options.register_file, "resident register, CSV");
    command.required("--definition", options.definition, "definition of the election");
    command.footer(
        "With --json: {\"people\", \"eligible\", \"reasons\": {code: count}, "
        "\"decisions\": {number: [code]}}.\nWrong lines are listed on the error stream, exit code 2.");
    command.runs([&options](cli::Context& context) { return roll_check(options, context); });
}

}  // namespace

void add_roll(cli::Command& root) {
    auto& roll = root.subcommand("roll", "the roll of voters");
    add_check(roll);
}

}  // namespace stimme::office
