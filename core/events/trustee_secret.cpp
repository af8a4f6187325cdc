#include "core/events/trustee_secret.h"

#include <cassert>

#include <fmt/format.h>

#include "core/events/sealed_share.h"

namespace stimme::events {
namespace {

constexpr std::string_view secret_magic = "stimme-trustee-secret/1\n";
constexpr std::string_view polynomial_magic = "stimme-trustee-polynomial/1\n";
constexpr unsigned max_coefficients = 32;

// Fills a SecretBuffer from front to back.
class Writer {
  public:
    explicit Writer(std::size_t size) : buffer_(size) {}
    void put(ByteView bytes) {
        std::memcpy(buffer_.writable().data() + at_, bytes.data(), bytes.size());
        at_ += bytes.size();
    }
    crypto::SecretBuffer finish() {
        assert(at_ == buffer_.size());
        return std::move(buffer_);
    }

  private:
    crypto::SecretBuffer buffer_;
    std::size_t at_ = 0;
};

// REQUIRES: bytes.size() <= 4.
std::uint32_t big_endian(ByteView bytes) {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8 | byte;
    return value;
}

Error differs(std::string message) {
    return conflict("trustee-secret-differs", std::move(message));
}

Error wrong_form() {
    return invalid("trustee-secret-invalid", "this is no secret of a trustee");
}

Result<crypto::Point> encryption_key_of(const election::Trustee& trustee) {
    return crypto::Point::from_sec1(trustee.encryption_key);
}

}  // namespace

Status TrusteeSecret::check(const ElectionKeys& keys) const {
    if (keys.election != election_) return differs("this secret belongs to another election");
    const bool right = index_ >= 1 && index_ <= keys.shares.size() &&
                       crypto::multiply_generator(share_) == keys.shares[index_ - 1];
    if (!right) return differs("this secret doesn't fit the public share of its trustee");
    return {};
}

crypto::SecretBuffer TrusteeSecret::to_bytes() const {
    Writer out(secret_magic.size() + 32 + 2 + 32);
    out.put(as_bytes(secret_magic));
    out.put(election_);
    out.put(u16be_of(index_));
    out.put(share_.bytes().reveal());
    return out.finish();
}

Result<TrusteeSecret> TrusteeSecret::from_bytes(ByteView bytes) {
    if (bytes.size() != secret_magic.size() + 66 || !as_text(bytes).starts_with(secret_magic)) {
        return wrong_form();
    }
    bytes = bytes.subspan(secret_magic.size());
    auto share = crypto::SecretScalar::from_bytes(bytes.last(32));
    if (!share) return wrong_form();
    return TrusteeSecret(to_array<32>(bytes.first(32)), big_endian(bytes.subspan(32, 2)), *std::move(share));
}

Result<TrusteePolynomial> TrusteePolynomial::random(const Ceremony& ceremony, const SignerId& trustee,
                                                    Random& random) {
    const auto& definition = ceremony.definition();
    const auto index = definition.trustee_index(trustee);
    if (!index) return not_found("trustee-unknown", fmt::format("there is no trustee \"{}\"", trustee.str()));
    return TrusteePolynomial(definition.hash(), ceremony.round(), *index,
                             crypto::Polynomial::random(definition->trustees->threshold, random));
}

Status TrusteePolynomial::check_round(const Ceremony& ceremony) const {
    if (ceremony.definition().hash() != definition_) return differs("it was made under another definition");
    if (ceremony.round() != round_) {
        return differs(
            fmt::format("it was made for round {}, but this is round {}", round_, ceremony.round()));
    }
    if (index_ < 1 || index_ > ceremony.trustees() ||
        polynomial_.coefficients().size() != ceremony.definition()->trustees->threshold) {
        return differs("it doesn't fit the trustees of the definition");
    }
    return {};
}

Status TrusteePolynomial::check_committed(const Ceremony& ceremony) const {
    STIMME_CHECK(check_round(ceremony));
    if (!ceremony.keys()) return conflict("ceremony-order", "the commitments of some trustees are missing");
    if (ceremony.committed(index_) != polynomial_.commitments()) {
        return differs("the ceremony has other commitments under this trustee's name");
    }
    return {};
}

Result<TrusteeCommitments> TrusteePolynomial::make_commitments(const Ceremony& ceremony,
                                                               const crypto::SigningKey& key,
                                                               Random& random) const {
    STIMME_CHECK(check_round(ceremony));
    TrusteeCommitments message{round_, ceremony.trustee(index_).id, {}, {}, {}};
    unsigned j = 0;
    for (const crypto::Point& commitment : polynomial_.commitments()) {
        STIMME_TRY(const auto encoded, commitment.to_sec1());
        message.commitments.push_back(encoded);
        message.proofs.push_back(
            prove_commitment(definition_, index_, j, polynomial_.coefficients()[j], random));
        ++j;
    }
    return signed_message(std::move(message), definition_, key);
}

Result<std::vector<TrusteeShare>> TrusteePolynomial::make_shares(const Ceremony& ceremony,
                                                                 const crypto::SigningKey& key,
                                                                 Random& random) const {
    STIMME_CHECK(check_committed(ceremony));
    std::vector<TrusteeShare> messages;
    for (unsigned l = 1; l <= ceremony.trustees(); ++l) {
        if (l == index_ || ceremony.share(index_, l) != nullptr) continue;
        STIMME_TRY(const crypto::Point recipient, encryption_key_of(ceremony.trustee(l)));
        const SealedShare sealed =
            seal_share({definition_, index_, l}, recipient, polynomial_.share_for(l), random);
        messages.push_back(signed_message(
            TrusteeShare{round_, ceremony.trustee(index_).id, ceremony.trustee(l).id, sealed, {}},
            definition_, key));
    }
    return messages;
}

// s_l = Σ_i P_i(l)
Result<CombinedShares> TrusteePolynomial::combine(const Ceremony& ceremony, const crypto::SigningKey& key,
                                                  const crypto::SecretScalar& encryption_key,
                                                  Random& random) const {
    STIMME_CHECK(check_committed(ceremony));
    if (!ceremony.has_all_shares_for(index_)) return conflict("ceremony-order", "some shares are missing");
    STIMME_TRY(const crypto::Point recipient, encryption_key_of(ceremony.trustee(index_)));
    if (crypto::multiply_generator(encryption_key) != recipient) {
        return differs("the encryption key isn't the one of the definition");
    }
    const SignerId& self = ceremony.trustee(index_).id;
    crypto::SecretScalar sum = polynomial_.share_for(index_);
    for (unsigned i = 1; i <= ceremony.trustees(); ++i) {
        if (i == index_) continue;
        const ShareRoute route{definition_, i, index_};
        const SealedShare& sealed = ceremony.share(i, index_)->ciphertext;
        const auto share = open_share(route, encryption_key, sealed, ceremony.committed(i));
        if (!share) {
            const ShareOpening opening = open_for_all(route, encryption_key, sealed, random);
            return CombinedShares(signed_message(
                TrusteeComplaint{round_, self, ceremony.trustee(i).id, opening.point, opening.proof, {}},
                definition_, key));
        }
        sum += *share;
    }
    return CombinedShares(TrusteeSecret(ceremony.keys()->election, index_, std::move(sum)));
}

crypto::SecretBuffer TrusteePolynomial::to_bytes() const {
    const auto coefficients = polynomial_.coefficients();
    Writer out(polynomial_magic.size() + 40 + 32 * coefficients.size());
    out.put(as_bytes(polynomial_magic));
    out.put(definition_);
    out.put(u32be(round_));
    out.put(u16be_of(index_));
    out.put(u16be_of(static_cast<unsigned>(coefficients.size())));
    for (const crypto::SecretScalar& coefficient : coefficients) out.put(coefficient.bytes().reveal());
    return out.finish();
}

Result<TrusteePolynomial> TrusteePolynomial::from_bytes(ByteView bytes) {
    if (bytes.size() < polynomial_magic.size() + 40 || !as_text(bytes).starts_with(polynomial_magic)) {
        return wrong_form();
    }
    bytes = bytes.subspan(polynomial_magic.size());
    const std::uint32_t round = big_endian(bytes.subspan(32, 4));
    const unsigned index = big_endian(bytes.subspan(36, 2)), k = big_endian(bytes.subspan(38, 2));
    if (k < 1 || k > max_coefficients || bytes.size() != 40 + std::size_t{32} * k) return wrong_form();
    std::vector<crypto::SecretScalar> coefficients;
    for (unsigned j = 0; j < k; ++j) {
        auto coefficient = crypto::SecretScalar::from_bytes(bytes.subspan(40 + std::size_t{32} * j, 32));
        if (!coefficient) return wrong_form();
        coefficients.push_back(*std::move(coefficient));
    }
    return TrusteePolynomial(to_array<32>(bytes.first(32)), round, index,
                             crypto::Polynomial(std::move(coefficients)));
}

TrusteeConfirmation confirm(const Ceremony& ceremony, const TrusteeSecret& secret,
                            const crypto::SigningKey& key) {
    assert(ceremony.keys() && secret.check(*ceremony.keys()).ok());
    const SignerId& trustee = ceremony.trustee(secret.index()).id;
    return {ceremony.round(), trustee, key.sign(confirmation_digest(secret.election(), trustee))};
}

}  // namespace stimme::events
