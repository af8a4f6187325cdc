"""Ten thousand connections held open on a port, while an honest desk, an honest booth and honest visitors go on.

Part of the connections is silent, part stops in the handshake, part idles after a request, part sends headers or a body
byte by byte, part never reads its answers; and new ones keep coming. Asserts that nobody honest is kept out, that answers
come in bounded time and memory stays bounded, and that all is released afterwards. Where the limit of open files doesn't
allow ten thousand, it says how many were used.
"""
import os
import pathlib
import resource
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "flow"))
import stimme  # noqa: E402

WANTED = 10_000
ADDRESSES = 100  # the attack comes from 127.1.0.1, 127.1.0.2, ...
RESERVE = 2_000  # files that server and test need beside
BYTES_A_CONNECTION = 160 << 10
SLOWEST = 6.0  # seconds for a program of the honest to start, ask several times and end
PATIENCE = 20.0  # seconds for opening them; a handshake may last 10
AT_LEAST = 2_500  # connections, below which the test would show nothing
PER_ADDRESS = 1_000  # the server's default


def usable():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = min(WANTED, hard - RESERVE)
    if count < WANTED:
        print(f"only {hard} files may be open: {count} connections instead of {WANTED}")
    return count


def connect(port, address):
    connection = socket.socket()
    connection.settimeout(10)
    connection.bind((address, 0))
    connection.connect(("127.0.0.1", port))
    return connection


def client_hello():
    """What a client says first."""
    context, outgoing = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.MemoryBIO()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        context.wrap_bio(ssl.MemoryBIO(), outgoing).do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()


