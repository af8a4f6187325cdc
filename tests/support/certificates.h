// Certificates for tests, made when they are needed: an authority and what it signs, all with keys on P-256.
//
// Thread rule: belongs to one test.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace stimme::test {

// A certificate with its key, as PEM files.
struct Identity {
    std::filesystem::path certificate;
    std::filesystem::path key;
    ByteArray<33> public_key;  // SEC1, compressed; zero for a key on another curve
};

// Days from now.
struct Lifetime {
    int from = -1;
    int until = 400;
};

class Authority {
  public:
    // Writes its own certificate into `folder`, where the others go too. Throws std::runtime_error when a
    // file can't be written; so do the others.
    Authority(std::filesystem::path folder, std::string name, Lifetime lifetime = {});
    ~Authority();
    Authority(Authority&&) noexcept;

    const std::filesystem::path& certificate() const { return certificate_; }

    // For a server at 127.0.0.1, ::1 and localhost.
    Identity server(const std::string& name, Lifetime lifetime = {});
    // For a client; `curve` as OpenSSL names it.
    Identity client(const std::string& common_name, const std::string& organisational_unit,
                    const char* curve = "P-256", Lifetime lifetime = {});
    // For a client whose key is there already, as PEM.
    Identity client_with_key(const std::string& common_name, const std::string& organisational_unit,
                             std::string_view key_pem);

  private:
    struct Key;
    struct Wish;
    Identity issue(const std::string& file, const Wish& wish, const Key& key);

    std::filesystem::path folder_;
    std::string name_;
    std::filesystem::path certificate_;
    std::unique_ptr<Key> key_;
};

}  // namespace stimme::test
