// Ballots that wait together are checked together, and each gets the answer that it would get alone.
#include "server/service/ballots/ballot_checks.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <list>

#include <gtest/gtest.h>

#include "tests/support/forgeries.h"

namespace stimme::service {
namespace {

std::string code_of(const auto& result) {
    return result ? "ok" : result.error().code;
}

class BallotChecksTest : public testing::Test {
  protected:
    static std::shared_ptr<const SealedKeys> keys_of(const test::Election& election) {
        auto keys = std::make_shared<SealedKeys>();
        keys->keys.election = election.h_e;
        keys->key = election.key;
        for (const election::Style& style : election.definition->styles) {
            keys->layouts.emplace(style.id, election.layout(style.id.str()));
        }
        return keys;
    }

    // Keeps the only worker busy, so that whatever comes meanwhile waits.
    void hold() {
        workers_.run([gate = gate_.get_future().share()] { gate.wait(); });
    }
    void release() { gate_.set_value(); }
    // How many are answered when the worker has done what it was given until now.
    std::future<int> answered_by_now() {
        auto count = std::make_shared<std::promise<int>>();
        workers_.run([this, count] { count->set_value(answered_); });
        return count->get_future();
    }

    void submit(const ballot::Context& context, Bytes body) {
        const auto layout = election_.layout(context.style.str());
        expected_.push_back(code_of(ballot::check(layout, election_.key, context, body)));
        bodies_.push_back(std::move(body));
        auto answer = std::make_shared<std::promise<std::string>>();
        answers_.push_back(answer->get_future());
        checks_.check(sealed_, context, bodies_.back(), [this, answer](const Status& status) {
            ++answered_;
            answer->set_value(code_of(status));
        });
    }
    std::vector<std::string> answers() {
        std::vector<std::string> all;
        for (auto& answer : answers_) all.push_back(answer.get());
        return all;
    }

    test::Election election_ = test::forgery_election().build();
    std::shared_ptr<const SealedKeys> sealed_ = keys_of(election_);
    std::promise<void> gate_;
    std::list<Bytes> bodies_;
    std::vector<std::string> expected_;
    std::vector<std::future<std::string>> answers_;
    std::atomic<int> answered_ = 0;
    Workers workers_{1};
    BallotChecks checks_{workers_};
};

TEST_F(BallotChecksTest, BallotThatComesAloneIsAnswered) {
    const test::ForgeryCase honest(election_, election_.context());
    submit(honest.context, honest.honest);
    EXPECT_EQ(answers(), std::vector<std::string>{"ok"});
}

TEST_F(BallotChecksTest, EachOfManyThatWaitTogetherGetsTheAnswerItWouldGetAlone) {
    hold();
    const auto styles = {election_.definition->styles[0].id.str(), election_.definition->styles[1].id.str()};
    std::uint64_t pass = 0;
    for (const test::BallotForgery& forgery : test::ballot_forgeries()) {
        for (const std::string& style : styles) {
            const test::ForgeryCase one(election_, election_.context("s1", style, ++pass));
            submit(one.context, pass % 3 == 0 ? one.honest : forgery.make(one));
        }
    }
    release();
    EXPECT_EQ(answers(), expected_);
    EXPECT_GT(expected_.size(), 2 * BallotChecks::most_at_once);
    EXPECT_GT(std::count(expected_.begin(), expected_.end(), "ok"), 10);
}

TEST_F(BallotChecksTest, SecondBatchBeginsBesideTheFirstWhenAWholeBatchWaits) {
    hold();
    const auto submit_honest = [&](std::uint64_t pass) {
        const test::ForgeryCase one(election_, election_.context("s1", "other", pass));
        submit(one.context, one.honest);
    };
    submit_honest(0);
    for (std::uint64_t pass = 1; pass < BallotChecks::most_at_once; ++pass) submit_honest(pass);
    auto before = answered_by_now();
    submit_honest(BallotChecks::most_at_once);
    auto after = answered_by_now();
    release();
    EXPECT_EQ(before.get(), 1);
    EXPECT_EQ(after.get(), 1 + static_cast<int>(BallotChecks::most_at_once));
    EXPECT_EQ(answers(), expected_);
}

}  // namespace
}  // namespace stimme::service
