"""Sections and files of docs/ that code and other pages cite must exist.

Code cites "docs/protocol.md, section 6.3" (or "sections 3 and 6.2"), equations as "(4.5)" below such a header, and
pages link to each other. Each cited file, section and link target is looked up. Lines of pages have at most 120 columns,
but for tables and code, and a folder with more than 20 files says in a README what is where. docs/attacks.md names tests as
`Suite.Name`, forged ballots as `Name` and checks of the verifier as V6.4: each must exist.
"""
import collections
import pathlib
import re
import subprocess
import sys

CITED = re.compile(r"docs/([\w-]+\.md)(?:,? sections? ([\d., and]+\d))?")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
TEST = re.compile(r"^TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\)", re.M)
NAMED = re.compile(r"`([A-Z]\w*)(?:\.([A-Z]\w*))?`")


def headings(path):
    return set(re.findall(r"^#+ (\d+(?:\.\d+)*)", path.read_text(encoding="utf-8"), re.M))


def missing_attacks():
    """What docs/attacks.md names and isn't there."""
    text = pathlib.Path("docs/attacks.md").read_text(encoding="utf-8")
    sources = [p.read_text(encoding="utf-8") for p in pathlib.Path("tests").rglob("*.cpp")]
    tests = {test for source in sources for test in TEST.findall(source)}
    suites = {suite for suite, _ in tests}
    forgeries = set(re.findall(r'\{"(\w+)"', pathlib.Path("tests/support/forgeries.cpp").read_text(encoding="utf-8")))
    for first, name in NAMED.findall(text):
        if name and (first, name) not in tests:
            yield f"there is no test {first}.{name}"
        if not name and first not in suites | forgeries:
            yield f"there is no suite or forged ballot {first}"
    checks = set(re.findall(r"^\| (V\d+\.\d+) ", pathlib.Path("docs/verification.md").read_text(encoding="utf-8"), re.M))
    for number in set(re.findall(r"V\d+\.\d+", text)) - checks:
        yield f"docs/verification.md has no check {number}"


def long_lines(name, text):
    """Lines of a page that are prose and too long."""
    code = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("```"):
            code = not code
        elif len(line) > 120 and not code and not line.startswith("    ") and not line.lstrip().startswith("|"):
            yield f"{name}:{number}: {len(line)} columns; at most 120 are right"


def folders_without_readme(files):
    folders = collections.Counter(str(pathlib.PurePosixPath(name).parent) for name in files)
    for folder, count in folders.items():
        if folder.startswith(("core", "server", "client", "tests")) and "/corpus/" not in folder and count > 20:
            if f"{folder}/README.md" not in files:
                yield f"{folder}: {count} files and no README.md that says what is where"


def problems():
    for missing in missing_attacks():
        yield f"docs/attacks.md: {missing}"
    files = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
    yield from folders_without_readme(files)
    sections = {p.name: headings(p) for p in pathlib.Path("docs").glob("*.md")}
    for name in files:
        if not name.endswith((".h", ".cpp", ".md", ".txt", ".py")) or name.startswith(".ci/"):
            continue
        text = pathlib.Path(name).read_text(encoding="utf-8")
        joined = re.sub(r"\n\s*//\s*", " ", text)
        for page, numbers in CITED.findall(joined):
            if page not in sections:
                yield f"{name}: cites docs/{page}, which doesn't exist"
                continue
            for number in re.findall(r"\d+(?:\.\d+)*", numbers):
                if number not in sections[page]:
                    yield f"{name}: docs/{page} has no section {number}"
        if name.endswith(".md"):
            yield from long_lines(name, text)
            for target in LINK.findall(text):
                if not (pathlib.Path(name).parent / target).exists():
                    yield f"{name}: links to {target}, which doesn't exist"


found = sorted(set(problems()))
print("\n".join(found), file=sys.stderr)
sys.exit(1 if found else 0)
