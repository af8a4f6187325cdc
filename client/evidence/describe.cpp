#include "client/evidence/describe.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::evidence {
namespace {

using Lines = std::vector<std::string>;

template <class Names>
std::string joined(const Names& names) {
    std::string result;
    for (const auto& name : names) result += (result.empty() ? "" : ", ") + name.str();
    return result;
}

std::string name_of(const election::Contest& contest, const OptionId& option) {
    const std::string* name = contest.name_of(option);
    return name == nullptr ? option.str() : fmt::format("{} ({})", *name, option.str());
}

std::string name_of(const election::Contest& contest, std::size_t position) {
    if (position < contest.options.size()) return name_of(contest, contest.options[position].id);
    return contest.position_name(position);
}

class Description {
  public:
    explicit Description(const election::ValidDefinition& definition) : definition_(definition) {}

    Lines operator()(const events::ElectionSealed& act) const {
        Lines lines = {
            "Seal the election: definition, roll and key are fixed from then on",
            "definition (h_D)   " + fingerprint(act.definition),
            "election (h_E)     " + fingerprint(act.election),
            fmt::format("the roll           {} voters, {}", act.roll_count, fingerprint(act.roll_root)),
            fmt::format("pass keys          {}", act.pass_keys.size())};
        for (const auto& trustee : act.trustees)
            lines.push_back("trustee            " + trustee.trustee.str() + " has confirmed the key");
        return lines;
    }
    Lines operator()(const events::PollsOpened&) const { return {"Open the polls"}; }
    Lines operator()(const events::RollCorrected& act) const {
        Lines lines = {
            fmt::format("Correct the roll: {} admitted, {} struck off", act.added.size(), act.struck.size()),
            "reason: " + act.reason};
        for (const Hash& leaf : act.added) lines.push_back("added  " + fingerprint(leaf));
        for (const Hash& leaf : act.struck) lines.push_back("struck " + fingerprint(leaf));
        return lines;
    }
    Lines operator()(const events::KeyReplaced& act) const {
        return {"Replace the key of " + act.signer.str(), "new key: " + to_hex(act.key),
                "reason: " + act.reason};
    }
    Lines operator()(const events::PollsClosed& act) const {
        Lines lines = {"Close the polls: the keys of the passes and the ballots become public"};
        for (const auto& file : act.ballots)
            lines.push_back(
                fmt::format("{}/{}: {} ballots", file.district.str(), file.style.str(), file.count));
        lines.push_back("participation      " + fingerprint(act.participation));
        lines.push_back("tags of the passes " + fingerprint(act.tags));
        lines.push_back("journal            " + fingerprint(act.journal));
        return lines;
    }
    Lines operator()(const events::PaperBatches& act) const {
        Lines lines = {"Paper ballots of " + act.contest.str()};
        for (const events::PaperBatch& batch : act.batches) {
            const std::string where = batch.station ? "station " + batch.station->str() : "post";
            lines.push_back(fmt::format("{:>8}  {}, {}", batch.ballots, batch.district.str(), where));
            if (!batch.remark.empty()) lines.push_back("          remark: " + batch.remark);
        }
        add_superseded(act.supersedes, act.reason, lines);
        return lines;
    }
    Lines operator()(const events::PaperCount& act) const {
        Lines lines = {
            fmt::format("Paper count of {} in {}: {} ballots", act.contest.str(), act.group, act.ballots)};
        add_totals(act.contest, act.totals, lines);
        add_superseded(act.supersedes, act.reason, lines);
        return lines;
    }
    Lines operator()(const events::HandCount& act) const {
        Lines lines = {fmt::format("Hand count of printed ballots of {} in {}: {} ballots", act.contest.str(),
                                   act.group, act.ballots)};
        add_totals(act.contest, act.totals, lines);
        if (!act.explanation.empty()) lines.push_back("explanation: " + act.explanation);
        add_superseded(act.supersedes, act.reason, lines);
        return lines;
    }
    Lines operator()(const events::AuditStarted& act) const {
        Lines lines = {"The seed of the sample of " + act.contest.str() + ": " + act.seed, "how: " + act.how,
                       "by: " + act.drawn_by};
        for (const auto& witness : act.witnesses) lines.push_back("witness: " + witness);
        for (const events::UrnSheets& urn : act.sheets)
            lines.push_back(fmt::format("{:>8}  sheets in the urns of {}", urn.sheets, urn.group));
        return lines;
    }
    Lines operator()(const events::LotCommitment& act) const {
        return {fmt::format("{} takes part in the lot for {} seats of {}", act.official.str(), act.tie.seats,
                            act.tie.contest.str()),
                "between: " + joined(act.tie.between), "commitment: " + fingerprint(act.commitment)};
    }
    Lines operator()(const events::LotNumber& act) const {
        return {fmt::format("The number of {} for the lot of {}", act.official.str(), act.contest.str()),
                fingerprint(act.number)};
    }
    Lines operator()(const events::Tally& act) const {
        Lines lines = {"The tally, opened by " + joined(act.trustees)};
        for (const auto& group : act.groups) {
            lines.push_back(
                fmt::format("{}, {}: {} ballots", group.contest.str(), group.members, group.ballots));
            add_totals(group.contest, group.totals, lines);
        }
        return lines;
    }
    Lines operator()(const events::LotDrawn& act) const {
        Lines lines = {fmt::format("A lot was drawn for {} seats of {}", act.seats, act.contest.str()),
                       "between: " + joined(act.between), "drawn: " + joined(act.drawn), "how: " + act.how,
                       "by: " + act.drawn_by};
        for (const auto& witness : act.witnesses) lines.push_back("witness: " + witness);
        return lines;
    }
    Lines operator()(const events::ElectionResult& act) const {
        Lines lines = {"The result"};
        for (const auto& contest : act.contests) {
            lines.push_back(contest.contest.str() + ":");
            add_totals(contest.contest, contest.totals, lines);
            add_elected(contest, lines);
        }
        add_superseded(act.supersedes, act.reason, lines);
        return lines;
    }
    Lines operator()(const events::Certified&) const {
        return {"Certify the result: it is final, and nothing but incidents follows"};
    }
    Lines operator()(const events::Cancelled& act) const {
        return {"Cancel the election, for good", "reason: " + act.reason};
    }
    Lines operator()(const events::Incident& act) const {
        return {"Note an incident in the public log", act.reason};
    }
    // What no official signs: as it stands in the log.
    template <class Other>
    Lines operator()(const Other& act) const {
        return {events::encode_content(act)};
    }

