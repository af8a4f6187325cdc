// `stimme tally paper`: marks on paper ballots, as a count's board reads them out, become the totals of a
// paper count, by the rules of the definition (docs/protocol.md, section 2.5). Offline.
#include <algorithm>

#include <fmt/format.h>

#include "client/office/count/commands.h"
#include "client/session/definition_file.h"
#include "core/ballot/marks.h"
#include "core/base/file.h"

namespace stimme::office {
namespace {

constexpr std::size_t max_marks_bytes = std::size_t{16} << 20;
constexpr std::size_t max_ballots = 100'000;
constexpr std::int64_t max_votes = 1000;
constexpr std::int64_t max_alike = 1'000'000;

struct PaperOptions {
    std::filesystem::path file, definition;
    std::string contest;
};

// Ballots with the same marks.
struct Alike {
    ballot::Marks marks;
    std::uint64_t count = 1;
};

std::optional<std::size_t> position_of(const election::Contest& contest, const std::string& name) {
    for (std::size_t i = 0; i < contest.positions(); ++i) {
        if (contest.position_name(i) == name) return i;
    }
    return std::nullopt;
}

void read_votes(json::Fields in, const election::Contest& contest, ballot::Marks& marks) {
    for (const std::string& name : in.keys()) {
        const auto votes = static_cast<std::uint64_t>(in.integer(name, 0, max_votes));
        if (const auto position = position_of(contest, name)) {
            marks.votes[*position] = votes;
        } else {
            in.problem(name, "isn't on this ballot");
        }
    }
}

void read_struck(json::Fields& in, const election::Contest& contest, ballot::Marks& marks) {
    for (const std::string& name : in.texts("struck", 0, contest.options.size())) {
        const auto position = position_of(contest, name);
        if (position && *position < contest.options.size()) {
            marks.struck[*position] = true;
        } else {
            in.problem("struck", fmt::format("\"{}\" isn't on this ballot", name));
        }
    }
}

void read_lists(json::Fields& in, const election::Contest& contest, ballot::Marks& marks) {
    marks.lists = in.texts("lists", 0, contest.lists.size());
    for (auto list = marks.lists.begin(); list != marks.lists.end(); ++list) {
        if (std::none_of(contest.lists.begin(), contest.lists.end(),
                         [&](const auto& l) { return l.id == *list; }))
            in.problem("lists", fmt::format("there is no list \"{}\"", *list));
        if (std::find(marks.lists.begin(), list, *list) != list)
            in.problem("lists", fmt::format("\"{}\" stands twice", *list));
    }
}

Alike read_alike(json::Fields& in, const election::Contest& contest) {
    Alike alike;
    alike.marks.votes.resize(contest.positions());
    alike.marks.struck.resize(contest.positions());
    if (in.has("votes")) read_votes(in.object("votes"), contest, alike.marks);
    if (in.has("struck")) read_struck(in, contest, alike.marks);
    if (in.has("lists")) read_lists(in, contest, alike.marks);
    if (in.has("spoiled")) alike.marks.spoiled = in.boolean("spoiled");
    if (in.has("count")) alike.count = static_cast<std::uint64_t>(in.integer("count", 1, max_alike));
    return alike;
}

Result<std::vector<Alike>> read_ballots(const std::filesystem::path& file, const election::Contest& contest) {
    STIMME_TRY(const Bytes bytes, read_file(file, max_marks_bytes));
    const auto document = json::parse(as_text(bytes), {.bytes = max_marks_bytes});
    if (!document) return document.error().at(file.string());
    json::Problems problems;
    json::Fields in(*document, problems);
    std::vector<Alike> ballots;
    in.each("ballots", 1, max_ballots,
            [&](json::Fields& item) { ballots.push_back(read_alike(item, contest)); });
    in.finish();
    if (const auto status = problems.status("paper-ballots-invalid"); !status)
        return status.error().at(file.string());
    return ballots;
}

Result<election::Contest> contest_of(const PaperOptions& options) {
    STIMME_TRY(const auto definition, session::read_definition_file(options.definition));
    const auto index =
        is_name(options.contest) ? definition.contest_index(ContestId(options.contest)) : std::nullopt;
    if (!index)
        return not_found("contest-unknown", fmt::format("there is no contest \"{}\"", options.contest));
    return definition->contests[*index];
}

// "k01=2 k05=1".
std::string text_of(const election::Contest& contest, const ballot::Values& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] > 0)
            text += fmt::format("{}{}={}", text.empty() ? "" : " ", contest.position_name(i), values[i]);
    }
    return text.empty() ? "nothing" : text;
}

json::Object counts_object(const election::Contest& contest, const std::vector<std::uint64_t>& totals) {
    json::Object object;
    for (std::size_t i = 0; i < totals.size(); ++i) object.set(contest.position_name(i), totals[i]);
    return object;
}

// Every ballot as it was read, and what they come to.
class PaperSums {
  public:
    explicit PaperSums(const election::Contest& contest) : contest_(contest), totals_(contest.positions()) {}

    void add(const Alike& alike, cli::Output& out) {
        const ballot::PaperBallot read = ballot::read_paper_ballot(contest_, alike.marks);
        for (std::size_t i = 0; i < totals_.size(); ++i) totals_[i] += alike.count * read.values[i];
        ballots_ += alike.count;
        const std::string text = text_of(contest_, read.values);
        out.line(fmt::format("{:>4}. {} x {}{}", readings_.size() + 1, alike.count, text,
                             read.why.empty() ? "" : " (" + read.why + ")"));
        const std::vector<std::uint64_t> values(read.values.begin(), read.values.end());
        readings_.push_back(json::Object{
            {"count", alike.count}, {"votes", counts_object(contest_, values)}, {"why", read.why}});
    }

    void tell(cli::Output& out) {
        out.line();
        std::vector<std::vector<std::string>> rows{{"", "votes"}};
        std::string flags;
        for (std::size_t i = 0; i < totals_.size(); ++i) {
            rows.push_back({contest_.position_name(i), std::to_string(totals_[i])});
            flags += fmt::format(" --total {}={}", contest_.position_name(i), totals_[i]);
        }
        for (const std::string& line : cli::table(rows, {false, true})) out.line(line);
        out.line();
        out.line(fmt::format("stimme election paper-count --contest {} --group ... --ballots {}{}",
                             contest_.id.str(), ballots_, flags));
        out.document(json::Object{{"ballots", ballots_},
                                  {"totals", counts_object(contest_, totals_)},
                                  {"readings", std::move(readings_)}});
    }

  private:
    const election::Contest& contest_;
    std::vector<std::uint64_t> totals_;
    std::uint64_t ballots_ = 0;
    json::Array readings_;
};

Status paper(const PaperOptions& options, cli::Context& context) {
    STIMME_TRY(const election::Contest contest, contest_of(options));
    STIMME_TRY(const std::vector<Alike> ballots, read_ballots(options.file, contest));
    PaperSums sums(contest);
    for (const Alike& alike : ballots) sums.add(alike, context.out);
    sums.tell(context.out);
    return {};
}

}  // namespace

void add_tally_paper(cli::Command& tally) {
    auto& command =
        tally.subcommand("paper", "read marks on paper ballots by the definition's rules, offline");
    auto& options = command.options<PaperOptions>();
    command.required("FILE", options.file, "the marks, as JSON (docs/handbook-officials.md)");
    command.required("--definition", options.definition, "the definition");
    command.required("--contest", options.contest, "id of the contest");
    command.runs([&options](cli::Context& context) { return paper(options, context); });
}

}  // namespace stimme::office
