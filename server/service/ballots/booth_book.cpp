#include "server/service/ballots/booth_book.h"

namespace stimme::service {

Result<store::BoothRow> BoothBook::find(const SignerId& booth) {
    std::uint64_t before = 0;
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = rows_.find(booth); known != rows_.end()) return known->second;
        before = changes_;
    }
    const auto row = log_.database().read([&](store::Connection& connection) -> Result<store::BoothRow> {
        return store::BallotRows(connection).booth(booth);
    });
    const std::lock_guard lock(mutex_);
    if (row && changes_ == before) rows_.insert_or_assign(booth, *row);
    return row;
}

void BoothBook::forget() {
    const std::lock_guard lock(mutex_);
    ++changes_;
    rows_.clear();
}

}  // namespace stimme::service
