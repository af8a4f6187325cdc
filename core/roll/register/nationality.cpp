#include "core/roll/register/nationality.h"

#include <array>
#include <set>
#include <string>

#include <unicode/locid.h>

namespace stimme::roll {
namespace {

// Without a state or of a state unknown, Kosovo, kinds of British nationality, and states that are gone.
constexpr std::array<std::string_view, 21> further_codes = {"XXA", "XXB", "XXC", "XXX", "XKX", "RKS", "XOM",
                                                            "GBD", "GBN", "GBO", "GBP", "GBS", "ANT", "BUR",
                                                            "CSK", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"};

std::set<std::string, std::less<>> all_codes() {
    std::set<std::string, std::less<>> codes(further_codes.begin(), further_codes.end());
    for (const char* const* country = icu::Locale::getISOCountries(); *country != nullptr; ++country)
        codes.insert(icu::Locale("", *country).getISO3Country());
    return codes;
}

struct Accession {
    Day day;
    std::string_view states;  // codes, separated by blanks
};

constexpr Day day(int year, unsigned month, unsigned day_of_month) {
    return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day_of_month)};
}

constexpr std::array<Accession, 8> accessions = {
    Accession{day(1958, 1, 1), "BEL DEU FRA ITA LUX NLD"},
    {day(1973, 1, 1), "DNK GBR IRL"},
    {day(1981, 1, 1), "GRC"},
    {day(1986, 1, 1), "ESP PRT"},
    {day(1995, 1, 1), "AUT FIN SWE"},
    {day(2004, 5, 1), "CYP CZE EST HUN LTU LVA MLT POL SVK SVN"},
    {day(2007, 1, 1), "BGR ROU"},
    {day(2013, 7, 1), "HRV"},
};
constexpr Day british_exit = day(2020, 2, 1);

}  // namespace

bool is_nationality(std::string_view code) {
    static const auto codes = all_codes();
    return codes.contains(code);
}

bool in_european_union(std::string_view code, Day on) {
    if (code.size() != 3 || (code == "GBR" && on >= british_exit)) return false;
    for (const Accession& accession : accessions) {
        if (accession.states.find(code) != std::string_view::npos) return on >= accession.day;
    }
    return false;
}

}  // namespace stimme::roll
