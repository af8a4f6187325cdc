#include <fmt/format.h>

#include "client/cli/command.h"

namespace stimme::cli {
namespace {

constexpr std::string_view everywhere = "--json --as --help";

// Each command with subcommands as a pattern, and what may follow each command.
struct Cases {
    std::string paths;
    std::string words;
};

void collect(const Command& command, const std::string& path, Cases& cases) {
    std::string words;
    for (const auto& child : command.subcommands()) words += child->name() + " ";
    for (const std::string& flag : command.flags()) words += flag + " ";
    cases.words += fmt::format("        \"{}\") words=\"{}{}\" ;;\n", path, words, everywhere);
    for (const auto& child : command.subcommands()) {
        const std::string below = path + " " + child->name();
        cases.paths += fmt::format("{}\"{}\"", cases.paths.empty() ? "" : " | ", below);
        collect(*child, below, cases);
    }
}

}  // namespace

std::string bash_completion(const Command& root) {
    Cases cases;
    collect(root, root.name(), cases);
    return fmt::format(
        "# Completion of {0} for bash: source <({0} completion)\n"
        "_{0}() {{\n"
        "    local current=${{COMP_WORDS[COMP_CWORD]}} path={0} words word\n"
        "    for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
        "        case \"$path $word\" in\n"
        "        {1}) path=\"$path $word\" ;;\n"
        "        esac\n"
        "    done\n"
        "    case \"$path\" in\n"
        "{2}"
        "    esac\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
        "}}\n"
        "complete -o default -F _{0} {0}\n",
        root.name(), cases.paths, cases.words);
}

}  // namespace stimme::cli
