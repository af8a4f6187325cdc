"""A receipt printer in the network that isn't there: it takes ESC/POS, answers questions about its state as real ones do,
fails when it is told to, and keeps what came out of it.
"""
import re
import socket
import threading
import time

# Bytes of each command that is known here, by how it begins; pictures say themselves how long they are.
LENGTHS = {b"\x1b@": 2, b"\x1c.": 2, b"\x1bt": 3, b"\x1bd": 3, b"\x1ba": 3, b"\x1b!": 3, b"\x1dr": 3, b"\x1dV": 4,
           b"\x10\x04": 3, b"\x10\x14": 10}
PICTURE = b"\x1dv0"
CUT, QUESTION, DROP_EVERYTHING, ASKED_WHEN_DONE = b"\x1dV", b"\x10\x04", b"\x10\x14", b"\x1dr"
PASS = re.compile(rb"[0-9A-Z]{5}(?:-\n?[0-9A-Z]{5}){4}")


def commands(data):
    """The whole commands, or letters, that the data begins with; and the rest."""
    whole, at = [], 0
    while at < len(data):
        length = 1
        if data[at:at + 3] == PICTURE:
            head = data[at + 4:at + 8]
            length = 8 + int.from_bytes(head[:2], "little") * int.from_bytes(head[2:], "little") if len(head) == 4 else 8
        elif data[at] in b"\x1b\x1c\x1d\x10":
            length = LENGTHS.get(data[at:at + 2], 2)
        if at + length > len(data):
            break
        whole.append(data[at:at + length])
        at += length
    return whole, data[at:]


class Paper:
    """One document that was cut off."""

    def __init__(self, received):
        self.received = received
        given = PASS.search(received)
        self.given = given and given[0].replace(b"\n", b"").decode()  # the pass on it
        self.duplicate = b"second print of the same pass" in received
        letters = b"".join(one for one in commands(received)[0] if len(one) == 1)
        self.text = " ".join(letters.decode("cp437").split())


class ReceiptPrinter:
    """Its troubles: "paper" (none left), "cover" (open), "gone" (off), "amid" (goes off while it prints)."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.name = f"escpos:tcp:127.0.0.1:{self.listener.getsockname()[1]}"
        self.trouble = None
        self.papers = []
        self.pieces = 0  # that came out of it and weren't whole
        threading.Thread(target=self.serve, daemon=True).start()

    def slips(self):
        """Papers with a pass, in the order in which they came out."""
        return [paper for paper in self.papers if paper.given]

    def wait(self, count, seconds=20):
        """Until so many papers have come out; gives the text of the last."""
        end = time.monotonic() + seconds
        while len(self.papers) < count:
            assert time.monotonic() < end, f"{len(self.papers)} papers instead of {count}"
            time.sleep(0.05)
        return self.papers[-1].text

    def serve(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            with peer:
                try:
                    self.serve_one(peer)
                except OSError:
                    pass

    def serve_one(self, peer):
        if self.trouble == "gone":
            return
        received, rest = b"", b""
        while piece := peer.recv(65536):
            whole, rest = commands(rest + piece)
            for command in whole:
                if command.startswith(QUESTION):
                    peer.sendall(bytes([self.state(command[2])]))
                elif command.startswith(ASKED_WHEN_DONE):
                    peer.sendall(b"\x00")
                elif command.startswith(DROP_EVERYTHING):
                    self.pieces += 1
                    return
                else:
                    received += command
                if self.trouble == "amid" and len(received) > 2000:
                    self.pieces += 1
                    return
                if command.startswith(CUT):
                    self.papers.append(Paper(received))
                    received = b""
        if received or rest:
            self.pieces += 1

    def state(self, question):
        paper, cover = self.trouble == "paper", self.trouble == "cover"
        return {1: 0x16 | (0x08 if paper or cover else 0), 2: 0x12 | (0x04 if cover else 0) | (0x20 if paper else 0),
                3: 0x12, 4: 0x12 | (0x60 if paper else 0)}[question]

    def end(self):
        self.listener.close()
