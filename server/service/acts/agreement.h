// Do the two files of an election belong together? ballots.db and roll.db are written one after the other and
// may be restored separately; whichever is older lacks what the other stands on (docs/protocol.md,
// section 6.7). Asked once, when an election is opened.
//
// Thread rule: pure functions over what they are given; they wait for the roll's writer.
#pragma once

#include "server/service/log/public_log.h"
#include "server/service/roll/roll_service.h"

namespace stimme::service {

// Before anything that was begun in the roll is finished or abandoned. Errors (conflict): ballots-older (the
// roll's journal names an act that the log doesn't hold).
Status check_journal(const PublicLog& log, const RollService& roll);

// After that. Errors (conflict): roll-older (more passes were used at a station than voters are checked in
// there, a closed station has other counts, the roll isn't the one that was sealed and corrected, or the
// journal isn't the one of the close).
Status check_roll(const events::ElectionState& state, const RollService& roll);

// Acts that the log holds and the journal doesn't, because the server was killed between the two, get their
// row now. It says "recovered", since nobody knows any more who signed last.
Status complete_journal(const PublicLog& log, RollService& roll);

}  // namespace stimme::service
