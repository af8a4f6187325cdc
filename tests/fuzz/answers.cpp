// Any text through the reader of every answer that the server gives: what is read is printed, read and
// printed again alike; and as a problem document, which always gives an error with a code.
#include "core/net/client/problem.h"
#include "core/roll/stations/station_check.h"
#include "core/roll/statistics/statistics.h"
#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "core/wire/roll.h"
#include "core/wire/roll_stations.h"
#include "tests/fuzz/messages.h"

namespace stimme::fuzz {

FUZZ_TARGET(answers) {
    const std::string_view text = as_text(data);
    expect_one_meaning<wire::BoothPassAnswer>(text);
    expect_one_meaning<wire::SubmissionAnswer>(text);
    expect_one_meaning<wire::CastAnswer>(text);
    expect_one_meaning<wire::ChallengeAnswer>(text);
    expect_one_meaning<wire::CheckInAnswer>(text);
    expect_one_meaning<wire::VoterView>(text);
    expect_one_meaning<wire::MoveAnswer>(text);
    expect_one_meaning<wire::PaperAnswer>(text);
    expect_one_meaning<wire::StationRecord>(text);
    expect_one_meaning<wire::PassStateAnswer>(text);
    expect_one_meaning<wire::ElectionView>(text);
    expect_one_meaning<wire::RollImportAnswer>(text);
    expect_one_meaning<wire::EntryView>(text);
    expect_one_meaning<wire::DuplicateViews>(text);
    expect_one_meaning<wire::ChangeViews>(text);
    expect_one_meaning<wire::MatterViews>(text);
    expect_one_meaning<wire::StationsAnswer>(text);
    expect_one_meaning<wire::StationsView>(text);
    expect_one_meaning<roll::StationReport>(text);
    expect_one_meaning<roll::Statistics>(text);
    expect_one_meaning<wire::PendingAct>(text);
    expect_one_meaning<wire::PendingActs>(text);
    expect_one_meaning<wire::ActAnswer>(text);
    expect_one_meaning<wire::DraftAnswer>(text);
    const int status = 400 + static_cast<int>(data.size() % 200);
    const Error error = net::error_of({status, "application/problem+json", std::string(text), {}});
    require(!error.code.empty(), "an error has a code");
}

}  // namespace stimme::fuzz
