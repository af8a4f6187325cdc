#include "client/office/roll/statistics.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/session/session.h"
#include "core/base/file.h"
#include "core/roll/register/csv.h"

namespace stimme::office {
namespace {

using cli::Context;
using cli::Output;

// On the screen, rows that nobody is in are left away.
bool is_empty(const std::vector<std::string>& row) {
    return std::all_of(row.begin() + 2, row.end(), [](const std::string& figure) { return figure == "0"; });
}

void show(const roll::Statistics& statistics, Output& out) {
    std::vector<std::vector<std::string>> rows;
    for (auto& row : to_rows(statistics)) {
        if (!rows.empty() && is_empty(row)) continue;
        if (!rows.empty() && row[0] != "total" && row[1].empty()) row[1] = "(none)";
        rows.push_back(std::move(row));
    }
    for (const std::string& line : cli::table(rows, {false, false, true, true, true})) out.line(line);
}

Status write_csv(const roll::Statistics& statistics, const StatisticsOptions& options, Output& out) {
    const FileMode mode = options.publish ? FileMode::shared : FileMode::private_file;
    STIMME_CHECK(write_file(options.csv, as_bytes(csv_of(statistics)), mode));
    out.line();
    out.line("Written to " + options.csv.string() + ".");
    return {};
}

void show_rule(const StatisticsOptions& options, Output& out) {
    out.line();
    if (!options.publish)
        return out.line(
            "For the office alone: small figures can tell of single people. For others: --publish");
    out.line(fmt::format(
        "Left out (.): figures from 1 to {}, and as many others as it takes that nobody can compute them.",
        options.threshold - 1));
    out.line("Publish one such table of a roll, once: a second one beside it could tell what is left out.");
}

}  // namespace

std::string csv_of(const roll::Statistics& statistics) {
    std::string csv;
    for (const auto& row : to_rows(statistics)) {
        std::string line;
        for (const std::string& field : row) line += (line.empty() ? "" : ";") + roll::csv_field(field);
        csv += line + "\n";
    }
    return csv;
}

Status roll_statistics(const StatisticsOptions& options, Context& context) {
    std::string route = "roll/statistics";
    if (options.publish) route += fmt::format("?publish={}&places={}", options.threshold, options.places);
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto statistics, session.get<roll::Statistics>(route));
    show(statistics, context.out);
    show_rule(options, context.out);
    context.out.document(to_json(statistics));
    return options.csv.empty() ? Status() : write_csv(statistics, options, context.out);
}

}  // namespace stimme::office
