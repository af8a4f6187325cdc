// The server's secret keys of the voting passes: one for each station and ballot style of a definition, in
// the order of the definition (stations, then styles). They are made when the election is sealed, and
// published when the polls are closed (docs/protocol.md, section 5).
//
// At rest: "stimme-pass-keys/1\n" ‖ h_D ‖ 32 bytes a key, in a file of mode 0600, within a passphrase
// container where a passphrase is given (core/crypto/passphrase.h).
//
// Thread rule: immutable; share freely.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/election/definition.h"
#include "core/events/entry.h"
#include "core/pass/issue.h"

namespace stimme::service {

using Passphrase = std::optional<std::string_view>;  // empty: not encrypted

class PassKeys {
  public:
    static PassKeys random(const election::ValidDefinition& definition, Random& random);

    // Errors: file-missing, file-unreadable, pass-keys-invalid (corrupt: not such a file, or of another
    // length), pass-keys-other-definition (conflict), passphrase-needed (forbidden; none was given),
    // passphrase-wrong, container-invalid.
    static Result<PassKeys> load(const std::filesystem::path& file,
                                 const election::ValidDefinition& definition, Passphrase passphrase);
    // Loads the file, or makes keys and stores them there when it is missing. Errors: those of load and
    // store.
    static Result<PassKeys> load_or_create(const std::filesystem::path& file,
                                           const election::ValidDefinition& definition, Passphrase passphrase,
                                           Random& random);
    // Errors: file-exists, file-unwritable.
    Status store(const std::filesystem::path& file, Passphrase passphrase, Random& random) const;

    // nullptr when the definition has no such station or style.
    const pass::PassKey* find(const StationId& station, const StyleId& style) const;
    // Whether this is the key's tag; false for a station or style that isn't there. In constant time.
    bool tag_matches(const StationId& station, const StyleId& style, const pass::Pass& pass) const;

    // For election-sealed, in the order of the definition.
    std::vector<events::PassKey> public_keys() const;
    // For polls-closed, in the same order. Whoever calls this publishes them.
    std::vector<events::PassSecret> secrets() const;

  private:
    using Place = std::pair<StationId, StyleId>;
    explicit PassKeys(const election::ValidDefinition& definition);
    void add(pass::PassKey key);  // of the next place
    static Result<PassKeys> from_bytes(ByteView bytes, const election::ValidDefinition& definition);
    crypto::SecretBuffer bytes() const;

    Hash definition_;
    std::vector<Place> places_;        // in the order of the definition
    std::vector<pass::PassKey> keys_;  // of these places
    std::map<Place, std::size_t> index_;
};

}  // namespace stimme::service
