// `bench_paper`: how long 5,000 voting notices take, in twelve languages in turn, on one core. Prints `name
// value unit` lines; see docs/performance.md. `--quick`: 500 of them.
#include <fmt/format.h>

#include "client/print/voting_notice.h"
#include "client/words/language.h"
#include "tests/bench/measure.h"
#include "tests/support/temporary_folder.h"

namespace stimme::bench {
namespace {

using namespace std::chrono_literals;

print::NoticeText text() {
    const print::ElectionOnPaper election = {{{"de", "Wahl des Integrationsrats der Stadt Münster 2025"}},
                                             2025y / 9 / 14,
                                             "08:00",
                                             "18:00",
                                             election::CheckInPlace::own_station};
    return {{"Stadt Münster, Wahlamt", "Stadt Münster, Wahlamt, 48127 Münster", "Telefon 0251 492-0"},
            election,
            2025y / 8 / 4,
            2025y / 8 / 29,
            2025y / 9 / 12};
}

print::Notice notice(std::size_t i, const std::vector<words::Language>& languages) {
    print::Notice made;
    made.name = {fmt::format("Kovalenko-{}", i), "Oksana"};
    made.address = {"Hammer Straße", fmt::format("{}", i % 200), "48153", "Münster"};
    made.number = fmt::format("{}", 10000000 + i);
    made.station = {fmt::format("{}", i % 40), "Grundschule am Park", "Parkallee 3, 48153 Münster", true};
    made.language = languages[i % languages.size()];
    made.code = fmt::format("{}:{:032x}", made.number, i * 0x9e3779b97f4a7c15U);
    return made;
}

void run(bool quick) {
    const std::size_t count = quick ? 500 : 5000;
    const test::TemporaryFolder folder;
    const std::vector<words::Language> languages = words::Language::all();
    std::vector<print::Notice> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(notice(i, languages));
    const double took = microseconds([&] { must(print_notices(folder.path() / "n.pdf", text(), all)); });
    print(fmt::format("letters_{}", count), took / 1e6, "s");
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    stimme::bench::run(stimme::bench::has_flag(count, words, "--quick"));
    return 0;
}
