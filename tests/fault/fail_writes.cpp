// A library that is loaded before all others (LD_PRELOAD) and lets one system call that writes below a folder
// fail, or kills the process at it; fail_control.h says which. Calls are made directly, so that nothing of
// the C library's own state is touched.
//
// Thread rule: any thread.
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/fault/fail_control.h"

namespace {

using stimme::test::FailControl;
using stimme::test::Fault;

FailControl* control() {
    static FailControl* const mapped = []() -> FailControl* {
        const char* name = std::getenv(stimme::test::fail_control_variable);
        if (name == nullptr) return nullptr;
        const long file = ::syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC, 0);
        if (file < 0) return nullptr;
        void* const memory = ::mmap(nullptr, sizeof(FailControl), PROT_READ | PROT_WRITE, MAP_SHARED,
                                    static_cast<int>(file), 0);
        ::syscall(SYS_close, file);
        return memory == MAP_FAILED ? nullptr : static_cast<FailControl*>(memory);
    }();
    return mapped;
}

bool is_below(const char* path) {
    static const char* const folder = std::getenv(stimme::test::fail_folder_variable);
    return folder != nullptr && path != nullptr && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

bool is_below(int file) {
    char link[64] = "/proc/self/fd/";
    char digits[16];
    int count = 0;
    for (int rest = file; rest > 0 || count == 0; rest /= 10)
        digits[count++] = static_cast<char>('0' + rest % 10);
    char* end = link + std::strlen(link);
    while (count > 0) *end++ = digits[--count];
    *end = '\0';
    char path[4096];
    const long length = ::syscall(SYS_readlink, link, path, sizeof path - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    return is_below(path);
}

enum class Kind { write, sync, other };

// What is to become of this call. Halves: the call is made with half its bytes.
struct Verdict {
    int error = 0;  // fails with it, instead of being made
    bool half = false;
    bool kill_after = false;
};

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
}

Verdict judge(Kind kind) {
    FailControl* const shared = control();
    if (shared == nullptr) return {};
    const std::uint64_t number = ++shared->calls;
    const std::uint64_t at = shared->at;
    if (at == 0 || number < at) return {};
    const bool first = number == at;
    const auto fault = static_cast<Fault>(shared->fault.load());
    switch (fault) {
        case Fault::none:
            return {};
        case Fault::io_error:
            if (!first) return {};
            shared->hit = 1;
            return {EIO, false, false};
        case Fault::disk_full:
        case Fault::read_only:
            if (kind == Kind::sync) return {};
            shared->hit = 1;
            return {fault == Fault::disk_full ? ENOSPC : EROFS, false, false};
        case Fault::short_write:
            if (kind == Kind::sync) return {};
            if (shared->hit.exchange(1) == 0 && kind == Kind::write) return {0, true, false};
            return {ENOSPC, false, false};
        case Fault::sync_error:
            if (kind != Kind::sync || shared->hit.exchange(1) != 0) return {};
            return {EIO, false, false};
        case Fault::kill:
            shared->hit = 1;
            die();
        case Fault::torn_write:
            shared->hit = 1;
            if (kind != Kind::write) die();
            return {0, true, true};
    }
    return {};
}

int failed(int error) {
    errno = error;
    return -1;
}

template <class Call>
ssize_t writing(int file, std::size_t size, const Call& call) {
    if (!is_below(file)) return call(size);
    const Verdict verdict = judge(Kind::write);
    if (verdict.error != 0) return failed(verdict.error);
    const ssize_t written = call(verdict.half ? (size + 1) / 2 : size);
    if (verdict.kill_after) die();
    return written;
}

template <class Where, class Call>
int changing(const Where& where, Kind kind, const Call& call) {
    if (!is_below(where)) return static_cast<int>(call());
    const Verdict verdict = judge(kind);
    return verdict.error != 0 ? failed(verdict.error) : static_cast<int>(call());
}

int opening(int folder, const char* path, int flags, mode_t mode) {
    const auto call = [&] { return ::syscall(SYS_openat, folder, path, flags, mode); };
    const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
    return writes ? changing(path, Kind::other, call) : static_cast<int>(call());
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
    return writing(file, size, [&](size_t count) { return ::syscall(SYS_write, file, bytes, count); });
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
    return writing(file, size,
                   [&](size_t count) { return ::syscall(SYS_pwrite64, file, bytes, count, offset); });
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
    return pwrite(file, bytes, size, offset);
}

ssize_t writev(int file, const iovec* parts, int count) {
    return writing(file, 1, [&](size_t) { return ::syscall(SYS_writev, file, parts, count); });
}

int fsync(int file) {
    return changing(file, Kind::sync, [&] { return ::syscall(SYS_fsync, file); });
}

int fdatasync(int file) {
    return changing(file, Kind::sync, [&] { return ::syscall(SYS_fdatasync, file); });
}

int ftruncate(int file, off_t size) noexcept {
    return changing(file, Kind::other, [&] { return ::syscall(SYS_ftruncate, file, size); });
}

int ftruncate64(int file, off64_t size) noexcept {
    return ftruncate(file, size);
}

int rename(const char* from, const char* to) noexcept {
    return changing(to, Kind::other, [&] { return ::syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to); });
}

int unlink(const char* path) noexcept {
    return changing(path, Kind::other, [&] { return ::syscall(SYS_unlinkat, AT_FDCWD, path, 0); });
}

int link(const char* from, const char* to) noexcept {
    return changing(to, Kind::other, [&] { return ::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0); });
}

int mkdir(const char* path, mode_t mode) noexcept {
    return changing(path, Kind::other, [&] { return ::syscall(SYS_mkdirat, AT_FDCWD, path, mode); });
}

// NOLINTNEXTLINE(cert-dcl50-cpp)
int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return opening(AT_FDCWD, path, flags, mode);
}

// NOLINTNEXTLINE(cert-dcl50-cpp)
int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return opening(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}
}
