// What a voter's receipt says: that this very ballot is in the log as cast (docs/protocol.md, section 6.6).
// The receipt's place in the log is verified by log::verify_receipt.
//
// Thread rule: values and pure functions.
#pragma once

#include "core/base/result.h"
#include "core/events/entry.h"
#include "core/log/receipt.h"

namespace stimme::ballot {

struct ReceiptView {
    std::uint64_t index;  // of the entry in the log
    events::BallotCast cast;

    // Errors: receipt-other-station, receipt-other-ballot.
    Status names(const StationId& station, const Hash& tracking_code) const;
};

// Errors: receipt-not-cast (the entry is none, or of another kind).
Result<ReceiptView> view_receipt(const log::Receipt& receipt);

}  // namespace stimme::ballot
