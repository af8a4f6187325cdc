#include "core/ballot/layout.h"

#include <cassert>

#include <fmt/format.h>

#include "core/election/rules.h"

namespace stimme::ballot {

Layout::Layout(const election::ValidDefinition& definition, const election::Style& style)
    : definition_(definition), style_(style.id) {
    for (const std::size_t index : style.contests) add_contest(index);
    const std::size_t proofs = ciphertext(ciphertexts_);
    for (Statement& statement : statements_) statement.proof += proofs;
    y_offset_ += proofs;
    assert(size() == election::body_size(*definition, style));
}

void Layout::add_contest(std::size_t index) {
    const election::Contest& contest = definition_->contests[index];
    ContestLayout place{static_cast<std::uint16_t>(index),
                        contest.positions(),
                        ciphertexts_,
                        statements_.size(),
                        {},
                        contest.votes_per_voter};
    for (std::size_t position = 0; position < contest.positions(); ++position) {
        place.weights.push_back(contest.weight(position));
        add_statement(index, position, {0, contest.max_value(position)});
    }
    add_statement(index, sum_position, {1, contest.votes_per_voter});
    ciphertexts_ += contest.positions();
    contests_.push_back(std::move(place));
}

void Layout::add_statement(std::size_t contest, std::size_t position, crypto::Range range) {
    statements_.push_back(
        {static_cast<std::uint16_t>(contest), static_cast<std::uint16_t>(position), range, y_offset_});
    y_offset_ += range.branches() * branch_size;
}

std::string Layout::place(const Statement& statement) const {
    const election::Contest& contest = definition_->contests[statement.contest];
    if (statement.is_sum()) return fmt::format("contest \"{}\", the sum", contest.id.str());
    return fmt::format("contest \"{}\", option \"{}\"", contest.id.str(),
                       contest.position_name(statement.position));
}

std::string Layout::place(const ContestLayout& contest, std::size_t position) const {
    return place(statements_[contest.first_statement + position]);
}

}  // namespace stimme::ballot
