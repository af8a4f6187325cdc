// QR codes (ISO/IEC 18004) of short texts, as squares to be filled. Used by the documents of this folder
// only.
//
// Thread rule: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "client/print/canvas.h"
#include "core/base/result.h"

namespace stimme::print {

// The dark parts of the code that fills `place`, a square; a seventh of it may be lost. Around it four of its
// squares must stay white: place is at least 21 of them wide. Errors: qr-code-impossible (invalid: the text
// is empty or longer than a code holds, some 2,300 bytes).
Result<std::vector<Box>> qr_code(std::string_view content, const Box& place);

}  // namespace stimme::print
