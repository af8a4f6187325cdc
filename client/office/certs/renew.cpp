#include <fmt/format.h>

#include "client/office/certs/certs.h"
#include "client/office/certs/x509.h"
#include "core/base/file.h"
#include "core/crypto/certificate_dates.h"

namespace stimme::office {
namespace {

namespace fs = std::filesystem;
using cli::Context;

constexpr std::size_t largest = std::size_t{1} << 16;
constexpr long soon = 30;  // days

std::string words_for(const crypto::CertificateDates& dates, TimePoint now) {
    const long days = dates.days_left(now);
    if (now > dates.until) return fmt::format("EXPIRED on {}", format_utc(dates.until));
    if (now < dates.from) return fmt::format("valid only from {} on", format_utc(dates.from));
    return fmt::format("valid until {}, {} days{}", format_utc(dates.until), days,
                       days < soon ? ": renew it (stimme certs renew)" : "");
}

}  // namespace

Status certs_renew(const RenewOptions& options, Context& context) {
    STIMME_TRY(const Authority authority, Authority::load(options.authority));
    STIMME_TRY(const Bytes old, read_file(options.certificate, largest));
    auto renewed = authority.renew(as_text(old), context.random, context.clock.now());
    if (!renewed) return std::move(renewed).error().at(options.certificate.string());
    const fs::path& out = options.out.empty() ? options.certificate : options.out;
    STIMME_CHECK(write_file(out, as_bytes(*renewed)));
    STIMME_TRY(const std::string owner, owner_of_certificate(*renewed));
    STIMME_TRY(const auto dates, crypto::certificate_dates(*renewed));
    context.out.line(fmt::format("{}: {}, valid until {}", out.string(), owner, format_utc(dates.until)));
    context.out.document(json::Object{
        {"certificate", out.string()}, {"owner", owner}, {"valid_until", format_utc(dates.until)}});
    return {};
}

Status certs_show(const ShowOptions& options, Context& context) {
    Status worst;
    json::Array all;
    const TimePoint now = context.clock.now();
    for (const std::string& file : options.certificates) {
        STIMME_TRY(const Bytes pem, read_file(file, largest));
        auto dates = crypto::certificate_dates(as_text(pem));
        if (!dates) return std::move(dates).error().at(file);
        STIMME_TRY(const std::string owner, owner_of_certificate(as_text(pem)));
        context.out.line(fmt::format("{}: {}: {}", file, owner, words_for(*dates, now)));
        all.push_back(json::Object{{"certificate", file},
                                   {"owner", owner},
                                   {"valid_from", format_utc(dates->from)},
                                   {"valid_until", format_utc(dates->until)}});
        Status status = crypto::check_dates(*dates, now);
        if (worst && !status) worst = std::move(status).error().at(file);
    }
    context.out.document(json::Object{{"certificates", std::move(all)}});
    return worst;
}

}  // namespace stimme::office
