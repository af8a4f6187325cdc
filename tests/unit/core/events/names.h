// Names of the small elections of these tests.
#pragma once

#include "core/base/ids.h"

namespace stimme::events {

inline const StationId s1("s1"), s2("s2");
inline const StyleId standard("standard"), eu("eu");
inline const ContestId board("board");
inline const DistrictId city("city");

}  // namespace stimme::events
