// Sentences that depend on what has happened: causes, refusals, what is waited for.
//
// Thread rule: pure functions.
#pragma once

#include <string>

#include "client/booth/console/screen.h"
#include "client/words/tongue.h"

namespace stimme::booth::console {

// Why something didn't happen; an error without a sentence of its own is named by its code.
std::string cause(const words::Tongue& say, const Error& error);

// How many votes there are, and how many for one person.
std::string votes_in_words(const words::Tongue& say, const election::Contest& contest);

// Why a vote wasn't given. REQUIRES: there is a refusal.
words::Sentence refusal_in_words(Marks::Refusal refusal);

words::Sentence what_waits(What what);

}  // namespace stimme::booth::console
