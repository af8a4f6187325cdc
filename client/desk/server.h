// The server as a desk sees it, as far as requests must survive a crash.
//
// Thread rule: one thread.
#pragma once

#include "client/desk/store.h"
#include "client/session/session.h"
#include "core/wire/desk.h"

namespace stimme::desk {

// As the server wants to see it.
inline wire::PassProof proof_of(const pass::Pass& pass) {
    return {pass.t, pass.tag};
}

// `key`: idempotency key, the same in each repetition.
class Server {
  public:
    virtual ~Server() = default;
    virtual Result<wire::CheckInAnswer> check_in(const wire::CheckInRequest& request,
                                                 const std::string& key) = 0;
    virtual Result<wire::PassStateAnswer> give_back(const std::string& body, const std::string& key) = 0;
    virtual Result<wire::MoveAnswer> move(const std::string& body, const std::string& key) = 0;
    virtual Result<wire::PaperAnswer> mark_paper(const std::string& body, const std::string& key) = 0;
};

// Over HTTPS. Each request says what this desk has counted, so that a server whose roll was put back to an
// older copy notices it.
class SessionServer final : public Server {
  public:
    // `store` is where this desk counts; without it nothing is told.
    explicit SessionServer(session::Session& session, const DeskStore* store = nullptr)
        : session_(session), store_(store) {}
    Result<wire::CheckInAnswer> check_in(const wire::CheckInRequest& request,
                                         const std::string& key) override {
        tell_counts();
        return session_.post<wire::CheckInAnswer>("check-ins", request, key);
    }
    Result<wire::PassStateAnswer> give_back(const std::string& body, const std::string& key) override {
        return post<wire::PassStateAnswer>("voids", body, key);
    }
    Result<wire::MoveAnswer> move(const std::string& body, const std::string& key) override {
        return post<wire::MoveAnswer>("check-in-moves", body, key);
    }
    Result<wire::PaperAnswer> mark_paper(const std::string& body, const std::string& key) override {
        return post<wire::PaperAnswer>("paper-votes", body, key);
    }

  private:
    template <class Answer>
    Result<Answer> post(const std::string& route, const std::string& body, const std::string& key) {
        tell_counts();
        STIMME_TRY(const std::string text, session_.post_text(route, body, "application/json", key));
        auto answer = wire::parse<Answer>(text);
        if (!answer) return session::Session::answer_malformed(route, answer.error());
        return answer;
    }
    void tell_counts() {
        if (store_ == nullptr) return;
        const Counts& counts = store_->counts();
        session_.tell_desk_counts({counts.checked_in, counts.voided, counts.moved, counts.paper});
    }

    session::Session& session_;
    const DeskStore* const store_;
};

}  // namespace stimme::desk
