"""What runs beside the requests: the hub that writes to the event streams, and the scheduler that issues cues."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hosting.sessions.engine.log_writer import LogWriter
from hosting.sessions.engine.scheduler import Scheduler


@asynccontextmanager
async def lifespan(log_writer: LogWriter) -> AsyncIterator[None]:
    """Run the hub and the scheduler as tasks of the event loop while the context is open; cancel them at its end."""
    tasks = [
        asyncio.create_task(log_writer.hub.run()),
        asyncio.create_task(Scheduler(log_writer.context, log_writer).run()),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


def before_shutdown(log_writer: LogWriter) -> None:
    """End all event streams: the server waits for open requests before it stops, and a stream has no end of its own."""
    log_writer.hub.close()
