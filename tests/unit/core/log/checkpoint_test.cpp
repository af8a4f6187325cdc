// Checkpoints and their witnesses: core/log/checkpoint.h.
#include "core/log/checkpoint.h"

#include <gtest/gtest.h>

#include "tests/unit/core/log/log_fixture.h"

namespace stimme::log {
namespace {

class CheckpointTest : public testing::Test {
  protected:
    // The refusal of three lines that the log itself signed.
    std::string signed_lines(const std::string& body) const { return log.open(log.signed_text(body)); }

    const SmallLog log;
    const std::string root = to_base64(log.tree.root());
    const std::string origin = log.origin;
};

TEST_F(CheckpointTest, OpensAsItWasSigned) {
    const auto opened = open_checkpoint(log.text(3), log.log(), log.witnesses(), 3);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened->checkpoint, log.checkpoint());
    EXPECT_EQ(opened->text, log.text(3));
    const std::vector<Cosignature> expected{{"press.example", SmallLog::at(100)},
                                            {"union.example", SmallLog::at(200)},
                                            {"board.example/w1", SmallLog::at(300)}};
    EXPECT_EQ(opened->cosignatures, expected);
}

TEST_F(CheckpointTest, BodyIsThreeLines) {
    EXPECT_EQ(checkpoint_body(log.checkpoint()), origin + "\n12\n" + root + "\n");
    EXPECT_EQ(*parse_checkpoint_body(checkpoint_body(log.checkpoint())), log.checkpoint());
    const Checkpoint largest{origin, ~0ull, {}};
    EXPECT_EQ(*parse_checkpoint_body(checkpoint_body(largest)), largest);
}

TEST_F(CheckpointTest, EveryFlippedBitIsRefused) {
    const std::string good = log.text(1);
    ASSERT_EQ(log.open(good, 1), "");
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            EXPECT_NE(log.open(bad, 1), "") << "byte " << i << " bit " << bit;
        }
    }
}

TEST_F(CheckpointTest, EveryTruncationIsRefused) {
    const std::string good = log.text(1);
    for (std::size_t size = 0; size < good.size(); ++size) EXPECT_NE(log.open(good.substr(0, size), 1), "");
}

TEST_F(CheckpointTest, AnotherOriginIsRefused) {
    const LogVerifier verifier{"other.example", log.key.verify_key()};
    EXPECT_EQ(open_checkpoint(log.text(), verifier, {}, 0).error().code, "checkpoint-wrong-origin");
    EXPECT_EQ(signed_lines("other.example\n12\n" + root + "\n"), "checkpoint-wrong-origin");
    EXPECT_EQ(signed_lines("not an origin\n12\n" + root + "\n"), "checkpoint-origin");
}

TEST_F(CheckpointTest, SizesInAnyOtherSpellingAreRefused) {
    for (const char* size :
         {"012", "+12", "-12", " 12", "12 ", "0x0c", "12.0", "", "00", "18446744073709551616"}) {
        EXPECT_EQ(signed_lines(origin + "\n" + size + "\n" + root + "\n"), "checkpoint-size");
    }
    EXPECT_EQ(signed_lines(origin + "\n0\n" + root + "\n"), "");
}

TEST_F(CheckpointTest, RootsInAnyOtherSpellingAreRefused) {
    const std::string url = replaced(to_base64(Bytes(32, 0xff)), "/", "_");
    for (const std::string& bad : {std::string(), root.substr(0, 43), root + "=", to_base64(Bytes(31)),
                                   to_base64(Bytes(33)), " " + root, url, to_hex(log.tree.root())}) {
        EXPECT_EQ(signed_lines(origin + "\n12\n" + bad + "\n"), "checkpoint-root") << bad;
    }
}

TEST_F(CheckpointTest, MissingAndAdditionalLinesAreRefused) {
    EXPECT_EQ(signed_lines(origin + "\n12\n"), "checkpoint-syntax");
    EXPECT_EQ(signed_lines(origin + "\n12\n" + root + "\nextension\n"), "checkpoint-extension");
    EXPECT_EQ(signed_lines(origin + "\n12\n" + root + "\n\n"), "checkpoint-extension");
    EXPECT_EQ(parse_checkpoint_body(origin + "\n12\n" + root).error().code, "checkpoint-syntax");
}

