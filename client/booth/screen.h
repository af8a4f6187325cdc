// What the booth shows and asks at a plain terminal.
//
// Thread rule: one thread.
#pragma once

#include <istream>
#include <string>

#include "client/booth/choices.h"
#include "client/booth/opened_ballot.h"
#include "client/booth/visit.h"
#include "client/cli/output.h"

namespace stimme::booth {

class Screen {
  public:
    Screen(std::istream& in, cli::Output& out, std::string language)
        : in_(in), out_(out), language_(std::move(language)) {}

    // Until the text is a pass; says at once what is wrong with it. Errors: input-ended.
    Result<pass::Pass> ask_pass();
    // Every contest with its options, until the voter has confirmed what they chose. Errors: input-ended.
    Result<ballot::ValidSelections> ask_selections(const ballot::Layout& layout);
    // Shows tracking code and index.
    void show_submitted(const Deciding& at);
    // True: cast, false: test. Errors: input-ended.
    Result<bool> ask_cast();
    void show_ballot(const ballot::Layout& layout, const events::Selections& selections);

  private:
    Result<std::string> ask(std::string_view question);
    void tell(std::string_view line);
    void show_contest(const ballot::Layout& layout, const ballot::ContestLayout& place);
    Result<std::vector<std::uint16_t>> ask_contest(const ballot::Layout& layout,
                                                   const ballot::ContestLayout& place);
    Result<ballot::ValidSelections> ask_all(const ballot::Layout& layout);

    std::istream& in_;
    cli::Output& out_;
    std::string language_;
};

}  // namespace stimme::booth
