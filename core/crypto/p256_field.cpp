#include "core/crypto/p256_field.h"

#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace stimme::crypto::p256 {
namespace {

bool look() {
#ifdef __x86_64__
    unsigned eax, ebx, ecx, edx;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 1 && (ebx & bit_BMI2) != 0 &&
           (ebx & bit_ADX) != 0;
#else
    return false;
#endif
}

}  // namespace

const bool has_mulx = look();

}  // namespace stimme::crypto::p256
