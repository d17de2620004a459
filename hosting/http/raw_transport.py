"""uvicorn's HTTP protocol with access to the connection itself, for responses that stream.

The hub writes to thousands of connections. It must know which of them are full and be able to abort one whose reader
has stalled; the server's own `send` would wait for that reader without end. Every request carries its connection in the
ASGI scope's extensions, under `TRANSPORT_EXTENSION`; the protocol `hosting.sessions.engine.hub.RawTransport` lists what
may be used of it.

Once a response has begun, its connection can be handed over (`hand_over`): the framework then takes the request for
answered, and its task, parser and headers are released. Only the socket is left.
"""

import os
import socket
import struct
from asyncio import TimerHandle
from typing import Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TRANSPORT_EXTENSION = "matinee.transport"
CLOSE_TIMEOUT_S = 2
"""Seconds that a closed connection may take to send what is left."""


class TransportOwner(Protocol):
    """What takes over a connection by `RawTransportProtocol.hand_over` and then receives its events.

    They come on the event loop's thread.
    """

    def on_writable(self) -> None:
        """Handle that the write buffer has room again after it was full: go on writing."""

    def on_lost(self) -> None:
        """Handle the end of the connection, by either side; called once, and nothing can be written any more."""


class RawTransportProtocol(HttpToolsProtocol):
    """HTTP connection of uvicorn that an owner can take over (`hand_over`) and write to without the framework.

    All is called on the event loop's thread. The overridden methods do what uvicorn's do until the connection is handed
    over.
    """

    _owner: TransportOwner | None = None
    _write_paused = False
    _close_timer: TimerHandle | None = None
    _file_descriptor = -1
    """The file descriptor once the connection was handed over, -1 before."""

    def on_message_begin(self) -> None:
        """Handle the beginning of a request: put this connection into the extensions of the request's scope."""
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT_EXTENSION: {"transport": self}}

    def hand_over(self, owner: TransportOwner) -> bool:
        """Give the connection to an owner in the middle of its response; return False if it is closed already.

        Call it after the response has begun. From then on the framework takes the request for answered, received bytes
        are dropped, and the owner must write the rest of the body, chunk framing included, and `close`.
        """
        if self.transport.is_closing() or self.cycle is None or self.cycle.disconnected:
            return False
        self._owner = owner
        self._file_descriptor = self.transport.get_extra_info("socket").fileno()
        self._write_paused = self.flow.write_paused
        self.cycle.response_complete = True
        # uvicorn checks `cycle` and `flow` for None; it does not use the others any more.
        for name in ("cycle", "flow", "parser", "scope", "headers", "url", "pipeline"):
            setattr(self, name, None)
        return True

    def data_received(self, data: bytes) -> None:
        """Handle received bytes; those on a connection that was handed over are dropped."""
        if self._owner is None:
            super().data_received(data)

    def pause_writing(self) -> None:
        """Handle that the transport's write buffer is full: `is_paused` is true from now on."""
        if self._owner is None:
            super().pause_writing()
        self._write_paused = True

    def resume_writing(self) -> None:
        """Handle that the write buffer has room again: `is_paused` becomes false, and the owner is notified."""
        self._write_paused = False
        if self._owner is None:
            super().resume_writing()
        else:
            self._owner.on_writable()

    def connection_lost(self, exc: Exception | None) -> None:
        """Handle the end of the connection: call the owner's `on_lost`, once, if the connection was handed over."""
        owner, self._owner = self._owner, None
        if self._close_timer is not None:
            self._close_timer.cancel()
        super().connection_lost(exc)
        if owner is not None:
            owner.on_lost()

    @property
    def is_paused(self) -> bool:
        """Whether bytes written now would wait in the server's write buffer."""
        return self._write_paused

    def write(self, data: bytes) -> None:
        """Write bytes of the response to the socket, and give the transport what does not fit; never waits or raises.

        Writing to the socket saves a tenth of the cost of a delivery. Each call checks that the transport is not
        closing: once it is, the file descriptor may belong to another connection.
        """
        transport = self.transport
        if self._file_descriptor >= 0 and not transport.is_closing() and transport.get_write_buffer_size() == 0:
            try:
                sent = os.write(self._file_descriptor, data)
            except OSError:
                sent = 0  # the socket is full or closed; the transport finds out which
            if sent == len(data):
                return
            data = data[sent:]
        transport.write(data)

    def close(self) -> None:
        """Close the connection once everything written is sent, at the latest after `CLOSE_TIMEOUT_S`."""
        self.transport.close()
        if self._close_timer is None:
            self._close_timer = self.loop.call_later(CLOSE_TIMEOUT_S, self.abort)

    def abort(self) -> None:
        """Close the connection at once, and discard what is not sent, in the kernel's buffer too.

        On a connection that has ended already nothing happens: the hub may find out later than the event loop.
        """
        connection = self.transport.get_extra_info("socket")
        if connection is not None and connection.fileno() >= 0:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()
