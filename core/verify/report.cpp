#include "core/verify/report.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <span>

#include <fmt/format.h>

namespace stimme::verify {
namespace {

unsigned chapter_of(const Check& check) {
    const std::string_view number = check.info().number.substr(1);
    unsigned chapter = 0;
    std::from_chars(number.data(), number.data() + number.size(), chapter);
    return chapter;
}

bool holds(const Check& check) {
    return !check.asked() || check.verdict() == Verdict::passed;
}

json::Object to_json(const Failure& failure) {
    return {{"place", failure.place}, {"code", failure.code}, {"message", failure.message}};
}

json::Object to_json(const Check& check) {
    json::Array first;
    for (const Failure& failure : check.failures()) first.emplace_back(to_json(failure));
    json::Object out{{"number", check.info().number}, {"sentence", check.info().sentence},
                     {"needed", check.asked()},       {"verdict", to_string(check.verdict())},
                     {"count", check.counted()},      {"failed", check.failed()},
                     {"failures", std::move(first)}};
    if (check.verdict() == Verdict::not_checkable) out.set("reason", check.reason());
    return out;
}

std::string to_text(const Check& check) {
    std::string text = fmt::format("{:<6} {:<13} {:>9}  {}\n", check.info().number,
                                   to_string(check.verdict()), check.counted(), check.info().sentence);
    if (check.verdict() == Verdict::not_checkable) text += fmt::format("{:32}{}\n", "", check.reason());
    const auto shown = std::span(check.failures()).first(std::min(check.failures().size(), shown_failures));
    for (const Failure& failure : shown) {
        text += fmt::format("{:32}{}: {} ({})\n", "", failure.place, failure.message, failure.code);
    }
    const std::uint64_t more = check.failed() - shown.size();
    if (more != 0) text += fmt::format("{:32}and {} more\n", "", more);
    return text;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::passed:
            return "passed";
        case Verdict::failed:
            return "failed";
        case Verdict::not_checkable:
            return "not checkable";
    }
    return "";
}

void Findings::add(Failure failure) {
    ++failed;
    if (first.size() < kept_failures) first.push_back(std::move(failure));
}

void Findings::add(Findings later) {
    failed += later.failed;
    for (Failure& failure : later.first) {
        if (first.size() < kept_failures) first.push_back(std::move(failure));
    }
}

void Check::fail(std::string place, const Error& error) {
    fail(Failure{std::move(place), error.code, error.message});
}

void Check::not_checkable(std::string reason) {
    if (reason_.empty()) reason_ = std::move(reason);
}

Verdict Check::verdict() const {
    if (failed() != 0) return Verdict::failed;
    return done_ && reason_.empty() ? Verdict::passed : Verdict::not_checkable;
}

std::string Check::reason() const {
    if (verdict() != Verdict::not_checkable) return {};
    return reason_.empty() ? "an earlier check failed" : reason_;
}

Report::Report() {
    for (const CheckInfo& info : verify::checks()) checks_.emplace_back(info);
}

Check& Report::operator[](std::string_view number) {
    const auto found = std::find_if(checks_.begin(), checks_.end(),
                                    [&](const Check& check) { return check.info().number == number; });
    assert(found != checks_.end());
    return *found;
}

const Check& Report::operator[](std::string_view number) const {
    return const_cast<Report&>(*this)[number];
}

void Report::chapter_not_checkable(std::string_view chapter, const std::string& reason) {
    for (Check& check : checks_) {
        if (check.info().number.starts_with(chapter) && check.verdict() != Verdict::passed) {
            check.not_checkable(reason);
        }
    }
}

bool Report::chapter_passed(std::string_view chapter) const {
    return std::all_of(checks_.begin(), checks_.end(), [&](const Check& check) {
        return !check.info().number.starts_with(chapter) || check.verdict() == Verdict::passed;
    });
}

void Report::fact(std::string name, std::string value) {
    facts_.emplace_back(std::move(name), std::move(value));
}

bool Report::without_failure() const {
    return std::none_of(checks_.begin(), checks_.end(),
                        [](const Check& check) { return check.verdict() == Verdict::failed; });
}

bool Report::complete() const {
    return without_failure() && std::all_of(checks_.begin(), checks_.end(), holds);
}

bool Report::complete_up_to(unsigned chapter) const {
    return std::all_of(checks_.begin(), checks_.end(),
                       [&](const Check& check) { return chapter_of(check) > chapter || holds(check); });
}

json::Object Report::to_json() const {
    json::Array checks, facts;
    for (const Check& check : checks_) checks.emplace_back(verify::to_json(check));
    for (const auto& [name, value] : facts_) {
        facts.emplace_back(json::Object{{"name", name}, {"value", value}});
    }
    return {{"format", "stimme-verification/1"},
            {"complete", complete()},
            {"without_failure", without_failure()},
            {"checks", std::move(checks)},
            {"facts", std::move(facts)}};
}

std::string Report::to_text() const {
    std::string text;
    for (const auto& [name, value] : facts_) text += fmt::format("{}: {}\n", name, value);
    text += "\n";
    for (const Check& check : checks_) {
        if (check.asked()) text += verify::to_text(check);
    }
    text += complete()           ? "\nEverything that must exist exists and is right.\n"
            : !without_failure() ? "\nThe record is WRONG.\n"
                                 : "\nNothing is wrong, but not everything could be checked.\n";
    return text;
}

}  // namespace stimme::verify
