// Which printer a station has, in words of one line:
//
//     cups:NAME                     a queue of CUPS
//     escpos:/dev/usb/lp0           a receipt printer on this machine
//     escpos:tcp:HOST:PORT          a receipt printer in the network (port 9100 as a rule)
//     pdf:FOLDER                    files
//
// Behind an escpos printer may stand ",58mm" for narrow rolls (80 mm without it) and ",silent" for a printer
// that never tells its state. The words are given with --printer, or stand in the file `printer` of the role
// folder.
//
// Thread rule: values; a Printer belongs to one thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "client/printer/printer.h"
#include "core/base/random.h"

namespace stimme::printer {

struct CupsChoice {
    std::string queue;
};
struct DeviceChoice {
    std::filesystem::path path;
};
struct TcpChoice {
    std::string host;
    std::string port;
};
struct EscPosChoice {
    std::variant<DeviceChoice, TcpChoice> line;
    bool narrow = false;
    bool silent = false;
};
struct PdfChoice {
    std::filesystem::path folder;
};
using PrinterChoice = std::variant<CupsChoice, EscPosChoice, PdfChoice>;

// Errors: printer-invalid (invalid), saying what would be right.
Result<PrinterChoice> parse_choice(std::string_view text);
std::string to_string(const PrinterChoice& choice);

// The choice of the option, or of the role folder when the option is empty. Errors: printer-unset (invalid:
// neither says one), printer-invalid, those of read_file.
Result<PrinterChoice> chosen_printer(std::string_view option, const std::filesystem::path& role_folder);
// Writes it into the role folder. Errors: those of write_file.
Status keep_choice(const PrinterChoice& choice, const std::filesystem::path& role_folder);

// Asks no printer anything: whether it is there shows when it prints. Errors: those of PdfFolder::open.
Result<std::unique_ptr<Printer>> open_printer(const PrinterChoice& choice, Random& random);

}  // namespace stimme::printer
