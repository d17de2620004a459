"""A TCP proxy that simulates a slow network: a delay for each direction, and stalls."""

import asyncio
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

CHUNK_SIZE = 64 * 1024
MAX_QUEUED = 64
"""The most chunks queued in one direction; after that the sender waits, as on a real network."""


@dataclass(frozen=True)
class LineDelay:
    """The delay of a chunk in milliseconds, uniformly distributed from `least` to `most`."""

    least: int = 0
    most: int = 0


class DelayProxy:
    """A TCP proxy on the loopback interface, in its own thread."""

    def __init__(self, target: tuple[str, int], up: LineDelay, down: LineDelay, seed: int) -> None:
        self.up = up
        self.down = down
        self._target = target
        self._random = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._stalled_until = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="line")
        self._thread.start()
        ready.wait(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stall(self, ms: int) -> None:
        """Deliver nothing for a time in ms; chunks on the way arrive afterwards."""
        self._stalled_until = self._loop.time() + ms / 1_000

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        self._loop.run_until_complete(self._serve(ready))
        self._loop.close()

    async def _serve(self, ready: threading.Event) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._on_connected, "127.0.0.1", 0)
        self.port: int = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        for writer in self._writers:
            writer.transport.abort()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _on_connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection(*self._target)
        self._writers |= {writer, server_writer}
        for source, target, delay in (
            (reader, server_writer, lambda: self.up),
            (server_reader, writer, lambda: self.down),
        ):
            task = self._loop.create_task(self._forward(source, target, delay))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forward(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, delay: Callable[[], LineDelay]
    ) -> None:
        """Read on while earlier chunks are on the way; they arrive in order."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(MAX_QUEUED)
        delivery = self._loop.create_task(self._deliver(queue, target))
        with suppress(OSError):
            while piece := await source.read(CHUNK_SIZE):
                delay_s = self._random.uniform(delay().least, delay().most) / 1_000
                await queue.put((self._loop.time() + delay_s, piece))
        await queue.put((0.0, b""))
        await delivery

    async def _deliver(self, queue: "asyncio.Queue[tuple[float, bytes]]", target: asyncio.StreamWriter) -> None:
        while True:
            due, piece = await queue.get()
            if not piece:
                break
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            await asyncio.sleep(max(0.0, self._stalled_until - self._loop.time()))
            # A browser that has closed the connection is no failure; what it sent is still read to the end.
            with suppress(OSError):
                target.write(piece)
                await target.drain()
        with suppress(OSError):
            target.close()
            await target.wait_closed()
        self._writers.discard(target)
