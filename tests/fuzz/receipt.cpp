// Any text through the reader of receipts: what is accepted is written again byte for byte, and only an entry
// that stands in the log is proven to stand there.
#include "core/ballot/receipt.h"

#include "tests/fuzz/samples.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(receipt) {
    const std::string_view text = as_text(data);
    const auto receipt = log::parse_receipt(text);
    if (!receipt) return;
    require(log::write_receipt(*receipt) == text, "a receipt has one form");
    const auto& log = sample_election().definition->log;
    const auto verified = log::verify_receipt(*receipt, {log.origin, log.key}, {}, 0);
    const auto view = ballot::view_receipt(*receipt);
    if (view) require(view->index == receipt->index, "the view is of this receipt");
    if (!verified) return;
    const auto& entries = sample_log().entries;
    require(receipt->index < entries.size() && as_text(receipt->entry) == entries[receipt->index],
            "only what stands in the log is proven");
}

}  // namespace stimme::fuzz
