#include "client/booth/console/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/booth/console/content.h"
#include "client/booth/console/languages.h"
#include "tests/unit/client/booth/console/screen_fixture.h"

namespace stimme::booth::console {
namespace {

using namespace sample;
using testing::HasSubstr;
using testing::Not;

TEST(BoothView, FitsEveryScreenInEveryLanguageAndSize) {
    for (const auto& [name, make] : all_states()) {
        State state = make();
        for (const words::Language language : words::Language::all()) {
            state.desktop.manner.language = language;
            for (const tty::Size size : {tty::Size{80, 24}, tty::Size{40, 14}, tty::Size{200, 60}}) {
                const tty::Frame frame = view(state, size);
                ASSERT_EQ(frame.lines.size(), size.height) << name;
                for (const tty::Line& line : frame.lines)
                    ASSERT_LE(tty::width_of(line), size.width) << name << " " << language.tag();
            }
        }
    }
}

// What can be chosen and where one is must be seen, also in large letters.
TEST(BoothView, ShowsTheTitleAndTheCursorInEveryLanguageAndSize) {
    for (const auto& [name, make] : all_states()) {
        State state = make();
        for (const words::Language language : words::Language::all()) {
            if (language.right_to_left()) continue;  // there letters change their forms
            state.desktop.manner.language = language;
            for (const tty::Size size : {tty::Size{80, 24}, tty::Size{40, 15}}) {
                const std::string text = shown(state, size);
                const std::string title = tty::wrapped(content_of(state).title, size.width - 4).front();
                EXPECT_THAT(text, HasSubstr(title)) << name;
                if (!chosen(state)) continue;
                state.read = pages_to_read(state, size);
                EXPECT_THAT(shown(state, size), HasSubstr("> ")) << name << " " << language.tag();
                state.read = 0;
            }
        }
    }
}

// In large letters a screen's sentences may be longer than the screen: no line of them is passed over.
TEST(BoothView, ShowsEverySentenceThatIsReadPageByPage) {
    std::size_t longest = 0;
    for (const auto& [name, make] : all_states()) {
        State state = make();
        for (const words::Language language : words::Language::all()) {
            if (language.right_to_left()) continue;
            state.desktop.manner.language = language;
            for (const tty::Size size : {tty::Size{80, 24}, tty::Size{40, 15}}) {
                const std::size_t pages = pages_to_read(state, size);
                longest = std::max(longest, pages);
                std::string seen;
                for (state.read = 0; state.read <= pages; ++state.read) seen += shown(state, size);
                state.read = 0;
                if (pages == 0) continue;
                for (const Paragraph& paragraph : content_of(state).body) {
                    for (const std::string& line : tty::wrapped(paragraph.text, size.width - 4))
                        EXPECT_THAT(seen, HasSubstr(line)) << name << " " << language.tag();
                }
            }
        }
    }
    EXPECT_GE(longest, 2U);
}

TEST(BoothView, KeepsTheCursorInViewAmongSixtyPeople) {
    State state = at(voting());
    for (std::size_t i = 0; i < items(state).size(); ++i) {
        state.cursor = i;
        for (const tty::Size size : {tty::Size{80, 24}, tty::Size{40, 14}})
            EXPECT_THAT(shown(state, size), HasSubstr("> ")) << i;
    }
    state.cursor = 31;
    EXPECT_THAT(shown(state), HasSubstr("> "));
    EXPECT_THAT(shown(state), HasSubstr("Person 30, of green"));
}

TEST(BoothView, ShowsOnlyWhatWasChosenForReview) {
    State state = at(voting(Voting::Stage::reviewing));
    std::get<Voting>(state.screen).marks.give(0, 41);
    std::get<Voting>(state.screen).marks.give(0, 41);
    std::get<Voting>(state.screen).marks.make_blank(1);
    EXPECT_THAT(shown(state), HasSubstr("Person 42, of red"));
    EXPECT_THAT(shown(state), HasSubstr("[ 2 ]"));
    EXPECT_THAT(shown(state), HasSubstr("blank"));
    EXPECT_THAT(shown(state), HasSubstr("Votes left: 3 of 5."));
    EXPECT_THAT(shown(state), Not(HasSubstr("Person 41,")));
}

TEST(BoothView, SetsArabicFromTheRight) {
    State state = at(Deciding{{some_code(), {}}});
    state.desktop.manner.language = *words::Language::find("ar");
    const tty::Frame frame = view(state, {80, 24});
    bool joined = false;
    for (const tty::Line& line : frame.lines) {
        std::string text;
        for (const tty::Span& span : line) text += span.text;
        joined =
            joined || text.find("\uFEED") != std::string::npos || text.find("\uFEEE") != std::string::npos;
        EXPECT_EQ(text.find("\u2068"), std::string::npos);
    }
    EXPECT_TRUE(joined) << "a waw in one of the forms in which it is shown";
    EXPECT_THAT(tty::text_of(frame), HasSubstr("ABCD-EFGH-JKMN"));
}

TEST(BoothView, OfHighContrastIsBlackAndWhite) {
    for (const auto& [name, make] : all_states()) {
        State state = make();
        state.desktop.manner.contrast = true;
        for (const tty::Line& line : view(state, {80, 24}).lines) {
            for (const tty::Span& span : line)
                EXPECT_TRUE(span.style == tty::Style::strong || span.style == tty::Style::chosen ||
                            span.style == tty::Style::entered)
                    << name;
        }
    }
}

TEST(BoothView, IsDarkWhereTheVoterWantsToListen) {
    State state = at(voting());
    state.desktop.manner.dark = true;
    EXPECT_EQ(shown(state).find_first_not_of("\n"), std::string::npos);
}

TEST(Languages, AreOfferedInRealElectionsOnlyWhenAPersonSigned) {
    for (const words::Language language : offered_languages(false, "foot"))
        EXPECT_TRUE(language.signed_off()) << language.tag();
    EXPECT_EQ(offered_languages(true, "foot").size(), 12U);
    EXPECT_EQ(offered_languages(true, "foot").front(), words::Language::german());
}

TEST(Languages, InArabicScriptAreNotOfferedWhereTheScreenCannotShowThem) {
    for (const words::Language language : offered_languages(true, "linux"))
        EXPECT_FALSE(language.right_to_left()) << language.tag();
    EXPECT_EQ(offered_languages(true, "linux").size() + 2, offered_languages(true, "foot").size());
}

}  // namespace
}  // namespace stimme::booth::console
