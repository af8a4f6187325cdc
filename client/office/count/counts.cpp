#include "client/office/count/counts.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/office/count/commands.h"
#include "core/log/text.h"
#include "core/tally/paper.h"

namespace stimme::office {
namespace {

using cli::Context;

// "k01=12" into its place of `totals`.
Status read_total(const election::Contest& contest, const std::string& text,
                  std::vector<std::uint64_t>& totals) {
    const auto total = assigned(text);
    const auto number = total ? log::parse_decimal(total->value) : std::nullopt;
    if (!number || *number > 1'000'000'000)
        return invalid("total-invalid", fmt::format("\"{}\": right is OPTION=NUMBER", text));
    for (std::size_t i = 0; i < contest.positions(); ++i) {
        if (contest.position_name(i) != total->name) continue;
        totals[i] = *number;
        return {};
    }
    return invalid("option-unknown", fmt::format("{} has no option \"{}\"", contest.id.str(), total->name));
}

Result<std::vector<std::uint64_t>> read_totals(const election::Contest& contest,
                                               const std::vector<std::string>& texts) {
    std::vector<std::uint64_t> totals(contest.positions());
    for (const std::string& text : texts) STIMME_CHECK(read_total(contest, text, totals));
    return totals;
}

Status check_reason(bool supersedes, const std::string& reason) {
    if (supersedes != reason.empty()) return {};
    return invalid("reason-missing", supersedes ? "this replaces an earlier entry: say why with --reason"
                                                : "what is entered for the first time takes no --reason");
}

std::string key_of(const events::PaperBatch& batch) {
    return batch.district.str() + (batch.station ? "/" + batch.station->str() : "");
}

// Every batch that there could be, in order.
std::vector<events::PaperBatch> possible_batches(const election::Definition& definition) {
    std::vector<events::PaperBatch> all;
    for (const election::District& district : definition.districts) {
        all.push_back({district.id, std::nullopt});
        for (const election::Station& station : definition.stations) {
            if (station.district == district.id) all.push_back({district.id, station.id});
        }
    }
    return all;
}

Result<std::vector<events::PaperBatch>> read_batches(const election::Definition& definition,
                                                     const BatchesOptions& options) {
    const std::vector<events::PaperBatch> possible = possible_batches(definition);
    std::vector<std::optional<std::uint64_t>> ballots(possible.size());
    std::vector<std::string> remarks(possible.size());
    const auto place_of = [&](const std::string& key) -> std::optional<std::size_t> {
        const auto found =
            std::find_if(possible.begin(), possible.end(), [&](const auto& b) { return key_of(b) == key; });
        if (found == possible.end()) return std::nullopt;
        return static_cast<std::size_t>(found - possible.begin());
    };
    for (const std::string& text : options.batches) {
        const auto batch = assigned(text);
        const auto place = batch ? place_of(batch->name) : std::nullopt;
        const auto number = batch ? log::parse_decimal(batch->value) : std::nullopt;
        if (!place || !number || ballots[*place]) {
            return invalid(
                "batch-invalid",
                fmt::format("\"{}\": right is DISTRICT/STATION=NUMBER, or DISTRICT=NUMBER for what "
                            "came by post, each once",
                            text));
        }
        ballots[*place] = number;
    }
    for (const std::string& text : options.remarks) {
        const auto remark = assigned(text);
        const auto place = remark ? place_of(remark->name) : std::nullopt;
        if (!place || !ballots[*place])
            return invalid("batch-invalid",
                           fmt::format("\"{}\": right is BATCH=TEXT, of one of these", text));
        remarks[*place] = remark->value;
    }
    std::vector<events::PaperBatch> batches;
    for (std::size_t i = 0; i < possible.size(); ++i) {
        if (ballots[i])
            batches.push_back({possible[i].district, possible[i].station, *ballots[i], remarks[i]});
    }
    return batches;
}

// What was entered, a line for each figure, so that two can be laid side by side.
using FigureLines = std::vector<std::pair<std::string, std::string>>;

FigureLines figures(const election::Contest&, const events::PaperBatches& c) {
    FigureLines lines;
    for (const events::PaperBatch& batch : c.batches)
        lines.emplace_back(key_of(batch), std::to_string(batch.ballots));
    for (const events::PaperBatch& batch : c.batches) {
        if (!batch.remark.empty()) lines.emplace_back(key_of(batch) + ", remark", batch.remark);
    }
    lines.emplace_back("reason", c.reason);
    return lines;
}

template <class Count>
FigureLines figures(const election::Contest& contest, const Count& c) {
    FigureLines lines{{"ballots", std::to_string(c.ballots)}};
    for (std::size_t i = 0; i < c.totals.size(); ++i)
        lines.emplace_back(contest.position_name(i), std::to_string(c.totals[i]));
    if constexpr (requires { c.explanation; }) lines.emplace_back("explanation", c.explanation);
    lines.emplace_back("reason", c.reason);
    return lines;
}

std::string value_of(const FigureLines& lines, const std::string& name) {
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.first == name; });
    return found == lines.end() ? "" : found->second;
}

// The figures that differ: name, own, the other's.
std::vector<std::vector<std::string>> differences(const FigureLines& own, const FigureLines& other) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, value] : own) {
        if (value != value_of(other, name)) rows.push_back({name, value, value_of(other, name)});
    }
    for (const auto& [name, value] : other) {
        const bool listed =
            std::any_of(own.begin(), own.end(), [&, &n = name](const auto& line) { return line.first == n; });
        if (!listed && !value.empty()) rows.push_back({name, "", value});
    }
    return rows;
}

