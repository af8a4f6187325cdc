// A receipt printer that speaks ESC/POS, on a device or in the network.
//
// Before a document is sent the printer is asked for its state, so that a missing roll or an open cover is
// told while nothing is printed yet. After it was sent the printer confirms that it printed all of it; when
// something stops it, it is told to drop the rest.
//
// Thread rule: as Printer.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "client/printer/channel.h"
#include "client/printer/escpos.h"
#include "client/printer/printer.h"

namespace stimme::printer {

struct EscPosOptions {
    escpos::Paper paper = escpos::paper_80mm;
    // The printer never tells its state: then only a line that fails is noticed, no missing paper.
    bool silent = false;
    std::chrono::milliseconds answer{2'000};  // for one answer
    std::chrono::milliseconds stall{5'000};   // while nothing moves
    unsigned answers_until_done = 20;         // waited for before a document counts as stuck
};

class EscPosPrinter final : public Printer {
  public:
    // Opens the line anew for each document, so that a printer that was unplugged is found again.
    using Connect = std::function<Result<std::unique_ptr<Channel>>()>;

    EscPosPrinter(std::string name, Connect connect, EscPosOptions options = {})
        : name_(std::move(name)), connect_(std::move(connect)), options_(options) {}

    // Errors: paper-out, cover-open, printer-offline, printer-error, printer-silent (all unavailable), those
    // of the channel; print-interrupted for whatever happens once something was sent.
    Status print(const print::Document& document) override;
    std::string name() const override { return name_; }

  private:
    Status check_state(Channel& channel) const;
    Result<std::optional<std::uint8_t>> status(Channel& channel, escpos::Question question) const;
    Status wait_until_done(Channel& channel) const;

    const std::string name_;
    const Connect connect_;
    const EscPosOptions options_;
};

}  // namespace stimme::printer
