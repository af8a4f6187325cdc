// One sample of each message between clients and server, for tests and as seeds of the fuzz targets.
//
// Thread rule: pure functions.
#pragma once

#include "core/wire/booth.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "core/wire/roll.h"
#include "core/wire/roll_stations.h"

namespace stimme::test {

template <std::size_t N>
ByteArray<N> bytes(std::uint8_t value) {
    ByteArray<N> result;
    result.fill(value);
    return result;
}

inline const wire::PassProof sample_pass{bytes<10>(3), bytes<5>(4)};
inline const events::ActSignature sample_signature{SignerId("s1-desk-1"), 7, bytes<32>(1), bytes<64>(2)};
inline const events::Content sample_content = events::Incident{"the light failed"};
inline const wire::MoveRequest sample_move{"1", "2", {"A. Arendt", "B. Brecht"}};

inline wire::MatterView sample_matter() {
    wire::MatterView matter;
    matter.id = 7;
    matter.number = "1001";
    matter.kind = wire::MatterView::Kind::appeal;
    matter.by = "Ana";
    matter.received = "2026-01-20";
    matter.text = "was here all the time";
    matter.earlier = 3;
    matter.entered_by = SignerId("official-1");
    matter.entered_at = "2026-01-21T09:00:00Z";
    matter.decision = wire::MatterDecision{wire::MatterDecision::Outcome::refused,
                                           "none",
                                           "seen",
                                           "2026-01-25",
                                           SignerId("official-2"),
                                           "2026-01-25T09:00:00Z"};
    return matter;
}

inline wire::EntryView sample_entry() {
    wire::EntryView entry;
    entry.number = "1001";
    entry.version = 3;
    entry.person = {{"Familienname", "Yılmaz"}};
    entry.presence = "present";
    entry.ruling = "none";
    entry.station = "s1";
    entry.style = StyleId("standard");
    entry.standing = "none";
    entry.reasons = {"age"};
    entry.matters = {sample_matter()};
    entry.changes = {{2, "1001", "changed", {{"PLZ", "39104"}}, {{"PLZ", "39106"}}}};
    return entry;
}

// Calls `use(name, message, optional_keys)` with each; the last says how many of the keys printed may be
// missing.
template <class Use>
void each_request(Use use) {
    use("booth-pass", wire::BoothPassRequest{sample_pass.t, sample_pass.tag}, 0);
    use("submission",
        wire::SubmissionRequest{sample_pass.t, sample_pass.tag, StyleId("standard"), Bytes(100, 9)}, 0);
    use("cast", wire::CastRequest{sample_pass.t, bytes<32>(1), bytes<32>(2)}, 0);
    use("challenge", wire::ChallengeRequest{sample_pass.t, bytes<32>(1), {bytes<32>(7), {{0, 1, 2}, {1}}}},
        0);
    use("check-in", wire::CheckInRequest{"10000003", bytes<33>(2)}, 0);
    use("check-in-card", wire::CheckInRequest{"10000003", bytes<33>(2), true}, 1);
    use("void", wire::VoidRequest{"10000003", sample_pass, sample_signature}, 0);
    use("move", sample_move, 0);
    use("paper", wire::PaperRequest{{"1", "2"}, true}, 0);
    use("card", wire::CardRequest{"1", true}, 0);
    use("expiration", wire::ExpirationRequest{sample_pass}, 0);
    use("failure",
        wire::ChallengeFailureRequest{sample_pass, SignerId("s1-booth-1"), "no opening", sample_signature},
        0);
    use("unlock", wire::BoothUnlockRequest{SignerId("s1-booth-1")}, 0);
    use("act", wire::ActRequest{sample_content, sample_signature}, 0);
    use("take-back", wire::TakeBackRequest{2}, 0);
    use("person", wire::AddRequest{{{"Familienname", "Yılmaz"}}, {"1002"}}, 1);
    use("invalid-entry", wire::InvalidRequest{3, "twice"}, 0);
    use("resolution", wire::ResolutionRequest{3, "keep", "seen"}, 0);
    use("distinct", wire::DistinctRequest{"1001", "1002"}, 0);
    use("matter",
        wire::MatterRequest{"1001", wire::MatterView::Kind::objection, "Ana", "2026-01-20", "text", 4}, 2);
    use("decision",
        wire::MatterDecisionRequest{wire::MatterDecision::Outcome::granted, "enrol", "seen", "2026-01-25"},
        0);
    use("removal", wire::StationsRemoval{"streets", true}, 0);
}

// As each_request.
template <class Use>
void each_answer(Use use) {
    use("booth-pass", wire::BoothPassAnswer{StyleId("standard"), 5}, 0);
    use("submission", wire::SubmissionAnswer{bytes<32>(1), 12}, 0);
    use("cast", wire::CastAnswer{13, "c2sp.org/tlog-proof@v1\n"}, 0);
    use("challenge", wire::ChallengeAnswer{14, false}, 0);
    use("check-in", wire::CheckInAnswer{StyleId("standard"), bytes<33>(2), bytes<32>(5), bytes<32>(6)}, 0);
    use("voter",
        wire::VoterView{"1",
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
    const wire::PaperConflict conflict{"3", "already-checked-in", StationId("s2")};
    use("move", wire::MoveAnswer{"2"}, 0);
    use("paper", wire::PaperAnswer{1, 2, {conflict, {"4", "voter-not-eligible"}}}, 0);
    use("record", wire::StationRecord{{{SignerId("s1-desk-1"), sample_move}}, 7, {conflict}}, 0);
    use("state", wire::PassStateAnswer{wire::PassStateAnswer::Status::voided, 2}, 0);
    use("election",
        wire::ElectionView{ElectionId("e"), election::Phase::open, bytes<32>(1), bytes<32>(2), 9,
                           "log-behind"},
        2);
    use("pending-act", wire::PendingAct{sample_content, {sample_signature}}, 0);
    use("act", wire::ActAnswer{3, 0}, 1);
    use("draft", wire::DraftAnswer{sample_content}, 0);
    wire::RollImportAnswer import;
    import.import = 2;
    import.written_as = "UTF-8, semicolons, CRLF";
    import.people = 10;
    import.eligible = 8;
    import.reasons = {{ "age", 2 }};
    import.problems = {"line 3: a quotation mark is opened and not closed"};
    use("import", import, 0);
    use("import-progress", wire::ImportProgressView{1, 2, 3}, 0);
    const SignerId official("official-1");
    use("imports", wire::ImportViews{{{1, "2026-01-21T09:00:00Z", official, true, 5, 4, 3, 2, 1}}}, 0);
    use("changes", wire::ChangeViews{sample_entry().changes}, 0);
    use("matter", sample_matter(), 3);
    use("matters", wire::MatterViews{{sample_matter()}}, 0);
    use("entry", sample_entry(), 0);
    use("entries", wire::EntryViews{{sample_entry()}}, 0);
    use("duplicates", wire::DuplicateViews{{{sample_entry(), sample_entry(), "names-swapped"}}}, 0);
    wire::StationsAnswer stations;
    stations.part = "streets";
    stations.dry_run = true;
    stations.same = true;
    stations.size = 3;
    stations.people = 400;
    stations.moved = 39;
    stations.without_station = 1;
    stations.stations = {{"s1", 200}, {"s2", 150}};
    use("stations", stations, 0);
    use("stations-view", wire::StationsView{{{"list", 2, "2026-01-21T09:00:00Z", official}}, 1, {{"s1", 3}}},
        0);
}

}  // namespace stimme::test
