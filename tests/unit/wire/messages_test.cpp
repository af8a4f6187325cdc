// The messages between clients and server: each reads back what it prints, and nothing else: core/wire.
#include <gtest/gtest.h>

#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "core/wire/roll.h"
#include "core/wire/roll_stations.h"
#include "core/wire/wire.h"

namespace stimme::wire {
namespace {

template <std::size_t N>
ByteArray<N> bytes(std::uint8_t value) {
    ByteArray<N> result;
    result.fill(value);
    return result;
}

const events::ActSignature signature{SignerId("desk-1"), 7, bytes<32>(1), bytes<64>(2)};
const PassProof pass{bytes<10>(3), bytes<5>(4)};

// Prints, reads and prints again; then with a key too many, and without each of its keys in turn.
template <class Message>
void expect_exact(const Message& message, std::size_t optional_keys = 0) {
    const std::string text = print(message);
    const auto read = parse<Message>(text);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(print(*read), text);

    json::Object fields = *json::parse(text)->get<json::Object>();
    std::size_t refused = 0;
    for (const json::Member& member : fields.members()) {
        json::Object without = fields;
        without.erase(member.first);
        const auto missing = parse<Message>(json::canonical(without));
        if (missing) continue;
        EXPECT_EQ(missing.error().code, "message-invalid");
        EXPECT_NE(missing.error().message.find("\"" + member.first + "\" is missing"), std::string::npos);
        ++refused;
    }
    EXPECT_EQ(refused + optional_keys, fields.members().size());

    fields.set("surplus", true);
    EXPECT_EQ(parse<Message>(json::canonical(fields)).error().message, "/surplus: this key isn't known here");
}

TEST(DeskMessages, ReadBackExactlyWhatWasPrinted) {
    expect_exact(CheckInRequest{"10000003", bytes<33>(2)});
    expect_exact(CheckInAnswer{StyleId("standard"), bytes<33>(2), bytes<32>(5), bytes<32>(6)});
    expect_exact(VoterView{"1",
                           "Yılmaz",
                           "Ayşe",
                           "1977-08-06",
                           "Agnetenstraße 46",
                           StationId("s1"),
                           StyleId("a"),
                           false,
                           {"age"},
                           StationId("s2")},
                 1);
    expect_exact(VoidRequest{"1", pass, signature});
    expect_exact(CheckInRequest{"10000003", bytes<33>(2), true}, 1);
    const MoveRequest move{"1", "2", {"A. Arendt", "B. Brecht"}};
    const PaperConflict conflict{"3", "already-checked-in", StationId("s2")};
    expect_exact(move);
    expect_exact(MoveAnswer{"2"});
    expect_exact(PaperRequest{{"1", "2"}, true});
    expect_exact(PaperAnswer{1, 2, {conflict, {"4", "voter-not-eligible"}}});
    expect_exact(StationRecord{{{SignerId("desk-1"), move}}, 7, {conflict}});
    expect_exact(CardRequest{"1", true});
    expect_exact(PassStateAnswer{PassStateAnswer::Status::voided, 2});
    expect_exact(ExpirationRequest{pass});
    expect_exact(ChallengeFailureRequest{pass, SignerId("booth-1"), "no opening came", signature});
    expect_exact(BoothUnlockRequest{SignerId("booth-1")});
}

TEST(BoothMessages, ReadBackExactlyWhatWasPrinted) {
    expect_exact(BoothPassRequest{pass.t, pass.tag});
    expect_exact(BoothPassAnswer{StyleId("standard"), 5});
    expect_exact(SubmissionRequest{pass.t, pass.tag, StyleId("standard"), Bytes(100, 9)});
    expect_exact(SubmissionAnswer{bytes<32>(1), 12});
    expect_exact(CastRequest{pass.t, bytes<32>(1), bytes<32>(2)});
    expect_exact(CastAnswer{13, "c2sp.org/tlog-proof@v1\n"});
    expect_exact(ChallengeRequest{pass.t, bytes<32>(1), {bytes<32>(7), {{0, 1, 2}, {1}}}});
    expect_exact(ChallengeAnswer{14, false});
}

TEST(OfficeMessages, ReadBackExactlyWhatWasPrinted) {
    const events::Content content = events::Incident{"the light failed"};
    expect_exact(
        ElectionView{ElectionId("e"), election::Phase::open, bytes<32>(1), bytes<32>(2), 9, "log-behind"}, 2);
    expect_exact(PendingAct{content, {signature}});
    expect_exact(ActRequest{content, signature});
    expect_exact(ActAnswer{3, 0}, 1);
    expect_exact(DraftAnswer{content});
}

RollImportAnswer import_answer() {
    RollImportAnswer answer;
    answer.import = 2;
    answer.written_as = "UTF-8, semicolons, CRLF";
    answer.people = 10;
    answer.eligible = 8;
    answer.reasons = {{"age", 2}};
    answer.problems = {"line 3: a quotation mark is opened and not closed"};
    return answer;
}

MatterView matter() {
    MatterView matter;
    matter.id = 7;
    matter.number = "1001";
    matter.kind = MatterView::Kind::appeal;
    matter.by = "Ana";
    matter.received = "2026-01-20";
    matter.text = "was here all the time";
    matter.earlier = 3;
    matter.entered_by = SignerId("official-1");
    matter.entered_at = "2026-01-21T09:00:00Z";
    matter.decision = MatterDecision{MatterDecision::Outcome::refused,
                                     "none",
                                     "seen",
                                     "2026-01-25",
                                     SignerId("official-2"),
                                     "2026-01-25T09:00:00Z"};
    return matter;
}

EntryView entry_view() {
    EntryView entry;
    entry.number = "1001";
    entry.version = 3;
    entry.person = {{"Familienname", "Yılmaz"}};
    entry.presence = "present";
    entry.ruling = "none";
    entry.station = "s1";
    entry.style = StyleId("standard");
    entry.standing = "none";
    entry.reasons = {"age"};
    entry.matters = {matter()};
    entry.changes = {{2, "1001", "changed", {{"PLZ", "39104"}}, {{"PLZ", "39106"}}}};
    return entry;
}

TEST(RollMessages, ReadBackExactlyWhatWasPrinted) {
    expect_exact(import_answer());
    expect_exact(ImportProgressView{1, 2, 3});
    expect_exact(ImportViews{{{1, "2026-01-21T09:00:00Z", SignerId("official-1"), true, 5, 4, 3, 2, 1}}});
    expect_exact(TakeBackRequest{2});
    expect_exact(ChangeViews{entry_view().changes});
    expect_exact(matter(), 3);
    expect_exact(MatterViews{{matter()}});
    expect_exact(MatterRequest{"1001", MatterView::Kind::objection, "Ana", "2026-01-20", "text", 4}, 2);
    expect_exact(MatterDecisionRequest{MatterDecision::Outcome::granted, "enrol", "seen", "2026-01-25"});
    expect_exact(entry_view());
    expect_exact(EntryViews{{entry_view()}});
    expect_exact(AddRequest{{{"Familienname", "Yılmaz"}}, {"1002"}}, 1);
    expect_exact(InvalidRequest{3, "twice"});
    expect_exact(ResolutionRequest{3, "keep", "seen"});
    expect_exact(DuplicateViews{{{entry_view(), entry_view(), "names-swapped"}}});
    expect_exact(DistinctRequest{"1001", "1002"});
}

TEST(StationsMessages, ReadBackExactlyWhatWasPrinted) {
    StationsAnswer answer;
    answer.part = "streets";
    answer.dry_run = true;
    answer.same = true;
    answer.size = 3;
    answer.people = 400;
    answer.moved = 39;
    answer.without_station = 1;
    answer.stations = {{"s1", 200}, {"s2", 150}};
    expect_exact(answer);
    expect_exact(StationsRemoval{"areas", true});
    expect_exact(StationsView{{{"list", 2, "2026-01-21T09:00:00Z", SignerId("official-1")}}, 1, {{"s1", 3}}});
}

TEST(StationsMessages, PartsThatNobodyBringsAreRefused) {
    EXPECT_EQ(parse<StationsRemoval>(R"({"part":"definition","dry_run":false})").error().message,
              "/part: \"definition\" is not known; right is one of \"list\", \"streets\", \"areas\"");
}

TEST(RollMessages, WrongDaysEffectsAndEmptyReasonsAreNamed) {
    EXPECT_EQ(parse<InvalidRequest>(R"({"version":1,"reason":""})").error().message,
              "/reason: right is some text");
    const auto decision = [](const std::string& effect, const std::string& day) {
        return parse<MatterDecisionRequest>(R"({"outcome":"granted","effect":")" + effect +
                                            R"(","reason":"seen","decided_on":")" + day + "\"}")
            .error()
            .message;
    };
    EXPECT_EQ(decision("strike", "2026-01-25"),
              "/effect: \"strike\" is not known; right is one of \"none\", \"enrol\", \"refuse\"");
    EXPECT_EQ(decision("none", "25.1.2026"), "/decided_on: right is a day as yyyy-mm-dd");
}

TEST(Messages, NumbersAndLengthsOutOfRangeAreRefusedWithTheirPlace) {
    EXPECT_EQ(parse<BoothPassRequest>(R"({"t":"00","tag":"0404040404"})").error().message,
              "/t: expected 20 hex characters, found 2");
    EXPECT_EQ(
        parse<PassStateAnswer>(R"({"status":"eaten","challenges":0})").error().message,
        "/status: \"eaten\" is not known; right is one of \"unused\", \"submitted\", \"cast\", \"voided\"");
    EXPECT_EQ(parse<ActAnswer>(R"({"missing":65})").error().message,
              "/missing: 65 is out of range; right is 0 to 64");
}

}  // namespace
}  // namespace stimme::wire
