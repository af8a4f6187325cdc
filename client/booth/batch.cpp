#include "client/booth/batch.h"

#include <istream>

#include <fmt/format.h>

#include "client/booth/opened_ballot.h"
#include "client/cli/progress.h"
#include "core/ballot/opening.h"
#include "core/base/file.h"

namespace stimme::booth {
namespace {

constexpr std::size_t max_choices = 10'000;

std::vector<ContestWords> read_contests(json::Fields choices) {
    std::vector<ContestWords> contests;
    for (const std::string& contest : choices.keys())
        contests.push_back({contest, choices.texts(contest, 0, max_choices)});
    choices.finish();
    return contests;
}

Wish read_wish(const json::Object& line, json::Fields& in) {
    Wish wish;
    const int kinds = in.has("choices") + in.has("invalid") + in.has("blank");
    if (kinds != 1) in.problem("", "exactly one of choices, invalid and blank");
    if (in.has("choices")) {
        const bool flat = line.find("choices")->get<json::Array>() != nullptr;
        wish.contests = flat ? std::vector<ContestWords>{{"", in.texts("choices", 0, max_choices)}}
                             : read_contests(in.object("choices"));
    }
    for (const auto& [key, kind] :
         {std::pair("invalid", Wish::Kind::invalid), {"blank", Wish::Kind::blank}}) {
        if (!in.has(key)) continue;
        if (!in.boolean(key)) in.problem(key, "true, or left out");
        wish.kind = kind;
    }
    return wish;
}

json::Object opened(const Polling& polling, const Tested& at) {
    const ballot::Context context{polling.election, polling.station, at.style, at.opened.t};
    return to_json(OpenedBallot{context, at.opened.tracking_code, at.opened.opening});
}

Status keep(json::Object& answer, const char* key, json::Value content, std::string_view text,
            const std::optional<std::filesystem::path>& file) {
    if (!file) {
        answer.set(key, std::move(content));
        return {};
    }
    answer.set("receipt", file->string());
    return write_file(*file, as_bytes(text));
}

Result<json::Object> finish_cast(Visit& visit, json::Object answer,
                                 const std::optional<std::filesystem::path>& file) {
    visit.give(CastWanted{});
    STIMME_TRY(const Cast* const cast, visit.expect<Cast>());
    answer.set("then", "cast");
    answer.set("cast_index", cast->index);
    STIMME_CHECK(keep(answer, "receipt", cast->receipt, cast->receipt, file));
    return answer;
}

// A test that the server calls failed. Whoever is wrong, the opened ballot shows it to everybody.
Error denied(const Polling& polling, const Tested& at, const json::Object& document,
             const std::optional<std::filesystem::path>& file) {
    const ballot::Context context{polling.election, polling.station, at.style, at.opened.t};
    const bool same = ballot::verify_opening(polling.key, polling.layouts.at(at.style), context,
                                             at.opened.opening, at.opened.tracking_code)
                          .ok();
    std::string message =
        "the server says that the opened ballot isn't the one submitted: this booth is "
        "closed; no ballot was cast. ";
    message += same ? "Made again here, it is the very same: the server is wrong"
                    : "Made again here, it is another one: this booth is wrong";
    if (!file)
        return corrupt("challenge-failed", message + ". The opened ballot: " + json::canonical(document));
    const auto written = write_file(*file, as_bytes(json::canonical(document)));
    return corrupt("challenge-failed",
                   message + (written ? "; keep " : "; couldn't write ") + file->string() + " as evidence");
}

Result<json::Object> finish_test(Visit& visit, json::Object answer,
                                 const std::optional<std::filesystem::path>& file) {
    visit.give(TestWanted{});
    STIMME_TRY(const Tested* const tested, visit.expect<Tested>());
    const json::Object document = opened(visit.polling(), *tested);
    if (!tested->reproduced) return denied(visit.polling(), *tested, document, file);
    answer.set("then", "challenge");
    answer.set("challenge_index", tested->index);
    STIMME_CHECK(keep(answer, "opened", document, json::canonical(document), file));
    return answer;
}

Result<json::Object> run_line(const BatchLine& line, Visit& visit) {
    visit.give(PassEntered{line.pass});
    STIMME_TRY(const Choosing* const choosing, visit.expect<Choosing>());
    STIMME_TRY(auto selections, resolve(visit.polling().layouts.at(choosing->style), line.wish));
    visit.give(Chosen{std::move(selections)});
    visit.give(Confirmed{});
    STIMME_CHECK(visit.expect<Deciding>());
    return finish_visit(visit, line.then, line.receipt);
}

Result<json::Object> run_text(std::string& text, Visit& visit) {
    auto line = parse_batch_line(text);
    wipe(text);
    if (!line) return std::move(line).error();
    return run_line(*line, visit);
}

}  // namespace

Result<BatchLine> parse_batch_line(std::string_view text) {
    STIMME_TRY(const json::Value value, json::parse(text));
    const auto* const line = value.get<json::Object>();
    if (line == nullptr) return invalid("batch-line-invalid", "each line is one JSON object");
    json::Problems problems;
    json::Fields in(value, problems);
    const std::string pass = in.text("pass", 64);
    BatchLine result{
        {}, read_wish(*line, in), static_cast<Then>(in.one_of("then", {"cast", "challenge"})), {}};
    if (in.has("receipt")) result.receipt = in.text("receipt");
    in.finish();
    STIMME_CHECK(problems.status("batch-line-invalid"));
    STIMME_TRY(result.pass, pass::parse_pass(pass));
    return result;
}

Result<json::Object> finish_visit(Visit& visit, Then then,
                                  const std::optional<std::filesystem::path>& receipt) {
    STIMME_TRY(const Deciding* const deciding, visit.expect<Deciding>());
    json::Object answer{{"tracking_code", to_hex(deciding->ballot.tracking_code())},
                        {"index", deciding->index}};
    if (then == Then::cast) return finish_cast(visit, std::move(answer), receipt);
    return finish_test(visit, std::move(answer), receipt);
}

Status run_batch(std::istream& in, const Polling& polling, Random& random, Server& server,
                 const session::Patience& patience, const Visit::Watcher& watcher, cli::Output& out) {
    cli::Progress progress(out, "Ballots");
    std::uint64_t number = 0, done = 0, failed = 0;
    for (std::string text; std::getline(in, text);) {
        ++number;
        if (text.empty()) continue;
        Visit visit(polling, random, server, patience, watcher);
        auto answer = run_text(text, visit);
        if (answer) {
            out.raw(json::canonical(*answer) + "\n");
            progress.at(++done);
            continue;
        }
        const Error error = std::move(answer).error().at(fmt::format("line {}", number));
        if (error.kind == ErrorKind::unavailable) return error;
        ++failed;
        out.note(fmt::format("{} ({})", error.message, error.code));
        out.raw(json::canonical(
                    json::Object{{"line", number},
                                 {"error", json::Object{{"code", error.code}, {"message", error.message}}}}) +
                "\n");
    }
    out.note(fmt::format("{} ballots done, {} failed", done, failed));
    if (failed != 0)
        return conflict("batch-incomplete", fmt::format("{} of {} ballots failed", failed, done + failed));
    return {};
}

}  // namespace stimme::booth