template <class Count>
bool same_ballots(const Count& a, const Count& b) {
    if constexpr (requires { a.group; }) {
        if (a.group != b.group) return false;
    }
    return a.contest == b.contest;
}

// What another official has entered for the same ballots, side by side with `own`.
template <class Count>
Status tell_differences(Official& official, const election::Contest& contest, const Count& own,
                        Context& context) {
    STIMME_TRY(const auto pending, official.pending());
    for (const wire::PendingAct& act : pending.acts) {
        const auto* other = std::get_if<Count>(&act.content);
        if (other == nullptr || !same_ballots(own, *other) || *other == own) continue;
        auto rows = differences(figures(contest, own), figures(contest, *other));
        rows.insert(rows.begin(), {"", "you", act.signatures.front().signer.str()});
        for (const std::string& line : cli::table(rows, {false, true, true})) context.out.line(line);
        return conflict(
            "counts-differ",
            fmt::format("{} has entered other figures: count again together, and enter what you then "
                        "agree on",
                        act.signatures.front().signer.str()));
    }
    return {};
}

template <class Count>
Status enter(Official& official, const election::Contest& contest, const Count& count, Context& context) {
    STIMME_TRY(const wire::ActAnswer answer, official.sign(count, context.out));
    if (answer.index) return {};
    return tell_differences(official, contest, count, context);
}

// Fills in which standing count it replaces.
template <class Count>
Status supersede(const std::map<std::uint64_t, Count>& standing, Count& count) {
    for (const auto& [index, earlier] : standing) {
        if (earlier.contest == count.contest && earlier.group == count.group) count.supersedes = index;
    }
    return check_reason(count.supersedes.has_value(), count.reason);
}

void add_count_options(cli::Command& command, CountOptions& options, const std::string& group) {
    command.required("--contest", options.contest, "id of the contest");
    command.required("--group", options.group, group);
    command.required("--ballots", options.ballots, "how many ballots");
    command.required("--total", options.totals, "OPTION=NUMBER, also invalid=N and blank=N; repeat");
    command.optional("--reason", options.reason, "why it replaces an earlier count");
}

}  // namespace

Result<const election::Contest*> contest_named(const election::ValidDefinition& definition,
                                               const std::string& id) {
    const auto index = is_name(id) ? definition.contest_index(ContestId(id)) : std::nullopt;
    if (!index) return invalid("contest-unknown", fmt::format("the definition has no contest \"{}\"", id));
    return &definition->contests[*index];
}

std::optional<Assigned> assigned(const std::string& text) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size()) return std::nullopt;
    return Assigned{text.substr(0, sign), text.substr(sign + 1)};
}

