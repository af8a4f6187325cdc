// A receipt printer that isn't there: it takes bytes at a port of loopback or at a terminal line, answers
// questions about its state as the real ones do, and shows what it printed.
//
// Thread rule: its functions may be called while it works.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "client/print/bitmap.h"
#include "core/base/bytes.h"

namespace stimme::printer {

// What came out, read from the bytes; throws std::runtime_error at a command that isn't known here.
struct Receipt {
    struct Line {
        std::string text;  // in the printer's code page
        std::size_t columns;
        bool bold = false;
    };
    std::vector<Line> lines;
    std::vector<print::Bitmap> images;  // pieces that belong together are one
    std::size_t cuts = 0;

    std::string text() const;  // lines, each with a line break
};
Receipt read_receipt(const Bytes& bytes);

class SimulatedPrinter {
  public:
    enum class Line { tcp, terminal };
    explicit SimulatedPrinter(Line line = Line::tcp);
    ~SimulatedPrinter();

    std::string port() const { return std::to_string(port_); }
    std::filesystem::path path() const { return path_; }

    std::atomic<bool> paper_out = false;
    std::atomic<bool> cover_open = false;
    std::atomic<bool> offline = false;
    std::atomic<bool> answers = true;
    std::atomic<bool> babbles = false;  // sends what no printer sends, without end
    // After so many bytes of documents; 0: never.
    std::atomic<std::size_t> paper_lasts = 0;
    std::atomic<std::size_t> hangs_up_after = 0;
    std::atomic<std::size_t> sticks_after = 0;  // takes nothing more
    std::atomic<bool> dropped = false;          // it was told to drop what it has

    // Everything but questions and what was dropped.
    Bytes received() const;

  private:
    void serve();
    void serve_one(int peer);
    bool take(int peer, std::uint8_t byte);
    void answer(int peer, std::uint8_t byte) const;
    std::uint8_t status(std::uint8_t question) const;

    int descriptor_ = -1;  // that listens, or the far end of the terminal line
    int near_end_ = -1;    // kept open, so that the line stays
    bool tcp_;
    std::uint16_t port_ = 0;
    std::filesystem::path path_;
    mutable std::mutex mutex_;
    Bytes received_;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

}  // namespace stimme::printer
