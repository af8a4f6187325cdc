#include "client/booth/console/speech.h"

#include "client/booth/console/content.h"

namespace stimme::booth::console {
namespace {

void add(std::string& text, std::string_view sentence) {
    if (sentence.empty()) return;
    if (!text.empty()) text += ' ';
    text += sentence;
    // A pause after what has no end of its own.
    if (std::string_view(".?!:").find(text.back()) == std::string_view::npos) text += '.';
}

std::string said(const Paragraph& paragraph) {
    return paragraph.heard.empty() ? paragraph.text : paragraph.heard;
}

std::string said(const Entry& entry) {
    return entry.heard.empty() ? entry.text : entry.heard;
}

}  // namespace

Speech spoken(const State& state) {
    const Content content = content_of(state);
    const words::Language language = spoken_in(state.desktop);
    Speech speech{{}, {}, {}, language, language};
    add(speech.screen, content.title);
    for (const Paragraph& paragraph : content.body) add(speech.screen, said(paragraph));
    // A list without anything to choose, and what stands between the choices.
    for (const Entry& entry : content.list) {
        if (!entry.item && !entry.official && !content.typed) add(speech.screen, said(entry));
    }
    if (content.typed && !content.typed->empty()) add(speech.note, std::string(1, content.typed->back()));
    for (const Paragraph& note : content.notes) add(speech.note, said(note));
    const auto cursor = state.overlay == Overlay::none ? state.cursor : std::optional(state.overlay_cursor);
    for (const Entry& entry : content.list) {
        if (entry.item && entry.item == cursor) add(speech.item, said(entry));
    }
    if (const auto item = chosen(state); item && item->act == Act::set_language)
        speech.item_language = state.desktop.languages[item->which];
    return speech;
}

}  // namespace stimme::booth::console
