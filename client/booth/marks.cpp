#include "client/booth/marks.h"

#include <algorithm>

#include "core/ballot/marks.h"
#include "core/crypto/secret.h"

namespace stimme::booth {

Marks::Marks(std::shared_ptr<const ballot::Layout> layout) : layout_(std::move(layout)) {
    for (const ballot::ContestLayout& contest : layout_->contests()) values_.emplace_back(contest.positions);
}

Marks& Marks::operator=(Marks&& other) noexcept {
    if (this == &other) return *this;
    wipe();
    layout_ = std::move(other.layout_);
    values_ = std::move(other.values_);
    return *this;
}

Marks::~Marks() {
    wipe();
}

void Marks::wipe() {
    for (auto& values : values_) crypto::wipe(values.data(), values.size() * sizeof(values[0]));
}

Marks::Refusal Marks::give(std::size_t at, std::size_t option) {
    const election::Contest& rules = contest(at);
    if (is_invalid(at) || is_blank(at)) return Refusal::set_aside;
    if (values_[at][option] >= rules.max_value(option)) return Refusal::most_for_option;
    if (rules.weight(option) > left(at)) return Refusal::no_votes_left;
    ++values_[at][option];
    return Refusal::none;
}

Marks::Refusal Marks::give_list(std::size_t at, std::string_view list) {
    if (is_invalid(at) || is_blank(at)) return Refusal::set_aside;
    const unsigned before = left(at);
    if (before == 0) return Refusal::no_votes_left;
    ballot::give_rest_to_list(contest(at), list, std::vector<bool>(values_[at].size()), values_[at]);
    return left(at) == before ? Refusal::nobody_on_list : Refusal::none;
}

bool Marks::take(std::size_t at, std::size_t option) {
    if (values_[at][option] == 0) return false;
    --values_[at][option];
    return true;
}

void Marks::put(std::size_t at, std::size_t position) {
    clear(at);
    values_[at][position] = 1;
}

void Marks::make_invalid(std::size_t at) {
    put(at, *contest(at).invalid_position());
}

void Marks::make_blank(std::size_t at) {
    put(at, *contest(at).blank_position());
}

void Marks::clear(std::size_t at) {
    std::fill(values_[at].begin(), values_[at].end(), std::uint16_t{0});
}

unsigned Marks::left(std::size_t at) const {
    const election::Contest& rules = contest(at);
    unsigned used = 0;
    for (std::size_t i = 0; i < values_[at].size(); ++i) used += rules.weight(i) * values_[at][i];
    return rules.votes_per_voter - std::min(used, rules.votes_per_voter);
}

bool Marks::is_invalid(std::size_t at) const {
    const auto position = contest(at).invalid_position();
    return position && values_[at][*position] != 0;
}

bool Marks::is_blank(std::size_t at) const {
    const auto position = contest(at).blank_position();
    return position && values_[at][*position] != 0;
}

bool Marks::is_empty(std::size_t at) const {
    return left(at) == contest(at).votes_per_voter;
}

Result<ballot::ValidSelections> Marks::selections() && {
    return ballot::ValidSelections::check(*layout_, std::move(values_));
}

}  // namespace stimme::booth
