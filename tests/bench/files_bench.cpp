// `bench_files NGINX`: the files of a record as the server serves them on its public port, beside nginx with
// TLS and the very same files: processor time a request, measured in turn in one run. Prints `name value
// unit` lines; see docs/performance.md. `--quick`: fewer requests.
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/log/tiles.h"
#include "core/record/layout.h"
#include "tests/bench/clients.h"
#include "tests/bench/measure.h"
#include "tests/bench/running_server.h"
#include "tests/support/free_port.h"
#include "tests/support/temporary_folder.h"

namespace stimme::bench {
namespace {

constexpr std::size_t ballots = 400;
constexpr std::size_t readers = 8;

// One process, one worker, kept connections: nothing that an nginx of that size would do slower.
constexpr char nginx_configuration[] = R"(daemon off;
master_process off;
pid {0}/nginx.pid;
error_log {0}/nginx.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    default_type application/octet-stream;
    sendfile on;
    keepalive_requests 100000000;
    open_file_cache max=100 inactive=1h;
    client_body_temp_path {0}/nginx-body;
    proxy_temp_path {0}/nginx-proxy;
    fastcgi_temp_path {0}/nginx-fastcgi;
    uwsgi_temp_path {0}/nginx-uwsgi;
    scgi_temp_path {0}/nginx-scgi;
    server {{
        listen 127.0.0.1:{1} ssl;
        ssl_certificate {2};
        ssl_certificate_key {3};
        ssl_protocols TLSv1.3;
        root {0}/files;
    }}
}}
)";

// nginx over a folder `files` in `folder`; listens when it has been made.
class Nginx {
  public:
    Nginx(const std::string& program, const std::filesystem::path& folder, const Polls& polls)
        : port_(test::free_port()), child_(command(program, folder, polls)) {
        for (int tries = 0; tries < 200; ++tries) {
            try {
                Connection(port_, polls.authority(), nullptr);
                return;
            } catch (const std::exception&) {
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
        }
        throw std::runtime_error("nginx doesn't listen: see " + (folder / "nginx.log").string());
    }
    std::uint16_t port() const { return port_; }
    const Child& child() const { return child_; }

  private:
    std::vector<std::string> command(const std::string& program, const std::filesystem::path& folder,
                                     const Polls& polls) const {
        must(write_file(
            folder / "nginx.conf",
            as_bytes(fmt::format(nginx_configuration, folder.string(), port_,
                                 polls.server().certificate.string(), polls.server().key.string()))));
        return {program, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "nginx.log"};
    }

    const std::uint16_t port_;
    const Child child_;
};

// The polls, closed after some ballots.
std::unique_ptr<Polls> closed_polls(const std::filesystem::path& folder) {
    auto polls = std::make_unique<Polls>(folder, ballots);
    {
        const RunningServer server(server_command(*polls, folder / "ports-open"), folder / "ports-open");
        Clients booths(server.staff_port(), polls->authority(), polls->booth_identities());
        const auto requests = requests_of(*polls, polls->ballots(1, ballots));
        booths.run(requests.size(), [&](Connection& connection, std::size_t i) {
            connection.exchange(requests[i].submit);
            connection.exchange(requests[i].cast);
        });
    }
    polls->close(ballots);
    return polls;
}

class FilesBench {
  public:
    FilesBench(const std::string& nginx, bool quick)
        : quick_(quick),
          polls_(closed_polls(folder_.path())),
          server_(server_command(*polls_, folder_.path() / "ports", "", 1), folder_.path() / "ports"),
          nginx_(nginx, folder_.path(), *polls_),
          own_(server_.public_port(), polls_->authority(), readers),
          peer_(nginx_.port(), polls_->authority(), readers) {}

    // Microseconds of both servers for each request for a file of the record.
    void compare(const char* name, const std::string& file, std::size_t count) {
        const std::string request = request_bytes(polls_->path("record/" + file), "");
        copy(file, request);
        std::vector<double> own, peer, ratios;
        for (int i = 0; i < 5; ++i) {
            peer.push_back(cost(nginx_.child(), peer_, request, count));
            own.push_back(cost(server_.child(), own_, request, count));
            ratios.push_back(peer.back() / own.back());
        }
        print(fmt::format("{}_served", name), median(own), "us/request");
        print(fmt::format("{}_served_by_nginx", name), median(peer), "us/request");
        print(fmt::format("{}_served_over_nginx", name), median(ratios), "ratio");
    }

    void run() {
        const std::size_t count = quick_ ? 1000 : 4000;
        compare("tile_of_hashes", log::tile_path({log::TileId::Kind::hashes, 0, 1, log::tile_width}), count);
        compare("tile_of_entries", log::tile_path({log::TileId::Kind::entries, 0, 1, log::tile_width}),
                count);
        compare("file_of_ballots", record::ballots_path(DistrictId("city"), StyleId("standard")), count / 50);
    }

  private:
    // Where nginx looks for it.
    void copy(const std::string& file, const std::string& request) {
        own_.run(1, [&](Connection& connection, std::size_t) {
            const std::filesystem::path path =
                folder_.path() / "files" / polls_->path("record/" + file).substr(1);
            std::filesystem::create_directories(path.parent_path());
            must(write_file(path, as_bytes(connection.fetch(request))));
        });
    }
    static double cost(const Child& child, Clients& clients, const std::string& request, std::size_t count) {
        const double start = child.microseconds();
        clients.run(count, [&](Connection& connection, std::size_t) { connection.exchange(request); });
        return (child.microseconds() - start) / static_cast<double>(count);
    }

    const bool quick_;
    const test::TemporaryFolder folder_;
    const std::unique_ptr<Polls> polls_;
    const RunningServer server_;
    const Nginx nginx_;
    Clients own_, peer_;
};

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) try {
    using namespace stimme::bench;
    if (count < 2) return 2;
    FilesBench(words[1], has_flag(count, words, "--quick")).run();
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
