// Any text as a request for a certificate and as a certificate.
#include "client/office/certs/x509.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(certificates) {
    const std::string_view text = as_text(data);
    if (const auto request = office::read_request(text)) {
        require(request->key.sec1().size() == 33, "a request names a key");
    }
    static_cast<void>(office::key_of_certificate(text));
}

}  // namespace stimme::fuzz
