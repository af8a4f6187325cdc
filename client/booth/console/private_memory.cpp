#include "client/booth/console/private_memory.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <string>

#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/crypto/secret.h"

namespace {

std::atomic<bool> wiping{false};

[[maybe_unused]] void give_back(void* block) noexcept {
    if (block == nullptr) return;
    if (wiping.load(std::memory_order_relaxed)) stimme::crypto::wipe(block, ::malloc_usable_size(block));
    std::free(block);
}

}  // namespace

// Blocks of operator new are malloc's. The address sanitizer has its own.
#if defined(__SANITIZE_ADDRESS__)
#define STIMME_OWN_DELETE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STIMME_OWN_DELETE 0
#endif
#endif
#ifndef STIMME_OWN_DELETE
void operator delete(void* block) noexcept {
    give_back(block);
}
void operator delete(void* block, std::size_t) noexcept {
    give_back(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
    give_back(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
    give_back(block);
}
#endif

namespace stimme::booth::console {
namespace {

// Of /proc/swaps the first line names the columns.
bool machine_swaps() {
    std::ifstream swaps("/proc/swaps");
    std::string line;
    unsigned lines = 0;
    while (std::getline(swaps, line)) ++lines;
    return lines > 1;
}

}  // namespace

Status guard_memory() {
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return unavailable("memory-exposed",
                           std::string("images of the memory can't be forbidden: ") + std::strerror(errno));
    if (::mlockall(MCL_CURRENT | MCL_FUTURE) != 0 && machine_swaps())
        return unavailable(
            "memory-unlockable",
            std::string("this machine has swap, and what voters choose could get there (") +
                std::strerror(errno) +
                "): switch swap off, or let this program lock its memory (LimitMEMLOCK=infinity)");
    ::mallopt(M_PERTURB, 0x5A);
    wiping = true;
    return {};
}

}  // namespace stimme::booth::console
