// Signed notes and verifier keys: core/log/note.h.
#include "core/log/note.h"

#include <gtest/gtest.h>

#include "tests/unit/core/log/log_fixture.h"

namespace stimme::log {
namespace {

constexpr const char* published_vkey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* published_note =
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

std::string note_code(const std::string& text) {
    const auto note = parse_note(text);
    return note ? "" : note.error().code;
}

TEST(Note, ThePublishedExampleVerifies) {
    const LogVerifier verifier = *parse_log_vkey(published_vkey);
    const Note note = *parse_note(published_note);
    ASSERT_EQ(note.signatures.size(), 1u);
    EXPECT_EQ(note.text, "This is an example message.\n");
    EXPECT_EQ(note.signatures[0].name, verifier.name);
    EXPECT_EQ(note.signatures[0].key_id, verifier.id());
    EXPECT_TRUE(crypto::verify_ed25519(verifier.key, as_bytes(note.text), note.signatures[0].signature).ok());
    EXPECT_EQ(note.text + "\n" + signature_line(note.signatures[0]), published_note);
}

TEST(Note, VerifierKeysReadBack) {
    const SmallLog log;
    EXPECT_EQ(parse_log_vkey(published_vkey)->vkey(), published_vkey);
    const WitnessVerifier witness = log.witnesses()[2];
    EXPECT_EQ(parse_witness_vkey(witness.vkey())->name, "board.example/w1");
    EXPECT_EQ(parse_witness_vkey(witness.vkey())->id(), witness.id());
}

TEST(Note, AKeyHasAnotherIdInEachRole) {
    const SmallLog log;
    const auto key = log.key.verify_key();
    EXPECT_NE(key_id("a", SignatureType::log, key), key_id("a", SignatureType::witness, key));
    EXPECT_NE(key_id("a", SignatureType::log, key), key_id("b", SignatureType::log, key));
}

TEST(Note, AnyOtherSpellingOfAVerifierKeyIsRefused) {
    const std::string good = published_vkey;
    for (const std::string& bad :
         {std::string(), good + "=", good.substr(0, good.size() - 1), replaced(good, "foo", "bar"),
          replaced(good, "530d903a", "530d903b"), replaced(good, "530d", "530D"),
          replaced(good, "+AeK", "AeK"), replaced(good, "Aeky", "Aekz"), std::string("example.com/foo"),
          good + "\n", "+" + good}) {
        EXPECT_EQ(parse_log_vkey(bad).error().code, "vkey-invalid") << bad;
    }
}

TEST(Note, ALogIsNoWitness) {
    const SmallLog log;
    EXPECT_EQ(parse_witness_vkey(log.log().vkey()).error().code, "vkey-invalid");
    EXPECT_EQ(parse_log_vkey(log.witnesses()[0].vkey()).error().code, "vkey-invalid");
}

TEST(Note, NamesOfKeysHaveNoSpacesOfAnyAlphabet) {
    for (const char* good : {"a", "example.com/foo", "M\u00fcnster", "\U0001F5F3"})
        EXPECT_TRUE(is_key_name(good));
    for (const char* bad : {"", "a b", "a+b", "a\nb", "a\tb", "a\u00a0b", "a\u2003b", "a\u3000b", "\u0085"}) {
        EXPECT_FALSE(is_key_name(bad)) << bad;
    }
}

TEST(Note, BytesThatAreNotUtf8AreRefused) {
    for (const char* bad :
         {"\xff", "\xc0\x80", "\xe2\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80", "\x80"}) {
        EXPECT_FALSE(is_key_name(bad));
        EXPECT_EQ(note_code(bad + std::string(published_note)), "note-syntax");
    }
}

TEST(Note, WhateverIsNoNoteIsRefused) {
    const std::string good = published_note;
    EXPECT_EQ(note_code(good), "");
    for (const std::string& bad :
         {std::string(), std::string("\n\n"), std::string("text\n"), std::string("text\n\n"),
          good.substr(0, good.size() - 1), good + "\n", good + "text\n", replaced(good, "\n\n", "\n"),
          replaced(good, "\u2014", "-"), replaced(good, "\u2014 ", "\u2014"), replaced(good, "foo ", "foo  "),
          replaced(good, "foo ", "foo"), replaced(good, "com/foo", "com+foo"), replaced(good, "aQM=", "aQM"),
          replaced(good, "aQM=", "aQN="), replaced(good, "This", "Thi\x01s"),
          replaced(good, "This", "Thi\rs"), good + "\u2014 short AAAAAA==\n"}) {
        EXPECT_EQ(note_code(bad), "note-syntax") << bad;
    }
    EXPECT_EQ(note_code(std::string(max_note_size, 'a') + good), "note-too-large");
}

TEST(Note, TheLastEmptyLinePartsTextAndSignatures) {
    const Note note = *parse_note(replaced(published_note, "This is", "This\n\nis"));
    EXPECT_EQ(note.text, "This\n\nis an example message.\n");
}

}  // namespace
}  // namespace stimme::log
