// What a station does beside its check-ins, in roll.db: check-ins that were moved to another entry, voters on
// paper, and polling cards. The schema refuses what must never be (schema/roll_1.sql).
//
// Invariants: a voter is checked in or votes on paper, not both, and once; whoever did otherwise stands here
// with a conflict. No row holds a time.
//
// Thread rule: PaperRows belongs to the thread that has its connection. Writing members need the connection
// of the database's Writer, inside an operation; the others take any. All give the errors of guarded().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "server/store/connection.h"

namespace stimme::store {

struct MovedRow {
    std::string number;  // who has the check-in now
    std::string from;
    StationId station;
    SignerId desk;
    std::string member_1, member_2;
};

struct PaperRow {
    std::string number;
    StationId station;
    SignerId desk;
    std::string conflict;  // a code; empty is none
};

class PaperRows {
  public:
    explicit PaperRows(Connection& connection) : connection_(connection) {}

    // REQUIRES: the check-in itself is moved in the same operation.
    Status add_moved(const MovedRow& row);
    Result<std::optional<MovedRow>> moved_to(std::string_view number) const;
    // By number.
    Result<std::vector<MovedRow>> moved_at(const StationId& station) const;

    Status add(const PaperRow& row);
    Status remove(std::string_view number, const StationId& station);
    Result<std::optional<PaperRow>> row(std::string_view number, const StationId& station) const;
    // With a conflict or without, by number.
    Result<std::vector<PaperRow>> rows_at(const StationId& station) const;

    // Whether anything changed.
    Result<bool> add_card(std::string_view number);
    Result<bool> remove_card(std::string_view number);
    Result<bool> has_card(std::string_view number) const;

  private:
    Connection& connection_;
};

}  // namespace stimme::store
