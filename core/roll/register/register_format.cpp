#include "core/roll/register/register_format.h"

#include <array>
#include <set>

#include <fmt/format.h>

#include "core/base/json_fields.h"

namespace stimme::roll {
namespace {

constexpr std::string_view format_name = "stimme-register-format/1";
struct Delimiter {
    std::string_view text;
    char character;
};
constexpr std::array<Delimiter, 3> delimiters = {Delimiter{";", ';'}, {",", ','}, {"\t", '\t'}};

// Calls `read` for each member of the object under `key` whose name is a column.
void each_column(json::Fields& in, std::string_view key,
                 const std::function<void(json::Fields&, const std::string&, Column)>& read) {
    if (!in.has(key)) return;
    json::Fields columns = in.object(key);
    for (const std::string& name : columns.keys()) {
        const auto column = column_named(name);
        if (column) {
            read(columns, name, *column);
        } else {
            columns.problem(name, "no column of a register has this name");
            columns.any(name);
        }
    }
    columns.finish();
}

void read_columns(json::Fields& in, RegisterFormat& format) {
    std::set<std::string> names;
    each_column(in, "columns", [&](json::Fields& columns, const std::string& key, Column column) {
        std::string name = columns.text(key, max_text);
        if (name.empty()) columns.problem(key, "right is the name in the header");
        if (!names.insert(name).second) columns.problem(key, "another column has this name already");
        format.columns.emplace(column, std::move(name));
    });
}

void read_values(json::Fields& in, RegisterFormat& format) {
    each_column(in, "values", [&](json::Fields& columns, const std::string& key, Column column) {
        json::Fields values = columns.object(key);
        for (const std::string& theirs : values.keys())
            format.values[column].emplace(theirs, values.text(theirs, max_text));
        values.finish();
    });
}

RegisterFormat read_format(json::Fields& in) {
    RegisterFormat format;
    in.one_of("format", {format_name});
    if (in.has("delimiter"))
        format.delimiter =
            delimiters[in.one_of("delimiter", {delimiters[0].text, delimiters[1].text, delimiters[2].text})]
                .character;
    if (in.has("encoding"))
        format.encoding = static_cast<Encoding>(
            in.one_of("encoding", {to_string(Encoding::utf8), to_string(Encoding::windows_1252)}));
    read_columns(in, format);
    read_values(in, format);
    in.finish();
    return format;
}

}  // namespace

Result<RegisterFormat> RegisterFormat::from_json(const json::Value& document) {
    json::Problems problems;
    json::Fields in(document, problems);
    RegisterFormat format = read_format(in);
    STIMME_CHECK(problems.status("register-format-invalid"));
    return format;
}

Result<RegisterFormat> RegisterFormat::parse(std::string_view text) {
    STIMME_TRY(const json::Value document, json::parse(text));
    return from_json(document);
}

json::Value to_json(const RegisterFormat& format) {
    json::Object out{{"format", std::string(format_name)}};
    if (format.delimiter) out.set("delimiter", std::string(1, *format.delimiter));
    if (format.encoding) out.set("encoding", std::string(to_string(*format.encoding)));
    json::Object columns;
    for (const auto& [column, name] : format.columns) columns.set(std::string(header_of(column)), name);
    if (!format.columns.empty()) out.set("columns", std::move(columns));
    json::Object values;
    for (const auto& [column, words] : format.values) {
        json::Object meanings;
        for (const auto& [theirs, ours] : words) meanings.set(theirs, ours);
        values.set(std::string(header_of(column)), std::move(meanings));
    }
    if (!format.values.empty()) out.set("values", std::move(values));
    return out;
}

}  // namespace stimme::roll
