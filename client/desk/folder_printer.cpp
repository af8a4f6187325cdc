#include "client/desk/folder_printer.h"

#include "core/base/file.h"

namespace stimme::desk {

Status FolderPrinter::print(const Document& document) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder_, ignored))
        return unavailable("printer-folder", "there is no folder " + folder_.string() + " to print into");
    const std::string kind = std::holds_alternative<PassSlip>(document) ? "slip-" : "sheet-";
    const auto path = folder_ / (kind + to_hex(random_.bytes<8>()) + ".txt");
    const Status written = create_file(path, as_bytes(text_of(document)), FileMode::private_file);
    if (!written) return unavailable("printer-folder", written.error().message);
    return {};
}

}  // namespace stimme::desk
