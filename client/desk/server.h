// The server as a desk sees it, as far as requests must survive a crash.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/session.h"
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

// Over HTTPS.
class SessionServer final : public Server {
  public:
    explicit SessionServer(cli::Session& session) : session_(session) {}
    Result<wire::CheckInAnswer> check_in(const wire::CheckInRequest& request,
                                         const std::string& key) override {
        return session_.post<wire::CheckInAnswer>("check-ins", request, key);
    }
    Result<wire::PassStateAnswer> give_back(const std::string& body, const std::string& key) override {
        STIMME_TRY(const std::string answer, session_.post_text("voids", body, "application/json", key));
        return wire::parse<wire::PassStateAnswer>(answer);
    }

  private:
    cli::Session& session_;
};

}  // namespace stimme::desk
