// A voter's visit: the machine together with the server. Whatever the machine wants to say to the server is
// sent, and sent again until it is answered, before anybody is asked anything else. No answer is believed
// until the public log, which this booth watches, has the entry that the answer speaks of.
//
// Thread rule: one thread.
#pragma once

#include <functional>
#include <string>

#include "client/booth/machine.h"
#include "client/session/repeat.h"
#include "client/session/session.h"

namespace stimme::booth {

// The server as a booth sees it. `key`: idempotency key, the same in each repetition.
class Server {
  public:
    virtual ~Server() = default;
    virtual Result<wire::BoothPassAnswer> pass(const wire::BoothPassRequest& request,
                                               const std::string& key) = 0;
    virtual Result<wire::SubmissionAnswer> submit(const wire::SubmissionRequest& request,
                                                  const std::string& key) = 0;
    virtual Result<wire::CastAnswer> cast(const wire::CastRequest& request, const std::string& key) = 0;
    virtual Result<wire::ChallengeAnswer> challenge(const wire::ChallengeRequest& request,
                                                    const std::string& key) = 0;

    // That the public log has exactly this entry at this place. Errors: those of Session::expect.
    virtual Status expect(std::uint64_t index, const events::Content& content) = 0;
    // Where the public log has exactly this entry, from `from` on; empty: it shows none. Errors: those of
    // Session::find.
    virtual Result<std::optional<std::uint64_t>> find(std::uint64_t from, const events::Content& content) = 0;
    // That the log which signed this receipt is the one that this booth watches. Errors: those of
    // Session::meet.
    virtual Status meet(const std::string& receipt) = 0;
};

// Over HTTPS.
class SessionServer final : public Server {
  public:
    explicit SessionServer(session::Session& session) : session_(session) {}
    Result<wire::BoothPassAnswer> pass(const wire::BoothPassRequest& request,
                                       const std::string& key) override;
    Result<wire::SubmissionAnswer> submit(const wire::SubmissionRequest& request,
                                          const std::string& key) override;
    Result<wire::CastAnswer> cast(const wire::CastRequest& request, const std::string& key) override;
    Result<wire::ChallengeAnswer> challenge(const wire::ChallengeRequest& request,
                                            const std::string& key) override;
    Status expect(std::uint64_t index, const events::Content& content) override;
    Result<std::optional<std::uint64_t>> find(std::uint64_t from, const events::Content& content) override;
    Status meet(const std::string& receipt) override;

  private:
    session::Session& session_;
};

// Its error, with what it means for the ballot.
Error explained(const Stopped& stopped);

class Visit {
  public:
    using Watcher = std::function<void(const State&)>;

    // `watcher` is told of each state before anything is sent from it. All must outlive the visit.
    Visit(const Polling& polling, Random& random, Server& server, session::Patience patience = {},
          Watcher watcher = {})
        : polling_(polling),
          random_(random),
          server_(server),
          patience_(std::move(patience)),
          watcher_(std::move(watcher)) {}

    const Polling& polling() const { return polling_; }
    const State& state() const { return state_; }
    // Gives the machine this input, and then what the server answers. REQUIRES: the input can come now.
    const State& give(Input input);

    // The state when it is an S. Errors: that of Stopped, explained. REQUIRES: it is one of both.
    template <class S>
    Result<const S*> expect() const {
        if (const auto* stopped = std::get_if<Stopped>(&state_)) return explained(*stopped);
        return &std::get<S>(state_);
    }

  private:
    void enter(Input input);
    // What the server says to the present state, as far as the public log bears it out; empty where nothing
    // is asked.
    std::optional<Input> ask();
    Result<wire::SubmissionAnswer> submit(const Sealed& at, const std::string& key);
    Result<wire::CastAnswer> cast(const Casting& at, const std::string& key);
    Result<wire::ChallengeAnswer> test(const Testing& at, const std::string& key);
    // What a refusal means for this ballot, submitted at that place: the public log may say that it expired.
    template <class Request>
    Input refused(Error error, const Request& request, std::uint64_t submitted);
    // Asks until there is an answer. `question` gives a Status or Result.
    template <class Question>
    auto answered(const Question& question) {
        return session::until_answered(patience_, question);
    }
    std::string new_key() { return to_hex(random_.bytes<16>()); }

    const Polling& polling_;
    Random& random_;
    Server& server_;
    session::Patience patience_;
    Watcher watcher_;
    State state_;
};

}  // namespace stimme::booth
