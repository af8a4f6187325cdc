#include "core/crypto/product_sum.h"

#include <cassert>

#include "core/crypto/modular.h"

namespace stimme::crypto {

void ProductSum::add(const Scalar& weight, const Scalar& scalar) {
    assert(weight.is_short());
    for (std::size_t row = 0; row < 2; ++row) {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const modular::Wide sum =
                modular::Wide{weight.limbs()[row]} * scalar.limbs()[i] + digits_[row + i] + carry;
            digits_[row + i] = modular::low(sum);
            carry = modular::high(sum);
        }
        for (std::size_t i = row + 4; i < digits_.size(); ++i) {
            const modular::Wide sum = modular::Wide{digits_[i]} + carry;
            digits_[i] = modular::low(sum);
            carry = modular::high(sum);
        }
    }
}

// The upper digits times 2^256, through one Montgomery product with R^2, and the lower ones, below 2q.
Scalar ProductSum::value() const {
    const Limbs upper = ModQ::montgomery({digits_[4], digits_[5], digits_[6], 0}, ModQ::r2);
    const Limbs lower = modular::reduce_once(0, {digits_[0], digits_[1], digits_[2], digits_[3]}, modular::q);
    return Scalar::from_limbs(ModQ::add(upper, lower));
}

}  // namespace stimme::crypto
