#include "core/roll/register/register.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/roll/register/csv.h"
#include "core/roll/register/field_decoder.h"
#include "core/roll/register/register_row.h"

namespace stimme::roll {
namespace {

constexpr std::size_t piece_bytes = std::size_t{256} << 10;

Error empty_register() {
    return invalid("register-empty",
                   "the register is empty; right is a first line with the names of the columns");
}

}  // namespace

std::string to_string(const BadLine& bad) {
    if (bad.column.empty()) return fmt::format("line {}: {}", bad.line, bad.message);
    return fmt::format("line {}, {}: \"{}\": {}", bad.line, bad.column, bad.value, bad.message);
}

std::string to_string(const WrittenAs& written_as) {
    const std::string_view delimiter = written_as.delimiter == ';'   ? "semicolons"
                                       : written_as.delimiter == ',' ? "commas"
                                                                     : "tabs";
    return fmt::format("{}{}, {}, {}", to_string(written_as.encoding),
                       written_as.byte_order_mark ? " with byte order mark" : "", delimiter,
                       written_as.carriage_returns ? "CRLF" : "LF");
}

Status status_of(std::string code, const std::vector<BadLine>& problems, std::size_t count) {
    if (count == 0) return {};
    std::string message;
    for (const BadLine& bad : problems) {
        if (!message.empty()) message += '\n';
        message += to_string(bad);
    }
    if (count > problems.size()) message += fmt::format("\nand {} further problems", count - problems.size());
    return invalid(std::move(code), std::move(message));
}

Status Reading::status() const {
    return status_of("register-invalid", problems, problem_count);
}

Status Reading::suffices_for(const election::EligibilityRules& rules) const {
    std::vector<std::string_view> missing;
    if (!marks_resettlers && rules.mentions(election::Group::resettler))
        missing.push_back(header_of(Column::resettler));
    if (!tells_residence_status && !rules.except_status.empty())
        missing.push_back(header_of(Column::residence_status));
    if (missing.empty()) return {};
    return invalid("register-columns-missing",
                   fmt::format("columns are missing: \"{}\"; the rules of this election ask for them",
                               fmt::join(missing, "\", \"")));
}

class RegisterReader::State {
  public:
    State(Sink sink, RegisterFormat format)
        : sink_(std::move(sink)),
          format_(std::move(format)),
          csv_([this](std::size_t line, std::vector<std::string>& fields) { take(line, fields); },
               [this](std::size_t line, std::string_view message) { refuse(line, message); },
               format_.delimiter) {}

    void feed(ByteView bytes) {
        if (!failed_) csv_.feed(bytes);
    }

    Result<Reading> finish() {
        if (!failed_) csv_.finish();
        if (failed_) return *std::move(failed_);
        if (!columns_) return empty_register();
        reading_.written_as = {decoder_.encoding(), csv_.delimiter(), csv_.byte_order_mark(),
                               csv_.carriage_returns()};
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
        if (columns_) return note_unnamed({line, "", "", std::string(message)});
        if (!failed_) failed_ = invalid("register-header-invalid", fmt::format("line {}: {}", line, message));
    }

    void take_header(std::vector<std::string>& header) {
        if (looks_like_utf16(header)) {
            failed_ =
                invalid("register-encoding", "the register is in UTF-16; right is UTF-8 or Windows-1252");
            return;
        }
        if (format_.encoding) {
            decoder_.tell(*format_.encoding);
        } else if (csv_.byte_order_mark()) {
            decoder_.tell(Encoding::utf8);
        }
        header_.assign(header.size(), "");
        decode(1, header);
        auto columns = Columns::from_header(header, format_.columns);
        if (!columns) {
            failed_ = std::move(columns).error();
            return;
        }
        columns_ = *columns;
        header_ = header;
        reading_.marks_resettlers = columns_->has(Column::resettler);
        reading_.tells_residence_status = columns_->has(Column::residence_status);
    }

