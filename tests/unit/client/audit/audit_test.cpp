// Addresses of records, fingerprints as people type them, opened ballots.
#include <gtest/gtest.h>

#include "client/audit/commands.h"
#include "client/audit/http_source.h"
#include "client/booth/opened_ballot.h"

namespace stimme::audit {
namespace {

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "none" : result.error().code;
}

TEST(RecordUrl, EachWayToNameAnElectionGivesItsRecord) {
    for (const char* end : {"", "/", "/record", "/record/"}) {
        const auto address =
            parse_record_url(std::string("https://wahl.example:8443/v1/elections/board-1") + end);
        ASSERT_TRUE(address) << end;
        EXPECT_EQ(address->server, "https://wahl.example:8443");
        EXPECT_EQ(address->election.str(), "board-1");
        EXPECT_EQ(address->path, "/v1/elections/board-1/record/");
    }
}

TEST(RecordUrl, OtherAddressesAreRefused) {
    for (const char* url :
         {"https://wahl.example", "http://wahl.example/v1/elections/a", "https://h/v1/elections/",
          "https://h/v1/elections/../x", "https://h/v1/elections/a?b", "ftp://h"})
        EXPECT_EQ(code_of(parse_record_url(url)), "record-url-invalid") << url;
}

TEST(ElectionHash, IsReadAsItIsWritten) {
    Hash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<std::uint8_t>(i * 7);
    EXPECT_EQ(write_election_hash(hash).substr(0, 9), "0007 0e15");
    EXPECT_EQ(*parse_election_hash(write_election_hash(hash)), hash);
    EXPECT_EQ(*parse_election_hash(to_hex(hash)), hash);
}

TEST(ElectionHash, AnythingElseIsRefused) {
    EXPECT_EQ(code_of(parse_election_hash("00")), "election-hash-invalid");
    EXPECT_EQ(code_of(parse_election_hash(std::string(64, 'g'))), "election-hash-invalid");
}

TEST(OpenedBallot, IsReadAsItIsWritten) {
    const booth::OpenedBallot ballot{
        {Hash{1}, StationId("s1"), StyleId("standard"), {2}}, Hash{3}, {{4}, {{1, 0}, {2}}}};
    const auto read = booth::parse_opened_ballot(json::canonical(to_json(ballot)));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, ballot);
    EXPECT_EQ(code_of(booth::parse_opened_ballot("{}")), "opened-ballot-invalid");
}

}  // namespace
}  // namespace stimme::audit
