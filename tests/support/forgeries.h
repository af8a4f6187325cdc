// Forged ballots for tests: one list of every way to forge one, each with the code and the place with which
// every check must refuse it, alone, among others and in a record.
//
//     for (const BallotForgery& forgery : ballot_forgeries()) {
//         const Bytes body = forgery.make(ForgeryCase(election, election.context()));
//         // ballot::check(layout, key, context, body) gives forgery.code at forgery.place
//     }
//
// Thread rule: the list is constant; a Forger belongs to one test.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/ballot/layout.h"
#include "tests/support/elections.h"

namespace stimme::test {

void put(Bytes& body, std::size_t offset, ByteView bytes);
ByteView take(const Bytes& body, std::size_t offset, std::size_t size);
void swap_ranges(Bytes& body, std::size_t a, std::size_t b, std::size_t size);

// Someone who knows the protocol and not its rules: encrypts whatever numbers are asked for, and where one
// lies outside its range proves the nearest that lies in it, as well as can be.
class Forger {
  public:
    Forger(const crypto::ElectionKey& key, const ballot::Layout& layout, const ballot::Context& context);

    // Makes Σ w_i·r_i of the first contest zero. REQUIRES: its first position has the weight 1.
    Forger& cancel_randomness();
    // In the first selection, branches of other values than the one selected get c = 1 and v = 5.
    Forger& small_scalars();
    // Encrypts with the negative of the randomness that another Forger takes.
    Forger& negate_randomness();
    // Simulates every branch of the first selection: all its equations hold, whatever it holds.
    Forger& simulate_every_branch();

    Bytes body(const std::vector<std::vector<int>>& values);

  private:
    struct Secret {
        std::int64_t m = 0;
        crypto::SecretScalar r;
    };

    void encrypt(const ballot::ContestLayout& contest, const std::vector<int>& values);
    void prove(std::size_t number, const Hash& hash);
    crypto::RangeProof simulated(const ballot::Statement& statement);
    void put_branch(std::size_t offset, const crypto::RangeBranch& branch);

    const crypto::ElectionKey& key_;
    ballot::Layout layout_;
    ballot::Context context_;
    Bytes body_;
    bool cancel_ = false, small_ = false, negate_ = false, simulate_ = false;
    std::vector<Secret> secrets_;
    SeededRandom random_{7};
};

// The ballot that a forgery changes or replaces: an honest one in its context.
struct ForgeryCase {
    // REQUIRES: the election is one of forgery_election().
    ForgeryCase(const Election& of, ballot::Context in);

    const Election& election;
    ballot::Context context;
    ballot::Layout layout;
    Bytes honest;

    // Another honest ballot: in another context, or with another seed.
    Bytes other(const ballot::Context& in, std::uint64_t seed) const;
    Forger forger() const { return {election.key, layout, context}; }
    // Of the first contest.
    const ballot::Statement& statement(std::size_t number) const { return layout.statements()[number]; }
};

struct BallotForgery {
    std::string name;   // as in the name of a test
    std::string code;   // of ballot::check
    std::string place;  // how the message begins; empty where the whole ballot is meant
    std::function<Bytes(const ForgeryCase&)> make;
    bool operator==(const BallotForgery& other) const { return name == other.name; }
};

// Two contests alike of three options, two votes, two for one option, with the invalid and the blank option;
// two styles alike and two stations, so that only the context tells their ballots apart.
TestElection forgery_election();
// The same with the same key K and another name, and so another h_E.
Election twin_of_forgery_election();

// Selections of the honest ballots.
events::Selections honest_selections();

// In all of them the body has the length of an honest one, unless the code is ballot-length.
const std::vector<BallotForgery>& ballot_forgeries();

}  // namespace stimme::test
