"""A station's machine is checked before the day against a real server: well, without network, with a wrong clock, with
another program than the published one; and its printer is set and kept.
"""
import hashlib
import json
import os
import subprocess

from stimme import BIN, Election, Server

DESK = "desks/desk-altstadt"


def check(election, *words, before=()):
    """Exit code and verdict of each line."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", TERM="foot")
    done = subprocess.run([*before, BIN / "stimme", "--as", election.folder / "keys" / DESK, "--json", "station", "check",
                           "--yes", "--language", "en", *words],
                          capture_output=True, text=True, env=environment, timeout=120)
    report = json.loads(done.stdout.splitlines()[0])
    assert report["ready"] == (done.returncode == 0), done
    return done.returncode, {line["what"]: line for line in report["checks"]}


def failed(lines):
    return [what for what, line in lines.items() if line["verdict"] == "failed"]


server = Server()
try:
    election = Election(server, "station-check")
    server.start()
    election.run("officials/wahlleitung", "election", "create", election.folder / "keys/definition.json")
    papers = election.folder / "papers"
    published = hashlib.sha256((BIN / "stimme").read_bytes()).hexdigest()

    code, lines = check(election, "--printer", f"pdf:{papers}", "--expect", published)
    assert code == 0, lines
    for what in ("Characters", "Colours and fonts", "Connection", "Clock", "Certificate", "Program", "Scripts",
                 "Fictitious voter", "Printer"):
        assert lines[what]["verdict"] == "ok", (what, lines)
    assert lines["Scanner"]["verdict"] == lines["Screen size"]["verdict"] == "warning", lines
    kinds = sorted(file.name.split("-")[0] for file in papers.iterdir())
    assert kinds == ["report", "test"], kinds
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in papers.iterdir())

    code, lines = check(election, "--printer", f"pdf:{papers}", "--expect", "0" * 64)
    assert code == 1 and failed(lines) == ["Program"], lines
    assert published in lines["Program"]["found"] and "0" * 64 in lines["Program"]["found"], lines

    if "STIMME_SANITIZE" in os.environ:
        print("Without the wrong clock: faketime and a sanitizer don't go together.")
    else:
        code, lines = check(election, "--printer", f"pdf:{papers}", before=("faketime", "-f", "+1h"))
        assert code == 1 and failed(lines) == ["Clock"], lines

    code, lines = check(election)
    assert code == 1 and failed(lines) == ["Printer"] and "printer-unset" in lines["Printer"]["found"], lines
    election.run(DESK, "station", "printer", f"pdf:{papers}")
    assert election.run(DESK, "station", "printer").strip() == f"pdf:{papers}"
    assert check(election)[0] == 0

    wrong = subprocess.run([BIN / "stimme", "--as", election.folder / "keys" / DESK, "station", "printer", "lp0"],
                           capture_output=True, text=True)
    assert wrong.returncode == 2 and "cups:NAME" in wrong.stderr, wrong

    server.stop()
    code, lines = check(election)
    assert code == 1 and failed(lines) == ["Connection"], lines
    assert lines["Fictitious voter"]["verdict"] == "ok", lines
    print("A station's machine is checked before the day.")
finally:
    server.remove()
