"""Whole elections over HTTPS, several in one server, with the programs that people use."""
import json
import pathlib
import shutil
import subprocess
import unittest

import stimme


def odd_title(definition):
    definition["titles"]["de"] = "Wahl des <Ausländerbeirats>"


def two_contests(definition):
    """A second contest with cumulation and blank votes, a third for lists, and a style with all for one district."""
    definition["contests"].append({
        "id": "rat", "titles": {"de": "Beirat", "en": "Council"}, "seats": 2, "votes_per_voter": 4,
        "votes_per_option": 2, "invalid_option": True, "blank_option": True, "seat_method": "most-votes",
        "tie_rule": "lot", "options": [{"id": f"o{i}", "name": f"Option {i}"} for i in range(4)]})
    definition["contests"].append({
        "id": "integrationsrat", "titles": {"de": "Integrationsrat", "en": "Integration Council"}, "seats": 4,
        "votes_per_voter": 1, "votes_per_option": 1, "invalid_option": True, "blank_option": False,
        "seat_method": "sainte-lague", "tie_rule": "lot",
        "seat_rules": {"exhausted": "stay-empty", "substitutes": "personal", "other_seats": {"delegated": 2}},
        "lists": [{"id": "rot", "name": "Rote Liste", "candidates": [
            {"id": f"r{i}", "name": f"Rot {i}", "substitute": f"Rot {i}, Stellvertretung"} for i in range(1, 5)]}],
        "options": [{"id": "liste-rot", "name": "Rote Liste", "list": "rot", "whole_list": True},
                    {"id": "e1", "name": "Einzelbewerberin", "substitute": "Vertreter"},
                    {"id": "e2", "name": "Einzelbewerber"}]})
    definition["styles"] = [{"id": "both", "contests": ["beirat", "rat", "integrationsrat"], "districts": ["altstadt"]},
                            {"id": "standard", "contests": ["beirat"]}]


