// From a resident register to the roll: the newer register is compared with what is there, and what differs
// is changed, kept as it was before, and counted (docs/protocol.md, sections 2.1 and 7).
//
// A number that is new is added; one whose columns differ is changed; one that the register no longer names
// is gone. Nobody is taken for somebody who was gone before without being asked: such a number has
// `returned`. What officials decided stays; where the register moved under such a decision there is a
// conflict, which a person must resolve.
//
// Thread rule: within an operation of the Writer.
#pragma once

#include <atomic>

#include "core/roll/register/register.h"
#include "core/wire/roll.h"
#include "server/service/roll/roll_decision.h"

namespace stimme::service {

struct ImportOptions {
    roll::RegisterFormat format;
    bool good_lines =
        false;             // take them although there are bad ones; whom a bad line names stays as they are
    bool dry_run = false;  // changes nothing
};

// How far an import is; read by other threads.
struct ImportProgress {
    std::atomic<std::uint64_t> done = 0;   // bytes
    std::atomic<std::uint64_t> total = 0;  // 0: none goes on
    std::atomic<std::uint64_t> people = 0;
};

// `import` is its number. All or nothing: within an operation, an error undoes it. Errors: register-invalid,
// whose message has a line for each of the first 1,000 problems; register-columns-missing, and the other
// errors of roll::read_register.
Result<wire::RollImportAnswer> import_register(store::PeopleRows& rows, const RollDecision& decision,
                                               const election::ValidDefinition& definition, ByteView csv,
                                               const ImportOptions& options, std::int64_t import,
                                               ImportProgress& progress);

// Over whom an import changed and what stood there before, by number (docs/protocol.md, section 6.5). Errors:
// the store's.
Result<Hash> hash_of_changes(const store::PeopleRows& rows, std::int64_t import);

// Undoes what the newest import did, and decides those people again; decisions made by hand since then stay.
// Errors: import-in-use (conflict; it brought people with whom the office has dealt since then, up to ten of
// whom are named).
Status take_back_import(store::PeopleRows& rows, const RollDecision& decision, std::int64_t import);

}  // namespace stimme::service
