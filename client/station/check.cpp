#include "client/station/check.h"

#include <algorithm>
#include <ctime>
#include <istream>

#include <fmt/format.h>

#include "client/station/fictitious_voter.h"
#include "client/words/words.h"
#include "core/base/file.h"

namespace stimme::station {
namespace {

using words::Language;

constexpr std::string_view verdict_names[] = {"ok", "warning", "failed"};

std::string_view name_of(Verdict verdict) {
    return verdict_names[static_cast<std::size_t>(verdict)];
}

std::tm local(TimePoint time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm result = {};
    ::localtime_r(&seconds, &result);
    return result;
}

print::Day day_of(const std::tm& time) {
    return std::chrono::year(time.tm_year + 1900) / (time.tm_mon + 1) / time.tm_mday;
}

// "Українська: Перепустка для голосування", or the election's title where Stimme has no words.
std::string sample_line(const std::string& tag, const election::Titles& titles) {
    if (const auto language = Language::find(tag))
        return fmt::format("  {}: {}", language->name_in_itself(), words::say(*language, "Voting pass"));
    const auto title = titles.find(tag);
    return fmt::format("  {}: {}", tag, title == titles.end() ? "?" : title->second);
}

std::string station_name(const election::ValidDefinition& definition, const SignerId& id) {
    const election::Holder* const holder = definition.holder(id);
    if (holder == nullptr || !holder->station) return id.str();
    const election::Station* const station = definition.station(*holder->station);
    return fmt::format("{}, {} ({})", station->name, station->address, id.str());
}

}  // namespace

StationCheck::StationCheck(const CheckOptions& options, const session::RoleFolder& folder,
                           Surroundings& surroundings, Result<std::unique_ptr<printer::Printer>> printer,
                           cli::Context& context)
    : options_(options),
      folder_(folder),
      surroundings_(surroundings),
      printer_(std::move(printer)),
      context_(context) {}

void StationCheck::run() {
    check_screen();
    check_connection();
    if (auto pinned = folder_.pinned_definition(); pinned) definition_ = *std::move(pinned);
    check_program();
    if (definition_) {
        check_fonts(*definition_);
        check_certificate(*definition_);
        check_voter(*definition_);
    } else {
        add({std::string(say("Wahl", "Election")), Verdict::failed,
             std::string(say("Dieser Rechner kennt seine Wahl noch nicht.",
                             "This machine doesn't know its election yet.")),
             std::string(say("Einmal mit dem Server verbinden.", "Connect it with the server once."))});
    }
    check_printer();
    print_report();
}

void StationCheck::check_screen() {
    const Terminal terminal = surroundings_.terminal();
    add(judge_characters(terminal, options_.tongue));
    add(judge_size(terminal, options_.tongue));
    add(judge_kind(terminal, options_.tongue));
}

void StationCheck::check_fonts(const election::ValidDefinition& definition) {
    for (const std::string& tag : definition->languages)
        context_.out.note(sample_line(tag, definition->titles));
    const bool legible = confirms(say("Sind alle Zeilen lesbar, ohne Kästchen und Fragezeichen?",
                                      "Can you read every line, without "
                                      "boxes and question marks?"));
    CheckLine line{
        std::string(say("Schriften", "Scripts")), Verdict::ok,
        std::string(say("Alle Sprachen der Wahl sind lesbar.", "All languages of the election can be read.")),
        ""};
    if (!legible)
        line = {line.what, Verdict::failed,
                std::string(say("Nicht alle Sprachen der Wahl sind lesbar.",
                                "Not all languages of the election can be read.")),
                std::string(say("Den Kiosk mit DejaVu Sans Mono und Noto einrichten (docs/kiosk.md).",
                                "Set up the kiosk with DejaVu Sans Mono and Noto (docs/kiosk.md)."))};
    add(std::move(line));
}

void StationCheck::check_connection() {
    const auto connection = surroundings_.connect();
    const TimePoint now = context_.clock.now();
    add(judge_connection(connection, options_.tongue));
    if (connection) add(judge_clock(connection->server_time, now, options_.tongue));
}

void StationCheck::check_certificate(const election::ValidDefinition& definition) {
    Result<crypto::CertificateDates> dates = unavailable("file-missing", "");
    if (const auto pem = read_file(folder_.file("cert.pem")); pem) {
        dates = crypto::certificate_dates(as_text(*pem));
    } else {
        dates = pem.error();
    }
    const auto closes = parse_time(definition->calendar.polls_close);
    add(judge_certificate(dates, *closes, context_.clock.now(), options_.tongue));
}

void StationCheck::check_program() {
    std::string published;
    if (!options_.expect.empty()) {
        auto read = read_published_hash(options_.expect);
        if (!read)
            return add_failure(say("Programm", "Program"), read.error(),
                               say("--expect richtig angeben.", "Give --expect rightly."));
        published = *std::move(read);
    }
    add(judge_program(surroundings_.program_hash(), published, options_.tongue));
}

void StationCheck::check_printer() {
    const std::string_view what = say("Drucker", "Printer");
    const std::string_view advice = say("Papier, Strom und Kabel prüfen; dann die Prüfung wiederholen.",
                                        "Check paper, power and cable; then repeat the check.");
    if (!printer_) return add_failure(what, printer_.error(), advice);
    const std::string code = "STIMMEYZ" + to_base32(context_.random.bytes<5>());
    context_.out.note(say("Eine Testseite wird gedruckt ...", "A test page is being printed ..."));
    const auto printed = (*printer_)->print(print::TestPage{where(), code});
    if (!printed) return add_failure(what, printed.error(), advice);
    prints_ = true;
    const std::string name = (*printer_)->name();
    if (!confirms(say("Ist die Testseite vollständig und gut lesbar?",
                      "Is the test page complete and easy to read?")))
        return add({std::string(what), Verdict::failed,
                    fmt::format(fmt::runtime(say("{} druckt nicht gut.", "{} prints badly.")), name),
                    std::string(advice)});
    add({std::string(what), Verdict::ok, fmt::format(fmt::runtime(say("{} druckt.", "{} prints.")), name),
         ""});
    check_scanner(code);
}

void StationCheck::check_scanner(const std::string& printed) {
    if (options_.yes)
        return add(
            {std::string(say("Scanner", "Scanner")), Verdict::warning,
             std::string(
                 say("Nicht geprüft: es ist niemand da, der scannt.", "Not tried: there is nobody to scan.")),
             std::string(say("Die Prüfung ohne --yes wiederholen.", "Repeat the check without --yes."))});
    context_.out.note(say("Den QR-Code der Testseite scannen (ohne Scanner: Eingabetaste):",
                          "Scan the QR code of the test page (without a scanner: Enter):"));
    std::string typed;
    std::getline(context_.in, typed);
    typed.erase(typed.find_last_not_of(" \t\r") + 1);
    add(judge_scan(printed, typed, options_.tongue));
}

void StationCheck::check_voter(const election::ValidDefinition& definition) {
    const std::string_view what = say("Erfundene Person", "Fictitious voter");
    const auto rehearsal = rehearse(definition, context_.random);
    if (!rehearsal)
        return add_failure(what, rehearsal.error(),
                           say("Diesen Rechner nicht verwenden.", "Don't use this machine."));
    add({std::string(what), Verdict::ok,
         fmt::format(
             fmt::runtime(say("Vom Einchecken bis zum geprüften Stimmzettel: {} Stimmzettel, je höchstens "
                              "{} ms.",
                              "From check-in to a challenged ballot: {} ballots, at most {} ms each.")),
             rehearsal->ballots, rehearsal->longest.count()),
         ""});
}

void StationCheck::print_report() {
    if (!prints_) return;
    const std::tm now = local(context_.clock.now());
    const auto printed = (*printer_)->print(
        print::CheckReport{where(), fmt::format("{:02}:{:02}", now.tm_hour, now.tm_min), lines_});
    if (!printed)
        add_failure(say("Bericht", "Report"), printed.error(),
                    say("Die Prüfung wiederholen.", "Repeat the check."));
}

void StationCheck::add(CheckLine line) {
    context_.out.line(fmt::format("{:<8} {}: {}", name_of(line.verdict), line.what, line.found));
    if (!line.advice.empty()) context_.out.line("         -> " + line.advice);
    context_.out.flush();
    lines_.push_back(std::move(line));
}

void StationCheck::add_failure(std::string_view what, const Error& error, std::string_view advice) {
    add({std::string(what), Verdict::failed, fmt::format("{} ({})", error.message, error.code),
         std::string(advice)});
}

bool StationCheck::confirms(std::string_view question) {
    if (options_.yes) return true;
    for (;;) {
        context_.out.note(fmt::format("{} {}", question, say("[j/n]", "[y/n]")));
        std::string answer;
        if (!std::getline(context_.in, answer)) return false;
        const char first = answer.empty() ? ' ' : answer.front();
        if (first == 'j' || first == 'J' || first == 'y' || first == 'Y') return true;
        if (first == 'n' || first == 'N') return false;
    }
}

print::StationOnPaper StationCheck::where() const {
    const print::Day today = day_of(local(context_.clock.now()));
    if (!definition_) return {{}, folder_.profile().id.str(), today};
    return {(*definition_)->titles, station_name(*definition_, folder_.profile().id), today};
}

json::Object to_json(const std::vector<CheckLine>& lines) {
    json::Array checks;
    for (const CheckLine& line : lines)
        checks.push_back(json::Object{{"what", line.what},
                                      {"verdict", name_of(line.verdict)},
                                      {"found", line.found},
                                      {"advice", line.advice}});
    return {{"ready", verdict_of(lines).ok()}, {"checks", std::move(checks)}};
}

Status verdict_of(const std::vector<CheckLine>& lines) {
    std::string failed;
    for (const CheckLine& line : lines) {
        if (line.verdict == Verdict::failed) failed += (failed.empty() ? "" : ", ") + line.what;
    }
    if (failed.empty()) return {};
    return conflict("station-not-ready", "this machine isn't ready: " + failed);
}

}  // namespace stimme::station
