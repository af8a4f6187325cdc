// Chapter 5: the passes, evaluated again with the published secrets (docs/verification.md, section 5).
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/pass/issue.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

using PassKeys = std::vector<pass::PassKey>;  // stations, then styles, in the order of the definition

bool was_submitted(const events::PassState& pass) {
    return pass.status != events::PassState::Status::voided;
}

// The tag file when it is the one that was named.
std::optional<record::MappedFile> map_tags(Run& run, Check& check) {
    auto file = run.record.map(record::tags_path);
    if (!file) {
        check.not_checkable("the list of passes can't be read");
        return std::nullopt;
    }
    if (hash_of(*file) == run.closing().tags) return *std::move(file);
    check.fail(record::tags_path, corrupt("file-differs", "polls-closed names another list"));
    return std::nullopt;
}

std::string place_of(const events::PassNumber& t) {
    return fmt::format("tags, pass {}", to_hex(t));
}

// Names the passes of the log that aren't in the list. Only for lists that lack some.
void name_missing(const Run& run, const record::MappedFile& tags, Check& check) {
    std::set<events::PassNumber> missing;
    for (const auto& [t, pass] : run.state->passes()) {
        if (was_submitted(pass)) missing.insert(t);
    }
    static_cast<void>(events::TagReader().read(as_text(tags.bytes()),
                                               [&](const events::TagRow& row) { missing.erase(row.t); }));
    for (const events::PassNumber& t : missing) {
        check.fail(place_of(t), corrupt("pass-not-listed", "a ballot was submitted with this pass"));
    }
}

// The list must name each pass of the log and no other. False when it can't be read.
bool compare_passes(const Run& run, const record::MappedFile& tags, Check& check) {
    std::uint64_t found = 0;
    const std::uint64_t expected = run.state->submitted_passes();
    events::TagReader reader;
    std::uint64_t rows = 0;
    const auto compare = [&](const events::TagRow& row) {
        if (++rows % log::tile_width == 0) run.tables->release();
        const events::PassState* pass = run.state->pass(row.t);
        if (pass != nullptr && was_submitted(*pass)) return static_cast<void>(++found);
        check.fail(place_of(row.t),
                   corrupt("pass-never-submitted", "no ballot was submitted with this pass"));
    };
    const Status read = each_piece(tags, [&](std::string_view lines) { return reader.read(lines, compare); });
    if (!read) {
        check.fail(record::tags_path, read.error());
        return false;
    }
    if (found < expected) name_missing(run, tags, check);
    check.count(expected);
    check.done();
    return true;
}

Result<pass::PassKey> read_secret(const events::PassSecret& secret, const events::PassKey& sealed) {
    if (secret.station != sealed.station || secret.style != sealed.style) {
        return corrupt("pass-secrets-wrong", fmt::format("station \"{}\", style \"{}\" should stand here",
                                                         sealed.station.str(), sealed.style.str()));
    }
    STIMME_TRY(auto key, pass::PassKey::from_bytes(secret.secret));
    if (key.public_key() == sealed.key) return key;
    return corrupt("pass-secret-differs", "it isn't the secret of the key that was sealed");
}

// All keys, or none when one is wrong.
std::optional<PassKeys> verify_secrets(Run& run) {
    Check& check = run.report["V5.2"];
    const auto& secrets = run.closing().pass_keys;
    const auto& sealed = run.state->sealed().pass_keys;
    const std::string place = entry_place(run.state->closing_size() - 1);
    if (secrets.size() != sealed.size()) {
        check.fail(place, corrupt("pass-secrets-wrong",
                                  fmt::format("{} secrets; {} are right", secrets.size(), sealed.size())));
        return std::nullopt;
    }
    PassKeys keys;
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        auto key = read_secret(secrets[i], sealed[i]);
        if (!key) check.fail(fmt::format("{}, pass secret {}", place, i), key.error());
        if (key) keys.push_back(*std::move(key));
    }
    check.count(secrets.size());
    check.done();
    return check.failed() == 0 ? std::optional(std::move(keys)) : std::nullopt;
}

// (5.1) for every pass of the list.
void verify_tags(Run& run, const record::MappedFile& tags, const PassKeys& keys) {
    const std::size_t styles = run.election().styles.size();
    const std::string_view text = as_text(tags.bytes());
    const std::uint64_t rows = text.size() / events::tag_row_size;
    const auto check_unit = [&](std::uint64_t begin, std::uint64_t end) {
        Part part;
        std::uint64_t seen = 0;
        const auto check_row = [&](const events::TagRow& row) {
            if (++seen % log::tile_width == 0) run.tables->release();
            const events::PassState* pass = run.state->pass(row.t);
            if (pass == nullptr || !was_submitted(*pass)) return;  // V5.1 has told
            if (keys[pass->station * styles + pass->style].tag_of(row.t) == row.tag) return;
            part.fail("V5.3", {place_of(row.t), "pass-tag-wrong",
                               "the secret of its station and style gives another tag"});
        };
        const auto lines = text.substr(begin * events::tag_row_size, (end - begin) * events::tag_row_size);
        static_cast<void>(events::TagReader().read(lines, check_row));  // V5.1 has read them all
        tags.release(begin * events::tag_row_size, end * events::tag_row_size);
        return part;
    };
    run.work.run("passes", rows, unit_size(rows, 64), check_unit, run.report, {"V5.3"});
    run.report["V5.3"].done();
}

}  // namespace

void verify_passes(Run& run) {
    if (!run.closed()) return run.report.chapter_not_checkable("V5.", run.not_closed());
    const auto tags = map_tags(run, run.report["V5.1"]);
    const bool readable = tags && compare_passes(run, *tags, run.report["V5.1"]);
    const auto keys = verify_secrets(run);
    const bool one_for_each = run.report["V3.5"].verdict() == Verdict::passed;
    if (readable && keys && one_for_each) return verify_tags(run, *tags, *keys);
    run.report["V5.3"].not_checkable("the list of passes or their secrets are wrong");
}

}  // namespace stimme::verify
