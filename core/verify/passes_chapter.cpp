// Chapter 5: the passes, evaluated again with the published secrets (docs/verification.md, section 5).
#include <algorithm>

#include <fmt/format.h>

#include "core/pass/issue.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

using PassKeys = std::vector<pass::PassKey>;  // stations, then styles, in the order of the definition

std::vector<events::PassNumber> submitted(const Run& run) {
    std::vector<events::PassNumber> all;
    for (const SubmittedPass& pass : run.passes) {
        if (all.empty() || all.back() != pass.t) all.push_back(pass.t);
    }
    return all;
}

// The rows of the tag file when it is the one that was named.
std::optional<std::vector<events::TagRow>> read_tags(Run& run, Check& check) {
    const auto file = run.record.read(record::tags_path);
    if (!file) {
        check.not_checkable("the list of passes can't be read");
        return std::nullopt;
    }
    if (events::file_hash(*file) != run.closing().tags) {
        check.fail(record::tags_path, corrupt("file-differs", "polls-closed names another list"));
        return std::nullopt;
    }
    auto rows = events::read_tags(as_text(*file));
    if (rows) return *std::move(rows);
    check.fail(record::tags_path, rows.error());
    return std::nullopt;
}

void compare_passes(const std::vector<events::TagRow>& rows, const std::vector<events::PassNumber>& expected,
                    Check& check) {
    std::vector<events::PassNumber> listed;
    for (const events::TagRow& row : rows) listed.push_back(row.t);
    std::vector<events::PassNumber> differing;
    std::set_symmetric_difference(listed.begin(), listed.end(), expected.begin(), expected.end(),
                                  std::back_inserter(differing));
    for (const events::PassNumber& t : differing) {
        const bool extra = std::binary_search(listed.begin(), listed.end(), t);
        check.fail(fmt::format("tags, pass {}", to_hex(t)),
                   extra ? corrupt("pass-never-submitted", "no ballot was submitted with this pass")
                         : corrupt("pass-not-listed", "a ballot was submitted with this pass"));
    }
    check.count(expected.size());
    check.done();
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

std::optional<events::PassTag> tag_of(const std::vector<events::TagRow>& rows, const events::PassNumber& t) {
    const auto found = std::lower_bound(rows.begin(), rows.end(), t,
                                        [](const auto& row, const auto& n) { return row.t < n; });
    if (found == rows.end() || found->t != t) return std::nullopt;
    return found->tag;
}

// (5.1) for every pass.
void verify_tags(Run& run, const std::vector<events::TagRow>& rows, const PassKeys& keys) {
    constexpr std::uint64_t range = 64;
    Check& check = run.report["V5.3"];
    const std::size_t styles = run.election().styles.size();
    std::vector<std::vector<Failure>> failures(range_count(run.passes.size(), range));
    for_ranges(
        run.threads, run.passes.size(), range, [&](unsigned, std::size_t number, auto begin, auto end) {
            for (std::uint64_t i = begin; i < end; ++i) {
                const SubmittedPass& pass = run.passes[i];
                if (keys[pass.station * styles + pass.style].tag_of(pass.t) == tag_of(rows, pass.t)) continue;
                failures[number].push_back({fmt::format("tags, pass {}", to_hex(pass.t)), "pass-tag-wrong",
                                            "the secret of its station and style gives another tag"});
            }
            run.advance(end - begin, run.passes.size(), "passes");
        });
    for (auto& some : failures) {
        for (Failure& failure : some) check.fail(std::move(failure));
    }
    check.count(run.passes.size());
    check.done();
}

}  // namespace

void verify_passes(Run& run) {
    if (!run.closed()) return run.report.chapter_not_checkable("V5.", run.not_closed());
    const auto rows = read_tags(run, run.report["V5.1"]);
    if (rows) compare_passes(*rows, submitted(run), run.report["V5.1"]);
    const auto keys = verify_secrets(run);
    const bool one_for_each = run.report["V3.5"].verdict() == Verdict::passed;
    if (rows && keys && one_for_each) verify_tags(run, *rows, *keys);
}

}  // namespace stimme::verify
