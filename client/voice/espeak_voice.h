// The voice of espeak-ng, over the machine's sound (its headphones) or into a file.
//
// Thread rule: one in a program, as the library has it; belongs to one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <variant>

#include "client/voice/voice.h"
#include "core/base/result.h"

namespace stimme::voice {

struct Headphones {};
// All that is said, one after the other, as a WAV file; it is complete when the voice is gone.
struct WavFile {
    std::filesystem::path path;
};
using Outlet = std::variant<Headphones, WavFile>;

// "headphones" or "wav:FILE". Errors: voice-invalid (invalid).
Result<Outlet> parse_outlet(std::string_view text);

// Errors: voice-missing (unavailable: the library or its data aren't there), file-unwritable (unavailable).
Result<std::unique_ptr<Voice>> open_voice(const Outlet& outlet);

}  // namespace stimme::voice
