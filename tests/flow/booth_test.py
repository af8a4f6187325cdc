"""Whole votes at a booth: the full screen in a real terminal, against the real server, with a receipt printer.

The terminal is tmux. Between booth and server lies a wire that can be cut; the printer is one in the network that speaks
ESC/POS and can be out of paper.
"""
import gettext
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

import stimme
from receipt_printer import ReceiptPrinter
from terminal import Screen, Wire

HERE = pathlib.Path(__file__).resolve().parent
CODE = re.compile(r"\b[0-9A-Z]{4}(?:[- ][0-9A-Z]{4}){12}\b")
LANGUAGES = ["de", "en", "ar", "de_simple", "fa", "fr", "pl", "ro", "ru", "tr", "uk", "vi"]  # as they are listed
RIGHT_TO_LEFT = ("ar", "fa")
EVERY_DAY = ("de", "ar", "vi")  # of these a whole vote each day; of all with --long
LONG = "--long" in sys.argv


class BoothScreen(Screen):
    label = "booth"  # of the screens that are kept

    def keep(self, shown):
        if "STIMME_SCREENS" in os.environ:
            self.seen += 1
            path = pathlib.Path(os.environ["STIMME_SCREENS"], f"{self.label}-{self.seen:03}.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(shown, encoding="utf-8")

    def press(self, *keys):
        for key in keys:
            time.sleep(0.15)
            super().press(key)

    def act(self, *keys):
        """Slowly enough that nobody takes it for a key that is held."""
        for key in keys:
            time.sleep(0.85)
            self.press(key)


def sentences(language):
    """What the booth says in that language, by the English."""
    if language == "en":
        return lambda sentence: sentence
    with tempfile.NamedTemporaryFile(suffix=".mo") as compiled:
        subprocess.run(["msgfmt", "-o", compiled.name, stimme.ROOT / f"client/po/booth/{language}.po"], check=True)
        with open(compiled.name, "rb") as file:
            return gettext.GNUTranslations(file).gettext


class BoothFlow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.addClassCleanup(cls.server.remove)  # also when the rest of this fails
        cls.election = stimme.Election(cls.server, "kabine")
        cls.server.start()
        cls.election.prepare()
        cls.wire = Wire(cls.server.staff)
        cls.addClassCleanup(cls.wire.end)
        cls.printer = ReceiptPrinter()
        cls.addClassCleanup(cls.printer.end)
        cls.folder = cls.election.folder / "keys/booths/booth-altstadt-1"
        profile = cls.folder / "profile.json"
        profile.write_text(profile.read_text().replace(f":{cls.server.staff}", f":{cls.wire.port}"))
        cls.voters = iter(cls.election.voters("altstadt"))
        cls.screen = BoothScreen()
        cls.addClassCleanup(lambda: cls.screen.end())
        cls.start()

    @classmethod
    def start(cls):
        cls.screen.start("env", "GLIBC_TUNABLES=glibc.malloc.tcache_count=0", stimme.BIN / "stimme", "--as", cls.folder, "booth",
                         "--printer", cls.printer.name)
        cls.screen.wait("Ihren Wahlpass, bitte")

    @classmethod
    def kill(cls):
        """As a power cut would."""
        subprocess.run(["kill", "-KILL", str(cls.screen.pid_of("stimme"))], check=True)
        cls.screen.end()
        cls.start()

    def new_pass(self):
        return self.election.check_in("altstadt", next(self.voters)["number"])

    def logged(self, kind):
        return [e for e in self.election.entries() if e["type"] == kind]

    def enter(self, given):
        """From the pass to the first choice, in English."""
        self.screen.wait("Ihren Wahlpass, bitte")
        self.screen.scan(given)
        self.screen.wait("> Deutsch", "English")
        self.screen.press("Down", "Enter")
        self.screen.wait("How to vote", "You have 3 votes.")
        self.screen.press("Enter")
        self.screen.wait("Votes left: 3 of 3.")

    def review(self, given):
        """One vote for the first person, up to the review."""
        self.enter(given)
        self.screen.press("Enter")
        self.screen.wait("Votes left: 2 of 3.", "[ X ]")
        self.screen.press("Up")
        self.screen.wait("> Finished choosing")  # on a busy machine two keys would come as one burst
        self.screen.press("Enter")
        self.screen.wait("You have votes left")
        self.screen.press("Down", "Enter")
        self.screen.wait("Is everything right?", "Adeyemi, Folasade")

    def seal(self, given):
        self.review(given)
        papers = len(self.printer.papers)
        self.screen.act("Enter")
        shown = self.screen.wait("It is NOT yet cast.", "Tracking code:")
        self.assertEqual(len(self.printer.papers), papers + 1, "the code is on paper before anything is asked")
        return shown

    def finish(self):
        self.screen.act("Enter")
        self.screen.wait("The receipt is printed.")
        self.screen.act("Enter")
        shown = self.screen.wait("Ihren Wahlpass, bitte")
        self.assertNotIn("Tracking", shown)

    def test_01_german_vote_from_pass_to_receipt(self):
        keys = []

        def key(name):
            keys.append(name)
            self.screen.act(name)

        self.screen.scan(self.new_pass())
        self.screen.wait("> Deutsch")
        key("Enter")
        self.screen.wait("So wählen Sie", "Sie haben 3 Stimmen.")
        key("Enter")
        self.screen.wait("Übrige Stimmen: 3 von 3.", "Adeyemi, Folasade")
        self.screen.press("Enter")  # the choice
        self.screen.wait("Übrige Stimmen: 2 von 3.")
        key("Up")
        key("Enter")
        self.screen.wait("Sie haben noch Stimmen übrig")
        key("Down")
        key("Enter")
        self.screen.wait("Ist alles richtig?", "Adeyemi, Folasade")
        key("Enter")
        shown = self.screen.wait("Er ist noch NICHT abgegeben.", "Prüfcode:")
        slip = self.printer.wait(1)
        self.assertIn("Versiegelter Stimmzettel", slip)
        self.assertNotIn("Adeyemi", slip)
        self.assertEqual(self.logged("ballot-cast"), [])
        code = CODE.search(shown)[0]
        self.assertIn(code, slip.replace("- ", "-"))
        key("Down")
        key("Enter")
        self.screen.wait("Ihre Stimme ist abgegeben.")
        self.assertEqual(len(self.logged("ballot-cast")), 1)
        key("Enter")
        self.screen.wait("Die Quittung ist gedruckt.")
        receipt = self.printer.wait(2)
        self.assertIn("Quittung", receipt)
        self.assertIn(code, receipt.replace("- ", "-"))
        self.assertNotIn("Adeyemi", receipt)
        key("Enter")
        shown = self.screen.wait("Ihren Wahlpass, bitte")
        self.assertNotIn(code, shown)
        self.assertLessEqual(len(keys), 12)

    def test_02_typed_pass_and_overvotes_are_told(self):
        given = self.new_pass()
        self.screen.type("U")
        self.screen.wait("Dieses Zeichen kommt in keinem Wahlpass vor.")
        self.screen.press("BSpace")
        self.screen.type(given[:-1])
        self.screen.wait("24 von 25 Zeichen")
        self.screen.type("A" if given[-1] != "A" else "B")
        self.screen.wait("Eines dieser Zeichen ist falsch.")
        self.screen.press("BSpace")
        self.screen.type(given[-1])
        self.screen.wait("Der Wahlpass stimmt.")
        self.screen.act("Enter")
        self.screen.wait("> Deutsch")
        self.screen.press("Down", "Enter")
        self.screen.wait("How to vote")
        self.screen.press("Enter")
        self.screen.wait("Votes left: 3 of 3.")
        self.screen.act("Enter", "Enter")
        self.screen.wait("as many votes as you can give to one person")
        self.screen.press("Down", "Enter", "Down", "Enter")
        self.screen.wait("Votes left: 0 of 3.")
        self.screen.press("Down", "Enter")
        self.screen.wait("All your votes are given.")
        self.screen.press("Left", "Up", "Left")
        self.screen.wait("Votes left: 1 of 3.")
        self.screen.press("Escape")
        self.screen.wait("Menu", "Make my vote invalid", "Leave without voting")
        self.screen.press("Up", "Enter")
        self.screen.wait("Leave without voting?", "Your pass stays good.")
        self.screen.act("Down", "Enter")
        shown = self.screen.wait("Ihren Wahlpass, bitte")
        self.assertNotIn("Adeyemi", shown)
        self.seal(given)
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is cast.")
        self.finish()

    def test_03_tested_ballot_is_printed_and_one_votes_again(self):
        given, cast = self.new_pass(), len(self.logged("ballot-cast"))
        self.seal(given)
        self.screen.act("Up", "Enter")
        self.screen.wait("Test this machine?", "everyone will be able to read it")
        self.screen.act("Down", "Enter")
        self.screen.wait("This ballot was tested. It is NOT cast.", "The server has computed the same ballot")
        opened = self.printer.wait(0)
        self.assertIn("1 x Adeyemi, Folasade", opened)
        self.assertIn("NICHT abgegeben", opened)
        self.assertEqual(len(self.logged("ballot-challenged")), 1)
        self.screen.act("Enter")
        self.screen.wait("How to vote")
        self.screen.press("Enter")
        self.screen.wait("Votes left: 3 of 3.")
        self.screen.act("Enter")
        self.screen.press("Up", "Enter", "Down", "Enter")
        self.screen.wait("Is everything right?")
        self.screen.act("Enter")
        self.screen.wait("It is NOT yet cast.")
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is cast.")
        self.finish()
        self.assertEqual(len(self.logged("ballot-cast")), cast + 1)

    def test_04_invalid_vote_is_apart_and_asked_once_more(self):
        self.enter(self.new_pass())
        self.assertNotIn("invalid", self.screen.text())
        self.screen.press("Escape")
        self.screen.wait("Make my vote invalid")
        self.screen.press("Down", "Down", "Down", "Down", "Enter")
        self.screen.wait("Make this vote invalid?", "> No, go back")
        self.screen.act("Down", "Enter")
        self.screen.wait("Is everything right?", "invalid")
        self.screen.act("Enter")
        self.screen.wait("It is NOT yet cast.")
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is cast.")
        self.finish()

    def test_05_language_changes_anywhere_and_german_is_one_key_away(self):
        self.review(self.new_pass())
        self.screen.press("F1")
        self.screen.wait("Ist alles richtig?")
        self.screen.press("F1")
        self.screen.wait("Is everything right?")
        self.screen.press("F2")
        self.screen.wait("Language", "> English")
        self.assertNotIn("français", self.screen.text(), "no native reader has signed it")
        self.screen.press("Up", "Enter")
        self.screen.wait("Ist alles richtig?", "Adeyemi, Folasade")
        self.screen.press("Escape")
        self.screen.wait("Starker Kontrast")
        self.screen.press("Down", "Down", "Down", "Enter")
        self.screen.wait("Ist alles richtig?")
        self.screen.act("Escape", "Up", "Enter", "Down", "Enter")
        self.screen.wait("Ihren Wahlpass, bitte")

    def test_06_lost_answer_while_sealing_makes_one_ballot(self):
        self.review(self.new_pass())
        before = len(self.logged("ballot-submitted"))
        self.wire.cut_answers()
        self.screen.act("Enter")
        self.screen.wait("There is no answer yet.", "It is NOT cast yet.", "No connection")
        self.wire.mend()
        self.screen.wait("It is NOT yet cast.", "Tracking code:", seconds=40)
        self.assertEqual(len(self.logged("ballot-submitted")), before + 1)
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is cast.")
        self.finish()

    def test_07_lost_answer_while_casting_counts_one_vote_and_says_so_late(self):
        self.seal(self.new_pass())
        before = len(self.logged("ballot-cast"))
        self.wire.cut_answers()
        self.screen.act("Down", "Enter")
        shown = self.screen.wait("There is no answer yet.", "It is not known yet whether your vote is cast.")
        self.assertNotIn("Your vote is cast.", shown)
        self.wire.mend()
        self.screen.wait("Your vote is cast.", seconds=40)
        self.assertEqual(len(self.logged("ballot-cast")), before + 1)
        self.finish()

    def test_08_killed_server_loses_and_doubles_nothing(self):
        before = len(self.logged("ballot-cast"))
        self.review(self.new_pass())
        self.server.kill()
        self.screen.act("Enter")
        self.screen.wait("There is no answer yet.", "It is NOT cast yet.")
        self.server.start()
        self.screen.wait("It is NOT yet cast.", "Tracking code:", seconds=60)
        self.server.kill()
        self.screen.act("Down", "Enter")
        shown = self.screen.wait("It is not known yet whether your vote is cast.")
        self.assertNotIn("Your vote is cast.", shown)
        self.server.start()
        self.screen.wait("Your vote is cast.", seconds=60)
        self.assertEqual(len(self.logged("ballot-cast")), before + 1)
        self.finish()

    def test_09_booth_killed_before_the_cast_casts_nothing(self):
        given, before = self.new_pass(), len(self.logged("ballot-cast"))
        self.review(given)
        self.kill()
        self.seal(given)  # nothing was sent, the pass is good
        self.kill()
        self.screen.scan(given)
        self.screen.wait("wartet noch", "Es wurde keine Stimme abgegeben.")
        self.assertEqual(len(self.logged("ballot-cast")), before)
        self.election.run("desks/desk-altstadt", "desk", "expire", given)
        self.seal(given)
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is cast.")
        self.finish()
        self.assertEqual(len(self.logged("ballot-cast")), before + 1)

    def test_10_booth_killed_amid_the_cast_leaves_one_vote_that_can_be_found(self):
        given, before = self.new_pass(), len(self.logged("ballot-cast"))
        self.seal(given)
        self.wire.cut_answers()
        self.screen.act("Down", "Enter")
        self.screen.wait("It is not known yet whether your vote is cast.")
        self.wire.mend()
        self.kill()
        self.assertEqual(len(self.logged("ballot-cast")), before + 1)
        self.screen.scan(given)
        self.screen.wait("Mit diesem Wahlpass wurde schon gewählt.")

    def test_11_printer_without_paper_is_told_at_each_step(self):
        given = self.new_pass()
        self.review(given)
        self.printer.trouble = "paper"
        papers = len(self.printer.papers)
        self.screen.act("Enter")
        shown = self.screen.wait("was NOT printed", "Print again", "I have copied code and number")
        self.assertNotIn("CAST the ballot", shown)
        self.screen.act("Enter")
        self.screen.wait("was NOT printed")
        self.printer.trouble = None
        self.screen.act("Enter")
        self.screen.wait("CAST the ballot")
        self.assertEqual(len(self.printer.papers), papers + 1)
        self.printer.trouble = "paper"
        self.screen.act("Up", "Enter", "Down", "Enter")
        self.screen.wait("The opened ballot was NOT printed.", "> Print again")
        self.printer.trouble = None
        self.screen.act("Enter")
        self.screen.wait("stands on the slip that was printed")
        self.assertEqual(len(self.printer.papers), papers + 2)
        self.screen.act("Enter", "Enter")
        self.screen.wait("Votes left: 3 of 3.")
        self.screen.press("Enter", "Up")
        self.screen.act("Enter", "Down", "Enter", "Enter")
        self.screen.wait("It is NOT yet cast.")
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is cast.")
        self.printer.trouble = "paper"
        self.screen.act("Enter")
        self.screen.wait("The receipt was NOT printed. Your vote is cast all the same.")
        self.printer.trouble = None
        self.finish()

    def test_12_ballot_left_alone_is_ended_by_the_desk_and_not_cast(self):
        given, before, expired = self.new_pass(), len(self.logged("ballot-cast")), len(self.logged("ballot-expired"))
        self.seal(given)
        self.election.run("desks/desk-altstadt", "desk", "expire", given)
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is NOT cast", "The desk has ended this ballot.", "will never be counted")
        self.assertEqual(len(self.logged("ballot-cast")), before)
        self.screen.act("Enter")
        self.seal(given)  # the pass is good again
        self.election.run("desks/desk-altstadt", "desk", "expire", given)
        self.screen.act("Up", "Enter", "Down", "Enter")  # a test now comes too late, too
        self.screen.wait("Your vote is NOT cast", "The desk has ended this ballot.", "will never be counted")
        self.screen.act("Enter")
        self.screen.wait("Ihren Wahlpass, bitte")
        self.assertEqual(len(self.logged("ballot-cast")), before)
        self.assertEqual(len(self.logged("ballot-expired")), expired + 2)

    def test_13_ballot_that_ended_while_the_wire_was_cut_is_told_once_it_is_known(self):
        given, before = self.new_pass(), len(self.logged("ballot-cast"))
        self.seal(given)
        self.wire.cut()
        self.election.run("desks/desk-altstadt", "desk", "expire", given)
        self.screen.act("Down", "Enter")
        shown = self.screen.wait("It is not known yet whether your vote is cast.")
        self.assertNotIn("NOT cast", shown)
        self.server.kill()
        self.wire.mend()
        self.server.start()
        self.screen.wait("Your vote is NOT cast", "The desk has ended this ballot.", "will never be counted", seconds=60)
        self.assertEqual(len(self.logged("ballot-cast")), before)
        self.screen.act("Enter")
        self.screen.wait("Ihren Wahlpass, bitte")

    def test_14_noise_and_held_keys_do_nothing(self):
        self.screen.press("C-c", "C-z", "C-s", "C-d", "C-\\")
        self.review(self.new_pass())
        papers = len(self.printer.papers)
        self.screen.tmux("send-keys", "-t", "desk", *["Enter"] * 40)  # held down
        self.screen.scan("rubbish from the scanner")
        time.sleep(1)
        self.screen.wait("Is everything right?")
        self.assertEqual(len(self.printer.papers), papers)
        self.screen.resize(30, 8)
        self.screen.wait("too small")
        self.screen.resize(40, 15)
        self.screen.wait("Is everything right?", "> Yes: seal the ballot")
        self.screen.resize(80, 24)
        self.screen.act("Escape", "Up", "Enter", "Down", "Enter")
        self.screen.wait("Ihren Wahlpass, bitte")

    @unittest.skipIf("STIMME_SANITIZE" in os.environ, "a sanitizer has a heap of its own, terabytes wide")
    def test_15_nothing_of_a_choice_stays_in_memory_or_on_the_disk(self):
        self.review(self.new_pass())
        row = next(line for line in self.screen.text().splitlines() if "Adeyemi, Folasade" in line).strip(" >")
        self.assertIn("[ 1 ]", row)
        self.assertNotEqual(self.found(row), [], "while it is on the screen it is in the memory: the search works")
        self.screen.act("Enter")
        self.screen.wait("It is NOT yet cast.")
        self.screen.act("Down", "Enter")
        self.screen.wait("Your vote is cast.")
        self.finish()
        self.assertEqual(self.found(row), [])
        for path in [p for p in self.folder.rglob("*") if p.is_file()]:
            self.assertNotIn(row.encode(), path.read_bytes(), path)
        limits = pathlib.Path(f"/proc/{self.screen.pid_of('stimme')}/limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0")
        history = self.screen.tmux("capture-pane", "-p", "-S", "-", "-t", "desk")
        self.assertNotIn("Folasade", history)

    def found(self, row):
        """Where this row of the screen lies in the booth's memory: as text, or in the cells of a terminal."""
        pid = self.screen.pid_of("stimme")
        cells = b".{24}".join(re.escape(letter.encode("utf-32-le")) for letter in row)
        places = []
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
            for line in maps:
                start, end = (int(x, 16) for x in line.split()[0].split("-"))
                if line.split()[1][0] != "r" or "[v" in line:
                    continue
                memory.seek(start)
                try:
                    content = memory.read(end - start)
                except (OSError, ValueError):
                    continue
                for pattern in (re.escape(row.encode()), cells):
                    places += [(line.strip(), match.start()) for match in re.finditer(pattern, content, re.DOTALL)]
        return places

    def test_16_terminal_is_given_back(self):
        subprocess.run(["kill", str(self.screen.pid_of("stimme"))], check=True)
        self.screen.wait("ended with 143")
        self.assertEqual(self.screen.modes("before"), self.screen.modes("after"))
        self.screen.end()
        self.start()


class LargeBallot(unittest.TestCase):
    """60 people on three lists, five votes, up to three for one; each ballot also on paper for the urn; in larger letters."""

    @staticmethod
    def change(definition):
        contest = definition["contests"][0]
        names = ["Ahmed, Amira", "Böhm, Béla", "Çelik, Cem", "Đorđević, Dragan", "Ésaïe, Élodie"]
        contest.update(votes_per_voter=5, votes_per_option=3, list_vote=True, lists=[
            {"id": f"l{i}", "name": f"Liste {i}: {name}"} for i, name in enumerate(["Vielfalt", "Stadt für alle", "Offen"], 1)])
        contest["options"] = [{"id": f"k{i + 1:02}", "name": f"{names[i % 5]} {i + 1}", "list": f"l{i // 20 + 1}"}
                              for i in range(60)]
        definition["printed_ballots"] = {"risk_limit": 50}

    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.addClassCleanup(cls.server.remove)
        cls.election = stimme.Election(cls.server, "gross", cls.change)
        cls.server.start()
        cls.election.prepare()
        cls.printer = ReceiptPrinter()
        cls.addClassCleanup(cls.printer.end)
        cls.screen = BoothScreen()
        cls.screen.label = "large"
        cls.addClassCleanup(lambda: cls.screen.end())
        cls.start()

    @classmethod
    def start(cls):
        cls.screen.start(stimme.BIN / "stimme", "--as", cls.election.folder / "keys/booths/booth-altstadt-1", "booth",
                         "--larger-letters", HERE / "larger-letters", "--printer", cls.printer.name)

    def other_letters(self, item, window):
        self.screen.press("Escape")
        self.screen.wait("> Zurück")
        self.screen.press(*["Down"] * 4)
        self.screen.wait(f"> {item}")
        self.screen.press("Enter")
        self.screen.see(window)

    def read_on(self, item):
        """Page by page, until the item is seen; gives all that was seen."""
        seen = ""
        for _ in range(9):
            seen += self.screen.text()
            if item in seen:
                return " ".join(seen.split())
            self.screen.press("Down")
            time.sleep(0.3)
        raise AssertionError(f"{item} doesn't come: {seen}")

    def test_larger_letters_go_with_the_program_and_with_the_voter(self):
        self.screen.wait("Ihren Wahlpass, bitte")
        self.other_letters("Größere Buchstaben", "larger")
        self.screen.wait("Ihren Wahlpass, bitte")
        self.other_letters("Normale Buchstaben", "desk")
        self.other_letters("Größere Buchstaben", "larger")
        subprocess.run(["kill", "-KILL", str(self.screen.pid_of("stimme"))], check=True)
        self.screen.see("desk")
        end = time.monotonic() + 10
        while self.screen.windows() != ["desk"]:
            self.assertLess(time.monotonic(), end, "the window is still there")
            time.sleep(0.05)
        self.screen.end()
        self.start()

    def test_list_vote_is_resolved_and_changed_among_sixty_people(self):
        given = self.election.check_in("altstadt", self.election.voters("altstadt")[0]["number"])
        self.screen.wait("Ihren Wahlpass, bitte")
        self.screen.scan(given)
        self.screen.wait("> Deutsch")
        self.screen.press("Enter")
        self.screen.wait("bis zu 3", "auf ihre Personen verteilt")
        self.screen.press("Enter")
        self.screen.wait("Übrige Stimmen: 5 von 5.", "> Liste 1: Vielfalt", "\u25bc")
        self.screen.press("NPage", "NPage", "Down")
        self.screen.wait("> Liste 2: Stadt für alle")
        self.screen.press("Enter")
        self.screen.wait("Übrige Stimmen: 0 von 5.", "Ihre Stimmen für die Liste Liste 2", "Ahmed, Amira 21")
        self.other_letters("Größere Buchstaben", "larger")
        self.screen.wait("Übrige Stimmen: 0 von 5.", "> ")
        self.screen.press("Down", "Left", "Down", "Right")
        self.screen.wait("Übrige Stimmen: 0 von 5.", "> ", "[ 2 ]")
        self.other_letters("Normale Buchstaben", "desk")
        self.screen.wait("Übrige Stimmen: 0 von 5.", "> ", "[ 2 ]")
        self.screen.press(*["Up"] * 23)
        self.screen.wait("> Liste 1: Vielfalt")
        self.screen.act("Up")
        self.screen.wait("> Fertig ausgewählt")
        self.screen.act("Enter")
        shown = self.screen.wait("Ist alles richtig?", "Böhm, Béla 22")
        self.assertNotIn("Ahmed, Amira 21", shown)
        self.other_letters("Größere Buchstaben", "larger")
        self.screen.act("Enter")
        shown = self.screen.wait("NICHT abgegeben.", "Prüfcode:")
        ballot, code = self.printer.wait(2), CODE.search(self.printer.papers[0].text.replace("- ", "-"))[0]
        self.assertIn("2 x Böhm, Béla 22", ballot)
        self.assertNotRegex(ballot, CODE)
        self.assertNotIn("Béla", self.printer.papers[0].text)
        self.assertIn(code[:9], shown)
        read = self.read_on("> Den Stimmzettel ABGEBEN")
        self.assertIn("in die Urne", read)
        self.screen.act("Enter")
        self.screen.wait("Ihre Stimme ist abgegeben.")
        self.read_on("> ")
        self.screen.act("Down", "Enter")
        self.screen.see("desk")  # the next voter begins with the usual letters
        self.screen.wait("Ihren Wahlpass, bitte")
        self.assertEqual(self.screen.windows(), ["desk"])


class Practice(unittest.TestCase):
    """Whole votes in every language, without a server."""

    def test_whole_vote_in_every_language(self):
        for place, language in enumerate(LANGUAGES):
            if LONG or language in EVERY_DAY:
                with self.subTest(language=language):
                    self.vote(place, language, sentences(language))

    def vote(self, place, language, say):
        printer, screen, turned = ReceiptPrinter(), BoothScreen(), language in RIGHT_TO_LEFT
        screen.label = language
        self.addCleanup(printer.end)
        self.addCleanup(screen.end)
        screen.start(stimme.BIN / "stimme", "booth", "--practice", "--printer", printer.name)

        def wait(*texts):
            # Letters that join, from the right, are looked at in the kept screens.
            time.sleep(0.5) if turned else None
            return screen.wait(*([] if turned else [text[:30] for text in texts]))

        screen.wait("Ihren Wahlpass, bitte", "ÜBUNG")
        screen.act("Enter")
        screen.wait("> Deutsch")
        for _ in range(place):
            screen.press("Down")
        screen.act("Enter")
        wait(say("How to vote"))
        screen.act("Enter")
        wait(say("Votes left: {0} of {1}.").format(5, 5))
        screen.press("Down", "Right", "Right", "Up")
        screen.act("Up")
        wait(say("Finished choosing"))
        screen.act("Enter", "Down", "Enter")
        shown = wait(say("Is everything right?"))
        self.assertIn("Ahorn, Anna", shown)
        self.assertIn("[ 2 ]", shown)
        screen.act("Enter")
        printer.wait(1)
        shown = wait(say("Your ballot is sealed. It is NOT yet cast."))
        self.assertRegex(shown, CODE)
        screen.act("Down", "Enter")
        wait(say("Your vote is cast."))
        screen.act("Enter")
        printer.wait(2)
        wait(say("The receipt is printed. Please take it with you. Thank you for voting."))
        screen.act("Enter")
        screen.wait("Ihren Wahlpass, bitte", "ÜBUNG")
        screen.end()


if __name__ == "__main__":
    unittest.main(argv=[word for word in sys.argv if word != "--long"])
