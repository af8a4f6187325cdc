#include "client/desk/screen.h"

namespace stimme::desk {

Screen::Screen(const Screen&) = default;
Screen::Screen(Screen&&) noexcept = default;
Screen& Screen::operator=(const Screen&) = default;
Screen& Screen::operator=(Screen&&) noexcept = default;
Screen::~Screen() = default;

}  // namespace stimme::desk
