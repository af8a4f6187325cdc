"""Whole elections over HTTPS by the rules of real statutes (tests/data/statutes), with invented persons: from the key
ceremony over ballots in booths and on paper to a certified result that a verifier who trusts nobody has checked.

    statutes_test.py           three of them
    statutes_test.py --long    all
"""
import json
import sys
import unittest

import stimme

LONG = "--long" in sys.argv
EVERY_DAY = ("magdeburg-1996", "luedenscheid-2020", "hessen-2021")
STATIONS = ("altstadt", "buckau", "sudenburg")
SMALL = "sudenburg"  # its two ballots are too few to be counted by themselves


class Statute:
    """What happens in one election, and what comes of it.

    `booths` has (station, words at the booth, how many voters), `paper` marks by district, as `stimme tally paper` reads
    them, with as many voters on paper.
    """

    def __init__(self, booths, elected, empty=0, tie=None, lists=None, paper=None, personal=0):
        self.booths, self.elected, self.empty, self.tie = booths, elected, empty, tie
        self.lists, self.paper, self.personal = lists or {}, paper or {}, personal


STATUTES = {
    # 11 seats by most votes; ten persons have more than one vote, two have one: a lot for the last seat.
    "magdeburg-1996": Statute(
        booths=[("altstadt", ["k01", "k02", "k03"], 3), ("altstadt", ["k04", "k05", "k06"], 3),
                ("altstadt", ["k07", "k08", "k09"], 2), ("buckau", ["k10", "k01", "k02"], 2),
                ("buckau", ["k11", "k12"], 1), (SMALL, ["k01"], 1), (SMALL, ["invalid"], 1)],
        elected=["k01", "k02", "k03", "k04", "k05", "k06", "k07", "k08", "k09", "k10", "k11"],
        tie=(1, ["k11", "k12"])),
    "potsdam-2008": Statute(
        booths=[("altstadt", [f"k{i:02}" for i in range(1, 10)], 4),
                ("buckau", [f"k{i:02}" for i in (1, 2, 3, 4, 5, 6, 7, 8, 10)], 4), (SMALL, ["k11"], 2)],
        elected=[f"k{i:02}" for i in range(1, 10)], tie=(1, ["k09", "k10"])),
    # Quotas e1 3.6, a 2.7, b 2.7 of 30 votes: e1 is one person and set aside; of the other 8 seats a and b get 4 each,
    # b as many as it has candidates.
    "rostock-2005": Statute(
        booths=[("altstadt", ["e1", "e1", "e1"], 4), ("altstadt", ["a-1", "a-1", "a-2"], 3),
                ("buckau", ["b-1", "b-2", "b-2"], 3), (SMALL, ["invalid"], 2)],
        elected=["a-1", "a-2", "a-3", "a-4", "b-2", "b-1", "b-3", "b-4", "e1"], lists={"a": 4, "b": 4, "e1": 1}),
    # Quotients 6 and 6, then 2 three times, then 6/5 twice: a lot between l1 and e1; of e1's second seat nobody takes it.
    "luedenscheid-2020": Statute(
        booths=[("altstadt", ["l1"], 6), ("buckau", ["e1"], 6), (SMALL, ["w2"], 2)],
        elected=["l1-1", "l1-2", "l1-3", "l2-1", "e1"], empty=1, tie=(1, ["l1", "e1"]),
        lists={"l1": 3, "l2": 1, "l3": 0, "e1": 1}),
    # Of 10 votes and 18 seats the single candidate's quotients 1 and 1/3 get two, and can take one.
    "muenster-2025": Statute(
        booths=[("altstadt", ["l1"], 6), ("buckau", ["l2"], 3), (SMALL, ["e1"], 1), (SMALL, ["invalid"], 1)],
        elected=[f"l1-{i}" for i in range(1, 12)] + [f"l2-{i}" for i in range(1, 6)] + ["e1"], empty=1,
        lists={"l1": 11, "l2": 5, "e1": 1}, personal=17),
    # A list with a struck name in the booth (a-1, a-3, a-4, a-1, a-3), and on paper (a-2, a-3, a-4, a-2, a-3); 4 votes
    # for one are 3, and 6 across lists none. Quotas of 48 votes: a 25/48, b 15/48, c 8/48, each times 5.
    "hessen-2021": Statute(
        booths=[("altstadt", ["a", "-a-2"], 4), ("buckau", ["b-1", "b-1", "b-1", "c-1", "c-1"], 4), (SMALL, ["invalid"], 2)],
        paper={"altstadt": [{"lists": ["a"], "struck": ["a-1"]}, {"votes": {"b-2": 4}}, {"votes": {"a-1": 3, "b-1": 3}}]},
        elected=["a-3", "a-1", "a-4", "b-1", "c-1"], lists={"a": 3, "b": 1, "c": 1}),
    # Quotients 14, 14/3, 4, 3, 3, 14/5, 2, 14/9, 4/3: the fifth of mosaik's five candidates has no votes.
    "regensburg-2021": Statute(
        booths=[("altstadt", ["mosaik-3", "mosaik-1", "place-1"], 4), ("buckau", ["bruecke-2", "contakt-4"], 3),
                (SMALL, ["invalid"], 2)],
        paper={"buckau": [{"votes": {"mosaik-2": 1, "mosaik-3": 1}, "count": 3}]},
        elected=["mosaik-3", "mosaik-1", "mosaik-2", "mosaik-4", "mosaik-5", "place-1", "place-2", "bruecke-2", "contakt-4"],
        lists={"mosaik": 5, "place": 2, "bruecke": 1, "contakt": 1}),
    # Seats are kept for two t, one g and one i: x1 takes the only free one, and a lot is drawn among the t.
    "augsburg": Statute(
        booths=[("altstadt", ["x1", "x2"], 3), ("altstadt", ["x1"], 2), ("buckau", ["t1", "t2", "g1", "i1"], 2),
                (SMALL, ["t3"], 2)],
        elected=["x1", "g1", "i1", "t1", "t2"], tie=(2, ["t1", "t2", "t3"])),
}


