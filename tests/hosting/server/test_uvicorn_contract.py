"""Contract test of the insides of uvicorn that the server overrides: a version that changes them fails here.

`hosting.http` subclasses uvicorn's HTTP protocol, and `hosting.server` its server.
"""

import asyncio
import inspect
import tomllib
from pathlib import Path

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from hosting.http.connection_limits import LimitedProtocol
from hosting.http.raw_transport import TRANSPORT_EXTENSION, RawTransportProtocol
from hosting.server.uvicorn_runner import _AnnouncingServer
from tests.hosting.event_loops import run_in_new_loop

OVERRIDES = {
    LimitedProtocol: {
        "connection_made",
        "connection_lost",
        "data_received",
        "on_message_begin",
        "on_headers_complete",
        "on_message_complete",
        "send_400_response",
    },
    RawTransportProtocol: {
        "on_message_begin",
        "data_received",
        "pause_writing",
        "resume_writing",
        "connection_lost",
    },
    _AnnouncingServer: {"startup", "shutdown"},
}
UPSTREAM = {
    LimitedProtocol: HttpToolsProtocol,
    RawTransportProtocol: HttpToolsProtocol,
    _AnnouncingServer: uvicorn.Server,
}
REQUEST = b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n"


class FakeTransport(asyncio.Transport):
    """Keeps what is written; its socket is a number that nothing is written to."""

    def __init__(self):
        super().__init__()
        self.sent = b""
        self.closed = False

    def get_extra_info(self, name, default=None):
        return self if name == "socket" else default

    def fileno(self):
        return -1

    def getpeername(self):
        return ("127.0.0.1", 1)

    getsockname = getpeername

    def is_closing(self):
        return self.closed

    def get_write_buffer_size(self):
        return 0

    def write(self, data):
        self.sent += data

    def close(self):
        self.closed = True

    def pause_reading(self):
        pass

    def resume_reading(self):
        pass


class FakeOwner:
    lost = False

    def on_writable(self):
        pass

    def on_lost(self):
        self.lost = True


@pytest.fixture
def run():
    """Run a scenario with a connection of our protocol whose application has begun a streamed answer."""

    def run_scenario(scenario):
        async def main():
            requested, ended = [], asyncio.Event()

            async def application(scope, _receive, send):
                requested.append(scope)
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await ended.wait()

            config = uvicorn.Config(application, ws="none", log_config=None, access_log=False)
            config.load()
            protocol = LimitedProtocol(config, ServerState(), {}, asyncio.get_running_loop(), idle_ms=1_000)
            protocol.connection_made(FakeTransport())
            protocol.data_received(REQUEST)
            await asyncio.sleep(0.01)
            assert requested[0]["extensions"][TRANSPORT_EXTENSION]["transport"] is protocol
            try:
                scenario(protocol)
            finally:
                if protocol.cycle is not None:
                    protocol.cycle.disconnected = True
                ended.set()
                await asyncio.gather(*protocol.tasks)

        run_in_new_loop(main())

    return run_scenario


def test_the_installed_version_is_within_the_bounds_of_the_project():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    (bound,) = (one for one in project["optional-dependencies"]["hosting"] if one.startswith("uvicorn"))
    least, below = (tuple(map(int, part.split("."))) for part in bound.partition("]>=")[2].split(",<"))
    assert least <= tuple(map(int, uvicorn.__version__.split(".")[:2])) < below


@pytest.mark.parametrize("ours", OVERRIDES)
def test_what_we_override_is_there_with_the_same_parameters(ours):
    upstream = UPSTREAM[ours]
    methods = {name for name, value in vars(ours).items() if inspect.isfunction(value) and not name.startswith("__")}
    assert {name for name in methods if hasattr(upstream, name)} == OVERRIDES[ours]
    for name in OVERRIDES[ours]:
        parameters = [list(inspect.signature(getattr(one, name)).parameters) for one in (ours, upstream)]
        assert parameters[0] == parameters[1], name


def test_uvicorn_has_no_attributes_under_the_names_that_we_add(run):
    added = {
        name
        for one in (LimitedProtocol, RawTransportProtocol)
        for name in vars(one)
        if not name.startswith("__") and name not in OVERRIDES[one]
    }

    def scenario(protocol):
        upstream = HttpToolsProtocol(protocol.config, ServerState(), {}, protocol.loop)
        assert {name for name in added if hasattr(upstream, name)} == set()

    run(scenario)


def test_the_attributes_that_we_read_are_there(run):
    def scenario(protocol):
        for name in ("transport", "flow", "cycle", "scope", "loop", "parser", "headers", "url", "pipeline"):
            assert getattr(protocol, name) is not None, name
        assert isinstance(protocol.cycle, RequestResponseCycle)
        assert protocol.cycle.response_started is True
        assert protocol.cycle.response_complete is False
        assert protocol.cycle.disconnected is False
        assert protocol.flow.write_paused is False

    run(scenario)


def test_a_connection_that_was_handed_over_is_written_to_shut_down_and_lost_without_the_framework(run):
    def scenario(protocol):
        owner, transport = FakeOwner(), protocol.transport
        assert protocol.hand_over(owner) is True
        protocol.data_received(REQUEST)
        protocol.write(b"row")
        assert transport.sent.endswith(b"\r\n\r\nrow"), "the answer's head went out before"
        protocol.pause_writing()
        assert protocol.is_paused
        protocol.resume_writing()
        protocol.shutdown()
        assert transport.closed
        protocol.connection_lost(None)
        assert owner.lost
        assert protocol not in protocol.connections

    run(scenario)


def test_a_request_that_cannot_be_parsed_gets_a_problem_document(run, expected_logs):
    expected_logs.append("Invalid HTTP request")

    def scenario(protocol):
        other = LimitedProtocol(protocol.config, ServerState(), {}, protocol.loop, idle_ms=1_000)
        other.connection_made(FakeTransport())
        other.data_received(b"\x00\x01\r\n\r\n")
        assert other.transport.sent.startswith(b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json")
        assert other.transport.closed

    run(scenario)
