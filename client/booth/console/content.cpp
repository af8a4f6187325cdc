#include "client/booth/console/content.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "client/booth/console/sentences.h"

namespace stimme::booth::console {
namespace {

using tty::Style;
using words::Sentence;
using words::Tongue;

// "ABCDE-FGHJK-M"
std::string in_groups(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i != 0 && i % 5 == 0) result += '-';
        const char c = text[i];
        result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return result;
}

// "A B C D, E F G H": each letter for itself.
std::string spelled(std::string_view code) {
    std::string result;
    for (const char c : code) {
        const bool gap = c == '-' || c == ' ';
        if (!result.empty() && result.back() != ' ') result += gap ? ", " : " ";
        if (!gap) result += c;
    }
    return result;
}

std::string number(std::size_t value) {
    return fmt::to_string(value);
}

std::string name_of(const Marks& marks, std::size_t contest, std::size_t position, const Tongue& say) {
    const election::Contest& rules = marks.contest(contest);
    if (position < rules.options.size()) return tty::printable(rules.options[position].name);
    return rules.invalid_position() == position ? say("invalid") : say("blank");
}

class Writer {
  public:
    explicit Writer(const State& state)
        : state_(state), desktop_(state.desktop), say_(spoken_in(state.desktop)), items_(items(state)) {}

    Content overlay() {
        if (state_.overlay == Overlay::languages) {
            title("Language");
            return languages();
        }
        if (state_.overlay == Overlay::menu) {
            title("Menu");
        } else {
            title("Leave without voting?");
            if (std::holds_alternative<Deciding>(state_.screen))
                say("Your ballot is sealed, but not cast. The desk must end it before your pass can be used "
                    "again.");
            else
                say("Nothing is cast, and what you chose is forgotten. Your pass stays good.");
        }
        return with_items();
    }

    Content operator()(const Starting& at) {
        title("This booth is not ready yet");
        if (at.trouble) {
            add(cause(say_, at.trouble->error), Style::alarm);
            add(tty::printable(at.trouble->error.message), Style::faint);
        }
        return with_items();
    }

    Content operator()(const AskingPass& at) {
        title("Your voting pass, please");
        if (at.why) {
            add(cause(say_, at.why->error), Style::alarm);
            if (at.why->error.code == "pass-cast")
                say("Please go to the desk with your pass.", Style::strong);
            else
                say("No vote was cast. Please ask at the desk.", Style::strong);
        }
        say("Hold the QR code of your pass under the scanner, or type its 25 characters.");
        content_.typed = in_groups(at.text);
        if (at.wrong) {
            const bool one = at.wrong->code == "pass-character" && !at.text.empty();
            note(one ? say_("This character cannot be in a pass. Delete it and look again.")
                     : cause(say_, *at.wrong),
                 Style::alarm);
        } else if (at.text.size() == pass::pass_characters) {
            note(say_("The pass is right. Press Enter."), Style::done);
        } else if (!at.text.empty()) {
            note(say_("{0} of 25 characters", number(at.text.size())));
        }
        const bool untouched = at.text.empty() || desktop_.practice;
        if (untouched && !at.wrong && !at.why) greet_in_all_languages();
        return std::move(content_);
    }

    Content operator()(const ChoosingLanguage&) {
        title("Language");
        return languages();
    }

    Content operator()(const Explaining& at) {
        title("How to vote");
        const ballot::Layout& layout = *desktop_.booth->ballots.at(at.pass.style);
        if (layout.contests().size() > 1)
            say("You vote in {0} elections, one after the other.", number(layout.contests().size()));
        for (const auto& place : layout.contests()) {
            const election::Contest& contest = layout.contest(place);
            add(title_in(contest.titles, say_.language()) + ": " + votes_in_words(say_, contest));
            if (contest.list_vote)
                say("A vote for a list is divided among its people, in their order. You see what comes of it "
                    "and can change it.");
        }
        say("You choose, and then see everything once more. Then your ballot is sealed, and you decide: "
            "cast it, or test this machine.");
        say("If you only want to test the machine, choose anything: everyone will be able to read it.");
        say("Take all the time you need. Nothing counts before you have cast your ballot.", Style::strong);
        say("The arrow keys move, Enter chooses, Escape opens the menu.");
        return with_items();
    }

    Content operator()(const Voting& at) {
        using Stage = Voting::Stage;
        const election::Contest& contest = at.marks.contest(at.contest);
        switch (at.stage) {
            case Stage::choosing:
                return choosing(at, contest);
            case Stage::asking_unused:
                if (at.marks.is_empty(at.contest)) {
                    title("You have not given any vote");
                    say("Go back and choose.");
                    if (contest.invalid_option || contest.blank_option)
                        say("If you want to give your vote to nobody, you can say so here.");
                } else {
                    title("You have votes left");
                    say("Votes left: {0} of {1}.", number(at.marks.left(at.contest)),
                        number(contest.votes_per_voter));
                    say("You can go back and give them, or go on without them.");
                }
                return with_items();
            case Stage::asking_invalid:
                title("Make this vote invalid?");
                say("It is then counted as invalid. Nobody gets a vote from you.");
                return with_items();
            case Stage::asking_blank:
                title("Leave this vote blank?");
                say("It is then counted as blank. Nobody gets a vote from you.");
                return with_items();
            case Stage::reviewing:
                return reviewing(at);
        }
        return {};
    }

