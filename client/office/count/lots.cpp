// Lots: drawn by people, or by numbers that officials commit to and then tell (docs/protocol.md,
// section 8.5); and the seed of a sample, which people draw likewise.
#include <map>

#include <fmt/format.h>

#include "client/office/count/commands.h"
#include "client/office/count/counts.h"
#include "core/base/file.h"
#include "core/log/text.h"
#include "core/tally/lot_numbers.h"

namespace stimme::office {
namespace {

using cli::Context;

struct LotOptions {
    std::string contest;
    std::vector<std::string> between, drawn, witnesses;
    std::string how, drawn_by;
};

struct ContestOption {
    std::string contest;
};

struct SeedOptions {
    std::string contest, seed, how, drawn_by;
    std::vector<std::string> witnesses;
    std::vector<std::string> sheets;  // "nord/standard=212"
};

// Two values of a flag may also be given as one with commas.
Result<std::vector<OptionId>> names_of(const std::vector<std::string>& values) {
    std::vector<OptionId> result;
    for (const std::string& value : values) {
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::string_view name = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), name.size() + 1));
            if (!is_name(name))
                return invalid("name-invalid", fmt::format("\"{}\" is no id of the definition", name));
            result.emplace_back(std::string(name));
        }
    }
    return result;
}

Status propose_lot(const LotOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    STIMME_TRY(auto between, names_of(options.between));
    STIMME_TRY(auto drawn, names_of(options.drawn));
    const std::uint64_t seats = drawn.size();
    STIMME_CHECK(official.sign(events::LotDrawn{contest->id, seats, std::move(between), std::move(drawn),
                                                options.how, options.witnesses, options.drawn_by},
                               context.out));
    return {};
}

// The number of this official, kept in their role folder before anybody hears of its commitment.
std::filesystem::path number_file(const Official& official, const Hash& commitment) {
    return official.folder() / fmt::format("lot-number-{}", to_hex(commitment).substr(0, 16));
}

Result<events::TieOf> open_tie(const Official& official, const election::Contest& contest) {
    STIMME_TRY(const auto figures, tally::figures_of(official.log().state));
    const auto index = *official.definition().contest_index(contest.id);
    STIMME_TRY(const auto seats, tally::contest_seats(official.definition(), index, figures));
    if (!seats.open_tie)
        return conflict("lot-not-due", fmt::format("contest \"{}\" has no open tie", contest.id.str()));
    return events::TieOf{contest.id, seats.open_tie->seats, seats.open_tie->between};
}

Status commit_to_number(const ContestOption& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    STIMME_TRY(auto tie, open_tie(official, *contest));
    const auto number = context.random.bytes<32>();
    const SignerId own = official.session().profile().id;
    const Hash commitment =
        events::lot_commitment(official.log().state.sealed().election, contest->id, own, number);
    STIMME_CHECK(
        write_file(number_file(official, commitment), as_bytes(to_hex(number)), FileMode::private_file));
    STIMME_CHECK(official.sign(events::LotCommitment{std::move(tie), own, commitment}, context.out));
    context.out.line(
        "Your number is kept in your role folder. When all who take part are in the log: "
        "stimme election lot-number");
    return {};
}

Status tell_number(const ContestOption& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    const SignerId own = official.session().profile().id;
    const auto* round = official.log().state.count().lot_round(contest->id);
    if (round == nullptr || !round->commitments.contains(own))
        return conflict("lot-commitment-missing", "you have committed to no number for this contest's lot");
    STIMME_TRY(const Bytes kept, read_file(number_file(official, round->commitments.at(own)), 64));
    STIMME_TRY(const auto number, array_from_hex<32>(as_text(kept)));
    STIMME_CHECK(official.sign(events::LotNumber{contest->id, own, number}, context.out));
    return {};
}

Status draw_by_numbers(const ContestOption& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    const auto& state = official.log().state;
    const auto* round = state.count().lot_round(contest->id);
    if (round == nullptr) return conflict("lot-commitment-missing", "nobody has committed to a number");
    STIMME_TRY(const auto figures, tally::figures_of(state));
    STIMME_TRY(auto drawn,
               tally::drawn_by_numbers(official.definition(), state.sealed().election, figures, *round));
    std::vector<std::string> officials;
    for (const auto& [name, number] : round->numbers) officials.push_back(name.str());
    STIMME_CHECK(
        official.sign(events::LotDrawn{contest->id, round->tie.seats, round->tie.between, std::move(drawn),
                                       "by the numbers of these officials (docs/protocol.md, section 8.5)",
                                       std::move(officials), "the numbers"},
                      context.out));
    return {};
}