def tell_residence_status(register):
    """Magdeburg's register doesn't say what some statutes ask of residents."""
    head, *rows = register.read_text(encoding="utf-8").splitlines()
    lines = [f"{head};Aufenthaltsstatus", *(f"{row};Aufenthaltserlaubnis" for row in rows)]
    register.write_text("\n".join(lines) + "\n", encoding="utf-8")


def by_statute(name):
    """The definition of Magdeburg, with three of its stations, and what this statute says."""
    statute = json.loads((stimme.ROOT / f"tests/data/statutes/{name}.json").read_text(encoding="utf-8"))

    def change(definition):
        definition["contests"][0].update(statute["contest"])
        stations = {station["id"]: station for station in definition["stations"]}
        for other in set(stations) - set(STATIONS):
            stations[STATIONS[0]]["areas"] += stations[other]["areas"]
        definition["stations"] = [stations[station] for station in STATIONS]
        for key in ("eligibility", "candidacy"):
            if key in statute:
                definition[key] = statute[key]
        if "election_day" in statute:
            day, calendar = statute["election_day"], definition["calendar"]
            calendar.update(election_day=day, polls_open=f"{day}T08:00:00+01:00", polls_close=f"{day}T18:00:00+01:00")
            if "deadlines" in statute:
                calendar["deadlines"] = statute["deadlines"]
    return change


class StatutesFlow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.addClassCleanup(cls.server.remove)
        names = [name for name in STATUTES if LONG or name in EVERY_DAY]
        cls.elections = {name: stimme.Election(cls.server, name, by_statute(name)) for name in names}
        for election in cls.elections.values():
            tell_residence_status(election.register)
        cls.server.start()

    def test_elections_come_to_the_result_of_their_statute_and_are_verified(self):
        for name, election in self.elections.items():
            with self.subTest(name):
                self.run_election(election, STATUTES[name])

    def run_election(self, election, statute):
        election.prepare()
        voters = {station: iter(election.voters(station)) for station in STATIONS}
        for station, words, count in statute.booths:
            self.vote(election, station, words, [next(voters[station])["number"] for _ in range(count)])
        for district, ballots in statute.paper.items():
            count = sum(ballot.get("count", 1) for ballot in ballots)
            numbers = [next(voters[district])["number"] for _ in range(count)]
            election.run(f"desks/desk-{district}", "desk", "paper", *numbers)
        election.close()
        self.enter_paper(election, statute.paper)
        election.count()
        self.look_at_the_result(election, statute)
        report = election.verify(election.url, "--record", election.folder / "record")
        self.assertTrue(report["complete"], report)

    @staticmethod
    def vote(election, station, words, numbers):
        passes = election.run(f"desks/desk-{station}", "desk", "check-in", "--batch", "-", stdin="\n".join(numbers) + "\n")
        choice = {"invalid": True} if words == ["invalid"] else {"choices": words}
        answers = election.vote(station, [{"pass": given, "then": "cast", **choice} for given in passes.split()])
        assert len(answers) == len(numbers) and all("cast_index" in answer for answer in answers), answers

    @staticmethod
    def enter_paper(election, paper):
        read = {}
        for district, ballots in paper.items():
            marks = election.folder / "marks.json"
            marks.write_text(json.dumps({"ballots": ballots}), encoding="utf-8")
            read[district] = json.loads(stimme.call(
                stimme.BIN / "stimme", "tally", "paper", marks, "--definition", election.folder / "keys/definition.json",
                "--contest", "beirat", "--json"))
        batches = [word for district, each in read.items() for word in ("--batch", f"{district}/{district}={each['ballots']}")]
        if batches:
            election.both_enter("paper-batches", "--contest", "beirat", *batches)
        for district, each in read.items():
            totals = [word for option, votes in each["totals"].items() for word in ("--total", f"{option}={votes}")]
            election.both_enter("paper-count", "--contest", "beirat", "--group", district, "--ballots", each["ballots"], *totals)

    def look_at_the_result(self, election, statute):
        contest = election.tally()["contests"][0]
        self.assertEqual(contest["elected"], statute.elected)
        self.assertEqual(contest["empty"], statute.empty)
        self.assertEqual({each["list"]: each["seats"] for each in contest["lists"]}, statute.lists)
        self.assertEqual(len(contest["personal_substitutes"]), statute.personal)
        cast = sum(count for _, _, count in statute.booths)
        self.assertEqual(sum(group["ballots"] for group in contest["groups"]), cast)
        small = next(group for group in contest["groups"] if SMALL in group["members"])
        self.assertIn("+", small["members"], "two ballots must not be counted by themselves")
        entries = election.entries()
        ties = [(entry["seats"], entry["between"]) for entry in entries if entry["type"] == "lot-drawn"]
        self.assertEqual(ties, [statute.tie] if statute.tie else [])
        result = next(entry for entry in entries if entry["type"] == "result")
        self.assertEqual(result["contests"][0]["elected"], statute.elected)


class Coverage(unittest.TestCase):
    def test_each_statute_has_its_election(self):
        files = {path.stem for path in (stimme.ROOT / "tests/data/statutes").glob("*.json")}
        self.assertEqual(files, set(STATUTES))


if __name__ == "__main__":
    unittest.main(argv=[word for word in sys.argv if word != "--long"])
