// The journal of official acts that stay private: a hash chain whose head stands in the log at the close
// (docs/protocol.md, section 6.5).
//
// Thread rule: a Journal belongs to the thread that has its connection; append() within an operation of the
// Writer.
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "server/store/roll/roll_store.h"

namespace stimme::service {

class Journal {
  public:
    // `definition` is h_D, the head of an empty journal.
    Journal(store::Connection& connection, const Hash& definition, const Clock& clock)
        : rows_(connection), definition_(definition), clock_(clock) {}

    Result<Hash> head() const;
    // Adds the time to the act ("at", UTC), and returns it as it is chained.
    Result<std::string> append(json::Object act);
    // Errors: journal-damaged (corrupt): the chain doesn't hold, or it is of another definition.
    Status verify() const;

  private:
    store::RollRows rows_;
    Hash definition_;
    const Clock& clock_;
};

}  // namespace stimme::service
