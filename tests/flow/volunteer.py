"""A volunteer at a desk of a polling station who does what the handbook says (docs/handbook-desk.md): looks at the screen,
presses the key that fits, repeats what had no answer, and keeps a book of whom the passes were given to.

Knows nothing of what goes wrong behind the screen; tells `watch` each step, so that a test can let something go wrong
just then.
"""
import subprocess
import time

# What is to be seen on a screen, the more telling first.
SIGNS = [
    ("ended", "ended with "),
    ("opening", "Opening of the polling station"),
    ("unprinted", "Checked in, but the pass was NOT printed"),
    ("given", "Give the slip to the voter"),
    ("really?", "Take the pass back?"),
    ("unanswered", "NO answer yet"),
    ("taken back", "The pass is void and the check-in undone"),
    ("unused pass", "This pass is not used yet."),
    ("void pass", "it is void."),
    ("ask pass", "Scan the pass, or type"),
    ("may vote", "May vote."),
    ("returns", "Checked in here. F7"),
    ("not theirs", "so the pass isn't theirs"),
    ("was here", "Was checked in already, here."),
    ("elsewhere", "votes at another polling station"),
    ("may not", "May not vote."),
    ("ask owner", "Whose pass comes back?"),
    ("hits", "Who is it?"),
    ("figures", "Closing of the polling station"),
    ("home", "The next voter"),
    ("read this", "Go on"),
]


class Stuck(AssertionError):
    """The volunteer doesn't know what to do any more."""


