#include "client/booth/console/voting_backend.h"

#include <fmt/format.h>

#include "client/words/dates.h"
#include "client/words/words.h"
#include "core/ballot/tracking_code.h"

namespace stimme::booth::console {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds between_repetitions = 1s;

// A line for each contest and each option chosen, as on the official ballot.
std::vector<std::string> in_german(const ballot::Layout& layout, const events::Selections& selections) {
    const auto german = words::Language::german();
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < layout.contests().size(); ++i) {
        const election::Contest& contest = layout.contest(layout.contests()[i]);
        lines.push_back(title_of(contest.titles, "de", *layout.definition()));
        for (std::size_t position = 0; position < contest.options.size(); ++position) {
            if (const unsigned votes = selections[i][position]; votes != 0)
                lines.push_back(fmt::format("{} x  {}", votes, contest.options[position].name));
        }
        const auto chosen = [&](auto place) { return place && selections[i][*place] != 0; };
        if (chosen(contest.invalid_position())) lines.emplace_back(words::say(german, "invalid"));
        if (chosen(contest.blank_position())) lines.emplace_back(words::say(german, "blank"));
    }
    return lines;
}

Code code_of(const Hash& tracking_code, std::uint64_t index) {
    return {ballot::write_tracking_code(tracking_code), index};
}

}  // namespace

Answer VotingBackend::answer(Ask ask) {
    const bool connecting = std::holds_alternative<Connect>(ask.question);
    if (!workplace_ && !connecting)
        return Failed{unavailable("not-connected", "the booth isn't connected yet")};
    language_ = ask.language;
    return std::visit([&](auto& which) { return of(std::move(which)); }, ask.question);
}

void VotingBackend::give_up() {
    const std::lock_guard lock(mutex_);
    given_up_ = true;
    wake_.notify_all();
}

// A pass can be asked for again by whoever holds it.
bool VotingBackend::given_up() {
    const std::lock_guard lock(mutex_);
    return given_up_ || (visit_ && std::holds_alternative<PassSent>(visit_->state()));
}

void VotingBackend::pause() {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, between_repetitions, [this] { return given_up_; });
}

// The visit.

Answer VotingBackend::of(Connect&&) {
    if (!workplace_) {
        auto opened = parts_.open();
        if (!opened) return Failed{std::move(opened).error()};
        workplace_ = *std::move(opened);
    }
    return Connected{std::make_shared<const BoothInfo>(info_of(*workplace_))};
}

Failed VotingBackend::stopped() {
    const Stopped at = std::get<Stopped>(visit_->state());
    visit_.reset();
    pass_.reset();
    unprinted_ballot_.reset();
    return {at.error, at.perhaps_cast};
}

Answer VotingBackend::take(const pass::Pass& pass) {
    pass_ = pass;
    visit_ = std::make_unique<Visit>(
        workplace_->polling(), parts_.random, workplace_->server(),
        session::Patience{session::as_long_as_it_takes, [this] { pause(); }, [this] { return given_up(); }});
    visit_->give(PassEntered{pass});
    const auto* choosing = std::get_if<Choosing>(&visit_->state());
    if (choosing == nullptr) return stopped();
    return PassTaken{choosing->style, choosing->tests};
}

Answer VotingBackend::of(TakePass&& ask) {
    return take(ask.pass);
}

Answer VotingBackend::of(VoteAgain&&) {
    if (!pass_) return Failed{conflict("pass-forgotten", "the booth doesn't know the pass any more")};
    return take(*pass_);
}

Answer VotingBackend::of(Seal&& ask) {
    if (prints_ballots()) unprinted_ballot_ = paper_ballot(ask.selections);
    visit_->give(Chosen{std::move(ask.selections)});
    visit_->give(Confirmed{});
    const auto* deciding = std::get_if<booth::Deciding>(&visit_->state());
    if (deciding == nullptr) return stopped();
    const Code code = code_of(deciding->ballot.tracking_code(), deciding->index);
    auto unprinted = print(slip());
    return Submitted{code, std::move(unprinted), prints_ballots(), print_ballot()};
}

Answer VotingBackend::of(Cast&&) {
    visit_->give(CastWanted{});
    const auto* cast = std::get_if<booth::Cast>(&visit_->state());
    if (cast == nullptr) return stopped();
    return Counted{code_of(cast->tracking_code, cast->index)};
}

Answer VotingBackend::of(Test&&) {
    visit_->give(TestWanted{});
    const auto* tested = std::get_if<booth::Tested>(&visit_->state());
    if (tested == nullptr) return stopped();
    return Opened{tested->reproduced, print(opened())};
}

Answer VotingBackend::of(Forget&&) {
    visit_.reset();
    pass_.reset();
    unprinted_ballot_.reset();
    return Forgotten{};
}

// Paper.

std::optional<Error> VotingBackend::print(const print::Document& document) {
    Status printed = parts_.printer.print(document);
    if (printed) return std::nullopt;
    return std::move(printed).error();
}

print::BoothOnPaper VotingBackend::on_paper() const {
    const Polling& polling = workplace_->polling();
    const auto today = words::day_at(polling.definition->calendar.time_zone, parts_.clock.now());
    return {polling.definition->titles, polling.definition.station(polling.station)->name, today,
            parts_.practice, language_};
}

print::SealedSlip VotingBackend::slip() const {
    const auto& at = std::get<booth::Deciding>(visit_->state());
    return {on_paper(), ballot::write_tracking_code(at.ballot.tracking_code()), at.index};
}

print::OpenedBallotSheet VotingBackend::opened() const {
    const auto& at = std::get<booth::Tested>(visit_->state());
    const Polling& polling = workplace_->polling();
    const ballot::Context context{polling.election, polling.station, at.style, at.opened.t};
    return {on_paper(), ballot::write_tracking_code(at.opened.tracking_code),
            in_german(polling.layouts.at(at.style), at.opened.opening.selections),
            json::canonical(to_json(OpenedBallot{context, at.opened.tracking_code, at.opened.opening}))};
}

bool VotingBackend::prints_ballots() const {
    return workplace_->polling().definition->printed_ballots.has_value();
}

// The choice and nothing else: no code, no number, no language.
print::PaperBallot VotingBackend::paper_ballot(const ballot::ValidSelections& selections) const {
    const auto* choosing = std::get_if<Choosing>(&visit_->state());
    return {on_paper(), in_german(workplace_->polling().layouts.at(choosing->style), selections.reveal())};
}

std::optional<Error> VotingBackend::print_ballot() {
    if (!unprinted_ballot_) return std::nullopt;
    auto unprinted = print(*unprinted_ballot_);
    if (!unprinted) unprinted_ballot_.reset();
    return unprinted;
}

Answer VotingBackend::of(PrintAgain&&) {
    if (!visit_) return Failed{conflict("nothing-to-print", "the visit is over")};
    if (std::holds_alternative<booth::Tested>(visit_->state())) return Printed{print(opened())};
    auto unprinted = print(slip());
    return Printed{std::move(unprinted), print_ballot()};
}

Answer VotingBackend::of(PrintReceipt&&) {
    const auto* cast = visit_ ? std::get_if<booth::Cast>(&visit_->state()) : nullptr;
    if (cast == nullptr) return Failed{conflict("nothing-to-print", "there is no receipt")};
    return Printed{print(print::ReceiptSheet{on_paper(), ballot::write_tracking_code(cast->tracking_code),
                                             cast->index, cast->receipt})};
}

}  // namespace stimme::booth::console
