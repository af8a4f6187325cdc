// Carries out what the screen asks, at this desk's station: server, disk and printer.
//
// Each request is tried once and not for long: the screen says that there is no answer, and asks again.
//
// Thread rule: belongs to one thread.
#pragma once

#include <optional>
#include <set>

#include "client/desk/console/asks.h"
#include "client/desk/station.h"
#include "client/printer/printer.h"
#include "client/words/language.h"

namespace stimme::desk::console {

class StationBackend final : public Backend {
  public:
    // `context` and `printer` outlive this. `language`: of explanations on sheets.
    StationBackend(const cli::Context& context, printer::Printer& printer, words::Language language)
        : context_(context), printer_(printer), language_(language) {}

    Answer answer(const Ask& ask) override;
    Counts counts() const override;

  private:
    struct Told;
    // Of each ask its answer; the station is open for all but Connect.
    Answer of(const Connect& ask);
    Answer of(const CountZero& ask);
    Answer of(const OpenStation& ask);
    Answer of(const Repeat& ask);
    Answer of(const FindVoters& ask);
    Answer of(const CheckIn& ask);
    Answer of(const PrintAgain& ask);
    Answer of(const TakeBack& ask);
    Answer of(const MoveCheckIn& ask);
    Answer of(const MarkPaper& ask);
    Answer of(const ReadPass& ask);
    Answer of(const EndBallot& ask);
    Answer of(const UnlockBooth& ask);
    Answer of(const NoteHelp& ask);
    Answer of(const ReadClosing& ask);
    Answer of(const SignClosing& ask);

    Result<Connected> connect();
    Result<ZeroCounted> count_zero();
    Result<std::optional<Error>> open_station_here(const OpenStation& ask);
    Result<std::vector<wire::VoterView>> find(const std::string& query);
    Result<std::vector<wire::VoterView>> find_by_number(const std::string& query);
    Status take_back(const TakeBack& ask);
    Result<ClosingFigures> read_figures();
    Result<ClosingSigned> sign(const SignClosing& ask);

    // Every request that waits, with what becomes of it.
    Status run(Told& told, const std::function<Status(Desk&)>& work);
    std::optional<Error> print_slip(const pass::Pass& pass, print::Copy copy);
    std::optional<Error> print(const print::Document& document);
    // The pass of this voter is on paper, or void.
    Status settle(const std::string& voter);
    Failed failed(Error error, bool stored = false) const;
    std::filesystem::path folder() const { return station_->session.folder().file("desk"); }

    const cli::Context& context_;
    printer::Printer& printer_;
    const words::Language language_;
    std::optional<Station> station_;
    std::optional<StationInfo> info_;
    PassKeys keys_;
    // Whose request was on the disk when the program started: their pass may be on paper already.
    std::set<std::string> from_before_;
};

}  // namespace stimme::desk::console
