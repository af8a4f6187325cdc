#include "tests/fault/checks.h"

#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "core/log/receipt.h"
#include "core/log/tiles.h"
#include "server/service/acts/election.h"
#include "server/service/roll/roll_service.h"
#include "server/store/connection.h"

namespace stimme::test {
namespace {

namespace fs = std::filesystem;
using session::Session;

std::vector<events::Entry> entries_of(service::PublicLog& log) {
    std::vector<events::Entry> entries;
    const std::uint64_t size = log.published()->checkpoint.size;
    for (std::uint64_t first = 0; first < size; first += log::tile_width) {
        const auto width = static_cast<unsigned>(std::min<std::uint64_t>(size - first, log::tile_width));
        const auto bundle = log.tile({log::TileId::Kind::entries, 0, first / log::tile_width, width});
        const auto views = log::parse_bundle(as_bytes(**bundle), width);
        for (const ByteView entry : *views) entries.push_back(*events::decode(as_text(entry)));
    }
    return entries;
}

template <class Content>
std::size_t count(const std::vector<events::Entry>& entries) {
    return static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [](const auto& entry) {
        return std::holds_alternative<Content>(entry.content);
    }));
}

class Findings {
  public:
    void expect(bool holds, const std::string& what) {
        if (!holds) wrong_.push_back(what);
    }
    template <class A, class B>
    void same(const A& found, const B& expected, const std::string& what) {
        expect(found == expected, fmt::format("{}: {} instead of {}", what, found, expected));
    }
    std::vector<std::string> take() { return std::move(wrong_); }

  private:
    std::vector<std::string> wrong_;
};

const events::Entry* at(const std::vector<events::Entry>& entries, std::uint64_t index) {
    return index < entries.size() ? &entries[index] : nullptr;
}

void check_ballots(const std::vector<events::Entry>& entries, const Acknowledgements& all,
                   Findings& findings) {
    std::set<std::uint64_t> submitted, cast, tested;
    for (const auto& each : all.submissions) {
        const auto* entry = at(entries, each.answer.index);
        const auto* content =
            entry == nullptr ? nullptr : std::get_if<events::BallotSubmitted>(&entry->content);
        findings.expect(content != nullptr && content->tracking_code == each.answer.tracking_code,
                        fmt::format("submission {} isn't in the log", each.answer.index));
        submitted.insert(each.answer.index);
    }
    for (const auto& each : all.casts) {
        const auto* entry = at(entries, each.answer.index);
        const auto* content = entry == nullptr ? nullptr : std::get_if<events::BallotCast>(&entry->content);
        findings.expect(content != nullptr && content->tracking_code == each.request.tracking_code,
                        fmt::format("cast {} isn't in the log", each.answer.index));
        cast.insert(each.answer.index);
    }
    for (const auto& each : all.challenges) {
        const auto* entry = at(entries, each.answer.index);
        findings.expect(entry != nullptr && std::holds_alternative<events::BallotChallenged>(entry->content),
                        fmt::format("test {} isn't in the log", each.answer.index));
        tested.insert(each.answer.index);
    }
    findings.same(count<events::BallotSubmitted>(entries), submitted.size(), "submissions in the log");
    findings.same(count<events::BallotCast>(entries), cast.size(), "casts in the log");
    findings.same(count<events::BallotChallenged>(entries), tested.size(), "tests in the log");
    findings.same(count<events::PassVoided>(entries), all.voids.size(), "voids in the log");
}

void check_acts(service::Election& election, const std::vector<events::Entry>& entries,
                const Acknowledgements& all, Findings& findings) {
    const std::string journal = *election.roll().journal_text({});
    for (const LoggedAct& act : all.acts) {
        const auto* entry = at(entries, act.index);
        findings.expect(entry != nullptr && entry->content == act.content,
                        fmt::format("act {} isn't in the log", act.index));
        const std::string row = fmt::format("\"index\":{},", act.index);
        std::size_t rows = 0;
        for (auto place = journal.find(row); place != std::string::npos; place = journal.find(row, place + 1))
            ++rows;
        findings.same(rows, 1U, fmt::format("rows of act {} in the journal", act.index));
    }
    findings.same(count<events::Incident>(entries), all.acts.size(), "incidents in the log");
}

void check_roll(LiveElection& live, service::Election& election, const Acknowledgements& all,
                Findings& findings) {
    std::map<std::string, std::uint64_t> checked_in, voided;
    std::set<std::string> keys;
    for (const auto& each : all.check_ins) checked_in[each.who] += keys.insert(each.key).second ? 1 : 0;
    for (const auto& each : all.voids) ++voided[each.who];
    std::uint64_t rows = 0;
    const auto at_stations = election.roll().check_ins_at_stations();
    for (const auto& [station, number] : *at_stations) rows += number;
    for (const auto& station : live.definition().stations) {
        for (const auto& desk : station.desks) {
            const auto counted = *election.roll().desk_tally(desk.id);
            findings.same(counted.checked_in, checked_in[desk.id.str()], "check-ins of " + desk.id.str());
            findings.same(counted.voided, voided[desk.id.str()], "voids of " + desk.id.str());
        }
    }
    findings.same(rows, keys.size() - all.voids.size(), "voters checked in");
}

