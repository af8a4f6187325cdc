// A page for voters that says beforehand how one votes at a booth, in the very sentences that they then find
// on its screen and on its paper.
//
// Thread rule: pure functions.
#pragma once

#include "client/print/sheet.h"

namespace stimme::print {

// Fits on one page of A4. `day`: on which it is made.
Sheet leaflet(words::Language language, Day day);

}  // namespace stimme::print
