#include "tests/fuzz/samples.h"

namespace stimme::fuzz {
namespace {

test::TestRecord make_record() {
    test::TestElection election;
    election.contest("board", 2).invalid().station("s1").witnesses(1, 2);
    test::TestRecord record(election.build(), 4);
    record.seal().open().vote({{1, 0, 0}}).test({{0, 1, 0}}).void_pass().finish();
    return record;
}

}  // namespace

const test::TestRecord& sample_record() {
    static const test::TestRecord record = make_record();
    return record;
}

const test::Election& sample_election() {
    return sample_record().election();
}

}  // namespace stimme::fuzz
