#include "client/printer/pdf_folder.h"

#include <fmt/format.h>

#include "client/print/office_page.h"
#include "core/base/file.h"

namespace stimme::printer {
namespace {

namespace fs = std::filesystem;

Error unwritable(const fs::path& folder, const std::error_code& error) {
    return unavailable("folder-unwritable", fmt::format("the folder {} can't be made or changed: {}",
                                                        folder.string(), error.message()));
}

Status make_private(const fs::path& folder) {
    std::error_code error;
    const bool made = fs::create_directories(folder, error);
    if (error) return unwritable(folder, error);
    if (made) fs::permissions(folder, fs::perms::owner_all, error);
    const fs::perms mode = fs::status(folder, error).permissions();
    if (error) return unwritable(folder, error);
    if ((mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none)
        return forbidden("folder-open", fmt::format("{0} holds passes and others may look into it: chmod 700 "
                                                    "{0}",
                                                    folder.string()));
    return {};
}

Status erase(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) return unavailable("slips-remain", fmt::format("delete {} by hand", path.string()));
    // In place, so that the old blocks themselves are overwritten.
    std::FILE* file = std::fopen(path.c_str(), "r+b");
    const std::string zeros(size, '\0');
    bool written = file != nullptr && std::fwrite(zeros.data(), 1, zeros.size(), file) == zeros.size();
    if (file != nullptr) written = std::fclose(file) == 0 && written;
    if (!fs::remove(path, error) || !written)
        return unavailable("slips-remain", fmt::format("the pass in {} couldn't be overwritten and deleted: "
                                                       "delete it by hand",
                                                       path.string()));
    return {};
}

}  // namespace

Result<std::unique_ptr<Printer>> PdfFolder::open(const fs::path& folder, Random& random) {
    STIMME_CHECK(make_private(folder));
    return std::unique_ptr<Printer>(new PdfFolder(folder, random));
}

Status PdfFolder::print(const print::Document& document) {
    const print::Sheet sheet = print::sheet_of(document);
    STIMME_TRY(const print::Pdf pdf, print::office_page(sheet));
    const fs::path path = folder_ / fmt::format("{}-{}.pdf", sheet.kind, to_hex(random_.bytes<8>()));
    if (std::holds_alternative<print::ClosingSheet>(document)) STIMME_CHECK(erase_slips());
    return create_file(path, pdf.bytes, FileMode::private_file);
}

Status PdfFolder::erase_slips() {
    std::error_code error;
    std::vector<fs::path> slips;
    for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with("pass-") && name.ends_with(".pdf")) slips.push_back(at->path());
    }
    if (error) return unavailable("slips-remain", fmt::format("look for slips in {}", folder_.string()));
    Status result;
    for (const fs::path& slip : slips) {
        if (auto erased = erase(slip); !erased) result = std::move(erased);
    }
    return result;
}

}  // namespace stimme::printer
