// Certificates that have expired or aren't valid yet: on the server, on the client, and what each says.
#include "core/net/server/certificates.h"

#include <gmock/gmock.h>

#include "tests/unit/core/net/net_fixture.h"

namespace stimme::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Certificates : public NetTest {
  protected:
    void use(const Identity& identity) {
        config.public_port.certificate = config.staff_port.certificate = identity.certificate;
        config.public_port.key = config.staff_port.key = identity.key;
    }
    Error refusal_at_start() const {
        auto started = net::Server::start(config);
        return started ? Error{ErrorKind::internal, "started", ""} : started.error();
    }
    static Error failure(net::ClientConfig settings) {
        auto client = open(std::move(settings));
        const auto response = client.send(get("/echo"));
        return response ? Error{ErrorKind::internal, "answered", ""} : response.error();
    }
    net::ClientConfig staff_as(const Identity& identity) const {
        auto settings = to_staff();
        settings.certificate = identity.certificate;
        settings.key = identity.key;
        return settings;
    }
};

TEST_F(Certificates, AServerWhoseCertificateHasExpiredDoesNotStart) {
    const Identity expired = authority().server("expired", {-40, -2});
    use(expired);
    const Error error = refusal_at_start();
    EXPECT_EQ(error.code, "certificate-expired");
    EXPECT_THAT(error.message,
                AllOf(HasSubstr(expired.certificate.string()), HasSubstr("stimme certs renew")));
}

TEST_F(Certificates, AServerWhoseClockIsBeforeItsCertificateDoesNotStart) {
    use(authority().server("early", {2, 40}));
    const Error error = refusal_at_start();
    EXPECT_EQ(error.code, "certificate-not-yet-valid");
    EXPECT_THAT(error.message, HasSubstr("this machine's clock says"));
}

TEST_F(Certificates, AnExpiredAuthorityOfStaffIsNamed) {
    const Authority old(folder(), "old-authority", {-40, -2});
    config.staff_ca = old.certificate();
    const Error error = refusal_at_start();
    EXPECT_EQ(error.code, "certificate-expired");
    EXPECT_THAT(error.message, AllOf(HasSubstr("old-authority.pem"), HasSubstr("stimme certs ca")));
}

TEST_F(Certificates, WhatExpiresSoonIsReportedDaysAhead) {
    const TimePoint now = SystemClock().now();
    use(authority().server("soon", {-40, 12}));
    const auto warnings = net::certificate_warnings(config, now);
    ASSERT_FALSE(warnings.empty());
    EXPECT_THAT(warnings[0], AllOf(HasSubstr("expires in 1"), HasSubstr("stimme certs renew")));
    use(authority().server("fresh", {-1, 400}));
    for (const std::string& warning : net::certificate_warnings(config, now))
        EXPECT_THAT(warning, testing::Not(HasSubstr("fresh.pem")));
}

TEST_F(Certificates, TheServerWarnsWhenItStarts) {
    use(authority().server("soon-too", {-40, 12}));
    std::mutex mutex;
    std::condition_variable told;
    std::string all;
    config.report = [&](std::string_view what) {
        const std::lock_guard lock(mutex);
        all += what;
        told.notify_all();
    };
    start();
    std::unique_lock lock(mutex);
    EXPECT_TRUE(told.wait_for(lock, 3s, [&] { return all.find("soon-too.pem") != std::string::npos; }));
    lock.unlock();
    server.reset();
}

// A server whose certificate expires while it runs; started from one that is still valid.
class Lying : public Certificates {
  protected:
    // The client's view: it trusts an authority whose servers' certificates have these dates.
    Error seen_from_client(Lifetime lifetime) {
        start();
        const Identity wrong = authority().server("wrong-dates", lifetime);
        const RawServer lying(wrong, [](RawPeer&) {});
        auto settings = to_public();
        settings.server = lying.url();
        return failure(settings);
    }
};

TEST_F(Lying, TheClientSaysThatTheServersCertificateHasExpired) {
    const Error error = seen_from_client({-40, -2});
    EXPECT_EQ(error.code, "certificate-expired");
    EXPECT_EQ(error.kind, ErrorKind::unavailable);
    EXPECT_THAT(error.message, AllOf(HasSubstr("stimme certs renew"), HasSubstr("clock says")));
}

TEST_F(Lying, TheClientSaysThatTheServersCertificateIsNotValidYet) {
    const Error error = seen_from_client({2, 40});
    EXPECT_EQ(error.code, "certificate-not-yet-valid");
    EXPECT_EQ(error.kind, ErrorKind::unavailable);
}

TEST_F(Certificates, AClientWhoseCertificateHasExpiredNamesItAndTheRemedy) {
    start();
    const Error error = failure(staff_as(authority().client("expired-desk", "desk", "P-256", {-40, -2})));
    EXPECT_EQ(error.code, "certificate-expired");
    EXPECT_EQ(error.kind, ErrorKind::unavailable);
    EXPECT_THAT(error.message, AllOf(HasSubstr("expired-desk.pem"), HasSubstr("stimme certs renew")));
    EXPECT_TRUE(seen().empty());
}

TEST_F(Certificates, AClientWhoseCertificateIsNotValidYetNamesItAndTheClock) {
    start();
    const Error error = failure(staff_as(authority().client("early-desk", "desk", "P-256", {2, 40})));
    EXPECT_EQ(error.code, "certificate-not-yet-valid");
    EXPECT_THAT(error.message, AllOf(HasSubstr("early-desk.pem"), HasSubstr("clock")));
    EXPECT_TRUE(seen().empty());
}

}  // namespace
}  // namespace stimme::test
