#include "core/ballot/randomness.h"

#include "core/ballot/layout.h"
#include "core/crypto/transcript.h"

namespace stimme::ballot {
namespace {

crypto::SecretBuffer selection_bytes(const events::Selections& selections) {
    std::size_t count = 0;
    for (const auto& values : selections) count += values.size();
    crypto::SecretBuffer bytes(2 * count);
    std::uint8_t* at = bytes.writable().data();
    for (const auto& values : selections) {
        for (const std::uint16_t value : values) {
            *at++ = static_cast<std::uint8_t>(value >> 8);
            *at++ = static_cast<std::uint8_t>(value);
        }
    }
    return bytes;
}

}  // namespace

BallotRandomness::BallotRandomness(const Seed& seed, const Context& context,
                                   const ValidSelections& selections) {
    const crypto::SecretBuffer values = selection_bytes(selections.reveal());
    Hash kappa =
        crypto::hash(crypto::Tag::seed, {seed.reveal(), context.election, as_bytes(context.station.str()),
                                         as_bytes(context.style.str()), context.t, values.reveal()});
    kappa_ = crypto::SecretBytes<32>(kappa);
    crypto::wipe(kappa);
}

crypto::SecretScalar BallotRandomness::scalar(std::uint16_t contest, std::uint16_t position,
                                              std::uint16_t branch, char label) const {
    return crypto::hash_to_secret_scalar(crypto::Purpose::randomness,
                                         {kappa_.reveal(), u16be(contest), u16be(position), u16be(branch),
                                          as_bytes(std::string_view(&label, 1))});
}

CastSecret BallotRandomness::cast_secret() const {
    return scalar(65535, 65535, 0, 'x').bytes();
}

}  // namespace stimme::ballot
