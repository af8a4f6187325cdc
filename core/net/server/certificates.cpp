#include "core/net/server/certificates.h"

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/crypto/certificate_dates.h"

namespace stimme::net {
namespace {

struct File {
    std::filesystem::path path;
    bool authority;
};

std::vector<File> files_of(const ServerConfig& config) {
    std::vector<File> files = {{config.public_port.certificate, false}};
    if (config.staff_port.certificate != config.public_port.certificate)
        files.push_back({config.staff_port.certificate, false});
    files.push_back({config.staff_ca, true});
    return files;
}

std::string remedy(const File& file) {
    if (file.authority) return "make a new authority (stimme certs ca) and new certificates";
    return fmt::format(
        "renew it, with the same key, and start the server again: stimme certs renew --ca CA {}",
        file.path.string());
}

Result<crypto::CertificateDates> dates_of(const File& file) {
    const Result<Bytes> pem = read_file(file.path, std::size_t{1} << 20);
    if (!pem) return invalid("certificate-unreadable", pem.error().message);
    auto dates = crypto::certificate_dates(as_text(*pem));
    if (!dates) return std::move(dates).error().at(file.path.string());
    return dates;
}

Status check(const File& file, TimePoint now) {
    STIMME_TRY(const crypto::CertificateDates dates, dates_of(file));
    Status status = crypto::check_dates(dates, now);
    if (status) return {};
    Error error = std::move(status).error().at(file.path.string());
    if (error.code == "certificate-expired") error.message += "; " + remedy(file);
    return error;
}

}  // namespace

Status check_certificates(const ServerConfig& config, TimePoint now) {
    for (const File& file : files_of(config)) STIMME_CHECK(check(file, now));
    return {};
}

std::vector<std::string> certificate_warnings(const ServerConfig& config, TimePoint now) {
    std::vector<std::string> warnings;
    for (const File& file : files_of(config)) {
        const Status status = check(file, now);
        if (!status) {
            warnings.push_back(status.error().message);
            continue;
        }
        const auto dates = dates_of(file);
        if (!dates || dates->days_left(now) >= warning_days) continue;
        warnings.push_back(fmt::format("{}: the certificate expires in {} days, on {}; {}",
                                       file.path.string(), dates->days_left(now), format_utc(dates->until),
                                       remedy(file)));
    }
    return warnings;
}

}  // namespace stimme::net
