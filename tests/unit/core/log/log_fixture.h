// A small log with its key and three witnesses, for the tests of checkpoints and receipts.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/log/checkpoint.h"
#include "core/log/merkle.h"

namespace stimme::log {

class SmallLog {
  public:
    explicit SmallLog(std::uint64_t entries = 12) {
        for (std::uint64_t i = 0; i < entries; ++i) tree.append_entry(as_bytes(entry(i)));
    }

    static std::string entry(std::uint64_t index) { return "{\"entry\":" + std::to_string(index) + "}"; }
    LogVerifier log() const { return {origin, key.verify_key()}; }
    std::vector<WitnessVerifier> witnesses() const {
        return {{"press.example", press.verify_key()},
                {"union.example", union_key.verify_key()},
                {"board.example/w1", board.verify_key()}};
    }

    Checkpoint checkpoint() const { return {origin, tree.size(), tree.root()}; }
    SignedCheckpoint signed_checkpoint() const { return sign_checkpoint(checkpoint(), key); }
    // The checkpoint with the cosignatures of the first `count` witnesses.
    std::string text(std::size_t count = 0) const {
        std::string note = signed_checkpoint().text;
        if (count > 0) note += cosign(checkpoint(), "press.example", press, at(100));
        if (count > 1) note += cosign(checkpoint(), "union.example", union_key, at(200));
        if (count > 2) note += cosign(checkpoint(), "board.example/w1", board, at(300));
        return note;
    }
    // Signs any text as the log would.
    std::string signed_text(const std::string& body) const {
        const KeyId id = key_id(origin, SignatureType::log, key.verify_key());
        return body + "\n" + signature_line({origin, id, to_bytes(key.sign(as_bytes(body)))});
    }

    // The code of the refusal, or nothing.
    std::string open(const std::string& note, std::size_t quorum = 0) const {
        const auto opened = open_checkpoint(note, log(), witnesses(), quorum);
        return opened ? "" : opened.error().code;
    }

    static TimePoint at(std::int64_t seconds) { return TimePoint(std::chrono::seconds(seconds)); }

    const std::string origin = "log.example/2024";
    SeededRandom random{7};
    crypto::LogKey key = crypto::LogKey::random(random);
    crypto::LogKey press = crypto::LogKey::random(random);
    crypto::LogKey union_key = crypto::LogKey::random(random);
    crypto::LogKey board = crypto::LogKey::random(random);
    Tree tree;
};

inline std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
    const std::size_t at = text.find(what);
    std::string result(text.substr(0, at));
    result.append(with).append(text.substr(at + what.size()));
    return result;
}

}  // namespace stimme::log
