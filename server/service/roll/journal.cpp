#include "server/service/roll/journal.h"

#include <fmt/format.h>

#include "core/crypto/transcript.h"

namespace stimme::service {
namespace {

Hash next_head(const Hash& head, std::string_view act) {
    return crypto::hash(crypto::Tag::journal, {head, as_bytes(act)});
}

}  // namespace

Result<Hash> Journal::head() const {
    STIMME_TRY(const auto last, rows_.last_of_journal());
    return last ? last->head : definition_;
}

Result<std::string> Journal::append(json::Object act) {
    STIMME_TRY(const Hash before, head());
    act.set("at", format_utc(clock_.now()));
    std::string text = json::canonical(act);
    STIMME_CHECK(rows_.add_to_journal({text, next_head(before, text)}));
    return text;
}

Status Journal::verify() const {
    STIMME_TRY(const auto rows, rows_.journal());
    Hash head = definition_;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        head = next_head(head, rows[i].act);
        if (head != rows[i].head)
            return corrupt("journal-damaged",
                           fmt::format("act {} of the journal doesn't follow from those before it", i));
    }
    return {};
}

}  // namespace stimme::service
