#include "client/office/acts/act.h"

#include <algorithm>
#include <istream>

#include <fmt/format.h>

#include "client/evidence/ceremony.h"
#include "client/evidence/describe.h"
#include "client/evidence/record_check.h"
#include "core/tally/count_rules.h"
#include "core/tally/result.h"
#include "core/tally/tally.h"
#include "core/wire/desk.h"

namespace stimme::office {
namespace {

Error act_differs(const std::string& what) {
    return corrupt("act-differs", "what the server wants signed isn't what follows from the record: " + what);
}

// h_E before there is an entry 0.
Result<Hash> election_before_seal(session::Session& session) {
    if (!session.definition()->trustees) return events::election_hash(session.definition().hash(), {});
    STIMME_TRY(const events::Ceremony ceremony, evidence::replay_ceremony(session));
    if (!ceremony.keys())
        return conflict("keys-incomplete", "not all trustees have published their part of the key yet");
    return ceremony.keys()->election;
}

void tell(const wire::ActAnswer& answer, bool entered_twice, cli::Output& out) {
    if (answer.index) {
        out.line(fmt::format("In the log as entry {}.", *answer.index));
    } else if (entered_twice) {
        out.line(
            "Entered. A second official must count and enter it, too; nobody sees what you entered before.");
    } else {
        out.line(fmt::format("Signed; {} more signature{} needed: stimme election confirm", answer.missing,
                             answer.missing == 1 ? "" : "s"));
    }
    out.document(to_json(answer));
}

events::PassKey public_part(const events::PassSecret& key, const crypto::SecretScalar& secret) {
    return {key.station, key.style, *crypto::multiply_generator(secret).to_sec1()};
}

Status check_pass_keys(const events::PollsClosed& act, const events::ElectionSealed& sealed) {
    std::vector<events::PassKey> keys;
    for (const events::PassSecret& key : act.pass_keys) {
        auto secret = crypto::SecretScalar::from_bytes(key.secret);
        if (!secret || secret->is_zero()) return act_differs("a pass key is no key");
        keys.push_back(public_part(key, *secret));
    }
    if (keys != sealed.pass_keys) return act_differs("the pass keys aren't those of entry 0");
    return {};
}

// One for each station and style, in the order of the definition; what lacks one could never vote.
Status check_pass_keys(const events::ElectionSealed& act, const election::Definition& definition) {
    auto key = act.pass_keys.begin();
    for (const election::Station& station : definition.stations) {
        for (const election::Style& style : definition.styles) {
            const bool right = key != act.pass_keys.end() && key->station == station.id &&
                               key->style == style.id && crypto::Point::from_sec1(key->key).ok();
            if (!right)
                return act_differs(fmt::format("the pass key of station {} and ballot style {} isn't there",
                                               station.id.str(), style.id.str()));
            ++key;
        }
    }
    if (key != act.pass_keys.end()) return act_differs("it has a pass key for no station");
    return {};
}

Status check_counts(const events::PollsClosed& act, const events::ElectionState& state) {
    tally::BallotCounts told;
    for (const auto& file : act.ballots) told[{file.district, file.style}] = file.count;
    tally::BallotCounts cast = tally::ballot_counts(state);
    std::erase_if(cast, [](const auto& group) { return group.second == 0; });
    if (told != cast || told.size() != act.ballots.size())
        return act_differs("the numbers of ballots aren't those of the log");
    return {};
}

// As if this official and as many others as it needs had signed: the fold asks who signs, not what.
std::vector<events::ActSignature> would_sign(const session::Session& session, const events::LogView& view,
                                             std::size_t needed) {
    std::vector<SignerId> names{session.profile().id};
    for (const election::Official& other : session.definition()->officials) {
        if (names.size() < needed && other.id != names.front()) names.push_back(other.id);
    }
    std::sort(names.begin(), names.end());
    std::vector<events::ActSignature> signatures;
    for (const SignerId& name : names) signatures.push_back({name, view.size, view.root, {}});
    return signatures;
}

}  // namespace

bool is_of_officials(const events::Content& content) {
    const auto signers = election::transition(events::type_of(content)).signers;
    return signers == election::SignedBy::two_officials || signers == election::SignedBy::its_official;
}

Result<Official> Official::open(cli::Context& context) {
    STIMME_TRY(session::Session session, session::Session::open(context));
    STIMME_TRY(evidence::FoldedLog log, evidence::fold_log(session, context.out));
    if (log.keys) {
        const Hash election = log.keys->election;
        return Official(std::move(session), context.role_folder, std::move(log), election);
    }
    STIMME_TRY(const Hash election, election_before_seal(session));
    return Official(std::move(session), context.role_folder, std::move(log), election);
}

Result<events::Content> Official::draft(election::EntryType type) {
    STIMME_TRY(auto answer,
               session_.get<wire::DraftAnswer>(fmt::format("acts/drafts/{}", election::to_string(type))));
    if (events::type_of(answer.content) != type) return act_differs("it is an act of another type");
    return std::move(answer.content);
}

Result<wire::PendingActs> Official::pending() {
    return session_.get<wire::PendingActs>("acts");
}

Status Official::check(const events::Content& content, cli::Output& out) {
    const auto& transition = election::transition(events::type_of(content));
    if (!is_of_officials(content))
        return forbidden("content-type", fmt::format("{} isn't signed by officials", transition.name));
    const std::size_t needed = transition.signers == election::SignedBy::two_officials ? 2 : 1;
    STIMME_CHECK(log_.state.check({content, would_sign(session_, log_.view, needed)}));
    STIMME_CHECK(tally::check_count(log_.state, content));
    return std::visit([&](const auto& act) { return check_content(act, out); }, content);
}

Status Official::check_content(const events::ElectionSealed& act, cli::Output&) {
    STIMME_TRY(const auto keys, verified(events::verify_sealed_keys(definition(), act)));
    if (keys.election != election_) return act_differs("h_E isn't that of the key ceremony");
    return check_pass_keys(act, *definition());
}

Status Official::check_content(const events::PollsClosed& act, cli::Output&) {
    STIMME_CHECK(check_pass_keys(act, log_.state.sealed()));
    return check_counts(act, log_.state);
}

Status Official::check_content(const events::Tally& act, cli::Output& out) {
    STIMME_TRY(const verify::ClosedElection closed, evidence::check_closed_record(session_, out));
    STIMME_TRY(const events::Tally own, tally::make_tally(closed.context, closed.sums, log_.state.shares()));
    if (act != own) return act_differs("the totals are others");
    return {};
}

Status Official::check_content(const events::ElectionResult& act, cli::Output&) {
    STIMME_TRY(const tally::Figures figures, tally::figures_of(log_.state));
    STIMME_TRY(const events::ElectionResult own, tally::make_result(definition(), figures));
    if (act.contests != own.contests) return act_differs("totals or seats are others");
    return {};
}

Status Official::check_content(const events::RollCorrected& act, cli::Output& out) {
    const auto tell = [&](const char* what, const Hash& leaf) -> Status {
        STIMME_TRY(const auto voter, session_.get<wire::VoterView>("roll/leaves/" + to_hex(leaf)));
        out.line(fmt::format("{} {}: {}, {}, born {}", what, voter.number, voter.family_name,
                             voter.given_names, voter.birth_date));
        return {};
    };
    for (const Hash& leaf : act.added) STIMME_CHECK(tell("To be admitted:", leaf));
    for (const Hash& leaf : act.struck) STIMME_CHECK(tell("To be struck off:", leaf));
    return {};
}

Status Official::show(const events::Content& content, cli::Output& out) {
    STIMME_CHECK(check(content, out));
    for (const std::string& line : evidence::describe(definition(), content)) out.line(line);
    if (!std::holds_alternative<events::Certified>(content)) return {};
    for (const std::string& line : evidence::describe(definition(), *log_.state.result())) out.line(line);
    return {};
}

Result<wire::ActAnswer> Official::send(const events::Content& content, cli::Output& out) {
    const auto signature =
        events::sign_act(session_.key(), session_.profile().id, election_, content, log_.view);
    STIMME_TRY(auto answer, session_.post<wire::ActAnswer>("acts", wire::ActRequest{content, signature}));
    tell(answer, tally::is_entered_twice(events::type_of(content)), out);
    return answer;
}

Result<wire::ActAnswer> Official::sign(const events::Content& content, cli::Output& out) {
    STIMME_CHECK(show(content, out));
    return send(content, out);
}

Status Official::sign_if_wanted(const events::Content& content, cli::Context& context) {
    STIMME_CHECK(show(content, context.out));
    // With --json the words above went nowhere.
    for (const std::string& line : evidence::describe(definition(), content)) {
        if (context.out.json()) context.out.note(line);
    }
    context.out.note("Type yes to sign this: ");
    std::string answer;
    std::getline(context.in, answer);
    if (answer != "yes") return conflict("not-confirmed", "nothing was signed");
    STIMME_CHECK(send(content, context.out));
    return {};
}

}  // namespace stimme::office
