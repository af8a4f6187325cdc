// The library fail_writes.so in a server process: what it is to do, and how it gets there.
//
// Thread rule: belongs to one thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/fault/fail_control.h"

namespace stimme::test {

class FaultControl {
  public:
    // Makes the file. Throws std::runtime_error when it can't.
    explicit FaultControl(std::filesystem::path file);
    ~FaultControl();
    FaultControl(const FaultControl&) = delete;
    FaultControl& operator=(const FaultControl&) = delete;

    void arm(Fault fault, std::uint64_t at) {
        shared_->fault = static_cast<std::uint32_t>(fault);
        shared_->at = at;
    }
    void heal() { shared_->at = 0; }
    bool hit() const { return shared_->hit != 0; }
    std::uint64_t calls() const { return shared_->calls; }
    const std::filesystem::path& file() const { return file_; }

  private:
    const std::filesystem::path file_;
    FailControl* shared_;
};

// For a process whose calls below `folder` are to be counted.
std::vector<std::string> fault_environment(const FaultControl& control, const std::filesystem::path& folder);

}  // namespace stimme::test
