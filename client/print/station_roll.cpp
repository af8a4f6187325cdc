#include "client/print/station_roll.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/print/letter.h"
#include "client/print/table.h"
#include "client/words/dates.h"

namespace stimme::print {
namespace {

using words::Language;

constexpr double row_height = 8.5;
constexpr double closing_height = 62;
constexpr double box_side = 4.5;

enum Place : std::size_t { running, number, family, given, born, address, style, note, voted, remark };

std::vector<Column> columns() {
    return {{"Lfd. Nr.", 12, Align::end},   {"Nummer", 22},    {"Familienname", 46}, {"Vornamen", 42},
            {"Geburts-\njahr", 15},         {"Anschrift", 54}, {"Stimmzettel", 21},  {"Vermerk", 25},
            {"Gewählt", 14, Align::centre}, {"Bemerkung", 22}};
}

std::string place_line(const PollingPlace& place) {
    std::string result = "Wahlraum ";
    for (const std::string* part : {&place.number, &place.name, &place.address}) {
        if (!part->empty()) result += (result.back() == ' ' ? "" : ", ") + one_line(*part);
    }
    return result;
}

std::string address_of(const StationVoter& voter) {
    const auto* open = std::get_if<Address>(&voter.address);
    if (open == nullptr) return "Auskunftssperre";
    const std::string street = street_line(*open);
    const std::string city = city_line(*open);
    return street.empty() || city.empty() ? street + city : street + ", " + city;
}

std::string note_of(const StationVoter& voter) {
    std::string result = one_line(voter.note);
    if (voter.standing == Standing::entered) return result;
    const std::string_view said =
        voter.standing == Standing::admitted ? "nachträglich aufgenommen" : "gestrichen";
    return result.empty() ? std::string(said) : fmt::format("{}; {}", said, result);
}

class StationRollPrinter {
  public:
    StationRollPrinter(Canvas& canvas, const StationRoll& roll, std::span<const StationVoter> voters)
        : canvas_(canvas), roll_(roll), voters_(voters), table_(canvas, look()) {}

    void print() {
        table_.print(
            voters_.size(), [&](std::size_t row, std::span<const Box> cells) { draw_row(row, cells); },
            [&](double y) { draw_closing(y); });
    }

  private:
    TableLook look() const {
        const Language german = Language::german();
        return {"Wählerverzeichnis",
                {one_line(title_in(roll_.election.titles, german)), place_line(roll_.station),
                 fmt::format("Wahltag: {}. Eingetragene Personen: {}. {}, Stand {}.",
                             words::date_with_weekday(german, roll_.election.day), voters_.size(),
                             one_line(roll_.authority), words::date(german, roll_.dated))},
                columns(),
                row_height,
                closing_height};
    }

    void draw_row(std::size_t row, std::span<const Box> cells) {
        const StationVoter& voter = voters_[row];
        const bool struck = voter.standing == Standing::struck_off;
        const Style plain = {.size = 8.5, .grey = struck ? 0.35 : 0.0};
        Style bold = plain;
        bold.face = Face::bold;
        Style figure = plain;
        figure.align = Align::end;
        table_.write(std::to_string(row + 1), cells[running], figure);
        table_.write(one_line(voter.number), cells[number], plain);
        table_.write(one_line(voter.name.family), cells[family], bold);
        table_.write(one_line(voter.name.given), cells[given], plain);
        if (voter.birth_year) table_.write(std::to_string(*voter.birth_year), cells[born], plain);
        table_.write(address_of(voter), cells[address], plain);
        table_.write(one_line(voter.style), cells[style], plain);
        table_.write(note_of(voter), cells[note], {.size = 8});
        struck ? cross_out(cells) : draw_box(cells[voted]);
        draw_column_lines(cells);
    }

    void cross_out(std::span<const Box> cells) {
        const double y = cells[running].y + row_height / 2;
        canvas_.line(cells[running].x, y, cells[style].right(), y, 0.35);
        canvas_.line(cells[voted].x, y, cells[voted].right(), y, 0.35);
    }

    void draw_box(const Box& cell) {
        canvas_.frame(
            {cell.x + (cell.width - box_side) / 2, cell.y + (cell.height - box_side) / 2, box_side, box_side},
            0.35);
    }

    void draw_column_lines(std::span<const Box> cells) {
        for (const Box& cell : cells) canvas_.line(cell.x, cell.y, cell.x, cell.bottom(), 0.05);
        canvas_.line(cells.back().right(), cells.back().y, cells.back().right(), cells.back().bottom(), 0.05);
    }

    std::size_t count(Standing standing) const {
        return static_cast<std::size_t>(
            std::count_if(voters_.begin(), voters_.end(),
                          [&](const StationVoter& voter) { return voter.standing == standing; }));
    }

    void draw_closing(double y) {
        const std::size_t struck = count(Standing::struck_off);
        const std::string totals = fmt::format(
            "Eingetragene Personen: {}\ndavon nachträglich aufgenommen: {}\ndavon gestrichen: "
            "{}\nWahlberechtigt: "
            "{}",
            voters_.size(), count(Standing::admitted), struck, voters_.size() - struck);
        const double left = (canvas_.page_width() - 273) / 2;
        canvas_.write(totals, {left, y + 3, 90, 18}, {.size = 9, .face = Face::bold});
        canvas_.write("Zahl der Stimmabgabevermerke in diesem Verzeichnis:", {left + 110, y + 3, 110, 5},
                      {.size = 9, .face = Face::bold});
        canvas_.line(left + 222, y + 8, left + 273, y + 8);
        sign("Ort, Datum, Uhrzeit", left, y + 34);
        sign("Wahlvorsteherin oder Wahlvorsteher", left + 95, y + 34);
        sign("Schriftführerin oder Schriftführer", left + 190, y + 34);
        for (int i = 0; i < 3; ++i) sign("Beisitzerin oder Beisitzer", left + 95 * i, y + 54);
    }

    void sign(std::string_view who, double x, double y) {
        canvas_.line(x, y, x + 83, y);
        canvas_.write(who, {x, y + 0.5, 83, 5}, {.size = 8});
    }

    Canvas& canvas_;
    const StationRoll& roll_;
    std::span<const StationVoter> voters_;
    Table table_;
};

}  // namespace

Result<Printed> print_station_roll(const std::filesystem::path& path, const StationRoll& roll,
                                   std::span<const StationVoter> voters) {
    STIMME_TRY(Canvas canvas,
               Canvas::create(Orientation::landscape, {"Wählerverzeichnis, " + place_line(roll.station),
                                                       one_line(roll.authority), roll.dated}));
    StationRollPrinter(canvas, roll, voters).print();
    return std::move(canvas).save(path);
}

}  // namespace stimme::print
