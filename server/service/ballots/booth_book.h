// The booths' rows, remembered: each submission asks whether its booth is locked, and rows change rarely.
//
// Invariant: what it holds was read after the last change that anybody was told of.
//
// Thread rule: all members may be called from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

#include "server/service/log/public_log.h"
#include "server/store/ballots/ballot_store.h"

namespace stimme::service {

class BoothBook {
  public:
    explicit BoothBook(PublicLog& log) : log_(log) {}

    // Errors: those of the store.
    Result<store::BoothRow> find(const SignerId& booth);
    // A row has changed and is on the disk.
    void forget();

    // As `done`, after forget(). For changes of rows.
    template <class T>
    Done<T> forgetting(Done<T> done) {
        return [this, done = std::move(done)](Result<T> result) {
            forget();
            done(std::move(result));
        };
    }

  private:
    PublicLog& log_;
    std::mutex mutex_;
    std::uint64_t changes_ = 0;
    std::map<SignerId, store::BoothRow> rows_;
};

}  // namespace stimme::service
