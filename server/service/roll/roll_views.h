// What the office is told of rows of the roll (core/wire/roll.h).
//
// Thread rule: pure functions; those that take PeopleRows belong to its thread, and give the store's errors.
#pragma once

#include <vector>

#include "core/wire/roll.h"
#include "server/service/roll/roll_decision.h"
#include "server/store/roll/people_store.h"

namespace stimme::service {

wire::ImportView view_of(const store::ImportRow& row);
wire::MatterView view_of(const store::MatterRow& row);
// The entry with its conflict, its matters and what imports changed.
Result<wire::EntryView> view_of(const store::PeopleRows& rows, const RollDecision& decision,
                                const store::EntryRow& entry);

// Changes of one person, each with what stood there afterwards.
std::vector<wire::ChangeView> with_after(const std::vector<store::ChangeRow>& changes,
                                         const roll::Person& now);

}  // namespace stimme::service