  private:
    void add_totals(const ContestId& id, const std::vector<std::uint64_t>& totals, Lines& lines) const {
        const auto index = definition_.contest_index(id);
        for (std::size_t i = 0; i < totals.size(); ++i) {
            const bool known = index && i < definition_->contests[*index].positions();
            lines.push_back(
                fmt::format("{:>8}  {}", totals[i], known ? name_of(definition_->contests[*index], i) : "?"));
        }
    }
    void add_elected(const events::ContestResult& result, Lines& lines) const {
        const auto index = definition_.contest_index(result.contest);
        for (const OptionId& option : result.elected)
            lines.push_back("elected: " +
                            (index ? name_of(definition_->contests[*index], option) : option.str()));
    }
    static void add_superseded(const std::optional<std::uint64_t>& index, const std::string& reason,
                               Lines& lines) {
        if (index) lines.push_back(fmt::format("instead of entry {}, because: {}", *index, reason));
    }

    const election::ValidDefinition& definition_;
};

}  // namespace

std::string fingerprint(const Hash& hash) {
    std::string text = in_groups(to_hex(hash));
    std::replace(text.begin(), text.end(), '-', ' ');
    return text;
}

std::vector<std::string> describe(const election::ValidDefinition& definition,
                                  const events::Content& content) {
    return std::visit(Description(definition), content);
}

}  // namespace stimme::evidence
