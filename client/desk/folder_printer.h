// Prints into a folder: each document a text file of its own, readable by its owner only. The names are
// random, so that they say nothing of the order in which voters came.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>

#include "client/desk/printer.h"
#include "core/base/random.h"

namespace stimme::desk {

class FolderPrinter final : public Printer {
  public:
    FolderPrinter(std::filesystem::path folder, Random& random)
        : folder_(std::move(folder)), random_(random) {}
    // Errors: printer-folder (the folder is missing or can't be written).
    Status print(const Document& document) override;

  private:
    const std::filesystem::path folder_;
    Random& random_;
};

}  // namespace stimme::desk
