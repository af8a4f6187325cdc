// One election: its folder, its log, its roll, and what can be done with them.
//
//     DATA/<id>/definition.json   canonical
//               log.key           Ed25519, PEM; mode 0600, made before there is a definition
//               pass.keys         made when the election is about to be sealed
//               ballots.db        the log and the ballots
//               roll.db           the roll, check-ins, the journal
//               evidence/         what clients know and this server lost (continuity.h); mostly there is none
//               record/           tags, participation and ballot files, from the close on
//               lock              held while a server has the election open
//
// The log leads: what was begun in roll.db is finished or abandoned at start-up as the log says.
//
// Thread rule: all members may be called from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "server/service/log/public_log.h"
#include "server/service/log/workers.h"
#include "server/store/folder_lock.h"

namespace stimme::service {

class ActService;
class BoothBook;
class BoothService;
class CeremonyService;
class Closing;
class Continuity;
class Drafts;
class PassService;
class RollProofs;
class RollService;
class SealedKeysCache;
class VoidService;

inline const SystemClock system_clock;

// What all elections of a server share; outlives them.
struct Environment {
    Random& random;  // one that threads may share
    Workers& workers;
    std::optional<std::string> passphrase;  // of log.key and pass.keys, where they are encrypted
    Report report = {};                     // may be empty; called from any thread
    const Clock& clock = system_clock;
};

class Election {
  public:
    // Errors: definition-folder (conflict: the definition is another election's), log-key-differs (conflict:
    // the key isn't the definition's), store-in-use, those of agreement.h, and those of the parts.
    static Result<std::shared_ptr<Election>> open(const std::filesystem::path& folder,
                                                  Environment& environment);
    ~Election();

    const election::ValidDefinition& definition() const { return log_->definition(); }
    election::Phase phase() const { return log_->published()->phase; }
    // Whether the station's close is in the log.
    bool station_closed(const StationId& station) const;
    // The holder of a role whose key this is now, after replacements.
    std::optional<election::Holder> holder_of_key(const election::PublicKey& key) const;
    // h_E, once all commitments are there.
    std::optional<Hash> election_hash() const;

    PublicLog& log() { return *log_; }
    RollService& roll() { return *roll_; }
    const RollProofs& roll_proofs() const { return *roll_proofs_; }
    CeremonyService& ceremony() { return *ceremony_; }
    BoothService& booths() { return *booths_; }
    PassService& passes() { return *passes_; }
    VoidService& voids() { return *voids_; }
    ActService& acts() { return *acts_; }
    Closing& closing() { return *closing_; }
    Continuity& continuity() { return *continuity_; }
    // For what takes long.
    Workers& workers() { return workers_; }

    // Takes nothing more and finishes what was begun.
    void stop();

  private:
    Election(store::FolderLock lock, Workers& workers);
    Status open_parts(const std::filesystem::path& folder, Environment& environment);
    Status load_pass_keys(const std::filesystem::path& folder, Environment& environment);
    // Finishes or abandons what was begun in the roll, and sees that both files belong together.
    Status settle();
    Status finish_begun(const events::ElectionState& state);
    Status check_record(const events::PollsClosed& closed);

    store::FolderLock lock_;
    Workers& workers_;
    std::unique_ptr<store::Database> ballots_;
    std::unique_ptr<PublicLog> log_;
    std::unique_ptr<RollService> roll_;
    std::unique_ptr<RollProofs> roll_proofs_;
    std::unique_ptr<SealedKeysCache> sealed_;
    std::unique_ptr<CeremonyService> ceremony_;
    std::unique_ptr<Closing> closing_;
    std::unique_ptr<BoothBook> book_;
    std::unique_ptr<BoothService> booths_;
    std::unique_ptr<PassService> passes_;
    std::unique_ptr<VoidService> voids_;
    std::unique_ptr<Drafts> drafts_;
    std::unique_ptr<ActService> acts_;
    std::unique_ptr<Continuity> continuity_;
};

// Reads log.key. Errors: those of read_file, LogKey::from_pem and open_with_passphrase, passphrase-needed.
Result<crypto::LogKey> load_log_key(const std::filesystem::path& file,
                                    const std::optional<std::string>& passphrase);
// Makes log.key and returns its public key. Errors: file-exists, file-unwritable.
Result<crypto::LogVerifyKey> create_log_key(const std::filesystem::path& file,
                                            const std::optional<std::string>& passphrase, Random& random);

}  // namespace stimme::service
