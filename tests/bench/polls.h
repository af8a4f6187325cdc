// An election with open polls in a data folder, for a real server to open: made by the services themselves,
// with the ceremony, the roll and every signature. 15 options, 3 votes, an invalid option; one station with
// many booths and a few desks, each with a certificate.
//
// Thread rule: immutable after construction, but for close().
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/wire/booth.h"
#include "tests/support/certificates.h"
#include "tests/support/elections.h"

namespace stimme::bench {

// A ballot that waits to be submitted and cast.
struct ReadyBallot {
    wire::SubmissionRequest submission;
    wire::CastRequest cast;
};

class Polls {
  public:
    static constexpr std::size_t booths = 64;
    static constexpr std::size_t desks = 2;

    Polls(const std::filesystem::path& folder, std::size_t voters);

    const test::Election& election() const { return *election_; }
    std::filesystem::path data() const { return folder_ / "data"; }
    std::filesystem::path ballots_database() const { return data() / "test-2026" / "ballots.db"; }
    std::string path(const std::string& route) const { return "/v1/elections/test-2026/" + route; }

    const std::filesystem::path& authority() const { return authority_.certificate(); }
    const test::Identity& server() const { return server_; }
    const std::vector<test::Identity>& booth_identities() const { return booths_; }
    const std::vector<test::Identity>& desk_identities() const { return desks_; }

    const pass::PassKey& pass_key() const { return *pass_key_; }
    ballot::Context context(std::uint64_t pass) const { return election_->context("s1", "standard", pass); }
    // Made on both cores, with passes first, first + 1, …
    std::vector<ReadyBallot> ballots(std::uint64_t first, std::size_t count) const;
    // Closes the station and the polls, `voted` voters having been checked in.
    // REQUIRES: no server has the folder open.
    void close(std::size_t voted);
    static std::string voter(std::size_t number) { return std::to_string(100'000 + number); }

  private:
    test::TestElection definition() const;
    void open(std::size_t voters);
    ReadyBallot ballot(std::uint64_t pass) const;

    const std::filesystem::path folder_;
    test::Authority authority_;
    const test::Identity server_;
    std::vector<test::Identity> booths_, desks_;
    std::unique_ptr<test::Election> election_;
    std::unique_ptr<pass::PassKey> pass_key_;
};

}  // namespace stimme::bench
