// Chapter 1: the files, the tree, the checkpoint (docs/verification.md, section 1).
#include <fmt/format.h>

#include "core/verify/run.h"

namespace stimme::verify {
namespace {

void verify_tile(Run& run, const log::TileId& tile, const Bytes& expected) {
    Check& check = run.report["V1.3"];
    const std::string path = log::tile_path(tile);
    const auto published = run.record.read(path);
    if (!published) return check.not_checkable(path + " can't be read");
    check.count();
    if (*published == expected) return;
    check.fail(path, corrupt("tile-differs", "its hashes aren't those of the entries"));
}

std::vector<log::WitnessVerifier> witnesses(const election::Definition& definition) {
    std::vector<log::WitnessVerifier> all;
    for (const election::Witness& witness : definition.witnesses) all.push_back({witness.name, witness.key});
    return all;
}

void verify_witnesses(Run& run, const log::LogVerifier& log) {
    Check& check = run.report["V1.5"];
    if (!run.order_right) return check.not_checkable(run.not_closed());
    const auto opened = log::open_checkpoint(run.record.checkpoint_text(), log, witnesses(run.election()),
                                             run.election().witness_quorum);
    if (opened) {
        check.count(opened->cosignatures.size());
        return check.done();
    }
    const bool early = opened.error().code == "witness-quorum" && !run.closed();
    if (early) return check.not_checkable(run.not_closed());
    check.fail(record::checkpoint_path, opened.error());
}

}  // namespace

void verify_files(Run& run) {
    Check& check = run.report["V1.1"];
    const auto needed = record::needed_files(run.record.checkpoint().size, *run.definition,
                                             run.listed_files ? &*run.listed_files : nullptr);
    check.count(needed.size());
    for (const auto& problem : run.record.compare_files(needed)) {
        // What polls-closed names isn't known then.
        if (!run.all_entries_read && problem.error.code == "record-file-extra") continue;
        check.fail(problem.path, problem.error);
    }
    if (run.all_entries_read) check.done();
}

void verify_tree(Run& run) {
    if (!run.all_entries_read) return;
    Check& root = run.report["V1.2"];
    root.count(run.tree.size());
    if (run.tree.root() != run.record.checkpoint().root) {
        root.fail(
            record::checkpoint_path,
            corrupt("root-differs",
                    fmt::format("the {} entries give the root {}, the checkpoint names {}", run.tree.size(),
                                to_base64(run.tree.root()), to_base64(run.record.checkpoint().root))));
    }
    root.done();
    if (run.tree.newest_tile().size() < log::tile_width) verify_newest_tile(run);
    for (const log::TileId& tile : log::tiles(run.tree.size())) {
        if (tile.kind == log::TileId::Kind::hashes && tile.level > 0) {
            verify_tile(run, tile, run.tree.upper_tile(tile));
        }
    }
    run.report["V1.3"].done();
}

void verify_newest_tile(Run& run) {
    const std::vector<Hash>& leaves = run.tree.newest_tile();
    if (leaves.empty()) return;
    Bytes expected;
    for (const Hash& leaf : leaves) append(expected, leaf);
    verify_tile(run,
                {log::TileId::Kind::hashes, 0, (run.tree.size() - 1) / log::tile_width,
                 static_cast<unsigned>(leaves.size())},
                expected);
}

void verify_checkpoint(Run& run) {
    const log::LogVerifier log{run.election().log.origin, run.election().log.key};
    Check& check = run.report["V1.4"];
    check.count();
    const auto opened = log::open_checkpoint(run.record.checkpoint_text(), log, {}, 0);
    if (!opened) {
        run.report["V1.5"].not_checkable("the checkpoint isn't the log's");
        return check.fail(record::checkpoint_path, opened.error());
    }
    check.done();
    verify_witnesses(run, log);
}

}  // namespace stimme::verify
