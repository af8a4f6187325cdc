"""A whole day at a polling station, with everything that goes wrong on such a day: sixty voters an hour come to the desk's
full screen, in a terminal, with scanner and receipt printer, against the real server. Meanwhile the server is killed or
stands still, the network is cut in one direction or both, the desk's computer dies, the printer fails, at each step that
the person at the desk takes. In the end every count agrees: nobody was checked in twice, and nobody lost.

    station_day_test.py [--voters N] [--seed S]      40; 600 are a day of ten hours
"""
import argparse
import collections
import contextlib
import itertools
import random
import signal
import sqlite3
import sys
import threading
import time

import stimme
from receipt_printer import ReceiptPrinter
from terminal import Screen, Wire
from volunteer import Volunteer

STATION, DESK = "altstadt", "desk-altstadt"
# What the volunteer is about to do, or has just done.
STEPS = ["voter", "search", "person", "check-in", "printed", "handed over", "pass", "question", "take-back"]
PAPER_TROUBLES = ["paper", "cover", "gone", "amid"]


class Mishaps:
    """What goes wrong, and is put right again a moment later."""

    def __init__(self, server, wire, printer, chance):
        self.server, self.wire, self.printer, self.chance = server, wire, printer, chance
        self.volunteer = None
        self.next = None  # (step, what goes wrong there)
        self.happened = collections.Counter()
        self.repairs = []

    def kinds(self):
        return {"server killed": self.kill_server, "server stands still": self.stop_server,
                "network cut": self.cut, "answers cut": self.cut_answers, "desk killed": self.kill_desk}

    def watch(self, step):
        if step == "repair":
            self.printer.trouble = None
        if self.next is None or self.next[0] != step:
            return
        what, self.next = self.next[1], None
        self.happened[step, what] += 1
        if what in PAPER_TROUBLES:
            self.printer.trouble = what
        else:
            self.kinds()[what]()

    def later(self, repair, least=0.2, most=1.5):
        timer = threading.Timer(self.chance.uniform(least, most), repair)
        timer.start()
        self.repairs.append(timer)

    def kill_server(self):
        self.server.kill()
        self.later(self.server.start, 0.1, 0.8)

    def stop_server(self):
        self.server.process.send_signal(signal.SIGSTOP)
        self.later(lambda: self.server.process.send_signal(signal.SIGCONT))

    def cut(self):
        self.wire.cut()
        self.later(self.wire.mend)

    def cut_answers(self):
        self.wire.cut_answers()
        self.later(self.wire.mend)

    def kill_desk(self):
        if self.chance.random() < 0.5:  # else at once
            time.sleep(self.chance.uniform(0, 0.3))
        self.volunteer.kill_program()

    def end(self):
        """Waits until all is put right. A mishap whose step never came is gone."""
        for timer in self.repairs:
            timer.join()
        self.repairs.clear()
        self.printer.trouble = None
        self.next = None


