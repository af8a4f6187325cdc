#include "tests/support/certificates.h"

#include <cstring>
#include <stdexcept>
#include <utility>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "core/base/file.h"
#include "core/crypto/openssl_pointers.h"

namespace stimme::test {
namespace {

using KeyPtr = crypto::openssl::Pointer<EVP_PKEY, EVP_PKEY_free>;
using CertificatePtr = crypto::openssl::Pointer<X509, X509_free>;
using BioPtr = crypto::openssl::Pointer<BIO, BIO_free>;

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("certificates: ") + what);
}

template <class Write>
void write_pem(const std::filesystem::path& path, const Write& write) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    require(write(bio.get()) == 1, "can't encode");
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    require(write_file(path, as_bytes({data, static_cast<std::size_t>(size)}), FileMode::private_file).ok(),
            "can't write");
}

void write_certificate(const std::filesystem::path& path, X509* certificate) {
    write_pem(path, [&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

void write_key(const std::filesystem::path& path, EVP_PKEY* key) {
    write_pem(path, [&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

KeyPtr new_key(const char* curve) {
    KeyPtr key(EVP_EC_gen(curve));
    require(key != nullptr, "no such curve");
    return key;
}

KeyPtr read_key(std::string_view pem) {
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    require(key != nullptr, "no such key");
    return key;
}

void add_name(X509_NAME* name, const char* field, const std::string& value) {
    if (value.empty()) return;
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(value.data()),
                               static_cast<int>(value.size()), -1, 0);
}

void add_extension(X509* certificate, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    require(extension != nullptr, "bad extension");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

// Version 3, with a random serial number.
CertificatePtr new_certificate(EVP_PKEY* key, Lifetime lifetime) {
    CertificatePtr certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    unsigned char serial[8];
    require(RAND_bytes(serial, sizeof serial) == 1, "no randomness");
    std::uint64_t number = 0;
    for (const unsigned char byte : serial) number = (number << 8) | byte;
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number >> 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), lifetime.from * 86'400L);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), lifetime.until * 86'400L);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

ByteArray<33> compressed(EVP_PKEY* key) {
    unsigned char* point = nullptr;
    const std::size_t size = EVP_PKEY_get1_encoded_public_key(key, &point);
    ByteArray<33> result = {};
    if (size == 65) {
        result = to_array<33>({point, 33});
        result[0] = static_cast<std::uint8_t>(2 + (point[64] & 1));
    }
    OPENSSL_free(point);
    return result;
}

}  // namespace

struct Authority::Key {
    KeyPtr key;
};

struct Authority::Wish {
    std::string common_name;
    std::string organisational_unit;
    const char* usage;
    const char* alternative_names;  // nullptr: none
    Lifetime lifetime;
};

Authority::Authority(std::filesystem::path folder, std::string name, Lifetime lifetime)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      certificate_(folder_ / (name_ + ".pem")),
      key_(std::make_unique<Key>(Key{new_key("P-256")})) {
    const CertificatePtr certificate = new_certificate(key_->key.get(), lifetime);
    add_name(X509_get_subject_name(certificate.get()), "CN", name_);
    add_name(X509_get_issuer_name(certificate.get()), "CN", name_);
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_key_usage, "critical,keyCertSign");
    require(X509_sign(certificate.get(), key_->key.get(), EVP_sha256()) > 0, "can't sign");
    write_certificate(certificate_, certificate.get());
}

Authority::~Authority() = default;
Authority::Authority(Authority&&) noexcept = default;

Identity Authority::server(const std::string& name, Lifetime lifetime) {
    return issue(name, {name, "", "serverAuth", "IP:127.0.0.1,IP:::1,DNS:localhost", lifetime},
                 {new_key("P-256")});
}

Identity Authority::client(const std::string& common_name, const std::string& organisational_unit,
                           const char* curve, Lifetime lifetime) {
    return issue(common_name, {common_name, organisational_unit, "clientAuth", nullptr, lifetime},
                 {new_key(curve)});
}

Identity Authority::client_with_key(const std::string& common_name, const std::string& organisational_unit,
                                    std::string_view key_pem) {
    return issue(common_name, {common_name, organisational_unit, "clientAuth", nullptr, {}},
                 {read_key(key_pem)});
}

Identity Authority::issue(const std::string& file, const Wish& wish, const Key& own) {
    const KeyPtr& key = own.key;
    const CertificatePtr certificate = new_certificate(key.get(), wish.lifetime);
    add_name(X509_get_issuer_name(certificate.get()), "CN", name_);
    add_name(X509_get_subject_name(certificate.get()), "OU", wish.organisational_unit);
    add_name(X509_get_subject_name(certificate.get()), "CN", wish.common_name);
    add_extension(certificate.get(), NID_ext_key_usage, wish.usage);
    if (wish.alternative_names) {
        add_extension(certificate.get(), NID_subject_alt_name, wish.alternative_names);
    }
    require(X509_sign(certificate.get(), key_->key.get(), EVP_sha256()) > 0, "can't sign");
    Identity identity{folder_ / (file + ".pem"), folder_ / (file + ".key"), compressed(key.get())};
    write_certificate(identity.certificate, certificate.get());
    write_key(identity.key, key.get());
    return identity;
}

}  // namespace stimme::test
