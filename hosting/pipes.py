"""uvicorn's HTTP protocol with a door to the connection itself, for answers that stream.

The hub writes to thousands of connections and must know which of them are full, and be able to let go of one whose
reader stands still: the server's own `send` would wait for such a reader for ever. Every request carries its connection
in the extensions, under `PIPE`; `hosting.sessions.hub.Pipe` says what of it may be used.
"""

import socket
import struct
from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PIPE = "matinee.pipe"


class PipedProtocol(HttpToolsProtocol):
    """A connection that can be written to past the framework."""

    on_writable: Callable[[], None] | None = None

    def on_message_begin(self) -> None:
        """As uvicorn's; the request knows its connection."""
        super().on_message_begin()
        self.scope["extensions"] = {PIPE: {"pipe": self}}

    def resume_writing(self) -> None:
        """As uvicorn's; whoever waits for room is told."""
        super().resume_writing()
        if self.on_writable is not None:
            self.on_writable()

    @property
    def paused(self) -> bool:
        """Whether what is written now would wait in memory."""
        return self.flow.write_paused

    def write(self, data: bytes) -> None:
        """Hand bytes to the transport; never waits."""
        self.transport.write(data)

    def close(self) -> None:
        """Close once everything written is sent."""
        self.transport.close()

    def abort(self) -> None:
        """Close at once and let go of what is not sent, by the kernel too."""
        connection = self.transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()
