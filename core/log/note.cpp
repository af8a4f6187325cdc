#include "core/log/note.h"

#include <array>

#include "core/crypto/sha256.h"

namespace stimme::log {
namespace {

constexpr std::string_view dash = "\u2014 ";

// White_Space of Unicode beyond ASCII.
constexpr std::array<std::string_view, 19> wide_spaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

// The length of the UTF-8 sequence at the front of `text` (RFC 3629), 0 when there is none.
std::size_t utf8_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0u; };
    const unsigned lead = at(0);
    if (lead < 0x80) return 1;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (at(1) < low || at(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((at(i) & 0xc0) != 0x80) return 0;
    }
    return length;
}

// UTF-8 without control characters other than line breaks.
bool is_note_text(std::string_view text) {
    while (!text.empty()) {
        const auto first = static_cast<std::uint8_t>(text.front());
        const std::size_t length = utf8_length(text);
        if (length == 0 || (first < 0x20 && first != '\n')) return false;
        text.remove_prefix(length);
    }
    return true;
}

Error bad_note(std::string what) {
    return invalid("note-syntax", "not a signed note: " + std::move(what));
}

ByteArray<33> type_and_key(SignatureType type, const crypto::LogVerifyKey& key) {
    ByteArray<33> bytes;
    bytes[0] = static_cast<std::uint8_t>(type);
    std::memcpy(bytes.data() + 1, key.data(), key.size());
    return bytes;
}

template <SignatureType type>
Result<Verifier<type>> parse_vkey(std::string_view text) {
    const Error bad =
        invalid("vkey-invalid", "not a verifier key of this type: \"" + std::string(text) + "\"");
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return bad;
    const auto bytes = from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 33) return bad;
    Verifier<type> verifier{std::string(text.substr(0, first)), to_array<32>(ByteView(*bytes).subspan(1))};
    if (!is_key_name(verifier.name) || verifier.vkey() != text) return bad;
    return verifier;
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
    if (line.substr(0, dash.size()) != dash)
        return bad_note("a signature line starts with a dash and a space");
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return bad_note("a signature line has a name and a signature");
    const std::string_view name = line.substr(0, space);
    if (!is_key_name(name)) return bad_note("the name of a key has no spaces and no plus signs");
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= 4)
        return bad_note("a signature is base64 of a key id and what was signed");
    const ByteView view(*bytes);
    return NoteSignature{std::string(name), to_array<4>(view.first(4)), to_bytes(view.subspan(4))};
}

}  // namespace

bool is_key_name(std::string_view text) {
    if (text.empty() || !is_note_text(text) || text.find_first_of(" +\n") != std::string_view::npos)
        return false;
    for (const std::string_view space : wide_spaces) {
        if (text.find(space) != std::string_view::npos) return false;
    }
    return true;
}

KeyId key_id(std::string_view name, SignatureType type, const crypto::LogVerifyKey& key) {
    Bytes input = to_bytes(as_bytes(name));
    input.push_back('\n');
    append(input, type_and_key(type, key));
    return to_array<4>(ByteView(crypto::sha256(input)).first(4));
}

std::string vkey(std::string_view name, SignatureType type, const crypto::LogVerifyKey& key) {
    return std::string(name) + "+" + to_hex(key_id(name, type, key)) + "+" +
           to_base64(type_and_key(type, key));
}

Result<LogVerifier> parse_log_vkey(std::string_view text) {
    return parse_vkey<SignatureType::log>(text);
}

Result<WitnessVerifier> parse_witness_vkey(std::string_view text) {
    return parse_vkey<SignatureType::witness>(text);
}

std::string signature_line(const NoteSignature& signature) {
    Bytes bytes = to_bytes(signature.key_id);
    append(bytes, signature.signature);
    return std::string(dash) + signature.name + " " + to_base64(bytes) + "\n";
}

Result<Note> parse_note(std::string_view text) {
    if (text.size() > max_note_size) {
        return invalid("note-too-large",
                       "the note has more than " + std::to_string(max_note_size) + " bytes");
    }
    if (!is_note_text(text)) return bad_note("it is not UTF-8, or it has control characters");
    const std::size_t gap = text.rfind("\n\n");
    if (gap == std::string_view::npos) return bad_note("an empty line parts the text from the signatures");
    std::string_view lines = text.substr(gap + 2);
    if (lines.empty() || lines.back() != '\n') return bad_note("a signature line and its line break end it");
    Note note{std::string(text.substr(0, gap + 1)), {}};
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        STIMME_TRY(auto signature, parse_signature_line(lines.substr(0, end)));
        note.signatures.push_back(std::move(signature));
        lines.remove_prefix(end + 1);
    }
    return note;
}

}  // namespace stimme::log
