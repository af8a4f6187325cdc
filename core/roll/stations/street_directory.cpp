#include "core/roll/stations/street_directory.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/roll/search/fold.h"

namespace stimme::roll {
namespace {

constexpr std::array<std::string_view, 3> sides = {"alle", "gerade", "ungerade"};

// An umlaut with its mark: composed, or a letter and a combining mark behind it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> umlauts = {
    std::pair<std::string_view, std::string_view>{"ä", "ae"},
    {"ö", "oe"},
    {"ü", "ue"},
    {"Ä", "Ae"},
    {"Ö", "Oe"},
    {"Ü", "Ue"},
    {"\u0308", "e"}};

std::string with_umlauts_spelled(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto* umlaut = std::find_if(umlauts.begin(), umlauts.end(), [&](const auto& spelling) {
            return text.substr(i).starts_with(spelling.first);
        });
        if (umlaut == umlauts.end()) {
            result += text[i++];
        } else {
            result += umlaut->second;
            i += umlaut->first.size();
        }
    }
    return result;
}

HouseNumber first_of(const StreetRule& rule) {
    return rule.from.value_or(HouseNumber{});
}

// A number without a letter ends behind all of its letters.
HouseNumber last_of(const StreetRule& rule) {
    constexpr char behind_z = 'z' + 1;
    if (!rule.to) return {max_house_number, behind_z};
    return {rule.to->number, rule.to->letter == 0 ? behind_z : rule.to->letter};
}

bool on_side(std::uint32_t number, Side side) {
    return side == Side::all || (number % 2 == 0) == (side == Side::even);
}

bool is_whole_street(const StreetRule& rule) {
    return !rule.from && !rule.to && rule.side == Side::all;
}

bool covers(const StreetRule& rule, const std::optional<HouseNumber>& number, std::string_view postcode) {
    if (!rule.postcode.empty() && rule.postcode != postcode) return false;
    if (!number) return is_whole_street(rule);
    return first_of(rule) <= *number && *number <= last_of(rule) && on_side(number->number, rule.side);
}

bool postcodes_meet(const StreetRule& a, const StreetRule& b) {
    return a.postcode.empty() || b.postcode.empty() || a.postcode == b.postcode;
}

}  // namespace

std::string_view to_string(Side side) {
    return sides[static_cast<std::size_t>(side)];
}

std::optional<Side> side_named(std::string_view name) {
    if (name.empty()) return Side::all;
    const auto* found = std::find(sides.begin(), sides.end(), name);
    if (found == sides.end()) return std::nullopt;
    return static_cast<Side>(found - sides.begin());
}

std::string street_key(std::string_view street) {
    constexpr std::string_view written_out = "strasse";
    constexpr std::size_t short_size = 3;
    std::string key = fold(with_umlauts_spelled(street));
    for (std::size_t at = 0; (at = key.find(written_out, at)) != std::string::npos; at += short_size)
        key.erase(at + short_size, written_out.size() - short_size);
    return key;
}

bool overlap(const StreetRule& a, const StreetRule& b) {
    if (!postcodes_meet(a, b)) return false;
    if (a.side != Side::all && b.side != Side::all && a.side != b.side) return false;
    HouseNumber first = std::max(first_of(a), first_of(b));
    const Side side = a.side == Side::all ? b.side : a.side;
    if (!on_side(first.number, side)) first = {first.number + 1, 0};
    return first <= std::min(last_of(a), last_of(b));
}

std::string range_of(const StreetRule& rule) {
    std::string result = "the whole street";
    if (rule.from && rule.to) {
        result = fmt::format("{} to {}", to_string(*rule.from), to_string(*rule.to));
    } else if (rule.from) {
        result = fmt::format("{} and further", to_string(*rule.from));
    } else if (rule.to) {
        result = fmt::format("up to {}", to_string(*rule.to));
    }
    if (rule.side != Side::all) result += fmt::format(" ({})", to_string(rule.side));
    if (!rule.postcode.empty()) result += fmt::format(", {}", rule.postcode);
    return result;
}

StreetDirectory::StreetDirectory(std::vector<StreetRule> rules) : rules_(std::move(rules)) {
    for (std::size_t i = 0; i < rules_.size(); ++i)
        by_street_[street_key(rules_[i].street)].push_back(static_cast<std::uint32_t>(i));
}

// Along each street, a rule is compared with those that haven't ended where it begins.
std::vector<StreetDirectory::Conflict> StreetDirectory::conflicts() const {
    std::map<std::size_t, std::size_t> first;  // the later rule -> the earliest that it contradicts
    for (const auto& entry : by_street_) {
        std::vector<std::uint32_t> along = entry.second;
        std::stable_sort(along.begin(), along.end(), [&](std::uint32_t a, std::uint32_t b) {
            return first_of(rules_[a]) < first_of(rules_[b]);
        });
        std::vector<std::uint32_t> open;
        for (const std::uint32_t next : along) {
            std::erase_if(open, [&](auto i) { return last_of(rules_[i]) < first_of(rules_[next]); });
            for (const std::uint32_t i : open) {
                if (rules_[i].station == rules_[next].station || !overlap(rules_[i], rules_[next])) continue;
                const auto [earlier, later] = std::minmax(i, next);
                const auto at = first.emplace(later, earlier).first;
                at->second = std::min<std::size_t>(at->second, earlier);
            }
            open.push_back(next);
        }
    }
    std::vector<Conflict> result;
    for (const auto& [later, earlier] : first) result.push_back({later, earlier});
    return result;
}

std::string_view StreetDirectory::station_of(std::string_view street, std::string_view house_number,
                                             std::string_view postcode) const {
    if (street.empty()) return {};
    const auto found = by_street_.find(street_key(street));
    if (found == by_street_.end()) return {};
    const auto number = house_number_of(house_number);
    for (const std::uint32_t i : found->second) {
        if (covers(rules_[i], number, postcode)) return rules_[i].station;
    }
    return {};
}

}  // namespace stimme::roll
