#include "server/service/ballots/booth_service.h"

#include "core/ballot/check.h"
#include "core/ballot/opening.h"
#include "core/ballot/tracking_code.h"

namespace stimme::service {
namespace {

using events::PassState;
using store::SubmissionStatus;

Error no_open_submission() {
    return conflict("no-open-submission", "this pass has no ballot that waits for cast or test");
}

// Whether the row is about this very ballot of this pass at this booth's station.
template <class Request>
bool is_about(const std::optional<store::Submission>& row, const Booth& booth, const Request& request) {
    return row && row->t == request.t && row->station == *booth.station;
}

// A station that is closed has no such rows any more.
Status note(const PublicLog& log, store::Connection& connection, const Once& once, const Booth& booth) {
    if (log.state().station_closed(*booth.station)) return {};
    const auto noted = store::BallotRows(connection).note_once(once.key, once.digest, booth.station->str());
    if (!noted) return noted.error();
    return {};
}

Hash y_of(ByteView body) {
    return to_array<32>(body.last(32));
}

events::Entry cast_entry(const Booth& booth, const wire::CastRequest& request) {
    return {events::BallotCast{*booth.station, request.t, request.tracking_code, request.x}, {}};
}

}  // namespace

Status BoothService::admit(const Booth& booth, const events::ElectionState& state,
                           const Result<store::BoothRow>& row) {
    STIMME_CHECK(election::next_phase(state.phase(), election::EntryType::ballot_submitted));
    if (state.station_closed(*booth.station)) return conflict("station-closed", "this station is closed");
    if (!row) return row.error();
    if (row->closed) return conflict("booth-closed", "this booth is closed after a test that failed");
    if (row->wrong_tags >= wrong_tags_lock)
        return conflict("booth-locked", "too many wrong passes: the desk must unlock this booth");
    return {};
}

Status BoothService::admit(const Booth& booth) const {
    const auto row = book_.find(booth.id);
    return log_.read([&](const auto& state, const auto&) { return admit(booth, state, row); });
}

template <class T>
void BoothService::refuse_tag(const Booth& booth, const Done<T>& done) {
    log_.submit<bool>(
        [booth](store::Connection& connection) -> Result<bool> {
            store::BallotRows rows(connection);
            STIMME_TRY(store::BoothRow row, rows.booth(booth.id));
            ++row.wrong_tags;
            STIMME_CHECK(rows.set_booth(booth.id, row));
            return true;
        },
        book_.forgetting<bool>([done](const Result<bool>& counted) {
            if (!counted) return done(counted.error());
            done(forbidden("pass-tag-wrong", "this pass wasn't given out at this station"));
        }));
}

void BoothService::pass(const Booth& booth, const wire::BoothPassRequest& request, const Once&,
                        Done<wire::BoothPassAnswer> done) {
    workers_.run([=, this] {
        if (auto status = admit(booth); !status) return done(std::move(status).error());
        const auto style = style_of_pass(log_.definition(), tags_, *booth.station, {request.t, request.tag});
        if (!style) return refuse_tag(booth, done);
        done(log_.read([&](const events::ElectionState& state, const auto&) -> Result<wire::BoothPassAnswer> {
            STIMME_CHECK(state.usable(request.t));
            const PassState* pass = state.pass(request.t);
            return wire::BoothPassAnswer{*style, pass == nullptr ? 0U : pass->challenges};
        }));
    });
}

bool BoothService::waits(const events::PassNumber& t, const Hash& code) const {
    return log_.read([&](const events::ElectionState& state, const auto&) {
        const Hash* waiting = state.open_submission(t);
        return waiting != nullptr && *waiting == code;
    });
}

void BoothService::submit(const Booth& booth, wire::SubmissionRequest request, const Once& once,
                          Done<wire::SubmissionAnswer> done) {
    const auto shared = std::make_shared<const wire::SubmissionRequest>(std::move(request));
    workers_.run([=, this] {
        if (auto status = admit(booth); !status) return done(std::move(status).error());
        const auto sealed = sealed_.get();
        if (!sealed) return done(sealed.error());
        if (!log_.definition().style(shared->style))
            return done(not_found("style-unknown", "there is no such ballot style"));
        if (!tags_(*booth.station, shared->style, {shared->t, shared->tag})) return refuse_tag(booth, done);
        const Hash code = ballot::tracking_code(
            {(*sealed)->election(), *booth.station, shared->style, shared->t}, shared->body);
        const auto log_it = [=, this](const Status& checked) {
            if (!checked) return done(checked.error());
            log_.submit<wire::SubmissionAnswer>(
                [=, this](store::Connection& connection) -> Result<wire::SubmissionAnswer> {
                    STIMME_CHECK(note(log_, connection, once, booth));
                    return log_submission(connection, booth, *shared, code);
                },
                done);
        };
        if (waits(shared->t, code)) return log_it({});  // a repetition; it was checked
        if (!(*sealed)->key) return done(conflict("paper-only", "this election is on paper only"));
        checks_.check(*sealed, {(*sealed)->election(), *booth.station, shared->style, shared->t},
                      shared->body, log_it);
    });
}

Result<wire::SubmissionAnswer> BoothService::log_submission(store::Connection& connection, const Booth& booth,
                                                            const wire::SubmissionRequest& request,
                                                            const Hash& code) {
    store::BallotRows rows(connection);
    STIMME_CHECK(admit(booth, log_.state(), rows.booth(booth.id)));
    STIMME_TRY(const auto row, rows.submission(code));
    if (is_about(row, booth, request) && row->status == SubmissionStatus::open)
        return wire::SubmissionAnswer{code, row->submitted};
    const events::Entry entry{events::BallotSubmitted{*booth.station, request.style, request.t, code}, {}};
    STIMME_CHECK(log_.state().check(entry));
    STIMME_CHECK(rows.add_submission({code,
                                      request.t,
                                      *booth.station,
                                      request.style,
                                      request.tag,
                                      y_of(request.body),
                                      SubmissionStatus::open,
                                      log_.state().size(),
                                      {}},
                                     request.body));
    STIMME_TRY(const std::uint64_t index, log_.append(connection, entry));
    return wire::SubmissionAnswer{code, index};
}

void BoothService::cast(const Booth& booth, const wire::CastRequest& request, const Once& once,
                        Done<wire::CastAnswer> done) {
    log_.submit<Cast>(
        [=, this](store::Connection& connection) -> Result<Cast> {
            STIMME_CHECK(note(log_, connection, once, booth));
            return log_cast(connection, booth, request);
        },
        [=, this, done = std::move(done)](const Result<Cast>& cast) {
            if (!cast) return done(cast.error());
            auto made = receipt(*cast, cast_entry(booth, request));
            if (!made) return done(std::move(made).error());
            done(wire::CastAnswer{cast->index, *std::move(made)});
        });
}

// Just after the commit the newest checkpoint is the one that covers the entry first.
Result<std::string> BoothService::receipt(const Cast& cast, const events::Entry& entry) const {
    if (cast.repeated) return log_.receipt(cast.index);
    return log_.receipt(cast.index, as_bytes(events::encode(entry)), log_.published()->checkpoint.size);
}

Result<BoothService::Cast> BoothService::log_cast(store::Connection& connection, const Booth& booth,
                                                  const wire::CastRequest& request) {
    store::BallotRows rows(connection);
    STIMME_TRY(const auto row, rows.submission(request.tracking_code));
    if (!is_about(row, booth, request)) return no_open_submission();
    if (!ballot::cast_matches(row->y, request.x))
        return forbidden("cast-secret-wrong", "this isn't the secret of the ballot");
    if (row->status == SubmissionStatus::cast) return Cast{*row->ended, true};
    STIMME_CHECK(admit(booth, log_.state(), rows.booth(booth.id)));
    const events::Entry entry = cast_entry(booth, request);
    STIMME_CHECK(log_.state().check(entry));
    STIMME_CHECK(rows.end_submission(row->tracking_code, SubmissionStatus::cast, log_.state().size()));
    const DistrictId& district = log_.definition().station(*booth.station)->district;
    STIMME_CHECK(rows.add_cast(district, row->style, row->tracking_code));
    STIMME_TRY(const std::uint64_t index, log_.append(connection, entry));
    return Cast{index, false};
}

// On a worker: takes as long as making a ballot.
Result<bool> BoothService::reproduces(const Booth& booth, const wire::ChallengeRequest& request) {
    STIMME_TRY(const auto sealed, sealed_.get());
    return log_.database().read([&](store::Connection& connection) -> Result<bool> {
        STIMME_TRY(const auto row, store::BallotRows(connection).submission(request.tracking_code));
        if (!is_about(row, booth, request)) return no_open_submission();
        if (row->status != SubmissionStatus::open) return row->status == SubmissionStatus::challenged;
        const ballot::Context context{sealed->election(), *booth.station, row->style, request.t};
        return ballot::verify_opening(*sealed->key, sealed->layouts.at(row->style), context, request.opening,
                                      request.tracking_code)
            .ok();
    });
}

void BoothService::challenge(const Booth& booth, const wire::ChallengeRequest& request, const Once& once,
                             Done<wire::ChallengeAnswer> done) {
    workers_.run([=, this] {
        const Result<bool> reproduced = reproduces(booth, request);
        if (!reproduced) return done(reproduced.error());
        log_.submit<wire::ChallengeAnswer>(
            [=, this,
             reproduced = *reproduced](store::Connection& connection) -> Result<wire::ChallengeAnswer> {
                STIMME_CHECK(note(log_, connection, once, booth));
                return log_challenge(connection, booth, request, reproduced);
            },
            *reproduced ? done : book_.forgetting(done));
    });
}

Result<wire::ChallengeAnswer> BoothService::log_challenge(store::Connection& connection, const Booth& booth,
                                                          const wire::ChallengeRequest& request,
                                                          bool reproduced) {
    store::BallotRows rows(connection);
    STIMME_TRY(const auto row, rows.submission(request.tracking_code));
    if (!is_about(row, booth, request)) return no_open_submission();
    if (row->status == SubmissionStatus::challenged || row->status == SubmissionStatus::failed)
        return wire::ChallengeAnswer{*row->ended, row->status == SubmissionStatus::challenged};
    STIMME_CHECK(admit(booth, log_.state(), rows.booth(booth.id)));
    events::Entry entry;
    if (reproduced) {
        entry.content =
            events::BallotChallenged{*booth.station, request.t, request.tracking_code, request.opening};
    } else {
        entry.content =
            events::ChallengeFailed{*booth.station, request.t, request.tracking_code, request.opening};
    }
    STIMME_CHECK(log_.state().check(entry));
    const std::uint64_t index = log_.state().size();
    STIMME_CHECK(rows.end_submission(
        row->tracking_code, reproduced ? SubmissionStatus::challenged : SubmissionStatus::failed, index));
    if (!reproduced) STIMME_CHECK(rows.set_booth(booth.id, {0, true}));
    STIMME_CHECK(log_.append(connection, entry));
    return wire::ChallengeAnswer{index, reproduced};
}

}  // namespace stimme::service
