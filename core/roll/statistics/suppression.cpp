#include "core/roll/statistics/suppression.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace stimme::roll {
namespace {

using Cost = std::uint64_t;
constexpr Cost unreachable = std::numeric_limits<Cost>::max();

// A figure of the table, as a line between the points of its row and its column.
struct Cell {
    std::size_t row;
    Figure figure;

    bool operator==(const Cell&) const = default;
};

// A table, whose last row is the total, while figures are left out.
class Grid {
  public:
    Grid(const StatisticsTable& table, const Figures& full_total, const Figures& total,
         std::uint64_t threshold)
        : threshold_(threshold) {
        for (const StatisticsRow& row : table.rows) add_row(row.figures);
        add_row(full_total);
        for (const Figure figure : all_figures) {
            if (!total[figure]) hide({total_row(), figure});
        }
    }

    void protect() {
        hide_small();
        do {
            close_circles();
        } while (hide_for_sums());
    }

    bool hidden(Cell cell) const { return hidden_[place(cell)]; }

  private:
    // Points are the rows, and behind them the columns.
    using Point = std::size_t;

    static std::size_t place(Cell cell) {
        return cell.row * figure_count + static_cast<std::size_t>(cell.figure);
    }
    std::size_t total_row() const { return values_.size() / figure_count - 1; }
    Point column(Figure figure) const { return total_row() + 1 + static_cast<std::size_t>(figure); }
    std::size_t point_count() const { return total_row() + 1 + figure_count; }

    void add_row(const Figures& row) {
        for (const Figure figure : all_figures) {
            values_.push_back(row[figure].value_or(0));
            hidden_.push_back(false);
        }
    }

    void hide(Cell cell) { hidden_[place(cell)] = true; }

    // What it costs to go along that line: nothing where it is left out already, and no way where it must
    // stay.
    Cost cost(Cell cell) const {
        if (hidden(cell)) return 0;
        const Cost value = values_[place(cell)];
        return value == 0 || cell.row == total_row() ? unreachable : value;
    }

    void hide_small() {
        for (std::size_t row = 0; row < total_row(); ++row) {
            for (const Figure figure : all_figures) {
                const Cost value = values_[place({row, figure})];
                if (value > 0 && value < threshold_) hide({row, figure});
            }
        }
    }

    // A circle that is closed leaves no new figure without one, so one turn is enough.
    void close_circles() {
        for (std::size_t row = 0; row <= total_row(); ++row) {
            for (const Figure figure : all_figures) {
                if (hidden({row, figure})) hide_circle({row, figure});
            }
        }
    }

    void hide_circle(Cell cell) {
        for (const Cell step : cheapest_way(cell)) hide(step);
    }

    // From the cell's column to its row without the cell itself (Dijkstra).
    std::vector<Cell> cheapest_way(Cell cell) const {
        using Reached = std::pair<Cost, Point>;
        std::vector<Cost> costs(point_count(), unreachable);
        std::vector<std::optional<Cell>> last_steps(point_count());
        std::priority_queue<Reached, std::vector<Reached>, std::greater<>> next;
        costs[column(cell.figure)] = 0;
        next.emplace(0, column(cell.figure));
        while (!next.empty()) {
            const auto [reached, point] = next.top();
            next.pop();
            if (point == cell.row) break;
            if (reached > costs[point]) continue;
            for (const Cell step : steps_from(point)) {
                const Point there = point == step.row ? column(step.figure) : step.row;
                const Cost added = cost(step);
                if (step == cell || added == unreachable || reached + added >= costs[there]) continue;
                costs[there] = reached + added;
                last_steps[there] = step;
                next.emplace(costs[there], there);
            }
        }
        return way_to(cell.row, last_steps);
    }

    std::vector<Cell> steps_from(Point point) const {
        std::vector<Cell> result;
        if (point <= total_row()) {
            for (const Figure figure : all_figures) result.push_back({point, figure});
        } else {
            const Figure figure = all_figures[point - total_row() - 1];
            for (std::size_t row = 0; row <= total_row(); ++row) result.push_back({row, figure});
        }
        return result;
    }

    std::vector<Cell> way_to(Point point, const std::vector<std::optional<Cell>>& last_steps) const {
        std::vector<Cell> result;
        while (const auto& step = last_steps[point]) {
            result.push_back(*step);
            point = point == step->row ? column(step->figure) : step->row;
        }
        return result;
    }

    // Whether more had to be left out, because what is left out of a column was small together.
    bool hide_for_sums() {
        bool changed = false;
        for (const Figure figure : all_figures) {
            while (sum_is_small(figure)) {
                const auto smallest = smallest_to_hide(figure);
                if (!smallest) break;
                hide(*smallest);
                changed = true;
            }
        }
        return changed;
    }

    // Where the total is left out, too, nobody knows the sum.
    bool sum_is_small(Figure figure) const {
        if (hidden({total_row(), figure})) return false;
        Cost sum = 0;
        for (std::size_t row = 0; row < total_row(); ++row) {
            if (hidden({row, figure})) sum += values_[place({row, figure})];
        }
        return sum > 0 && sum < threshold_;
    }

    // The smallest figure that is published and for which a circle can be closed.
    std::optional<Cell> smallest_to_hide(Figure figure) const {
        std::optional<Cell> smallest;
        for (std::size_t row = 0; row < total_row(); ++row) {
            const Cell cell{row, figure};
            if (hidden(cell) || cost(cell) == unreachable) continue;
            if (smallest && cost(cell) >= cost(*smallest)) continue;
            if (!cheapest_way(cell).empty()) smallest = cell;
        }
        return smallest;
    }

    std::uint64_t threshold_;
    std::vector<Cost> values_;  // row by row
    std::vector<bool> hidden_;
};

// The total is the same in all tables, so what is left out of it is decided first. A small figure alone would
// be the difference of the others; then the number of all people goes too, since that of the voters stands in
// the record of the election.
Figures suppressed_total(const Figures& total, std::uint64_t threshold) {
    Figures result = total;
    bool some = false;
    for (const Figure figure : all_figures) {
        const Cost value = total[figure].value_or(0);
        if (value == 0 || value >= threshold) continue;
        result.leave_out(figure);
        some = true;
    }
    if (some) result.leave_out(Figure::all);
    return result;
}

}  // namespace

Statistics suppressed(const Statistics& statistics, std::uint64_t threshold) {
    Statistics result = statistics;
    result.total = suppressed_total(statistics.total, threshold);
    for (StatisticsTable& table : result.tables) {
        Grid grid(table, statistics.total, result.total, threshold);
        grid.protect();
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            for (const Figure figure : all_figures) {
                if (grid.hidden({row, figure})) table.rows[row].figures.leave_out(figure);
            }
        }
    }
    return result;
}

}  // namespace stimme::roll
