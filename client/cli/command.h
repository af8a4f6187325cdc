// The commands of `stimme`: a tree of words with flags, each leaf with what it does. Command files include
// this and nothing of the library that reads command lines.
//
//     struct CheckOptions { std::filesystem::path file; };
//
//     void add_check(cli::Command& election) {
//         auto& command = election.subcommand("check", "check a definition, offline");
//         auto& options = command.options<CheckOptions>();
//         command.required("FILE", options.file, "the definition");
//         command.runs([&options](cli::Context& context) { return check(options, context); });
//     }
//
// Names: "--out" or "-o,--out" is a flag, a bare word is a positional argument. Every command also takes
// --json, --as DIR and --help, anywhere on the line.
//
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/output.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"

namespace stimme::cli {

// What a command works with besides its own flags.
struct Context {
    Output& out;
    std::istream& in;
    const Clock& clock;
    Random& random;
    std::filesystem::path role_folder;  // --as or STIMME_AS; empty when not given
};

using Body = std::function<Status(Context&)>;

class Command {
  public:
    Command(Command&&) = delete;
    ~Command();

    Command& subcommand(const std::string& name, const std::string& help);
    // Longer words below the flags in this command's help.
    void footer(const std::string& text);

    // A set of values that lives as long as the command.
    template <class Options>
    Options& options() {
        auto made = std::make_shared<Options>();
        kept_.push_back(made);
        return *made;
    }

    void flag(const std::string& names, bool& value, const std::string& help);
    void required(const std::string& names, std::string& value, const std::string& help);
    void required(const std::string& names, std::filesystem::path& value, const std::string& help);
    void required(const std::string& names, std::uint64_t& value, const std::string& help);
    // One or more.
    void required(const std::string& names, std::vector<std::string>& value, const std::string& help);
    void optional(const std::string& names, std::string& value, const std::string& help);
    void optional(const std::string& names, std::filesystem::path& value, const std::string& help);
    void optional(const std::string& names, std::uint64_t& value, const std::string& help);
    void optional(const std::string& names, std::vector<std::string>& value, const std::string& help);
    // One of `words`.
    void choice(const std::string& names, std::string& value, const std::vector<std::string>& words,
                const std::string& help);
    // The same, or what `value` is before.
    void optional_choice(const std::string& names, std::string& value, const std::vector<std::string>& words,
                         const std::string& help);

    // What it does; with subcommands, what it does without one of them.
    void runs(Body body);

    // What there is to complete after this command: its subcommands and flags.
    const std::string& name() const { return name_; }
    const std::vector<std::unique_ptr<Command>>& subcommands() const { return subcommands_; }
    const std::vector<std::string>& flags() const { return flags_; }

  private:
    friend class Program;
    struct App;
    Command(std::string name, std::unique_ptr<App> app);
    template <class Value>
    void add(const std::string& names, Value& value, const std::string& help, bool required);
    void add_choice(const std::string& names, std::string& value, const std::vector<std::string>& words,
                    const std::string& help, bool required);

    std::string name_;
    std::unique_ptr<App> app_;
    std::vector<std::unique_ptr<Command>> subcommands_;
    std::vector<std::string> flags_;
    std::vector<std::shared_ptr<void>> kept_;
    Body body_;
};

// Streams and sources that the program works with.
struct Surroundings {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool terminal;  // a person watches err
    const Clock& clock;
    Random& random;
};

class Program {
  public:
    Program(const std::string& name, const std::string& help);
    ~Program();

    Command& root() { return *root_; }

    // Reads the words (without the program's name), runs the command they name and returns the exit code. A
    // failure is told on the error stream, with --json also as {"error": {"code", "message"}} on the output.
    int run(const std::vector<std::string>& words, const Surroundings& surroundings);

  private:
    int run_body(const Command& command, const Surroundings& surroundings);
    const Command* chosen(const Command& from) const;

    std::unique_ptr<Command> root_;
    bool json_ = false;
    std::filesystem::path role_folder_;
};

// A script for bash that completes commands and flags.
std::string bash_completion(const Command& root);

}  // namespace stimme::cli
