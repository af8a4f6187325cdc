// Records of a CSV file as registers export it: fields parted by semicolons, commas or tabs, RFC 4180
// quoting, lines that end with LF or CRLF, perhaps a byte order mark at the start. The delimiter is told or
// detected: it is the one of the three that stands most often in the first line, outside of quotation marks.
// It knows bytes only; the encoding is its caller's matter. A line that can't be split is told with its
// number and skipped, and the next line is read as if it weren't there. Empty lines are counted, but are no
// records. Memory: twice 16 KiB, the most a record may have.
//
// The splitting into fields is libcsv's, in its strict mode.
//
// Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace stimme::roll {

class CsvReader {
  public:
    // The line on which a record begins, from 1, and its fields without quotes and outer blanks. The callee
    // may change the fields.
    using Record = std::function<void(std::size_t line, std::vector<std::string>& fields)>;
    // A line that can't be split, and why.
    using Refusal = std::function<void(std::size_t line, std::string_view message)>;

    CsvReader(Record record, Refusal refusal, std::optional<char> delimiter = {});
    ~CsvReader();

    // The next bytes of the file, in pieces of any size.
    void feed(ByteView bytes);
    // The file is over. REQUIRES: called once, and nothing is fed afterwards.
    void finish();

    // How the file is written; known when the first record has come.
    char delimiter() const { return delimiter_.value_or(';'); }
    bool byte_order_mark() const { return byte_order_mark_; }
    bool carriage_returns() const { return carriage_returns_; }

  private:
    class Splitter;
    struct Line {
        std::size_t number;
        std::string text;  // with its line break
    };

    void end_line();
    void settle(bool over);
    void refuse_first(std::string_view message);
    void try_record();

    Record record_;
    Refusal refusal_;
    std::optional<char> delimiter_;
    bool byte_order_mark_ = false;
    bool carriage_returns_ = false;
    std::unique_ptr<Splitter> splitter_;
    Line current_{1, {}};  // being fed
    bool overlong_ = false;
    std::deque<Line> waiting_;  // complete, not looked at yet
    std::deque<Line> open_;     // of one record, which goes on while the quotation marks are odd in number
    std::size_t open_bytes_ = 0;
    std::size_t open_quotes_ = 0;
};

// A field as such a file writes it, in quotation marks where it needs them (RFC 4180, with semicolons).
std::string csv_field(std::string_view text);

}  // namespace stimme::roll
