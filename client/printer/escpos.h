// ESC/POS, the language of receipt printers: a sheet as the bytes that print it, and what the bytes mean with
// which a printer tells its state.
//
// Text whose letters the printer has (code_page.h) goes as text; every other paragraph, whatever its script,
// goes as an image, and so do QR codes: an image is printed by every model, their own codes are not.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/print/sheet.h"
#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::printer::escpos {

struct Paper {
    std::size_t dots;     // a row, a multiple of 8
    std::size_t columns;  // of the printer's own letters
};
constexpr Paper paper_58mm = {384, 32};
constexpr Paper paper_80mm = {576, 48};

// From the printer's reset to the cut. Errors: font-missing, qr-code-impossible.
Result<Bytes> encode(const print::Sheet& sheet, const Paper& paper);

// Printers look for their real-time commands (DLE EOT, DLE ENQ, DLE DC4) everywhere, even inside an image,
// and would answer, recover or switch off. Where dots look like one, one more dot is black.
Bytes without_real_time_commands(ByteView dots);

// DLE EOT n: asks at once, even while the printer waits for paper.
enum class Question : std::uint8_t { printer = 1, offline_cause = 2, error_cause = 3, paper = 4 };
Bytes ask(Question question);
// Whether a byte answers such a question.
bool is_status(std::uint8_t byte);
// What keeps the printer from printing, by its answer; nothing when this answer names nothing. The codes:
// printer-offline, cover-open, paper-out, printer-error (all unavailable).
std::optional<Error> problem_in(Question question, std::uint8_t answer);

// GS r 1: is answered when all that came before it was printed.
Bytes ask_when_done();
bool is_done(std::uint8_t byte);

// DLE DC4 8: drops what the printer has and hasn't printed yet, where a model knows it.
Bytes drop_everything();

}  // namespace stimme::printer::escpos
