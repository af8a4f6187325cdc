// The context of a ballot: where it may be counted. It enters every hash over the ballot, so a ballot that is
// moved to another election, station, style or pass fails its check (docs/protocol.md, section 4.1).
//
// Thread rule: values.
#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/events/values.h"

namespace stimme::ballot {

struct Context {
    Hash election;  // h_E
    StationId station;
    StyleId style;
    events::PassNumber t;  // of the voter's pass
    bool operator==(const Context&) const = default;
};

}  // namespace stimme::ballot
