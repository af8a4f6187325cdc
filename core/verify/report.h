// What the verifier found: a verdict for every check there is (docs/verification.md). A check that nobody
// concluded is `not checkable`, so a verifier that stops early can't report success.
//
// Thread rule: a Report belongs to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/verify/checks.h"

namespace stimme::verify {

enum class Verdict { passed, failed, not_checkable };
std::string_view to_string(Verdict verdict);

struct Failure {
    std::string place;    // `entry 17`, `ballots/city/standard, ballot 3`
    std::string code;     // of the error
    std::string message;  // a sentence, down to contest, option and equation
    bool operator==(const Failure&) const = default;
};

constexpr std::size_t kept_failures = 10'000;  // of a check: the first are kept, all are counted
constexpr std::size_t shown_failures = 10;     // of these in a text

// What failed of one check.
struct Findings {
    std::uint64_t failed = 0;
    std::vector<Failure> first;  // at most kept_failures

    void add(Failure failure);
    void add(Findings later);
    bool operator==(const Findings&) const = default;
};

class Check {
  public:
    explicit Check(const CheckInfo& info) : info_(&info) {}

    // So many things were looked at.
    void count(std::uint64_t items = 1) { count_ += items; }
    void fail(std::string place, const Error& error);
    void fail(Failure failure) { findings_.add(std::move(failure)); }
    void fail(Findings findings) { findings_.add(std::move(findings)); }
    // Everything that this check is about was looked at: passed, unless something failed.
    void done() { done_ = true; }
    // Something that it needs isn't there. A failure weighs more.
    void not_checkable(std::string reason);

    const CheckInfo& info() const { return *info_; }
    Verdict verdict() const;
    std::uint64_t counted() const { return count_; }
    std::uint64_t failed() const { return findings_.failed; }
    const std::vector<Failure>& failures() const { return findings_.first; }
    // Why it couldn't be checked; empty for other verdicts.
    std::string reason() const;
    bool asked() const { return info_->needed == Needed::always || asked_; }
    // The caller brought what this check compares.
    void ask() { asked_ = true; }

  private:
    const CheckInfo* info_;
    std::uint64_t count_ = 0;
    Findings findings_;
    std::string reason_;
    bool done_ = false;
    bool asked_ = false;
};

class Report {
  public:
    Report();

    // REQUIRES: there is a check of that number.
    Check& operator[](std::string_view number);
    const Check& operator[](std::string_view number) const;
    const std::vector<Check>& checks() const { return checks_; }

    // Marks every check of `chapter` ("V6.") that isn't concluded.
    void chapter_not_checkable(std::string_view chapter, const std::string& reason);

    // Every check of `chapter` ("V6.") has passed.
    bool chapter_passed(std::string_view chapter) const;

    // Something to be read or compared by people: h_E, participation of a station, ...
    void fact(std::string name, std::string value);
    const std::vector<std::pair<std::string, std::string>>& facts() const { return facts_; }

    // No check failed; others may not have been checkable.
    bool without_failure() const;
    // Every check that is needed has passed: only then has the election been verified.
    bool complete() const;
    // Every needed check of chapters 1 … `chapter` has passed.
    bool complete_up_to(unsigned chapter) const;

    json::Object to_json() const;
    // A line for each check, with the first failures below it.
    std::string to_text() const;

  private:
    std::vector<Check> checks_;
    std::vector<std::pair<std::string, std::string>> facts_;
};

}  // namespace stimme::verify
