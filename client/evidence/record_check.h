// The whole public record on this machine: mirrored into the role folder and verified by core/verify, so that
// tally and decryption stand on what this program computed itself.
//
// Thread rule: one thread at a time.
#pragma once

#include "client/session/session.h"
#include "core/record/source.h"
#include "core/verify/verify.h"

namespace stimme::evidence {

// Files of the record over a session's connection.
class SessionSource final : public record::Source {
  public:
    explicit SessionSource(session::Session& session) : session_(session) {}
    Result<Bytes> fetch(const std::string& path) override;
    Result<Bytes> fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) override;

  private:
    session::Session& session_;
};

// Mirrors into `record` of the role folder and verifies everything up to the close. Errors: those of
// record::mirror; record-unverified (corrupt): a check failed, named on the error stream; not-closed
// (conflict).
Result<verify::ClosedElection> check_closed_record(session::Session& session, cli::Output& out);

}  // namespace stimme::evidence
