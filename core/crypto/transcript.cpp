#include "core/crypto/transcript.h"

#include <cstdlib>
#include <vector>

#include "core/crypto/hash_to_curve.h"

namespace stimme::crypto {
namespace {

// u32be length ‖ part, for each; the lengths live in `lengths`.
class Framed {
  public:
    explicit Framed(std::span<const ByteView> parts) : lengths_(parts.size()) {
        pieces_.reserve(2 * parts.size());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            lengths_[i] = u32be(static_cast<std::uint32_t>(parts[i].size()));
            pieces_.push_back(lengths_[i]);
            pieces_.push_back(parts[i]);
        }
    }
    Pieces pieces() const { return pieces_; }

  private:
    std::vector<ByteArray<4>> lengths_;
    std::vector<ByteView> pieces_;
};

std::span<const ByteView> as_span(Parts parts) {
    return {parts.begin(), parts.size()};
}

}  // namespace

std::string_view name(Tag tag) {
    switch (tag) {
        case Tag::definition:
            return "definition";
        case Tag::election:
            return "election";
        case Tag::ceremony:
            return "ceremony";
        case Tag::election_key:
            return "election-key";
        case Tag::seed:
            return "seed";
        case Tag::ciphertexts:
            return "ciphertexts";
        case Tag::cast:
            return "cast";
        case Tag::ballot:
            return "ballot";
        case Tag::roll_leaf:
            return "roll-leaf";
        case Tag::lot_commitment:
            return "lot-commitment";
        case Tag::lot_order:
            return "lot-order";
        case Tag::act:
            return "act";
        case Tag::journal:
            return "journal";
        case Tag::file:
            return "file";
        case Tag::audit_draw:
            return "audit-draw";
    }
    std::abort();
}

std::string_view dst(Purpose purpose) {
    switch (purpose) {
        case Purpose::schnorr:
            return "Stimme-V1-schnorr";
        case Purpose::hpke_opening:
            return "Stimme-V1-hpke-opening";
        case Purpose::range:
            return "Stimme-V1-range";
        case Purpose::randomness:
            return "Stimme-V1-randomness";
        case Purpose::share:
            return "Stimme-V1-share";
    }
    std::abort();
}

Hash hash(Tag tag, Parts parts) {
    return hash(tag, as_span(parts));
}

Hash hash(Tag tag, std::span<const ByteView> parts) {
    TaggedHash hash(tag);
    for (const ByteView part : parts) hash.part(part);
    return hash.finish();
}

Scalar hash_to_scalar(Purpose purpose, Parts parts) {
    return hash_to_scalar(purpose, as_span(parts));
}

Scalar hash_to_scalar(Purpose purpose, std::span<const ByteView> parts) {
    return hash_to_scalar(dst(purpose), Framed(parts).pieces());
}

SecretScalar hash_to_secret_scalar(Purpose purpose, Parts parts) {
    return hash_to_secret_scalar(dst(purpose), Framed(as_span(parts)).pieces());
}

TaggedHash::TaggedHash(Tag tag) {
    const std::string_view text = name(tag);
    hash_.update(ByteArray<1>{static_cast<std::uint8_t>(text.size())}).update(as_bytes(text));
}

TaggedHash& TaggedHash::begin_part(std::uint32_t length) {
    hash_.update(u32be(length));
    return *this;
}

TaggedHash& TaggedHash::append(ByteView piece) {
    hash_.update(piece);
    return *this;
}

}  // namespace stimme::crypto
