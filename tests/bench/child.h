// Another program of this build as a child process, and what it costs: processor time of all its threads, and
// memory.
//
// Thread rule: belongs to one thread; microseconds() may be called from any.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace stimme::bench {

struct Ended {
    int status;             // exit code; -1: by a signal
    double cpu;             // microseconds, user and system
    double peak_megabytes;  // resident
};

class Child {
  public:
    // Starts it with its standard output thrown away. Throws when it can't be started; it then ends the
    // process itself.
    explicit Child(const std::vector<std::string>& command);
    ~Child();  // ends it
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t id() const { return id_; }
    // Processor time so far.
    double microseconds() const;
    // Waits for its end.
    Ended wait();

  private:
    pid_t id_;
    clockid_t clock_{};
};

// A program that lies where this one does.
std::filesystem::path beside(const std::string& name);

}  // namespace stimme::bench
