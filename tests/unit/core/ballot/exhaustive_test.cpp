// Every selection of every tiny ballot: those that the rules allow encrypt, check and hold what was selected;
// all others can't be encrypted, and when someone does it anyway, are refused.
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

struct Rules {
    unsigned per_option, votes;
    bool invalid, blank;
};

struct TinyBallot : testing::TestWithParam<Rules> {
    static test::Election build(const Rules& rules) {
        test::TestElection election;
        election.contest("board", 2, {.votes = rules.votes, .per_option = rules.per_option});
        if (rules.invalid) election.invalid();
        if (rules.blank) election.blank();
        return election.build();
    }

    bool allowed(const std::vector<std::uint16_t>& values) const {
        unsigned sum = values[0] + values[1];
        for (std::size_t i = 2; i < values.size(); ++i) sum += values[i] * GetParam().votes;
        return sum >= 1 && sum <= GetParam().votes;
    }

    // B - x·A = m·K
    std::uint16_t decrypt(const crypto::Ciphertext& ciphertext) const {
        const crypto::Point m_k = ciphertext.b - crypto::multiply_secret(ciphertext.a, election.secret);
        for (std::uint16_t m = 0; m < 10; ++m) {
            if (crypto::multiply_var(election.key.point(), crypto::Scalar(m)) == m_k) return m;
        }
        return 65535;
    }

    test::Election election = build(GetParam());
    Layout layout = election.layout();
    Context context = election.context();
};

TEST_P(TinyBallot, EveryAllowedSelectionEncryptsAndChecks) {
    for (const auto& values : all_values(election.definition->contests[0])) {
        if (!allowed(values)) continue;
        const SealedBallot sealed = election.encrypt(context, {values});
        const auto checked = check(layout, election.key, context, sealed.body());
        ASSERT_TRUE(checked) << checked.error().message;
        EXPECT_EQ(checked->tracking_code(), sealed.tracking_code());
        std::vector<std::uint16_t> found;
        for (const auto& ciphertext : checked->ciphertexts()) found.push_back(decrypt(ciphertext));
        EXPECT_EQ(found, values);
    }
}

TEST_P(TinyBallot, NoOtherSelectionEncrypts) {
    for (const auto& values : all_values(election.definition->contests[0])) {
        EXPECT_EQ(bool(ValidSelections::check(layout, {values})), allowed(values));
    }
}

TEST_P(TinyBallot, ForgedSumIsRefused) {
    std::size_t forged = 0;
    for (const auto& values : all_values(election.definition->contests[0])) {
        if (allowed(values) || forged++ >= 4) continue;
        const Bytes body =
            Forger(election.key, layout, context).body({std::vector<int>(values.begin(), values.end())});
        const auto checked = check(layout, election.key, context, body);
        EXPECT_EQ(code_of(checked), "ballot-equation-k");
        EXPECT_NE(message_of(checked).find("the sum"), std::string::npos) << message_of(checked);
    }
    EXPECT_GE(forged, 1u);
}

std::vector<Rules> all_rules() {
    std::vector<Rules> all;
    for (unsigned per_option = 1; per_option <= 3; ++per_option) {
        for (unsigned votes = per_option; votes <= 4; ++votes) {
            for (const bool invalid : {false, true}) {
                for (const bool blank : {false, true}) all.push_back({per_option, votes, invalid, blank});
            }
        }
    }
    return all;
}

std::string rules_name(const testing::TestParamInfo<Rules>& rules) {
    return "R" + std::to_string(rules.param.per_option) + "L" + std::to_string(rules.param.votes) +
           (rules.param.invalid ? "Invalid" : "") + (rules.param.blank ? "Blank" : "");
}

INSTANTIATE_TEST_SUITE_P(Rules, TinyBallot, testing::ValuesIn(all_rules()), rules_name);

// Two contests, and styles with both or one of them.
TEST(TwoContests, EverySelectionOfEveryStyleChecks) {
    const auto election = test::TestElection()
                              .contest("board", 2)
                              .invalid()
                              .contest("youth", 1)
                              .outside()
                              .style("youth-only", {"youth"}, {}, {"eu"})
                              .style("both", {"board", "youth"})
                              .build();
    const std::vector<std::vector<std::uint16_t>> board{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        youth{{1, 0}, {1, 1}};
    for (const auto& second : youth) {
        EXPECT_EQ(election.checked(election.context("s1", "youth-only"), {second}).ciphertexts().size(), 2u);
        for (const auto& first : board) {
            const auto checked = election.checked(election.context("s1", "both"), {first, second});
            EXPECT_EQ(checked.ciphertexts().size(), 5u);
        }
    }
}

}  // namespace
}  // namespace stimme::ballot
