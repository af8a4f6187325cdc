// Documents for the tests of printers.
//
// Thread rule: pure functions.
#pragma once

#include "client/print/station_paper.h"

namespace stimme::printer {

inline print::StationOnPaper sample_place() {
    return {{{"de", "Wahl des Ausländerbeirats"}, {"en", "Election of the Foreigners' Advisory Board"}},
            "Altstadt, Rathaus, Markt 1",
            std::chrono::year(2026) / 11 / 29};
}

inline pass::Pass sample_pass() {
    return {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {11, 12, 13, 14, 15}};
}

inline print::PassSlip sample_slip(print::Copy copy = print::Copy::first,
                                   words::Language second = words::Language::english()) {
    return {sample_place(), sample_pass(), copy, second};
}

inline print::ClosingSheet sample_closing() {
    return {
        sample_place(), "18:25", 312, 315, 3, 2, 306, 4, 0, 0, 0, 5, "", {"Ana Kowalska", "Олена Шевченко"}};
}

// What a receipt says in code page 437.
inline const std::string waehlen_in_page_437 = "w\x84hlen";

}  // namespace stimme::printer
