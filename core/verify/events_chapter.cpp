// Chapter 4: the events and their signatures, in one pass over the entries (docs/verification.md, section 4).
#include <algorithm>

#include <fmt/format.h>

#include "core/tally/count_rules.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

constexpr std::string_view pass_errors[] = {"pass-voided",          "pass-cast",
                                            "pass-submitted",       "pass-of-other-station",
                                            "pass-of-other-style",  "submission-open",
                                            "no-open-submission",   "tracking-code-differs",
                                            "challenges-exhausted", "tracking-code-repeated"};

// The check that an error of ElectionState::check belongs to.
std::string_view check_of(const Error& error, const events::Content& content) {
    if (error.code == "definition-differs") return "V2.2";
    if (error.code == "signers-wrong") return "V4.4";
    if (error.code == "signature-view" && std::holds_alternative<events::DecryptionShare>(content)) {
        return "V9.2";
    }
    if (error.code == "signature-view" || error.code == "signature-repeated") return "V4.5";
    if (error.code == "totals-wrong" || error.code == "district-unknown") return "V10.1";
    const bool of_pass =
        std::find(std::begin(pass_errors), std::end(pass_errors), error.code) != std::end(pass_errors);
    return of_pass ? "V4.3" : "V4.2";
}

// Bundles that are decoded by all threads before their entries are followed one by one.
constexpr std::uint64_t bundles_at_once = 16;

// What can be said of a bundle without those before it.
struct Decoded {
    Result<record::Record::Bundle> bundle = internal("bundle-unread", "not reached");
    std::vector<Hash> leaves;
    std::vector<Result<events::Entry>> entries;

    static Decoded read(const record::Record& record, std::uint64_t number) {
        Decoded decoded{record.bundle(number), {}, {}};
        if (!decoded.bundle) return decoded;
        for (const ByteView bytes : decoded.bundle->entries) {
            decoded.leaves.push_back(log::hash_leaf(bytes));
            decoded.entries.push_back(events::decode(as_text(bytes)));
        }
        return decoded;
    }
};

class Reader {
  public:
    explicit Reader(Run& run) : run_(run) {
        if (!run.definition) return;
        run.state.emplace(*run.definition, run.tables);
        // A ballot has two entries, tested ones more. A checkpoint can claim any size: the last entries must
        // be there.
        const std::uint64_t size = run.record.checkpoint().size;
        if (size > 0 && run.record.bundle((size - 1) / log::tile_width)) run.state->reserve(size / 2);
    }

    void read(const Decoded& bundle) {
        for (std::size_t i = 0; i < bundle.leaves.size(); ++i) {
            const std::uint64_t index = run_.tree.size();
            if (run_.tree.append(bundle.leaves[i])) verify_newest_tile(run_);
            list_files(bundle.entries[i]);
            if (run_.state && !broken_) follow(index, bundle.entries[i]);
        }
        run_.tables->release();
    }

    void finish() {
        if (!run_.state) return run_.report.chapter_not_checkable("V4.", run_.not_closed());
        for (const char* number : {"V4.1", "V4.2", "V4.3", "V4.4", "V4.5"}) {
            if (broken_)
                run_.report[number].not_checkable("the log was followed only to " + entry_place(*broken_));
            run_.report[number].done();
        }
        run_.order_right = !broken_;
    }

    // The fold can't go on at this entry.
    void stop(std::uint64_t index) {
        if (!broken_) broken_ = index;
    }

  private:
    // polls-closed names files, wherever it stands.
    void list_files(const Result<events::Entry>& entry) {
        if (run_.listed_files || !entry) return;
        if (const auto* closed = std::get_if<events::PollsClosed>(&entry->content))
            run_.listed_files = *closed;
    }
    void follow(std::uint64_t index, const Result<events::Entry>& entry);
    bool fits(std::uint64_t index, const events::Entry& entry);
    void verify_signatures(std::uint64_t index, const events::Entry& entry);
    void verify_counted(std::uint64_t index, const events::Content& content);

    void fail(std::string_view number, std::uint64_t index, const Error& error) {
        run_.report[number].fail(entry_place(index), error);
    }

    // What later chapters need of an entry that was applied.
    void collect(std::uint64_t index, const events::BallotCast& c);
    void collect(std::uint64_t index, const events::BallotChallenged& c);
    void collect(std::uint64_t index, const events::ChallengeFailed& c);
    void collect(std::uint64_t index, const events::LotDrawn&) {
        run_.lots.push_back({index, tally::paper_figures(*run_.definition, run_.state->count())});
    }
    template <class Other>
    void collect(std::uint64_t, const Other&) {}

    Run& run_;
    Hash election_{};                      // h_E
    std::optional<std::uint64_t> broken_;  // where the fold had to end
};

bool Reader::fits(std::uint64_t index, const events::Entry& entry) {
    const Status status = run_.state->check(entry);
    if (status) return true;
    fail(check_of(status.error(), entry.content), index, status.error());
    return false;
}

