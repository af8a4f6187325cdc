#include "core/pass/issue.h"

#include "core/crypto/declassify.h"

namespace stimme::pass {
namespace {

using crypto::Point;
using crypto::Scalar;
using crypto::SecretScalar;
namespace voprf = crypto::voprf;

Result<voprf::Evaluation> parse_answer(const Answer& answer) {
    STIMME_TRY(const Point element, Point::from_sec1(answer.evaluated));
    STIMME_TRY(const Scalar c, Scalar::from_bytes(answer.proof_challenge));
    STIMME_TRY(const Scalar s, Scalar::from_bytes(answer.proof_response));
    return voprf::Evaluation{element, {c, s}};
}

events::PassTag tag_from(const voprf::Output& output) {
    return to_array<5>(output);
}

}  // namespace

PassRequest::PassRequest(const events::PassNumber& t, SecretScalar blind)
    : t_(t), blind_(std::move(blind)), blinded_(voprf::blind(t, blind_)) {}

PassRequest PassRequest::random(Random& random) {
    const auto t = random.bytes<10>();
    return {t, SecretScalar::random(random)};
}

Result<PassRequest> PassRequest::from_bytes(ByteView bytes) {
    if (bytes.size() != size)
        return invalid("pass-request-invalid", "a stored request for a pass has 42 bytes");
    auto blind = SecretScalar::from_bytes(bytes.subspan(10));
    if (!blind || crypto::declassified(blind->is_zero())) {
        return invalid("pass-request-invalid", "the blind of the stored request isn't one");
    }
    return PassRequest(to_array<10>(bytes), *std::move(blind));
}

crypto::SecretBytes<PassRequest::size> PassRequest::bytes() const {
    crypto::SecretBytes<size> result;
    const crypto::SecretBytes<32> blind = blind_.bytes();
    std::memcpy(result.writable().data(), t_.reveal().data(), 10);
    std::memcpy(result.writable().data() + 10, blind.reveal().data(), 32);
    return result;
}

Result<Pass> PassRequest::finish(const Answer& answer, const election::PublicKey& key) const {
    STIMME_TRY(const Point public_key, Point::from_sec1(key));
    STIMME_TRY(const voprf::Evaluation evaluation, parse_answer(answer));
    STIMME_TRY(const voprf::Output output,
               voprf::finalize(t_.reveal(), blind_, blinded_, evaluation, public_key));
    return Pass{to_array<10>(t_.reveal()), tag_from(output)};
}

PassKey PassKey::random(Random& random) {
    return PassKey(voprf::ServerKey::random(random));
}

Result<PassKey> PassKey::from_bytes(ByteView bytes) {
    STIMME_TRY(voprf::ServerKey key, voprf::ServerKey::from_bytes(bytes));
    return PassKey(std::move(key));
}

Result<Answer> PassKey::evaluate(const election::PublicKey& blinded, Random& random) const {
    STIMME_TRY(const Point element, Point::from_sec1(blinded));
    const voprf::Evaluation evaluation = voprf::blind_evaluate(key_, element, random);
    return Answer{*evaluation.element.to_sec1(), evaluation.proof.c.bytes(), evaluation.proof.s.bytes()};
}

events::PassTag PassKey::tag_of(const events::PassNumber& t) const {
    return tag_from(voprf::evaluate(key_, t));
}

bool PassKey::tag_matches(const Pass& pass) const {
    return crypto::declassified(crypto::constant_time_equal(tag_of(pass.t), pass.tag));
}

}  // namespace stimme::pass
