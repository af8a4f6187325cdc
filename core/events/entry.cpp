#include "core/events/entry.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "core/events/entry_members.h"
#include "core/events/entry_parts.h"

namespace stimme::events {
namespace {

using election::EntryType;
using json::Fields;
using json::Object;
using json::Value;

Object content_object(const Content& content) {
    Object out;
    out.set("type", Value(election::to_string(type_of(content))));
    std::visit([&](const auto& c) { write(out, c); }, content);
    return out;
}

// Reads the alternative with index `type`.
template <std::size_t Index = 0>
Content read_content(Fields& in, std::size_t type) {
    if constexpr (Index < std::variant_size_v<Content::variant>) {
        if (type != Index) return read_content<Index + 1>(in, type);
        std::variant_alternative_t<Index, Content::variant> content{};
        read(in, content);
        return content;
    } else {
        assert(false);
        return PollsOpened{};
    }
}

Result<const election::Transition*> entry_type(const Value& value) {
    const Object* object = value.get<Object>();
    const Value* member = object == nullptr ? nullptr : object->find("type");
    const std::string* name = member == nullptr ? nullptr : member->get<std::string>();
    if (name == nullptr) return invalid("entry-invalid", "an entry is an object with a \"type\"");
    const election::Transition* found = election::transition_named(*name);
    if (found == nullptr)
        return invalid("entry-unknown", fmt::format("there is no entry of type \"{}\"", *name));
    return found;
}

}  // namespace

Content::Content(const Content&) = default;
Content::Content(Content&&) noexcept = default;
Content& Content::operator=(const Content&) = default;
Content& Content::operator=(Content&&) noexcept = default;
Content::~Content() = default;
bool Content::operator==(const Content& other) const {
    const variant &own = *this, &others = other;
    return own == others;
}

EntryType type_of(const Content& content) {
    static_assert(std::variant_size_v<Content::variant> == static_cast<std::size_t>(EntryType::incident) + 1);
    return static_cast<EntryType>(content.index());
}

Value content_to_json(const Content& content) {
    return content_object(content);
}

std::string encode_content(const Content& content) {
    return json::canonical(content_object(content));
}

std::string encode(const Entry& entry) {
    Object out = content_object(entry.content);
    if (!entry.signed_by.empty()) {
        out.set("signed", array_of(entry.signed_by, [](const ActSignature& s) { return to_json(s); }));
    }
    std::string text = json::canonical(out);
    assert(text.size() <= max_entry_bytes);
    return text;
}

Result<Content> content_from_json(const Value& value) {
    STIMME_TRY(const election::Transition* row, entry_type(value));
    json::Problems problems;
    Fields in(value, problems);
    in.text("type");
    Content content = read_content(in, static_cast<std::size_t>(row->type));
    in.finish();
    STIMME_CHECK(problems.status("entry-invalid"));
    return content;
}

Result<Entry> decode(std::string_view text) {
    STIMME_TRY(const Value value, json::parse_canonical(text, {.bytes = max_entry_bytes, .depth = 8}));
    STIMME_TRY(const election::Transition* row, entry_type(value));
    json::Problems problems;
    Fields in(value, problems);
    in.text("type");
    Entry entry{read_content(in, static_cast<std::size_t>(row->type)), {}};
    if (in.has("signed")) {
        in.each("signed", 1, 64, [&](Fields& item) { entry.signed_by.push_back(read_act_signature(item)); });
    }
    in.finish();
    STIMME_CHECK(problems.status("entry-invalid"));
    return entry;
}

}  // namespace stimme::events