class Attack:
    """Connections of many kinds to one port."""

    def __init__(self, port, insider=None):
        self.port, self.held, self.pushed_out = port, [], 0
        self.hello = client_hello()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
        if insider:
            self.tls.load_cert_chain(insider / "cert.pem", insider / "key.pem")
        self.stopping = threading.Event()

    def silent(self, address):
        return connect(self.port, address)

    def half_a_hello(self, address):
        connection = connect(self.port, address)
        connection.sendall(self.hello[:100])
        return connection

    def no_answer_to_the_servers_hello(self, address):
        connection = connect(self.port, address)
        connection.sendall(self.hello)
        return connection

    def secure(self, address, text):
        connection = self.tls.wrap_socket(connect(self.port, address))
        connection.sendall(text)
        return connection

    def idle_after_a_request(self, address):
        connection = self.secure(address, b"GET /v1/elections HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.recv(4096)
        return connection

    def slow_header(self, address):
        return self.secure(address, b"GET /v1/elections HTTP/1.1\r\nHost: x\r\nX-Slow: ")

    def slow_body(self, address):
        return self.secure(address, b"POST /v1/elections HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n{")

    def never_reading(self, address):
        return self.secure(address, b"GET /v1/elections HTTP/1.1\r\nHost: x\r\n\r\n" * 20)

    def hold(self, kinds):
        """As many connections of each kind as it says, in this order, by four threads."""
        todo = [kind for kind, count in kinds for _ in range(count)]

        def work(first):
            for i in range(first, len(todo), 4):
                try:
                    self.held.append(todo[i](f"127.1.0.{1 + i % ADDRESSES}"))
                except OSError:  # pushed out before it was done
                    self.pushed_out += 1
        threads = [threading.Thread(target=work, args=(first,)) for first in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def keep_coming(self, rate=500):
        """Goes on opening connections, as many a second, and trickles bytes into those that are open."""
        def work():
            i = 0
            while not self.stopping.wait(1 / 50):
                for _ in range(rate // 50):
                    i += 1
                    try:
                        self.held[i % len(self.held)].close()
                        self.held[i % len(self.held)] = self.silent(f"127.1.0.{1 + i % ADDRESSES}")
                        self.held[(i * 7) % len(self.held)].send(b"x")
                    except (OSError, ValueError):
                        pass
        thread = threading.Thread(target=work)
        thread.start()
        return thread

    def release(self):
        self.stopping.set()
        for connection in self.held:
            try:
                connection.close()
            except OSError:
                pass
        self.held.clear()


class Process:
    """What the system knows of the server's process."""

    def __init__(self, server):
        self.folder = pathlib.Path("/proc") / str(server.process.pid)

    def seconds(self):
        """Of processor time."""
        fields = (self.folder / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, row="VmRSS:"):
        line = next(l for l in (self.folder / "status").read_text().splitlines() if l.startswith(row))
        return int(line.split()[1]) << 10

    def files(self):
        return len(os.listdir(self.folder / "fd"))

    def wait_for_files(self, fits, what):
        for _ in range(200):
            if fits(self.files()):
                return
            time.sleep(0.05)
        raise AssertionError(f"{what}: {self.files()} files are open")


class Honest:
    """A desk and a booth at work, and visitors of the record."""

    def __init__(self, election):
        self.election = election
        self.station = election.definition["stations"][0]["id"]
        self.voters = iter(election.voters(self.station))
        self.votes = 0

    def timed(self, *work):
        begin = time.monotonic()
        work[0](*work[1:])
        return time.monotonic() - begin

    def vote(self):
        number = next(self.voters)["number"]
        a_pass = self.election.check_in(self.station, number)
        answers = self.election.vote(
            self.station, [{"pass": a_pass, "choices": [self.election.options()[0]], "then": "cast"}])
        assert len(answers) == 1, answers
        self.votes += 1

    def visit(self, address):
        subprocess.run(["curl", "-sf", "--max-time", "10", "--interface", address, "--cacert",
                        self.election.server.identity / "ca/ca.pem", f"{self.election.url}/record/checkpoint"],
                       capture_output=True, check=True)

    def work(self, times):
        return [self.timed(self.vote) for _ in range(times)]

    def visits(self, times):
        """Half of them from an address that the attack uses, too."""
        return [self.timed(self.visit, "127.1.0.1" if i % 2 else "127.0.0.1") for i in range(times)]


def check_pace(what, before, during):
    print(f"  {what}: median {statistics.median(before) * 1000:.0f} ms before, "
          f"{statistics.median(during) * 1000:.0f} ms during, at most {max(during) * 1000:.0f} ms")
    assert max(during) < SLOWEST, f"{what} took {max(during):.1f} s"


def attack_from_one_address(port, process, files_before):
    attack = Attack(port)
    for _ in range(PER_ADDRESS + 500):
        attack.held.append(attack.silent("127.1.0.1"))
    process.wait_for_files(lambda n: n <= files_before + PER_ADDRESS, "one address has a bound")
    attack.release()
    process.wait_for_files(lambda n: n <= files_before, "closed connections are released")


def attack_from_many(attack, kinds, count, process, honest, before):
    files_before, memory_before, seconds_before = process.files(), process.memory(), process.seconds()
    begin = time.monotonic()
    attack.hold(kinds)
    while process.files() - files_before < count and time.monotonic() - begin < PATIENCE:
        attack.hold([(attack.silent, 500)])  # in place of what ran into the server's deadlines meanwhile
    held = process.files() - files_before
    print(f"  {held} of {count} connections held after {time.monotonic() - begin:.1f} s, "
          f"for {process.seconds() - seconds_before:.1f} s of the server's processor time; "
          f"{attack.pushed_out} were pushed out on the way")
    if held < count * 0.95:
        print(f"  this machine is too busy to open {count} within the deadlines of the server")
    assert held > AT_LEAST, "the port doesn't hold what it promises"
    coming = attack.keep_coming()
    try:
        during = honest.work(8), honest.visits(8)
    finally:
        attack.stopping.set()
        coming.join()
    growth = process.memory("VmHWM:") - memory_before
    print(f"  memory: {growth >> 20} MiB more at the most, {growth // count >> 10} KiB a connection")
    check_pace("check in and vote", before[0], during[0])
    check_pace("look at the record", before[1], during[1])
    assert growth < BYTES_A_CONNECTION * count, "memory grew without bound"
    attack.release()
    process.wait_for_files(lambda n: n <= files_before + 20, "closed connections are released")


def refused_unread(server, election):
    """A stranger announces 200 MiB for what only officials may send: refused before any of it is read."""
    tls = ssl.create_default_context(cafile=server.identity / "ca/ca.pem")
    tls.check_hostname = False
    with tls.wrap_socket(connect(server.public, "127.0.0.1")) as connection:
        connection.sendall(f"POST /v1/elections/{election.name}/roll/imports HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                           f"Idempotency-Key: k\r\nContent-Length: {200 << 20}\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 401 "), "a large body of a stranger was waited for"


def run_public(server, honest, count):
    process = Process(server)
    before = honest.work(4), honest.visits(4)
    attack_from_one_address(server.public, process, process.files())
    attack = Attack(server.public)
    each = count // 40
    kinds = [(attack.idle_after_a_request, each), (attack.slow_header, each), (attack.slow_body, each),
             (attack.never_reading, each), (attack.no_answer_to_the_servers_hello, 2 * each),
             (attack.half_a_hello, 12 * each), (attack.silent, 22 * each)]
    attack_from_many(attack, kinds, count, process, honest, before)


def run_staff(server, honest, count):
    """Strangers hold what they can; an insider with a booth's certificate tries the rest."""
    process = Process(server)
    before = honest.work(4), honest.visits(4)
    attack_from_one_address(server.staff, process, process.files())
    station = honest.election.definition["stations"][1]["id"]
    attack = Attack(server.staff, honest.election.folder / f"keys/booths/booth-{station}-1")
    each = count // 100
    kinds = [(attack.idle_after_a_request, each), (attack.slow_header, each), (attack.slow_body, each),
             (attack.no_answer_to_the_servers_hello, 5 * each), (attack.half_a_hello, 30 * each),
             (attack.silent, 62 * each)]
    attack_from_many(attack, kinds, count, process, honest, before)


def main():
    count = usable()
    server = stimme.Server()
    election = stimme.Election(server, "held", people=200)
    try:
        for name, run in (("public", run_public), ("staff", run_staff)):
            connections = {"public": 500, "staff": 500, name: count}
            server.options = ["--public-connections", str(connections["public"]), "--staff-connections",
                              str(connections["staff"])]
            server.start()
            if name == "public":
                election.prepare()
                honest = Honest(election)
                refused_unread(server, election)
            print(f"the {name} port:")
            run(server, honest, count)
            server.stop()
        server.start()
        cast = sum(e["type"] == "ballot-cast" for e in election.entries())
        assert cast == honest.votes, f"{cast} ballots in the log, {honest.votes} were cast"
    finally:
        server.remove()


if __name__ == "__main__":
    main()
