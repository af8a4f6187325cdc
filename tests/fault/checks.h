// What must hold after a server was killed: everything that was acknowledged is there exactly once.
//
// Thread rule: belongs to one thread.
#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/fault/recording.h"

namespace stimme::test {

// Asks a running server again for what it acknowledged, with the same keys: the answers must be the same.
class Asker {
  public:
    Asker(LiveElection& live, const std::string& url) : staff_(live, url) {}

    // The newest of each kind, and as many more of any age as `older` says. Gives what is wrong.
    std::vector<std::string> ask(const Acknowledgements& all, std::size_t newest, std::size_t older);
    // An observer's look at the log: it continues what was seen before.
    std::vector<std::string> watch();
    const std::vector<events::LogView>& seen() const { return seen_; }

  private:
    session::Session& session(const std::string& who);
    template <class Request, class Answer>
    void repeat(const std::vector<Acknowledged<Request, Answer>>& list, const std::string& route,
                std::size_t newest, std::size_t older, std::vector<std::string>& wrong);

    Staff staff_;
    std::map<std::string, session::Session> sessions_;
    std::mt19937_64 chance_{7};
    std::vector<events::LogView> seen_;
};

// The tables of both files against each other, on a copy of them: nothing half is there. The election's
// folder may be in use by nobody.
std::vector<std::string> check_files(const std::filesystem::path& folder);

// With the server in this process: log, roll and journal against all that was acknowledged.
std::vector<std::string> check_everything(LiveElection& live, const Acknowledgements& all,
                                          const std::vector<events::LogView>& seen);

}  // namespace stimme::test