TEST_F(CheckpointTest, WithoutTheLogsSignatureItIsRefused) {
    const std::string body = checkpoint_body(log.checkpoint());
    const std::string witnessed =
        body + "\n" + cosign(log.checkpoint(), "press.example", log.press, SmallLog::at(1));
    EXPECT_EQ(log.open(witnessed, 1), "checkpoint-unsigned");
    EXPECT_EQ(log.open(sign_checkpoint(log.checkpoint(), log.press).text), "checkpoint-unsigned");
}

TEST_F(CheckpointTest, ALogSignatureOverAnotherCheckpointIsRefused) {
    EXPECT_EQ(log.open(replaced(log.text(), "\n12\n", "\n13\n")), "checkpoint-signature");
    const KeyId id = log.log().id();
    const std::string body = checkpoint_body(log.checkpoint()) + "\n";
    EXPECT_EQ(log.open(body + signature_line({origin, id, Bytes(64)})), "checkpoint-signature");
    EXPECT_EQ(log.open(body + signature_line({origin, id, Bytes(1)})), "checkpoint-signature");
    EXPECT_EQ(log.open(log.text() + signature_line({origin, id, Bytes(64)})), "checkpoint-signature");
}

TEST_F(CheckpointTest, SignaturesOfUnknownKeysAreSkipped) {
    std::string text = log.text();
    text += signature_line({"stranger.example", {1, 2, 3, 4}, Bytes(5)});
    text += signature_line({origin, {1, 2, 3, 4}, Bytes(64)});
    text += signature_line({"stranger.example", log.log().id(), Bytes(64)});
    text += cosign(log.checkpoint(), "press.example", log.board, SmallLog::at(1));
    EXPECT_EQ(log.open(text), "");
    EXPECT_EQ(log.open(text, 1), "witness-quorum");
}

TEST_F(CheckpointTest, TooFewWitnessesAreRefused) {
    EXPECT_EQ(log.open(log.text(0), 1), "witness-quorum");
    EXPECT_EQ(log.open(log.text(1), 2), "witness-quorum");
    EXPECT_EQ(log.open(log.text(2), 2), "");
    EXPECT_EQ(log.open(log.text(3), 4), "witness-quorum");
}

TEST_F(CheckpointTest, AWitnessWhoSignsTwiceCountsOnce) {
    const std::string twice =
        log.text(1) + cosign(log.checkpoint(), "press.example", log.press, SmallLog::at(101));
    EXPECT_EQ(log.open(twice, 1), "");
    EXPECT_EQ(log.open(twice, 2), "witness-quorum");
}

TEST_F(CheckpointTest, ACosignatureOfAnotherCheckpointIsRefused) {
    Checkpoint other = log.checkpoint();
    ++other.size;
    EXPECT_EQ(log.open(log.text() + cosign(other, "press.example", log.press, SmallLog::at(1))),
              "checkpoint-signature");
}

TEST_F(CheckpointTest, ACosignatureWithAnotherTimeIsRefused) {
    const Note note = *parse_note(log.text(1));
    for (const std::size_t byte : {0u, 7u}) {
        NoteSignature signature = note.signatures[1];
        signature.signature[byte] ^= 0x80;
        EXPECT_EQ(log.open(log.text() + signature_line(signature)), "checkpoint-signature");
    }
    NoteSignature timeless = note.signatures[1];
    timeless.signature.erase(timeless.signature.begin(), timeless.signature.begin() + 8);
    EXPECT_EQ(log.open(log.text() + signature_line(timeless)), "checkpoint-signature");
}

TEST_F(CheckpointTest, ALogSignatureIsNoCosignatureOfTheSameKey) {
    const std::vector<WitnessVerifier> itself{{origin, log.key.verify_key()}};
    EXPECT_EQ(open_checkpoint(log.text(), log.log(), itself, 1).error().code, "witness-quorum");
}

TEST_F(CheckpointTest, CosignaturesSignTheTimeAndTheCheckpoint) {
    const Note note = *parse_note(log.text(1));
    const std::string message = "cosignature/v1\ntime 100\n" + checkpoint_body(log.checkpoint());
    const ByteView signature = ByteView(note.signatures[1].signature).subspan(8);
    EXPECT_TRUE(crypto::verify_ed25519(log.press.verify_key(), as_bytes(message), signature).ok());
    EXPECT_EQ(to_hex(ByteView(note.signatures[1].signature).first(8)), "0000000000000064");
}

}  // namespace
}  // namespace stimme::log
