#include "core/roll/register/csv.h"

#include <algorithm>
#include <array>
#include <utility>

#include <csv.h>

namespace stimme::roll {
namespace {

constexpr std::size_t max_record = std::size_t{16} << 10;
constexpr std::string_view mark = "\xEF\xBB\xBF";

constexpr std::string_view too_long = "the line is longer than 16 KiB; right is one line for each person";
constexpr std::string_view never_closed = "a quotation mark is opened and not closed";
constexpr std::string_view stray_quote =
    "a quotation mark stands amid a field; right is the whole field in marks, and those inside it doubled";
constexpr std::string_view stray_return =
    "a carriage return stands amid the line; right is one only at its end";

// The first of those that occur most often outside of quotation marks.
char delimiter_of(std::string_view header) {
    constexpr std::string_view candidates = ";,\t";
    std::array<std::size_t, candidates.size()> counts{};
    bool quoted = false;
    for (const char c : header) {
        if (c == '"') quoted = !quoted;
        const std::size_t which = candidates.find(c);
        if (!quoted && which != std::string_view::npos) ++counts[which];
    }
    return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                               counts.begin())];
}

}  // namespace

// libcsv for one record at a time.
class CsvReader::Splitter {
  public:
    explicit Splitter(char delimiter) : delimiter_(delimiter) { start(); }
    Splitter(const Splitter&) = delete;
    Splitter& operator=(const Splitter&) = delete;
    ~Splitter() { csv_free(&parser_); }

    // Fills fields() and rows(); false when the quoting is wrong.
    bool split(std::string_view record) {
        count_ = rows_ = 0;
        const bool whole =
            csv_parse(&parser_, record.data(), record.size(), on_field, on_row, this) == record.size() &&
            csv_fini(&parser_, on_field, on_row, this) == 0;
        if (!whole) {
            csv_free(&parser_);
            start();
        }
        fields_.resize(count_);
        return whole;
    }

    std::vector<std::string>& fields() { return fields_; }
    std::size_t rows() const { return rows_; }

  private:
    void start() {
        csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_delim(&parser_, static_cast<unsigned char>(delimiter_));
    }
    static void on_field(void* bytes, std::size_t size, void* self) {
        static_cast<Splitter*>(self)->add({static_cast<const char*>(bytes), size});
    }
    // Most records have as many fields as the one before, whose memory is used again.
    void add(std::string_view field) {
        if (count_ == fields_.size()) fields_.emplace_back();
        fields_[count_++] = field;
    }
    static void on_row(int, void* self) { ++static_cast<Splitter*>(self)->rows_; }

    const char delimiter_;
    csv_parser parser_{};
    std::vector<std::string> fields_;
    std::size_t count_ = 0;
    std::size_t rows_ = 0;
};

CsvReader::CsvReader(Record record, Refusal refusal, std::optional<char> delimiter)
    : record_(std::move(record)), refusal_(std::move(refusal)), delimiter_(delimiter) {}

CsvReader::~CsvReader() = default;

void CsvReader::feed(ByteView bytes) {
    std::string_view text = as_text(bytes);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view piece = text.substr(0, end == std::string_view::npos ? end : end + 1);
        overlong_ = overlong_ || current_.text.size() + piece.size() > max_record;
        if (!overlong_) current_.text += piece;
        if (end != std::string_view::npos) end_line();
        text.remove_prefix(piece.size());
    }
}

void CsvReader::finish() {
    if (overlong_ || !current_.text.empty()) end_line();
    settle(true);
}

void CsvReader::end_line() {
    Line line = std::exchange(current_, {current_.number + 1, {}});
    if (line.number == 1) {
        byte_order_mark_ = line.text.starts_with(mark);
        if (byte_order_mark_) line.text.erase(0, mark.size());
        carriage_returns_ = line.text.ends_with("\r\n");
    }
    if (std::exchange(overlong_, false)) {
        settle(true);
        refusal_(line.number, too_long);
        return;
    }
    waiting_.push_back(std::move(line));
    settle(false);
}

// Takes what waits, line by line, until it needs more. `over`: no more will come.
void CsvReader::settle(bool over) {
    while (true) {
        if (!open_.empty() && open_quotes_ % 2 == 0) {
            try_record();
        } else if (!open_.empty() && (open_bytes_ > max_record || (over && waiting_.empty()))) {
            refuse_first(never_closed);
        } else if (waiting_.empty()) {
            return;
        } else {
            const std::string& text = waiting_.front().text;
            open_bytes_ += text.size();
            open_quotes_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '"'));
            open_.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
    }
}

void CsvReader::try_record() {
    std::string joined = std::move(open_.front().text);
    for (std::size_t i = 1; i < open_.size(); ++i) joined += open_[i].text;
    if (!splitter_) {
        if (!delimiter_) delimiter_ = delimiter_of(joined);
        splitter_ = std::make_unique<Splitter>(*delimiter_);
    }
    if (!splitter_->split(joined)) return refuse_first(stray_quote);
    if (splitter_->rows() > 1) return refuse_first(stray_return);
    const std::size_t number = open_.front().number;
    open_.clear();
    open_bytes_ = open_quotes_ = 0;
    if (splitter_->rows() == 1) record_(number, splitter_->fields());
}

// The lines after the first wait again: its open quotation mark must not swallow them.
void CsvReader::refuse_first(std::string_view message) {
    const std::size_t number = open_.front().number;
    open_.pop_front();
    waiting_.insert(waiting_.begin(), std::make_move_iterator(open_.begin()),
                    std::make_move_iterator(open_.end()));
    open_.clear();
    open_bytes_ = open_quotes_ = 0;
    refusal_(number, message);
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(";\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char character : text) {
        if (character == '"') quoted += '"';
        quoted += character;
    }
    return quoted + '"';
}

}  // namespace stimme::roll
