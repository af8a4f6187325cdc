// A printer, whatever it is: takes one document at a time and says what became of it.
//
// Two failures must not be taken for each other:
//   print-interrupted   the document, or a part of it, may lie on paper. Look at the printer and destroy what
//                       came out before anything is printed again.
//   any other code      nothing of it was printed, and nothing of it will be later.
//
// A printer tries each document exactly once and keeps none. Its print() ends within two minutes, whatever
// the machine does.
//
// Thread rule: a Printer belongs to one thread at a time.
#pragma once

#include <string>

#include "client/print/station_paper.h"
#include "core/base/result.h"

namespace stimme::printer {

class Printer {
  public:
    virtual ~Printer() = default;

    // Errors: print-interrupted (unavailable), and of every kind of printer its own; those of layout
    // (font-missing).
    virtual Status print(const print::Document& document) = 0;
    // As in the configuration: "cups:Buero".
    virtual std::string name() const = 0;
};

// What went wrong after the document had been sent, with what is to be done.
inline Error interrupted(std::string reason) {
    if (reason.ends_with('.')) reason.pop_back();
    return unavailable("print-interrupted",
                       reason +
                           ". Something may have come out: look at the printer and destroy it before "
                           "you print again");
}

}  // namespace stimme::printer
