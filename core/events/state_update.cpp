// What each entry of the log changes in the state: the second half of state.h.
#include <cassert>

#include "core/events/state.h"

namespace stimme::events {

// What each entry changes. REQUIRES: it passed check().
struct StateUpdate {
    ElectionState& s;
    std::uint64_t index;
    const Entry& entry;

    template <class AboutSubmission>
    PassState& end_submission(const AboutSubmission& c, PassState::Status status) {
        PassState& pass = s.passes_[c.t];
        pass.status = status;
        s.open_submissions_.erase(c.t);
        return pass;
    }

    void operator()(const ElectionSealed& c) { s.sealed_ = c; }
    void operator()(const BallotSubmitted& c) {
        PassState& pass = s.passes_[c.t];
        pass.station =
            static_cast<std::uint16_t>(s.definition_.station(c.station) - s.definition_->stations.data());
        pass.style = static_cast<std::uint16_t>(s.definition_.style(c.style) - s.definition_->styles.data());
        pass.status = PassState::Status::submitted;
        s.open_submissions_[c.t] = c.tracking_code;
        s.tracking_codes_.insert(ElectionState::prefix_of(c.tracking_code));
    }
    void operator()(const BallotCast& c) {
        const PassState& pass = end_submission(c, PassState::Status::cast);
        ++s.cast_[{pass.station, pass.style}];
    }
    void operator()(const BallotChallenged& c) { ++end_submission(c, PassState::Status::free).challenges; }
    void operator()(const ChallengeFailed& c) { end_submission(c, PassState::Status::free); }
    void operator()(const BallotExpired& c) { end_submission(c, PassState::Status::free); }
    void operator()(const PassVoided& c) {
        PassState& pass = s.passes_[c.t];
        pass.station =
            static_cast<std::uint16_t>(s.definition_.station(c.station) - s.definition_->stations.data());
        pass.status = PassState::Status::voided;
        ++s.voided_[pass.station];
    }
    void operator()(const RollCorrected& c) {
        s.added_.insert(c.added.begin(), c.added.end());
        s.struck_.insert(c.struck.begin(), c.struck.end());
    }
    void operator()(const KeyReplaced& c) {
        s.holders_.erase(s.key_of(c.signer));
        s.holders_.emplace(c.key, c.signer);
        s.replaced_keys_[c.signer] = c.key;
    }
    void operator()(const StationClosed& c) { s.closed_stations_[c.station] = c; }
    void operator()(const PollsClosed& c) {
        s.polls_closed_ = c;
        s.closing_size_ = index + 1;
    }
    void operator()(const DecryptionShare& c) {
        s.shares_.push_back(c);
        s.share_signatures_.push_back(entry.signed_by[0]);
    }
    void operator()(const PaperBatches& c) {
        s.count_.apply(index, c);
        s.figures_index_ = index;
    }
    void operator()(const PaperCount& c) {
        s.count_.apply(index, c);
        s.figures_index_ = index;
    }
    void operator()(const HandCount& c) { s.count_.apply(index, c); }
    void operator()(const AuditStarted& c) { s.count_.apply(c); }
    void operator()(const LotCommitment& c) { s.count_.apply(c); }
    void operator()(const LotNumber& c) { s.count_.apply(c); }
    void operator()(const Tally& c) { s.tally_ = c; }
    void operator()(const LotDrawn& c) {
        s.count_.apply(c);
        s.figures_index_ = index;
    }
    void operator()(const ElectionResult& c) {
        s.count_.apply(c);
        s.result_ = c;
        s.result_index_ = index;
    }
    void operator()(const PollsOpened&) {}
    void operator()(const Certified&) {}
    void operator()(const Cancelled&) {}
    void operator()(const Incident&) {}
};

Status ElectionState::apply(std::uint64_t index, const Entry& entry) {
    assert(index == size_);
    STIMME_CHECK(check(entry));
    for (const ActSignature& signature : entry.signed_by) {
        signed_acts_.insert(signed_act(entry.content, signature));
    }
    std::visit(StateUpdate{*this, index, entry}, entry.content);
    phase_ = *election::next_phase(phase_, type_of(entry.content));
    ++size_;
    return {};
}

}  // namespace stimme::events
