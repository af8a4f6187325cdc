#include "client/cli/command.h"

#include <exception>
#include <istream>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "client/cli/exit_code.h"

namespace stimme::cli {
namespace {

// "-o,--out" -> {"-o", "--out"}; positional names give nothing.
std::vector<std::string> flags_in(const std::string& names) {
    std::vector<std::string> flags;
    for (const std::string& name : CLI::detail::split(names, ',')) {
        if (name.starts_with('-')) flags.push_back(name);
    }
    return flags;
}

template <class Value>
constexpr const char* kind_of() {
    if constexpr (std::is_same_v<Value, std::filesystem::path>) return "PATH";
    if constexpr (std::is_same_v<Value, std::uint64_t>) return "N";
    return "TEXT";
}

void show_error(const Error& error, Output& out) {
    out.note("stimme: " + error.message + " (" + error.code + ")");
    out.document(json::Object{
        {"error", json::Object{{"code", error.code}, {"message", error.message}}},
    });
}

}  // namespace

struct Command::App {
    std::shared_ptr<CLI::App> owner;  // of the root only
    CLI::App* app;
};

Command::Command(std::string name, std::unique_ptr<App> app) : name_(std::move(name)), app_(std::move(app)) {}
Command::~Command() = default;

Command& Command::subcommand(const std::string& name, const std::string& help) {
    CLI::App* const app = app_->app->add_subcommand(name, help);
    app->fallthrough();
    app_->app->require_subcommand(body_ ? 0 : 1, 1);
    auto child = std::make_unique<App>(App{nullptr, app});
    subcommands_.push_back(std::unique_ptr<Command>(new Command(name, std::move(child))));
    return *subcommands_.back();
}

void Command::footer(const std::string& text) {
    app_->app->footer(text);
}

template <class Value>
void Command::add(const std::string& names, Value& value, const std::string& help, bool required) {
    for (std::string& flag : flags_in(names)) flags_.push_back(std::move(flag));
    CLI::Option* const option = app_->app->add_option(names, value, help);
    option->type_name(kind_of<Value>());
    option->required(required);
}

void Command::flag(const std::string& names, bool& value, const std::string& help) {
    for (std::string& flag : flags_in(names)) flags_.push_back(std::move(flag));
    app_->app->add_flag(names, value, help);
}
void Command::required(const std::string& names, std::string& value, const std::string& help) {
    add(names, value, help, true);
}
void Command::required(const std::string& names, std::filesystem::path& value, const std::string& help) {
    add(names, value, help, true);
}
void Command::required(const std::string& names, std::uint64_t& value, const std::string& help) {
    add(names, value, help, true);
}
void Command::required(const std::string& names, std::vector<std::string>& value, const std::string& help) {
    add(names, value, help, true);
}
void Command::optional(const std::string& names, std::string& value, const std::string& help) {
    add(names, value, help, false);
}
void Command::optional(const std::string& names, std::filesystem::path& value, const std::string& help) {
    add(names, value, help, false);
}
void Command::optional(const std::string& names, std::uint64_t& value, const std::string& help) {
    add(names, value, help, false);
}
void Command::optional(const std::string& names, std::vector<std::string>& value, const std::string& help) {
    add(names, value, help, false);
}

void Command::add_choice(const std::string& names, std::string& value, const std::vector<std::string>& words,
                         const std::string& help, bool required) {
    for (std::string& flag : flags_in(names)) flags_.push_back(std::move(flag));
    app_->app->add_option(names, value, help)->required(required)->check(CLI::IsMember(words));
}

void Command::choice(const std::string& names, std::string& value, const std::vector<std::string>& words,
                     const std::string& help) {
    add_choice(names, value, words, help, true);
}

void Command::optional_choice(const std::string& names, std::string& value,
                              const std::vector<std::string>& words, const std::string& help) {
    add_choice(names, value, words, help, false);
}

void Command::runs(Body body) {
    body_ = std::move(body);
    if (!subcommands_.empty()) app_->app->require_subcommand(0, 1);
}

Program::Program(const std::string& name, const std::string& help) {
    auto owner = std::make_shared<CLI::App>(help, name);
    CLI::App* const app = owner.get();
    app->footer(std::string(exit_code_help()));
    app->set_help_all_flag("--help-all", "help for every command");
    root_.reset(new Command(name, std::make_unique<Command::App>(Command::App{std::move(owner), app})));
    root_->flag("--json", json_, "answer with one JSON document");
    root_->add("--as", role_folder_, "role folder: who you are (also STIMME_AS)", false);
    app->get_option("--as")->envname("STIMME_AS");
    Command& completion = root_->subcommand("completion", "print the script that completes commands in bash");
    completion.footer("Use: source <(stimme completion)");
    completion.runs([this](Context& context) -> Status {
        context.out.raw(bash_completion(*root_));
        return {};
    });
}

Program::~Program() = default;

int Program::run(const std::vector<std::string>& words, const Surroundings& surroundings) {
    CLI::App& app = *root_->app_->app;
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& error) {
        const bool asked_for_help = app.exit(error, surroundings.out, surroundings.err) == 0;
        return static_cast<int>(asked_for_help ? ExitCode::success : ExitCode::usage);
    }
    const Command* const command = chosen(*root_);
    return run_body(*command, surroundings);
}

const Command* Program::chosen(const Command& from) const {
    for (const auto& child : from.subcommands()) {
        if (child->app_->app->parsed()) return chosen(*child);
    }
    return &from;
}

int Program::run_body(const Command& command, const Surroundings& surroundings) {
    Output out(surroundings.out, surroundings.err, json_, surroundings.terminal);
    Context context{out, surroundings.in, surroundings.clock, surroundings.random, role_folder_};
    Status status;
    try {
        status = command.body_(context);
    } catch (const std::exception& error) {
        status = internal("unexpected", error.what());
    }
    if (status) return static_cast<int>(ExitCode::success);
    show_error(status.error(), out);
    return static_cast<int>(exit_code_of(status.error()));
}

}  // namespace stimme::cli
