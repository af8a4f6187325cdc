#include "client/voice/espeak_voice.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string>

#include <espeak-ng/speak_lib.h>

namespace stimme::voice {
namespace {

// What espeak-ng calls a language that Stimme calls otherwise.
std::string name_of(words::Language language) {
    const std::string_view tag = language.tag();
    return tag == "de-simple" ? "de" : std::string(tag);
}

// Slowly, in words a minute: 175 is the library's own.
constexpr int words_a_minute = 150;
constexpr int milliseconds_of_buffer = 200;

class WavWriter {
  public:
    WavWriter(std::FILE* file, std::uint32_t rate) : file_(file) { write_header(rate); }
    ~WavWriter() {
        // The sizes are known only now.
        std::fseek(file_, 4, SEEK_SET);
        put(36 + bytes_);
        std::fseek(file_, 40, SEEK_SET);
        put(bytes_);
        std::fclose(file_);
    }
    WavWriter(const WavWriter&) = delete;
    WavWriter& operator=(const WavWriter&) = delete;

    void add(const short* samples, std::size_t count) {
        bytes_ +=
            static_cast<std::uint32_t>(std::fwrite(samples, sizeof(short), count, file_) * sizeof(short));
    }

  private:
    // RIFF, one channel of 16 bits.
    void write_header(std::uint32_t rate) {
        std::fwrite("RIFF\0\0\0\0WAVEfmt ", 1, 16, file_);
        put(16);
        put(1 | 1U << 16);
        put(rate);
        put(rate * 2);
        put(2 | 16U << 16);
        std::fwrite("data\0\0\0\0", 1, 8, file_);
    }
    void put(std::uint32_t value) {
        std::array<std::uint8_t, 4> bytes{};
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(value & 0xff);
            value >>= 8;
        }
        std::fwrite(bytes.data(), 1, bytes.size(), file_);
    }

    std::FILE* const file_;
    std::uint32_t bytes_ = 0;
};

// The library calls back without saying for whom.
WavWriter* writing = nullptr;

int take_samples(short* samples, int count, espeak_EVENT*) {
    if (writing != nullptr && samples != nullptr && count > 0)
        writing->add(samples, static_cast<std::size_t>(count));
    return 0;
}

class EspeakVoice final : public Voice {
  public:
    explicit EspeakVoice(std::unique_ptr<WavWriter> file) : file_(std::move(file)) {
        writing = file_.get();
        espeak_SetParameter(espeakRATE, words_a_minute, 0);
    }
    // Not espeak_Terminate(): version 1.51 may then wait for its own thread for ever.
    ~EspeakVoice() override { writing = nullptr; }
    EspeakVoice(const EspeakVoice&) = delete;
    EspeakVoice& operator=(const EspeakVoice&) = delete;

    bool speaks(words::Language language) const override {
        return espeak_SetVoiceByName(name_of(language).c_str()) == EE_OK;
    }
    void say(const std::string& text, words::Language language) override {
        if (espeak_SetVoiceByName(name_of(language).c_str()) != EE_OK) return;
        espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, nullptr);
    }
    void stop() override {
        // In a file everything stands one after the other.
        if (!file_) espeak_Cancel();
    }

  private:
    const std::unique_ptr<WavWriter> file_;
};

Error missing() {
    return unavailable("voice-missing",
                       "espeak-ng can't be started: is the package espeak-ng-data installed?");
}

Result<std::unique_ptr<Voice>> open(const Headphones&) {
    if (espeak_Initialize(AUDIO_OUTPUT_PLAYBACK, milliseconds_of_buffer, nullptr,
                          espeakINITIALIZE_DONT_EXIT) < 0)
        return missing();
    return std::unique_ptr<Voice>(std::make_unique<EspeakVoice>(nullptr));
}

Result<std::unique_ptr<Voice>> open(const WavFile& wav) {
    std::FILE* const file = std::fopen(wav.path.c_str(), "wb");
    if (file == nullptr)
        return unavailable("file-unwritable", "the file " + wav.path.string() + " can't be written");
    const int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, milliseconds_of_buffer, nullptr,
                                       espeakINITIALIZE_DONT_EXIT);
    auto writer = std::make_unique<WavWriter>(file, static_cast<std::uint32_t>(std::max(rate, 0)));
    if (rate < 0) return missing();
    espeak_SetSynthCallback(take_samples);
    return std::unique_ptr<Voice>(std::make_unique<EspeakVoice>(std::move(writer)));
}

}  // namespace

Result<Outlet> parse_outlet(std::string_view text) {
    if (text == "headphones") return Outlet(Headphones{});
    constexpr std::string_view wav = "wav:";
    if (text.starts_with(wav) && text.size() > wav.size())
        return Outlet(WavFile{std::string(text.substr(wav.size()))});
    return invalid("voice-invalid", "a voice goes to headphones or to wav:FILE");
}

Result<std::unique_ptr<Voice>> open_voice(const Outlet& outlet) {
    return std::visit([](const auto& which) { return open(which); }, outlet);
}

}  // namespace stimme::voice
