// A voice that says sentences in one language.
//
// Thread rule: values.
#pragma once

#include <string>

#include "client/words/words.h"

namespace stimme::words {

// Says sentences in one language.
class Tongue {
  public:
    explicit Tongue(Language language) : language_(language) {}
    Language language() const { return language_; }

    std::string operator()(Sentence sentence) const { return std::string(say(language_, sentence)); }
    template <class... Values>
    requires(sizeof...(Values) > 0) std::string operator()(Pattern<sizeof...(Values)> pattern,
                                                           const Values&... values) const {
        return say(language_, pattern, values...);
    }

  private:
    Language language_;
};

}  // namespace stimme::words
