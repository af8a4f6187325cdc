// `stimme-server`: the server of elections. It logs to standard error what it does itself, never who came.
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "core/base/file.h"
#include "server/api/application.h"
#include "server/api/version.h"

namespace {

using namespace stimme;

struct Options {
    std::string data;
    std::string address = "127.0.0.1";
    std::uint16_t public_port = 8443;
    std::uint16_t staff_port = 8444;
    std::string certificate;
    std::string key;
    std::string client_ca;
    unsigned threads = 2;
    net::Limits limits;
    std::string port_file;
    std::string passphrase_variable;
    std::string election;
};

int fail(const Error& error) {
    spdlog::error("{}: {}", error.code, error.message);
    return 1;
}

Result<std::optional<std::string>> passphrase(const Options& options) {
    if (options.passphrase_variable.empty()) return std::optional<std::string>();
    const char* value = std::getenv(options.passphrase_variable.c_str());
    if (value != nullptr && *value != '\0') return std::optional<std::string>(value);
    return invalid("passphrase-missing",
                   fmt::format("the environment variable {} is empty", options.passphrase_variable));
}

int make_log_key(const Options& options) {
    if (!is_name(options.election))
        return fail(invalid("election-invalid", "a name of an election has 1 to 32 of a-z, 0-9 and hyphen"));
    const auto secret = passphrase(options);
    if (!secret) return fail(secret.error());
    SystemRandom random;
    const auto key = service::create_log_key(
        std::filesystem::path(options.data) / options.election / "log.key", *secret, random);
    if (!key) return fail(key.error());
    std::cout << to_hex(*key) << "\n";
    return 0;
}

// Waits for SIGTERM or SIGINT, which are blocked in all threads.
void wait_for_signal(const sigset_t& signals) {
    int received = 0;
    sigwait(&signals, &received);
}

Status tell_ports(const Options& options, const api::Application& server) {
    const std::string ports = fmt::format("public {}\nstaff {}\n", server.bound_port(net::Port::public_port),
                                          server.bound_port(net::Port::staff_port));
    std::cout << ports << std::flush;
    return options.port_file.empty() ? Status() : write_file(options.port_file, as_bytes(ports));
}

int run(const Options& options) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    auto secret = passphrase(options);
    if (!secret) return fail(secret.error());
    api::ApplicationConfig config;
    config.data = options.data;
    config.public_port = {options.address, options.public_port, options.certificate, options.key};
    config.staff_port = {options.address, options.staff_port, options.certificate, options.key};
    config.staff_ca = options.client_ca;
    config.threads = options.threads;
    config.limits = options.limits;
    config.passphrase = *std::move(secret);
    config.report = [](std::string_view what) { spdlog::warn("{}", what); };
    const auto server = api::Application::start(std::move(config));
    if (!server) return fail(server.error());
    spdlog::info("{} elections open", (*server)->elections().all().size());
    if (auto told = tell_ports(options, **server); !told) return fail(told.error());
    wait_for_signal(signals);
    spdlog::info("stopping");
    (*server)->stop();
    return 0;
}

void add_passphrase(CLI::App& command, Options& options) {
    command.add_option("--passphrase-env", options.passphrase_variable,
                       "environment variable that holds the passphrase of log keys and pass keys");
}

CLI::App& add_run(CLI::App& app, Options& options) {
    CLI::App& run = *app.add_subcommand("run", "serve all elections of a data folder");
    run.add_option("--data", options.data, "folder with one folder for each election")->required();
    run.add_option("--address", options.address, "address to listen on")->capture_default_str();
    run.add_option("--public-port", options.public_port, "0: any free one")->capture_default_str();
    run.add_option("--staff-port", options.staff_port, "0: any free one")->capture_default_str();
    run.add_option("--cert", options.certificate, "certificate of the server, PEM")->required();
    run.add_option("--key", options.key, "its key, PEM")->required();
    run.add_option("--client-ca", options.client_ca, "who signs the certificates of staff, PEM")->required();
    run.add_option("--threads", options.threads, "threads for requests, and as many for ballots")
        ->capture_default_str()
        ->check(CLI::Range(1, 256));
    run.add_option("--public-connections", options.limits.public_connections, "open at a time")
        ->capture_default_str();
    run.add_option("--staff-connections", options.limits.staff_connections, "open at a time")
        ->capture_default_str();
    run.add_option("--connections-per-address", options.limits.connections_of_address,
                   "of these, before a certificate is verified; 0: any number")
        ->capture_default_str();
    run.add_option("--port-file", options.port_file, "file to write the ports to");
    add_passphrase(run, options);
    return run;
}

CLI::App& add_log_key(CLI::App& app, Options& options) {
    CLI::App& command = *app.add_subcommand(
        "log-key", "make the key of an election's log and print its public key for the definition");
    command.add_option("--data", options.data, "the data folder")->required();
    command.add_option("--election", options.election, "name of the election")->required();
    add_passphrase(command, options);
    return command;
}

}  // namespace

int main(int argc, char** argv) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("stimme-server"));
    CLI::App app("stimme-server: the server of elections that anyone can re-check");
    app.require_subcommand(1);
    Options options;
    const CLI::App& run_command = add_run(app, options);
    const CLI::App& log_key_command = add_log_key(app, options);
    const CLI::App& version_command = *app.add_subcommand("version", "tell the version");
    CLI11_PARSE(app, argc, argv);
    if (run_command.parsed()) return run(options);
    if (log_key_command.parsed()) return make_log_key(options);
    if (version_command.parsed()) std::cout << "stimme-server " << api::version << "\n";
    return 0;
}
