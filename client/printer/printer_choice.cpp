#include "client/printer/printer_choice.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "client/printer/cups_printer.h"
#include "client/printer/escpos_printer.h"
#include "client/printer/libcups_jobs.h"
#include "client/printer/pdf_folder.h"
#include "core/base/file.h"

namespace stimme::printer {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view forms =
    "right are cups:NAME, escpos:/dev/usb/lp0, escpos:tcp:HOST:PORT and pdf:FOLDER; behind escpos also "
    "\",58mm\" and \",silent\"";

Error wrong(std::string_view text, std::string_view why) {
    return invalid("printer-invalid", fmt::format("\"{}\" names no printer: {}; {}", text, why, forms));
}

// Takes `ending` off the text, if it is there.
bool take(std::string_view& text, std::string_view ending) {
    if (!text.ends_with(ending)) return false;
    text.remove_suffix(ending.size());
    return true;
}

std::optional<TcpChoice> read_tcp(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const bool digits = std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (host.empty() || port.empty() || port.size() > 5 || !digits) return std::nullopt;
    return TcpChoice{std::string(host), std::string(port)};
}

Result<PrinterChoice> read_escpos(std::string_view whole, std::string_view text) {
    EscPosChoice choice{DeviceChoice{}, false, false};
    for (bool more = true; more;) {
        more = false;
        if (take(text, ",silent")) more = choice.silent = true;
        if (take(text, ",58mm")) more = choice.narrow = true;
        if (take(text, ",80mm")) {
            more = true;
            choice.narrow = false;
        }
    }
    if (text.starts_with("tcp:")) {
        const auto tcp = read_tcp(text.substr(4));
        if (!tcp) return wrong(whole, "after tcp: come a host and a port");
        choice.line = *tcp;
    } else if (text.starts_with('/')) {
        choice.line = DeviceChoice{std::filesystem::path(text)};
    } else {
        return wrong(whole, "after escpos: comes the path of a device or tcp:");
    }
    return PrinterChoice(std::move(choice));
}

std::string line_of(const EscPosChoice& choice) {
    if (const auto* device = std::get_if<DeviceChoice>(&choice.line)) return device->path.string();
    const auto& tcp = std::get<TcpChoice>(choice.line);
    const bool six = tcp.host.find(':') != std::string::npos;
    return fmt::format("tcp:{}{}{}:{}", six ? "[" : "", tcp.host, six ? "]" : "", tcp.port);
}

struct Name {
    std::string operator()(const CupsChoice& choice) const { return "cups:" + choice.queue; }
    std::string operator()(const EscPosChoice& choice) const {
        return "escpos:" + line_of(choice) + (choice.narrow ? ",58mm" : "") +
               (choice.silent ? ",silent" : "");
    }
    std::string operator()(const PdfChoice& choice) const { return "pdf:" + choice.folder.string(); }
};

Result<std::unique_ptr<Channel>> open_line(const EscPosChoice& choice) {
    if (const auto* device = std::get_if<DeviceChoice>(&choice.line)) return open_device(device->path);
    const auto& tcp = std::get<TcpChoice>(choice.line);
    return open_tcp(tcp.host, tcp.port, 5s);
}

struct Opener {
    Random& random;
    Result<std::unique_ptr<Printer>> operator()(const CupsChoice& choice) const {
        return std::unique_ptr<Printer>(std::make_unique<CupsPrinter>(choice.queue, libcups_jobs()));
    }
    Result<std::unique_ptr<Printer>> operator()(const EscPosChoice& choice) const {
        EscPosOptions options;
        if (choice.narrow) options.paper = escpos::paper_58mm;
        options.silent = choice.silent;
        return std::unique_ptr<Printer>(std::make_unique<EscPosPrinter>(
            Name()(choice), [choice] { return open_line(choice); }, options));
    }
    Result<std::unique_ptr<Printer>> operator()(const PdfChoice& choice) const {
        return PdfFolder::open(choice.folder, random);
    }
};

}  // namespace

Result<PrinterChoice> parse_choice(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view kind = text.substr(0, colon);
    const std::string_view rest = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    if (kind != "cups" && kind != "escpos" && kind != "pdf")
        return wrong(text, "it begins with no kind of printer");
    if (rest.empty()) return wrong(text, fmt::format("after {}: comes a name", kind));
    if (kind == "escpos") return read_escpos(text, rest);
    if (kind == "pdf") return PrinterChoice(PdfChoice{std::filesystem::path(rest)});
    if (rest.find_first_of("/#? ") != std::string_view::npos)
        return wrong(text, "no queue of CUPS has such a name");
    return PrinterChoice(CupsChoice{std::string(rest)});
}

std::string to_string(const PrinterChoice& choice) {
    return std::visit(Name(), choice);
}

Result<PrinterChoice> chosen_printer(std::string_view option, const std::filesystem::path& role_folder) {
    if (!option.empty()) return parse_choice(option);
    const auto text = read_file(role_folder / "printer", 4096);
    if (!text && text.error().code == "file-missing")
        return invalid("printer-unset", fmt::format("no printer is set: give one with --printer; {}", forms));
    if (!text) return text.error();
    std::string_view line = as_text(*text);
    line = line.substr(0, line.find_first_of("\r\n"));
    auto choice = parse_choice(line);
    if (!choice) return std::move(choice).error().at((role_folder / "printer").string());
    return choice;
}

Status keep_choice(const PrinterChoice& choice, const std::filesystem::path& role_folder) {
    return write_file(role_folder / "printer", as_bytes(to_string(choice) + "\n"));
}

Result<std::unique_ptr<Printer>> open_printer(const PrinterChoice& choice, Random& random) {
    return std::visit(Opener{random}, choice);
}

}  // namespace stimme::printer
