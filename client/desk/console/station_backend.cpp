#include "client/desk/console/station_backend.h"

#include <algorithm>
#include <sstream>

#include "client/desk/closing.h"
#include "client/desk/console/opening.h"
#include "client/desk/console/sheets.h"
#include "core/events/files.h"
#include "core/net/client/url.h"

namespace stimme::desk::console {
namespace {

const session::Patience once{1, [] {}};

StationInfo info_of(const Station& station) {
    const election::ValidDefinition& definition = station.session.definition();
    const election::Station& here = *definition.station(station.id);
    StationInfo info{definition->titles,
                     here.name,
                     station.id,
                     station.session.profile().id,
                     definition->calendar.time_zone,
                     {},
                     {}};
    for (const election::KeyHolder& booth : here.booths) info.booths.push_back(booth.id);
    for (const election::Station& one : definition->stations) info.stations.emplace(one.id, one.name);
    return info;
}

// What the screen says of an act that was repeated and refused.
std::string_view refused_code(PendingAct::Kind kind) {
    constexpr std::string_view codes[] = {"void-refused", "move-refused", "paper-refused"};
    return codes[static_cast<std::size_t>(kind)];
}

// Output that nobody reads: the screen shows what matters.
struct Unread {
    std::ostringstream lines, notes;
    cli::Output out{lines, notes, false, false};
};

}  // namespace

// What became of each request.
struct StationBackend::Told {
    std::vector<PassMade> passes;
    std::vector<Error> refusals;
};

Answer StationBackend::answer(const Ask& ask) {
    const bool connecting = std::holds_alternative<Connect>(ask);
    if (!station_ && !connecting) return failed(unavailable("not-connected", "the desk isn't connected yet"));
    return std::visit([&](const auto& which) { return of(which); }, ask);
}

Counts StationBackend::counts() const {
    return station_ ? station_->store.counts() : Counts{};
}

Failed StationBackend::failed(Error error, bool stored) const {
    Failed failed{std::move(error), stored, {}};
    if (!station_) return failed;
    // The server names a station at the end of its sentence.
    const std::string& message = failed.error.message;
    const std::string last = message.substr(message.rfind(' ') + 1);
    if (!is_name(last)) return failed;
    const election::Station* const named = station_->session.definition().station(StationId(last));
    if (named != nullptr) failed.station = named->name + ", " + named->address;
    return failed;
}

// Starting.

Result<Connected> StationBackend::connect() {
    if (!station_) {
        STIMME_TRY(Station station, open_station(context_, session::try_once));
        station_.emplace(std::move(station));
        info_ = info_of(*station_);
        for (const PendingCheckIn& pending : station_->store.check_ins()) from_before_.insert(pending.voter);
    }
    STIMME_TRY(keys_, station_->pass_keys());
    STIMME_TRY(const auto opening, read_opening(folder()));
    if (opening) info_->present = opening->present;
    return Connected{*info_, opening.has_value(), station_->store.waits()};
}

Answer StationBackend::of(const Connect&) {
    auto connected = connect();
    if (!connected) return failed(std::move(connected).error());
    return *std::move(connected);
}

Result<ZeroCounted> StationBackend::count_zero() {
    Unread unread;
    STIMME_TRY(const StationLog log, read_station_log(*station_, unread.out));
    return ZeroCounted{station_->store.counts(), log.submitted};
}

Answer StationBackend::of(const CountZero&) {
    auto counted = count_zero();
    if (!counted) return failed(std::move(counted).error());
    return *counted;
}

Result<std::optional<Error>> StationBackend::open_station_here(const OpenStation& ask) {
    const OpeningRecord opening{ask.present, ask.counts};
    STIMME_CHECK(write_opening(folder(), opening));
    return print(opening_sheet(*info_, opening, context_.clock.now()));
}

Answer StationBackend::of(const OpenStation& ask) {
    auto unprinted = open_station_here(ask);
    if (!unprinted) return failed(std::move(unprinted).error());
    return StationOpened{*std::move(unprinted)};
}

// Voters.

Result<std::vector<wire::VoterView>> StationBackend::find(const std::string& query) {
    STIMME_TRY(auto voters, search_voters(station_->session, query));
    if (voters.empty()) return find_by_number(query);
    return voters;
}

// The search finds only who may come here; of a number one wants to know why they may not.
Result<std::vector<wire::VoterView>> StationBackend::find_by_number(const std::string& query) {
    const auto code = events::parse_voter_code(query);
    const std::string number = code ? code->number : query;
    std::vector<wire::VoterView> voters;
    if (number.empty() || number.find(' ') != std::string::npos) return voters;
    auto voter = station_->session.get<wire::VoterView>("voters/" + net::percent_encoded(number));
    if (!voter && voter.error().kind == ErrorKind::not_found) return voters;
    if (!voter) return std::move(voter).error();
    if (code) return not_found("notice-code-wrong", "the code of this notice isn't that of the roll");
    voters.push_back(*std::move(voter));
    return voters;
}

Answer StationBackend::of(const FindVoters& ask) {
    auto voters = find(ask.query);
    if (!voters) return failed(std::move(voters).error());
    return VotersFound{*std::move(voters)};
}

// Passes.

std::optional<Error> StationBackend::print_slip(const pass::Pass& pass, print::Copy copy) {
    return print(slip(*info_, pass, copy, context_.clock.now()));
}

std::optional<Error> StationBackend::print(const print::Document& document) {
    Status printed = printer_.print(document);
    if (printed) return std::nullopt;
    Error error = std::move(printed).error();
    if (!error.code.starts_with("print")) error.code = "printer-" + error.code;
    return error;
}

Status StationBackend::run(Told& told, const std::function<Status(Desk&)>& work) {
    SessionServer server(station_->session, &station_->store);
    Desk desk(station_->store, server, keys_, context_.random, once, [&](const CheckedIn& outcome) -> Status {
        if (!outcome.pass) {
            told.refusals.push_back(outcome.pass.error());
            return {};
        }
        const bool again = from_before_.contains(outcome.voter);
        auto unprinted = print_slip(*outcome.pass, again ? print::Copy::duplicate : print::Copy::first);
        told.passes.push_back({outcome.voter, *outcome.pass, unprinted, again});
        if (unprinted) return *std::move(unprinted);
        from_before_.erase(outcome.voter);
        return {};
    });
    return work(desk);
}

Answer StationBackend::of(const CheckIn& ask) {
    Told told;
    const std::set<std::string> cards = ask.card_taken ? std::set{ask.voter} : std::set<std::string>();
    const Status status = run(told, [&](Desk& desk) { return desk.check_in({ask.voter}, cards); });
    if (!told.passes.empty()) return told.passes.back();
    if (!told.refusals.empty()) return failed(told.refusals.back());
    return failed(
        status ? internal("nothing-told", "the check-in gave neither pass nor refusal") : status.error(),
        !station_->store.check_ins().empty());
}

Answer StationBackend::of(const Repeat&) {
    Told told;
    const Status status = run(told, [&](Desk& desk) {
        Status resumed = desk.resume();
        for (const Desk::Refusal& refusal : desk.refused())
            told.refusals.push_back(conflict(std::string(refused_code(refusal.kind)), refusal.error.message));
        return resumed;
    });
    if (!told.passes.empty() || status) return Repeated{std::move(told.passes), std::move(told.refusals)};
    return failed(status.error(), true);
}

Status StationBackend::settle(const std::string& voter) {
    const auto& waiting = station_->store.check_ins();
    const auto found = std::find_if(waiting.begin(), waiting.end(),
                                    [&](const PendingCheckIn& pending) { return pending.voter == voter; });
    if (found == waiting.end()) return {};
    Counts counts = station_->store.counts();
    ++counts.checked_in;
    return station_->store.settle({found->key}, counts);
}

Answer StationBackend::of(const PrintAgain& ask) {
    auto unprinted = print_slip(ask.pass, print::Copy::duplicate);
    if (unprinted) return PrintedAgain{std::move(unprinted)};
    const Status settled = settle(ask.voter);
    if (!settled) return PrintedAgain{settled.error()};
    return PrintedAgain{};
}

Status StationBackend::take_back(const TakeBack& ask) {
    STIMME_TRY(auto signature, station_->session.sign(events::PassVoided{station_->id, ask.pass.t}));
    STIMME_CHECK(settle(ask.voter));
    Told told;
    return run(told, [&](Desk& desk) {
        return desk.give_back(
            wire::print(wire::VoidRequest{ask.voter, proof_of(ask.pass), std::move(signature)}));
    });
}

Answer StationBackend::of(const TakeBack& ask) {
    Status taken = take_back(ask);
    if (!taken) return failed(std::move(taken).error(), !station_->store.acts().empty());
    return TakenBack{};
}

Answer StationBackend::of(const MoveCheckIn& ask) {
    Told told;
    Status moved = run(told, [&](Desk& desk) { return desk.move(ask.what); });
    if (!moved) return failed(std::move(moved).error(), !station_->store.acts().empty());
    return Moved{};
}

Answer StationBackend::of(const MarkPaper& ask) {
    Told told;
    wire::PaperAnswer answer;
    Status marked = run(told, [&](Desk& desk) -> Status {
        STIMME_TRY(answer, desk.mark_paper({{ask.voter}, ask.withdrawn}));
        return {};
    });
    if (!marked) return failed(std::move(marked).error(), !station_->store.acts().empty());
    return PaperMarked{std::move(answer)};
}

Answer StationBackend::of(const ReadPass& ask) {
    auto state = station_->session.post<wire::PassStateAnswer>("pass-states", proof_of(ask.pass));
    if (!state) return failed(std::move(state).error());
    return PassRead{*state};
}

Answer StationBackend::of(const EndBallot& ask) {
    auto ended = station_->session.post<wire::PassStateAnswer>("expirations",
                                                               wire::ExpirationRequest{proof_of(ask.pass)});
    if (!ended) return failed(std::move(ended).error());
    return BallotEnded{};
}

Answer StationBackend::of(const UnlockBooth& ask) {
    auto unlocked = station_->session.post_text(
        "booth-unlocks", wire::print(wire::BoothUnlockRequest{ask.booth}), "application/json");
    if (!unlocked) return failed(std::move(unlocked).error());
    return BoothUnlocked{};
}

// Closing.

Answer StationBackend::of(const NoteHelp&) {
    Status noted = note_helped(folder());
    if (!noted) return failed(std::move(noted).error());
    return HelpNoted{};
}

Result<ClosingFigures> StationBackend::read_figures() {
    Unread unread;
    ClosingFigures figures;
    STIMME_TRY(figures.view, read_closing(*station_, unread.out));
    STIMME_TRY(figures.helped, read_helped(folder()));
    return figures;
}

Answer StationBackend::of(const ReadClosing&) {
    auto figures = read_figures();
    if (!figures) return failed(std::move(figures).error());
    return ClosingRead{*std::move(figures)};
}

Result<ClosingSigned> StationBackend::sign(const SignClosing& ask) {
    STIMME_TRY(const wire::ActAnswer answer, sign_closing(*station_, ask.seen.view, ask.explanation));
    std::vector<std::string> present;
    if (const auto opening = read_opening(folder()); opening && *opening) present = (*opening)->present;
    return ClosingSigned{answer.missing,
                         print(closing_sheet(Tongue(language_), *info_, ask.seen, ask.explanation, present,
                                             context_.clock.now()))};
}

Answer StationBackend::of(const SignClosing& ask) {
    auto done = sign(ask);
    if (!done) return failed(std::move(done).error());
    return *std::move(done);
}

}  // namespace stimme::desk::console
