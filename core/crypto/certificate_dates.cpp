#include "core/crypto/certificate_dates.h"

#include <ctime>
#include <memory>

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace stimme::crypto {
namespace {

TimePoint time_of(const ASN1_TIME* time) {
    std::tm parts = {};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return TimePoint(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace

long CertificateDates::days_left(TimePoint now) const {
    return std::chrono::floor<std::chrono::days>(until - now).count();
}

Result<CertificateDates> certificate_dates(std::string_view pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free);
    if (!certificate) return invalid("certificate-unreadable", "this isn't a certificate in PEM form");
    return CertificateDates{time_of(X509_get0_notBefore(certificate.get())),
                            time_of(X509_get0_notAfter(certificate.get()))};
}

Status check_dates(const CertificateDates& dates, TimePoint now) {
    if (now > dates.until) {
        return unavailable("certificate-expired",
                           fmt::format("the certificate expired on {} (this machine's clock says {})",
                                       format_utc(dates.until), format_utc(now)));
    }
    if (now < dates.from) {
        return unavailable(
            "certificate-not-yet-valid",
            fmt::format(
                "the certificate is valid only from {} on, and this machine's clock says {}: is it right?",
                format_utc(dates.from), format_utc(now)));
    }
    return {};
}

}  // namespace stimme::crypto
