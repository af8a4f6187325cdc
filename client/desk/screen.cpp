// The variants of the desk's console: what copies and destroys them, once.
#include "client/desk/screen.h"

#include "client/desk/asks.h"

namespace stimme::desk {

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

Screen::Screen(const Screen&) = default;
Screen::Screen(Screen&&) noexcept = default;
Screen& Screen::operator=(const Screen&) = default;
Screen& Screen::operator=(Screen&&) noexcept = default;
Screen::~Screen() = default;

}  // namespace stimme::desk
