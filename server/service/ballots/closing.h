// What can be computed once all stations are closed, and is then the same for ever: the files that are
// published at the close, the sums of the ballots, and what follows from them (docs/protocol.md, sections 6.4
// and 8).
//
// The files lie in the folder's record/ and are made again when they are missing.
//
// Thread rule: all members may be called from any thread; whoever comes first computes, the others wait.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "core/events/files.h"
#include "core/tally/accumulate.h"
#include "core/tally/result.h"
#include "core/tally/shares.h"
#include "server/service/ballots/sealed_keys.h"
#include "server/service/log/public_log.h"

namespace stimme::service {

struct ClosingFiles {
    Hash tags;
    std::vector<events::BallotFile> ballots;
};

class Closing {
  public:
    Closing(PublicLog& log, SealedKeysCache& sealed, std::filesystem::path folder)
        : log_(log), sealed_(sealed), folder_(std::move(folder)) {}

    // Writes tag file and ballot files. Errors: station-open (conflict), file-unwritable, those of the store.
    Result<ClosingFiles> files();
    // Writes the participation file. Errors: file-unwritable.
    Result<Hash> write_participation(const std::vector<events::ParticipationRow>& rows);
    // Where a file of the record lies: "tags", "participation", "ballots/<district>/<style>".
    std::filesystem::path path_of(std::string_view file) const { return folder_ / file; }

    // Checks a trustee's share. Errors: not-closed (conflict), witness-quorum (conflict), those of
    // verify_share.
    Status check_share(const events::DecryptionShare& share);
    // The tally as the shares in the log give it. Errors: not-closed, those of make_tally.
    Result<events::Tally> tally();

  private:
    struct Summed {
        tally::ShareContext context;
        tally::GroupSums sums;
        std::vector<tally::OpenGroup> groups;
    };
    Result<std::shared_ptr<const Summed>> summed();
    Result<tally::ShareContext> share_context();
    Status add_ballots(const election::District& district, const SealedKeys& sealed, tally::GroupSums& sums);
    Result<Hash> write_ballots(const DistrictId& district, const StyleId& style);

    PublicLog& log_;
    SealedKeysCache& sealed_;
    const std::filesystem::path folder_;
    std::mutex files_mutex_;
    std::optional<ClosingFiles> files_;
    std::mutex sums_mutex_;
    std::shared_ptr<const Summed> summed_;
    std::mutex tally_mutex_;
    std::optional<std::pair<std::size_t, events::Tally>> tally_;  // with the number of shares it stands on
};

}  // namespace stimme::service
