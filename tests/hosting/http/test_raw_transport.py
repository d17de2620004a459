"""A connection of the hosting is aborted at any moment, on the event loop that serves and on Python's own."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
import uvloop
from uvicorn.server import ServerState

from hosting.http.connection_limits import LimitedProtocol


async def answer_nothing(_scope, _receive, _send):
    await asyncio.Event().wait()


async def abort_after_the_end(transport_ends: str) -> None:
    """Open a connection, end it, and abort it once more after the event loop has told of its end."""
    loop = asyncio.get_running_loop()
    config = uvicorn.Config(answer_nothing, ws="none", log_config=None, access_log=False)
    config.load()
    made, lost = loop.create_future(), loop.create_future()

    class Recorder(LimitedProtocol):
        def connection_made(self, transport):
            super().connection_made(transport)
            made.set_result(self)

        def connection_lost(self, exc):
            super().connection_lost(exc)
            lost.set_result(None)

    server = await loop.create_server(lambda: Recorder(config, ServerState(), {}, loop, idle_ms=30_000), "127.0.0.1", 0)
    with socket.create_connection(server.sockets[0].getsockname()) as client:
        protocol = await made
        if transport_ends == "by the other side":
            client.close()
        else:
            getattr(protocol, transport_ends)()
            protocol.abort()
        await lost
        protocol.abort()
    server.close()


@pytest.mark.parametrize("make_loop", [uvloop.new_event_loop, asyncio.new_event_loop])
@pytest.mark.parametrize("transport_ends", ["close", "abort", "by the other side"])
def test_aborting_a_closed_connection_does_nothing(make_loop, transport_ends):
    def run_in_thread():
        with asyncio.Runner(loop_factory=make_loop) as runner:
            runner.run(abort_after_the_end(transport_ends))

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run_in_thread).result()
