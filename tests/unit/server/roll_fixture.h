// A small roll in a folder of its own: stations s1 (desks s1-desk-1, s1-desk-2) and s2, and people 1001 …
// 1020 of area-s1 and 2001 … 2020 of area-s2, all of whom may vote; 3001 of area-s1 is too young, 4001 has a
// register block, 5001 lives where no station is.
#pragma once

#include <future>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "server/service/roll/roll_service.h"
#include "tests/support/elections.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"

namespace stimme::service {

using test::code;

inline const StationId s1("s1"), s2("s2");

class RollTest : public testing::Test {
  protected:
    explicit RollTest(bool any_station = false) : election_(make_election(any_station)) {
        reopen();
        roll_->use_pass_keys(keys_);
    }

    static test::Election make_election(bool any_station) {
        test::TestElection election;
        election.district("city").station("s1", "city", 2).station("s2", "city", 1);
        if (any_station) election.any_station();
        return election.build();
    }

    void reopen() {
        roll_.reset();
        auto opened = RollService::open(folder_.path(), election_.definition, random_, clock_);
        ASSERT_TRUE(opened) << opened.error().message;
        roll_ = *std::move(opened);
        roll_->use_pass_keys(keys_);
    }

    static std::string line(const std::string& number, const std::string& name, const std::string& area,
                            const std::string& born = "01.02.1980", const std::string& block = "") {
        return fmt::format("{};{};Ana;{};w;TUR;;01.01.2000;01.01.2000;Weg;1;39104;Stadt;{};E;{};;;\n", number,
                           name, born, area, block);
    }
    static std::string header() {
        return "Personennummer;Familienname;Vornamen;Geburtsdatum;Geschlecht;Staatsangehörigkeiten;"
               "Eingebürgert am;Hauptwohnung seit;In Deutschland seit;Straße;Hausnummer;PLZ;Ort;Stadtteil;"
               "Wohnungsstatus;Auskunftssperre;Wahlausschluss;Antrag;Verzogen oder verstorben am\n";
    }
    static std::string register_csv() {
        std::string csv = header();
        for (int i = 1; i <= 20; ++i)
            csv += line(fmt::format("10{:02}", i), fmt::format("Name{:02}", i), "area-s1");
        for (int i = 1; i <= 20; ++i)
            csv += line(fmt::format("20{:02}", i), fmt::format("Müller{:02}", i), "area-s2");
        csv += line("3001", "Kind", "area-s1", "01.02.2020");
        csv += line("4001", "Geheim", "area-s1", "01.02.1980", "X");
        return csv + line("5001", "Fern", "elsewhere");
    }
    // Each with a request of their own.
    static Actor official(const std::string& name = "official-1",
                          election::Phase phase = election::Phase::draft) {
        static int requests = 0;
        return {SignerId(name), phase, {fmt::format("{}/{}", name, ++requests), {}}};
    }
    RollOffice& office() { return roll_->office(); }
    Result<wire::RollImportAnswer> import_csv(const std::string& csv, const ImportOptions& options = {}) {
        return office().imports.bring(as_bytes(csv), options, official());
    }
    void import_all() { ASSERT_EQ(code(import_csv(register_csv())), "ok"); }

    Desk desk(const std::string& name = "s1-desk-1") const {
        return *election_.definition.holder(SignerId(name));
    }

    // A request with its own key, as a desk makes it.
    CheckInCall call(const std::string& voter, const pass::PassRequest& request,
                     const std::string& desk_name = "s1-desk-1") {
        const std::string key = desk_name + ":" + to_hex(random_.bytes<16>());
        return {desk(desk_name), {voter, request.blinded()}, {key, crypto::sha256(as_bytes(key))}};
    }
    CheckInCall call(const std::string& voter, const std::string& desk_name = "s1-desk-1") {
        return call(voter, pass::PassRequest::random(random_), desk_name);
    }

    // Starts something and waits for its answer.
    template <class T>
    static Result<T> answer_of(const std::function<void(RollService::Done<T>)>& start) {
        std::promise<Result<T>> promise;
        start([&](Result<T> result) { promise.set_value(std::move(result)); });
        return promise.get_future().get();
    }
    Result<wire::CheckInAnswer> check_in(const CheckInCall& asked) {
        return answer_of<wire::CheckInAnswer>([&](auto done) { roll_->check_in(asked, done); });
    }
    Result<wire::CheckInAnswer> check_in(const std::string& voter,
                                         const std::string& desk_name = "s1-desk-1") {
        return check_in(call(voter, desk_name));
    }
    Status begin_void(const std::string& voter, const events::PassNumber& t,
                      const std::string& desk_name = "s1-desk-1") {
        return answer_of<void>([&](auto done) { roll_->begin_void(desk(desk_name), voter, t, done); });
    }
    Status finish_void(const events::PassNumber& t) {
        return answer_of<void>([&](auto done) { roll_->finish_void(t, done); });
    }
    Status begin_close(const events::StationClosed& closed) {
        return answer_of<void>([&](auto done) { roll_->begin_close(closed, done); });
    }
    Status finish_close(const std::string& station) {
        return answer_of<void>([&](auto done) { roll_->finish_close(StationId(station), done); });
    }
    events::StationClosed counts(const std::string& station) {
        return {StationId(station), *roll_->desk_counts(StationId(station))};
    }
    std::size_t rows_with_station() {
        const auto rows = roll_->participation();
        return static_cast<std::size_t>(std::count_if(
            rows->begin(), rows->end(), [](const auto& row) { return row.station.has_value(); }));
    }

    SystemRandom random_;
    FixedClock clock_{*parse_time("2026-02-01T09:00:00Z")};
    test::TemporaryFolder folder_;
    test::Election election_;
    std::shared_ptr<const PassKeys> keys_ =
        std::make_shared<const PassKeys>(PassKeys::random(election_.definition, random_));
    std::unique_ptr<RollService> roll_;
};

}  // namespace stimme::service
