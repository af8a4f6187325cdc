#include "client/office/roll/check.h"

#include <fmt/format.h>

#include "client/cli/progress.h"
#include "client/session/definition_file.h"
#include "client/words/words.h"
#include "core/base/file.h"
#include "core/election/deadlines.h"
#include "core/roll/register/register.h"
#include "core/roll/rules/check_report.h"

namespace stimme::office {
namespace {

using cli::Context;
using cli::Output;

Status check_reading(const roll::Reading& reading, const election::EligibilityRules& rules, Output& out) {
    for (const roll::BadLine& bad : reading.problems) out.note(roll::to_string(bad));
    if (reading.problem_count > 0)
        return invalid("register-invalid",
                       fmt::format("{} wrong lines or values in the register", reading.problem_count));
    return reading.suffices_for(rules);
}

// The sentences are about voting, so candidates are told the codes alone.
void show(const roll::CheckReport& report, bool candidacy, Output& out) {
    if (out.json()) return out.raw(report.json() + "\n");
    out.line(fmt::format("{} people, {} may {}, {} may not", report.people(), report.eligible(),
                         candidacy ? "stand for election" : "vote", report.people() - report.eligible()));
    for (std::size_t i = 0; i < roll::reason_count; ++i) {
        const auto reason = static_cast<roll::Reason>(i);
        if (report.count(reason) == 0) continue;
        if (candidacy) {
            out.line(fmt::format("{:>8}  {}", report.count(reason), roll::code_of(reason)));
        } else {
            out.line(
                fmt::format("{:>8}  {:<24} {}", report.count(reason), roll::code_of(reason),
                            words::sentence(words::Language::english(), roll::code_of(reason)).value_or("")));
        }
    }
}

json::Value to_json(const std::vector<election::DueDate>& dates, election::Day today) {
    json::Array list;
    for (const election::DueDate& date : dates) {
        list.emplace_back(json::Object{{"code", code_of(date.deadline)},
                                       {"day", format_date(date.day)},
                                       {"days_left", date.days_left},
                                       {"nearness", to_string(date.nearness)}});
    }
    return json::Object{{"deadlines", std::move(list)}, {"today", format_date(today)}};
}

void show(const std::vector<election::DueDate>& dates, Output& out) {
    if (dates.empty()) return out.line("This definition sets no deadlines.");
    std::vector<std::vector<std::string>> rows = {{"day", "deadline", "days left", ""}};
    for (const election::DueDate& date : dates) {
        rows.push_back({format_date(date.day), std::string(code_of(date.deadline)),
                        std::to_string(date.days_left), std::string(to_string(date.nearness))});
    }
    for (const std::string& line : cli::table(rows, {false, false, true, false})) out.line(line);
}

}  // namespace

Status roll_check(const RollCheckOptions& options, Context& context) {
    STIMME_TRY(const auto definition, session::read_definition_file(options.definition));
    const election::EligibilityRules& rules =
        options.candidacy ? definition->candidacy_rules() : definition->eligibility;
    roll::CheckReport report;
    STIMME_TRY(roll::RegisterFormat format, read_format(options.format));
    std::error_code unknown;
    const auto size = std::filesystem::file_size(options.register_file, unknown);
    cli::Progress progress(context.out, "People read", unknown ? 0 : size);
    auto reading = roll::read_register_file(
        options.register_file,
        [&](roll::Person&& person) {
            report.add(person.number, decide(person, rules, definition->calendar.election_day));
        },
        std::move(format), [&](std::uint64_t bytes) { progress.at(bytes, report.people()); });
    if (!reading) return std::move(reading).error();
    context.out.note("Read as " + roll::to_string(reading->written_as) + ".");
    STIMME_CHECK(check_reading(*reading, rules, context.out));
    show(report, options.candidacy, context.out);
    return {};
}

Status roll_deadlines(const std::filesystem::path& file, Context& context) {
    STIMME_TRY(const auto definition, session::read_definition_file(file));
    const election::Day today = local_day(definition, context.clock.now());
    const auto dates = deadlines(*definition, today);
    context.out.document(to_json(dates, today));
    show(dates, context.out);
    return {};
}

}  // namespace stimme::office
