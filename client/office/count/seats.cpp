// `stimme seats`: seats from plain totals, by the same code that computes the result of an election. Needs no
// server and no election (docs/seats.md).
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "client/office/count/commands.h"
#include "client/office/count/tally_show.h"
#include "core/base/file.h"
#include "core/election/filled_text.h"
#include "core/tally/apportionment.h"

namespace stimme::office {
namespace {

constexpr std::size_t max_file_bytes = std::size_t{1} << 20;
constexpr std::int64_t max_seats = 1000;
constexpr std::size_t max_lists = 500;
constexpr std::size_t max_id_bytes = 200;

struct SeatsOptions {
    std::filesystem::path file;
};

// What a file asks.
struct SeatsQuestion {
    election::SeatRules rules;
    std::uint64_t seats = 0;
    std::vector<tally::Claim> claims;
    std::vector<tally::Lot> lots;
};

tally::Claim read_claim(json::Fields& in) {
    tally::Claim claim;
    claim.id = election::read_filled_text(in, "id", max_id_bytes);
    claim.votes = static_cast<std::uint64_t>(in.integer("votes", 0, json::max_integer));
    if (in.has("candidates"))
        claim.candidates = static_cast<std::uint64_t>(in.integer("candidates", 0, json::max_integer));
    if (in.has("group")) claim.group = election::read_filled_text(in, "group", election::max_group_bytes);
    return claim;
}

tally::Lot read_lot(json::Fields& in) {
    tally::Lot lot;
    lot.tie.seats = static_cast<std::uint64_t>(in.integer("seats", 1, max_seats));
    lot.tie.between = in.texts("between", 2, max_lists);
    lot.drawn = in.texts("drawn", 1, max_lists);
    return lot;
}

void check_claims(const SeatsQuestion& question, json::Problems& problems) {
    std::set<std::string_view> ids;
    const bool one_each = question.rules.method == election::SeatMethod::most_votes;
    for (std::size_t i = 0; i < question.claims.size(); ++i) {
        const tally::Claim& claim = question.claims[i];
        if (!ids.insert(claim.id).second)
            problems.add(fmt::format("/lists/{}/id", i), fmt::format("\"{}\" stands twice", claim.id));
        if (one_each && claim.candidates.value_or(1) != 1)
            problems.add(fmt::format("/lists/{}/candidates", i),
                         "with most-votes each has one; right is 1, or left out");
    }
}

SeatsQuestion read_question(json::Fields& in) {
    SeatsQuestion question;
    // Named in the order of the message; yes-no is about one list and needs no computing.
    constexpr election::SeatMethod methods[] = {
        election::SeatMethod::sainte_lague, election::SeatMethod::dhondt, election::SeatMethod::hare_niemeyer,
        election::SeatMethod::most_votes};
    question.rules.method =
        methods[in.one_of("method", {"sainte-lague", "dhondt", "hare-niemeyer", "most-votes"})];
    question.seats = static_cast<std::uint64_t>(in.integer("seats", 1, max_seats));
    in.each("lists", 1, max_lists, [&](json::Fields& item) { question.claims.push_back(read_claim(item)); });
    election::read_seat_rules(in, question.rules, question.seats);
    if (in.has("lots"))
        in.each("lots", 1, max_lists, [&](json::Fields& item) { question.lots.push_back(read_lot(item)); });
    in.finish();
    return question;
}

Result<SeatsQuestion> read_question_file(const std::filesystem::path& file) {
    STIMME_TRY(const Bytes bytes, read_file(file, max_file_bytes));
    const auto document = json::parse(as_text(bytes), {.bytes = max_file_bytes});
    if (!document) return document.error().at(file.string());
    json::Problems problems;
    json::Fields in(*document, problems);
    SeatsQuestion question = read_question(in);
    check_claims(question, problems);
    if (const auto status = problems.status("seats-invalid"); !status)
        return status.error().at(file.string());
    return question;
}

// Each lot must have been due. Errors: lot-not-due (conflict), naming the first that wasn't.
Status check_lots(const SeatsQuestion& question, const tally::Apportionment& found) {
    for (std::size_t i = 0; i < question.lots.size(); ++i) {
        if (std::find(found.lots.begin(), found.lots.end(), i) != found.lots.end()) continue;
        return conflict(
            "lot-not-due",
            fmt::format("/lots/{}: no tie of exactly these is due, or those drawn aren't as many of "
                        "them as there are seats; without \"lots\" this command names the tie",
                        i));
    }
    return {};
}

json::Array texts_array(const std::vector<std::string>& texts) {
    return json::Array(texts.begin(), texts.end());
}

json::Object document_of(const SeatsQuestion& question, const tally::Apportionment& found) {
    json::Object seats;
    for (std::size_t i = 0; i < question.claims.size(); ++i) seats.set(question.claims[i].id, found.seats[i]);
    json::Array ties;
    if (found.open_tie)
        ties.push_back(json::Object{{"seats", found.open_tie->seats},
                                    {"between", texts_array(found.open_tie->between)}});
    return {{"seats", std::move(seats)},
            {"empty", found.empty},
            {"ties", std::move(ties)},
            {"steps", steps_array(found.steps)}};
}

void show(const SeatsQuestion& question, const tally::Apportionment& found, cli::Output& out) {
    show_steps(found.steps, out);
    std::vector<std::vector<std::string>> rows{{"list", "votes", "seats"}};
    for (std::size_t i = 0; i < question.claims.size(); ++i) {
        const tally::Claim& claim = question.claims[i];
        rows.push_back({claim.id, std::to_string(claim.votes), std::to_string(found.seats[i])});
    }
    for (const std::string& line : cli::table(rows, {false, true, true})) out.line(line);
}

Status seats(const SeatsOptions& options, cli::Context& context) {
    STIMME_TRY(const SeatsQuestion question, read_question_file(options.file));
    const tally::Apportionment found =
        tally::apportion(question.rules, question.seats, question.claims, question.lots);
    STIMME_CHECK(check_lots(question, found));
    show(question, found, context.out);
    context.out.document(document_of(question, found));
    return {};
}

}  // namespace

void add_seats(cli::Command& root) {
    auto& command = root.subcommand("seats", "seats from plain totals, with every step; needs no election");
    auto& options = command.options<SeatsOptions>();
    command.required("FILE", options.file, "votes and method, as JSON (docs/seats.md)");
    command.footer(R"({"method": "sainte-lague", "seats": 6, "lists": [{"id": "a", "votes": 5606}, ...]}
Methods: sainte-lague, dhondt, hare-niemeyer, most-votes.)");
    command.runs([&options](cli::Context& context) { return seats(options, context); });
}

}  // namespace stimme::office
