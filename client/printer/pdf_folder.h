// A printer that writes PDF files into a folder: to practise, and for stations where another program prints.
//
//     pass-3f9a….pdf opening-….pdf      mode 0600, the folder 0700
//
// Slips with passes are secret, and the order of files is that of the check-ins. So names are drawn at
// random, the file of a slip lies there only until somebody printed and deleted it, and the closing sheet,
// which ends the day, overwrites and deletes every slip that is still there.
//
// Thread rule: as Printer.
#pragma once

#include <filesystem>

#include "client/printer/printer.h"
#include "core/base/random.h"

namespace stimme::printer {

class PdfFolder final : public Printer {
  public:
    // Makes the folder where there is none. Errors: folder-open (forbidden: others can read it),
    // folder-unwritable (unavailable).
    static Result<std::unique_ptr<Printer>> open(const std::filesystem::path& folder, Random& random);

    // Errors: file-unwritable (unavailable); of a closing sheet also slips-remain (unavailable: a slip can't
    // be deleted; the sheet isn't written before that).
    Status print(const print::Document& document) override;
    std::string name() const override { return "pdf:" + folder_.string(); }

  private:
    PdfFolder(std::filesystem::path folder, Random& random) : folder_(std::move(folder)), random_(random) {}
    Status erase_slips();

    const std::filesystem::path folder_;
    Random& random_;
};

}  // namespace stimme::printer
