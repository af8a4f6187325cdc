"""Paper ballots beside electronic ones, over HTTPS: two officials who count for themselves, groups that are mixed, hand
counts of printed ballots, a lot by numbers, and audits before the certification."""
import json
import unittest

import stimme

CONTEST = ("--contest", "beirat")


def printed(definition):
    definition["printed_ballots"] = {"risk_limit": 200}


def three_seats(definition):
    """k01 and k02 have most votes; k08 and k13, with equal votes, are tied for the third seat."""
    printed(definition)
    definition["contests"][0]["seats"] = 3


def one_seat(definition):
    printed(definition)
    definition["contests"][0]["seats"] = 1


class Flow(unittest.TestCase):
    name, change = None, None

    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.addClassCleanup(cls.server.remove)
        cls.election = stimme.Election(cls.server, cls.name, cls.change)
        cls.server.start()
        cls.election.prepare()
        cls.one, cls.two = (f"officials/{o['id']}" for o in cls.election.definition["officials"][:2])

    def refused(self, code, *words):
        with self.assertRaises(stimme.Refused) as caught:
            self.election.run(*words)
        said = caught.exception.errors + caught.exception.output
        self.assertIn(code, said)
        return said

    def groups(self):
        return {group["members"]: group for group in self.election.tally()["contests"][0]["groups"]}

    @staticmethod
    def hand_count(group, votes, *more):
        flags = [word for option, n in votes.items() for word in ("--total", f"{option}={n}")]
        return ("hand-count", *CONTEST, "--group", group["members"], "--ballots", str(group["ballots"]), *flags, *more)

    def audit(self):
        return json.loads(self.election.run(self.one, "tally", "audit", "--json", "--draws", "20"))["contests"][0]

    def count_what_is_next(self, audit):
        """Each group as its electronic totals say."""
        groups = self.groups()
        for name in audit["next"]:
            self.election.both_enter(*self.hand_count(groups[name], groups[name]["totals"]))


class PaperFlow(Flow):
    name, change = "papier", staticmethod(three_seats)

    def test_paper_is_counted_by_two_who_do_not_see_each_others_figures(self):
        election = self.election
        expected = election.let_vote(3)
        for station, count in (("altstadt", 4), ("buckau", 1)):
            for voter in election.voters(station)[20: 20 + count]:
                election.run(f"desks/desk-{station}", "desk", "paper", voter["number"])
        election.close()
        self.count_paper()
        self.election.open_totals()
        self.count_by_hand()
        self.draw_by_numbers()
        election.both("result")
        self.count_the_rest()
        election.both("certify")

        shown = next(c for c in election.tally()["contests"] if c["contest"] == "beirat")
        for option, votes in (("k01", 4 + 2), ("k02", 2), ("k03", 1)):
            expected[option] = expected.get(option, 0) + votes
        totals = {name: votes for name, votes in shown["totals"].items() if votes}
        self.assertEqual(totals, {**expected, "invalid": 1})
        self.assertEqual([(c["group"], c["ballots"]) for c in shown["paper"]],
                         [("altstadt", 4), ("buckau+sudenburg", 3)])
        report = election.verify(election.url, "--record", election.folder / "record")
        self.assertTrue(report["complete"], report)
        types = [entry["type"] for entry in election.entries()]
        self.assertEqual(types.count("paper-count"), 3, "one was superseded")

    def count_paper(self):
        election, batches = self.election, ("paper-batches", *CONTEST)
        count = ("paper-count", *CONTEST, "--group", "altstadt", "--ballots", "4", "--total", "k01=4", "--total", "k02=2")
        self.refused("paper-batches-missing", self.one, "election", *count)
        self.refused("batch-missing", self.one, "election", *batches, "--batch", "sudenburg=2")
        self.refused("batch-unexplained", self.one, "election", *batches, "--batch", "altstadt/altstadt=5", "--batch",
                     "buckau/buckau=1")
        self.election.both_enter(*batches, "--batch", "sudenburg=2", "--batch", "buckau/buckau=1", "--batch", "altstadt/altstadt=4")

        groups = election.run(self.two, "election", "paper-groups")
        self.assertIn("buckau+sudenburg", groups)
        self.refused("paper-group-wrong", self.one, "election", "paper-count", *CONTEST, "--group", "buckau", "--ballots",
                     "1", "--total", "k01=1")
        self.refused("paper-ballots-differ", self.one, "election", *count[:5], "--ballots", "5", "--total", "k01=5")

        # The second official reads a vote otherwise: neither saw the other's figures, and nothing is logged.
        size = len(election.entries())
        election.run(self.one, "election", *count)
        pending = election.run(self.two, "election", "pending")
        self.assertIn("count and enter it yourself", pending)
        self.assertNotIn("k01", pending)
        self.refused("nothing-pending", self.two, "election", "confirm", "--yes")
        said = self.refused("counts-differ", self.two, "election", *count[:-1], "k03=2")
        self.assertIn("k02", said)
        self.assertEqual(len(election.entries()), size)
        election.run(self.two, "election", *count)
        self.assertEqual(len(election.entries()), size + 1)

        self.election.both_enter("paper-count", *CONTEST, "--group", "buckau+sudenburg", "--ballots", "3", "--total", "k01=2",
                        "--total", "k03=2", "--total", "invalid=1")
        self.refused("reason-missing", self.one, "election", "paper-count", *CONTEST, "--group", "buckau+sudenburg",
                     "--ballots", "3", "--total", "k01=2", "--total", "k03=1", "--total", "invalid=1")
        self.election.both_enter("paper-count", *CONTEST, "--group", "buckau+sudenburg", "--ballots", "3", "--total", "k01=2",
                        "--total", "k03=1", "--total", "invalid=1", "--reason", "a vote was read twice")

    def count_by_hand(self):
        election = self.election
        group = election.tally()["contests"][0]["groups"][0]
        votes = {option: n for option, n in group["totals"].items() if n}
        option = next(iter(votes))
        other = {**votes, "invalid": 1, option: votes[option] - 1}
        self.refused("hand-count-unexplained", self.one, "election", *self.hand_count(group, other))
        self.election.both_enter(*self.hand_count(group, other, "--explanation", "one print was smeared"))
        self.assertIn("one print was smeared", election.run(self.one, "tally", "show"))
        self.election.both_enter(*self.hand_count(group, votes, "--reason", "the smeared print was read with a lens"))
        self.assertNotIn("differs", election.run(self.one, "tally", "show"))

    def count_the_rest(self):
        """A lot decided: no sample can confirm the outcome."""
        self.refused("audit-open", self.one, "election", "certify")
        audit = self.audit()
        self.assertEqual(audit["verdict"], "count-all")
        counted = [batch["group"] for batch in audit["batches"] if batch["counted"]]
        self.assertEqual(len(counted), 1, "one was counted before")
        self.assertNotIn(counted[0], audit["next"])
        self.count_what_is_next(audit)
        self.assertEqual(self.audit()["verdict"], "certain")

    def draw_by_numbers(self):
        election, drawn = self.election, 0
        while "open_tie" in election.tally()["contests"][0]:
            for official in (self.one, self.two):
                election.run(official, "election", "lot-commit", *CONTEST)
            self.refused("lot-incomplete", self.one, "election", "lot-draw", *CONTEST)
            election.run(self.one, "election", "lot-number", *CONTEST)
            self.refused("lot-numbers-begun", self.one, "election", "lot-commit", *CONTEST)
            election.run(self.two, "election", "lot-number", *CONTEST)
            election.both("lot-draw", *CONTEST)
            drawn += 1
        self.assertEqual(drawn, 1, "this election was to have a tie")


