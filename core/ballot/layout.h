// Where everything stands in a ballot body: a record of fixed length that follows from the definition and the
// ballot style (docs/protocol.md, section 4.6). The only place that knows it.
//
//     ciphertexts of all contests   A (64) B (64)                  each position
//     proofs of all contests        a (64) b (64) c (32) v (32)    each branch of each position, then of the
//     sum y (32)
//
// Thread rule: immutable; share freely.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/crypto/range_proof.h"
#include "core/election/definition.h"

namespace stimme::ballot {

constexpr std::uint16_t sum_position = 65535;  // the contest's sum, where a position is hashed

// Sizes and offsets within a ciphertext and within a branch, in bytes.
constexpr std::size_t ciphertext_size = 128, branch_size = 192, y_size = 32;
constexpr std::size_t ciphertext_a = 0, ciphertext_b = 64;
constexpr std::size_t branch_a = 0, branch_b = 64, branch_c = 128, branch_v = 160;

// What a ballot proves: that a position, or the sum of a contest, lies in its range.
struct Statement {
    std::uint16_t contest;   // in the definition
    std::uint16_t position;  // or sum_position
    crypto::Range range;
    std::size_t proof;  // offset of the first branch

    bool is_sum() const { return position == sum_position; }
    std::size_t branch(std::size_t i) const { return proof + i * branch_size; }
};

// A contest as it stands in the ballots of one style.
struct ContestLayout {
    std::uint16_t index;  // in the definition
    std::size_t positions;
    std::size_t first_ciphertext;   // number of the first position's ciphertext in the ballot
    std::size_t first_statement;    // number of its statement; the sum's comes after the last position's
    std::vector<unsigned> weights;  // of each position in the sum (4.2)
    unsigned votes;                 // L

    std::size_t sum_statement() const { return first_statement + positions; }
};

class Layout {
  public:
    // REQUIRES: the style is one of this definition's.
    Layout(const election::ValidDefinition& definition, const election::Style& style);

    const election::ValidDefinition& definition() const { return definition_; }
    const StyleId& style() const { return style_; }
    const election::Contest& contest(const ContestLayout& place) const {
        return definition_->contests[place.index];
    }

    std::size_t size() const { return y_offset() + y_size; }
    std::size_t ciphertexts() const { return ciphertexts_; }
    std::size_t ciphertext(std::size_t number) const { return number * ciphertext_size; }
    std::size_t y_offset() const { return y_offset_; }

    // The contests of the style, in order.
    const std::vector<ContestLayout>& contests() const { return contests_; }
    // In the order of their proofs.
    const std::vector<Statement>& statements() const { return statements_; }

    // `contest "board", option "c07"`, or `contest "board", the sum`.
    std::string place(const Statement& statement) const;
    std::string place(const ContestLayout& contest, std::size_t position) const;

  private:
    void add_contest(std::size_t index);
    void add_statement(std::size_t contest, std::size_t position, crypto::Range range);

    election::ValidDefinition definition_;
    StyleId style_;
    std::vector<ContestLayout> contests_;
    std::vector<Statement> statements_;
    std::size_t ciphertexts_ = 0;
    std::size_t y_offset_ = 0;  // while it is being built: length of the proofs so far
};

}  // namespace stimme::ballot