class Volunteer:
    """`start` starts the desk's program in the screen; `printer` is a ReceiptPrinter."""

    patience = 30  # seconds without anything new on the screen

    def __init__(self, screen, printer, start, watch=lambda step: None):
        self.screen, self.printer, self.start, self.watch = screen, printer, start, watch
        self.given = {}  # voter's number -> the pass they went to the booth with
        self.void = []  # passes that were taken back
        self.keys = []  # presses of keys from each scan to the pass, where nothing went wrong
        self.restarts = 0
        self.in_hand = None  # the last slip that came out, until it is given or destroyed
        self.looked_at = 0  # papers of the printer

    # Looking.

    def look(self):
        """(sign, the whole screen) as soon as it is one on which something can be done."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            shown = self.screen.text()
            sign = next((sign for sign, words in SIGNS if words in shown), None)
            if sign == "ended":
                self.restart()
            elif sign and sign != "unanswered" and " connected " in shown:
                self.take_slips()
                return sign, shown
            time.sleep(0.04)
        raise Stuck(f"nothing can be done any more:\n{self.screen.text()}")

    def look_again(self, before):
        """After a key: the next screen, or the same one when nothing happens for a second."""
        end = time.monotonic() + 1
        while self.screen.text() == before and time.monotonic() < end:
            time.sleep(0.02)
        return self.look()

    def restart(self):
        self.screen.end()
        self.start()
        self.restarts += 1

    def take_slips(self):
        for paper in self.printer.papers[self.looked_at:]:
            self.looked_at += 1
            if paper.given:
                self.in_hand = paper.given

    # Acting.

    def key(self, shown, *keys):
        self.screen.press(*keys)
        return self.look_again(shown)

    def scan(self, shown, text):
        self.screen.scan(text)
        return self.look_again(shown)

    def open(self, *names):
        sign, shown = self.look()
        for name in names:
            self.screen.type(name)
            sign, shown = self.key(self.screen.text(), "Enter")
        while sign == "opening":
            sign, shown = self.key(shown, "F5")

    def serve(self, voter, typed=None):
        """Until this voter goes to the booth with a pass. `typed`: they have no notice, and say their name."""
        sign, shown = self.check_in(voter, typed)
        self.watch("printed")
        self.hand_over(voter)
        while sign == "given":
            self.screen.press("Enter")
            self.watch("handed over")
            sign, shown = self.look_again(shown)
        self.go_home(sign, shown)

    def check_in(self, voter, typed=None):
        """Until this voter's slip is there."""
        self.in_hand = None
        self.find(voter, typed)
        pressed, smooth = self.screen.pressed, not typed
        sign, shown = self.look()
        while not (sign == "given" and voter["number"] in shown):
            if sign == "may vote" and voter["number"] in shown:
                self.watch("person")
                self.screen.press("F5")
                self.watch("check-in")
                sign, shown = self.look_again(shown)
            elif sign == "unprinted":
                smooth = False
                self.watch("repair")
                sign, shown = self.key(shown, "F6")
            elif sign == "was here" and voter["number"] in shown:  # the slip came out, and then the program was gone
                if not self.in_hand:
                    raise Stuck(f"{voter['number']} is checked in and has no pass:\n{shown}")
                return sign, shown
            else:
                smooth = False
                self.go_home(sign, shown)
                self.find(voter)
                sign, shown = self.look()
        if smooth:
            self.keys.append(self.screen.pressed - pressed)
        return sign, shown

    def find(self, voter, typed=None):
        _, shown = self.go_home(*self.look())
        self.watch("voter")
        if not typed:
            self.screen.scan(voter["code"])
            self.watch("search")
            self.look_again(shown)
            return
        self.screen.type(typed)
        self.watch("search")
        sign, shown = self.key(self.screen.text(), "Enter")
        while sign == "hits" and not self.on_row_of(voter, shown):
            sign, shown = self.key(shown, "Down")
        if sign == "hits":
            self.key(shown, "Enter")

    @staticmethod
    def on_row_of(voter, shown):
        row = next((line for line in shown.splitlines() if line.startswith("  > ")), "")
        return voter["family_name"][:10] in row and voter["given_names"][:4] in row

    def go_home(self, sign, shown):
        """To the screen for the next voter."""
        while sign != "home":
            if sign == "opening":
                raise Stuck("the station wants to be opened again")
            sign, shown = self.key(shown, "Enter" if sign in ("taken back", "read this", "given", "elsewhere") else "Escape")
        return sign, shown

    def hand_over(self, voter):
        number = voter["number"]
        if not self.in_hand:
            raise Stuck(f"{number} is checked in, and no slip came out")
        if number in self.given or self.in_hand in self.given.values() or self.in_hand in self.void:
            raise Stuck(f"{number} would get a second pass, or one that isn't theirs")
        self.given[number] = self.in_hand

    def serve_wrong_person(self, wrong):
        """Checked in by mistake, and taken back while the slip is on the table."""
        sign, shown = self.check_in(wrong)
        slip = self.in_hand
        while sign in ("given", "really?"):
            if sign == "given":
                sign, shown = self.key(shown, "F7")
                continue
            self.watch("question")
            self.screen.press("Enter")
            self.watch("take-back")
            sign, shown = self.look_again(shown)
        if sign != "taken back":  # perhaps it was done before the program ended, or the network
            return self.bring_back(wrong, slip)
        self.go_home(sign, shown)
        self.void.append(slip)

    def bring_back(self, voter, slip):
        """The voter doesn't want to vote any more and brings the slip: F2, slip, F7, notice, F7."""
        sign, shown = self.look()
        while True:
            if sign == "home":
                sign, shown = self.key(shown, "F2")
            elif sign == "ask pass":
                self.watch("pass")
                sign, shown = self.scan(shown, slip)
            elif sign == "unused pass":
                sign, shown = self.key(shown, "F7")
            elif sign == "ask owner":
                sign, shown = self.scan(shown, voter["code"])
            elif sign == "returns":
                self.watch("question")
                self.screen.press("F7")
                self.watch("take-back")
                sign, shown = self.look_again(shown)
            elif sign in ("taken back", "void pass"):
                break
            else:
                sign, shown = self.go_home(sign, shown)
        self.go_home(sign, shown)
        if self.given.get(voter["number"]) == slip:
            del self.given[voter["number"]]
        self.void.append(slip)

    def send_away(self, code, expected):
        """Somebody who can't vote here, or not again; nothing comes out of the printer."""
        before = len(self.printer.slips())
        sign, shown = self.look()
        while sign != expected:
            _, shown = self.go_home(sign, shown)
            self.screen.scan(code)
            self.watch("search")
            sign, shown = self.look_again(shown)
            if sign in ("may vote", "given"):
                raise Stuck(f"{expected} was expected:\n{shown}")
        self.go_home(sign, shown)
        if len(self.printer.slips()) != before:
            raise Stuck("a slip came out for somebody who can't vote")

    def kill_program(self):
        """As a power cut would end it."""
        subprocess.run(["kill", "-KILL", str(self.screen.pid_of("stimme"))], check=True)
