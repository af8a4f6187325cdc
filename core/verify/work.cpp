#include "core/verify/work.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/verify/parallel.h"

namespace stimme::verify {

std::optional<Part> Work::part_of(const Unit& unit, bool ours, const CheckUnit& check) const {
    if (parts_ != nullptr) {
        if (auto known = parts_->find(unit)) return known;
    }
    if (!ours) return std::nullopt;
    Part part = check(unit.begin, unit.end);
    if (parts_ != nullptr && !part.unchecked) parts_->add(unit, part);
    return part;
}

std::optional<std::vector<Part>> Work::run(const std::string& name, std::uint64_t items, std::uint64_t unit,
                                           const CheckUnit& check, Report& report,
                                           std::initializer_list<const char*> numbers) {
    const std::size_t units = range_count(items, unit);
    std::vector<std::optional<Part>> found(units);
    for_ranges(threads_, items, unit, [&](unsigned, std::size_t i, std::uint64_t begin, std::uint64_t end) {
        const bool ours = i * shard_.of / units + 1 == shard_.number;
        found[i] = part_of({name, begin, end}, ours, check);
        advance_(end - begin, items, name);
    });
    std::vector<Part> parts;
    std::uint64_t checked = 0;
    for (std::size_t i = 0; i < units; ++i) {
        if (!found[i]) continue;
        checked += std::min(unit, items - i * unit);
        parts.push_back(*std::move(found[i]));
    }
    for (const char* number : numbers) {
        Check& about = report[number];
        about.count(checked);
        for (const Part& part : parts) {
            if (part.unchecked) about.not_checkable(part.unchecked->message);
            if (const auto findings = part.checks.find(number); findings != part.checks.end())
                about.fail(findings->second);
        }
        if (parts.size() < units) {
            about.not_checkable(fmt::format("{} of {} of {} were checked: merge the parts of all shards",
                                            checked, items, name));
        }
    }
    if (parts.size() < units) return std::nullopt;
    return parts;
}

}  // namespace stimme::verify
