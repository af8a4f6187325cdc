// Any text through the readers of requests and answers.
#include "core/wire/wire.h"

#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const std::string_view text = as_text({data, size});
    static_cast<void>(wire::parse<wire::CheckInRequest>(text));
    static_cast<void>(wire::parse<wire::CheckInAnswer>(text));
    static_cast<void>(wire::parse<wire::VoidRequest>(text));
    static_cast<void>(wire::parse<wire::SubmissionRequest>(text));
    static_cast<void>(wire::parse<wire::CastAnswer>(text));
    static_cast<void>(wire::parse<wire::ChallengeRequest>(text));
    static_cast<void>(wire::parse<wire::ActRequest>(text));
    return 0;
}
