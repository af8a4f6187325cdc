// `make_record FOLDER BALLOTS`: writes a record with so many ballots; see --help. With --forged N it prints,
// as a line of JSON each, what the verifier must say of the forged ones.
#include <algorithm>
#include <exception>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>

#include "core/base/json.h"
#include "tests/bench/measure.h"
#include "tests/bench/record_maker.h"

int main(int count, char** words) try {
    using namespace stimme;
    CLI::App app("Writes a record of an election with real ballots.");
    std::string folder;
    bench::RecordPlan plan;
    plan.threads = std::max(1U, std::thread::hardware_concurrency());
    app.add_option("FOLDER", folder)->required();
    app.add_option("BALLOTS", plan.ballots)->required();
    app.add_option("--options", plan.options)->capture_default_str();
    app.add_option("--votes", plan.votes)->capture_default_str();
    app.add_option("--threads", plan.threads)->capture_default_str();
    app.add_option("--forged", plan.forged, "so many ballots with a wrong proof each");
    CLI11_PARSE(app, count, words);
    for (const bench::ForgedBallot& forged : bench::make_record(folder, plan)) {
        std::cout << json::canonical(json::Object{
                         {"code", forged.code}, {"place", forged.place}, {"proof", forged.proof}})
                  << "\n";
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
}
