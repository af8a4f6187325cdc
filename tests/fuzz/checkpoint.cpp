// Any text through the readers of checkpoints and receipts: what is accepted is written again byte for byte.
#include <cstdlib>

#include "core/log/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const std::string_view text = as_text({data, size});
    if (const auto body = log::parse_checkpoint_body(text); body && log::checkpoint_body(*body) != text)
        std::abort();
    if (const auto receipt = log::parse_receipt(text); receipt && log::write_receipt(*receipt) != text)
        std::abort();
    const log::LogVerifier verifier{"stimme.example/vector", {}};
    if (log::open_checkpoint(text, verifier, {}, 0)) std::abort();  // nobody signed with the zero key
    return 0;
}