void check_tree(service::Election& election, const Acknowledgements& all,
                const std::vector<events::LogView>& seen, Findings& findings) {
    election.log().read([&](const auto&, const log::Tree& tree) {
        const auto holds = [&](std::uint64_t size, const Hash& root) {
            return size <= tree.size() && tree.root(size) == root;
        };
        for (const events::LogView& view : seen)
            findings.expect(holds(view.size, view.root),
                            fmt::format("the log doesn't continue what was seen at {} entries", view.size));
        for (const auto& each : all.casts) {
            const auto receipt = log::parse_receipt(each.answer.receipt);
            const auto opened = log::open_checkpoint(
                receipt->checkpoint, {election.definition()->log.origin, election.definition()->log.key}, {},
                0);
            findings.expect(opened.ok() && holds(opened->checkpoint.size, opened->checkpoint.root),
                            fmt::format("the receipt of cast {} isn't of this log", each.answer.index));
        }
    });
}

}  // namespace

Session& Asker::session(const std::string& who) {
    const auto found = sessions_.find(who);
    if (found != sessions_.end()) return found->second;
    return sessions_.emplace(who, staff_.session(who, "-again")).first->second;
}

template <class Request, class Answer>
void Asker::repeat(const std::vector<Acknowledged<Request, Answer>>& list, const std::string& route,
                   std::size_t newest, std::size_t older, std::vector<std::string>& wrong) {
    std::set<std::size_t> chosen;
    for (std::size_t i = 0; i < std::min(newest, list.size()); ++i) chosen.insert(list.size() - 1 - i);
    for (std::size_t i = 0; i < older && !list.empty(); ++i)
        chosen.insert(std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(chance_));
    for (const std::size_t i : chosen) {
        const auto& each = list[i];
        std::string body;
        if constexpr (std::is_same_v<Request, std::string>) {
            body = each.request;
        } else {
            body = wire::print(each.request);
        }
        const auto again = session(each.who).post_text(route, body, "application/json", each.key);
        if (!again) {
            wrong.push_back(route + " asked again: " + again.error().code + ": " + again.error().message);
        } else if (*again != wire::print(each.answer)) {
            wrong.push_back(route + " asked again: another answer");
        }
    }
}

std::vector<std::string> Asker::ask(const Acknowledgements& all, std::size_t newest, std::size_t older) {
    std::vector<std::string> wrong;
    repeat(all.check_ins, "check-ins", newest, older, wrong);
    repeat(all.casts, "booth/casts", newest, older, wrong);
    repeat(all.challenges, "booth/challenges", newest, older, wrong);
    repeat(all.voids, "voids", newest, older, wrong);
    return wrong;
}

std::vector<std::string> Asker::watch() {
    const auto view = session("official-3").watch();
    if (!view) return {"the log: " + view.error().code + ": " + view.error().message};
    seen_.push_back(*view);
    return {};
}

std::vector<std::string> check_files(const fs::path& folder) {
    const TemporaryFolder copy;
    for (const char* name : {"ballots.db", "ballots.db-wal", "roll.db", "roll.db-wal"}) {
        if (fs::exists(folder / name)) fs::copy_file(folder / name, copy.path() / name);
    }
    Findings findings;
    const Status asked = store::guarded([&]() -> Status {
        store::Connection ballots(copy.path() / "ballots.db", store::Access::read_write);
        store::Connection roll(copy.path() / "roll.db", store::Access::read_write);
        const auto number = [](store::Connection& file, const char* what) { return file.integer(what); };
        const auto entries = [&](const std::string& type) {
            const std::string sql =
                "SELECT count(*) FROM entry WHERE instr(CAST(bytes AS TEXT), '\"type\":\"" + type +
                "\"') > 0";
            return ballots.integer(sql);
        };
        findings.same(number(ballots, "SELECT count(*) FROM submission"), entries("ballot-submitted"),
                      "submissions and their entries");
        findings.same(number(ballots, "SELECT count(*) FROM submission WHERE status = 'cast'"),
                      entries("ballot-cast"), "cast ballots and their entries");
        findings.same(number(ballots, "SELECT count(*) FROM cast_ballot"), entries("ballot-cast"),
                      "ballots in their groups");
        findings.same(number(ballots, "SELECT count(*) FROM voided"), entries("pass-voided"),
                      "voided passes");
        findings.same(number(ballots, "SELECT count(*) FROM body"),
                      number(ballots, "SELECT count(*) FROM submission WHERE status IN ('open', 'cast')"),
                      "bodies");
        findings.same(number(ballots, "SELECT coalesce(max(size), 0) FROM checkpoint"),
                      number(ballots, "SELECT count(*) FROM entry"), "the newest checkpoint");
        findings.same(number(roll, "SELECT coalesce(sum(checked_in - voided), 0) FROM desk_count"),
                      number(roll, "SELECT count(*) FROM check_in"), "check-ins and the desks' counts");
        return {};
    });
    findings.expect(asked.ok(), asked.ok() ? "" : asked.error().message);
    return findings.take();
}

std::vector<std::string> check_everything(LiveElection& live, const Acknowledgements& all,
                                          const std::vector<events::LogView>& seen) {
    Findings findings;
    service::Election& election = live.inside();
    const auto entries = entries_of(election.log());
    check_ballots(entries, all, findings);
    check_acts(election, entries, all, findings);
    check_roll(live, election, all, findings);
    check_tree(election, all, seen, findings);
    return findings.take();
}

}  // namespace stimme::test
