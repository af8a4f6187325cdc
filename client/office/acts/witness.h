// `stimme witness`: somebody outside the election office watches the log and cosigns its checkpoints, so
// that the log can't show two faces (docs/protocol.md, section 6.1, C2SP tlog-cosignature).
//
// Invariant: what a witness signed is on its disk before the signature is given away, and it signs only what
// continues that.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <string>

#include "client/cli/command.h"
#include "core/crypto/signature.h"
#include "core/election/definition.h"
#include "core/log/log_tiles.h"

namespace stimme::office {

struct WitnessKeyOptions {
    std::filesystem::path out;  // folder of the witness
    std::string name;
};
// Makes the witness's folder with its key; tells name and key for the definition. Errors: file-exists,
// witness-name-invalid.
Status witness_key(const WitnessKeyOptions& options, cli::Context& context);

struct WitnessCosignOptions {
    std::filesystem::path folder;
    std::string election;             // its address: https://host/v1/elections/<id>
    std::filesystem::path authority;  // ca.pem of the server
};
// Fetches the newest checkpoint, verifies it and prints {"line", "size"} or the line: for an official to
// upload with `stimme election cosign`. Errors: definition-differs (another than at first), witness-unknown
// (forbidden), those of LogWatch.
Status witness_cosign(const WitnessCosignOptions& options, cli::Context& context);

struct Cosigned {
    std::uint64_t size;
    std::string line;
};
// One step of a witness whose state lies in `folder`. Errors: log-empty (conflict), those of LogWatch.
Result<Cosigned> cosign_newest(const std::filesystem::path& folder, const std::string& name,
                               const crypto::LogKey& key, const election::ValidDefinition& definition,
                               const log::FetchFile& fetch, TimePoint now);

struct CosignUploadOptions {
    std::uint64_t size = 0;
    std::string line;
};
// An official brings a witness's line to the server.
Status upload_cosignature(const CosignUploadOptions& options, cli::Context& context);

}  // namespace stimme::office