    Content operator()(const Deciding& at) {
        title("Your ballot is sealed. It is NOT yet cast.");
        code(at.ballot.code);
        if (at.ballot.ballot_unprinted) {
            say("The ballot on paper was NOT printed.", Style::alarm);
            say("Ask the desk to look at the printer and print again, or copy code and number by hand.");
            return with_items();
        }
        if (at.ballot.unprinted && !at.copied) {
            say("The slip with your tracking code was NOT printed.", Style::alarm);
            say("Ask the desk to look at the printer and print again, or copy code and number by hand.");
            return with_items();
        }
        if (!at.copied)
            say("Take the slip that was printed: it shows code and number, and says nothing about your "
                "choice.");
        if (at.ballot.with_ballot)
            say("A ballot on paper was printed, too. Check it. After casting, fold it and put it into the urn; "
                "after a test, give it to the desk.",
                Style::strong);
        say("Now choose one of the two with the arrow keys, and press Enter:", Style::strong);
        return with_items();
    }

    Content operator()(const AskingTest&) {
        title("Test this machine?");
        say("This ballot is opened: everyone will be able to read it. It is not counted.", Style::strong);
        say("Everything that is in it is printed. With that, anybody can check whether the machine has sealed "
            "what you chose. Afterwards you vote again.");
        return with_items();
    }

    Content operator()(const VoteCast& at) {
        title("Your vote is cast.");
        say("The server has confirmed it. Your vote is counted.", Style::done);
        code(at.code);
        if (!at.receipt)
            say("Do you want a receipt on paper? It proves that your ballot is in the public record, and says "
                "nothing about your choice.");
        else if (at.receipt->unprinted)
            say("The receipt was NOT printed. Your vote is cast all the same.", Style::alarm);
        else
            say("The receipt is printed. Please take it with you. Thank you for voting.", Style::strong);
        return with_items();
    }

    Content operator()(const Tested& at) {
        title("This ballot was tested. It is NOT cast.");
        if (at.ballot.reproduced) {
            say("The server has computed the same ballot from it.", Style::done);
        } else {
            say("The server says that this is another ballot than the one that was sealed. This booth is "
                "closed now. Go to the desk with the slip.",
                Style::alarm);
        }
        if (at.ballot.unprinted)
            say("The opened ballot was NOT printed.", Style::alarm);
        else
            say("Everything that was in it stands on the slip that was printed. Take it with you, and check it "
                "on another machine.");
        if (at.ballot.reproduced) say("Your pass is still good: vote again.", Style::strong);
        return with_items();
    }

    Content operator()(const Ended& at) {
        if (at.why.perhaps_cast) {
            title("It is NOT known whether your vote is cast");
            add(cause(say_, at.why.error), Style::alarm);
            say("Keep the slip with the tracking code, and let the desk look at your pass: it sees whether "
                "your vote is cast.",
                Style::strong);
        } else {
            title("Your vote is NOT cast");
            add(cause(say_, at.why.error), Style::alarm);
            if (at.why.error.code == "ballot-expired") say("This ballot will never be counted.");
            say("Please go to the desk with your pass.", Style::strong);
        }
        add(tty::printable(at.why.error.message) + " (" + tty::printable(at.why.error.code) + ")",
            Style::faint);
        return with_items();
    }

    Content operator()(const Waiting& at) {
        title(what_waits(at.what));
        if (at.what == What::seal) say("It is NOT cast yet.", Style::strong);
        if (!is_slow(at)) {
            say("One moment ...");
            return std::move(content_);
        }
        say("There is no answer yet. The machine asks again by itself. Nothing is lost, and nothing is counted "
            "twice.",
            Style::alarm);
        if (at.what == What::cast)
            say("It is not known yet whether your vote is cast. Please wait: it will stand here. If you have "
                "to go, let the desk look at your pass.",
                Style::strong);
        return std::move(content_);
    }

  private:
    template <class... Values>
    requires(sizeof...(Values) > 0) void say(words::Pattern<sizeof...(Values)> pattern,
                                             const Values&... values) {
        add(say_(pattern, values...));
    }
    void say(Sentence sentence, Style style = Style::plain) { add(say_(sentence), style); }
    void title(Sentence sentence) { content_.title = say_(sentence); }
    void add(std::string text, Style style = Style::plain) {
        content_.body.push_back({std::move(text), style});
    }
    void note(std::string text, Style style = Style::plain) {
        content_.notes.push_back({std::move(text), style});
    }

    void code(const Code& code) {
        content_.body.push_back({say_("Tracking code: {0}", code.tracking_code), Style::strong,
                                 say_("Tracking code: {0}", spelled(code.tracking_code))});
        add(say_("Number in the public log: {0}", number(code.index)), Style::strong);
    }

