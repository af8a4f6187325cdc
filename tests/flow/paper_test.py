"""Paper ballots beside electronic ones, over HTTPS: two officials who count for themselves, groups that are mixed, hand
counts of printed ballots, and a lot by numbers."""
import unittest

import stimme

CONTEST = ("--contest", "beirat")


def printed(definition):
    definition["printed_ballots"] = {}


class PaperFlow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.election = stimme.Election(cls.server, "papier", printed)
        cls.server.start()
        cls.election.prepare()
        cls.one, cls.two = (f"officials/{o['id']}" for o in cls.election.definition["officials"][:2])

    @classmethod
    def tearDownClass(cls):
        cls.server.remove()

    def refused(self, code, *words):
        with self.assertRaises(stimme.Refused) as caught:
            self.election.run(*words)
        said = caught.exception.errors + caught.exception.output
        self.assertIn(code, said)
        return said

    def both_enter(self, *words):
        """The same count, twice."""
        self.election.run(self.one, "election", *words)
        self.election.run(self.two, "election", *words)

    def test_paper_is_counted_by_two_who_do_not_see_each_others_figures(self):
        election = self.election
        expected = election.let_vote(3)
        for station, count in (("altstadt", 4), ("buckau", 1)):
            for voter in election.voters(station)[20: 20 + count]:
                election.run(f"desks/desk-{station}", "desk", "paper", voter["number"])
        election.close()
        self.count_paper()
        self.open_the_totals()
        self.count_by_hand()
        self.draw_by_numbers()
        election.both("result")
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
        self.both_enter(*batches, "--batch", "sudenburg=2", "--batch", "buckau/buckau=1", "--batch", "altstadt/altstadt=4")

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

        self.both_enter("paper-count", *CONTEST, "--group", "buckau+sudenburg", "--ballots", "3", "--total", "k01=2",
                        "--total", "k03=2", "--total", "invalid=1")
        self.refused("reason-missing", self.one, "election", "paper-count", *CONTEST, "--group", "buckau+sudenburg",
                     "--ballots", "3", "--total", "k01=2", "--total", "k03=1", "--total", "invalid=1")
        self.both_enter("paper-count", *CONTEST, "--group", "buckau+sudenburg", "--ballots", "3", "--total", "k01=2",
                        "--total", "k03=1", "--total", "invalid=1", "--reason", "a vote was read twice")

    def open_the_totals(self):
        election = self.election
        trustees = election.definition["trustees"]
        for trustee in trustees["members"][: trustees["threshold"]]:
            election.run(f"trustees/{trustee['id']}", "trustee", "decrypt", "--compared")
        election.both("tally")

    def count_by_hand(self):
        election = self.election
        group = election.tally()["contests"][0]["groups"][0]
        votes = {option: n for option, n in group["totals"].items() if n}

        def count(numbers, *more):
            flags = [word for option, n in numbers.items() for word in ("--total", f"{option}={n}")]
            return ("hand-count", *CONTEST, "--group", group["members"], "--ballots", str(group["ballots"]), *flags, *more)
        option = next(iter(votes))
        other = {**votes, "invalid": 1, option: votes[option] - 1}
        self.refused("hand-count-unexplained", self.one, "election", *count(other))
        self.both_enter(*count(other, "--explanation", "one print was smeared"))
        self.assertIn("one print was smeared", election.run(self.one, "tally", "show"))
        self.both_enter(*count(votes, "--reason", "the smeared print was read with a lens"))
        self.assertNotIn("differs", election.run(self.one, "tally", "show"))

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
        self.assertGreater(drawn, 0, "this election was to have a tie")


if __name__ == "__main__":
    unittest.main()
