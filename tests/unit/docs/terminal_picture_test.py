"""A kept screen of a terminal becomes a picture that looks like it. Runs with Debian's own Python, as the script does."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "docs/screens"))

import terminal_picture as picture  # noqa: E402


def pixel(surface, column, line, x=0, y=0):
    """Colour of a pixel of a cell, as "#rrggbb"."""
    at = ((picture.MARGIN + line * picture.CELL_HEIGHT + y) * surface.get_stride()
          + 4 * (picture.MARGIN + column * picture.CELL_WIDTH + x))
    blue, green, red = surface.get_data()[at:at + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def ink(surface, column, line):
    """How much of a cell isn't background."""
    return sum(pixel(surface, column, line, x, y) != picture.BACKGROUND
               for x in range(picture.CELL_WIDTH) for y in range(picture.CELL_HEIGHT))


class TerminalPicture(unittest.TestCase):
    def test_a_bar_is_coloured_to_its_end(self):
        surface = picture.draw("\x1b[37m\x1b[44m bar" + " " * 76 + "\n", columns=80)
        self.assertEqual({pixel(surface, column, 0) for column in range(80)}, {picture.COLOURS[4]})

    def test_colours_end_where_the_terminal_ends_them(self):
        surface = picture.draw("\x1b[1;37;41m  \x1b[0m  \n  \n", columns=4)
        self.assertEqual([pixel(surface, column, 0) for column in range(4)],
                         [picture.COLOURS[1]] * 2 + [picture.BACKGROUND] * 2)
        self.assertEqual(pixel(surface, 0, 1), picture.BACKGROUND)

    def test_a_look_goes_on_in_the_next_line_until_it_is_ended(self):
        surface = picture.draw("\x1b[41m \n \x1b[49m \n", columns=2)
        self.assertEqual([pixel(surface, 0, 1), pixel(surface, 1, 1)], [picture.COLOURS[1], picture.BACKGROUND])

    def test_reversed_cells_have_ink_as_their_ground(self):
        self.assertEqual(pixel(picture.draw("\x1b[7m \n", columns=1), 0, 0), picture.INK)

    def test_bold_has_more_ink_than_plain_and_the_cursor_most(self):
        surface = picture.draw("x\x1b[1mx\x1b[0m \n", columns=3, cursor=(2, 0))
        self.assertLess(ink(surface, 0, 0), ink(surface, 1, 0))
        self.assertEqual(ink(surface, 2, 0), picture.CELL_WIDTH * picture.CELL_HEIGHT)

    def test_marks_over_letters_take_no_cell_of_their_own(self):
        [cells] = picture.read("S\u0327e\u0301x\n")
        self.assertEqual([cell.text for cell in cells], ["S\u0327", "e\u0301", "x"])

    def test_what_a_plain_terminal_does_not_send_is_refused(self):
        for text in ("\x1b[2J", "\x1b[38;5;1mx", "\x07"):
            with self.assertRaises(picture.UnknownSequence):
                picture.draw(text + "\n")

    def test_larger_letters_make_the_same_picture_larger(self):
        usual, larger = picture.draw("x\n", columns=1), picture.draw("x\n", columns=1, scale=2)
        self.assertEqual((larger.get_width(), larger.get_height()), (2 * usual.get_width(), 2 * usual.get_height()))

    def test_the_same_screen_gives_the_same_picture(self):
        once, again = (bytes(picture.draw("\x1b[1mŞahin, Hüseyin\n").get_data()) for _ in range(2))
        self.assertEqual(once, again)


if __name__ == "__main__":
    unittest.main()
