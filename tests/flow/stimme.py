"""What the flow tests share: a server on loopback with elections in it, and people who call `stimme` as they would.

Needs the environment variable STIMME_BIN, the folder of the programs (CTest sets it).
"""
import csv
import io
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("STIMME_BIN", ROOT / "build/release/bin"))
TEMPLATE = ROOT / "tests/data/magdeburg-1996/definition.json"
REGISTER = ROOT / "tests/data/magdeburg-1996/register.csv"


class Refused(Exception):
    """A program that ended with another exit code than 0."""

    def __init__(self, words, code, output, errors):
        super().__init__(f"{' '.join(words)} ended with {code}: {errors or output}")
        self.code, self.output, self.errors = code, output, errors


def call(*words, stdin=None):
    """Runs a program to its end and returns what it printed."""
    words = [str(w) for w in words]
    environment = dict(os.environ, STIMME_PASSPHRASE="flow-test")
    done = subprocess.run(words, input=stdin, capture_output=True, text=True, env=environment, timeout=300)
    if done.returncode != 0:
        raise Refused(words, done.returncode, done.stdout, done.stderr)
    return done.stdout


def free_port():
    """One that nobody listens on; below those that Linux gives to whoever connects, so that it stays free."""
    while True:
        port = random.SystemRandom().randrange(20000, 32768)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Server:
    """One server process over one data folder; several elections."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="stimme-flow-"))
        self.staff, self.public = free_port(), free_port()
        self.process = None
        self.identity = None  # the first election's server certificate and authority
        self.options = []  # further ones of `stimme-server run`

    def start(self):
        ports = self.folder / "ports"
        ports.unlink(missing_ok=True)
        with open(self.folder / "server.log", "ab") as log:
            self.process = self.launch(ports, log)
        for _ in range(300):
            if ports.exists() and ports.stat().st_size:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError("the server didn't start:\n" + (self.folder / "server.log").read_text())

    def launch(self, ports, log):
        return subprocess.Popen(
            [BIN / "stimme-server", "run", "--data", self.folder / "data", "--staff-port", str(self.staff),
             "--public-port", str(self.public), "--cert", self.identity / "server/cert.pem", "--key",
             self.identity / "server/key.pem", "--client-ca", self.identity / "ca/ca.pem", "--port-file", ports,
             *self.options],
            stdout=log, stderr=subprocess.STDOUT)

    def kill(self):
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=30) == 0, "the server didn't stop cleanly"

    def remove(self):
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)


class Election:
    """One election on a server, and its people. `change` edits the template before keys are made."""

    def __init__(self, server, name, change=lambda definition: None, people=400):
        self.server, self.name = server, name
        self.folder = server.folder / name
        self.folder.mkdir()
        definition = json.loads(TEMPLATE.read_text(encoding="utf-8"))
        definition["id"] = name
        definition["log"]["origin"] = f"stimme.example/{name}"
        definition["min_ballots"] = 3
        change(definition)
        template = self.folder / "template.json"
        template.write_text(json.dumps(definition), encoding="utf-8")
        log_key = call(BIN / "stimme-server", "log-key", "--data", server.folder / "data", "--election", name).strip()
        shared = ["--authority", server.identity / "ca"] if server.identity else []
        call(BIN / "stimme", "certs", "setup", "--definition", template, "--out", self.folder / "keys", "--server",
             f"https://127.0.0.1:{server.staff}", "--log-key", log_key, *shared)
        server.identity = server.identity or self.folder / "keys"
        self.definition = json.loads((self.folder / "keys/definition.json").read_text(encoding="utf-8"))
        self.register = self.folder / "register.csv"
        lines = REGISTER.read_text(encoding="utf-8-sig").splitlines()[: people + 1]
        self.register.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @property
    def url(self):
        return f"https://127.0.0.1:{self.server.public}/v1/elections/{self.name}"

    def run(self, who, *words, stdin=None):
        """What the person or machine with that folder of keys ("desks/desk-altstadt") calls."""
        return call(BIN / "stimme", "--as", self.folder / "keys" / who, *words, stdin=stdin)

    def both(self, *words):
        """One official proposes, another confirms."""
        officials = [o["id"] for o in self.definition["officials"]]
        self.run(f"officials/{officials[0]}", "election", *words)
        self.run(f"officials/{officials[1]}", "election", "confirm", "--yes")

    def both_enter(self, *words):
        """What two officials counted, each for themselves: the same."""
        for official in self.definition["officials"][:2]:
            self.run(f"officials/{official['id']}", "election", *words)

    def prepare(self):
        """From nothing to open polls."""
        self.run("officials/wahlleitung", "election", "create", self.folder / "keys/definition.json")
        self.run("officials/wahlleitung", "roll", "import", self.register)
        for step in ("commit", "share", "confirm"):
            for trustee in self.definition["trustees"]["members"]:
                self.run(f"trustees/{trustee['id']}", "trustee", step)
        self.both("seal")
        self.both("open")
        self.run("officials/wahlleitung", "roll", "notices", "--out", self.folder / "notices.csv")

    def voters(self, station=None):
        """Rows of the notices: number, names, station, style, code."""
        text = (self.folder / "notices.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        return [r for r in rows if station in (None, r["station"])]

    def check_in(self, station, number):
        return self.run(f"desks/desk-{station}", "desk", "check-in", "--batch", "-", stdin=number + "\n").strip()

    def vote(self, station, ballots, booth=1):
        """Votes at a booth with [{"pass", "choices" or "invalid", "then"}]; returns its answers."""
        lines = "".join(json.dumps(b) + "\n" for b in ballots)
        answers = self.run(f"booths/booth-{station}-{booth}", "booth", "vote", "--batch", "-", stdin=lines)
        return [json.loads(line) for line in answers.splitlines()]

    def options(self, contest=0):
        return [o["id"] for o in self.definition["contests"][contest]["options"]]

    def let_vote(self, count, seed=1):
        """`count` voters of each station vote for one random option; returns the votes an observer would expect."""
        chance, expected = random.Random(seed), {}
        for station in [s["id"] for s in self.definition["stations"]]:
            ballots = []
            for voter in self.voters(station)[:count]:
                option = chance.choice(self.options())
                expected[option] = expected.get(option, 0) + 1
                ballots.append({"pass": self.check_in(station, voter["number"]), "choices": [option], "then": "cast"})
            self.vote(station, ballots)
        return expected

    def close(self):
        for station in self.definition["stations"]:
            for desk in station["desks"]:
                self.run(f"desks/{desk['id']}", "desk", "close")
        self.both("close")

    def open_totals(self):
        for trustee in self.definition["trustees"]["members"][: self.definition["trustees"]["threshold"]]:
            self.run(f"trustees/{trustee['id']}", "trustee", "decrypt", "--compared")
        self.both("tally")

    def count(self):
        """From closed polls to a certified result; draws lots as long as there are ties."""
        self.open_totals()
        while True:
            tie = next((c for c in self.tally()["contests"] if c.get("open_tie")), None)
            if tie is None:
                break
            between, seats = tie["open_tie"]["between"], tie["open_tie"]["seats"]
            self.both("lot", "--contest", tie["contest"], "--between", ",".join(between), "--drawn",
                      ",".join(between[:seats]), "--how", "slips of paper", "--by", "the chair", "--witness", "the committee")
        self.both("result")
        self.both("certify")

    def tally(self):
        return json.loads(self.run("officials/wahlleitung", "tally", "show", "--json"))

    def entries(self):
        """The entries of the public log, as anyone gets them."""
        note = subprocess.run(["curl", "-sf", "--cacert", self.server.identity / "ca/ca.pem",
                                 f"{self.url}/record/checkpoint"], capture_output=True, check=True).stdout
        size = int(note.split(b"\n")[1])
        entries = []
        for first in range(0, size, 256):
            width = min(256, size - first)
            name = f"{first // 256:03}" + ("" if width == 256 else f".p/{width}")
            tile = subprocess.run(["curl", "-sf", "--cacert", self.server.identity / "ca/ca.pem",
                                   f"{self.url}/record/tile/entries/{name}"], capture_output=True, check=True).stdout
            while tile:
                length = int.from_bytes(tile[:2], "big")
                entries.append(json.loads(tile[2:2 + length]))
                tile = tile[2 + length:]
        return entries

    def verify(self, target, *words):
        """The report of `stimme verify`; raises Refused with code 4 where a check failed."""
        return json.loads(call(BIN / "stimme", "verify", target, "--ca", self.server.identity / "ca/ca.pem", "--json", *words))
