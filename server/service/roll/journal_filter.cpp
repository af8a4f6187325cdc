#include "server/service/roll/journal_filter.h"

#include <algorithm>

#include "server/service/roll/stored_object.h"

namespace stimme::service {
namespace {

bool is_about(const json::Object& act, const std::string& person) {
    if (member<std::string>(act, "person") == person) return true;
    for (const char* key : {"people", "struck", "added"}) {
        const json::Value* value = act.find(key);
        const auto* list = value == nullptr ? nullptr : value->get<json::Array>();
        if (list != nullptr && std::find(list->begin(), list->end(), json::Value(person)) != list->end())
            return true;
    }
    return false;
}

// What kind of act it is; an act of the public log stands in its own object.
std::string type_of(const json::Object& act) {
    const auto logged = member<json::Object>(act, "act");
    return member<std::string>(logged.empty() ? act : logged, "type");
}

}  // namespace

bool JournalFilter::matches(std::string_view text) const {
    const json::Object act = object_in(text);
    const std::string at = member<std::string>(act, "at");
    const auto signer = member<std::string>(act, "official");
    const std::string& who = signer.empty() ? member<std::string>(act, "last_signer") : signer;
    return (person.empty() || is_about(act, person)) && (official.empty() || who == official) &&
           (type.empty() || type_of(act) == type) && (from.empty() || at >= from) &&
           (until.empty() || at <= until || at.starts_with(until));
}

}  // namespace stimme::service
