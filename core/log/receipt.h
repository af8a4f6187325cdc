// Receipts: that an entry stands in the log, checkable offline. The text is a C2SP tlog-proof, version 1; its
// `extra` line carries the entry itself (docs/protocol.md, section 6.6).
//
//     c2sp.org/tlog-proof@v1
//     extra base64(entry)
//     index 4711
//     base64(hash)        (zero or more, the leaf's sibling first)
//
//     the checkpoint, word for word
//
// Thread rule: pure functions and values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/log/checkpoint.h"
#include "core/log/merkle.h"

namespace stimme::log {

struct Receipt {
    Bytes entry;
    std::uint64_t index = 0;
    Proof proof;
    std::string checkpoint;  // a signed note

    bool operator==(const Receipt&) const = default;
};

// The receipt for entry `index` under that checkpoint.
// REQUIRES: hash_leaf(entry) == tree.leaf(index), and the checkpoint is one of this tree.
// Errors: log-range (the checkpoint doesn't cover the entry).
Result<Receipt> make_receipt(const Tree& tree, std::uint64_t index, ByteView entry,
                             const SignedCheckpoint& checkpoint);

std::string write_receipt(const Receipt& receipt);
// Accepts exactly what write_receipt writes; nothing is verified yet. Errors: receipt-too-large,
// receipt-format (the first line is another, or lines are missing), receipt-entry (no `extra` line, or more
// than an entry may have), receipt-index, receipt-proof (a line that is no hash, or more than 64).
Result<Receipt> parse_receipt(std::string_view text);

// Verifies the checkpoint with its witnesses and that the entry stands in the log at the receipt's index.
// Errors: those of open_checkpoint and verify_inclusion.
Result<SignedCheckpoint> verify_receipt(const Receipt& receipt, const LogVerifier& log,
                                        std::span<const WitnessVerifier> witnesses, std::size_t quorum);

}  // namespace stimme::log
