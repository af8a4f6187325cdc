#include "core/ballot/receipt.h"

#include <fmt/format.h>

#include "core/ballot/tracking_code.h"

namespace stimme::ballot {

Status ReceiptView::names(const StationId& station, const Hash& tracking_code) const {
    if (cast.station != station) {
        return invalid("receipt-other-station", fmt::format("the receipt is of station \"{}\", not \"{}\"",
                                                            cast.station.str(), station.str()));
    }
    if (cast.tracking_code != tracking_code) {
        return invalid("receipt-other-ballot", "the receipt is of the ballot with the tracking code " +
                                                   write_tracking_code(cast.tracking_code));
    }
    return {};
}

Result<ReceiptView> view_receipt(const log::Receipt& receipt) {
    const auto entry = events::decode(as_text(receipt.entry));
    if (!entry)
        return invalid("receipt-not-cast", "the receipt's entry can't be read: " + entry.error().message);
    const auto* cast = std::get_if<events::BallotCast>(&entry->content);
    if (cast == nullptr) return invalid("receipt-not-cast", "the receipt's entry isn't of a cast ballot");
    return ReceiptView{receipt.index, *cast};
}

}  // namespace stimme::ballot
