// Chapter 3: the key ceremony and the pass keys, all in entry 0 (docs/verification.md, section 3).
#include <fmt/format.h>

#include "core/verify/run.h"

namespace stimme::verify {
namespace {

// The check that an error of events::verify_sealed_keys belongs to.
std::string_view check_of(const Error& error) {
    const std::string_view code = error.code;
    if (code == "definition-differs") return "V2.2";
    if (code == "knowledge-proof-wrong") return "V3.2";
    if (code == "election-differs" || code == "election-key-infinite") return "V3.3";
    return code.starts_with("signature-") ? "V3.4" : "V3.1";
}

void verify_trustees(Run& run, const events::ElectionSealed& sealed) {
    auto keys = events::verify_sealed_keys(*run.definition, sealed);
    if (!keys) return run.report[check_of(keys.error())].fail(entry_place(0), keys.error());
    run.keys = *std::move(keys);
    if (!run.keys->paper_only()) run.key.emplace(run.keys->key);
    for (const char* number : {"V3.1", "V3.2", "V3.3", "V3.4"}) {
        run.report[number].count(run.keys->shares.size());
        run.report[number].done();
    }
    run.report.fact("election", to_hex(run.keys->election));
}

Status verify_pass_key(const events::PassKey& key, const election::Station& station,
                       const election::Style& style) {
    if (key.station != station.id || key.style != style.id) {
        return corrupt("pass-keys-wrong", fmt::format("station \"{}\", style \"{}\" should stand here",
                                                      station.id.str(), style.id.str()));
    }
    const auto point = crypto::Point::from_sec1(key.key);
    return point ? Status() : point.error();
}

void verify_pass_keys(Run& run, const events::ElectionSealed& sealed) {
    Check& check = run.report["V3.5"];
    const auto& stations = run.election().stations;
    const auto& styles = run.election().styles;
    check.count(sealed.pass_keys.size());
    if (sealed.pass_keys.size() != stations.size() * styles.size()) {
        return check.fail(
            entry_place(0),
            corrupt("pass-keys-wrong", fmt::format("{} keys; {} are right", sealed.pass_keys.size(),
                                                   stations.size() * styles.size())));
    }
    for (std::size_t i = 0; i < sealed.pass_keys.size(); ++i) {
        const auto status =
            verify_pass_key(sealed.pass_keys[i], stations[i / styles.size()], styles[i % styles.size()]);
        if (!status) check.fail(fmt::format("entry 0, pass key {}", i), status.error());
    }
    check.done();
}

}  // namespace

void verify_sealing(Run& run, const events::ElectionSealed& sealed) {
    verify_trustees(run, sealed);
    verify_pass_keys(run, sealed);
}

}  // namespace stimme::verify
