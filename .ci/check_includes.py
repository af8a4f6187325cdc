"""The arrows and walls of the house (docs/architecture.md): which folder may include and link which.

What a folder may include stands in its CMakeLists.txt: DEPENDS of stimme_module, all the way down. Here stand the walls:
who must never reach whom, neither by an include, also through other headers, nor by what its library links. Above all
who voted (roll) and what was voted (ballots) never meet.
"""
import collections
import functools
import pathlib
import re
import subprocess
import sys

# Folder or file: what nothing in it may reach.
WALLS = {
    "core": ["server", "client"],
    "server": ["client"],
    "client": ["server"],
    "core/net": ["core/log", "core/election", "core/events", "core/roll", "core/ballot", "core/wire"],
    "core/net/client": ["core/net/server"],
    "core/net/server": ["core/net/client"],
    "core/log": ["core/election", "core/events"],
    "core/election": ["core/events"],
    "core/events": ["core/pass", "core/roll", "core/ballot"],
    "core/roll": ["core/events", "core/pass", "core/ballot", "core/tally", "core/wire"],
    "core/pass": ["core/roll", "core/ballot"],
    "core/ballot": ["core/roll", "core/pass", "core/tally"],
    "core/tally": ["core/roll", "core/pass"],
    "core/record": ["core/roll", "core/pass"],
    "core/verify": ["core/roll"],
    "core/wire": ["core/roll", "core/ballot"],
    "core/wire/desk.h": ["core/wire/booth.h"],
    "core/wire/booth.h": ["core/wire/desk.h", "core/wire/roll.h"],
    "server/store": ["core/net", "core/ballot", "server/service", "server/api"],
    "server/store/roll": ["server/store/ballots"],
    "server/store/ballots": ["core/roll", "server/store/roll"],
    "server/service": ["core/net", "server/api", "server/web"],
    "server/service/log": ["core/roll", "core/ballot", "core/wire/desk.h", "core/wire/roll.h", "server/store/roll",
                           "server/service/roll", "server/service/ballots", "server/service/acts"],
    "server/service/roll": ["core/ballot", "core/tally", "core/record", "core/wire/booth.h", "server/store/ballots",
                            "server/service/log", "server/service/ballots", "server/service/acts"],
    "server/service/ballots": ["core/roll", "core/wire/desk.h", "core/wire/roll.h", "server/store/roll",
                               "server/service/roll", "server/service/acts"],
    "client/words": ["core/election", "core/events", "core/roll", "core/ballot", "client/print"],
    "client/tty": ["core/crypto", "core/election", "client/cli", "client/words", "client/print", "client/desk",
                   "client/booth", "client/office"],
    "client/voice": ["core/crypto", "core/election", "client/cli", "client/print", "client/desk", "client/booth",
                     "client/office"],
    "client/cli": ["core/net", "core/election", "core/events", "client/session"],
    "client/session": ["core/roll", "core/ballot", "client/desk", "client/booth", "client/office", "client/trustee"],
    "client/evidence": ["core/roll", "client/desk", "client/booth", "client/office", "client/trustee"],
    "client/print": ["core/roll", "core/ballot", "core/net", "client/cli", "client/session"],
    "client/printer": ["core/roll", "core/ballot", "core/net", "client/cli", "client/session"],
    "client/desk": ["core/roll", "core/ballot", "core/tally", "core/wire/booth.h", "client/booth"],
    "client/booth": ["core/roll", "core/wire/desk.h", "core/wire/roll.h", "client/desk"],
    "client/station": ["core/roll", "client/desk", "client/booth"],
    "client/audit": ["core/roll", "client/desk", "client/office"],
    "client/trustee": ["core/roll", "client/desk", "client/booth", "client/office"],
    "client/office": ["client/desk", "client/booth", "client/trustee"],
    "client/office/certs": ["core/roll", "client/office/acts", "client/office/roll", "client/office/count"],
    "client/office/papers": ["core/ballot", "client/office/acts", "client/office/roll", "client/office/count"],
    "client/office/acts": ["core/roll", "client/office/roll", "client/office/count", "client/office/papers"],
    "client/office/roll": ["client/office/count"],
    "client/office/count": ["core/roll", "client/office/roll", "client/office/papers"],
}
# Libraries that only these folders or files may see.
ONLY_IN = {
    r"<boost/(beast|asio)": ["core/net/", "server/main.cpp"],
    r"<(SQLiteCpp|sqlite3)": ["server/store/"],
    r"<boost/multiprecision": ["core/tally/risk.cpp"],
    r"<nlohmann": ["core/base/"],
    r"<(pango|cairo)": ["client/print/canvas.cpp", "client/print/type.h"],
    r"<cups/": ["client/printer/libcups_jobs.cpp"],
    r"<n?curses": ["client/tty/curses_terminal.cpp"],
    r"<fribidi": ["client/tty/bidi.cpp"],
    r"<espeak": ["client/voice/espeak_voice.cpp"],
    r"<qrencode": ["client/print/qr_code.cpp"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<][^">]+[">])', re.M)
