// People of a LiveElection who work with the programs' own code, and a note of everything that the server
// acknowledged to them, so that it can be asked again.
//
// Thread rule: Ledger's members may be called from any thread; the rest belongs to one thread each.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "client/booth/visit.h"
#include "client/desk/desk.h"
#include "client/desk/server.h"
#include "client/session/session.h"
#include "tests/support/live_election.h"

namespace stimme::test {

// A request with its idempotency key, who sent it, and what was answered.
template <class Request, class Answer>
struct Acknowledged {
    std::string who;
    Request request;
    std::string key;
    Answer answer;
};
struct LoggedAct {
    events::Content content;
    std::uint64_t index;
};

struct Acknowledgements {
    std::vector<Acknowledged<wire::CheckInRequest, wire::CheckInAnswer>> check_ins;
    std::vector<Acknowledged<wire::SubmissionRequest, wire::SubmissionAnswer>> submissions;
    std::vector<Acknowledged<wire::CastRequest, wire::CastAnswer>> casts;
    std::vector<Acknowledged<wire::ChallengeRequest, wire::ChallengeAnswer>> challenges;
    std::vector<Acknowledged<std::string, wire::PassStateAnswer>> voids;  // the whole request
    std::vector<LoggedAct> acts;

    std::size_t count() const {
        return check_ins.size() + submissions.size() + casts.size() + challenges.size() + voids.size() +
               acts.size();
    }
};

// Folders of the people of a LiveElection, for programs that talk to `url`.
class Staff {
  public:
    Staff(LiveElection& live, std::string url) : live_(live), url_(std::move(url)) {}

    // `copy` tells several folders of one person apart.
    std::filesystem::path folder(const std::string& who, const std::string& copy = "");
    // Each request is tried once. Throws std::runtime_error when the server can't be reached.
    session::Session session(const std::string& who, const std::string& copy = "");

  private:
    LiveElection& live_;
    const std::string url_;
    TemporaryFolder folder_;
    SystemRandom random_;
    FixedClock clock_{TimePoint{}};
};

class Ledger {
  public:
    template <class List, class Item>
    void note(List Acknowledgements::*list, Item item) {
        const std::lock_guard lock(mutex_);
        (all_.*list).push_back(std::move(item));
        ++count_;
    }
    Acknowledgements all() const {
        const std::lock_guard lock(mutex_);
        return all_;
    }
    std::uint64_t count() const { return count_; }

  private:
    mutable std::mutex mutex_;
    Acknowledgements all_;
    std::atomic<std::uint64_t> count_ = 0;
};

// The server as a desk sees it, with a note of what it acknowledged.
class RecordingDesk final : public desk::Server {
  public:
    RecordingDesk(Ledger& ledger, std::string who, session::Session& session, const desk::DeskStore& store)
        : ledger_(ledger), who_(std::move(who)), server_(session, &store) {}

    Result<wire::CheckInAnswer> check_in(const wire::CheckInRequest& request,
                                         const std::string& key) override;
    Result<wire::PassStateAnswer> give_back(const std::string& body, const std::string& key) override;
    Result<wire::MoveAnswer> move(const std::string& body, const std::string& key) override;
    Result<wire::PaperAnswer> mark_paper(const std::string& body, const std::string& key) override;

  private:
    Ledger& ledger_;
    const std::string who_;
    desk::SessionServer server_;
};

// The same as a booth sees it.
class RecordingBooth final : public booth::Server {
  public:
    RecordingBooth(Ledger& ledger, std::string who, session::Session& session)
        : ledger_(ledger), who_(std::move(who)), server_(session) {}

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
    Ledger& ledger_;
    const std::string who_;
    booth::SessionServer server_;
};

// Signs an act until it is answered, under one key.
Result<wire::ActAnswer> sign_act(session::Session& session, const events::Content& content,
                                 const session::Patience& patience);

}  // namespace stimme::test