Status enter_batches(const BatchesOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    STIMME_TRY(auto batches, read_batches(*official.definition(), options));
    const auto* standing = official.log().state.count().batches(contest->id);
    STIMME_CHECK(check_reason(standing != nullptr, options.reason));
    const auto supersedes = standing == nullptr ? std::nullopt : std::optional(standing->index);
    return enter(official, *contest,
                 events::PaperBatches{contest->id, std::move(batches), supersedes, options.reason}, context);
}

Status enter_paper_count(const CountOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    STIMME_TRY(auto totals, read_totals(*contest, options.totals));
    events::PaperCount count{contest->id,       options.group, options.ballots,
                             std::move(totals), std::nullopt,  options.reason};
    STIMME_CHECK(supersede(official.log().state.count().paper_counts(), count));
    return enter(official, *contest, count, context);
}

Status enter_hand_count(const CountOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    STIMME_TRY(auto totals, read_totals(*contest, options.totals));
    events::HandCount count{contest->id,         options.group, options.ballots, std::move(totals),
                            options.explanation, std::nullopt,  options.reason};
    STIMME_CHECK(supersede(official.log().state.count().hand_counts(), count));
    return enter(official, *contest, count, context);
}

Status show_paper_groups(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const evidence::FoldedLog log, evidence::fold_log(session, context.out));
    std::vector<std::vector<std::string>> rows{{"contest", "group", "ballots", ""}};
    json::Array groups;
    for (std::size_t i = 0; i < log.state.definition()->contests.size(); ++i) {
        const ContestId& contest = log.state.definition()->contests[i].id;
        for (const tally::PaperGroup& group :
             tally::paper_groups(log.state.definition(), log.state.count(), i)) {
            const auto& counts = log.state.count().paper_counts();
            const bool counted = std::any_of(counts.begin(), counts.end(), [&](const auto& count) {
                return count.second.contest == contest && count.second.group == group.name &&
                       count.second.ballots == group.ballots;
            });
            const char* const state = counted        ? "counted"
                                      : group.opened ? "to be counted together"
                                                     : "too few to be opened";
            rows.push_back({contest.str(), group.name, std::to_string(group.ballots), state});
            groups.push_back(json::Object{{"contest", contest.str()},
                                          {"group", group.name},
                                          {"ballots", group.ballots},
                                          {"opened", group.opened},
                                          {"counted", counted}});
        }
    }
    if (groups.empty()) context.out.line("No batches of paper ballots are in the log.");
    if (!groups.empty()) {
        for (const std::string& line : cli::table(rows, {false, false, true, false})) context.out.line(line);
    }
    context.out.document(json::Object{{"groups", std::move(groups)}});
    return {};
}

void add_counts(cli::Command& election) {
    auto& batches = election.subcommand("paper-batches", "enter how many paper ballots there are");
    auto& numbers = batches.options<BatchesOptions>();
    batches.required("--contest", numbers.contest, "id of the contest");
    batches.required("--batch", numbers.batches,
                     "DISTRICT/STATION=NUMBER, or DISTRICT=NUMBER for what came by post; repeat");
    batches.optional("--remark", numbers.remarks, "BATCH=TEXT: why a station has other numbers; repeat");
    batches.optional("--reason", numbers.reason, "why they replace earlier ones");
    batches.runs([&numbers](Context& context) { return enter_batches(numbers, context); });

    auto& groups = election.subcommand("paper-groups", "which paper ballots are mixed and counted together");
    groups.runs(show_paper_groups);

    auto& paper = election.subcommand("paper-count", "enter a count of paper ballots");
    auto& count = paper.options<CountOptions>();
    add_count_options(paper, count, "as `stimme election paper-groups` names it");
    paper.runs([&count](Context& context) { return enter_paper_count(count, context); });

    auto& hand = election.subcommand("hand-count", "enter a hand count of printed ballots");
    auto& beside = hand.options<CountOptions>();
    add_count_options(hand, beside, "as `stimme tally show` names it");
    hand.optional("--explanation", beside.explanation, "how it comes to differ from the electronic totals");
    hand.runs([&beside](Context& context) { return enter_hand_count(beside, context); });
}

}  // namespace stimme::office
