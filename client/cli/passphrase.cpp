#include "client/cli/passphrase.h"

#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/file.h"

namespace stimme::cli {
namespace {

constexpr std::size_t longest = 1024;

// The terminal without echo, as long as this lives.
class SilentTerminal {
  public:
    SilentTerminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (descriptor_ < 0 || ::tcgetattr(descriptor_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (changed_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    bool usable() const { return changed_; }
    void say(std::string_view text) {
        [[maybe_unused]] auto written = ::write(descriptor_, text.data(), text.size());
    }
    crypto::SecretBuffer line() {
        crypto::SecretBytes<longest> typed;
        std::size_t size = 0;
        while (size < longest && ::read(descriptor_, &typed.writable()[size], 1) == 1 &&
               typed.reveal()[size] != '\n')
            ++size;
        say("\n");
        return crypto::SecretBuffer(typed.reveal().first(size));
    }

  private:
    int descriptor_;
    termios before_{};
    bool changed_ = false;
};

Result<crypto::SecretBuffer> not_empty(crypto::SecretBuffer passphrase) {
    if (passphrase.size() == 0) return invalid("passphrase-empty", "the passphrase is empty");
    return passphrase;
}

Result<crypto::SecretBuffer> from_file(const std::filesystem::path& file) {
    STIMME_TRY(Bytes content, read_file(file, longest));
    std::size_t size = 0;
    while (size < content.size() && content[size] != '\n' && content[size] != '\r') ++size;
    crypto::SecretBuffer passphrase(ByteView(content).first(size));
    crypto::wipe(content);
    return not_empty(std::move(passphrase));
}

Result<crypto::SecretBuffer> from_terminal(Typed typed) {
    SilentTerminal terminal;
    if (!terminal.usable())
        return invalid("passphrase-missing",
                       "give the passphrase with --passphrase-file or STIMME_PASSPHRASE: there is no "
                       "terminal to type it");
    terminal.say("Passphrase: ");
    crypto::SecretBuffer first = terminal.line();
    if (typed == Typed::twice) {
        terminal.say("Again: ");
        const crypto::SecretBuffer second = terminal.line();
        if (!crypto::constant_time_equal(first.reveal(), second.reveal()))
            return invalid("passphrase-differs", "the two passphrases aren't the same");
    }
    return not_empty(std::move(first));
}

}  // namespace

Result<crypto::SecretBuffer> read_passphrase(const std::filesystem::path& file, Typed typed) {
    if (!file.empty()) return from_file(file);
    if (const char* const text = std::getenv("STIMME_PASSPHRASE"))
        return not_empty(crypto::SecretBuffer(as_bytes(text)));
    return from_terminal(typed);
}

}  // namespace stimme::cli
