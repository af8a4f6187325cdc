#include "client/audit/opening.h"

#include "client/session/log_watch.h"
#include "core/ballot/opening.h"
#include "core/record/record.h"

namespace stimme::audit {
namespace {

struct Search {
    const Hash& tracking_code;
    std::optional<events::ElectionSealed> sealed{};
    std::optional<events::BallotSubmitted> submitted{};
    std::optional<events::BallotChallenged> challenged{};
    std::uint64_t index = 0;
    log::RootBuilder tree{};

    Status read(std::uint64_t at, ByteView bytes) {
        tree.append_entry(bytes);
        STIMME_TRY(const auto entry, verified(events::decode(as_text(bytes))));
        if (const auto* e = std::get_if<events::ElectionSealed>(&entry.content); e && at == 0) sealed = *e;
        take(entry.content, submitted);
        if (take(entry.content, challenged)) index = at;
        return {};
    }
    template <class Kind>
    bool take(const events::Content& content, std::optional<Kind>& into) const {
        const auto* const found = std::get_if<Kind>(&content);
        if (found == nullptr || found->tracking_code != tracking_code) return false;
        into = *found;
        return true;
    }
};

Status verify_log(const record::Record& record, const election::Definition& definition,
                  const log::RootBuilder& tree) {
    STIMME_CHECK(
        verified(log::open_checkpoint(record.checkpoint_text(), session::log_verifier(definition), {}, 0)));
    if (tree.root() != record.checkpoint().root)
        return corrupt("log-root", "the entries of the log aren't those of its checkpoint");
    return {};
}

std::optional<booth::OpenedBallot> ballot_of(const Search& search, const Hash& election) {
    if (!search.submitted || !search.challenged) return std::nullopt;
    const auto& [station, style, t, code] = *search.submitted;
    return booth::OpenedBallot{{election, station, style, t}, code, search.challenged->opening};
}

}  // namespace

Result<TestInRecord> find_test(const std::filesystem::path& folder, const Hash& tracking_code) {
    STIMME_TRY(const auto record, record::Record::open(folder));
    STIMME_TRY(const Bytes text, record.read(record::definition_path));
    STIMME_TRY(auto definition, verified(election::ValidDefinition::parse_canonical(as_text(text))));
    Search search{tracking_code};
    STIMME_CHECK(record.each_entry([&](std::uint64_t at, ByteView entry) { return search.read(at, entry); }));
    STIMME_CHECK(verify_log(record, *definition, search.tree));
    if (!search.sealed) return conflict("not-sealed", "the election of this record isn't sealed");
    STIMME_TRY(auto keys, verified(events::verify_sealed_keys(definition, *search.sealed)));
    auto ballot = ballot_of(search, keys.election);
    return TestInRecord{std::move(definition), std::move(keys), std::move(ballot), search.index};
}

Status verify_test(const TestInRecord& record, const booth::OpenedBallot& ballot) {
    if (ballot.context.election != record.keys.election)
        return corrupt("election-differs", "this ballot is of another election than the record");
    if (record.keys.paper_only()) return conflict("paper-only", "this election is on paper only");
    const election::Style* const style = record.definition.style(ballot.context.style);
    if (style == nullptr) return corrupt("style-unknown", "the ballot is of a style that doesn't exist");
    return verified(ballot::verify_opening(crypto::ElectionKey(record.keys.key),
                                           ballot::Layout(record.definition, *style), ballot.context,
                                           ballot.opening, ballot.tracking_code));
}

}  // namespace stimme::audit
