#include "server/service/roll/pass_keys.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/crypto/passphrase.h"

namespace stimme::service {
namespace {

constexpr std::string_view magic = "stimme-pass-keys/1\n";
constexpr std::size_t start_bytes = magic.size() + 32;

Error wrong_file() {
    return corrupt("pass-keys-invalid", "this isn't a file of pass keys, or it is damaged");
}

Result<crypto::SecretBuffer> open_container(ByteView content, Passphrase passphrase) {
    if (!crypto::is_passphrase_container(content)) return crypto::SecretBuffer(content);
    if (!passphrase)
        return forbidden("passphrase-needed", "the pass keys are encrypted: give their passphrase");
    return crypto::open_with_passphrase(*passphrase, content);
}

Result<crypto::SecretBuffer> read_secret(const std::filesystem::path& file, Passphrase passphrase) {
    STIMME_TRY(Bytes content, read_file(file, std::size_t{1} << 20));
    Result<crypto::SecretBuffer> opened = open_container(content, passphrase);
    crypto::wipe(content);
    return opened;
}

}  // namespace

PassKeys::PassKeys(const election::ValidDefinition& definition) : definition_(definition.hash()) {
    for (const election::Station& station : definition->stations)
        for (const election::Style& style : definition->styles) {
            index_[{station.id, style.id}] = places_.size();
            places_.emplace_back(station.id, style.id);
        }
    keys_.reserve(places_.size());
}

void PassKeys::add(pass::PassKey key) {
    keys_.push_back(std::move(key));
}

PassKeys PassKeys::random(const election::ValidDefinition& definition, Random& random) {
    PassKeys keys(definition);
    for (std::size_t i = 0; i < keys.places_.size(); ++i) keys.add(pass::PassKey::random(random));
    return keys;
}

Result<PassKeys> PassKeys::from_bytes(ByteView bytes, const election::ValidDefinition& definition) {
    if (bytes.size() < start_bytes || as_text(bytes.first(magic.size())) != magic) return wrong_file();
    if (!std::equal(definition.hash().begin(), definition.hash().end(), bytes.begin() + magic.size()))
        return conflict("pass-keys-other-definition", "these pass keys belong to another definition");
    PassKeys keys(definition);
    bytes = bytes.subspan(start_bytes);
    if (bytes.size() != 32 * keys.places_.size()) return wrong_file();
    for (; !bytes.empty(); bytes = bytes.subspan(32)) {
        auto key = pass::PassKey::from_bytes(bytes.first(32));
        if (!key) return wrong_file();
        keys.add(*std::move(key));
    }
    return keys;
}

crypto::SecretBuffer PassKeys::bytes() const {
    crypto::SecretBuffer result(start_bytes + 32 * keys_.size());
    auto end = std::copy(magic.begin(), magic.end(), result.writable().begin());
    end = std::copy(definition_.begin(), definition_.end(), end);
    for (const pass::PassKey& key : keys_) {
        const auto secret = key.bytes();
        end = std::copy(secret.reveal().begin(), secret.reveal().end(), end);
    }
    return result;
}

Result<PassKeys> PassKeys::load(const std::filesystem::path& file,
                                const election::ValidDefinition& definition, Passphrase passphrase) {
    STIMME_TRY(const crypto::SecretBuffer secret, read_secret(file, passphrase));
    auto keys = from_bytes(secret.reveal(), definition);
    if (!keys) return std::move(keys).error().at(file.string());
    return keys;
}

Result<PassKeys> PassKeys::load_or_create(const std::filesystem::path& file,
                                          const election::ValidDefinition& definition, Passphrase passphrase,
                                          Random& random) {
    if (std::filesystem::exists(file)) return load(file, definition, passphrase);
    PassKeys keys = PassKeys::random(definition, random);
    STIMME_CHECK(keys.store(file, passphrase, random));
    return keys;
}

Status PassKeys::store(const std::filesystem::path& file, Passphrase passphrase, Random& random) const {
    const crypto::SecretBuffer secret = bytes();
    if (!passphrase) return create_file(file, secret.reveal(), FileMode::private_file);
    return create_file(file, crypto::seal_with_passphrase(*passphrase, secret.reveal(), random),
                       FileMode::private_file);
}

const pass::PassKey* PassKeys::find(const StationId& station, const StyleId& style) const {
    const auto found = index_.find({station, style});
    return found == index_.end() ? nullptr : &keys_[found->second];
}

bool PassKeys::tag_matches(const StationId& station, const StyleId& style, const pass::Pass& pass) const {
    const pass::PassKey* key = find(station, style);
    return key != nullptr && key->tag_matches(pass);
}

std::vector<events::PassKey> PassKeys::public_keys() const {
    std::vector<events::PassKey> result;
    for (std::size_t i = 0; i < keys_.size(); ++i)
        result.push_back({places_[i].first, places_[i].second, keys_[i].public_key()});
    return result;
}

std::vector<events::PassSecret> PassKeys::secrets() const {
    std::vector<events::PassSecret> result;
    for (std::size_t i = 0; i < keys_.size(); ++i)
        result.push_back({places_[i].first, places_[i].second, to_array<32>(keys_[i].bytes().reveal())});
    return result;
}

}  // namespace stimme::service
