// A voice that reads aloud, injected.
//
// Thread rule: belongs to one thread.
#pragma once

#include <string>

#include "client/words/language.h"

namespace stimme::voice {

class Voice {
  public:
    virtual ~Voice() = default;
    virtual bool speaks(words::Language language) const = 0;
    // Begins to say it, after what it was told before, and returns at once. REQUIRES: speaks(language).
    virtual void say(const std::string& text, words::Language language) = 0;
    // In the midst of a word.
    virtual void stop() = 0;
};

}  // namespace stimme::voice
