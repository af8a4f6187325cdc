// Whole records of elections for tests, made in milliseconds, honest or forged:
//
//     TestRecord record(TestElection().contest("board", 3).invalid().build());
//     record.seal().open().vote({{1, 0, 0, 0}}).test({{0, 1, 0, 0}}).finish();
//     record.write(folder);
//
// Every step appends its entries with valid signatures. To forge, change an entry before it is signed and
// appended (forge: its signers collude), or `entries` and `files` afterwards (the server alone is dishonest:
// it signs whatever log there is, but no act of a person).
//
// Thread rule: belongs to one test.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/events/act.h"
#include "core/events/files.h"
#include "core/log/checkpoint.h"
#include "core/log/merkle.h"
#include "core/tally/shares.h"
#include "tests/support/elections.h"

namespace stimme::test {

class TestRecord {
  public:
    // Voters 1, 2, … with known salts stand on the roll.
    explicit TestRecord(Election election, std::size_t voters = 12);

    // Steps. They throw std::runtime_error when the test asks for something impossible.
    TestRecord& seal();
    TestRecord& open();
    // The next voter is checked in, submits a ballot and casts it. Selections are those of the whole style.
    TestRecord& vote(const events::Selections& selections, const std::string& station = "s1",
                     const std::string& style = "standard");
    // The next voter is checked in, submits a ballot and tests it, and leaves.
    TestRecord& test(const events::Selections& selections, const std::string& station = "s1",
                     const std::string& style = "standard");
    // The next voter is checked in and gives the pass back.
    TestRecord& void_pass(const std::string& station = "s1");
    // Every station, then the polls.
    TestRecord& close();
    // The shares of the first k trustees for every group with ballots, then the totals.
    TestRecord& tally();
    // Batches by post and their count.
    TestRecord& paper(std::uint64_t ballots, std::vector<std::uint64_t> totals);
    // As it follows from the tally, and from the paper counts and lots appended so far.
    TestRecord& result();
    TestRecord& certify();
    TestRecord& finish() { return close().tally().result().certify(); }

    // Changes each entry of that kind before it is signed and appended.
    template <class Content>
    TestRecord& forge(std::function<void(Content&)> change) {
        forgeries_.push_back([change = std::move(change)](events::Content& content) {
            if (auto* of_kind = std::get_if<Content>(&content)) change(*of_kind);
        });
        return *this;
    }
    // Changes each ballot's body before its tracking code is taken. The tally counts the ballot as it was.
    TestRecord& forge_bodies(std::function<void(Bytes&)> change);
    // Changes tags, participation and ballot files before polls-closed names them.
    TestRecord& forge_files(std::function<void(std::map<std::string, Bytes>&)> change);

    // Appends an entry with the signatures that its kind demands; or with exactly those, over that view.
    TestRecord& append(events::Content content);
    TestRecord& append(events::Content content, const std::vector<std::string>& signers,
                       const events::LogView& view);
    // A valid share of trustee l = 1, 2, … for each group with ballots.
    std::vector<events::DecryptionShare> shares(unsigned l) const;
    TestRecord& append_share(const events::DecryptionShare& share);

    const Election& election() const { return election_; }
    events::LogView view() const;
    const events::LogView& closing() const { return closing_; }
    const tally::GroupSums& sums() const { return sums_; }
    events::VoterCode voter(std::size_t number) const;
    // The log's signed checkpoint over the first entries, with `witnesses` cosignatures.
    log::SignedCheckpoint checkpoint(std::size_t size) const;
    std::string checkpoint() const { return checkpoint(entries.size()).text; }
    // Of that entry, under the newest checkpoint.
    std::string receipt(std::uint64_t index) const;
    // Index of an entry by the name of its type; `skip` so many of them. Throws when there is none.
    std::size_t index_of(const std::string& type, std::size_t skip = 0) const;
    // The entry changed in place; its signatures stay as they were.
    template <class Content>
    void rewrite(std::size_t index, std::function<void(Content&)> change) {
        events::Entry entry = *events::decode(entries.at(index));
        change(std::get<Content>(entry.content));
        entries[index] = events::encode(entry);
    }

    // Throws std::runtime_error when the folder can't be written.
    void write(const std::filesystem::path& folder) const;

    std::vector<std::string> entries;
    std::map<std::string, Bytes> files;  // tags, participation and the ballot files, by path
    std::string definition;              // the text that is written
    std::size_t witnesses;               // so many of them sign checkpoints

  private:
    struct Submitted {
        StationId station;
        events::PassNumber t;
        Hash tracking_code;
        Bytes body;
    };

    Submitted submit(const ballot::SealedBallot& sealed, const ballot::Context& context);
    void check_in(const std::string& station);
    void close_station(const election::Station& station);
    void make_files();
    events::PollsClosed polls_closed() const;
    tally::ShareContext context() const;
    log::Tree tree(std::size_t size) const;

    Election election_;
    std::vector<events::ParticipationRow> roll_;
    std::size_t checked_in_ = 0;  // of the roll's rows
    std::uint64_t passes_ = 0;
    std::map<std::string, std::uint64_t> check_ins_, voids_;  // by station
    std::vector<events::TagRow> tags_;
    std::map<std::string, std::uint64_t> counts_;  // of ballots, by path of their file
    std::map<std::string, Bytes> bodies_;          // likewise
    tally::GroupSums sums_;
    std::vector<std::function<void(events::Content&)>> forgeries_;
    std::vector<std::function<void(Bytes&)>> body_forgeries_;
    std::vector<std::function<void(std::map<std::string, Bytes>&)>> file_forgeries_;
    events::LogView closing_;
};

}  // namespace stimme::test
