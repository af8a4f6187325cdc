// A progress bar for long work, drawn on the error stream when a person watches it, else nothing:
//
//     People read [#########.....................]  31%  84,000/s  12 s left
//
// Thread rule: belongs to one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "client/cli/output.h"

namespace stimme::cli {

class Progress {
  public:
    // `out` must outlive this. A total of 0 is unknown: only the count is shown.
    Progress(Output& out, std::string label, std::uint64_t total = 0);
    // Wipes the bar.
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void total(std::uint64_t total) { total_ = total; }
    void at(std::uint64_t done);
    // Where what is counted (bytes) isn't what people count: the rate is that of `items`.
    void at(std::uint64_t done, std::uint64_t items);

  private:
    using Clock = std::chrono::steady_clock;
    std::string bar(std::uint64_t done) const;
    std::string pace(std::uint64_t done, std::uint64_t items) const;

    Output& out_;
    std::string label_;
    std::uint64_t total_;
    std::string drawn_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point drawn_at_{};
};

}  // namespace stimme::cli
