#include "client/office/certs/x509.h"

#include <algorithm>
#include <ctime>
#include <optional>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "core/base/file.h"
#include "core/crypto/openssl_pointers.h"

namespace stimme::office {
namespace {

using KeyPtr = crypto::openssl::Pointer<EVP_PKEY, EVP_PKEY_free>;
using ContextPtr = crypto::openssl::Pointer<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using CertificatePtr = crypto::openssl::Pointer<X509, X509_free>;
using RequestPtr = crypto::openssl::Pointer<X509_REQ, X509_REQ_free>;
using ExtensionPtr = crypto::openssl::Pointer<X509_EXTENSION, X509_EXTENSION_free>;
using BioPtr = crypto::openssl::Pointer<BIO, BIO_free>;

constexpr long day = 86'400;
constexpr unsigned authority_days = 3650;

BioPtr reader(std::string_view text) {
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

template <class Write>
std::string written(const Write& write) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    write(bio.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
    return written([&](BIO* bio) { PEM_write_bio_X509(bio, certificate); });
}

KeyPtr private_key(const crypto::SigningKey& key) {
    const crypto::SecretBuffer pem = key.to_pem();
    return KeyPtr(PEM_read_bio_PrivateKey(reader(as_text(pem.reveal())).get(), nullptr, nullptr, nullptr));
}

KeyPtr public_key(const crypto::VerifyKey& key) {
    char group[] = "prime256v1";
    Bytes point = {4};
    append(point, key.point().raw());
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end(),
    };
    const ContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* result = nullptr;
    EVP_PKEY_fromdata_init(context.get());
    EVP_PKEY_fromdata(context.get(), &result, EVP_PKEY_PUBLIC_KEY, parameters);
    return KeyPtr(result);
}

// Empty unless it is a key on P-256.
std::optional<crypto::VerifyKey> verify_key(EVP_PKEY* key) {
    char group[32] = {};
    unsigned char* encoded = nullptr;
    if (key == nullptr || EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1 ||
        std::string_view(group) != "prime256v1")
        return std::nullopt;
    const std::size_t size = EVP_PKEY_get1_encoded_public_key(key, &encoded);
    const Bytes bytes(encoded, encoded + size);
    OPENSSL_free(encoded);
    if (size != 65) return std::nullopt;
    auto point = crypto::Point::from_bytes64(ByteView(bytes).subspan(1));
    if (!point) return std::nullopt;
    return crypto::VerifyKey(*point);
}

void add_to_name(X509_NAME* name, const char* field, const std::string& value) {
    if (value.empty()) return;
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(value.data()),
                               static_cast<int>(value.size()), -1, 0);
}

void set_subject(X509_NAME* name, const Subject& subject) {
    add_to_name(name, "OU", subject.unit);
    add_to_name(name, "CN", subject.common_name);
}

std::string text_of(X509_NAME* name, int field) {
    const int place = X509_NAME_get_index_by_NID(name, field, -1);
    if (place < 0) return {};
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
    if (size < 0) return {};
    std::string result(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return result;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    X509_add_ext(certificate, extension.get(), -1);
}

// A random serial number, valid from the day before.
void number_and_date(X509* certificate, unsigned days, Random& random, TimePoint now) {
    ByteArray<8> serial = random.bytes<8>();
    std::uint64_t number = 0;
    for (const std::uint8_t byte : serial) number = number << 8 | byte;
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1);
    const std::time_t from = now.time_since_epoch().count() - day;
    ASN1_TIME_set(X509_getm_notBefore(certificate), from);
    ASN1_TIME_set(X509_getm_notAfter(certificate), from + static_cast<long>(days) * day);
}

CertificatePtr blank(EVP_PKEY* key, unsigned days, Random& random, TimePoint now) {
    CertificatePtr certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    number_and_date(certificate.get(), days, random, now);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

CertificatePtr read_certificate(std::string_view pem) {
    return CertificatePtr(PEM_read_bio_X509(reader(pem).get(), nullptr, nullptr, nullptr));
}

bool is_ip_address(const std::string& name) {
    unsigned char buffer[16];
    return ::inet_pton(AF_INET, name.c_str(), buffer) == 1 ||
           ::inet_pton(AF_INET6, name.c_str(), buffer) == 1;
}

bool is_host_name(std::string_view name) {
    return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.';
    });
}

// "DNS:localhost,IP:127.0.0.1".
Result<std::string> alternative_names(const std::vector<std::string>& names) {
    std::string result;
    for (const std::string& name : names) {
        if (!is_ip_address(name) && !is_host_name(name))
            return invalid("host-name-invalid",
                           fmt::format("\"{}\" is neither a host name nor an IP address", name));
        result += fmt::format("{}{}:{}", result.empty() ? "" : ",", is_ip_address(name) ? "IP" : "DNS", name);
    }
    return result;
}

}  // namespace

Authority Authority::create(const std::string& name, Random& random, TimePoint now) {
    auto key = crypto::SigningKey::random(random);
    const KeyPtr handle = private_key(key);
    const CertificatePtr certificate = blank(handle.get(), authority_days, random, now);
    set_subject(X509_get_subject_name(certificate.get()), {name, ""});
    set_subject(X509_get_issuer_name(certificate.get()), {name, ""});
    add_extension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
    X509_sign(certificate.get(), handle.get(), EVP_sha256());
    return {std::move(key), to_pem(certificate.get())};
}

