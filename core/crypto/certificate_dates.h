// When a certificate is valid, so that programs can say so in words before TLS refuses it.
//
// Thread rule: values and pure functions.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace stimme::crypto {

struct CertificateDates {
    TimePoint from;
    TimePoint until;

    // Whole days that are left; negative once it has expired.
    long days_left(TimePoint now) const;
};

// Of the first certificate in a PEM file. Errors: certificate-unreadable.
Result<CertificateDates> certificate_dates(std::string_view pem);

// Errors: certificate-expired, certificate-not-yet-valid; their sentences go on after the name of a file.
Status check_dates(const CertificateDates& dates, TimePoint now);

}  // namespace stimme::crypto
