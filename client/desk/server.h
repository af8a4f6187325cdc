// The server as a desk sees it, as far as requests must survive a crash.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/session.h"
#include "client/desk/store.h"
#include "core/wire/desk.h"

namespace stimme::desk {

namespace cli = client::cli;

// `key`: idempotency key, the same in each repetition.
class Server {
  public:
    virtual ~Server() = default;
    virtual Result<wire::CheckInAnswer> check_in(const wire::CheckInRequest& request,
                                                 const std::string& key) = 0;
    virtual Result<wire::PassStateAnswer> give_back(const std::string& body, const std::string& key) = 0;
};

// Over HTTPS. Each request says what this desk has counted, so that a server whose roll was put back to an
// older copy notices it.
class SessionServer final : public Server {
  public:
    // `store` is where this desk counts; without it nothing is told.
    explicit SessionServer(cli::Session& session, const DeskStore* store = nullptr)
        : session_(session), store_(store) {}
    Result<wire::CheckInAnswer> check_in(const wire::CheckInRequest& request,
                                         const std::string& key) override {
        tell_counts();
        return session_.post<wire::CheckInAnswer>("check-ins", request, key);
    }
    Result<wire::PassStateAnswer> give_back(const std::string& body, const std::string& key) override {
        tell_counts();
        STIMME_TRY(const std::string text, session_.post_text("voids", body, "application/json", key));
        auto answer = wire::parse<wire::PassStateAnswer>(text);
        if (!answer) return cli::Session::answer_malformed("voids", answer.error());
        return answer;
    }

  private:
    void tell_counts() {
        if (store_ == nullptr) return;
        session_.tell_desk_counts(store_->counts().checked_in, store_->counts().voided);
    }

    cli::Session& session_;
    const DeskStore* const store_;
};

}  // namespace stimme::desk
