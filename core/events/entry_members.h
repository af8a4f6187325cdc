// The members of each kind of entry in JSON: write() adds them to an object, read() takes them
// (docs/protocol.md, section 6.2). entry.cpp chooses the kind.
//
// Thread rule: pure functions.
#pragma once

#include "core/events/entry.h"

namespace stimme::events {

void write(json::Object& out, const ElectionSealed& c);
void read(json::Fields& in, ElectionSealed& c);
void write(json::Object& out, const PollsOpened& c);
void read(json::Fields& in, PollsOpened& c);
void write(json::Object& out, const BallotSubmitted& c);
void read(json::Fields& in, BallotSubmitted& c);
void write(json::Object& out, const BallotCast& c);
void read(json::Fields& in, BallotCast& c);
void write(json::Object& out, const BallotChallenged& c);
void read(json::Fields& in, BallotChallenged& c);
void write(json::Object& out, const ChallengeFailed& c);
void read(json::Fields& in, ChallengeFailed& c);
void write(json::Object& out, const BallotExpired& c);
void read(json::Fields& in, BallotExpired& c);
void write(json::Object& out, const PassVoided& c);
void read(json::Fields& in, PassVoided& c);
void write(json::Object& out, const RollCorrected& c);
void read(json::Fields& in, RollCorrected& c);
void write(json::Object& out, const KeyReplaced& c);
void read(json::Fields& in, KeyReplaced& c);
void write(json::Object& out, const StationClosed& c);
void read(json::Fields& in, StationClosed& c);
void write(json::Object& out, const PollsClosed& c);
void read(json::Fields& in, PollsClosed& c);
void write(json::Object& out, const DecryptionShare& c);
void read(json::Fields& in, DecryptionShare& c);
void write(json::Object& out, const PaperBatches& c);
void read(json::Fields& in, PaperBatches& c);
void write(json::Object& out, const PaperCount& c);
void read(json::Fields& in, PaperCount& c);
void write(json::Object& out, const Tally& c);
void read(json::Fields& in, Tally& c);
void write(json::Object& out, const HandCount& c);
void read(json::Fields& in, HandCount& c);
void write(json::Object& out, const LotCommitment& c);
void read(json::Fields& in, LotCommitment& c);
void write(json::Object& out, const LotNumber& c);
void read(json::Fields& in, LotNumber& c);
void write(json::Object& out, const LotDrawn& c);
void read(json::Fields& in, LotDrawn& c);
void write(json::Object& out, const ElectionResult& c);
void read(json::Fields& in, ElectionResult& c);
void write(json::Object& out, const AuditStarted& c);
void read(json::Fields& in, AuditStarted& c);
void write(json::Object& out, const Certified& c);
void read(json::Fields& in, Certified& c);
void write(json::Object& out, const Cancelled& c);
void read(json::Fields& in, Cancelled& c);
void write(json::Object& out, const Incident& c);
void read(json::Fields& in, Incident& c);

}  // namespace stimme::events
