"""Reads the catalogues of client/po, checks them and turns them into C++.

    catalogues.py compile FOLDER OUT    writes OUT/sentences.h (every English sentence) and OUT/table.cpp (all words)
    catalogues.py check FOLDER          also fails on sentences that a catalogue lacks

The folder's one .pot holds the English sentences, each .po one language; the name of such a file is the language's tag,
with _ for -. A folder below it holds sentences that are said in fewer languages: it has a .pot of its own, and only those
languages that its .po files name are asked for them; the others say them in English. The header of a catalogue says the language's own name (X-Stimme-Name), which way it is written
(X-Stimme-Direction) and either who signed it off (X-Stimme-Signed-Off: NAME, DATE) or that nobody has
(X-Stimme-Machine-Made: yes). A language counts as signed off when all its catalogues are. A sentence may hold {0}, {1}, ... and no other brace.
"""
import ast
import dataclasses
import pathlib
import re
import sys

KEYWORD = re.compile(r'(msgid|msgstr)\s+(".*")$')
FIELD = re.compile(r"\{(\d)\}")
SIGNED_OFF = re.compile(r".+, \d{4}-\d{2}-\d{2}")
DIRECTIONS = ("left-to-right", "right-to-left")


class Wrong(Exception):
    """What is wrong with a catalogue, with its place."""


@dataclasses.dataclass
class Entry:
    line: int
    msgid: str
    msgstr: str
    fuzzy: bool


@dataclasses.dataclass
class Catalogue:
    path: pathlib.Path
    tag: str
    name: str
    right_to_left: bool
    signed_off: str  # empty: made by a machine
    entries: list


def unquote(text, place):
    if not re.fullmatch(r'"([^"\\]|\\[nt"\\])*"', text):
        raise Wrong(f'{place}: not a string in "quotes": {text}')
    return ast.literal_eval(text)


def read_entries(path):
    """The entries in order; the header is the first, with an empty msgid."""
    entries, current, part, fuzzy = [], None, None, False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line, place = line.strip(), f"{path}:{number}"
        if not line or line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        keyword = KEYWORD.match(line)
        if keyword and keyword[1] == "msgid":
            if part == "msgid":
                raise Wrong(f"{place}: the msgid before has no msgstr")
            current = Entry(number, unquote(keyword[2], place), "", fuzzy)
            entries.append(current)
            fuzzy = False
        elif keyword and part == "msgid":
            current.msgstr = unquote(keyword[2], place)
        elif line.startswith('"') and part:
            setattr(current, part, getattr(current, part) + unquote(line, place))
        else:
            raise Wrong(f"{place}: expected msgid, msgstr, a string or a comment (contexts and plurals aren't used)")
        part = keyword[1] if keyword else part
    if part == "msgid":
        raise Wrong(f"{path}: the last msgid has no msgstr")
    if not entries or entries[0].msgid:
        raise Wrong(f'{path}: the header (msgid "") must come first')
    return entries


def fields(text, place):
    found = FIELD.findall(text)
    if re.search(r"[{}]", FIELD.sub("", text)):
        raise Wrong(f'{place}: a brace outside {{0}}, {{1}}, ...: "{text}"')
    return set(found)


def read_header(text, path):
    header = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise Wrong(f"{path}: the header's line has no colon: {line}")
        header[key] = value.strip()
    for key in ("Language", "X-Stimme-Name", "X-Stimme-Direction"):
        if not header.get(key):
            raise Wrong(f"{path}: the header lacks {key}")
    if header["X-Stimme-Direction"] not in DIRECTIONS:
        raise Wrong(f"{path}: X-Stimme-Direction must be one of {', '.join(DIRECTIONS)}")
    signed = header.get("X-Stimme-Signed-Off", "")
    if bool(signed) == (header.get("X-Stimme-Machine-Made") == "yes"):
        raise Wrong(f"{path}: the header must have either X-Stimme-Signed-Off or X-Stimme-Machine-Made: yes")
    if signed and not SIGNED_OFF.fullmatch(signed):
        raise Wrong(f"{path}: X-Stimme-Signed-Off must say NAME, YYYY-MM-DD")
    return header


def read_catalogue(path):
    entries = read_entries(path)
    header = read_header(entries[0].msgstr, path)
    if path.suffix == ".po" and header["Language"] != path.stem:
        raise Wrong(f"{path}: Language is {header['Language']}, the file's name says {path.stem}")
    seen = set()
    for entry in entries[1:]:
        place = f"{path}:{entry.line}"
        if not entry.msgid or entry.msgid in seen:
            raise Wrong(f'{place}: this sentence stands twice: "{entry.msgid}"')
        seen.add(entry.msgid)
        wanted = fields(entry.msgid, place)
        if wanted != {str(i) for i in range(len(wanted))}:
            raise Wrong(f'{place}: placeholders count from {{0}} on: "{entry.msgid}"')
        if entry.msgstr and path.suffix == ".pot":
            raise Wrong(f'{place}: a .pot says everything in English and translates nothing: "{entry.msgid}"')
        if entry.msgstr and fields(entry.msgstr, place) != wanted:
            raise Wrong(f'{place}: the translation has other placeholders than "{entry.msgid}": "{entry.msgstr}"')
    return Catalogue(path, header["Language"].replace("_", "-"), header["X-Stimme-Name"],
                     header["X-Stimme-Direction"] == "right-to-left", header.get("X-Stimme-Signed-Off", ""),
                     entries[1:])


