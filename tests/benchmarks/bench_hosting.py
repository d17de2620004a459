"""Memory of the idle hosting against a bare uvicorn with Litestar, and the time of its list of 200 webinars.

Every sync begins with that list, so each member of a team requests it often. The baseline is `/healthz`, which reads
one row.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from editor.schedule.model import Cta, Webinar
from tests.hosting.hosting_fixtures import HostingServer, make_push_body

pytestmark = pytest.mark.benchmark_table
WEBINARS = 200
REQUESTS = 100
MAX_RATIO = 2
MAX_MS = 50
BASELINE_APP = """
import socket
import sys

import uvicorn
from litestar import Litestar, get

@get("/", sync_to_thread=False)
def hello() -> str:
    return "hello"

app = Litestar([hello], openapi_config=None, logging_config=None)
uvicorn.Server(uvicorn.Config(app, loop="uvloop", http="httptools", ws="none", log_config=None)).run(
    sockets=[socket.socket(fileno=int(sys.argv[1]))]
)
"""


def measure_memory_mb(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1_024


@pytest.fixture
def baseline():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        process = subprocess.Popen(
            [sys.executable, "-c", BASELINE_APP, str(listening.fileno())],
            pass_fds=[listening.fileno()],
            env={**os.environ},
        )
        # The connection waits in the socket until the server accepts it.
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert requests.get(url, timeout=60).text == "hello"
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def served(tmp_path):
    server = HostingServer(tmp_path / "data")
    yield server
    server.kill()


def test_the_idle_hosting(baseline, served):
    assert requests.get(f"{served.url}/healthz", timeout=60).status_code == 200
    ours, theirs = measure_memory_mb(served.process), measure_memory_mb(baseline)
    print(f"\nidle: the hosting {ours:.0f} MB, a bare uvicorn with Litestar {theirs:.0f} MB, ratio {ours / theirs:.2f}")
    assert ours / theirs <= MAX_RATIO


def test_the_list_of_webinars(served):
    team = served.sign_in_owner() | {"Content-Type": "application/json"}
    with requests.Session() as http_session:
        http_session.headers.update(team)
        for number in range(WEBINARS):
            offers = tuple(
                Cta(id=f"c{at}", start_ms=at * 60_000, length_ms=30_000, offer=f"o{at}", title="Buy")
                for at in range(100)
            )
            webinar = Webinar(id=f"w{number}", title=f"Evening {number}", interactions=offers)
            headers = {"If-None-Match": "*"}
            response = http_session.put(
                f"{served.url}/api/webinars/{webinar.id}", data=make_push_body(webinar), headers=headers, timeout=60
            )
            assert response.status_code == 200, response.text
        medians = {}
        for path in ("/healthz", "/api/webinars"):
            times_ms = []
            for _ in range(REQUESTS + 10):
                started_at = time.perf_counter()
                answer = http_session.get(served.url + path, timeout=60)
                times_ms.append((time.perf_counter() - started_at) * 1_000)
                assert answer.status_code == 200
            medians[path] = statistics.median(times_ms[10:])
        assert len(answer.json()["webinars"]) == WEBINARS
    least, most = medians["/healthz"], medians["/api/webinars"]
    print(f"\n{WEBINARS} webinars: the list {most:.1f} ms, /healthz {least:.1f} ms, ratio {most / least:.1f}")
    print(f"  memory after that {measure_memory_mb(served.process):.0f} MB")
    assert most <= MAX_MS
