"""The arrows of the house (docs/architecture.md): which folder may include which.

Fails on an include that runs the other way, and above all on any that joins roll (who voted) and ballot (what was
voted).
"""
import pathlib
import re
import subprocess
import sys

CORE = ["base", "crypto", "log", "election", "events", "roll", "pass", "ballot", "tally", "record", "verify", "wire"]
# What each folder of core may include besides itself.
ALLOWED = {
    "base": [],
    "crypto": ["base"],
    "log": ["base", "crypto"],
    "election": ["base", "crypto"],
    "events": ["base", "crypto", "log", "election"],
    "roll": ["base", "crypto", "log", "election", "events"],
    "pass": ["base", "crypto", "log", "election", "events"],
    "ballot": ["base", "crypto", "log", "election", "events"],
    "tally": ["base", "crypto", "log", "election", "events", "ballot"],
    "record": ["base", "crypto", "log", "election", "events", "ballot", "tally"],
    "verify": ["base", "crypto", "log", "election", "events", "pass", "ballot", "tally", "record"],
    "wire": ["base", "crypto", "log", "election", "events"],
}
# Folders outside core and what they must not see.
FORBIDDEN = {
    "client/desk": ["core/ballot", "core/tally", "client/booth"],
    "client/words": ["core/election", "core/events", "core/roll", "core/ballot", "client/print"],
    "client/print": ["core/roll", "core/ballot", "client/net", "client/cli"],
    "client/printer": ["core/roll", "core/ballot", "client/net", "client/cli"],
    "client/station": ["core/roll", "client/desk", "client/booth"],
    "client/tty": [f"core/{folder}" for folder in CORE if folder != "base"] + [
        "client/net", "client/cli", "client/words", "client/print", "client/desk", "client/booth", "client/office"],
    "client/voice": [f"core/{folder}" for folder in CORE if folder != "base"] + [
        "client/net", "client/cli", "client/print", "client/desk", "client/booth", "client/office"],
    "client/booth": ["core/roll", "client/desk", "core/wire/desk.h"],
    "server/net": ["core/election", "core/events", "core/roll", "core/ballot", "server/api", "server/service",
                   "server/store"],
    "server/service": ["server/api", "server/net"],
    "server/store": ["server/api", "server/net", "server/service"],
    "server": ["client"],
    "client": ["server"],
    "core": ["server", "client"],
}
# Libraries that only these folders may see.
ONLY_IN = {
    r"<boost/(beast|asio)": ["server/net", "client/net", "server/main.cpp"],
    r"<(SQLiteCpp|sqlite3)": ["server/store"],
    r"<boost/multiprecision": ["core/tally/risk.cpp"],
    r"<nlohmann": ["core/base"],
    r"<(pango|cairo)": ["client/print/canvas.cpp", "client/print/type.h"],
    r"<cups/": ["client/printer/libcups_jobs.cpp"],
    r"<n?curses": ["client/tty/curses_terminal.cpp"],
    r"<fribidi": ["client/tty/bidi.cpp"],
    r"<espeak": ["client/voice/espeak_voice.cpp"],
    r"<qrencode": ["client/print/qr_code.cpp"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<][^">]+[">])', re.M)


def problems():
    files = subprocess.run(["git", "ls-files", "*.h", "*.cpp"], capture_output=True, text=True, check=True).stdout.split()
    for name in files:
        path = pathlib.Path(name)
        if path.parts[0] not in ("core", "server", "client"):
            continue
        for include in INCLUDE.findall(path.read_text(encoding="utf-8")):
            target = include[1:-1]
            if include[0] == '"' and "/" not in target:
                yield f"{name}: include \"{target}\" by its path from the top"
            if path.parts[0] == "core" and target.startswith("core/"):
                here, there = path.parts[1], target.split("/")[1]
                if there != here and there not in ALLOWED[here]:
                    yield f"{name}: core/{here} may not include {target}"
            for folder, forbidden in FORBIDDEN.items():
                if name.startswith(folder + "/"):
                    for bad in forbidden:
                        if target == bad or target.startswith(bad + "/"):
                            yield f"{name}: {folder} may not include {target}"
            for library, folders in ONLY_IN.items():
                if re.match(library, include) and not any(name.startswith(f) for f in folders):
                    yield f"{name}: {include} belongs behind {', '.join(folders)}"


found = sorted(set(problems()))
print("\n".join(found), file=sys.stderr)
sys.exit(1 if found else 0)
