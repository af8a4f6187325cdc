// A server that lies, and the real programs that it lies to: desk, booth, trustee, official, witness,
// auditor.
//
//     LyingServer server(live);
//     server.change("POST booth/casts", "index", 7);
//     EXPECT_EQ(server.run("s1-booth-1", {"booth", "vote", …}).told(), "4 receipt-other-place");
//
// A route is a method and the path below the election; one that ends in * means all that begin so. Behind the
// lies is the honest server of a LiveElection; it holds the log's key, so a lie may be signed like the truth.
//
// Thread rule: a LyingServer belongs to one test; lies are told on the server's threads.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "client/booth/visit.h"
#include "client/desk/desk.h"
#include "client/session/session.h"
#include "core/log/merkle.h"
#include "core/log/tiles.h"
#include "tests/support/live_election.h"

namespace stimme::test {

struct Ran {
    int code = 0;
    std::string out;
    std::string err;

    // Exit code and error: "0", "4 log-forked".
    std::string told() const;
    bool says(const std::string& words) const;
};

// A log that may say anything, with checkpoints signed by the election's key.
class OtherLog {
  public:
    // Begins as a copy of the real one.
    explicit OtherLog(const LiveElection& live);

    // The signatures of the old entry stay.
    OtherLog& replace(std::uint64_t index, const events::Content& content);
    OtherLog& append(const events::Content& content);
    OtherLog& cut(std::uint64_t size);

    // With a key that is none of the election's.
    OtherLog& sign_as_a_stranger();

    events::Entry entry(std::uint64_t index) const { return *events::decode(entries_.at(index)); }
    std::string checkpoint() const { return signed_checkpoint().text; }
    std::string receipt(std::uint64_t index) const;
    // Of the record: "checkpoint" or a tile.
    Result<Bytes> file(const std::string& path) const;
    std::uint64_t size() const { return entries_.size(); }

  private:
    log::Tree tree() const;
    log::SignedCheckpoint signed_checkpoint() const;
    std::string origin_;
    const crypto::LogKey* key_;
    std::vector<std::string> entries_;
};

class LyingServer {
  public:
    using Lie = std::function<void(const net::Request&, net::Response&)>;

    explicit LyingServer(LiveElection& live);

    // Lies, told from now on. The newest that fits a request is told alone.
    LyingServer& lie(const std::string& route, Lie lie);
    // One member of the answer.
    LyingServer& change(const std::string& route, const std::string& member, json::Value value);
    // The whole answer.
    LyingServer& answer(const std::string& route, std::string body, int status = 200);
    // A problem document.
    LyingServer& refuse(const std::string& route, int status, const std::string& code);
    LyingServer& edit(const std::string& route, std::function<void(std::string& body)> edit);
    // From the second request on the answer to the first.
    LyingServer& repeat_the_first(const std::string& route);
    // Another log than the one that there is.
    LyingServer& show(std::shared_ptr<const OtherLog> log);
    void be_honest();

    // The real program, as that person or machine ("" is nobody).
    Ran run(const std::string& who, std::vector<std::string> words, const std::string& input = "");
    // Its role folder, made on first use. A trustee's holds their confirmed share of the key.
    std::filesystem::path folder(const std::string& who);
    // Gives that person's folder as it was at another server: keys, and all that they remember.
    void take_over(const std::string& who, LyingServer& from);
    // As run() has it, for parts of programs.
    session::Session session(const std::string& who);
    std::string url() const;

    LiveElection& live() { return live_; }

  private:
    void tell(const net::Request& request, net::Response& response);
    void make_folder(const std::string& who, const std::filesystem::path& folder);

    LiveElection& live_;
    TemporaryFolder folder_;
    SystemClock clock_;
    SystemRandom random_;
    std::mutex mutex_;
    std::vector<std::pair<std::string, Lie>> lies_;
    Relay relay_;
};

// A booth's visit with a pass of its own, over HTTPS. Doesn't wait between repetitions.
struct BoothAtWork {
    explicit BoothAtWork(LyingServer& server, std::size_t voter = 1);

    // Until the ballot is in the log; then cast or tested. The code of what it came to; "" is success.
    std::string submit();
    std::string cast();
    std::string test();

    LivePass pass;
    session::Session session;
    booth::Polling polling;
    booth::SessionServer server;
    SystemRandom random;
    booth::Visit visit;
};

// A desk, likewise.
struct DeskAtWork {
    explicit DeskAtWork(LyingServer& server);

    // What became of each voter: "pass" or the code of the refusal; then the code of the whole, "" is
    // success.
    std::string check_in(const std::vector<std::string>& voters);
    std::string resume();

    session::Session session;
    desk::SessionServer server;
    SystemRandom random;
    std::unique_ptr<desk::DeskStore> store;
    std::vector<std::string> printed;
    std::unique_ptr<desk::Desk> desk;
};

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "" : result.error().code;
}

}  // namespace stimme::test
