// The real library, into a file: sound comes in every language of the booth.
#include "client/voice/espeak_voice.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "client/words/words.h"
#include "core/base/file.h"
#include "tests/support/temporary_folder.h"

namespace stimme::voice {
namespace {

TEST(EspeakVoice, SpeaksEveryLanguageOfTheBooth) {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "said.wav";
    auto voice = open_voice(WavFile{path});
    ASSERT_TRUE(voice) << voice.error().message;
    for (const words::Language language : words::Language::all()) {
        ASSERT_TRUE((*voice)->speaks(language)) << language.tag();
        const auto before = std::filesystem::file_size(path);
        for (int i = 0; i < 3; ++i)  // more than a buffer of the file
            (*voice)->say(std::string(words::say(language, "Your vote is cast.")), language);
        EXPECT_GT(std::filesystem::file_size(path), before + 30'000) << language.tag();
    }
    voice->reset();
    const auto wav = read_file(path, 50'000'000);
    ASSERT_TRUE(wav);
    EXPECT_EQ(as_text(*wav).substr(0, 4), "RIFF");
    const auto loud = std::count_if(wav->begin() + 44, wav->end(), [](auto byte) { return byte != 0; });
    EXPECT_GT(loud, 200'000);
}

TEST(EspeakVoice, GoesToHeadphonesOrIntoAFile) {
    EXPECT_TRUE(std::holds_alternative<Headphones>(*parse_outlet("headphones")));
    EXPECT_EQ(std::get<WavFile>(*parse_outlet("wav:a.wav")).path, "a.wav");
    for (const char* const wrong : {"", "wav:", "loud", "headphones:1"})
        EXPECT_EQ(parse_outlet(wrong).error().code, "voice-invalid") << wrong;
}

TEST(EspeakVoice, TellsAFileThatCannotBeWritten) {
    const auto voice = open_voice(WavFile{"/nowhere/said.wav"});
    ASSERT_FALSE(voice);
    EXPECT_EQ(voice.error().code, "file-unwritable");
}

}  // namespace
}  // namespace stimme::voice