class ElectionFlow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.first = stimme.Election(cls.server, "erste-wahl", odd_title)
        cls.second = stimme.Election(cls.server, "zweite-wahl", two_contests)
        cls.server.start()
        cls.first.prepare()
        cls.second.prepare()

    @classmethod
    def tearDownClass(cls):
        cls.server.remove()

    def refused(self, code, *words, **more):
        with self.assertRaises(stimme.Refused) as caught:
            self.first.run(*words, **more)
        self.assertEqual(caught.exception.code, code, caught.exception)
        return caught.exception.errors + caught.exception.output

    def test_1_two_elections_in_one_server_run_to_their_verified_results(self):
        first, second = self.first, self.second
        expected = first.let_vote(3)

        # One voter tests the booth first, gets a receipt, and comes back in vain.
        voter = first.voters("altstadt")[5]
        receipt = first.folder / "receipt"
        given = first.check_in("altstadt", voter["number"])
        answers = first.vote("altstadt", [
            {"pass": given, "choices": ["k01", "k02"], "then": "challenge"},
            {"pass": given, "choices": ["k03"], "then": "cast", "receipt": str(receipt)}])
        self.assertEqual([a["then"] for a in answers], ["challenge", "cast"])
        expected["k03"] = expected.get("k03", 0) + 1
        said = self.refused(1, "desks/desk-altstadt", "desk", "check-in", voter["number"])
        self.assertIn("altstadt", said)

        self.prove_the_entry_of(voter)

        # An invalid ballot, and a pass that comes back.
        voter_2, voter_3 = first.voters("buckau")[5:7]
        first.vote("buckau", [{"pass": first.check_in("buckau", voter_2["number"]), "invalid": True, "then": "cast"}])
        returned = first.check_in("buckau", voter_3["number"])
        first.run("desks/desk-buckau", "desk", "void", "--voter", voter_3["number"], "--pass", returned)
        # Another votes on paper, and is then refused at the desk.
        on_paper = first.voters("buckau")[7]
        first.run("desks/desk-buckau", "desk", "paper", on_paper["number"])
        self.assertIn("already-on-paper", self.refused(1, "desks/desk-buckau", "desk", "check-in", on_paper["number"]))
        self.refused(1, "booths/booth-buckau-1", "booth", "vote", "--pass", returned, "--choices", "k01", "--then", "cast")

        # The second election, meanwhile: both contests on one ballot, with cumulation, and a tie for the last seat.
        chosen = []
        for number, voter in enumerate(second.voters("altstadt")[:4]):
            chosen.append({"pass": second.check_in("altstadt", voter["number"]),
                           "choices": {"beirat": ["k01"], "rat": ["o0", "o0", "o1" if number < 2 else "o2"],
                                       "integrationsrat": ["rot" if number < 2 else f"e{number - 1}"]},
                           "then": "cast"})
        second.vote("altstadt", chosen)

        for election in (first, second):
            election.close()
        said = self.refused(1, "trustees/trustee-1", "trustee", "decrypt", stdin="no\n")
        self.assertIn("nothing was opened", said)
        for election in (first, second):
            election.count()
        totals = next(c for c in first.tally()["contests"] if c["contest"] == "beirat")["totals"]
        got = {name: votes for name, votes in totals.items() if votes and name != "invalid"}
        self.assertEqual(got, expected)
        self.assertEqual(totals["invalid"], 1)
        rat = next(c for c in second.tally()["contests"] if c["contest"] == "rat")
        self.assertEqual([rat["totals"][o] for o in ("o0", "o1", "o2", "o3")], [8, 2, 2, 0])
        self.assertEqual(rat["elected"], ["o0", "o1"], "o1 was drawn by lot")
        # 2 votes for the list, 1 for each single candidate: quotients 2, then 1, 1, and 2/3; nobody has a second place.
        council = next(c for c in second.tally()["contests"] if c["contest"] == "integrationsrat")
        self.assertEqual(council["elected"], ["r1", "r2", "e1", "e2"])
        self.assertEqual([(each["list"], each["votes"], each["seats"]) for each in council["lists"]],
                         [("rot", 2, 2), ("e1", 1, 1), ("e2", 1, 1)])
        self.assertEqual(council["personal_substitutes"], {"r1": "Rot 1, Stellvertretung",
                                                           "r2": "Rot 2, Stellvertretung", "e1": "Vertreter"})
        self.assertEqual(council["other_seats"], {"delegated": 2, "co_opted": 0})
        said = second.run("officials/wahlleitung", "tally", "show", "--steps")
        self.assertIn("Further seats of the board: 2 delegated, 0 co-opted.", said)
        self.assertIn("1. Rot 1 (substitute: Rot 1, Stellvertretung)", said)
        self.assertIn("2/3 [4]", said)
        self.assertIn("lot-drawn", [e["type"] for e in second.entries()])

        for election in (first, second):
            report = election.verify(election.url, "--record", election.folder / "record")
            self.assertTrue(report["complete"], report)
        first.verify(first.folder / "record", "--receipt", receipt, "--voter", voter_3["code"])
        facts = first.verify(first.folder / "record", "--voter", on_paper["code"])["facts"]
        self.assertIn({"name": "your row", "value": "voted at station buckau, on paper"}, facts)

    def prove_the_entry_of(self, voter):
        """The office's proof and the one from the public port are one; a changed one is refused."""
        first = self.first
        proof, definition = first.folder / "proof.json", first.folder / "keys/definition.json"
        first.run("officials/wahlleitung", "roll", "proof", voter["number"], "--out", proof)
        self.assertEqual(proof.stat().st_mode & 0o777, 0o600)

        def fetch(code):
            return subprocess.run(["curl", "-s", "--cacert", self.server.identity / "ca/ca.pem",
                                   f"{first.url}/roll/proofs/{code}"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(json.loads(fetch(voter["code"])), json.loads(proof.read_text(encoding="utf-8")))
        self.assertIn("voter-code-unknown", fetch(voter["code"][:-1] + ("0" if voter["code"][-1] != "0" else "1")))
        said = stimme.call(stimme.BIN / "stimme", "receipt", "roll", proof, "--definition", definition)
        self.assertIn(f"{voter['number']} is on the roll of this election", said)
        forged = json.loads(proof.read_text(encoding="utf-8"))
        forged["place"]["index"] += 1
        proof.write_text(json.dumps(forged), encoding="utf-8")
        with self.assertRaises(stimme.Refused) as caught:
            stimme.call(stimme.BIN / "stimme", "receipt", "roll", proof, "--definition", definition)
        self.assertEqual(caught.exception.code, 4)

    def test_2_a_changed_record_is_caught(self):
        for name, change in {
            "a missing file": lambda r: (r / "tags").unlink(),
            "an extra file": lambda r: (r / "more").write_text("x"),
            "a changed ballot": lambda r: self.flip(next((r / "ballots/altstadt").iterdir())),
            "a changed participation row": lambda r: self.flip(r / "participation"),
            "a changed checkpoint": lambda r: self.flip(r / "checkpoint"),
        }.items():
            with self.subTest(name):
                copy = self.first.folder / "forged"
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(self.first.folder / "record", copy)
                change(copy)
                with self.assertRaises(stimme.Refused) as caught:
                    self.first.verify(copy)
                self.assertEqual(caught.exception.code, 4)

    def test_3_another_elections_receipt_and_fingerprint_are_refused(self):
        with self.assertRaises(stimme.Refused) as caught:
            self.second.verify(self.second.folder / "record", "--receipt", self.first.folder / "receipt")
        self.assertEqual(caught.exception.code, 4)
        with self.assertRaises(stimme.Refused) as caught:
            self.second.verify(self.second.folder / "record", "--election", "00" * 32)
        self.assertEqual(caught.exception.code, 4)

    def test_4_nobody_acts_in_an_election_that_isn_t_theirs(self):
        folder = self.first.folder / "keys/officials/wahlleitung"
        done = subprocess.run(
            ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", self.server.identity / "ca/ca.pem", "--cert",
             folder / "cert.pem", "--key", folder / "key.pem",
             f"https://127.0.0.1:{self.server.staff}/v1/elections/zweite-wahl/acts"],
            capture_output=True, text=True)
        self.assertEqual(done.stdout, "403")

    def test_5_the_public_page_says_what_the_election_is_and_runs_nothing(self):
        address = f"https://127.0.0.1:{self.server.public}/elections/erste-wahl"
        page = subprocess.run(["curl", "-sfi", "--cacert", self.server.identity / "ca/ca.pem", address],
                              capture_output=True, text=True, check=True).stdout
        self.assertIn("Wahl des &lt;Ausländerbeirats&gt;", page)
        self.assertIn("content-security-policy: default-src 'self'", page.lower())
        self.assertNotIn("<script", page)

    @staticmethod
    def flip(path: pathlib.Path):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


if __name__ == "__main__":
    unittest.main()
