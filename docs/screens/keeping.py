"""Keeps screens of a terminal for docs: as text, and as a picture beside it."""
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"  # Debian's, with Cairo and Pango


def keep(screen, path, scale=1):
    """PATH.txt and PATH.png of what the screen (tests/flow/terminal.py) shows now."""
    text, capture = screen.text(), screen.tmux("capture-pane", "-e", "-N", "-p", "-t", screen.window)
    columns, column, line, shown = screen.tmux("display-message", "-p", "-t", screen.window,
                                               "#{pane_width} #{cursor_x} #{cursor_y} #{cursor_flag}").split()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".txt").write_text(text, encoding="utf-8")
    cursor = ["--cursor", f"{column},{line}"] if shown == "1" else []
    subprocess.run([PYTHON, HERE / "terminal_picture.py", "--out", path.with_suffix(".png"), "--columns", columns, "--scale",
                    str(scale), *cursor], input=capture, text=True, check=True)
