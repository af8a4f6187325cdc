// What is run with secrets that valgrind watches: every calculation over secret numbers of the core.
//
// Thread rule: one thread.
#pragma once

#include <string>
#include <vector>

namespace stimme::constant_time {

struct Case {
    std::string name;
    void (*run)();       // throws std::runtime_error when the result is wrong or not public
    bool leaks = false;  // on purpose: it must be found
};

std::vector<Case> cases();

}  // namespace stimme::constant_time
