#include "client/booth/screen.h"

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

#include "core/ballot/tracking_code.h"

namespace stimme::booth {
namespace {

std::string votes_in_words(const election::Contest& contest) {
    if (contest.votes_per_voter == 1) return "You have 1 vote.";
    return fmt::format("You have {} votes, at most {} for one option.", contest.votes_per_voter,
                       contest.votes_per_option);
}

std::string name_of(const election::Contest& contest, std::size_t position) {
    if (position >= contest.options.size())
        return contest.invalid_position() == position ? "(make this vote invalid)" : "(leave this blank)";
    const election::Option& option = contest.options[position];
    return option.list ? fmt::format("{} ({})", option.name, *option.list) : option.name;
}

// "list a: Liste A", with the people for whom nobody votes by name.
std::string list_in_words(const election::ListOfOptions& list) {
    std::string words = fmt::format("list {}: {}", list.id, list.name);
    for (std::size_t i = 0; i < list.candidates.size(); ++i)
        words += fmt::format("{} {}. {}", i == 0 ? ":" : ";", i + 1, list.candidates[i].name);
    return words;
}

bool is_one_of(std::string_view answer, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), answer) != words.end();
}

}  // namespace

// With --json the output is the document alone, so people read the other stream.
void Screen::tell(std::string_view line) {
    if (out_.json()) return out_.note(line);
    out_.line(line);
}

Result<std::string> Screen::ask(std::string_view question) {
    if (out_.json()) {
        out_.note(question);
    } else {
        out_.raw(question);
        out_.raw(" ");
        out_.flush();
    }
    std::string answer;
    if (!std::getline(in_, answer)) return conflict("input-ended", "there is nobody to answer");
    return answer;
}

Result<pass::Pass> Screen::ask_pass() {
    while (true) {
        STIMME_TRY(const std::string text, ask("Your voting pass:"));
        auto pass = pass::parse_pass(text);
        if (pass) return pass;
        tell(pass.error().message);
    }
}

void Screen::show_contest(const ballot::Layout& layout, const ballot::ContestLayout& place) {
    const election::Contest& contest = layout.contest(place);
    tell("");
    tell(title_of(contest.titles, language_, *layout.definition()));
    tell(votes_in_words(contest));
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < contest.positions(); ++i)
        rows.push_back({fmt::format("{}", i + 1), contest.position_name(i), name_of(contest, i)});
    for (const std::string& line : cli::table(rows, {true, false, false})) tell("  " + line);
    for (const auto& list : contest.lists) tell("  " + list_in_words(list));
    if (contest.list_vote)
        tell(
            "  A list gives the votes that you have left to its people, from the top; -ID strikes somebody.");
}

Result<std::vector<std::uint16_t>> Screen::ask_contest(const ballot::Layout& layout,
                                                       const ballot::ContestLayout& place) {
    show_contest(layout, place);
    while (true) {
        STIMME_TRY(std::string text, ask("Your choice (numbers, as often as you give a vote):"));
        auto values = read_choices(layout, place, words_of(text));
        wipe(text);
        if (values) return values;
        tell(values.error().message);
    }
}

Result<ballot::ValidSelections> Screen::ask_all(const ballot::Layout& layout) {
    while (true) {
        events::Selections selections;
        for (const auto& contest : layout.contests()) {
            STIMME_TRY(auto values, ask_contest(layout, contest));
            selections.push_back(std::move(values));
        }
        auto valid = ballot::ValidSelections::check(layout, std::move(selections));
        if (valid) return valid;
        tell("");
        tell(valid.error().message + ". Please choose again.");
    }
}

void Screen::show_ballot(const ballot::Layout& layout, const events::Selections& selections) {
    for (const std::string& line : describe(layout, selections, language_)) tell(line);
}

Result<ballot::ValidSelections> Screen::ask_selections(const ballot::Layout& layout) {
    tell("If you only want to test this booth, choose anything: everyone can read a tested ballot.");
    while (true) {
        STIMME_TRY(auto selections, ask_all(layout));
        tell("");
        tell("Your ballot:");
        show_ballot(layout, selections.reveal());
        STIMME_TRY(const std::string answer, ask("Is this right? (yes / no):"));
        if (is_one_of(answer, {"y", "yes", "j", "ja"})) return selections;
    }
}

void Screen::show_submitted(const Deciding& at) {
    tell("");
    tell("Your ballot is sealed and in the public log, not yet cast.");
    tell("Tracking code: " + ballot::write_tracking_code(at.ballot.tracking_code()));
    tell(fmt::format("Log index:     {}", at.index));
    out_.flush();
}

Result<bool> Screen::ask_cast() {
    tell("");
    tell(
        "You can cast this ballot, or test the booth with it. A tested ballot is opened for everyone to "
        "read");
    tell("and isn't counted; you then vote again.");
    while (true) {
        STIMME_TRY(const std::string answer, ask("Cast or test? (cast / test):"));
        if (is_one_of(answer, {"cast"})) return true;
        if (is_one_of(answer, {"test", "challenge"})) return false;
    }
}

}  // namespace stimme::booth
