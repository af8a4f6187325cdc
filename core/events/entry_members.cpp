#include "core/events/entry_members.h"

#include "core/events/entry_parts.h"

namespace stimme::events {

using json::Fields;
using json::Object;
using json::Value;

namespace {

// The members that all entries about one submission share.
template <class AboutSubmission>
void write_submission(Object& out, const AboutSubmission& c) {
    out.set("station", c.station.str());
    out.set("t", to_hex(c.t));
    out.set("tracking_code", to_hex(c.tracking_code));
}

template <class AboutSubmission>
void read_submission(Fields& in, AboutSubmission& c) {
    c.station = in.name<StationKind>("station");
    c.t = in.hex<10>("t");
    c.tracking_code = in.hex<32>("tracking_code");
}

void write_opening(Object& out, const Opening& opening) {
    out.set("seed", to_hex(opening.seed));
    out.set("selections", to_json(opening.selections));
}
void read_opening(Fields& in, Opening& opening) {
    opening.seed = in.hex<32>("seed");
    opening.selections = read_selections(in, "selections");
}

}  // namespace

void write(Object& out, const ElectionSealed& c) {
    out.set("definition", to_hex(c.definition));
    out.set("election", to_hex(c.election));
    out.set("trustees", array_of(c.trustees, [](const TrusteeKey& t) {
                Object trustee{{"trustee", t.trustee.str()}, {"signature", to_hex(t.signature)}};
                write_commitments(trustee, t.commitments, t.proofs);
                return Value(std::move(trustee));
            }));
    out.set("pass_keys", array_of(c.pass_keys, [](const PassKey& k) {
                return Value(
                    Object{{"station", k.station.str()}, {"style", k.style.str()}, {"key", to_hex(k.key)}});
            }));
    out.set("roll", Object{{"root", to_hex(c.roll_root)}, {"count", c.roll_count}});
}

void read(Fields& in, ElectionSealed& c) {
    c.definition = in.hex<32>("definition");
    c.election = in.hex<32>("election");
    in.each("trustees", 0, 64, [&](Fields& item) {
        TrusteeKey t;
        t.trustee = item.name<SignerKind>("trustee");
        read_commitments(item, t.commitments, t.proofs);
        t.signature = item.hex<64>("signature");
        c.trustees.push_back(std::move(t));
    });
    in.each("pass_keys", 0, many, [&](Fields& item) {
        PassKey k;
        k.station = item.name<StationKind>("station");
        k.style = item.name<StyleKind>("style");
        k.key = item.hex<33>("key");
        c.pass_keys.push_back(std::move(k));
    });
    Fields roll = in.object("roll");
    c.roll_root = roll.hex<32>("root");
    c.roll_count = read_count(roll, "count");
    roll.finish();
}

void write(Object&, const PollsOpened&) {}
void read(Fields&, PollsOpened&) {}

void write(Object& out, const BallotSubmitted& c) {
    write_submission(out, c);
    out.set("style", c.style.str());
}
void read(Fields& in, BallotSubmitted& c) {
    read_submission(in, c);
    c.style = in.name<StyleKind>("style");
}

void write(Object& out, const BallotCast& c) {
    write_submission(out, c);
    out.set("x", to_hex(c.x));
}
void read(Fields& in, BallotCast& c) {
    read_submission(in, c);
    c.x = in.hex<32>("x");
}

void write(Object& out, const BallotChallenged& c) {
    write_submission(out, c);
    write_opening(out, c.opening);
}
void read(Fields& in, BallotChallenged& c) {
    read_submission(in, c);
    read_opening(in, c.opening);
}

void write(Object& out, const ChallengeFailed& c) {
    write_submission(out, c);
    if (const auto* reason = std::get_if<std::string>(&c.cause)) {
        out.set("reason", *reason);
    } else {
        write_opening(out, std::get<Opening>(c.cause));
    }
}
void read(Fields& in, ChallengeFailed& c) {
    read_submission(in, c);
    if (in.has("reason")) {
        c.cause = in.text("reason", max_text);
    } else {
        Opening opening;
        read_opening(in, opening);
        c.cause = std::move(opening);
    }
}

void write(Object& out, const BallotExpired& c) {
    write_submission(out, c);
}
void read(Fields& in, BallotExpired& c) {
    read_submission(in, c);
}

void write(Object& out, const PassVoided& c) {
    out.set("station", c.station.str());
    out.set("t", to_hex(c.t));
}
void read(Fields& in, PassVoided& c) {
    c.station = in.name<StationKind>("station");
    c.t = in.hex<10>("t");
}

void write(Object& out, const RollCorrected& c) {
    out.set("added", hex_to_json(c.added));
    out.set("struck", hex_to_json(c.struck));
    out.set("reason", c.reason);
}
void read(Fields& in, RollCorrected& c) {
    c.added = read_hex_list<32>(in, "added");
    c.struck = read_hex_list<32>(in, "struck");
    c.reason = in.text("reason", max_text);
}

void write(Object& out, const KeyReplaced& c) {
    out.set("signer", c.signer.str());
    out.set("key", to_hex(c.key));
    out.set("reason", c.reason);
}
void read(Fields& in, KeyReplaced& c) {
    c.signer = in.name<SignerKind>("signer");
    c.key = in.hex<33>("key");
    c.reason = in.text("reason", max_text);
}

void write(Object& out, const StationClosed& c) {
    out.set("station", c.station.str());
    out.set("desks", array_of(c.desks, [](const DeskCount& d) {
                return Value(Object{{"desk", d.desk.str()},
                                    {"checked_in", d.checked_in},
                                    {"voided", d.voided},
                                    {"moved", d.moved},
                                    {"paper", d.paper}});
            }));
}
void read(Fields& in, StationClosed& c) {
    c.station = in.name<StationKind>("station");
    in.each("desks", 0, 64, [&](Fields& item) {
        DeskCount d;
        d.desk = item.name<SignerKind>("desk");
        d.checked_in = read_count(item, "checked_in");
        d.voided = read_count(item, "voided");
        d.moved = read_count(item, "moved");
        d.paper = read_count(item, "paper");
        c.desks.push_back(std::move(d));
    });
}

void write(Object& out, const PollsClosed& c) {
    out.set("pass_keys", array_of(c.pass_keys, [](const PassSecret& k) {
                return Value(Object{
                    {"station", k.station.str()}, {"style", k.style.str()}, {"secret", to_hex(k.secret)}});
            }));
    out.set("tags", to_hex(c.tags));
    out.set("participation", to_hex(c.participation));
    out.set("ballots", array_of(c.ballots, [](const BallotFile& f) {
                return Value(Object{{"district", f.district.str()},
                                    {"style", f.style.str()},
                                    {"count", f.count},
                                    {"hash", to_hex(f.hash)}});
            }));
    out.set("journal", to_hex(c.journal));
}
void read(Fields& in, PollsClosed& c) {
    in.each("pass_keys", 0, many, [&](Fields& item) {
        PassSecret k;
        k.station = item.name<StationKind>("station");
        k.style = item.name<StyleKind>("style");
        k.secret = item.hex<32>("secret");
        c.pass_keys.push_back(std::move(k));
    });
    c.tags = in.hex<32>("tags");
    c.participation = in.hex<32>("participation");
    in.each("ballots", 0, many, [&](Fields& item) {
        BallotFile f;
        f.district = item.name<DistrictKind>("district");
        f.style = item.name<StyleKind>("style");
        f.count = read_count(item, "count");
        f.hash = item.hex<32>("hash");
        c.ballots.push_back(std::move(f));
    });
    c.journal = in.hex<32>("journal");
}

void write(Object& out, const DecryptionShare& c) {
    out.set("trustee", c.trustee.str());
    out.set("contest", c.contest.str());
    out.set("group", c.group);
    out.set("shares", array_of(c.shares, [](const PositionShare& s) {
                return Value(Object{{"share", to_hex(s.share)},
                                    {"challenge", to_hex(s.challenge)},
                                    {"response", to_hex(s.response)}});
            }));
}
void read(Fields& in, DecryptionShare& c) {
    c.trustee = in.name<SignerKind>("trustee");
    c.contest = in.name<ContestKind>("contest");
    c.group = in.text("group", max_entry_bytes);
    in.each("shares", 0, many, [&](Fields& item) {
        PositionShare s;
        s.share = item.hex<33>("share");
        s.challenge = item.hex<32>("challenge");
        s.response = item.hex<32>("response");
        c.shares.push_back(s);
    });
}

void write(Object& out, const Tally& c) {
    out.set("trustees", names_to_json(c.trustees));
    out.set("groups", array_of(c.groups, [](const GroupTotals& g) {
                return Value(Object{{"contest", g.contest.str()},
                                    {"members", g.members},
                                    {"ballots", g.ballots},
                                    {"totals", counts_to_json(g.totals)}});
            }));
}
void read(Fields& in, Tally& c) {
    c.trustees = in.names<SignerKind>("trustees", 0, 64);
    in.each("groups", 0, many, [&](Fields& item) {
        GroupTotals g;
        g.contest = item.name<ContestKind>("contest");
        g.members = item.text("members", max_entry_bytes);
        g.ballots = read_count(item, "ballots");
        g.totals = read_counts(item, "totals");
        c.groups.push_back(std::move(g));
    });
}

void write(Object& out, const ElectionResult& c) {
    out.set("contests", array_of(c.contests, [](const ContestResult& r) {
                return Value(Object{{"contest", r.contest.str()},
                                    {"totals", counts_to_json(r.totals)},
                                    {"elected", names_to_json(r.elected)}});
            }));
    write_supersedes(out, c);
}
void read(Fields& in, ElectionResult& c) {
    in.each("contests", 0, 64, [&](Fields& item) {
        ContestResult r;
        r.contest = item.name<ContestKind>("contest");
        r.totals = read_counts(item, "totals");
        r.elected = item.names<OptionKind>("elected", 0, many);
        c.contests.push_back(std::move(r));
    });
    read_supersedes(in, c);
}

void write(Object&, const Certified&) {}
void read(Fields&, Certified&) {}

void write(Object& out, const Cancelled& c) {
    out.set("reason", c.reason);
}
void read(Fields& in, Cancelled& c) {
    c.reason = in.text("reason", max_text);
}

void write(Object& out, const Incident& c) {
    out.set("reason", c.reason);
}
void read(Fields& in, Incident& c) {
    c.reason = in.text("reason", max_text);
}

}  // namespace stimme::events
