#include "client/trustee/files.h"

#include <fmt/format.h>

#include "client/cli/passphrase.h"
#include "core/base/file.h"
#include "core/crypto/passphrase.h"

namespace stimme::trustee {
namespace {

constexpr char polynomial_file[] = "polynomial.sealed";
constexpr char secret_file[] = "trustee-secret.sealed";
constexpr char closing_file[] = "closing.json";

Result<events::LogView> read_closing(std::string_view text) {
    STIMME_TRY(const json::Value value, json::parse(text));
    json::Problems problems;
    json::Fields in(value, problems);
    const auto size = static_cast<std::uint64_t>(in.integer("size", 0, json::max_integer));
    const events::LogView view{size, in.hex<32>("root")};
    in.finish();
    STIMME_CHECK(problems.status("closing-invalid"));
    return view;
}

}  // namespace

Status TrusteeFiles::need_passphrase(bool is_new) {
    if (passphrase_) return {};
    STIMME_TRY(auto passphrase,
               cli::read_passphrase(passphrase_file_, is_new ? cli::Typed::twice : cli::Typed::once));
    passphrase_.emplace(std::move(passphrase));
    return {};
}

Result<std::optional<crypto::SecretBuffer>> TrusteeFiles::open(const std::string& name) {
    auto sealed = read_file(folder_.file(name), std::size_t{1} << 20);
    if (!sealed && sealed.error().code == "file-missing") return std::optional<crypto::SecretBuffer>();
    if (!sealed) return std::move(sealed).error();
    STIMME_CHECK(need_passphrase(false));
    STIMME_TRY(auto secret, crypto::open_with_passphrase(as_text(passphrase_->reveal()), *sealed));
    return std::optional(std::move(secret));
}

Status TrusteeFiles::seal(const std::string& name, const crypto::SecretBuffer& secret) {
    STIMME_CHECK(need_passphrase(true));
    const Bytes sealed =
        crypto::seal_with_passphrase(as_text(passphrase_->reveal()), secret.reveal(), random_);
    return write_file(folder_.file(name), sealed, FileMode::private_file);
}

Result<std::optional<events::TrusteePolynomial>> TrusteeFiles::polynomial() {
    STIMME_TRY(const auto bytes, open(polynomial_file));
    if (!bytes) return std::optional<events::TrusteePolynomial>();
    STIMME_TRY(auto polynomial, events::TrusteePolynomial::from_bytes(bytes->reveal()));
    return std::optional(std::move(polynomial));
}

Status TrusteeFiles::keep(const events::TrusteePolynomial& polynomial) {
    return seal(polynomial_file, polynomial.to_bytes());
}

Result<std::optional<events::TrusteeSecret>> TrusteeFiles::secret() {
    STIMME_TRY(const auto bytes, open(secret_file));
    if (!bytes) return std::optional<events::TrusteeSecret>();
    STIMME_TRY(auto secret, events::TrusteeSecret::from_bytes(bytes->reveal()));
    return std::optional(std::move(secret));
}

Status TrusteeFiles::keep(const events::TrusteeSecret& secret) {
    STIMME_CHECK(seal(secret_file, secret.to_bytes()));
    std::error_code ignored;
    std::filesystem::remove(folder_.file(polynomial_file), ignored);
    return {};
}

Status TrusteeFiles::pin_closing(const events::LogView& closing) const {
    auto kept = read_file(folder_.file(closing_file));
    if (!kept && kept.error().code == "file-missing") {
        const json::Object object{{"root", to_hex(closing.root)}, {"size", closing.size}};
        return create_file(folder_.file(closing_file), as_bytes(json::canonical(object)));
    }
    if (!kept) return std::move(kept).error();
    STIMME_TRY(const events::LogView before, read_closing(as_text(*kept)));
    if (before == closing) return {};
    return corrupt("closing-differs",
                   fmt::format("this key was already used for another closing of the log ({} entries, root "
                               "{}); it opens no second one",
                               before.size, to_hex(before.root)));
}

}  // namespace stimme::trustee
