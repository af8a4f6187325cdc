// A passphrase from its owner: a file, the environment variable STIMME_PASSPHRASE, or typed at the terminal
// without being shown.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace stimme::cli {

enum class Typed {
    once,
    twice,  // a new one: typed again, so that a slip doesn't lock its owner out
};

// `file` may be empty. Its first line counts. Errors: passphrase-missing (no file, no variable, no terminal),
// passphrase-empty, passphrase-differs (typed twice and not the same), those of read_file.
Result<crypto::SecretBuffer> read_passphrase(const std::filesystem::path& file, Typed typed);

}  // namespace stimme::cli
