#include "server/service/acts/act_service.h"

#include <algorithm>
#include <future>

#include <fmt/format.h>

#include "core/tally/count_rules.h"
#include "server/service/acts/wait_for.h"

namespace stimme::service {

using election::EntryType;
using election::Role;
using election::SignedBy;

struct ActService::Act {
    election::Holder caller;
    wire::ActRequest request;
    Once once;
    bool begun_in_roll = false;
    bool logged_now = false;  // by this request, not by one that it repeats

    EntryType type() const { return events::type_of(request.content); }
    SignedBy signers() const { return election::transition(type()).signers; }
    std::string text() const { return events::encode_content(request.content); }
    std::optional<StationId> station() const {
        const auto* closed = std::get_if<events::StationClosed>(&request.content);
        return closed == nullptr ? std::nullopt : std::optional(closed->station);
    }
};

namespace {

// What an act is about: of two that wait and are about the same, only one can be logged.
struct Subject {
    EntryType type{};
    std::string station, contest, group;
    bool operator==(const Subject&) const = default;
};
Subject subject_of(const events::Content& content) {
    return std::visit(
        [&](const auto& c) {
            Subject subject{events::type_of(content), {}, {}, {}};
            if constexpr (requires { c.station.str(); }) subject.station = c.station.str();
            if constexpr (requires { c.contest.str(); }) subject.contest = c.contest.str();
            if constexpr (requires { c.group.size(); }) subject.group = c.group;
            return subject;
        },
        content);
}

bool signed_by(const wire::PendingAct& act, const SignerId& signer) {
    return std::any_of(act.signatures.begin(), act.signatures.end(),
                       [&](const auto& signature) { return signature.signer == signer; });
}

// Starts something of the roll and waits for it. The roll's writer never waits for the log's.

bool by_signer(const events::ActSignature& a, const events::ActSignature& b) {
    return a.signer < b.signer;
}

// An entry of that content as if this official and as many others as it needs had signed it, to ask the fold
// early.
events::Entry as_if_signed(const events::Content& content, const election::ValidDefinition& definition,
                           const SignerId& official, std::size_t needed) {
    events::Entry entry{content, {{official, 0, {}, {}}}};
    for (const election::Official& other : definition->officials) {
        if (entry.signed_by.size() < needed && other.id != official)
            entry.signed_by.push_back({other.id, 0, {}, {}});
    }
    std::sort(entry.signed_by.begin(), entry.signed_by.end(), by_signer);
    return entry;
}

Error act_differs() {
    return conflict("act-differs", "this isn't what the server has now: ask for the draft again");
}

}  // namespace

void ActService::draft(const DraftRequest& request, Done<wire::DraftAnswer> done) {
    workers_.run([=, this] {
        if (auto status = drafts_.prepare(request); !status) return done(std::move(status).error());
        log_.submit<wire::DraftAnswer>(
            [=, this](store::Connection& connection) -> Result<wire::DraftAnswer> {
                STIMME_TRY(events::Content content, drafts_.make(connection, request));
                return wire::DraftAnswer{std::move(content)};
            },
            done);
    });
}

void ActService::sign(const election::Holder& caller, const wire::ActRequest& request, const Once& once,
                      Done<wire::ActAnswer> done) {
    const auto act = std::make_shared<Act>(Act{caller, request, once});
    if (auto status = check_caller(*act); !status) return done(std::move(status).error());
    workers_.run([=, this] {
        if (auto status = check_outside_log(*act); !status) return done(std::move(status).error());
        log_.submit<wire::ActAnswer>(
            [=, this](store::Connection& connection) { return take(connection, *act); },
            [=, this](Result<wire::ActAnswer> answer) {
                settle(*act, answer);
                done(std::move(answer));
            });
    });
}

Status ActService::check_caller(const Act& act) const {
    const election::Holder& caller = act.caller;
    if (act.request.signature.signer != caller.id)
        return forbidden("signer-differs", "the signature must be that of the certificate's owner");
    bool right = false;
    switch (act.signers()) {
        case SignedBy::nobody:
        case SignedBy::one_desk:
            return invalid("act-type",
                           fmt::format("\"{}\" isn't signed here", election::to_string(act.type())));
        case SignedBy::two_officials:
            right = caller.role == Role::official;
            break;
        case SignedBy::every_desk:
            right = caller.role == Role::desk && caller.station == act.station();
            break;
        case SignedBy::its_official:  // whom it names, the fold asks
            right = caller.role == Role::official;
            break;
        case SignedBy::its_trustee:
            right = std::get<events::DecryptionShare>(act.request.content).trustee == caller.id;
            break;
    }
    if (right) return {};
    return forbidden("role-wrong",
                     fmt::format("\"{}\" is for others to sign", election::to_string(act.type())));
}

Status ActService::check_outside_log(const Act& act) {
    if (const auto* share = std::get_if<events::DecryptionShare>(&act.request.content))
        return closing_.check_share(*share);
    if (!Drafts::drafts(act.type())) return {};
    const auto prepared = drafts_.prepare({act.type(), act.station()});
    // A repetition of what is logged already finds another phase; the writer knows.
    return prepared || prepared.error().code == "entry-out-of-phase" ? Status() : prepared;
}

Result<wire::ActAnswer> ActService::take(store::Connection& connection, Act& act) {
    store::BallotRows rows(connection);
    const std::string text = act.text();
    STIMME_TRY(const bool repeated, rows.note_once(act.once.key, act.once.digest, ""));
    STIMME_TRY(auto signatures, waiting_signatures(rows, act));
    const std::size_t needed = signatures_needed(act);
    const bool signed_before = std::any_of(signatures.begin(), signatures.end(),
                                           [&](const auto& s) { return s.signer == act.caller.id; });
    if (repeated) {
        if (signed_before) return wire::ActAnswer{{}, static_cast<unsigned>(needed - signatures.size())};
        STIMME_TRY(const auto index, rows.logged_act(text));
        if (index) return wire::ActAnswer{index, 0};
    }
    if (signed_before)
        return conflict("act-signed-already", "you signed this act already; another person must confirm it");
    STIMME_CHECK(election::next_phase(log_.state().phase(), act.type()));
    std::unique_lock roll_lock(roll_mutex_, std::defer_lock);
    if (act.type() == EntryType::election_sealed) roll_lock.lock();
    STIMME_CHECK(check_content(connection, act));
    STIMME_CHECK(check_signature(act));
    STIMME_CHECK(drop_outdated(rows, act, signatures.size() + 1 == needed));
    if (signatures.size() + 1 < needed) {
        STIMME_CHECK(rows.add_signature(text, act.request.signature));
        return wire::ActAnswer{{}, static_cast<unsigned>(needed - signatures.size() - 1)};
    }
    signatures.push_back(act.request.signature);
    std::sort(signatures.begin(), signatures.end(), by_signer);
    STIMME_TRY(const std::uint64_t index, log_act(connection, act, std::move(signatures)));
    return wire::ActAnswer{index, 0};
}

// Signatures that the log can no longer take are dropped, so that their signers can sign again: a
// certification that was signed before the result that stands.
Result<std::vector<events::ActSignature>> ActService::waiting_signatures(store::BallotRows& rows,
                                                                         const Act& act) const {
    STIMME_TRY(auto signatures, rows.signatures(act.text()));
    const bool good = std::all_of(signatures.begin(), signatures.end(), [&](const auto& signature) {
        return log_.state().check_signature(act.request.content, signature).ok();
    });
    if (good) return signatures;
    STIMME_CHECK(rows.drop_act(act.text()));
    return std::vector<events::ActSignature>();
}

// Of what the server drafts only the newest draft can still be logged. Of counts the one that is `complete`,
// and till then the last that each official has entered.
Status ActService::drop_outdated(store::BallotRows& rows, const Act& act, bool complete) const {
    const bool drafted = Drafts::drafts(act.type());
    if (!drafted && !tally::is_entered_twice(act.type())) return {};
    STIMME_TRY(const auto waiting, pending_in(rows));
    for (const wire::PendingAct& other : waiting) {
        if (subject_of(other.content) != subject_of(act.request.content)) continue;
        if (other.content == act.request.content) continue;
        if (drafted || complete || signed_by(other, act.caller.id))
            STIMME_CHECK(rows.drop_act(events::encode_content(other.content)));
    }
    return {};
}

std::size_t ActService::signatures_needed(const Act& act) const {
    switch (act.signers()) {
        case SignedBy::two_officials:
            return 2;
        case SignedBy::every_desk:
            return log_.definition().station(*act.station())->desks.size();
        default:
            return 1;
    }
}

Status ActService::check_content(store::Connection& connection, const Act& act) {
    const events::Content& content = act.request.content;
    if (Drafts::drafts(act.type())) {
        STIMME_TRY(events::Content own, drafts_.make(connection, {act.type(), act.station()}));
        auto* result = std::get_if<events::ElectionResult>(&own);
        if (result != nullptr && result->supersedes)
            result->reason = std::get<events::ElectionResult>(content).reason;
        if (own != content) return act_differs();
    } else if (act.signers() == SignedBy::two_officials || act.signers() == SignedBy::its_official) {
        STIMME_CHECK(log_.state().check(
            as_if_signed(content, log_.definition(), act.caller.id, signatures_needed(act))));
    }
    return tally::check_count(log_.state(), content);
}

Status ActService::check_signature(const Act& act) const {
    const auto* sealing = std::get_if<events::ElectionSealed>(&act.request.content);
    const Hash election = sealing != nullptr ? sealing->election : log_.state().sealed().election;
    STIMME_CHECK(log_.state().check_signature(act.request.content, act.request.signature));
    return events::verify_act_signature(log_.state(), election, act.request.content, act.request.signature,
                                        log_.state().size(),
                                        [&](std::uint64_t size) { return log_.root_at(size); });
}

Result<std::uint64_t> ActService::log_act(store::Connection& connection, Act& act,
                                          std::vector<events::ActSignature> signatures) {
    STIMME_CHECK(begin_in_roll(act));
    if (const auto station = act.station()) STIMME_CHECK(expire_submissions(connection, *station));
    const events::Entry entry{act.request.content, std::move(signatures)};
    const auto* sealing = std::get_if<events::ElectionSealed>(&entry.content);
    const Hash election = sealing != nullptr ? sealing->election : log_.state().sealed().election;
    STIMME_CHECK(events::verify_signatures(log_.state(), election, entry, log_.state().size(),
                                           [&](std::uint64_t size) { return log_.root_at(size); }));
    STIMME_TRY(const std::uint64_t index, log_.append(connection, entry));
    store::BallotRows rows(connection);
    STIMME_CHECK(rows.move_act_to_log(act.text(), index));
    if (const auto station = act.station()) STIMME_CHECK(rows.drop_once(*station));
    act.logged_now = true;
    return index;
}

Status ActService::begin_in_roll(Act& act) {
    if (const auto* closed = std::get_if<events::StationClosed>(&act.request.content)) {
        act.begun_in_roll = true;
        return wait_for([&](Done<void> done) { roll_.begin_close(*closed, std::move(done)); });
    }
    if (const auto* correction = std::get_if<events::RollCorrected>(&act.request.content)) {
        act.begun_in_roll = true;
        return wait_for([&](Done<void> done) { roll_.begin_correction(*correction, std::move(done)); });
    }
    return {};
}

Status ActService::expire_submissions(store::Connection& connection, const StationId& station) {
    store::BallotRows rows(connection);
    for (const events::PassNumber& t : log_.state().open_submissions(station)) {
        const Hash code = *log_.state().open_submission(t);
        STIMME_CHECK(rows.end_submission(code, store::SubmissionStatus::expired, log_.state().size()));
        STIMME_CHECK(log_.append(connection, {events::BallotExpired{station, t, code}, {}}));
    }
    return {};
}

void ActService::settle(const Act& act, const Result<wire::ActAnswer>& answer) {
    const bool logged = answer.ok() && act.logged_now;
    if (act.begun_in_roll && !logged)  // else at start-up
        static_cast<void>(wait_for([&](Done<void> done) { end_in_roll(act, false, std::move(done)); }));
    if (!logged) return;
    if (act.begun_in_roll)
        follow_up([this, act](Done<void> done) { end_in_roll(act, true, std::move(done)); });
    follow_up(
        [this, act, index = *answer->index](Done<void> done) { write_journal(act, index, std::move(done)); });
    if (act.type() == EntryType::station_closed)
        workers_.run([this] { static_cast<void>(log_.database().truncate_wal()); });
}

// In order: a step waits for those before it that failed, because the roll couldn't be written.
void ActService::follow_up(std::function<void(Done<void>)> step) {
    unfinished_.push_back(std::move(step));
    while (!unfinished_.empty() && wait_for(unfinished_.front())) unfinished_.erase(unfinished_.begin());
}

void ActService::end_in_roll(const Act& act, bool logged, Done<void> done) {
    if (const auto* correction = std::get_if<events::RollCorrected>(&act.request.content)) {
        return logged ? roll_.finish_correction(*correction, std::move(done))
                      : roll_.abandon_correction(*correction, std::move(done));
    }
    const StationId station = *act.station();
    logged ? roll_.finish_close(station, std::move(done)) : roll_.abandon_close(station, std::move(done));
}

void ActService::write_journal(const Act& act, std::uint64_t index, Done<void> done) {
    json::Object row;
    row.set("act", events::content_to_json(act.request.content));
    row.set("index", index);
    row.set("last_signer", act.caller.id.str());
    roll_.journal(std::move(row), std::move(done));
}

void ActService::with_roll(std::function<void(election::Phase)> work) {
    workers_.run([this, work = std::move(work)] {
        const std::lock_guard lock(roll_mutex_);
        work(log_.read([](const auto& state, const auto&) { return state.phase(); }));
    });
}

Result<std::vector<wire::PendingAct>> ActService::pending_in(const store::BallotRows& rows) {
    STIMME_TRY(const auto waiting, rows.acts());
    std::vector<wire::PendingAct> acts;
    for (const store::ActRow& row : waiting) {
        STIMME_TRY(const json::Value value, json::parse_canonical(row.content));
        STIMME_TRY(events::Content content, events::content_from_json(value));
        acts.push_back({std::move(content), row.signatures});
    }
    return acts;
}

Result<wire::PendingActs> ActService::pending(const SignerId& caller) const {
    const auto all = log_.database().read(
        [&](store::Connection& connection) { return pending_in(store::BallotRows(connection)); });
    if (!all) return all.error();
    const auto entered = [&](const events::Content& content) {
        return std::any_of(all->begin(), all->end(), [&](const wire::PendingAct& own) {
            return signed_by(own, caller) && subject_of(own.content) == subject_of(content);
        });
    };
    wire::PendingActs seen;
    for (const wire::PendingAct& act : *all) {
        const Subject subject = subject_of(act.content);
        if (!tally::is_entered_twice(subject.type) || entered(act.content)) {
            seen.acts.push_back(act);
        } else {
            seen.withheld.push_back({subject.type, ContestId(subject.contest), subject.group});
        }
    }
    return seen;
}

}  // namespace stimme::service
