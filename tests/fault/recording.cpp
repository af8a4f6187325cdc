#include "tests/fault/recording.h"

#include <sstream>

#include "client/session/role_folder.h"
#include "core/base/file.h"
#include "core/wire/wire.h"
#include "tests/support/must.h"

namespace stimme::test {
namespace {

namespace fs = std::filesystem;

template <class List, class Request, class Answer>
Result<Answer> noted(Ledger& ledger, List Acknowledgements::*list, const std::string& who,
                     const Request& request, const std::string& key, Result<Answer> answer) {
    if (answer) ledger.note(list, Acknowledged<Request, Answer>{who, request, key, *answer});
    return answer;
}

}  // namespace

fs::path Staff::folder(const std::string& who, const std::string& copy) {
    const fs::path folder = folder_.path() / (who + copy);
    if (fs::exists(folder)) return folder;
    const Election& known = live_.known();
    const election::Holder* const holder = known.definition.holder(SignerId(who));
    must(session::RoleFolder::create(folder, {url_, known.definition->id, holder->id, holder->role}));
    const Identity& identity = live_.server()->identity(who);
    fs::copy_file(live_.server()->ca(), folder / "ca.pem");
    fs::copy_file(identity.certificate, folder / "cert.pem");
    must(write_file(folder / "key.pem", known.signing_key(who).to_pem().reveal(), FileMode::private_file));
    return folder;
}

session::Session Staff::session(const std::string& who, const std::string& copy) {
    std::ostringstream ignored;
    std::istringstream nothing;
    cli::Output out(ignored, ignored, false, false);
    const cli::Context context{out, nothing, clock_, random_, folder(who, copy)};
    return must(session::Session::open(context, [](net::ClientConfig& config) { config.attempts = 1; }));
}

Result<wire::CheckInAnswer> RecordingDesk::check_in(const wire::CheckInRequest& request,
                                                    const std::string& key) {
    return noted(ledger_, &Acknowledgements::check_ins, who_, request, key, server_.check_in(request, key));
}
Result<wire::PassStateAnswer> RecordingDesk::give_back(const std::string& body, const std::string& key) {
    return noted(ledger_, &Acknowledgements::voids, who_, body, key, server_.give_back(body, key));
}
Result<wire::MoveAnswer> RecordingDesk::move(const std::string& body, const std::string& key) {
    return server_.move(body, key);
}
Result<wire::PaperAnswer> RecordingDesk::mark_paper(const std::string& body, const std::string& key) {
    return server_.mark_paper(body, key);
}

Result<wire::BoothPassAnswer> RecordingBooth::pass(const wire::BoothPassRequest& request,
                                                   const std::string& key) {
    return server_.pass(request, key);
}
Result<wire::SubmissionAnswer> RecordingBooth::submit(const wire::SubmissionRequest& request,
                                                      const std::string& key) {
    return noted(ledger_, &Acknowledgements::submissions, who_, request, key, server_.submit(request, key));
}
Result<wire::CastAnswer> RecordingBooth::cast(const wire::CastRequest& request, const std::string& key) {
    return noted(ledger_, &Acknowledgements::casts, who_, request, key, server_.cast(request, key));
}
Result<wire::ChallengeAnswer> RecordingBooth::challenge(const wire::ChallengeRequest& request,
                                                        const std::string& key) {
    return noted(ledger_, &Acknowledgements::challenges, who_, request, key, server_.challenge(request, key));
}
Status RecordingBooth::expect(std::uint64_t index, const events::Content& content) {
    return server_.expect(index, content);
}
Result<std::optional<std::uint64_t>> RecordingBooth::find(std::uint64_t from,
                                                          const events::Content& content) {
    return server_.find(from, content);
}
Status RecordingBooth::meet(const std::string& receipt) {
    return server_.meet(receipt);
}

Result<wire::ActAnswer> sign_act(session::Session& session, const events::Content& content,
                                 const session::Patience& patience) {
    const std::string key = session.new_idempotency_key();
    STIMME_TRY(auto signature, session::until_answered(patience, [&] { return session.sign(content); }));
    const wire::ActRequest request{content, std::move(signature)};
    return session::until_answered(patience,
                                   [&] { return session.post<wire::ActAnswer>("acts", request, key); });
}

}  // namespace stimme::test
