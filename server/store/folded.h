// Names as they are searched: without case, marks and the usual ways to write them in ASCII, so that
// "Mueller", "Müller" and "MULLER" are one, and "Şahin" is found as "sahin".
//
// Thread rule: pure function.
#pragma once

#include <string>
#include <string_view>

namespace stimme::store {

// REQUIRES: UTF-8.
std::string folded(std::string_view name);

}  // namespace stimme::store
