"""A station's desk from the zero count to the close: the full screen in a real terminal, against the real server.

The terminal is tmux (terminal.py). Between desk and server lies a wire that can be cut.
"""
import json
import re
import shutil
import subprocess
import time
import unittest

import stimme
from terminal import Screen, Wire

PASS = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b")


class DeskFlow(unittest.TestCase):
    passes = []  # that were printed, as far as a test looked at them

    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.addClassCleanup(cls.server.remove)  # also when the rest of this fails
        cls.election = stimme.Election(cls.server, "wahlraum")
        cls.server.start()
        cls.election.prepare()
        cls.wire = Wire(cls.server.staff)
        cls.folder = cls.election.folder / "keys/desks/desk-altstadt"
        cls.direct = cls.election.folder / "keys/desks/directly"  # as it was, without the wire
        shutil.copytree(cls.folder, cls.direct)
        profile = cls.folder / "profile.json"
        profile.write_text(profile.read_text().replace(f":{cls.server.staff}", f":{cls.wire.port}"))
        cls.paper = cls.server.folder / "paper"
        cls.voters = iter(cls.election.voters("altstadt"))
        cls.screen = Screen()
        cls.start()

    @classmethod
    def tearDownClass(cls):
        cls.screen.end()
        cls.wire.end()

    @classmethod
    def start(cls):
        cls.screen.start(stimme.BIN / "stimme", "--as", cls.folder, "desk", "--language", "en", "--printer",
                         f"pdf:{cls.paper}")

    def station(self, name):
        return next(s["name"] for s in self.election.definition["stations"] if s["id"] == name)

    def printed(self, kind="pass"):
        """What stands on each of them, the newest last."""
        files = sorted(self.paper.glob(f"{kind}-*.pdf"), key=lambda path: path.stat().st_mtime_ns)
        return [subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
                for path in files]

    def last_pass(self):
        self.passes.append(PASS.search(self.printed()[-1])[0])
        return self.passes[-1]

    def find(self, number):
        return json.loads(self.election.run("desks/directly", "desk", "find", number, "--json"))["voters"][0]

    def person(self):
        """The next voter, looked up by scanning their notice."""
        voter = next(self.voters)
        self.screen.scan(voter["code"])
        self.screen.wait("May vote.", voter["number"])
        return voter

    def hand_over(self):
        self.screen.press("Enter")
        self.screen.wait("The next voter")

    def vote(self, given):
        answers = self.election.vote("altstadt", [{"pass": given, "choices": ["k01"], "then": "cast"}])
        self.assertEqual([a["then"] for a in answers], ["cast"])

    def test_01_station_opens_from_zero_with_names(self):
        self.screen.wait("Opening of the polling station", "Everything is zero.")
        for name in ("A. Arendt", "B. Brecht"):
            self.screen.type(name)
            self.screen.press("Enter")
        self.screen.press("F5")
        self.screen.wait("The station is open", "checked in: 0", "connected", self.station("altstadt"))
        [sheet] = self.printed("opening")
        for words in ("A. Arendt", "B. Brecht", "alle Zähler stehen auf null", self.station("altstadt")):
            self.assertIn(words, sheet)

    def test_02_scan_one_key_and_the_slip_is_there(self):
        voter = self.person()
        self.screen.press("F5")
        self.screen.wait("The pass is printed.", "checked in: 1")
        self.assertEqual(len(self.printed()), 1)
        [slip] = self.printed()
        for secret in (voter["number"], voter["family_name"], voter["code"].split(":")[1]):
            self.assertNotIn(secret, slip)
        self.hand_over()
        self.assertNotIn(voter["number"], self.screen.text())
        self.vote(self.last_pass())
        self.screen.scan(voter["code"])
        self.screen.wait("Was checked in already, here.", "Nobody gets a second pass")
        self.screen.press("Escape")

    def test_03_typed_names_lead_to_a_list(self):
        self.screen.type("1975")
        self.screen.press("Enter")
        self.screen.wait("Who is it?", "> ")
        self.screen.press("Down", "Enter")
        self.screen.wait("Born in", "1975")
        self.screen.press("Escape")
        self.screen.type("nobody-of-this-name")
        self.screen.press("Enter")
        self.screen.wait("Nobody is found by that")

    def test_04_voter_of_another_station_is_told_where(self):
        self.screen.scan(self.election.voters("buckau")[0]["code"])
        self.screen.wait("This person votes at another polling station.", self.station("buckau"))
        self.screen.press("Enter")
        self.screen.wait("The next voter")

    def test_05_nothing_stops_it_and_noise_does_nothing(self):
        before = len(self.printed())
        self.screen.press("C-c", "C-z", "C-s", "C-q", "C-d", "C-\\")
        self.screen.tmux("send-keys", "-t", "desk", "-l", "--", "\x1b[200~x\x1b[?1;2c\x07")
        self.screen.wait("The next voter")
        self.screen.resize(60, 15)
        self.screen.wait("too small")
        self.screen.resize(120, 40)
        self.screen.wait("The next voter", "Close the station")
        self.screen.resize(80, 24)
        voter = self.person()
        self.screen.tmux("send-keys", "-t", "desk", *["F5"] * 40)  # held down: comes faster than it is meant
        self.screen.scan("rubbish from the scanner")
        self.screen.wait("Nobody is found by that")
        self.assertEqual(len(self.printed()), before)
        self.assertNotIn("checked_in_at", self.find(voter["number"]))
        self.screen.press("Escape", *["BSpace"] * 30)

    def test_06_cut_network_is_said_within_a_second(self):
        self.screen.wait("connected")
        times = []
        for _ in range(3):
            self.wire.cut()
            cut = time.monotonic()
            self.screen.wait("NO CONNECTION", "Nobody can be checked in.", "from the printed roll", seconds=5)
            times.append(time.monotonic() - cut)
            self.screen.scan("10000008")
            self.assertNotIn("Searching", self.screen.text())
            self.wire.mend()
            self.screen.wait(" connected ")
        self.assertLess(min(times), 1.1, "a second, and what it takes to look; the others allow for a busy machine")

    def test_07_lost_answer_gives_one_pass_and_one_check_in(self):
        voter, before = self.person(), len(self.printed())
        self.wire.cut_answers()
        self.screen.press("F5")
        self.screen.wait("NO answer", "NO CONNECTION")
        self.assertEqual(self.find(voter["number"])["checked_in_at"], "altstadt", "the server has done it")
        self.assertEqual(len(self.printed()), before)
        self.wire.mend()
        self.screen.wait("The pass is printed.", "checked in: 2")
        self.assertEqual(len(self.printed()), before + 1)
        self.hand_over()
        self.vote(self.last_pass())

    def test_08_killed_server_loses_nobody(self):
        voter, before = self.person(), len(self.printed())
        self.server.kill()
        self.screen.press("F5")
        self.screen.wait("NO CONNECTION")
        self.assertEqual(len(self.printed()), before)
        self.server.start()
        self.screen.wait(" connected ")
        if "May vote." in self.screen.text():  # the screen knew before the key came
            self.screen.press("F5")
        self.screen.wait("The pass is printed.", "checked in: 3")
        self.assertEqual(len(self.printed()), before + 1)
        self.assertEqual(self.find(voter["number"])["checked_in_at"], "altstadt")
        self.hand_over()
        self.vote(self.last_pass())

    def test_09_killed_desk_prints_the_pass_when_it_is_back(self):
        self.person()
        before = len(self.printed())
        self.wire.cut_answers()
        self.screen.press("F5")
        self.screen.wait("NO answer")
        subprocess.run(["kill", "-KILL", str(self.screen.pid_of("stimme"))], check=True)
        self.screen.end()
        self.wire.mend()
        self.start()
        self.screen.wait("The duplicate is printed. Destroy the first slip.", "checked in: 4")
        self.assertEqual(len(self.printed()), before + 1)
        self.assertIn("DUPLICATE", self.printed()[-1])
        self.hand_over()
        self.vote(self.last_pass())

    def test_10_dead_printer_is_told_and_the_pass_printed_as_a_duplicate(self):
        self.person()
        before = len(self.printed())
        moved = self.paper.rename(self.paper.with_name("unplugged"))
        self.paper.write_text("no folder")
        self.screen.press("F5")
        self.screen.wait("Checked in, but the pass was NOT printed", "printer-file-unwritable")
        self.screen.press("Enter")
        self.screen.wait("NOT printed")
        self.paper.unlink()
        moved.rename(self.paper)
        self.screen.press("F6")
        self.screen.wait("The duplicate is printed.", "checked in: 5")
        self.assertEqual(len(self.printed()), before + 1)
        self.assertIn("DUPLICATE", self.printed()[-1])
        self.hand_over()

    def test_11_unused_pass_comes_back_and_its_voter_later(self):
        voter = self.person()
        self.screen.press("F5")
        self.screen.wait("The pass is printed.", "checked in: 6")
        self.hand_over()
        self.screen.press("F2")
        self.screen.wait("Scan the pass")
        self.screen.scan(self.last_pass())
        self.screen.wait("This pass is not used yet.")
        self.screen.press("F7")
        self.screen.wait("Whose pass comes back?")
        self.screen.scan(voter["code"])
        self.screen.wait("Checked in here.")
        self.screen.press("F7")
        self.screen.wait("The pass is void and the check-in undone", "checked in: 5")
        self.screen.press("Enter")
        self.screen.wait("The next voter")
        self.assertNotIn("checked_in_at", self.find(voter["number"]))
        self.screen.scan(self.last_pass())
        self.screen.wait("it is void")
        self.screen.press("Escape")

    def test_12_pass_returned_while_the_network_goes_is_taken_back_once(self):
        voter = self.person()
        self.screen.press("F5")
        self.screen.wait("The pass is printed.", "checked in: 6")
        self.screen.press("F7")
        self.screen.wait("Take the pass back?")
        self.wire.cut_answers()
        self.screen.press("Enter")
        shown = self.screen.wait("NO CONNECTION")
        self.assertNotIn("is void and", shown)
        self.wire.mend()
        self.screen.wait(" connected ")
        for _ in range(100):  # the wire may have been cut before the request went out; then nothing has happened
            shown = self.screen.text()
            if "is void and" in shown:
                break
            if "Go on" in shown:
                self.screen.press("Enter", "F7", "Enter")
            time.sleep(0.2)
        self.screen.wait("The pass is void and the check-in undone", "checked in: 5")
        self.screen.press("Enter")
        self.assertNotIn("checked_in_at", self.find(voter["number"]))

    def test_13_wrong_person_is_taken_back_on_the_spot(self):
        voter = self.person()
        self.screen.press("F5")
        self.screen.wait("The pass is printed.")
        self.screen.press("F7")
        self.screen.wait("Take the pass back?")
        self.screen.press("Enter")
        self.screen.wait("The pass is void and the check-in undone", "checked in: 5")
        self.screen.press("Enter")
        self.assertNotIn("checked_in_at", self.find(voter["number"]))

    def test_14_booth_is_unlocked(self):
        self.screen.wait("The next voter")
        self.screen.press("F3")
        self.screen.wait("Unlock a booth", "> booth-altstadt-1")
        self.screen.press("Down", "Enter")
        self.screen.wait("The booth is unlocked.")

    def test_15_voter_who_wants_paper_is_entered_and_can_be_withdrawn(self):
        voter = self.person()
        for done in ("Entered: votes on paper.", "Withdrawn: can vote again.", "Entered: votes on paper."):
            self.screen.press("F6")
            self.screen.wait("ote on paper?", voter["number"])
            self.screen.press("Enter")
            self.screen.wait(done, "The next voter")
            self.screen.scan(voter["code"])
            self.screen.wait("Born in")
        self.screen.wait("Voted on paper already")
        self.assertEqual(self.find(voter["number"])["paper_at"], "altstadt")
        self.screen.press("F5")  # means nothing here
        self.screen.press("Escape")
        self.screen.wait("The next voter", "checked in: 5")

    def test_16_paper_whose_answer_is_lost_is_entered_once(self):
        voter = self.person()
        self.screen.press("F6")
        self.screen.wait("vote on paper?")
        self.wire.cut_answers()
        self.screen.press("Enter")
        self.screen.wait("NO answer", "NO CONNECTION")
        self.wire.mend()
        self.screen.wait("The next voter", " connected ")
        self.assertEqual(self.find(voter["number"])["paper_at"], "altstadt")

    def test_17_ticked_in_the_printed_roll_and_checked_in_is_a_conflict(self):
        self.screen.scan(self.election.voters("altstadt")[0]["code"])
        self.screen.wait("Was checked in already, here.")
        self.screen.press("F6")
        self.screen.wait("This is a conflict")
        self.screen.press("Enter")
        self.screen.wait("A conflict is noted")
        self.screen.press("Enter")
        self.screen.wait("The next voter")

    def test_18_check_in_of_the_wrong_person_is_moved_by_two_members(self):
        wrong = self.person()
        self.screen.press("F5")
        self.screen.wait("The pass is printed.", "checked in: 6")
        self.hand_over()
        self.vote(self.last_pass())
        right = next(self.voters)
        self.screen.scan(wrong["code"])
        self.screen.wait("F8 moves the check-in")
        self.screen.press("F8")
        self.screen.wait("Who has really come?", wrong["family_name"])
        self.screen.scan(right["code"])
        self.screen.wait("F8 moves the check-in to this person.", right["number"])
        self.screen.press("F8")
        self.screen.wait("Move the check-in?", "[ ] A. Arendt", "[ ] B. Brecht")
        self.screen.press("F5")  # one alone can't
        self.screen.press("Enter", "Down", "Enter")
        self.screen.wait("[x] A. Arendt", "[x] B. Brecht")
        self.screen.press("F5")
        self.screen.wait("The check-in is moved", "checked in: 6")
        self.screen.press("Enter")
        self.assertNotIn("checked_in_at", self.find(wrong["number"]))
        self.assertEqual(self.find(right["number"])["checked_in_at"], "altstadt")

    def test_19_polling_card_is_taken_before_a_pass_is_given(self):
        voter = next(self.voters)
        self.election.run("officials/wahlleitung", "roll", "polling-card", voter["number"])
        self.screen.scan(voter["code"])
        self.screen.wait("Polling card", "was issued", "Only with their polling card")
        self.screen.press("F5")
        self.screen.wait("The pass is printed.", "checked in: 7")
        self.hand_over()
        with self.assertRaisesRegex(stimme.Refused, "already-checked-in"):
            self.election.run("officials/wahlleitung", "roll", "polling-card", voter["number"])

    def test_20_language_changes_and_the_program_leaves_and_comes_back(self):
        self.screen.press("F12")
        self.screen.wait("Die nächste Person", "verbunden", "eingecheckt: 7")
        self.screen.press("F10")
        self.screen.wait("Das Programm beenden?")
        self.screen.press("Enter")
        self.screen.wait("ended with 0")
        self.assertEqual(self.screen.modes("before"), self.screen.modes("after"))
        self.screen.end()
        self.start()
        self.screen.wait("The next voter", "checked in: 7")

    def test_21_station_closes_with_its_figures_and_the_conflict_explained(self):
        self.screen.press("F9")
        self.screen.wait("10  check-ins at all desks", "3  passes given back", "1  check-ins moved to another person",
                         "5  ballots cast", "2  voters with a pass who cast no ballot", "2  voters on paper",
                         "People voted on paper who voted otherwise")
        self.screen.press("F5")  # not without an explanation
        self.screen.type("Ticked in the wrong row.")
        self.screen.press("F5")
        self.screen.wait("The station is closed", "The closing sheet is printed")
        [sheet] = self.printed("closing")
        self.assertRegex(sheet, r"Abgegebene Stimmzettel +5")
        self.assertRegex(sheet, r"Stimmabgaben auf Papier +2")
        for words in ("A. Arendt", "Ticked in the wrong row.", "Vermerke zu einzelnen Einträgen", "Unterschriften",
                      "Check-in moved from", "On paper, but checked in, too"):
            self.assertIn(words, sheet)
        self.assertEqual(self.printed(), [], "no slip is left when the station is closed")
        closed = [e for e in self.election.entries() if e["type"] == "station-closed"]
        [counts] = closed[0]["desks"]
        self.assertEqual([counts[c] for c in ("checked_in", "voided", "moved", "paper")], [10, 3, 1, 2])
        self.screen.press("F10")
        self.screen.wait("ended with 0")

    def test_22_nothing_on_the_disk_joins_voters_and_passes(self):
        kept = "".join(p.read_text(errors="replace") for p in (self.folder / "desk").iterdir())
        self.assertTrue(self.passes)
        for given in self.passes:
            self.assertNotIn(given.replace("-", ""), kept)
        self.assertNotIn("voter", kept)


if __name__ == "__main__":
    unittest.main()
