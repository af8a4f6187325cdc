// Acts of officials: a content that two of them sign, each on what their own program verified
// (docs/protocol.md, sections 6.2 and 6.3).
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <optional>

#include "client/evidence/folded_log.h"
#include "client/session/session.h"
#include "core/wire/office.h"

namespace stimme::office {

// Whether officials sign such an entry.
bool is_of_officials(const events::Content& content);

// An official at work: their session, and the log as their own program verified it.
class Official {
  public:
    // Folds the log; before there is one, takes h_E from the ceremony.
    // Errors: those of Session::open, evidence::fold_log, evidence::replay_ceremony; keys-incomplete
    // (conflict).
    static Result<Official> open(cli::Context& context);

    session::Session& session() { return session_; }
    const std::filesystem::path& folder() const { return folder_; }
    const evidence::FoldedLog& log() const { return log_; }
    const election::ValidDefinition& definition() const { return session_.definition(); }

    // The content that the server would log now. Errors: those of the server.
    Result<events::Content> draft(election::EntryType type);
    // Acts that wait for signatures, as far as this official may see them.
    Result<wire::PendingActs> pending();

    // Whether this content is right as far as this program can tell: it may follow in the log, and keys,
    // counts, totals and seats are recomputed. Errors: content-type (forbidden: no act of officials);
    // act-differs (corrupt), those of ElectionState::check, and those of the checks behind it.
    Status check(const events::Content& content, cli::Output& out);
    // Checks it and tells in words what it says.
    Status show(const events::Content& content, cli::Output& out);
    // Shows it, signs it on the verified log and sends it. Tells whether it is in the log now or waits.
    Result<wire::ActAnswer> sign(const events::Content& content, cli::Output& out);
    // The same when it is the server's word: only after this official has read it and typed yes. Errors: also
    // not-confirmed (conflict).
    Status sign_if_wanted(const events::Content& content, cli::Context& context);

  private:
    Official(session::Session session, std::filesystem::path folder, evidence::FoldedLog log, Hash election)
        : session_(std::move(session)),
          folder_(std::move(folder)),
          log_(std::move(log)),
          election_(election) {}

    Result<wire::ActAnswer> send(const events::Content& content, cli::Output& out);
    Status check_content(const events::ElectionSealed& act, cli::Output& out);
    Status check_content(const events::PollsClosed& act, cli::Output& out);
    Status check_content(const events::Tally& act, cli::Output& out);
    Status check_content(const events::ElectionResult& act, cli::Output& out);
    // Tells who the leaves belong to, as the server says.
    Status check_content(const events::RollCorrected& act, cli::Output& out);
    template <class Other>
    Status check_content(const Other&, cli::Output&) {
        return {};
    }

    session::Session session_;
    std::filesystem::path folder_;
    evidence::FoldedLog log_;
    Hash election_;
};

}  // namespace stimme::office
