// Errors as values. A function that can fail for a reason outside this program returns Result<T>; a mistake
// of our own is an assertion. An Error says what kind of failure it is (which decides HTTP status and exit
// code), carries a stable code for programs, and a sentence for people that names the place and what would be
// right.
//
// Thread rule: plain values, no shared state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace stimme {

enum class ErrorKind {
    invalid,      // the input is wrong; asking again with the same input can't succeed
    not_found,    // what was asked for does not exist
    conflict,     // it was right, but the state of things doesn't allow it (already checked in, polls closed)
    forbidden,    // the asker may not do this
    unavailable,  // try again later: disk full, network gone, server stopping
    corrupt,      // stored or published data contradicts itself
    internal,     // a mistake of this program
};

struct [[nodiscard]] Error {
    ErrorKind kind;
    std::string code;     // stable, lower case with hyphens, e.g. "point-not-on-curve"; part of the API
    std::string message;  // one sentence for a person

    // The same error with its place in front of the message: "contests/0: ...".
    Error at(std::string_view place) && {
        message.insert(0, std::string(place) + ": ");
        return std::move(*this);
    }
    Error at(std::string_view place) const& { return Error(*this).at(place); }
};

inline Error invalid(std::string code, std::string message) {
    return {ErrorKind::invalid, std::move(code), std::move(message)};
}
inline Error not_found(std::string code, std::string message) {
    return {ErrorKind::not_found, std::move(code), std::move(message)};
}
inline Error conflict(std::string code, std::string message) {
    return {ErrorKind::conflict, std::move(code), std::move(message)};
}
inline Error forbidden(std::string code, std::string message) {
    return {ErrorKind::forbidden, std::move(code), std::move(message)};
}
inline Error unavailable(std::string code, std::string message) {
    return {ErrorKind::unavailable, std::move(code), std::move(message)};
}
inline Error corrupt(std::string code, std::string message) {
    return {ErrorKind::corrupt, std::move(code), std::move(message)};
}
inline Error internal(std::string code, std::string message) {
    return {ErrorKind::internal, std::move(code), std::move(message)};
}

// The error of a check of published or stored data: whatever was wrong with it, the data is corrupt. A
// failure to get at the data stays what it is.
inline Error unverified(Error error) {
    if (error.kind != ErrorKind::unavailable && error.kind != ErrorKind::internal)
        error.kind = ErrorKind::corrupt;
    return error;
}

// Either a T or an Error. `*result` and `result->` REQUIRE success, `error()` REQUIRES failure.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : value_(std::move(value)) {}
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const { return value_.has_value(); }
    explicit operator bool() const { return ok(); }

    T& operator*() & { return value_.value(); }
    const T& operator*() const& { return value_.value(); }
    T&& operator*() && { return std::move(value_).value(); }
    T* operator->() { return &value_.value(); }
    const T* operator->() const { return &value_.value(); }

    const Error& error() const& { return error_.value(); }
    Error&& error() && { return std::move(error_).value(); }

  private:
    // Exactly one of them holds. Not a variant, which takes far longer to compile for each T.
    std::optional<T> value_;
    std::optional<Error> error_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const { return !error_.has_value(); }
    explicit operator bool() const { return ok(); }

    const Error& error() const& { return error_.value(); }
    Error&& error() && { return std::move(error_).value(); }

  private:
    std::optional<Error> error_;
};

using Status = Result<void>;

// The value of a check of published or stored data.
template <class T>
Result<T> verified(Result<T> result) {
    if (result) return result;
    return unverified(std::move(result).error());
}

}  // namespace stimme

#define STIMME_JOIN_(a, b) a##b
#define STIMME_JOIN(a, b) STIMME_JOIN_(a, b)

// STIMME_TRY(auto value, may_fail()): the value, or return the error from the enclosing function.
#define STIMME_TRY(declaration, expression)                              \
    auto STIMME_JOIN(stimme_result_, __LINE__) = (expression);           \
    if (!STIMME_JOIN(stimme_result_, __LINE__))                          \
        return std::move(STIMME_JOIN(stimme_result_, __LINE__)).error(); \
    declaration = *std::move(STIMME_JOIN(stimme_result_, __LINE__))

// STIMME_CHECK(may_fail()): go on, or return the error from the enclosing function.
#define STIMME_CHECK(expression)                                                                        \
    do {                                                                                                \
        if (auto stimme_status = (expression); !stimme_status) return std::move(stimme_status).error(); \
    } while (false)
