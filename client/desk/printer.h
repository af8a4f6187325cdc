// A printer as the desk sees it, injected: it takes a document and says whether it came out.
//
// Thread rule: one thread.
#pragma once

#include "client/desk/documents.h"
#include "core/base/result.h"

namespace stimme::desk {

class Printer {
  public:
    virtual ~Printer() = default;
    // Returns when the paper is out, or when it is certain that it won't come: out of paper, unplugged, no
    // answer. Errors (unavailable): printer-…, with a sentence that says what to do at the printer. After an
    // error a part of the document may be on paper.
    virtual Status print(const Document& document) = 0;
};

}  // namespace stimme::desk
