// The key ceremony as the server sees it: it stores the trustees' messages in order, refuses what the fold
// (core/events/ceremony.h) refuses, and shows them all to everybody. Trustees replay them and don't trust it
// (docs/protocol.md, section 3).
//
// Thread rule: all members may be called from any thread; `done` is called once, on another thread.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/events/ceremony.h"
#include "server/service/log/public_log.h"
#include "server/service/once.h"
#include "server/store/ballots/ballot_store.h"

namespace stimme::service {

struct CeremonyView {
    std::vector<std::string> messages;            // canonical, in the order in which they came
    std::vector<events::MissingMessage> missing;  // empty: complete
};

class CeremonyService {
  public:
    explicit CeremonyService(PublicLog& log) : log_(log) {}

    // The fold over what is stored. Errors: ceremony-none (not-found: a paper-only election), those of the
    // store, and of the fold if the file was changed by others.
    Result<events::Ceremony> replay(store::Connection& connection) const;
    Result<events::Ceremony> replay() const;

    Result<CeremonyView> view() const;

    // Takes one message and gives the number of messages. A message that is there already gets the same
    // answer. Errors: signer-differs (forbidden: the message is another trustee's), ceremony-over (conflict:
    // the election is sealed), those of Ceremony::check.
    void take(const SignerId& trustee, const events::CeremonyMessage& message, const Once& once,
              Done<std::uint64_t> done);

  private:
    // The committed messages never change, so what was folded once is kept.
    Result<events::Ceremony> fold(const std::vector<std::string>& messages) const;

    PublicLog& log_;
    mutable std::mutex mutex_;
    mutable std::optional<events::Ceremony> committed_;
    mutable std::size_t committed_messages_ = 0;
};

}  // namespace stimme::service
