"""A program with a full screen, worked with as a person does: in tmux, by keys and by what the screen shows. And a wire
between it and the server that can be cut, as a person who trips over it would.
"""
import os
import pathlib
import socket
import subprocess
import tempfile
import threading
import time


class Wire:
    """Connections to the server's staff port, until it is cut. A cut wire says nothing, in either direction or one."""

    def __init__(self, to, port=0):
        self.to = to
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        self.up = threading.Event()  # from the desk to the server
        self.down = threading.Event()  # and back
        self.ended = False
        self.mend()
        threading.Thread(target=self.accept, daemon=True).start()

    def mend(self):
        self.up.set()
        self.down.set()

    def cut(self):
        self.up.clear()
        self.down.clear()

    def cut_answers(self):
        self.down.clear()

    def accept(self):
        while not self.ended:
            try:
                desk, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.connect, args=(desk,), daemon=True).start()

    def connect(self, desk):
        self.up.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            desk.close()
            return
        for here, there, whole in ((desk, server, self.up), (server, desk, self.down)):
            threading.Thread(target=self.carry, args=(here, there, whole), daemon=True).start()

    @staticmethod
    def carry(here, there, whole):
        try:
            while piece := here.recv(65536):
                whole.wait()
                there.sendall(piece)
        except OSError:
            pass
        for end in (here, there):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def end(self):
        self.ended = True
        self.mend()
        self.listener.shutdown(socket.SHUT_RDWR)  # else accept() keeps the port
        self.listener.close()


class Screen:
    """A program in a terminal of 80 columns and 24 lines."""

    def __init__(self):
        self.place = None  # of tmux's socket and of what the shell tells
        self.window = "desk"  # the one that is seen
        self.seen = 0
        self.pressed = 0  # keys, by fingers

    def tmux(self, *words):
        done = subprocess.run(["tmux", "-S", self.place, "-f", "/dev/null", *map(str, words)], capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"tmux {words[0]}: {done.stderr}")
        return done.stdout

    def start(self, *program):
        # Of a tmux of its own: an old one may still be ending.
        self.place = pathlib.Path(tempfile.gettempdir(), f"stimme-desk-{time.monotonic_ns()}")
        self.tmux("new-session", "-d", "-x", 80, "-y", 24, "-s", "desk", "sh", "-c",
                  'stty -a >"$0.before"; "$@"; code=$?; stty -a >"$0.after"; echo "ended with $code"; sleep 600',
                  self.place, *program)

    def text(self):
        return self.tmux("capture-pane", "-p", "-t", self.window)

    def wait(self, *texts, seconds=20):
        """Until all of these are shown; gives the screen."""
        end = time.monotonic() + seconds
        while True:
            shown = self.text()
            if all(text in shown for text in texts):
                self.keep(shown)
                return shown
            if time.monotonic() > end:
                raise AssertionError(f"{texts} didn't come in {seconds} s; the screen is:\n{shown}")
            time.sleep(0.03)

    def keep(self, shown):
        """In the folder that STIMME_SCREENS names, for people who want to see what the test saw."""
        if "STIMME_SCREENS" not in os.environ:
            return
        self.seen += 1
        path = pathlib.Path(os.environ["STIMME_SCREENS"], f"{self.seen:03}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")

    def press(self, *keys):
        for key in keys:
            time.sleep(0.08)  # as a finger, not as a scanner
            self.tmux("send-keys", "-t", self.window, key)
            self.pressed += 1

    def type(self, text):
        for start in range(0, len(text), 6):
            time.sleep(0.08)
            self.tmux("send-keys", "-t", self.window, "-l", "--", text[start:start + 6])
        self.pressed += len(text)

    def scan(self, text):
        time.sleep(0.08)
        self.tmux("send-keys", "-t", self.window, "-l", "--", text, ";", "send-keys", "-t", self.window, "Enter")

    def resize(self, width, height):
        self.tmux("resize-window", "-t", self.window, "-x", width, "-y", height)

    def see(self, window):
        """From now on this one, as soon as it is there: "desk", or one that the program opened over it."""
        end = time.monotonic() + 20
        while window not in self.windows():
            assert time.monotonic() < end, f"no window called {window}"
            time.sleep(0.03)
        self.window = window

    def windows(self):
        return self.tmux("list-sessions", "-F", "#{session_name}").split()

    def pid_of(self, program):
        shell = self.tmux("display-message", "-p", "-t", "desk", "#{pane_pid}").strip()
        return int(subprocess.run(["pgrep", "-P", shell, program], capture_output=True, text=True, check=True).stdout)

    def modes(self, when):
        return self.place.with_suffix(f".{when}").read_text()

    def end(self):
        if self.place is None:
            return
        subprocess.run(["tmux", "-S", self.place, "kill-server"], capture_output=True)
        for suffix in ("", ".before", ".after"):
            self.place.with_suffix(suffix).unlink(missing_ok=True)