MODULE = re.compile(r"^stimme_module\(\s*(\w+)([^)]*)\)", re.M)
KEYWORDS = ("COMPUTES", "DEPENDS", "USES", "HIDES")


def lies_in(path, place):
    return path == place or path.startswith(place + "/")


def reached_from(start, arrows):
    """Everything that can be reached, with the one before it on a shortest way."""
    before = {start: None}
    waiting = collections.deque([start])
    while waiting:
        at = waiting.popleft()
        for target in arrows.get(at, ()):
            if target not in before:
                before[target] = at
                waiting.append(target)
    return before


def way_to(target, before):
    way = [target]
    while before[way[-1]] is not None:
        way.append(before[way[-1]])
    return " -> ".join(reversed(way))


@functools.lru_cache(maxsize=None)
def includes_in(text):
    return INCLUDE.findall(text)


class House:
    """`files`: path from the top -> text, of the headers, sources and CMakeLists.txt."""

    def __init__(self, files, walls=WALLS):
        self.walls = walls
        self.includes = {name: includes_in(text) for name, text in files.items() if name.endswith((".h", ".cpp"))}
        self.arrows = {name: [i[1:-1] for i in found if i[1:-1] in self.includes] for name, found in self.includes.items()}
        self.folder_of, self.links = {}, {}
        for name, text in files.items():
            for module, words in MODULE.findall(text) if name.endswith("CMakeLists.txt") else ():
                self.folder_of[module] = name.rpartition("/")[0]
                self.links[module] = self.named_modules(words)
        self.module_in = {folder: module for module, folder in self.folder_of.items()}

    @staticmethod
    def named_modules(words):
        depends, section = [], None
        for word in words.split():
            if word in KEYWORDS:
                section = word
            elif section == "DEPENDS":
                depends.append(word)
            elif word.startswith("stimme_"):
                depends.append(word.removeprefix("stimme_"))
        return depends

    def module_of(self, path):
        folder = path.rpartition("/")[0]
        while folder and folder not in self.module_in:
            folder = folder.rpartition("/")[0]
        return self.module_in.get(folder)

    def misplaced_includes(self):
        """An include of what the file's library doesn't name, and of a library that belongs behind others."""
        linked = {module: set(reached_from(module, self.links)) for module in self.links}
        for name, found in self.includes.items():
            module = self.module_of(name)
            for include in found:
                target = include[1:-1]
                if include[0] == '"' and "/" not in target:
                    yield f"{name}: include \"{target}\" by its path from the top"
                there = self.module_of(target)
                if module and there and there not in linked[module]:
                    yield f"{name}: includes {target}, but {module} doesn't name {there} among its DEPENDS"
                for library, places in ONLY_IN.items():
                    if re.match(library, include) and not name.startswith(tuple(places)):
                        yield f"{name}: {include} belongs behind {', '.join(places)}"

    def broken_walls(self):
        for place, forbidden in self.walls.items():
            for name in self.includes:
                if lies_in(name, place):
                    reached = reached_from(name, self.arrows)
                    for bad in forbidden:
                        hit = next((r for r in reached if lies_in(r, bad) and not lies_in(name, bad)), None)
                        if hit:
                            yield f"{place} must not include {bad}: {way_to(hit, reached)}"
            for module, folder in self.folder_of.items():
                if lies_in(folder, place):
                    reached = reached_from(module, self.links)
                    for bad in forbidden:
                        hit = next((r for r in reached if lies_in(self.folder_of.get(r, ""), bad)), None)
                        if hit:
                            yield f"{place} must not link {bad}: {way_to(hit, reached)}"

    def circles(self):
        for module in self.links:
            for target in self.links[module]:
                if module in reached_from(target, self.links):
                    yield f"{module} and {target} need each other"

    def problems(self):
        return sorted({*self.misplaced_includes(), *self.broken_walls(), *self.circles()})


def read_tree():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "core", "server", "client"],
                            capture_output=True, text=True, check=True).stdout.split()
    return {name: pathlib.Path(name).read_text(encoding="utf-8") for name in listed
            if name.endswith((".h", ".cpp", "CMakeLists.txt")) and pathlib.Path(name).exists()}


if __name__ == "__main__":
    found = House(read_tree()).problems()
    print("\n".join(found), file=sys.stderr)
    sys.exit(1 if found else 0)
