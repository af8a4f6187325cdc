// What clients know of this election and this server doesn't: the mark of a backup that was restored while
// they went on (docs/protocol.md, section 6.7). Each request of staff carries the newest checkpoint that its
// program verified, and a desk's also its own count of check-ins. A checkpoint that this log signed and
// doesn't continue, or a count above the server's, proves that entries were lost; from then on the server
// writes nothing more in this election, so that the log can't fork silently.
//
// Invariants: what isn't signed with this log's key changes nothing. The evidence lies on the disk, beside
// the election's files (evidence/), and counts again after a restart until the files hold what it names.
// Nothing there names a voter or a pass.
//
// Thread rule: all members may be called from any thread.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/service/log/public_log.h"
#include "server/service/report.h"
#include "server/service/roll/roll_service.h"

namespace stimme::service {

class Continuity {
  public:
    // Reads the evidence that is there, and clears away what the files now hold. The others must outlive it.
    // Errors: file-unreadable.
    static Result<std::unique_ptr<Continuity>> open(PublicLog& log, RollService& roll,
                                                    std::filesystem::path folder, Report report);

    // The header Stimme-Checkpoint: a signed note, base64. Costs O(log n) hashes where it fits this log, and
    // one verified signature where it doesn't.
    void hear_checkpoint(std::string_view header);
    // The header Stimme-Desk-Counts of a desk: "check-ins voids moves paper-votes", answered and counted on
    // its own disk.
    void hear_counts(const SignerId& desk, std::string_view header);

    // Errors (unavailable): log-behind (this log is shorter than one that was published), log-forked (it is
    // another).
    Status check_log() const;
    // Whether the roll may change. Errors: also roll-behind (unavailable; a desk has counted more than the
    // server).
    Status check_roll() const;
    // The code of what is wrong, for the public; empty: nothing.
    std::string trouble() const;

  private:
    Continuity(PublicLog& log, RollService& roll, std::filesystem::path folder, Report report)
        : log_(log), roll_(roll), folder_(std::move(folder)), report_(std::move(report)) {}

    Status load();
    Status load_file(const std::filesystem::path& file);
    // Why this log isn't one that holds the checkpoint; nothing when it does.
    std::optional<Error> contradiction(const log::Checkpoint& claim) const;
    std::optional<Error> contradiction(const SignerId& desk, const store::DeskTally& claim) const;
    // The first of each kind counts; the evidence of all is kept, up to a bound.
    void take(std::optional<Error>& slot, Error error, const std::string& name, std::string_view evidence);

    PublicLog& log_;
    RollService& roll_;
    const std::filesystem::path folder_;
    const Report report_;
    mutable std::mutex mutex_;
    std::optional<Error> log_error_;
    std::optional<Error> roll_error_;
    std::map<std::string, std::string> kept_;  // what lies in each file, by name
};

}  // namespace stimme::service
