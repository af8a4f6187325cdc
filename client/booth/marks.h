// What a voter has marked on a ballot so far: never more than the ballot allows. Only the voting screen holds
// it. It is secret: move-only and wiped.
//
// Thread rule: belongs to one owner.
#pragma once

#include <memory>
#include <string_view>

#include "core/ballot/selections.h"

namespace stimme::booth {

class Marks {
  public:
    // Nothing is marked yet.
    explicit Marks(std::shared_ptr<const ballot::Layout> layout);

    Marks(Marks&& other) noexcept = default;
    Marks& operator=(Marks&& other) noexcept;
    ~Marks();

    const ballot::Layout& layout() const { return *layout_; }
    const election::Contest& contest(std::size_t contest) const {
        return layout_->contest(layout_->contests()[contest]);
    }
    std::size_t contests() const { return layout_->contests().size(); }

    // Why a vote can't be given.
    enum class Refusal {
        none,
        no_votes_left,
        most_for_option,  // this option has all that one option may have
        set_aside,        // the contest was made invalid, or left blank
        nobody_on_list,   // who can get one
    };
    // One vote more.
    Refusal give(std::size_t contest, std::size_t option);
    // A vote for each of the list's people, as far as votes are left: what is marked are people.
    Refusal give_list(std::size_t contest, std::string_view list);
    // One vote less. False: there was none.
    bool take(std::size_t contest, std::size_t option);
    // In place of all votes. REQUIRES: the contest offers it.
    void make_invalid(std::size_t contest);
    void make_blank(std::size_t contest);
    void clear(std::size_t contest);

    unsigned given(std::size_t contest, std::size_t position) const { return values_[contest][position]; }
    // Votes that can still be given.
    unsigned left(std::size_t contest) const;
    bool is_invalid(std::size_t contest) const;
    bool is_blank(std::size_t contest) const;
    bool is_empty(std::size_t contest) const;

    // Errors: those of ballot::ValidSelections::check.
    Result<ballot::ValidSelections> selections() &&;

  private:
    void wipe();
    void put(std::size_t contest, std::size_t position);

    std::shared_ptr<const ballot::Layout> layout_;
    events::Selections values_;
};

}  // namespace stimme::booth
