// A sheet on A4 for an office printer, as PDF.
//
// Thread rule: pure function.
#pragma once

#include "client/print/canvas.h"
#include "client/print/sheet.h"
#include "core/base/result.h"

namespace stimme::print {

// On one page, with smaller text where that is enough; else on as many pages as it takes. Errors:
// font-missing, qr-code-impossible, pdf-unwritten.
Result<Pdf> office_page(const Sheet& sheet);

}  // namespace stimme::print
