// What the tests of the booth share: a small election, a booth in it, and the server's part played honestly.
#pragma once

#include <gtest/gtest.h>

#include "client/booth/machine.h"
#include "core/ballot/opening.h"
#include "core/log/merkle.h"
#include "core/log/receipt.h"
#include "tests/support/elections.h"

namespace stimme::booth {

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "none" : result.error().code;
}

struct BoothFixture : testing::Test {
    test::Election election = make_election();
    Polling polling = *make_polling(election.definition, StationId("s1"),
                                    {election.h_e, election.key.point(), {election.key.point()}});
    pass::Pass pass = election.pass("s1", "standard", 1);
    SeededRandom random{1};

    static test::Election make_election() {
        return test::TestElection().contest("board", 3, {.votes = 2, .per_option = 2}).invalid().build();
    }
    const ballot::Layout& layout() const { return polling.layouts.at(StyleId("standard")); }
    ballot::ValidSelections selections(events::Selections values = {{2, 0, 0, 0}}) const {
        return *ballot::ValidSelections::check(layout(), std::move(values));
    }
    // The proof that this ballot is in the log, as entry 1, as cast at that station.
    std::string receipt(const wire::CastRequest& cast, const std::string& station = "s1") const {
        const events::Entry entry{events::BallotCast{StationId(station), cast.t, cast.tracking_code, cast.x},
                                  {}};
        const std::string bytes = events::encode(entry);
        log::Tree tree;
        tree.append_entry(as_bytes("something earlier"));
        tree.append_entry(as_bytes(bytes));
        const auto checkpoint = log::sign_checkpoint(
            {election.definition->log.origin, tree.size(), tree.root()}, election.log_key);
        return log::write_receipt(*log::make_receipt(tree, 1, as_bytes(bytes), checkpoint));
    }
};

}  // namespace stimme::booth
