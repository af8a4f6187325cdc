// An election in a folder of its own, opened as the server opens it, without HTTP: stations s1 (desks
// s1-desk-1 and s1-desk-2, booths s1-booth-1 and s1-booth-2) and s2, three officials, 2 of 3 trustees, voters
// 1001 … 1009 of s1.
//
//     open_polls();
//     submit(1);                       pass number 1 of s1, ballot number 1
//     EXPECT_EQ(code(cast(1)), "ok");
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/ballot/check.h"
#include "core/crypto/hpke.h"
#include "core/crypto/sha256.h"
#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "server/service/acts/elections.h"
#include "server/service/once.h"
#include "tests/support/elections.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"

namespace stimme::service {

using test::code;

// Nine people of area-s1 who may vote.
std::string register_csv();

class ElectionTest : public testing::Test {
  protected:
    explicit ElectionTest(test::TestElection definition = two_stations());
    ~ElectionTest() override;

    static test::TestElection two_stations();

    void open();
    void close();
    void reopen() {
        close();
        open();
    }
    std::filesystem::path folder() const { return data_.path() / known_.definition->id.str(); }

    // The way to open polls, step by step or at once. Polls of one definition are opened once; later tests
    // get a copy of that folder.
    void hold_ceremony();
    void import_roll(const std::string& csv = register_csv());
    void seal();
    void open_polls();
    // From open polls to the polls closed, in order.
    void close_station(const std::string& station);
    void close_polls();

    // For steps that are no question of the test.
    template <class T>
    static void must(const Result<T>& result) {
        ASSERT_TRUE(result) << result.error().code << ": " << result.error().message;
    }

    // Starts something and waits for its answer.
    template <class T>
    static Result<T> answer_of(const std::function<void(Done<T>)>& start) {
        std::promise<Result<T>> promise;
        start([&](Result<T> result) { promise.set_value(std::move(result)); });
        return promise.get_future().get();
    }

    election::Holder holder(const std::string& signer) const {
        return *known_.definition.holder(SignerId(signer));
    }
    Once once() { return once_of(to_hex(random_.bytes<16>())); }
    static Once once_of(const std::string& key) { return {key, crypto::sha256(as_bytes(key))}; }
    events::ActSignature signature(const std::string& signer, const events::Content& content) const;

    // The log just after polls-closed, on which shares stand.
    events::LogView closing_view() const;

    // Acts.
    Result<events::Content> draft(election::EntryType type, const std::string& station = "");
    Result<wire::ActAnswer> sign(const std::string& signer, const events::Content& content);
    Result<wire::ActAnswer> sign_all(const std::vector<std::string>& signers, const events::Content& content);
    // The draft, signed by officials 1 and 2.
    Result<wire::ActAnswer> act(election::EntryType type);

    // Ballots of pass number `pass` of station s1; the ballot follows from `seed`.
    wire::PassProof pass(std::uint64_t number, const std::string& station = "s1") const;
    ballot::SealedBallot ballot(std::uint64_t number, std::uint64_t seed,
                                const std::string& station = "s1") const;
    wire::SubmissionRequest submission(std::uint64_t number, std::uint64_t seed = 1,
                                       const std::string& station = "s1") const;
    // Whoever submits was checked in: the last voter who isn't yet takes this pass.
    Result<wire::SubmissionAnswer> submit(const wire::SubmissionRequest& request,
                                          const std::string& booth = "s1-booth-1");
    Result<wire::SubmissionAnswer> submit(std::uint64_t number, std::uint64_t seed = 1,
                                          const std::string& station = "s1");
    wire::CastRequest cast_request(std::uint64_t number, std::uint64_t seed = 1,
                                   const std::string& station = "s1") const;
    Result<wire::CastAnswer> cast(const wire::CastRequest& request, const std::string& booth = "s1-booth-1");
    Result<wire::CastAnswer> cast(std::uint64_t number, std::uint64_t seed = 1,
                                  const std::string& station = "s1");
    wire::ChallengeRequest opening(std::uint64_t number, std::uint64_t seed = 1) const;
    Result<wire::ChallengeAnswer> challenge(const wire::ChallengeRequest& request);
    Result<wire::BoothPassAnswer> show_pass(const wire::PassProof& pass,
                                            const std::string& booth = "s1-booth-1");

    // Of desk s1-desk-1.
    Result<wire::PassStateAnswer> expire(std::uint64_t number);
    Result<wire::PassStateAnswer> state(std::uint64_t number);
    Result<wire::PassStateAnswer> fail_challenge(std::uint64_t number, const std::string& booth);
    Result<SignerId> unlock(const std::string& booth);
    void check_in(const std::string& voter);
    Result<wire::PassStateAnswer> give_back(const std::string& voter, std::uint64_t number);

    // A trustee's share of the first group, over the ballots that cast(number, …) cast.
    events::DecryptionShare share_of(const std::string& trustee);
    Result<wire::ActAnswer> share(const std::string& trustee) { return sign(trustee, share_of(trustee)); }

    std::uint64_t log_size() const { return election_->log().published()->checkpoint.size; }
    events::Entry entry(std::uint64_t index) const;

    SystemRandom random_;
    test::TemporaryFolder data_;
    test::Election known_;
    std::unique_ptr<Workers> workers_;
    std::unique_ptr<Environment> environment_;
    std::shared_ptr<Election> election_;

  private:
    void give_pass(const events::PassNumber& t, const StationId& station);
    void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);

    std::vector<ballot::CheckedBallot> cast_;
    std::set<events::PassNumber> given_;
};

}  // namespace stimme::service
