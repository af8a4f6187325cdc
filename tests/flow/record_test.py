"""A large record, checked as auditors would: forged ballots among honest ones are named exactly, a check that is killed
goes on where it was, and the files of shards merge to the report of the whole, byte for byte.

    record_test.py           600 ballots
    record_test.py --long    100,000 ballots, 1, 10 and 1,000 of them forged: a quarter of an hour and 1 GiB of disk
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from stimme import BIN

KILLS = 5
SHARDS = 3


def verify(record, *words):
    """The report, as it was printed, and the exit code."""
    done = subprocess.run([BIN / "stimme", "verify", record, "--json", *words], capture_output=True, timeout=3600)
    return done.stdout, done.returncode


def make(record, ballots, forged):
    words = [BIN / "make_record", record, str(ballots), "--forged", str(forged)]
    made = subprocess.run(words, check=True, capture_output=True, text=True, timeout=3600)
    return [json.loads(line) for line in made.stdout.splitlines()]


def check_forged_are_named(report, expected):
    for check in json.loads(report)["checks"]:
        if check["number"] != "V6.4":
            assert check["verdict"] != "failed", check
            continue
        found = check["failures"]
        assert check["failed"] == len(expected) == len(found), (check["failed"], len(expected), len(found))
        for failure, forged in zip(found, expected):
            assert (failure["place"], failure["code"]) == (forged["place"], forged["code"]), (failure, forged)
            assert failure["message"].startswith(forged["proof"]), (failure, forged)


def lines(file):
    return file.read_bytes().count(b"\n") if file.exists() else 0


def kill_while_checking(record, parts, chance):
    """Kills a check as soon as it has kept some more parts. False when it came to its end first."""
    enough = lines(parts) + chance.randint(1, 4)
    child = subprocess.Popen([BIN / "stimme", "verify", record, "--json", "--parts", parts],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while child.poll() is None and lines(parts) < enough:
        time.sleep(0.001)
    child.kill()
    return child.wait() < 0


def check_killed_and_resumed(record, folder, whole, chance):
    parts = folder / "killed.parts"
    kills = sum(kill_while_checking(record, parts, chance) for _ in range(KILLS))
    assert kills > 0, "every check came to its end before it was killed"
    kept = lines(parts)
    assert verify(record, "--parts", parts) == whole
    assert lines(parts) >= kept > kills


def check_shards(record, folder, whole):
    files = [folder / f"shard-{i}.parts" for i in range(1, SHARDS + 1)]
    for i, file in enumerate(files, 1):
        verify(record, "--shard", f"{i}/{SHARDS}", "--parts", file)
    assert all(lines(file) > 1 for file in files)
    assert verify(record, "--merge", *files) == whole


def check(ballots, forged, chance):
    with tempfile.TemporaryDirectory(prefix="stimme-record-") as name:
        folder = pathlib.Path(name)
        record = folder / "record"
        expected = make(record, ballots, forged)
        assert len(expected) == forged
        whole = verify(record)
        assert whole[1] == (4 if forged else 0), whole
        check_forged_are_named(whole[0], expected)
        check_killed_and_resumed(record, folder, whole, chance)
        check_shards(record, folder, whole)
    print(f"{ballots} ballots, {forged} of them forged: each named, killed and resumed, merged from {SHARDS} shards")


def main():
    long = "--long" in sys.argv
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    for forged in (1, 10, 1000) if long else (0, 1, 10, 100):
        check(100_000 if long else 600, forged, random.Random(seed))


if __name__ == "__main__":
    main()