void Reader::verify_signatures(std::uint64_t index, const events::Entry& entry) {
    Check& check = run_.report["V4.5"];
    check.count(entry.signed_by.size());
    for (const events::ActSignature& signature : entry.signed_by) {
        const auto status =
            events::verify_act_signature(*run_.state, election_, entry.content, signature, index,
                                         [&](std::uint64_t size) { return run_.tree.root(size); });
        if (!status) {
            check.fail(fmt::format("entry {}, signature of {}", index, signature.signer.str()),
                       status.error());
        }
    }
}

// The check that is about what people counted; nullptr: the entry is of another kind.
const char* check_of_figures(election::EntryType type) {
    switch (type) {
        case election::EntryType::paper_batches:
        case election::EntryType::paper_count:
            return "V10.1";
        case election::EntryType::hand_count:
            return "V10.6";
        case election::EntryType::audit_started:
            return "V10.7";
        default:
            return nullptr;
    }
}

// Lots, and what a certification waits for, are for when the totals are verified (chapter 10).
void Reader::verify_counted(std::uint64_t index, const events::Content& content) {
    const char* const number = check_of_figures(events::type_of(content));
    if (number == nullptr) return;
    Check& check = run_.report[number];
    check.count();
    const auto status = tally::check_count(*run_.state, content);
    if (!status) check.fail(entry_place(index), status.error());
}

void Reader::follow(std::uint64_t index, const Result<events::Entry>& entry) {
    if (!entry) {
        fail("V4.1", index, entry.error());
        return stop(index);
    }
    if (!fits(index, *entry)) return stop(index);
    if (const auto* sealed = std::get_if<events::ElectionSealed>(&entry->content)) {
        run_.report["V2.2"].count();
        run_.report["V2.2"].done();
        verify_sealing(run_, *sealed);
        election_ = run_.keys ? run_.keys->election : sealed->election;
    }
    verify_signatures(index, *entry);
    for (const char* number : {"V4.1", "V4.2", "V4.3", "V4.4"}) run_.report[number].count();
    verify_counted(index, entry->content);
    if (!run_.state->apply(index, *entry)) return stop(index);
    std::visit([&](const auto& content) { collect(index, content); }, entry->content);
}

void Reader::collect(std::uint64_t index, const events::BallotCast& c) {
    const events::PassState& pass = *run_.state->pass(c.t);
    const auto& districts = run_.election().districts;
    const DistrictId& own = run_.election().stations[pass.station].district;
    const auto district =
        std::find_if(districts.begin(), districts.end(), [&](const auto& d) { return d.id == own; });
    run_.cast[{static_cast<std::size_t>(district - districts.begin()), pass.style}].push(
        {index, pass.station, c.t, c.tracking_code, c.x});
}

void Reader::collect(std::uint64_t index, const events::BallotChallenged& c) {
    const events::PassState& pass = *run_.state->pass(c.t);
    run_.opened.push({index, pass.station, pass.style});
}

void Reader::collect(std::uint64_t index, const events::ChallengeFailed& c) {
    if (!std::holds_alternative<events::Opening>(c.cause)) return;
    const events::PassState& pass = *run_.state->pass(c.t);
    run_.opened.push({index, pass.station, pass.style});
}

// The next bundles, decoded by all threads.
std::vector<Decoded> decode_bundles(const Run& run, std::uint64_t first, std::uint64_t count) {
    std::vector<Decoded> decoded(count);
    for_ranges(run.threads, count, 1, [&](unsigned, std::size_t i, std::uint64_t, std::uint64_t) {
        decoded[i] = Decoded::read(run.record, first + i);
    });
    return decoded;
}

Status read_bundles(Run& run, Reader& reader) {
    const std::uint64_t size = run.record.checkpoint().size;
    const std::uint64_t bundles = range_count(size, log::tile_width);
    for (std::uint64_t first = 0; first < bundles; first += bundles_at_once) {
        const std::uint64_t count = std::min(bundles_at_once, bundles - first);
        for (const Decoded& bundle : decode_bundles(run, first, count)) {
            if (!bundle.bundle) return bundle.bundle.error();
            reader.read(bundle);
            run.advance(bundle.entries.size(), size, "entries");
        }
    }
    return {};
}

}  // namespace

void read_log(Run& run) {
    Reader reader(run);
    const Status read = read_bundles(run, reader);
    run.all_entries_read = read.ok();
    if (!read) {
        // A missing bundle is V1.1's failure.
        const bool missing = read.error().code == "file-missing";
        if (missing) run.report["V1.2"].not_checkable(read.error().message);
        if (!missing) run.report["V1.2"].fail(record::checkpoint_path, read.error());
        reader.stop(run.tree.size());
    }
    reader.finish();
}

}  // namespace stimme::verify
