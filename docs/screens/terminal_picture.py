#!/usr/bin/python3
"""A terminal's screen as a picture.

    tmux capture-pane -e -N -p | docs/screens/terminal_picture.py --out screen.png [--columns 80] [--cursor COLUMN,LINE] [--scale 1]

Reads text with SGR sequences (bold, faint, underlined, reversed, eight colours) as tmux gives them, and draws each
character into its cell, in DejaVu Sans Mono, which is also the type of the kiosk (docs/kiosk.md). The same input gives
the same bytes.

Runs with Debian's own Python, which knows Cairo and Pango.
"""
import argparse
import dataclasses
import pathlib
import re
import sys
import unicodedata

import cairo
import gi

gi.require_version("Pango", "1.0")
gi.require_version("PangoCairo", "1.0")
from gi.repository import Pango, PangoCairo  # noqa: E402

FONT = "DejaVu Sans Mono"
CELL_WIDTH, CELL_HEIGHT, TYPE_SIZE = 11, 21, 17.5  # pixels
MARGIN = 8

BACKGROUND = "#161616"
INK = "#e8e8e8"
COLOURS = ["#161616", "#b3201c", "#6fcf6f", "#e0b040", "#1f4f99", "#b070c0", "#40b0b0", "#ffffff"]

SEQUENCE = re.compile(r"\x1b\[([\d;]*)m")


class UnknownSequence(Exception):
    """The text holds control characters that aren't SGR sequences of a plain terminal."""


@dataclasses.dataclass(frozen=True)
class Look:
    bold: bool = False
    faint: bool = False
    underlined: bool = False
    reversed: bool = False
    ink: int | None = None  # one of COLOURS; None: the terminal's own
    paper: int | None = None

    def after(self, code):
        """As one SGR parameter changes it."""
        if code == 0:
            return Look()
        if code in (1, 2, 4, 7):
            return dataclasses.replace(self, **{{1: "bold", 2: "faint", 4: "underlined", 7: "reversed"}[code]: True})
        if code == 22:
            return dataclasses.replace(self, bold=False, faint=False)
        if code == 24:
            return dataclasses.replace(self, underlined=False)
        if code == 27:
            return dataclasses.replace(self, reversed=False)
        if 30 <= code <= 37 or code == 39:
            return dataclasses.replace(self, ink=None if code == 39 else code - 30)
        if 40 <= code <= 47 or code == 49:
            return dataclasses.replace(self, paper=None if code == 49 else code - 40)
        raise UnknownSequence(f"SGR {code}")

    def colours(self):
        """Ink and paper, as they are seen."""
        ink = INK if self.ink is None else COLOURS[self.ink]
        paper = BACKGROUND if self.paper is None else COLOURS[self.paper]
        return (paper, ink) if self.reversed else (ink, paper)


@dataclasses.dataclass(frozen=True)
class Cell:
    text: str  # one character and the marks over it
    columns: int
    look: Look


def columns_of(character):
    """How many cells of a terminal it takes."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells_of(line, look):
    """The line's cells, and the look with which the next line begins."""
    cells = []
    pieces = SEQUENCE.split(line)
    for i, piece in enumerate(pieces):
        if i % 2 == 1:
            for code in piece.split(";"):
                look = look.after(int(code or 0))
            continue
        for character in piece:
            if unicodedata.category(character) == "Cc":
                raise UnknownSequence(f"control character {character!r} in {line!r}")
            columns = columns_of(character)
            if columns == 0 and cells:
                cells[-1] = dataclasses.replace(cells[-1], text=cells[-1].text + character)
            else:
                cells.append(Cell(character, columns, look))
    return cells, look


def read(capture):
    """Lines of cells."""
    lines, look = [], Look()
    for line in capture.rstrip("\n").split("\n"):
        cells, look = cells_of(line, look)
        lines.append(cells)
    return lines


def set_colour(context, colour, alpha=1.0):
    context.set_source_rgba(*(int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)), alpha)


class Pen:
    """Draws cells on a Cairo surface."""

    def __init__(self, surface):
        self.context = cairo.Context(surface)
        self.layout = PangoCairo.create_layout(self.context)
        options = cairo.FontOptions()
        options.set_antialias(cairo.ANTIALIAS_GRAY)
        options.set_hint_style(cairo.HINT_STYLE_SLIGHT)
        PangoCairo.context_set_font_options(self.layout.get_context(), options)
        self.baseline = None
        self.use(bold=False)

    def use(self, bold):
        font = Pango.FontDescription.from_string(FONT)
        font.set_absolute_size(TYPE_SIZE * Pango.SCALE)
        font.set_weight(Pango.Weight.BOLD if bold else Pango.Weight.NORMAL)
        self.layout.set_font_description(font)
        if self.baseline is None:
            self.layout.set_text("x", -1)
            height = self.layout.get_pixel_size()[1]
            self.baseline = round((CELL_HEIGHT - height) / 2 + self.layout.get_baseline() / Pango.SCALE)

    def background(self, x, y, cell):
        paper = cell.look.colours()[1]
        if paper == BACKGROUND:
            return
        set_colour(self.context, paper)
        self.context.rectangle(x, y, cell.columns * CELL_WIDTH, CELL_HEIGHT)
        self.context.fill()

    def foreground(self, x, y, cell):
        set_colour(self.context, cell.look.colours()[0], 0.62 if cell.look.faint else 1.0)
        if cell.look.underlined:
            self.context.rectangle(x, y + CELL_HEIGHT - 3, cell.columns * CELL_WIDTH, 1)
            self.context.fill()
        if cell.text.isspace():
            return
        self.use(cell.look.bold)
        self.layout.set_text(cell.text, -1)
        self.context.move_to(x, y + self.baseline - self.layout.get_baseline() / Pango.SCALE)
        PangoCairo.show_layout(self.context, self.layout)

    def cursor(self, column, line):
        set_colour(self.context, INK)
        self.context.rectangle(MARGIN + column * CELL_WIDTH, MARGIN + line * CELL_HEIGHT, CELL_WIDTH, CELL_HEIGHT)
        self.context.fill()


def draw(capture, columns=80, cursor=None, scale=1):
    """The picture of a screen of so many columns; `cursor` is its column and line, counted from 0. Letters are `scale`
    times as large as usual."""
    lines = read(capture)
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, scale * (2 * MARGIN + columns * CELL_WIDTH),
                                 scale * (2 * MARGIN + len(lines) * CELL_HEIGHT))
    pen = Pen(surface)
    pen.context.scale(scale, scale)
    set_colour(pen.context, BACKGROUND)
    pen.context.paint()
    for step in (pen.background, pen.foreground):
        for i, cells in enumerate(lines):
            x = MARGIN
            for cell in cells:
                step(x, MARGIN + i * CELL_HEIGHT, cell)
                x += cell.columns * CELL_WIDTH
    if cursor:
        pen.cursor(*cursor)
    return surface


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the PNG")
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("--cursor", help="COLUMN,LINE, from 0")
    parser.add_argument("--scale", type=int, default=1, help="2: letters of twice the size")
    options = parser.parse_args()
    cursor = tuple(map(int, options.cursor.split(","))) if options.cursor else None
    draw(sys.stdin.read(), options.columns, cursor, options.scale).write_to_png(str(options.out))


if __name__ == "__main__":
    main()