// Sheets by group, as they were told.
Result<std::map<std::string, std::uint64_t>> read_sheets(const std::vector<std::string>& texts) {
    std::map<std::string, std::uint64_t> sheets;
    for (const std::string& text : texts) {
        const auto told = assigned(text);
        const auto number = told ? log::parse_decimal(told->value) : std::nullopt;
        if (!number) return invalid("sheets-invalid", fmt::format("\"{}\": right is GROUP=NUMBER", text));
        if (!sheets.emplace(told->name, *number).second)
            return invalid("sheets-invalid", fmt::format("\"{}\": this group stands twice", text));
    }
    return sheets;
}

// Of the groups that have more sheets than ballots, in the order of the tally. Whoever has told none of a
// group has counted none there.
Result<std::vector<events::UrnSheets>> sheets_above(const events::ElectionState& state,
                                                    const ContestId& contest,
                                                    std::map<std::string, std::uint64_t> told) {
    std::vector<events::UrnSheets> above;
    if (!state.tally()) return conflict("not-tallied", "there is no tally in the log yet");
    for (const events::GroupTotals& group : state.tally()->groups) {
        if (group.contest != contest) continue;
        const auto found = told.extract(group.members);
        if (found && found.mapped() > group.ballots) above.push_back({group.members, found.mapped()});
    }
    if (told.empty()) return above;
    return invalid("sheets-invalid", fmt::format("the tally has no group {}", told.begin()->first));
}

Status start_audit(const SeedOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    STIMME_TRY(auto told, read_sheets(options.sheets));
    STIMME_TRY(auto sheets, sheets_above(official.log().state, contest->id, std::move(told)));
    STIMME_CHECK(official.sign(events::AuditStarted{contest->id, options.seed, options.how, options.drawn_by,
                                                    options.witnesses, std::move(sheets)},
                               context.out));
    return {};
}

void add_by_numbers(cli::Command& election, const std::string& name, const std::string& help,
                    Status (*run)(const ContestOption&, Context&)) {
    auto& command = election.subcommand(name, help);
    auto& options = command.options<ContestOption>();
    command.required("--contest", options.contest, "id of the contest");
    command.runs([&options, run](Context& context) { return run(options, context); });
}

}  // namespace

void add_lots(cli::Command& election) {
    auto& command = election.subcommand("lot", "record a lot that was drawn for the last seats");
    auto& options = command.options<LotOptions>();
    command.required("--contest", options.contest, "id of the contest");
    command.required("--between", options.between, "ids of the tied options or lists, with commas");
    command.required("--drawn", options.drawn, "ids of those drawn, with commas");
    command.required("--how", options.how, "how the lot was drawn");
    command.required("--by", options.drawn_by, "who drew it");
    command.required("--witness", options.witnesses, "who watched; repeat for more");
    command.runs([&options](Context& context) { return propose_lot(options, context); });
    add_by_numbers(election, "lot-commit", "take part in a lot by numbers", commit_to_number);
    add_by_numbers(election, "lot-number", "tell the number that you committed to", tell_number);
    add_by_numbers(election, "lot-draw", "record the lot that the numbers draw", draw_by_numbers);
    auto& audit = election.subcommand("audit-seed", "record the seed of the sample for hand counts");
    auto& seed = audit.options<SeedOptions>();
    audit.required("--contest", seed.contest, "id of the contest");
    audit.required("--seed", seed.seed, "as it was drawn in public, e.g. twenty digits of dice");
    audit.required("--how", seed.how, "how it was drawn");
    audit.required("--by", seed.drawn_by, "who drew it");
    audit.required("--witness", seed.witnesses, "who watched; repeat for more");
    audit.optional("--sheets", seed.sheets,
                   "GROUP=NUMBER: sheets in its urns, counted unread before the seed was drawn; repeat");
    audit.runs([&seed](Context& context) { return start_audit(seed, context); });
}

}  // namespace stimme::office