class Day:
    def __init__(self, server, voters, chance):
        self.server, self.chance = server, chance
        self.election = stimme.Election(server, "wahltag", people=12 * voters)  # two in three may vote, in six stations
        server.start()
        self.election.prepare()
        self.wire = Wire(server.staff)
        self.folder = self.election.folder / "keys/desks" / DESK
        profile = self.folder / "profile.json"
        profile.write_text(profile.read_text().replace(f":{server.staff}", f":{self.wire.port}"))
        self.printer = ReceiptPrinter()
        self.screen = Screen()
        self.mishaps = Mishaps(server, self.wire, self.printer, chance)
        self.volunteer = Volunteer(self.screen, self.printer, self.start, self.mishaps.watch)
        self.mishaps.volunteer = self.volunteer
        people = self.election.voters(STATION)
        assert len(people) >= voters, f"only {len(people)} voters of {STATION} are in the register"
        self.voters = people[:voters]
        self.strangers = self.election.voters("buckau")

    def start(self):
        self.screen.start(stimme.BIN / "stimme", "--as", self.folder, "desk", "--language", "en", "--printer",
                          self.printer.name)

    def plan(self):
        """For each voter: what they come for, and what goes wrong, as (visit, mishap or None)."""
        kinds = list(self.mishaps.kinds())
        mishaps = list(itertools.product(STEPS, kinds))
        if len(self.voters) < 2 * len(mishaps):  # not all of them, but each step, each kind, and the worst
            self.chance.shuffle(kinds)
            mishaps = {*zip(STEPS, itertools.cycle(kinds)), ("check-in", "desk killed"), ("take-back", "desk killed")}
        mishaps = sorted(mishaps) + [("person", trouble) for trouble in PAPER_TROUBLES]
        self.chance.shuffle(mishaps)
        gap = max(1, len(self.voters) // len(mishaps))
        for i in range(len(self.voters)):
            mishap = mishaps[i // gap % len(mishaps)] if i % gap == gap // 2 else None
            if mishap and mishap[0] in ("question", "take-back"):
                visit = self.chance.choice(["wrong person", "brings back"])
            elif mishap and mishap[0] == "pass":
                visit = "brings back"
            else:
                visit = {3: "typed", 7: "wrong person", 11: "brings back", 15: "comes again", 19: "stranger"}.get(i % 20, "scan")
            yield visit, mishap

    def run(self):
        self.start()
        self.volunteer.open("A. Arendt", "B. Brecht")
        for voter, (visit, mishap) in zip(self.voters, self.plan()):
            self.mishaps.next = mishap
            self.visit(voter, visit)
            self.mishaps.end()

    def visit(self, voter, what):
        volunteer = self.volunteer
        if what == "wrong person":
            volunteer.serve_wrong_person(voter)
        volunteer.serve(voter, voter["family_name"] if what == "typed" else None)
        if what == "brings back":
            volunteer.bring_back(voter, volunteer.given[voter["number"]])
            if self.chance.random() < 0.5:
                volunteer.serve(voter)  # they thought better of it
        if what == "comes again":
            volunteer.send_away(voter["code"], "was here")
        if what == "stranger":
            volunteer.send_away(self.chance.choice(self.strangers)["code"], "elsewhere")

    def vote(self):
        """All who have a pass go to the booth, and so do passes that are void."""
        given = list(self.volunteer.given.values())
        answers = self.election.vote(STATION, [{"pass": one, "choices": ["k01"], "then": "cast"} for one in given])
        return [answer["then"] for answer in answers]

    def checked_in(self):
        """Numbers in the server's roll."""
        path = next((self.server.folder / "data").rglob("roll.db"))
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as roll:
            return {number for (number,) in roll.execute("SELECT number FROM check_in")}

    def close(self):
        """What the screen says of it, and the entry of the log."""
        sign, shown = self.volunteer.look()
        sign, shown = self.volunteer.key(shown, "F9")
        self.screen.wait("Closing of the polling station")
        figures = self.screen.text()
        self.screen.press("F5")
        self.screen.wait("The station is closed", "The closing sheet is printed")
        [closed] = [entry for entry in self.election.entries() if entry["type"] == "station-closed"]
        return figures, closed["desks"]

    def end(self):
        self.mishaps.end()
        self.screen.end()
        self.wire.end()
        self.printer.end()


def same(what, first, second):
    if first != second:
        raise AssertionError(f"{what}: {first} and {second}")


def check_books(day):
    """The volunteer's book, the printer's paper, the server's roll, the log, the desk's own counts."""
    volunteer, slips = day.volunteer, day.printer.slips()
    given, void = volunteer.given, volunteer.void
    firsts = [slip.given for slip in slips if not slip.duplicate]
    same("slips that aren't duplicates, and different passes on them", len(firsts), len(set(firsts)))
    printed = {slip.given for slip in slips}
    same("passes on paper, and those given or taken back", printed, {*given.values(), *void})
    same("passes given and taken back, and those on paper", len(given) + len(void), len(printed))
    same("voters in the roll, and in the book", day.checked_in(), set(given))
    if max(volunteer.keys) > 6:
        raise AssertionError(f"{max(volunteer.keys)} key presses from scan to pass")

    same("ballots of the passes that were given", day.vote(), ["cast"] * len(given))
    entries = collections.Counter(entry["type"] for entry in day.election.entries())
    same("ballots cast in the log, and passes given", entries["ballot-cast"], len(given))
    same("passes void in the log, and taken back", entries["pass-voided"], len(void))
    figures, desks = day.close()
    for line in ("All counts fit together.", f"{len(printed):>7}  check-ins at all desks", f"{len(given):>7}  ballots cast",
                 f"{len(void):>7}  passes given back", f"{0:>7}  voters with a pass who cast no ballot"):
        if line not in figures:
            raise AssertionError(f"the screen doesn't say {line!r}:\n{figures}")
    same("the log's count of the desk", [(d["desk"], d["checked_in"], d["voided"]) for d in desks],
         [(DESK, len(printed), len(void))])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--voters", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    options = parser.parse_args()
    print(f"{options.voters} voters, --seed {options.seed}", flush=True)
    server = stimme.Server()
    try:
        day = Day(server, options.voters, random.Random(options.seed))
        try:
            began = time.monotonic()
            day.run()
            took = time.monotonic() - began
            check_books(day)
        finally:
            day.end()
        for (step, what), times in sorted(day.mishaps.happened.items()):
            print(f"  {what} at {step}: {times}")
        missed = set(STEPS) - {step for step, _ in day.mishaps.happened}
        assert not missed, f"nothing went wrong at {missed}"
        print(f"{len(day.volunteer.given)} voters got one pass each, {len(day.volunteer.void)} passes came back, "
              f"{sum(day.mishaps.happened.values())} mishaps, the desk was started {day.volunteer.restarts} times again; "
              f"at most {max(day.volunteer.keys)} key presses from scan to pass; no deviation. "
              f"{took:.0f} s, {took / options.voters:.2f} s a voter.")
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main())
