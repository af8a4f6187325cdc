// Certificates of an election: an authority, what it signs, and requests to it. All keys are on P-256; the
// common name is the name of the definition, the organisational unit the role. What a certificate's holder
// may do is decided by its key in the definition; the certificate only lets it in (docs/protocol.md, section
// 2).
//
// Thread rule: values; an Authority belongs to one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/signature.h"

namespace stimme::office {

struct Subject {
    std::string common_name;
    std::string unit;  // may be empty
};

enum class Use { server, client };

constexpr unsigned certificate_days = 400;

// What the authority puts its name to.
struct Wish {
    Subject subject;
    crypto::VerifyKey key;
    Use use;
    std::vector<std::string> names;    // of a server: host names and IP addresses
    unsigned days = certificate_days;  // valid from the day before
};

class Authority {
  public:
    static Authority create(const std::string& name, Random& random, TimePoint now);
    // Errors: file-missing, file-unreadable, key-invalid, certificate-invalid.
    static Result<Authority> load(const std::filesystem::path& folder);
    // ca.pem and ca.key (0600), which must not be there yet. Errors: file-exists, file-unwritable.
    Status store(const std::filesystem::path& folder) const;

    const std::string& certificate() const { return certificate_; }  // PEM
    // PEM. Errors: host-name-invalid.
    Result<std::string> issue(const Wish& wish, Random& random, TimePoint now) const;
    // The same certificate, expired or not, with a new serial number and new dates: same key, same names.
    // Errors: certificate-invalid (none, of another authority, or of an authority itself).
    Result<std::string> renew(std::string_view pem, Random& random, TimePoint now) const;

  private:
    Authority(crypto::SigningKey key, std::string certificate)
        : key_(std::move(key)), certificate_(std::move(certificate)) {}

    crypto::SigningKey key_;
    std::string certificate_;
};

// Who a certificate is for: "desk, desk-altstadt" or "wahl.example.org". Errors: certificate-invalid.
Result<std::string> owner_of_certificate(std::string_view pem);

struct CertificateRequest {
    Subject subject;
    crypto::VerifyKey key;
};

// PKCS#10, PEM, signed with the key that it asks for.
std::string write_request(const Subject& subject, const crypto::SigningKey& key);
// Errors: request-invalid (no request, another kind of key, or not signed by it).
Result<CertificateRequest> read_request(std::string_view pem);

// The key of a certificate. Errors: certificate-invalid.
Result<crypto::VerifyKey> key_of_certificate(std::string_view pem);

}  // namespace stimme::office
