// Reading a resident register: CSV with semicolons and a header line, UTF-8 or Windows-1252, line by line and
// with memory for one line only (and 20 bytes a person, to find numbers that occur twice). Everything that is
// wrong is noted with line, column, value and what would be right, and reading goes on, so that one pass
// names all of it. Whoever imports refuses a register with problems as a whole.
//
// The encoding is told by the header, whose names need more than ASCII: valid UTF-8 there means UTF-8, and
// then a line that isn't is a bad line, not a guess.
//
// Thread rule: a RegisterReader belongs to one thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/election/eligibility_rules.h"
#include "core/roll/encoding.h"
#include "core/roll/person.h"

namespace stimme::roll {

struct BadLine {
    std::size_t line;     // from 1, the header counts
    std::string column;   // as in the header; "" is the line as a whole
    std::string value;    // what stands there, at most 100 bytes
    std::string message;  // what would be right

    bool operator==(const BadLine&) const = default;
};

// `line 12, Geburtsdatum: "31.02.1970": right is a day ...`.
std::string to_string(const BadLine& bad);

// What reading a register found out.
struct Reading {
    std::size_t people = 0;         // good lines
    std::vector<BadLine> problems;  // by line; the first 1,000
    std::size_t problem_count = 0;  // all of them
    Encoding encoding = Encoding::utf8;
    bool marks_resettlers = false;  // it has the column "Spätaussiedler"

    // Success, or register-invalid, whose message has a line for each problem.
    Status status() const;
    // Whether the register can answer what these rules ask. Errors: register-columns-missing.
    Status suffices_for(const election::EligibilityRules& rules) const;
};

class RegisterReader {
  public:
    // Gets each good line as it is read. Numbers that occur twice are known only at the end, so what it did
    // counts only when the Reading has no problems.
    using Sink = std::function<void(Person&&)>;

    explicit RegisterReader(Sink sink);
    ~RegisterReader();

    // The next bytes of the file, in pieces of any size.
    void feed(ByteView bytes);

    // REQUIRES: called once, and nothing is fed afterwards. Errors: register-empty (no header line),
    // register-encoding (UTF-16), register-header-invalid, register-columns-missing, register-column-twice.
    Result<Reading> finish();

  private:
    class State;
    std::unique_ptr<State> state_;
};

// A register in memory. Errors: those of finish().
Result<Reading> read_register(ByteView content, RegisterReader::Sink sink);

// A register file, read in pieces. Errors: also file-missing, file-unreadable.
Result<Reading> read_register_file(const std::filesystem::path& path, RegisterReader::Sink sink);

// Everyone in memory, for small registers.
struct Register {
    std::vector<Person> people;
    Reading reading;
};
Result<Register> load_register(ByteView content);

}  // namespace stimme::roll
