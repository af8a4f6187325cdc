#include "core/roll/register.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/roll/csv.h"
#include "core/roll/register_row.h"

namespace stimme::roll {
namespace {

constexpr std::size_t max_problems = 1000;
constexpr std::size_t piece_bytes = std::size_t{256} << 10;

// A person's number and the line on which it stands.
struct Seen {
    std::array<char, 16> number{};
    std::uint32_t line = 0;
    auto operator<=>(const Seen&) const = default;

    Seen(const std::string& text, std::size_t at) : line(static_cast<std::uint32_t>(at)) {
        std::memcpy(number.data(), text.data(), std::min(text.size(), number.size()));
    }
    std::string text() const { return {number.data(), ::strnlen(number.data(), number.size())}; }
};

Error empty_register() {
    return invalid("register-empty",
                   "the register is empty; right is a first line with the names of the columns");
}

bool looks_like_utf16(const std::vector<std::string>& header) {
    return std::any_of(header.begin(), header.end(),
                       [](const std::string& name) { return name.find('\0') != std::string::npos; });
}

}  // namespace

std::string to_string(const BadLine& bad) {
    if (bad.column.empty()) return fmt::format("line {}: {}", bad.line, bad.message);
    return fmt::format("line {}, {}: \"{}\": {}", bad.line, bad.column, bad.value, bad.message);
}

Status Reading::status() const {
    if (problem_count == 0) return {};
    std::string message;
    for (const BadLine& bad : problems) {
        if (!message.empty()) message += '\n';
        message += to_string(bad);
    }
    if (problem_count > problems.size())
        message += fmt::format("\nand {} further problems", problem_count - problems.size());
    return invalid("register-invalid", std::move(message));
}

Status Reading::suffices_for(const election::EligibilityRules& rules) const {
    if (marks_resettlers || !rules.mentions(election::Group::resettler)) return {};
    return invalid("register-columns-missing",
                   fmt::format("columns are missing: \"{}\"; the rules of this election name resettlers",
                               header_of(Column::resettler)));
}

class RegisterReader::State {
  public:
    explicit State(Sink sink)
        : sink_(std::move(sink)),
          csv_([this](std::size_t line, std::vector<std::string>& fields) { take(line, fields); },
               [this](std::size_t line, std::string_view message) { refuse(line, message); }) {}

    void feed(ByteView bytes) {
        if (!failed_) csv_.feed(bytes);
    }

    Result<Reading> finish() {
        if (!failed_) csv_.finish();
        if (failed_) return *std::move(failed_);
        if (!columns_) return empty_register();
        note_repeated();
        std::stable_sort(reading_.problems.begin(), reading_.problems.end(),
                         [](const BadLine& a, const BadLine& b) { return a.line < b.line; });
        return std::move(reading_);
    }

  private:
    void take(std::size_t line, std::vector<std::string>& fields) {
        if (failed_) return;
        if (!columns_) {
            take_header(fields);
        } else {
            take_person(line, fields);
        }
    }

    void refuse(std::size_t line, std::string_view message) {
        if (columns_) return note({line, "", "", std::string(message)});
        if (!failed_) failed_ = invalid("register-header-invalid", fmt::format("line {}: {}", line, message));
    }

    void take_header(std::vector<std::string>& header) {
        if (looks_like_utf16(header)) {
            failed_ =
                invalid("register-encoding", "the register is in UTF-16; right is UTF-8 or Windows-1252");
            return;
        }
        const bool utf8 = std::all_of(header.begin(), header.end(), is_utf8);
        reading_.encoding = utf8 ? Encoding::utf8 : Encoding::windows_1252;
        decoder_ = Decoder(reading_.encoding);
        for (std::string& name : header) decoder_.decode(name);
        auto columns = Columns::from_header(header);
        if (!columns) {
            failed_ = std::move(columns).error();
            return;
        }
        columns_ = *columns;
        header_ = header;
        reading_.marks_resettlers = columns_->has(Column::resettler);
    }

    void take_person(std::size_t line, std::vector<std::string>& fields) {
        const std::size_t before = reading_.problem_count;
        if (fields.size() != columns_->width()) {
            note({line, "", "",
                  fmt::format("{} fields; right is {}, as in the header", fields.size(), columns_->width())});
            return;
        }
        decode(line, fields);
        if (reading_.problem_count != before) return;
        Person person =
            read_row(*columns_, fields, [&](Column column, const std::string& value, auto message) {
                note({line, std::string(header_of(column)), shown(value), std::move(message)});
            });
        if (!person.number.empty()) seen_.emplace_back(person.number, line);
        if (reading_.problem_count != before) return;
        ++reading_.people;
        sink_(std::move(person));
    }

    void decode(std::size_t line, std::vector<std::string>& fields) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (!decoder_.decode(fields[i]))
                note({line, header_[i], shown(fields[i]),
                      fmt::format("right is text in {}", to_string(reading_.encoding))});
        }
    }

    void note_repeated() {
        std::sort(seen_.begin(), seen_.end());
        for (std::size_t i = 1, first = 0; i < seen_.size(); ++i) {
            if (seen_[i].number != seen_[first].number) {
                first = i;
            } else {
                note({seen_[i].line, std::string(header_of(Column::number)), seen_[i].text(),
                      fmt::format("right is each number once; it stands in line {} already",
                                  seen_[first].line)});
            }
        }
    }

    void note(BadLine bad) {
        ++reading_.problem_count;
        if (reading_.problems.size() < max_problems) reading_.problems.push_back(std::move(bad));
    }

    Sink sink_;
    std::optional<Error> failed_;
    std::optional<Columns> columns_;
    std::vector<std::string> header_;
    Decoder decoder_{Encoding::utf8};
    std::vector<Seen> seen_;
    Reading reading_;
    CsvReader csv_;
};

RegisterReader::RegisterReader(Sink sink) : state_(std::make_unique<State>(std::move(sink))) {}

RegisterReader::~RegisterReader() = default;

void RegisterReader::feed(ByteView bytes) {
    state_->feed(bytes);
}

Result<Reading> RegisterReader::finish() {
    return state_->finish();
}

Result<Reading> read_register(ByteView content, RegisterReader::Sink sink) {
    RegisterReader reader(std::move(sink));
    reader.feed(content);
    return reader.finish();
}

Result<Reading> read_register_file(const std::filesystem::path& path, RegisterReader::Sink sink) {
    std::ifstream file(path, std::ios::binary);
    if (!file && !std::filesystem::exists(path))
        return not_found("file-missing", fmt::format("there is no file {}", path.string()));
    RegisterReader reader(std::move(sink));
    Bytes piece(piece_bytes);
    while (file) {
        file.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
        reader.feed(ByteView(piece).first(static_cast<std::size_t>(file.gcount())));
    }
    if (!file.eof()) return unavailable("file-unreadable", fmt::format("cannot read {}", path.string()));
    return reader.finish();
}

Result<Register> load_register(ByteView content) {
    Register result;
    STIMME_TRY(result.reading,
               read_register(content, [&](Person&& person) { result.people.push_back(std::move(person)); }));
    return result;
}

}  // namespace stimme::roll
