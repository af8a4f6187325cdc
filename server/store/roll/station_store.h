// What the office brought for the assignment of people to polling stations, in roll.db: at most one row for
// each part of core/roll/stations/assignment.h.
//
// Thread rule: StationRows belongs to the thread that has its connection. Writing members need the connection
// of the database's Writer, inside an operation; the others take any. All give the errors of guarded().
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "server/store/connection.h"

namespace stimme::store {

struct StationPartRow {
    std::string part;     // "list", "streets", "areas"
    Hash digest;          // SHA-256 of the content
    std::string content;  // the part's member of the assignment, RFC 8785
    std::string act;      // as it stands in the journal
};

// What of an entry follows from the assignment.
struct StationOfPerson {
    std::string number;
    std::string station;
    StyleId style;
    std::optional<Hash> leaf;
};

using StationDigests = std::vector<std::pair<std::string, Hash>>;

class StationRows {
  public:
    explicit StationRows(Connection& connection) : connection_(connection) {}

    // By name of the part.
    Result<std::vector<StationPartRow>> parts() const;
    // Their names and digests alone, which are quick to read.
    Result<StationDigests> digests() const;
    // In place of an earlier row of that part.
    Status set(const StationPartRow& row);
    Status drop(std::string_view part);

    // How many may vote at each station; "" is none.
    Result<std::map<std::string, std::uint64_t>> voters() const;
    // The next numbers of people on the roll behind that one, `limit` at most.
    Result<std::vector<std::string>> numbers(std::string_view after, std::size_t limit) const;
    // Writes these into their entries, at most so many at once. They go in one statement, since within an
    // operation each statement that may fail costs SQLite a walk through all pages changed before it.
    static constexpr std::size_t most_moved = 1000;
    Status move(const std::vector<StationOfPerson>& people);

  private:
    Connection& connection_;
};

}  // namespace stimme::store