Result<Authority> Authority::load(const std::filesystem::path& folder) {
    STIMME_TRY(const Bytes pem, read_file(folder / "ca.pem", std::size_t{1} << 16));
    STIMME_TRY(Bytes key_pem, read_file(folder / "ca.key", std::size_t{1} << 16));
    auto key = crypto::SigningKey::from_pem(as_text(key_pem));
    crypto::wipe(key_pem);
    if (!key) return std::move(key).error().at((folder / "ca.key").string());
    STIMME_TRY(const crypto::VerifyKey certified, key_of_certificate(as_text(pem)));
    if (!(certified == key->verify_key()))
        return invalid("certificate-invalid", "ca.key isn't the key of ca.pem");
    return Authority(*std::move(key), std::string(as_text(pem)));
}

Status Authority::store(const std::filesystem::path& folder) const {
    STIMME_CHECK(create_file(folder / "ca.key", key_.to_pem().reveal(), FileMode::private_file));
    return create_file(folder / "ca.pem", as_bytes(certificate_));
}

Result<std::string> Authority::issue(const Wish& wish, Random& random, TimePoint now) const {
    STIMME_TRY(const std::string names, alternative_names(wish.names));
    const CertificatePtr issuer = read_certificate(certificate_);
    const KeyPtr key = public_key(wish.key);
    const CertificatePtr certificate = blank(key.get(), wish.days, random, now);
    set_subject(X509_get_subject_name(certificate.get()), wish.subject);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    const auto add = [&](int kind, const std::string& value) {
        add_extension(certificate.get(), issuer.get(), kind, value);
    };
    add(NID_basic_constraints, "critical,CA:FALSE");
    add(NID_key_usage, "critical,digitalSignature");
    add(NID_ext_key_usage, wish.use == Use::server ? "serverAuth" : "clientAuth");
    add(NID_subject_key_identifier, "hash");
    add(NID_authority_key_identifier, "keyid");
    if (!names.empty()) add(NID_subject_alt_name, names);
    X509_sign(certificate.get(), private_key(key_).get(), EVP_sha256());
    return to_pem(certificate.get());
}

Result<std::string> Authority::renew(std::string_view pem, Random& random, TimePoint now) const {
    const CertificatePtr certificate = read_certificate(pem);
    if (!certificate) return invalid("certificate-invalid", "this isn't a certificate in PEM form");
    if (X509_check_ca(certificate.get()) != 0)
        return invalid("certificate-invalid", "this is an authority's own certificate: make a new authority");
    const KeyPtr key = private_key(key_);
    if (X509_verify(certificate.get(), key.get()) != 1)
        return invalid("certificate-invalid", "this certificate was signed by another authority");
    number_and_date(certificate.get(), certificate_days, random, now);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return to_pem(certificate.get());
}

Result<std::string> owner_of_certificate(std::string_view pem) {
    const CertificatePtr certificate = read_certificate(pem);
    if (!certificate) return invalid("certificate-invalid", "this isn't a certificate in PEM form");
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    const std::string unit = text_of(name, NID_organizationalUnitName);
    const std::string common_name = text_of(name, NID_commonName);
    return unit.empty() ? common_name : fmt::format("{}, {}", unit, common_name);
}

std::string write_request(const Subject& subject, const crypto::SigningKey& key) {
    const KeyPtr handle = private_key(key);
    const RequestPtr request(X509_REQ_new());
    set_subject(X509_REQ_get_subject_name(request.get()), subject);
    X509_REQ_set_pubkey(request.get(), handle.get());
    X509_REQ_sign(request.get(), handle.get(), EVP_sha256());
    return written([&](BIO* bio) { PEM_write_bio_X509_REQ(bio, request.get()); });
}

Result<CertificateRequest> read_request(std::string_view pem) {
    const RequestPtr request(PEM_read_bio_X509_REQ(reader(pem).get(), nullptr, nullptr, nullptr));
    if (!request) return invalid("request-invalid", "this isn't a certificate request in PEM form");
    EVP_PKEY* const handle = X509_REQ_get0_pubkey(request.get());
    const auto key = verify_key(handle);
    if (!key) return invalid("request-invalid", "the request's key isn't on P-256");
    if (X509_REQ_verify(request.get(), handle) != 1)
        return invalid("request-invalid", "the request isn't signed with the key that it names");
    X509_NAME* const name = X509_REQ_get_subject_name(request.get());
    return CertificateRequest{{text_of(name, NID_commonName), text_of(name, NID_organizationalUnitName)},
                              *key};
}

Result<crypto::VerifyKey> key_of_certificate(std::string_view pem) {
    const CertificatePtr certificate = read_certificate(pem);
    const auto key = certificate ? verify_key(X509_get0_pubkey(certificate.get())) : std::nullopt;
    if (!key)
        return invalid("certificate-invalid", "this isn't a certificate with a key on P-256, in PEM form");
    return *key;
}

}  // namespace stimme::office
