"""A receipt printer in the network that isn't there: it takes ESC/POS, answers questions about its state as real ones do,
fails when it is told to, and keeps what came out of it.
"""
import re
import socket
import threading

QUESTION = re.compile(rb"\x10\x04([\x01-\x04])")
ASKED_WHEN_DONE = b"\x1dr\x01"
DROP_EVERYTHING = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
CUT = b"\x1dVB\x00"
PASS = re.compile(rb"[0-9A-Z]{5}(?:-\n?[0-9A-Z]{5}){4}")


class Paper:
    """One document that was cut off."""

    def __init__(self, received):
        self.received = received
        given = PASS.search(received)
        self.given = given and given[0].replace(b"\n", b"").decode()  # the pass on it
        self.duplicate = b"second print of the same pass" in received


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
        received = b""
        while piece := peer.recv(65536):
            received = self.answer_questions(peer, received + piece)
            if received.endswith(DROP_EVERYTHING):
                self.pieces += 1
                return
            if self.trouble == "amid" and len(received) > 2000:
                self.pieces += 1
                return
            received = self.keep_whole(received)
            if received.endswith(ASKED_WHEN_DONE):
                received = received[:-len(ASKED_WHEN_DONE)]
                peer.sendall(b"\x00")
        if received:
            self.pieces += 1

    def keep_whole(self, received):
        """The rest, when what is whole has come out."""
        *whole, rest = received.split(CUT)
        self.papers += [Paper(one) for one in whole]
        return rest

    def answer_questions(self, peer, received):
        for question in QUESTION.findall(received):
            peer.sendall(bytes([self.state(question[0])]))
        return QUESTION.sub(b"", received)

    def state(self, question):
        paper, cover = self.trouble == "paper", self.trouble == "cover"
        return {1: 0x16 | (0x08 if paper or cover else 0), 2: 0x12 | (0x04 if cover else 0) | (0x20 if paper else 0),
                3: 0x12, 4: 0x12 | (0x60 if paper else 0)}[question]

    def end(self):
        self.listener.close()
