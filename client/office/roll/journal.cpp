#include "client/office/roll/journal.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/office/roll/people.h"
#include "client/office/roll/stations.h"
#include "client/session/session.h"
#include "core/net/client/url.h"
#include "core/wire/roll.h"

namespace stimme::office {
namespace {

using cli::Context;

std::string text_in(const json::Object& act, std::string_view key) {
    const json::Value* value = act.find(key);
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    return text == nullptr ? "" : *text;
}

std::int64_t number_in(const json::Object& act, std::string_view key) {
    const json::Value* value = act.find(key);
    const auto* number = value == nullptr ? nullptr : value->get<std::int64_t>();
    return number == nullptr ? 0 : *number;
}

json::Object object_in(const json::Object& act, std::string_view key) {
    const json::Value* value = act.find(key);
    const auto* object = value == nullptr ? nullptr : value->get<json::Object>();
    return object == nullptr ? json::Object() : *object;
}

std::string list_in(const json::Object& act, std::string_view key) {
    const json::Value* value = act.find(key);
    const auto* list = value == nullptr ? nullptr : value->get<json::Array>();
    std::vector<std::string> texts;
    if (list != nullptr) {
        for (const json::Value& item : *list) {
            if (const auto* text = item.get<std::string>()) texts.push_back(*text);
        }
    }
    return fmt::format("{}", fmt::join(texts, ", "));
}

std::string imported(const json::Object& act) {
    return fmt::format(
        "imported a register (import {}): {} people, {} may vote; {} new, {} changed, {} gone, {} again",
        number_in(act, "import"), number_in(act, "people"), number_in(act, "eligible"),
        number_in(act, "added"), number_in(act, "changed"), number_in(act, "gone"),
        number_in(act, "returned"));
}

std::string entered(const json::Object& act) {
    const json::Object content = object_in(act, "content");
    const std::string by = text_in(content, "by");
    return fmt::format("entered matter {}, an {} about {}{}, received {}", number_in(act, "matter"),
                       text_in(content, "kind"), text_in(act, "person"), by.empty() ? "" : " from " + by,
                       text_in(content, "received"));
}

std::string decided(const json::Object& act) {
    const json::Object decision = object_in(act, "decision");
    const std::string effect = text_in(decision, "effect");
    return fmt::format("decided matter {} about {}: {}{}; {}", number_in(act, "matter"),
                       text_in(act, "person"), text_in(decision, "outcome"),
                       effect == "none" ? "" : ", " + effect, text_in(decision, "reason"));
}

std::string corrected(const json::Object& act) {
    const std::string struck = list_in(act, "struck"), added = list_in(act, "added");
    return fmt::format("The roll was corrected{}{}: {}", struck.empty() ? "" : ", struck off " + struck,
                       added.empty() ? "" : ", admitted " + added, text_in(act, "reason"));
}

// What became of people by an act about their stations.
std::string stations_after(const json::Object& act) {
    const std::int64_t without = number_in(act, "without_station");
    return fmt::format("{} people now belong to another station{}", number_in(act, "moved"),
                       without == 0 ? "" : fmt::format(", {} who may vote to none", without));
}

std::string assigned(const json::Object& act) {
    return fmt::format("assigned people to stations by {} ({} entries): {}",
                       source_in_words(text_in(act, "part")), number_in(act, "size"), stations_after(act));
}

std::string unassigned(const json::Object& act) {
    return fmt::format("took away {} ({} entries): {}", source_in_words(text_in(act, "part")),
                       number_in(act, "size"), stations_after(act));
}

using Words = std::string (*)(const json::Object&);
const std::map<std::string, Words, std::less<>>& words() {
    static const std::map<std::string, Words, std::less<>> all = {
        {"roll-imported", imported},
        {"import-taken-back",
         [](const json::Object& act) {
             return fmt::format("took back import {}", number_in(act, "import"));
         }},
        {"stations-assigned", assigned},
        {"stations-taken-away", unassigned},
        {"person-added",
         [](const json::Object& act) { return "entered " + text_in(act, "person") + " by hand"; }},
        {"entry-invalid",
         [](const json::Object& act) {
             return fmt::format("made the entry {} invalid: {}", text_in(act, "person"),
                                text_in(act, "reason"));
         }},
        {"conflict-resolved",
         [](const json::Object& act) {
             return fmt::format("resolved what waited about {} ({}): {}", text_in(act, "person"),
                                text_in(act, "choice"), text_in(act, "reason"));
         }},
        {"people-distinct",
         [](const json::Object& act) {
             return "found that these are two people: " + list_in(act, "people");
         }},
        {"matter-entered", entered},
        {"matter-decided", decided},
        {"polling-card-issued",
         [](const json::Object& act) { return "issued a polling card to " + text_in(act, "person"); }},
        {"polling-card-withdrawn",
         [](const json::Object& act) { return "took back the polling card of " + text_in(act, "person"); }},
        {"roll-corrected", corrected},
        {"station-closing",
         [](const json::Object& act) {
             return fmt::format("The station {} was closed with {} check-ins", text_in(act, "station"),
                                number_in(act, "checked_in"));
         }},
    };
    return all;
}

// An act that is in the public log as well.
std::string logged(const json::Object& act) {
    return fmt::format("Entry {} of the public log: {}", number_in(act, "index"),
                       text_in(object_in(act, "act"), "type"));
}

}  // namespace

std::string sentence_of(const json::Object& act) {
    const std::string official = text_in(act, "official");
    const auto known = words().find(text_in(act, "type"));
    const std::string what = known != words().end()       ? known->second(act)
                             : act.find("act") != nullptr ? logged(act)
                                                          : json::canonical(act);
    return fmt::format("{}  {}{}", text_in(act, "at"), official.empty() ? "" : official + " ", what);
}

namespace {

bool is_asked_for(const wire::ImportView& import, const JournalOptions& options) {
    return (options.official.empty() || options.official == import.official.str()) &&
           (options.from.empty() || import.at >= options.from) &&
           (options.until.empty() || import.at <= options.until || import.at.starts_with(options.until));
}

// What imports did with one person, as sentences: the journal has the imports, the roll what they changed.
Result<std::vector<std::string>> imports_of(session::Session& session, const JournalOptions& options) {
    std::vector<std::string> lines;
    if (options.person.empty() || !(options.type.empty() || options.type == "roll-imported")) return lines;
    const auto entry = session.get<wire::EntryView>("roll/people/" + net::percent_encoded(options.person));
    if (!entry && entry.error().kind == ErrorKind::not_found) return lines;
    if (!entry) return entry.error();
    STIMME_TRY(const auto imports, session.get<wire::ImportViews>("roll/imports"));
    for (const wire::ImportView& import : imports.imports) {
        if (!is_asked_for(import, options)) continue;
        const std::string begin = fmt::format("{}  {} imported a register (import {}): {} is ", import.at,
                                              import.official.str(), import.import, options.person);
        if (entry->origin == import.import) lines.push_back(begin + "new");
        for (const wire::ChangeView& change : entry->changes) {
            if (change.import != import.import) continue;
            lines.push_back(begin + change.kind);
            for (const std::string& one : differences(change.before, change.after))
                lines.back() += "; " + one;
        }
    }
    return lines;
}

}  // namespace

Status roll_journal(const JournalOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    std::string route = "roll/journal";
    char separator = '?';
    for (const auto& [key, value] : {std::pair{"person", &options.person},
                                     {"official", &options.official},
                                     {"type", &options.type},
                                     {"from", &options.from},
                                     {"until", &options.until}}) {
        if (value->empty()) continue;
        route += fmt::format("{}{}={}", separator, key, net::percent_encoded(*value));
        separator = '&';
    }
    std::string lines;
    STIMME_CHECK(session.api().get_to(session.path(route), [&](ByteView piece) -> Status {
        lines += as_text(piece);
        return {};
    }));
    if (options.raw) return context.out.raw(lines), Status();
    STIMME_TRY(std::vector<std::string> told, imports_of(session, options));
    json::Array acts;
    for (std::size_t at = 0, end; at < lines.size(); at = end + 1) {
        end = std::min(lines.find('\n', at), lines.size());
        STIMME_TRY(json::Value act, json::parse(std::string_view(lines).substr(at, end - at)));
        if (const auto* object = act.get<json::Object>()) told.push_back(sentence_of(*object));
        acts.push_back(std::move(act));
    }
    std::stable_sort(told.begin(), told.end(), [](std::string_view a, std::string_view b) {
        return a.substr(0, a.find(' ')) < b.substr(0, b.find(' '));
    });
    for (const std::string& line : told) context.out.line(line);
    if (told.empty()) context.out.line("No act matches.");
    context.out.document(json::Object{{"acts", std::move(acts)}});
    return {};
}

}  // namespace stimme::office
