// Chapter 11: what the caller brought along (docs/verification.md, section 11).
#include <set>

#include <fmt/format.h>

#include "core/ballot/receipt.h"
#include "core/log/receipt.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

void verify_election(Run& run) {
    Check& check = run.report["V11.1"];
    if (!run.options.election) {
        return check.not_checkable("compare the election's fingerprint with the official announcement");
    }
    check.ask();
    if (!run.keys) return check.not_checkable("the record gives no fingerprint");
    check.count();
    check.done();
    if (run.keys->election == *run.options.election) return;
    check.fail(entry_place(0), corrupt("election-differs",
                                       fmt::format("this is the election {}", to_hex(run.keys->election))));
}

log::LogVerifier log_of(const Run& run) {
    return {run.election().log.origin, run.election().log.key};
}

// A signed checkpoint of the same log must be one of this very tree. Errors: log-forked, record-older.
Status compare(const Run& run, const log::Checkpoint& other) {
    if (other.size > run.tree.size()) {
        return conflict("record-older",
                        fmt::format("it covers {} entries and this record only {}: mirror again", other.size,
                                    run.tree.size()));
    }
    if (run.tree.root(other.size) == other.root) return {};
    return corrupt("log-forked",
                   fmt::format("the log signed another root for its first {} entries: keep both, "
                               "together they prove the fraud",
                               other.size));
}

Status compare_receipt(const Run& run, const std::string& text) {
    STIMME_TRY(const log::Receipt receipt, log::parse_receipt(text));
    STIMME_TRY(const auto signed_by_log, log::verify_receipt(receipt, log_of(run), {}, 0));
    STIMME_TRY(const auto view, ballot::view_receipt(receipt));
    STIMME_CHECK(compare(run, signed_by_log.checkpoint));
    if (run.tree.leaf(view.index) == log::hash_leaf(receipt.entry)) return {};
    return corrupt("receipt-differs", fmt::format("entry {} of this record is another", view.index));
}

void verify_receipt(Run& run) {
    Check& check = run.report["V11.2"];
    if (!run.options.receipt) return check.not_checkable("no receipt was given");
    check.ask();
    if (!run.all_entries_read) return check.not_checkable("the log can't be read");
    check.count();
    check.done();
    if (const auto status = compare_receipt(run, *run.options.receipt); !status) {
        check.fail("receipt", status.error());
    }
}

std::optional<events::ParticipationRow> row_of(const Run& run, const events::VoterCode& voter) {
    std::set<Hash> leaves;
    for (const election::Style& style : run.election().styles) {
        leaves.insert(events::roll_leaf(voter.salt, voter.number, style.id));
    }
    std::optional<events::ParticipationRow> found;
    each_row(run, [&](const events::ParticipationRow& row) {
        if (leaves.contains(row.leaf)) found = row;
    });
    return found;
}

void verify_voter(Run& run) {
    Check& check = run.report["V11.3"];
    if (!run.options.voter) return check.not_checkable("no voter's code was given");
    check.ask();
    if (!run.participation) return check.not_checkable("there is no list of participation yet");
    check.count();
    check.done();
    const auto row = row_of(run, *run.options.voter);
    if (!row) {
        return check.fail(record::participation_path,
                          not_found("row-missing", "no row is made from this code"));
    }
    std::string told = row->station ? "voted at station " + row->station->str() : "did not vote";
    if (row->paper) told += ", on paper";
    run.report.fact("your row", told);
}

Status compare_seen(const Run& run, const std::string& text) {
    STIMME_TRY(const auto seen, log::open_checkpoint(text, log_of(run), {}, 0));
    return compare(run, seen.checkpoint);
}

void verify_seen(Run& run) {
    Check& check = run.report["V11.4"];
    if (!run.options.seen) return check.not_checkable("no earlier checkpoint was given");
    check.ask();
    if (!run.all_entries_read) return check.not_checkable("the log can't be read");
    check.count();
    check.done();
    if (const auto status = compare_seen(run, *run.options.seen); !status) {
        check.fail("the checkpoint seen", status.error());
    }
}

}  // namespace

void verify_brought(Run& run) {
    verify_election(run);
    verify_receipt(run);
    verify_voter(run);
    verify_seen(run);
}

}  // namespace stimme::verify
