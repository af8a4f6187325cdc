// What the office's commands say and write: sentences of the journal, statistics as CSV.
#include <gtest/gtest.h>

#include "client/office/roll/journal.h"
#include "client/office/roll/statistics.h"

namespace stimme::office {
namespace {

json::Object act(const std::string& type, std::int64_t without) {
    return {{"type", type},
            {"at", "2026-02-01T09:00:00Z"},
            {"part", "streets"},
            {"official", "wahlleitung"},
            {"size", 3},
            {"moved", 39},
            {"without_station", without}};
}

TEST(JournalSentence, SaysByWhatPeopleWereAssignedAndHowManyHaveNoStation) {
    EXPECT_EQ(sentence_of(act("stations-assigned", 0)),
              "2026-02-01T09:00:00Z  wahlleitung assigned people to stations by the street directory (3 "
              "entries): 39 people now belong to another station");
    EXPECT_EQ(sentence_of(act("stations-taken-away", 2)),
              "2026-02-01T09:00:00Z  wahlleitung took away the street directory (3 entries): 39 people now "
              "belong to another station, 2 who may vote to none");
}

TEST(StatisticsCsv, QuotesNamesAndMarksWhatIsLeftOut) {
    roll::Figures figures(7, 9);
    figures.leave_out(roll::Figure::eligible);
    const roll::Statistics statistics{roll::Figures(7, 9),
                                      {{roll::Topic::district, {{"", figures}, {"Nord;\"alt\"", figures}}}}};
    EXPECT_EQ(csv_of(statistics),
              "topic;name;all;eligible;not_eligible\ntotal;;16;7;9\ndistrict;;16;.;9\n"
              "district;\"Nord;\"\"alt\"\"\";16;.;9\n");
}

}  // namespace
}  // namespace stimme::office
