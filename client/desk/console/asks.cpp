#include "client/desk/console/asks.h"

namespace stimme::desk::console {

Ask::Ask(const Ask&) = default;
Ask::Ask(Ask&&) noexcept = default;
Ask& Ask::operator=(const Ask&) = default;
Ask& Ask::operator=(Ask&&) noexcept = default;
Ask::~Ask() = default;

Answer::Answer(const Answer&) = default;
Answer::Answer(Answer&&) noexcept = default;
Answer& Answer::operator=(const Answer&) = default;
Answer& Answer::operator=(Answer&&) noexcept = default;
Answer::~Answer() = default;

}  // namespace stimme::desk::console
