#include "client/desk/console/screen.h"

namespace stimme::desk::console {

Screen::Screen(const Screen&) = default;
Screen::Screen(Screen&&) noexcept = default;
Screen& Screen::operator=(const Screen&) = default;
Screen& Screen::operator=(Screen&&) noexcept = default;
Screen::~Screen() = default;

}  // namespace stimme::desk::console