    bool is_slow(const Waiting& at) const {
        constexpr std::uint64_t slow_seconds = 3;
        const bool asks_server = at.what == What::seal || at.what == What::cast || at.what == What::test ||
                                 at.what == What::take_pass;
        if (!asks_server) return false;
        return !desktop_.connected || desktop_.seconds - at.since >= slow_seconds;
    }

    void greet_in_all_languages() {
        for (const words::Language language : desktop_.languages) {
            if (language == say_.language()) continue;
            Entry entry{std::string(words::say(language, "Your voting pass, please"))};
            entry.turned = language.right_to_left();
            content_.list.push_back(std::move(entry));
        }
    }

    Content languages() {
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const words::Language language = desktop_.languages[items_[i].which];
            Entry entry{std::string(language.name_in_itself()), i};
            entry.turned = language.right_to_left();
            content_.list.push_back(std::move(entry));
        }
        return std::move(content_);
    }

    Content with_items() {
        for (std::size_t i = 0; i < items_.size(); ++i)
            content_.list.push_back({label(say_, state_, items_[i]), i});
        return std::move(content_);
    }

    // The ballot.

    Content choosing(const Voting& at, const election::Contest& contest) {
        content_.title = title_in(contest.titles, say_.language());
        const std::string left = number(at.marks.left(at.contest));
        add(say_("Votes left: {0} of {1}.", left, number(contest.votes_per_voter)), Style::strong);
        if (at.marks.is_invalid(at.contest)) say("You made this vote invalid.", Style::alarm);
        if (at.marks.is_blank(at.contest)) say("You left this vote blank.", Style::alarm);
        std::size_t item = 0;
        for (const Row& row : rows(contest)) {
            if (row.list) {
                add_list(contest.lists[row.which], contest.list_vote, item);
            } else {
                add_option(at, contest, row.which, item++);
            }
        }
        for (; item < items_.size(); ++item)
            content_.list.push_back(
                {items_[item].act == Act::clear ? say_("Take that back") : say_("Finished choosing"), item});
        if (at.refused && *at.refused != Marks::Refusal::none)
            note(say_(refusal_in_words(*at.refused)), Style::alarm);
        else if (at.list_given)
            note(say_("Your votes for the list {0} now stand with its people. You can change them.",
                      tty::printable(*at.list_given)),
                 Style::done);
        return std::move(content_);
    }

    void add_list(const election::ListOfOptions& list, bool can_be_given, std::size_t& item) {
        const std::string name = tty::printable(list.name);
        Entry entry{name};
        entry.official = true;
        if (can_be_given) {
            entry.item = item++;
            entry.heard = say_("List {0}: Enter gives your votes to its people.", name);
        }
        content_.list.push_back(std::move(entry));
    }

    void add_option(const Voting& at, const election::Contest& contest, std::size_t option,
                    std::size_t item) {
        const unsigned given = at.marks.given(at.contest, option);
        Entry entry{tty::printable(contest.options[option].name), item};
        entry.number = number(option + 1);
        entry.official = true;
        entry.box = given == 0 ? " " : contest.max_value(option) == 1 ? "X" : number(given);
        entry.heard = entry.number + ". " + entry.text + ". " +
                      (given == 0 ? say_("No vote.") : say_("Votes: {0}.", number(given)));
        content_.list.push_back(std::move(entry));
    }

    Content reviewing(const Voting& at) {
        title("Is everything right?");
        std::optional<std::size_t> contest;
        content_.list.push_back({say_("Yes: seal the ballot"), 0});
        for (std::size_t i = 1; i < items_.size(); ++i) {
            const auto& [act, which, position] = items_[i];
            if (contest != which) head_of_contest(at, which);
            contest = which;
            Entry entry{name_of(at.marks, which, position, say_), i};
            entry.official = position < at.marks.contest(which).options.size();
            entry.box = number(at.marks.given(which, position));
            entry.heard = entry.text + ". " +
                          (entry.official ? say_("Votes: {0}.", entry.box) + " " : std::string()) +
                          say_("Enter changes it.");
            content_.list.push_back(std::move(entry));
        }
        return std::move(content_);
    }

    void head_of_contest(const Voting& at, std::size_t which) {
        const election::Contest& rules = at.marks.contest(which);
        std::string text = title_in(rules.titles, say_.language());
        const unsigned left = at.marks.left(which);
        if (left != 0)
            text += ". " + say_("Votes left: {0} of {1}.", number(left), number(rules.votes_per_voter));
        content_.list.push_back({std::move(text)});
    }

    const State& state_;
    const Desktop& desktop_;
    const Tongue say_;
    const std::vector<Item> items_;
    Content content_;
};

}  // namespace

std::string title_in(const election::Titles& titles, words::Language language) {
    const auto found = titles.find(std::string(language.tag()));
    if (found != titles.end()) return tty::printable(found->second);
    const auto german = titles.find("de");
    return tty::printable(german != titles.end() ? german->second : titles.begin()->second);
}

Content content_of(const State& state) {
    Writer writer(state);
    if (state.overlay != Overlay::none) return writer.overlay();
    return std::visit(writer, state.screen);
}

}  // namespace stimme::booth::console
