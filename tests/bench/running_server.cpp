#include "tests/bench/running_server.h"

#include <fstream>
#include <thread>

#include "tests/bench/clients.h"

namespace stimme::bench {

RunningServer::RunningServer(const std::vector<std::string>& command, std::filesystem::path port_file)
    : port_file_(std::move(port_file)), child_(command) {
    while (!std::filesystem::exists(port_file_)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::ifstream in(port_file_);
    std::string word;
    in >> word >> public_ >> word >> staff_;
}

std::vector<std::string> server_command(const Polls& polls, const std::filesystem::path& port_file,
                                        const std::string& profile, unsigned threads) {
    std::vector<std::string> command;
    if (!profile.empty())
        command = {"/usr/bin/valgrind", "--quiet", "--tool=callgrind", "--callgrind-out-file=" + profile};
    for (const std::string& word :
         {beside("stimme-server").string(), std::string("run"), std::string("--data"), polls.data().string(),
          std::string("--public-port"), std::string("0"), std::string("--staff-port"), std::string("0"),
          std::string("--cert"), polls.server().certificate.string(), std::string("--key"),
          polls.server().key.string(), std::string("--client-ca"), polls.authority().string(),
          std::string("--port-file"), port_file.string(), std::string("--threads"), std::to_string(threads)})
        command.push_back(word);
    return command;
}

std::vector<Requests> requests_of(const Polls& polls, const std::vector<ReadyBallot>& ballots) {
    std::vector<Requests> all;
    for (const ReadyBallot& ballot : ballots) {
        all.push_back(
            {request_bytes(polls.path("booth/submissions"), json::canonical(to_json(ballot.submission))),
             request_bytes(polls.path("booth/casts"), json::canonical(to_json(ballot.cast)))});
    }
    return all;
}

}  // namespace stimme::bench