class AuditFlow(Flow):
    """One seat, and a clear margin: groups are drawn by a seed, and counted by hand until that is enough."""
    name, change = "stichprobe", staticmethod(one_seat)

    def test_sample_confirms_the_outcome(self):
        election = self.election
        for station in [station["id"] for station in election.definition["stations"]]:
            passes = [election.check_in(station, voter["number"]) for voter in election.voters(station)[:4]]
            answers = election.vote(station, [{"pass": each, "choices": ["k01"], "then": "cast"} for each in passes])
            self.assertEqual(len([answer for answer in answers if "cast_index" in answer]), 4)
        election.close()
        self.election.open_totals()
        election.both("result")
        self.refused("audit-open", self.one, "election", "certify")
        self.assertEqual(self.audit()["verdict"], "draw-seed")
        told = election.run(self.one, "tally", "audit")
        self.assertIn("Draw its seed in public", told)

        seed = ("audit-seed", *CONTEST, "--seed", "27182818284590452353", "--how", "a die", "--by", "the chair", "--witness", "all")
        group = next(iter(self.groups()))
        self.refused("sheets-invalid", self.one, "election", *seed, "--sheets", "mond/standard=4")
        election.both(*seed, "--sheets", f"{group}=5")
        self.refused("audit-started-already", self.one, "election", *seed)
        first = self.audit()
        self.assertEqual(first["verdict"], "go-on")
        self.assertEqual(len(first["draws"]), 20)
        self.assertEqual(first["next"][0], first["draws"][0])
        self.assertEqual({batch["group"]: batch["ballots"] for batch in first["batches"]}[group], 5)
        self.count_what_is_next(first)
        last = self.audit()
        self.assertIn(last["verdict"], ("confirmed", "certain"))
        self.assertIn("onfirmed" if last["verdict"] == "confirmed" else "ertain", election.run(self.two, "tally", "audit"))
        election.both("certify")
        report = election.verify(election.url, "--record", election.folder / "record")
        self.assertTrue(report["complete"], report)


if __name__ == "__main__":
    unittest.main()
