"""uvicorn's HTTP protocol with a door to the connection itself, for answers that stream.

The hub writes to thousands of connections and must know which of them are full, and be able to let go of one whose
reader stands still: the server's own `send` would wait for such a reader for ever. Every request carries its connection
in the extensions, under `TRANSPORT_EXTENSION`; `hosting.sessions.engine.hub.RawTransport` says what of it may be used.

Once an answer has begun, its connection can be handed over whole (`hand_over`): the framework then takes the request
for answered, and task, parser, headers and all else that belongs to it are let go of. What is left is a socket.
"""

import os
import socket
import struct
from asyncio import TimerHandle
from typing import Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TRANSPORT_EXTENSION = "matinee.transport"
CLOSE_TIMEOUT_S = 2
"""How long a connection that is closed may take to send what is left."""


class TransportOwner(Protocol):
    """Whom a connection was handed to."""

    def on_writable(self) -> None:
        """What waited in memory has been sent."""

    def on_lost(self) -> None:
        """The connection is gone."""


class RawTransportProtocol(HttpToolsProtocol):
    """A connection that can be written to past the framework."""

    _owner: TransportOwner | None = None
    _write_paused = False
    _close_timer: TimerHandle | None = None
    _file_descriptor = -1
    """The file descriptor, once the connection was handed over."""

    def on_message_begin(self) -> None:
        """As uvicorn's; the request knows its connection."""
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT_EXTENSION: {"transport": self}}

    def hand_over(self, owner: TransportOwner) -> bool:
        """Give the connection away in the middle of its answer; False where it is gone already."""
        if self.transport.is_closing() or self.cycle is None or self.cycle.disconnected:
            return False
        self._owner = owner
        self._file_descriptor = self.transport.get_extra_info("socket").fileno()
        self._write_paused = self.flow.write_paused
        self.cycle.response_complete = True
        # uvicorn asks for `cycle` and `flow` whether they are there; nobody asks for the others any more.
        for name in ("cycle", "flow", "parser", "scope", "headers", "url", "pipeline"):
            setattr(self, name, None)
        return True

    def data_received(self, data: bytes) -> None:
        """As uvicorn's; whoever listens to a stream has nothing to say on it."""
        if self._owner is None:
            super().data_received(data)

    def pause_writing(self) -> None:
        """As uvicorn's."""
        if self._owner is None:
            super().pause_writing()
        self._write_paused = True

    def resume_writing(self) -> None:
        """As uvicorn's; whoever waits for room is told."""
        self._write_paused = False
        if self._owner is None:
            super().resume_writing()
        else:
            self._owner.on_writable()

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; the owner is told."""
        owner, self._owner = self._owner, None
        if self._close_timer is not None:
            self._close_timer.cancel()
        super().connection_lost(exc)
        if owner is not None:
            owner.on_lost()

    @property
    def is_paused(self) -> bool:
        """Whether what is written now would wait in memory."""
        return self._write_paused

    def write(self, data: bytes) -> None:
        """Give bytes to the kernel, and to the transport what does not fit; never waits.

        Past the transport there is no queue to go through, which is a tenth of what a delivery costs. That it is not
        closing is asked each time: from then on its number may be another connection's.
        """
        transport = self.transport
        if self._file_descriptor >= 0 and not transport.is_closing() and transport.get_write_buffer_size() == 0:
            try:
                sent = os.write(self._file_descriptor, data)
            except OSError:
                sent = 0  # full, or gone: the transport finds out which
            if sent == len(data):
                return
            data = data[sent:]
        transport.write(data)

    def close(self) -> None:
        """Close once everything written is sent, or could not be sent for too long."""
        self.transport.close()
        if self._close_timer is None:
            self._close_timer = self.loop.call_later(CLOSE_TIMEOUT_S, self.abort)

    def abort(self) -> None:
        """Close at once and let go of what is not sent, by the kernel too."""
        connection = self.transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()