def read_folder(folder):
    """The template, then the other languages in the order of their tags."""
    templates = sorted(folder.glob("*.pot"))
    if len(templates) != 1:
        raise Wrong(f"{folder}: one .pot with the English sentences must lie here, not {len(templates)}")
    template = read_catalogue(templates[0])
    known = {entry.msgid for entry in template.entries}
    others = [read_catalogue(path) for path in sorted(folder.glob("*.po"))]
    for catalogue in others:
        for entry in catalogue.entries:
            if entry.msgid not in known:
                raise Wrong(f'{catalogue.path}:{entry.line}: {template.path.name} has no such sentence: "{entry.msgid}"')
    return template, sorted(others, key=lambda catalogue: catalogue.tag)


def folders_below(folder):
    return sorted(path for path in folder.iterdir() if path.is_dir())


def read_all(folder):
    """The same with the sentences of the folders below."""
    template, others = read_folder(folder)
    by_tag = {catalogue.tag: catalogue for catalogue in (template, *others)}
    known = {entry.msgid for entry in template.entries}
    for below in folders_below(folder):
        more, translations = read_folder(below)
        for catalogue in (more, *translations):
            if catalogue.tag not in by_tag:
                raise Wrong(f"{catalogue.path}: {folder} has no catalogue of this language")
            whole = by_tag[catalogue.tag]
            whole.entries.extend(catalogue.entries)
            if not catalogue.signed_off:
                whole.signed_off = ""
        for entry in more.entries:
            if entry.msgid in known:
                raise Wrong(f'{more.path}:{entry.line}: another .pot has this sentence already: "{entry.msgid}"')
            known.add(entry.msgid)
    return template, others


def words_of(catalogue):
    return {entry.msgid: entry.msgstr for entry in catalogue.entries if entry.msgstr and not entry.fuzzy}


def quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def sentences_header(sentences):
    lines = "".join(f"    {quoted(sentence)},\n" for sentence in sentences)
    return f"""// Every English sentence of client/po, sorted. Made by client/words/catalogues.py.
//
// Thread rule: constants.
#pragma once

#include <array>
#include <string_view>

namespace stimme::words::generated {{

inline constexpr std::array<std::string_view, {len(sentences)}> sentences = {{
{lines}}};

}}  // namespace stimme::words::generated
"""


def language_row(catalogue, sentences):
    words = words_of(catalogue)
    said = "".join(f"        {quoted(words.get(sentence, sentence))},\n" for sentence in sentences)
    return (f"    {{{quoted(catalogue.tag)}, {quoted(catalogue.name)}, {str(catalogue.right_to_left).lower()}, "
            f"{quoted(catalogue.signed_off)},\n     {{{{\n{said}     }}}}}},\n")


def table_source(catalogues, sentences):
    rows = "".join(language_row(catalogue, sentences) for catalogue in catalogues)
    return f"""// All words in all languages. Made by client/words/catalogues.py from client/po.
#include "client/words/table.h"

namespace stimme::words {{
namespace {{

constexpr LanguageRow rows[] = {{
{rows}}};

}}  // namespace

std::span<const LanguageRow> table() {{
    return rows;
}}

}}  // namespace stimme::words
"""


def compile_folder(folder, out):
    template, others = read_all(folder)
    sentences = sorted((entry.msgid for entry in template.entries), key=lambda sentence: sentence.encode())
    out.mkdir(parents=True, exist_ok=True)
    (out / "sentences.h").write_text(sentences_header(sentences), encoding="utf-8")
    (out / "table.cpp").write_text(table_source([template, *others], sentences), encoding="utf-8")


def check_folder(folder):
    for place in (folder, *folders_below(folder)):
        template, others = read_folder(place)
        for catalogue in others:
            said = words_of(catalogue)
            for entry in template.entries:
                if entry.msgid not in said:
                    yield f'{catalogue.path} lacks: "{entry.msgid}"'


def main(words):
    if len(words) == 3 and words[0] == "compile":
        return compile_folder(pathlib.Path(words[1]), pathlib.Path(words[2]))
    if len(words) == 2 and words[0] == "check":
        missing = list(check_folder(pathlib.Path(words[1])))
        if missing:
            raise Wrong("\n".join(missing))
        return None
    raise Wrong(__doc__)


try:
    main(sys.argv[1:])
except (Wrong, OSError, UnicodeDecodeError) as problem:
    sys.exit(str(problem))
