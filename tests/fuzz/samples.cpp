#include "tests/fuzz/samples.h"

namespace stimme::fuzz {
namespace {

test::Election make_election() {
    return test::TestElection().contest("board", 2).invalid().station("s1").witnesses(1, 2).build();
}

test::TestRecord make_record() {
    test::TestRecord record(make_election(), 4);
    record.seal().open().vote({{1, 0, 0}}).test({{0, 1, 0}}).void_pass().finish();
    return record;
}

test::TestRecord make_log() {
    test::TestRecord log(make_election(), 4);
    const StationId station("s1");
    for (std::uint8_t i = 0; i < 5; ++i) {
        const events::PassNumber t{i};
        const Hash code{i};
        log.append(events::BallotSubmitted{station, StyleId("standard"), t, code});
        log.append(events::BallotCast{station, t, code, {i}});
    }
    return log;
}

}  // namespace

const test::TestRecord& sample_record() {
    static const test::TestRecord record = make_record();
    return record;
}

const test::TestRecord& sample_log() {
    static const test::TestRecord log = make_log();
    return log;
}

const test::Election& sample_election() {
    return sample_record().election();
}

}  // namespace stimme::fuzz
