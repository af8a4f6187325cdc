#include "core/crypto/hash_to_curve.h"

#include <algorithm>
#include <cassert>

#include "core/crypto/field.h"
#include "core/crypto/sha256.h"

namespace stimme::crypto {
namespace {

Sha256& add_dst_prime(Sha256& hash, std::string_view dst) {
    const ByteArray<1> length{static_cast<std::uint8_t>(dst.size())};
    return hash.update(as_bytes(dst)).update(length);
}

Field select(std::uint64_t mask, const Field& a, const Field& b) {
    return {modular::select(mask, a.m, b.m)};
}

std::uint64_t mask_if(bool condition) {
    return opaque(~std::uint64_t{condition} + 1);
}

// Simplified SWU, RFC 9380 section 6.6.2, with Z = -10, A = -3: both candidates are computed, one is taken.
Affine map_to_curve(const Field& u) {
    static const Field z = -Field::from_plain({10, 0, 0, 0});
    static const Field b = curve_equation(Field{});
    static const Field b_over_3 = b * Field::from_plain({3, 0, 0, 0}).inverse();  // -B/A
    static const Field exceptional = -b_over_3 * z.inverse();                     // B/(Z·A)

    const Field zu2 = z * u * u;
    const Field tv1 = (zu2 * zu2 + zu2).inverse();
    const Field x1 = select(modular::zero_mask(tv1.m), exceptional, b_over_3 * (Field::one() + tv1));
    const Field x2 = zu2 * x1;
    const Field gx1 = curve_equation(x1), gx2 = curve_equation(x2);
    const Field y1 = gx1.root(), y2 = gx2.root();
    const std::uint64_t first = modular::zero_mask((y1 * y1 - gx1).m);
    const Field x = select(first, x1, x2), y = select(first, y1, y2);
    return {x, select(mask_if(u.is_odd() == y.is_odd()), y, -y)};
}

// a + b, also of equal and opposite points: every case is computed, one is taken.
Point add(const Affine& a, const Affine& b) {
    static const Field three = Field::from_plain({3, 0, 0, 0});
    const Field dx = b.x - a.x, dy = b.y - a.y;
    const std::uint64_t same_x = modular::zero_mask(dx.m), opposite = same_x & ~modular::zero_mask(dy.m);
    const Field numerator = select(same_x, three * (a.x * a.x - Field::one()), dy);
    const Field slope = numerator * select(same_x, a.y + a.y, dx).inverse();
    const Field x = slope * slope - a.x - b.x, y = slope * (a.x - x) - a.y;
    return to_point(Affine{select(opposite, Field{}, x), select(opposite, Field{}, y)});
}

}  // namespace

void expand_message_xmd(std::span<std::uint8_t> out, Pieces message, std::string_view dst) {
    assert(!dst.empty() && dst.size() <= 255 && out.size() <= 255 * 32);
    static const Sha256 after_z_pad = Sha256().update(ByteArray<64>{});
    Sha256 first = after_z_pad;
    for (const ByteView piece : message) first.update(piece);
    first.update(u16be(static_cast<std::uint16_t>(out.size()))).update(ByteArray<1>{});
    Hash b0 = add_dst_prime(first, dst).finish();

    Hash block{};
    for (std::uint8_t i = 1; !out.empty(); ++i) {
        for (std::size_t k = 0; k < block.size(); ++k) block[k] ^= b0[k];
        Sha256 next;
        next.update(block).update(ByteArray<1>{i});
        block = add_dst_prime(next, dst).finish();
        const std::size_t taken = std::min(out.size(), block.size());
        std::copy_n(block.begin(), taken, out.begin());
        out = out.subspan(taken);
    }
    wipe(b0);
    wipe(block);
}

Scalar hash_to_scalar(std::string_view dst, ByteView message) {
    return hash_to_scalar(dst, Pieces(&message, 1));
}

Scalar hash_to_scalar(std::string_view dst, Pieces message) {
    ByteArray<48> uniform;
    expand_message_xmd(uniform, message, dst);
    return Scalar::from_wide(uniform);
}

SecretScalar hash_to_secret_scalar(std::string_view dst, Pieces message) {
    ByteArray<48> uniform;
    expand_message_xmd(uniform, message, dst);
    SecretScalar result = SecretScalar::from_wide(uniform);
    wipe(uniform);
    return result;
}

Point hash_to_curve(std::string_view dst, ByteView message) {
    ByteArray<96> uniform;
    expand_message_xmd(uniform, Pieces(&message, 1), dst);
    const Field u0 = Field::from_plain(ModP::from_wide(ByteView(uniform).first(48)));
    const Field u1 = Field::from_plain(ModP::from_wide(ByteView(uniform).last(48)));
    wipe(uniform);
    return add(map_to_curve(u0), map_to_curve(u1));
}

}  // namespace stimme::crypto
