#include "client/print/inspection_list.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/print/letter.h"
#include "client/print/table.h"
#include "client/words/dates.h"

namespace stimme::print {
namespace {

using words::Language;

constexpr double row_height = 7;
constexpr double closing_height = 8;
constexpr double born_width = 22;

std::vector<Column> columns(bool with_birth_year) {
    std::vector<Column> result = {{"Lfd. Nr.", 14, Align::end},
                                  {"Nummer", 34},
                                  {"Familienname", 70},
                                  {"Vornamen", with_birth_year ? 62 - born_width : 62}};
    if (with_birth_year) result.push_back({"Geburtsjahr", born_width});
    return result;
}

TableLook look_of(const InspectionList& list, bool with_birth_year) {
    const Language german = Language::german();
    return {"Wählerverzeichnis zur Einsichtnahme",
            {one_line(title_in(list.election.titles, german)),
             fmt::format("{}, Stand {}. Einsicht vom {} bis zum {}.", one_line(list.authority),
                         words::date(german, list.dated), words::date(german, list.from),
                         words::date(german, list.until)),
             "Personen mit Auskunftssperre sind nicht aufgeführt."},
            columns(with_birth_year),
            row_height,
            closing_height};
}

void draw_row(Table& table, std::size_t place, const ListedPerson& person, std::span<const Box> cells) {
    const Style plain = {.size = 9};
    table.write(std::to_string(place + 1), cells[0], {.size = 9, .align = Align::end});
    table.write(one_line(person.number), cells[1], plain);
    table.write(one_line(person.name.family), cells[2], {.size = 9, .face = Face::bold});
    table.write(one_line(person.name.given), cells[3], plain);
    if (person.birth_year) table.write(std::to_string(*person.birth_year), cells[4], plain);
}

}  // namespace

std::optional<InspectionRow> InspectionRow::of(ListedPerson person, bool register_block) {
    if (register_block) return std::nullopt;
    return InspectionRow(std::move(person));
}

Result<Printed> print_inspection_list(const std::filesystem::path& path, const InspectionList& list,
                                      std::span<const InspectionRow> rows) {
    const bool with_birth_year = std::any_of(rows.begin(), rows.end(), [](const InspectionRow& row) {
        return row.person().birth_year.has_value();
    });
    TableLook look = look_of(list, with_birth_year);
    STIMME_TRY(Canvas canvas,
               Canvas::create(Orientation::portrait, {look.title, one_line(list.authority), list.dated}));
    Table table(canvas, std::move(look));
    table.print(
        rows.size(),
        [&](std::size_t row, std::span<const Box> cells) { draw_row(table, row, rows[row].person(), cells); },
        [&](double y) {
            canvas.write(fmt::format("Aufgeführte Personen: {}", rows.size()), {15, y + 2, 100, 5},
                         {.size = 9});
        });
    return std::move(canvas).save(path);
}

}  // namespace stimme::print
