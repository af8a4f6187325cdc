#!/usr/bin/env python3
"""Bringing in a register of a large city, over HTTPS with the real programs, beside `sqlite3 .import` of the same file.

    tests/bench/roll.py [--people N]     1,000,000; with --quick 100,000

Prints `name value unit` lines: the time of both, their ratio, the greatest memory of server and client, the time that
the comparison with a newer register takes, and how long the first search afterwards waits.
"""
import argparse
import json
import pathlib
import random
import re
import resource
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "flow"))
import stimme  # noqa: E402

SOURCE = stimme.ROOT / "tests/data/magdeburg-1996/register.csv"


def write_register(path, people, moved=()):
    """Everyone has the data of somebody of Magdeburg, and the family name and street of somebody else."""
    head, *lines = SOURCE.read_text(encoding="utf-8-sig").splitlines()
    rows = [line.split(";") for line in lines]
    chance = random.Random(1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + "\n")
        for i in range(people):
            row, other = chance.choice(rows), chance.choice(rows)
            city = "Anderswo" if i in moved else row[12]
            file.write(";".join([str(10_000_000 + i), other[1], *row[2:9], other[9], *row[10:12], city, *row[13:]]) + "\n")


def seconds(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


def peak_memory(pid):
    """In MiB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true")
    options, _ = parser.parse_known_args()  # the other benchmarks have options of their own
    people = 100_000 if options.quick else options.people
    server = stimme.Server()
    try:
        election = stimme.Election(server, "wahl")
        server.start()
        official = "officials/wahlleitung"
        election.run(official, "election", "create", election.folder / "keys/definition.json")
        register, newer = server.folder / "register.csv", server.folder / "newer.csv"
        write_register(register, people)
        write_register(newer, people, set(range(0, people, 100)))

        floors = []
        for _ in range(3):
            (server.folder / "floor.db").unlink(missing_ok=True)
            floors.append(seconds(lambda: subprocess.run(
                ["sqlite3", server.folder / "floor.db", ".mode csv", ".separator ;", f".import {register} t"], check=True)))
        floor = sorted(floors)[1]
        taken = seconds(lambda: election.run(official, "roll", "import", register))
        print(f"roll_import {taken:.3f} s")
        print(f"roll_import_floor {floor:.3f} s")
        print(f"roll_import_ratio {taken / floor:.3f} x")
        print(f"roll_import_memory {peak_memory(server.process.pid):.1f} MiB")
        print(f"roll_import_client_memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.1f} MiB")
        answer = {}
        again = seconds(lambda: answer.update(json.loads(election.run(official, "roll", "import", newer, "--json"))))
        assert answer["changed"] == len(range(0, people, 100)), answer
        print(f"roll_import_newer {again:.3f} s")
        back = seconds(lambda: election.run(official, "roll", "take-back"))
        print(f"roll_take_back {back:.3f} s")
        print(f"roll_memory_after {peak_memory(server.process.pid):.1f} MiB")
        first = seconds(lambda: election.run(official, "roll", "find", "Schröder Anna"))
        second = seconds(lambda: election.run(official, "roll", "find", "Schröder Anna"))
        print(f"roll_first_search {first:.3f} s")
        print(f"roll_next_search {second:.3f} s")
    finally:
        server.remove()


if __name__ == "__main__":
    main()
