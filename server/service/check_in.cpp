#include "server/service/check_in.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::service {
namespace {

store::AnswerBytes pack(const pass::Answer& answer) {
    store::AnswerBytes bytes;
    auto end = std::copy(answer.evaluated.begin(), answer.evaluated.end(), bytes.begin());
    end = std::copy(answer.proof_challenge.begin(), answer.proof_challenge.end(), end);
    std::copy(answer.proof_response.begin(), answer.proof_response.end(), end);
    return bytes;
}

pass::Answer unpack(const store::AnswerBytes& bytes) {
    const ByteView all(bytes);
    return {to_array<33>(all.first(33)), to_array<32>(all.subspan(33, 32)), to_array<32>(all.subspan(65))};
}

Error not_eligible(const store::PersonRow& person) {
    return conflict("voter-not-eligible",
                    fmt::format("this person may not vote: {}", fmt::join(person.reasons, ", ")));
}

}  // namespace

wire::CheckInAnswer to_wire(const StyleId& style, const pass::Answer& answer) {
    return {style, answer.evaluated, answer.proof_challenge, answer.proof_response};
}

Result<store::VoterRow> find_person(const store::RollRows& rows, std::string_view number) {
    STIMME_TRY(auto found, rows.voter(number));
    if (!found) return not_found("voter-not-found", "nobody in the register has this number");
    return *std::move(found);
}

Result<CheckIn::Decision> CheckIn::decide(const CheckInCall& call) const {
    STIMME_TRY(auto answered, answered_key(call));
    if (answered) return *std::move(answered);
    STIMME_TRY(const store::VoterRow voter, find_person(rows_, call.request.voter));
    STIMME_CHECK(check_station(call, voter.person));
    if (!voter.person.may_vote()) return not_eligible(voter.person);
    STIMME_TRY(auto before, earlier(call, voter.person));
    if (before) return *std::move(before);
    STIMME_TRY(const bool closed, rows_.is_closed(*call.desk.station));
    if (closed) return conflict("station-closed", "this station is closed");
    STIMME_CHECK(check_corrections(voter.person));
    return Decision{voter.person.style, {}};
}

Result<wire::CheckInAnswer> CheckIn::store(const CheckInCall& call, const pass::Answer& answer) {
    STIMME_TRY(const Decision decision, decide(call));
    const pass::Answer given = decision.stored.value_or(answer);
    const store::AnswerBytes bytes = pack(given);
    const StationId& station = *call.desk.station;
    if (!decision.stored) {
        STIMME_CHECK(
            rows_.add_check_in({call.request.voter, station, call.desk.id, call.request.blinded, bytes}));
        STIMME_CHECK(rows_.count_check_in(call.desk.id));
    }
    STIMME_CHECK(rows_.add_once({call.once.key, call.once.digest, station, decision.style, bytes}));
    return to_wire(decision.style, given);
}

Result<std::optional<CheckIn::Decision>> CheckIn::answered_key(const CheckInCall& call) const {
    STIMME_TRY(const auto once, rows_.once(call.once.key));
    if (!once) return std::optional<Decision>();
    if (once->digest != call.once.digest)
        return conflict("idempotency-key-reused", "this Idempotency-Key came with another request before");
    return std::optional(Decision{once->style, unpack(once->answer)});
}

Status CheckIn::check_station(const CheckInCall& call, const store::PersonRow& voter) const {
    if (definition_->check_in == election::CheckInPlace::any_station) return {};
    if (voter.station == call.desk.station->str()) return {};
    return forbidden("voter-other-station", voter.register_block
                                                ? "this person votes at another station"
                                                : "this person votes at the station " + voter.station);
}

// A repetition of the same request gets its answer again; any other is one too many.
Result<std::optional<CheckIn::Decision>> CheckIn::earlier(const CheckInCall& call,
                                                          const store::PersonRow& voter) const {
    STIMME_TRY(const auto row, rows_.check_in(voter.number));
    if (!row) return std::optional<Decision>();
    if (row->desk == call.desk.id && row->blinded == call.request.blinded)
        return std::optional(Decision{voter.style, unpack(row->answer)});
    return conflict("already-checked-in", "this voter was checked in at the station " + row->station.str());
}

Status CheckIn::check_corrections(const store::PersonRow& voter) const {
    STIMME_TRY(const auto intents, rows_.corrections());
    const bool striking = std::any_of(
        intents.begin(), intents.end(),
        [&](const store::CorrectionIntent& intent) { return intent.struck && intent.leaf == voter.leaf; });
    if (striking) return conflict("voter-being-struck", "this voter is being struck off the roll");
    return {};
}

}  // namespace stimme::service
