// Runs every case and counts how often a branch or an address depended on a secret: never, and in the
// controls at least once.
#include <cstdio>
#include <exception>

#include "tests/constant_time/cases.h"
#include "tests/constant_time/secrets.h"

namespace stimme::constant_time {
namespace {

bool run(const Case& of) {
    const unsigned long before = uses_of_secrets();
    try {
        of.run();
    } catch (const std::exception& error) {
        std::printf("%-30s WRONG: %s\n", of.name.c_str(), error.what());
        return false;
    }
    const unsigned long uses = uses_of_secrets() - before;
    const bool right = of.leaks == (uses > 0);
    std::printf("%-30s %lu uses of secrets%s\n", of.name.c_str(), uses, right ? "" : "  WRONG");
    return right;
}

}  // namespace
}  // namespace stimme::constant_time

int main() {
    using namespace stimme::constant_time;
    if (!is_watched()) {
        std::puts("This program says something under valgrind only: tests/constant_time/run PROGRAM");
        return 2;
    }
    bool right = true;
    for (const Case& of : cases()) right = run(of) && right;
    return right ? 0 : 1;
}
