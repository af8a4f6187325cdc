// Any text through the readers of checkpoints, notes and their keys: what is accepted is written again byte
// for byte, and nothing opens as a checkpoint of the log but what its key has signed.
#include "core/log/checkpoint.h"

#include "tests/fuzz/samples.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

void read_note(std::string_view text) {
    const auto note = log::parse_note(text);
    if (!note) return;
    std::string again = note->text + "\n";
    for (const auto& signature : note->signatures) again += log::signature_line(signature);
    require(again == text, "a note has one form");
}

void open(std::string_view text, std::size_t quorum) {
    const election::Definition& definition = *sample_election().definition;
    std::vector<log::WitnessVerifier> witnesses;
    for (const auto& witness : definition.witnesses) witnesses.push_back({witness.name, witness.key});
    const auto opened =
        log::open_checkpoint(text, {definition.log.origin, definition.log.key}, witnesses, quorum);
    if (!opened) return;
    const log::Checkpoint& found = opened->checkpoint;
    require(
        found.size <= sample_log().entries.size() && found == sample_log().checkpoint(found.size).checkpoint,
        "only what the log signed is opened");
    require(opened->cosignatures.size() >= quorum, "the quorum is there");
}

}  // namespace

FUZZ_TARGET(checkpoint) {
    const std::string_view text = as_text(data);
    if (const auto body = log::parse_checkpoint_body(text))
        require(log::checkpoint_body(*body) == text, "a checkpoint has one form");
    read_note(text);
    for (std::size_t quorum = 0; quorum <= 2; ++quorum) open(text, quorum);
    if (const auto key = log::parse_log_vkey(text)) require(key->vkey() == text, "a log's key has one form");
    if (const auto key = log::parse_witness_vkey(text))
        require(key->vkey() == text, "a witness's key has one form");
}

}  // namespace stimme::fuzz
