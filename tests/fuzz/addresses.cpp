// Any text as the address of a server or of a record, and as a fingerprint that somebody typed.
#include "client/audit/commands.h"
#include "client/audit/http_source.h"
#include "core/net/client/url.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(addresses) {
    const std::string_view text = as_text(data);
    if (const auto server = net::parse_server_url(text)) {
        const auto again = net::parse_server_url("https://" + server->authority());
        require(again && again->host == server->host && again->port == server->port,
                "an address reads as it was written");
    }
    if (const auto record = audit::parse_record_url(text)) {
        require(net::parse_server_url(record->server).ok(), "a record lies on a server");
    }
    if (const auto hash = audit::parse_election_hash(text)) {
        const auto again = audit::parse_election_hash(audit::write_election_hash(*hash));
        require(again && *again == *hash, "a fingerprint reads as it was written");
    }
}

}  // namespace stimme::fuzz
