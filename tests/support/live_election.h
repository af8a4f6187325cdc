// A whole election that a real server serves over HTTPS, with everybody's keys and certificates: the honest
// flow to any phase, and lines for anybody to send anything.
//
//     LiveElection live;                                   polls are open, twelve voters at each station
//     live.vote(1);                                        check-in, ballot, cast
//     EXPECT_EQ(live.as("s1-booth-1").post("booth/casts", hostile).told(), "403 cast-secret-wrong");
//     live.finish();
//     EXPECT_TRUE(live.verify().report.complete());
//
// The default election: a contest "board" of 3 options and 2 votes with an invalid option, stations s1 (2
// desks, 2 booths) and s2 (1 and 1), 3 officials, 2 of 3 trustees. Signers are named as in elections.h. Polls
// of one definition are opened once in a program; later elections get a copy of that folder.
//
// Steps of the honest flow throw std::runtime_error when the server refuses them.
//
// Thread rule: belongs to one test; as() belongs to the test's thread, connect() may be called from any.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/events/act.h"
#include "core/events/ceremony_message.h"
#include "core/verify/verify.h"
#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "core/wire/wire.h"
#include "tests/support/elections.h"
#include "tests/support/live_server.h"

namespace stimme::service {
class Election;
}

namespace stimme::test {

TestElection live_definition();

struct LiveOptions {
    election::Phase phase = election::Phase::open;  // or draft, or sealed
    std::size_t voters = 12;                        // at each station, at most 9999
    std::shared_ptr<LiveServer> server = nullptr;   // of another election; none: one of its own
};

// A pass that a voter holds.
struct LivePass {
    std::string station;
    std::string style;
    events::PassNumber t;
    events::PassTag tag;

    wire::PassProof proof() const { return {t, tag}; }
};

class LiveElection {
  public:
    explicit LiveElection(TestElection definition = live_definition(), LiveOptions options = {});
    ~LiveElection();

    const Election& known() const { return known_; }
    const election::Definition& definition() const { return *known_.definition; }
    std::shared_ptr<LiveServer> server() const { return server_; }
    // The server's own object, for what nobody can see from outside.
    service::Election& inside() const;
    // "/v1/elections/test-2026/".
    std::string prefix() const;

    // Lines. as() keeps one for each name; "" is nobody, at the public port.
    Line& as(const std::string& signer);
    Line connect(const std::string& signer) const;

    // Passes and ballots.

    // "10001" is the first voter of the first station. Those of even numbers are citizens of the EU.
    std::string voter(std::size_t number, const std::string& station = "s1") const;
    LivePass check_in(std::size_t voter, const std::string& desk = "s1-desk-1");
    // A good pass that nobody was checked in for: server and desk together can make one.
    LivePass unissued_pass(std::uint64_t number, const std::string& station = "s1",
                           const std::string& style = "standard") const;
    ballot::Context context(const LivePass& pass) const;
    ballot::SealedBallot encrypt(const LivePass& pass, events::Selections selections = {{1, 0, 0, 0}},
                                 std::uint64_t seed = 1) const;
    // Bodies of requests.
    std::string submission(const LivePass& pass, const Bytes& body) const;
    static std::string cast(const LivePass& pass, ballot::SealedBallot&& sealed);
    static std::string challenge(const LivePass& pass, ballot::SealedBallot&& sealed);
    std::string void_of(std::size_t voter, const LivePass& pass, const std::string& desk = "s1-desk-1") const;
    // Those that the booth "<station>-booth-1" sends.
    Answer submit(const LivePass& pass, const ballot::SealedBallot& sealed);
    Answer cast_now(const LivePass& pass, ballot::SealedBallot&& sealed);
    // Check-in, submission, cast; the pass that was used.
    LivePass vote(std::size_t voter, events::Selections selections = {{1, 0, 0, 0}},
                  const std::string& desk = "s1-desk-1");

    // Acts.

    // The newest checkpoint, and the one on which shares stand.
    events::LogView view() const;
    events::LogView closing_view() const;
    events::ActSignature signature(const std::string& signer, const events::Content& content) const;
    events::ActSignature signature(const std::string& signer, const events::Content& content,
                                   const events::LogView& view) const;
    // As official-1 gets it.
    events::Content draft(const std::string& type, const std::string& station = "");
    // POST acts, with the signer's own certificate.
    Answer sign(const std::string& signer, const events::Content& content);
    Answer sign(const std::string& signer, const events::Content& content,
                const events::ActSignature& signature);
    // By all of them.
    void act(const events::Content& content,
             const std::vector<std::string>& signers = {"official-1", "official-2"});

    // The ceremony.
    events::TrusteeCommitments commitments(unsigned i) const;
    events::TrusteeShare ceremony_share(unsigned from, unsigned to) const;
    events::TrusteeConfirmation confirmation(unsigned i) const;
    void hold_ceremony();
    Answer import_roll();

    // Steps, each from the phase before.
    void seal();
    void open_polls();
    void close_station(const std::string& station);
    void close_polls();  // with all stations that are open
    // A trustee's shares of all groups, as their own program makes them after it verified the record.
    std::vector<events::DecryptionShare> shares(unsigned l);
    void send_shares(unsigned l);
    void tally();  // with the shares of the first k trustees that are still missing
    void result();
    void certify();
    // From wherever it is to the certified result.
    void finish();

    // What the public knows.
    election::Phase phase() const;
    std::uint64_t log_size() const { return view().size; }
    // Mirrored over HTTPS and verified, with h_E as announced.
    verify::Outcome verify();
    std::filesystem::path mirror();

    // Everything that an attack might change, as text: log, phase, check-ins, acts that wait, ceremony, roll,
    // what was begun and not finished.
    std::string state() const;

  private:
    void keep_folder() const;
    void begin(const LiveOptions& options);
    void go_to(election::Phase phase);
    std::string register_csv() const;
    std::filesystem::path folder() const;

    Election known_;
    std::size_t voters_;
    std::shared_ptr<LiveServer> server_;
    std::map<std::string, Line> lines_;
    std::optional<verify::ClosedElection> closed_;
};

}  // namespace stimme::test
