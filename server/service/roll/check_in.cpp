#include "server/service/roll/check_in.h"

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

}  // namespace

Status check_station(const election::ValidDefinition& definition, const Desk& desk,
                     const store::PersonRow& voter) {
    if (definition->check_in == election::CheckInPlace::any_station) return {};
    if (voter.station == desk.station->str()) return {};
    return forbidden("voter-other-station", voter.register_block
                                                ? "this person votes at another station"
                                                : "this person votes at the station " + voter.station);
}

Error not_eligible(const store::PersonRow& person) {
    return conflict("voter-not-eligible",
                    fmt::format("this person may not vote: {}", fmt::join(person.reasons, ", ")));
}

Status check_not_voted(const store::VoterRow& voter) {
    if (voter.checked_in_at)
        return conflict("already-checked-in",
                        "this voter was checked in at the station " + voter.checked_in_at->str());
    if (voter.paper_at)
        return conflict("already-on-paper",
                        "this voter voted on paper at the station " + voter.paper_at->str());
    return {};
}

Error card_issued() {
    return conflict("polling-card-issued",
                    "this voter has a polling card; they vote here only when they hand it in");
}

Status check_not_being_struck(const store::RollRows& rows, const store::PersonRow& voter) {
    STIMME_TRY(const auto intents, rows.corrections());
    const bool striking = std::any_of(
        intents.begin(), intents.end(),
        [&](const store::CorrectionIntent& intent) { return intent.struck && intent.leaf == voter.leaf; });
    if (striking) return conflict("voter-being-struck", "this voter is being struck off the roll");
    return {};
}

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
    STIMME_CHECK(check_station(definition_, call.desk, voter.person));
    if (!voter.person.may_vote()) return not_eligible(voter.person);
    STIMME_TRY(auto before, earlier(call, voter.person));
    if (before) return *std::move(before);
    STIMME_CHECK(check_not_voted(voter));
    STIMME_TRY(const bool closed, rows_.is_closed(*call.desk.station));
    if (closed) return conflict("station-closed", "this station is closed");
    if (voter.polling_card && !call.request.card_taken) return card_issued();
    STIMME_CHECK(check_not_being_struck(rows_, voter.person));
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

// A repetition of the same request gets its answer again.
Result<std::optional<CheckIn::Decision>> CheckIn::earlier(const CheckInCall& call,
                                                          const store::PersonRow& voter) const {
    STIMME_TRY(const auto row, rows_.check_in(voter.number));
    if (!row) return std::optional<Decision>();
    if (row->desk == call.desk.id && row->blinded == call.request.blinded)
        return std::optional(Decision{voter.style, unpack(row->answer)});
    return std::optional<Decision>();
}

}  // namespace stimme::service
