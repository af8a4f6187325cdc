// Any text through the reader of every request that clients send: what is read is printed, read and printed
// again alike.
#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "core/wire/roll.h"
#include "core/wire/roll_stations.h"
#include "tests/fuzz/messages.h"

namespace stimme::fuzz {

FUZZ_TARGET(requests) {
    const std::string_view text = as_text(data);
    expect_one_meaning<wire::BoothPassRequest>(text);
    expect_one_meaning<wire::SubmissionRequest>(text);
    expect_one_meaning<wire::CastRequest>(text);
    expect_one_meaning<wire::ChallengeRequest>(text);
    expect_one_meaning<wire::CheckInRequest>(text);
    expect_one_meaning<wire::PassProof>(text);
    expect_one_meaning<wire::VoidRequest>(text);
    expect_one_meaning<wire::MoveRequest>(text);
    expect_one_meaning<wire::PaperRequest>(text);
    expect_one_meaning<wire::CardRequest>(text);
    expect_one_meaning<wire::ExpirationRequest>(text);
    expect_one_meaning<wire::ChallengeFailureRequest>(text);
    expect_one_meaning<wire::BoothUnlockRequest>(text);
    expect_one_meaning<wire::ActRequest>(text);
    expect_one_meaning<wire::TakeBackRequest>(text);
    expect_one_meaning<wire::AddRequest>(text);
    expect_one_meaning<wire::MatterRequest>(text);
    expect_one_meaning<wire::MatterDecisionRequest>(text);
    expect_one_meaning<wire::InvalidRequest>(text);
    expect_one_meaning<wire::ResolutionRequest>(text);
    expect_one_meaning<wire::DistinctRequest>(text);
    expect_one_meaning<wire::StationsRemoval>(text);
}

}  // namespace stimme::fuzz
