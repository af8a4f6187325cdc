// Small words for statements, used by the .cpp files of this folder only.
//
// Thread rule: pure functions over a connection and its statements.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/connection.h"

namespace stimme::store {

// Runs a statement without rows.
template <class... Values>
Status write(Connection& connection, std::string_view sql, const Values&... values) {
    return guarded([&]() -> Status {
        Statement statement(connection, sql);
        (statement.bind(values), ...);
        statement.run();
        return {};
    });
}

// The first row, read by `read`, if there is one.
template <class T>
Result<std::optional<T>> first_row(Statement& query, T (*read)(const Statement&)) {
    return query.step() ? Result<std::optional<T>>(read(query)) : std::optional<T>();
}

template <class T>
std::vector<T> all_rows(Statement& query, T (*read)(const Statement&)) {
    std::vector<T> rows;
    while (query.step()) rows.push_back(read(query));
    return rows;
}

template <std::size_t N>
std::optional<ByteArray<N>> optional_array(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.array<N>(column));
}

template <std::size_t N>
void bind_optional(Statement& statement, const std::optional<ByteArray<N>>& value) {
    value ? statement.bind(*value) : statement.bind_null();
}

inline std::string read_text(const Statement& row) {
    return std::string(row.text(0));
}

// What stands between blanks.
inline std::vector<std::string> split_words(std::string_view words) {
    std::vector<std::string> result;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        result.emplace_back(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return result;
}

}  // namespace stimme::store
