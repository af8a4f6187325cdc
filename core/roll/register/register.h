// Reading a resident register: CSV with a header line, UTF-8 or Windows-1252, line by line and with memory
// for one line only (and 28 bytes a person, to find numbers that occur twice). Everything that is wrong
// is noted with line, column, value and what would be right, and reading goes on, so that one pass names all
// of it. Whoever imports refuses a register with problems as a whole, or takes its good lines and says so.
//
// What the format leaves open is detected: the delimiter by the header (core/roll/register/csv.h), the
// encoding by the first line that has more than ASCII (valid UTF-8 there means UTF-8; from then on a line
// that isn't is a bad line, not a guess). A byte order mark means UTF-8.
//
// Thread rule: a RegisterReader belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/election/eligibility_rules.h"
#include "core/roll/register/encoding.h"
#include "core/roll/register/person.h"
#include "core/roll/register/register_format.h"
#include "core/roll/register/seen_numbers.h"

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

// As many of them are kept and told.
constexpr std::size_t max_problems = 1000;
// Success where `count`, the number of all, is 0; else an `invalid` error of that code with a line for each.
Status status_of(std::string code, const std::vector<BadLine>& problems, std::size_t count);

// How a register was written down, told or detected.
struct WrittenAs {
    Encoding encoding = Encoding::utf8;
    char delimiter = ';';
    bool byte_order_mark = false;
    bool carriage_returns = false;

    bool operator==(const WrittenAs&) const = default;
};
// "UTF-8 with byte order mark, semicolons, CRLF".
std::string to_string(const WrittenAs& written_as);

// What reading a register found out.
struct Reading {
    std::size_t people = 0;         // good lines
    std::vector<BadLine> problems;  // by line; the first 1,000
    std::size_t problem_count = 0;  // all of them
    WrittenAs written_as;
    bool marks_resettlers = false;        // it has the column "Spätaussiedler"
    bool tells_residence_status = false;  // it has the column "Aufenthaltsstatus"
    SeenNumbers numbers;                  // also those of bad lines
    std::size_t unnamed_lines =
        0;  // bad lines that tell no number: whoever they are about isn't in `numbers`

    // Success, or register-invalid, whose message has a line for each problem.
    Status status() const;
    // Whether the register can answer what these rules ask. Errors: register-columns-missing.
    Status suffices_for(const election::EligibilityRules& rules) const;
};

class RegisterReader {
  public:
    // Gets each good line as it is read; a line whose number stood in an earlier one is bad. Whether the
    // register is good as a whole is known at the end.
    using Sink = std::function<void(Person&&)>;

    explicit RegisterReader(Sink sink, RegisterFormat format = {});
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
Result<Reading> read_register(ByteView content, RegisterReader::Sink sink, RegisterFormat format = {});

// Gets the bytes read so far, now and then.
using BytesRead = std::function<void(std::uint64_t)>;

// A register file, read in pieces. Errors: also file-missing, file-unreadable.
Result<Reading> read_register_file(const std::filesystem::path& path, RegisterReader::Sink sink,
                                   RegisterFormat format = {}, const BytesRead& read = {});

// Everyone in memory, for small registers.
struct Register {
    std::vector<Person> people;
    Reading reading;
};
Result<Register> load_register(ByteView content, RegisterFormat format = {});

}  // namespace stimme::roll