    void take_person(std::size_t line, std::vector<std::string>& fields) {
        const std::size_t before = reading_.problem_count;
        if (fields.size() != columns_->width()) {
            note_unnamed(
                {line, "", "",
                 fmt::format("{} fields; right is {}, as in the header", fields.size(), columns_->width())});
            return;
        }
        decode(line, fields);
        const bool decoded = reading_.problem_count == before;
        note_number(line, columns_->of(fields, Column::number));
        if (!decoded) return;
        translate(fields);
        Person person =
            read_row(*columns_, fields, [&](Column column, const std::string& value, auto message) {
                note({line, name_of(column), shown(value), std::move(message)});
            });
        if (reading_.problem_count != before) return;
        ++reading_.people;
        sink_(std::move(person));
    }

    void note_number(std::size_t line, const std::string& number) {
        if (!is_person_number(number)) {
            ++reading_.unnamed_lines;
            return;
        }
        const auto first = reading_.numbers.note(number, static_cast<std::uint32_t>(line));
        if (!first) return;
        note({line, name_of(Column::number), number,
              fmt::format("right is each number once; it stands in line {} already", *first)});
    }

    void decode(std::size_t line, std::vector<std::string>& fields) {
        decoder_.decode(fields, [&](std::size_t place, const std::string& value, std::string message) {
            note({line, header_[place], shown(value), std::move(message)});
        });
    }

    // What our values are called in this office becomes our values.
    void translate(std::vector<std::string>& fields) const {
        for (const auto& [column, words] : format_.values) {
            const auto& place = columns_->place(column);
            if (!place) continue;
            const auto word = words.find(fields[*place]);
            if (word != words.end()) fields[*place] = word->second;
        }
    }

    // As this register calls that column.
    std::string name_of(Column column) const {
        const auto& place = columns_->place(column);
        return place ? header_[*place] : std::string(header_of(column));
    }

    void note_unnamed(BadLine bad) {
        ++reading_.unnamed_lines;
        note(std::move(bad));
    }

    void note(BadLine bad) {
        ++reading_.problem_count;
        if (reading_.problems.size() < max_problems) reading_.problems.push_back(std::move(bad));
    }

    Sink sink_;
    const RegisterFormat format_;
    std::optional<Error> failed_;
    std::optional<Columns> columns_;
    std::vector<std::string> header_;
    FieldDecoder decoder_;
    Reading reading_;
    CsvReader csv_;
};

RegisterReader::RegisterReader(Sink sink, RegisterFormat format)
    : state_(std::make_unique<State>(std::move(sink), std::move(format))) {}

RegisterReader::~RegisterReader() = default;

void RegisterReader::feed(ByteView bytes) {
    state_->feed(bytes);
}

Result<Reading> RegisterReader::finish() {
    return state_->finish();
}

Result<Reading> read_register(ByteView content, RegisterReader::Sink sink, RegisterFormat format) {
    RegisterReader reader(std::move(sink), std::move(format));
    reader.feed(content);
    return reader.finish();
}

Result<Reading> read_register_file(const std::filesystem::path& path, RegisterReader::Sink sink,
                                   RegisterFormat format, const BytesRead& read) {
    std::ifstream file(path, std::ios::binary);
    if (!file && !std::filesystem::exists(path))
        return not_found("file-missing", fmt::format("there is no file {}", path.string()));
    RegisterReader reader(std::move(sink), std::move(format));
    Bytes piece(piece_bytes);
    std::uint64_t total = 0;
    while (file) {
        file.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
        const auto got = static_cast<std::size_t>(file.gcount());
        reader.feed(ByteView(piece).first(got));
        total += got;
        if (read) read(total);
    }
    if (!file.eof()) return unavailable("file-unreadable", fmt::format("cannot read {}", path.string()));
    return reader.finish();
}

Result<Register> load_register(ByteView content, RegisterFormat format) {
    Register result;
    const auto keep = [&](Person&& person) { result.people.push_back(std::move(person)); };
    STIMME_TRY(result.reading, read_register(content, keep, std::move(format)));
    return result;
}

}  // namespace stimme::roll
