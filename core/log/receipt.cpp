#include "core/log/receipt.h"

#include <optional>

#include "core/log/text.h"
#include "core/log/tiles.h"

namespace stimme::log {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::size_t max_hashes = 64;
// The entry and the hashes in base64, the words around them, and the checkpoint.
constexpr std::size_t max_receipt_size = (max_entry_size + 2) / 3 * 4 + max_hashes * 45 + 128 + max_note_size;

Error bad_format(std::string what) {
    return invalid("receipt-format", "not a receipt: " + std::move(what));
}

// The next line without the `word` and the space that it starts with.
std::optional<std::string_view> take_field(std::string_view& text, std::string_view word) {
    const auto line = take_line(text);
    if (!line || line->substr(0, word.size()) != word || line->substr(word.size(), 1) != " ") {
        return std::nullopt;
    }
    return line->substr(word.size() + 1);
}

Result<Bytes> parse_entry(std::optional<std::string_view> text) {
    if (!text) return invalid("receipt-entry", "the second line must be \"extra\" and the entry");
    auto entry = from_base64(*text);
    if (!entry || entry->size() > max_entry_size) {
        return invalid("receipt-entry", "the line \"extra\" isn't base64 of an entry");
    }
    return *std::move(entry);
}

Result<std::uint64_t> parse_index(std::optional<std::string_view> text) {
    const auto index = text ? parse_decimal(*text) : std::nullopt;
    if (!index) return invalid("receipt-index", "the third line must be \"index\" and a number");
    return *index;
}

// Hashes, a line each, up to the empty line.
Result<Proof> parse_proof(std::string_view& text) {
    Proof proof;
    for (;;) {
        const auto line = take_line(text);
        if (!line) return bad_format("an empty line ends the proof");
        if (line->empty()) return proof;
        const auto hash = from_base64(*line);
        if (!hash || hash->size() != 32 || proof.size() == max_hashes) {
            return invalid("receipt-proof", "up to 64 lines of base64 of 32 bytes are right");
        }
        proof.push_back(to_array<32>(*hash));
    }
}

}  // namespace

Result<Receipt> make_receipt(const Tree& tree, std::uint64_t index, ByteView entry,
                             const SignedCheckpoint& checkpoint) {
    STIMME_TRY(Proof proof, tree.inclusion_proof(index, checkpoint.checkpoint.size));
    return Receipt{to_bytes(entry), index, std::move(proof), checkpoint.text};
}

std::string write_receipt(const Receipt& receipt) {
    std::string text(first_line);
    text += "\nextra " + to_base64(receipt.entry) + "\nindex " + std::to_string(receipt.index) + "\n";
    for (const Hash& hash : receipt.proof) text += to_base64(hash) + "\n";
    return text + "\n" + receipt.checkpoint;
}

Result<Receipt> parse_receipt(std::string_view text) {
    if (text.size() > max_receipt_size) {
        return invalid("receipt-too-large",
                       "a receipt has at most " + std::to_string(max_receipt_size) + " bytes");
    }
    if (take_line(text) != first_line) return bad_format("its first line must be " + std::string(first_line));
    Receipt receipt;
    STIMME_TRY(receipt.entry, parse_entry(take_field(text, "extra")));
    STIMME_TRY(receipt.index, parse_index(take_field(text, "index")));
    STIMME_TRY(receipt.proof, parse_proof(text));
    if (text.empty()) return bad_format("the checkpoint is missing");
    receipt.checkpoint = text;
    return receipt;
}

Result<SignedCheckpoint> verify_receipt(const Receipt& receipt, const LogVerifier& log,
                                        std::span<const WitnessVerifier> witnesses, std::size_t quorum) {
    STIMME_TRY(auto opened, open_checkpoint(receipt.checkpoint, log, witnesses, quorum));
    const Checkpoint& checkpoint = opened.checkpoint;
    STIMME_CHECK(verify_inclusion(hash_leaf(receipt.entry), receipt.index, checkpoint.size, receipt.proof,
                                  checkpoint.root));
    return opened;
}

}  // namespace stimme::log
