// What checking a ballot takes, once the election is sealed: h_E, the election key with its table, and the
// layout of each ballot style. Made once, from entry 0 of the log.
//
// Thread rule: get() may be called from any thread; what it gives is immutable.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/ballot/layout.h"
#include "core/base/result.h"
#include "core/crypto/elgamal.h"
#include "core/events/election_keys.h"
#include "server/service/log/public_log.h"

namespace stimme::service {

struct SealedKeys {
    events::ElectionKeys keys;
    std::optional<crypto::ElectionKey> key;  // empty in a paper-only election
    std::map<StyleId, ballot::Layout> layouts;

    const Hash& election() const { return keys.election; }
};

class SealedKeysCache {
  public:
    explicit SealedKeysCache(const PublicLog& log) : log_(log) {}
    // Errors: not-sealed (conflict), and those of verify_sealed_keys.
    Result<std::shared_ptr<const SealedKeys>> get();

  private:
    Result<std::shared_ptr<const SealedKeys>> make() const;

    const PublicLog& log_;
    std::mutex mutex_;
    std::shared_ptr<const SealedKeys> made_;
};

}  // namespace stimme::service
