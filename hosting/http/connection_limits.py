"""Limits on what a connection may cost: the size of request headers, slow senders, slow readers of plain responses.

uvicorn limits none of these. Headers may have `MAX_HEADER_BYTES` bytes and take the idle time of the settings (30 s).
The next bytes of a body must come within the idle time, and the whole body at `MIN_BODY_RATE` on average. The reader of
a response must take some of it within the idle time. Routes limit the size of bodies (`body_limits`); a stalled reader
of an event stream is cut off by `hosting.sessions.engine.hub` (`STALL_BEATS`).
"""

import asyncio
from asyncio import TimerHandle, Transport
from typing import Any, cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

from editor.errors import KnownError
from editor.schedule.model import SECOND
from hosting.http.problem_details import encode_problem, send_problem
from hosting.http.raw_transport import TRANSPORT_EXTENSION, RawTransportProtocol

MAX_HEADER_BYTES = 64 * 1024
MIN_BODY_RATE = 1_024
"""Bytes per second of a body, from the end of the first idle time."""


class LimitedProtocol(RawTransportProtocol):
    """HTTP connection whose request headers are limited in bytes (`MAX_HEADER_BYTES`) and in time.

    uvicorn makes one for each connection and calls it on the event loop's thread. Larger headers are answered with 431,
    slow ones end the connection. The overridden methods do what uvicorn's do, and start or cancel the timer besides.

    Args:
        *config: What uvicorn gives its protocols.
        idle_ms: How long headers, or the rest of a body that was answered already, may take, in milliseconds.
        **options: What uvicorn gives its protocols.
    """

    _header_bytes = 0
    """Bytes of the headers received so far; -1 while none are expected."""
    _timer: TimerHandle | None = None
    """Aborts the connection if headers, or the rest of a body that was answered already, do not come in time."""

    def __init__(self, *config: Any, idle_ms: int, **options: Any) -> None:
        super().__init__(*config, **options)
        self._idle_timeout_s = idle_ms / SECOND

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Handle a new connection: start the timer for its first headers."""
        super().connection_made(transport)
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Handle the end of the connection: stop the timer."""
        self._cancel_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Handle received bytes: count those of headers, and answer 431 to more than `MAX_HEADER_BYTES`."""
        if self._owner is None:
            if self._timer is None and not self._is_responding:
                self._start_timer()
            if self._header_bytes >= 0:
                self._header_bytes += len(data)
        super().data_received(data)
        if self._header_bytes > MAX_HEADER_BYTES:
            if self._is_responding:
                self.abort()  # an error now would be read as part of the previous response
                return
            self._send_error(431, b"Request Header Fields Too Large", encode_problem("request.head"))

    def on_message_begin(self) -> None:
        """Handle the beginning of a request, maybe while the previous response is still sent: count its headers."""
        self._header_bytes = max(0, self._header_bytes)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Handle the end of the headers: stop the timer; the time of a body is limited by `with_connection_limits`."""
        self._cancel_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Handle the end of a request: stop the timer."""
        self._cancel_timer()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer a request that cannot be parsed with the problem ``request.invalid``, and close the connection."""
        self._send_error(400, b"Bad Request", encode_problem("request.invalid", {"reason": msg}))

    @property
    def _is_responding(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _start_timer(self) -> None:
        self._timer = self.loop.call_later(self._idle_timeout_s, self.abort)

    def _cancel_timer(self) -> None:
        self._header_bytes = -1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _send_error(self, status: int, reason: bytes, body: bytes) -> None:
        self._cancel_timer()
        if self._is_responding and self.cycle.response_started:
            self.abort()  # another response is being sent; an error cannot be put into its middle
        elif not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 %d %b\r\ncontent-type: application/problem+json\r\n"
                b"content-length: %d\r\nconnection: close\r\n\r\n%b" % (status, reason, len(body), body)
            )
            self.transport.close()


def with_connection_limits(application: ASGIApp, idle_ms: int) -> ASGIApp:
    """Wrap an application with limits on the headers, the time of the body, and the time that a reader takes nothing.

    Headers above `MAX_HEADER_BYTES` are answered with ``request.head``. A slow body makes `receive` raise
    ``request.slow``. A reader that takes nothing for the idle time loses the connection.

    Args:
        application: The ASGI application; other scopes than HTTP reach it unchanged.
        idle_ms: The idle time in milliseconds: how long nothing may be received or taken.
    """
    idle_timeout_s = idle_ms / SECOND

    async def limited_application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await application(scope, receive, send)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
            await send_problem(KnownError("request.head"), send)
        else:
            await application(
                scope, _with_receive_timeout(receive, idle_timeout_s), _with_send_timeout(scope, send, idle_timeout_s)
            )

    return limited_application


def _with_receive_timeout(receive: Receive, idle_timeout_s: float) -> Receive:
    """Wrap `receive` so that it raises ``request.slow`` when the sender is too slow."""
    loop = asyncio.get_running_loop()
    start_time, received_bytes, expects_more = loop.time(), 0, True

    async def receive_with_timeout() -> HTTPReceiveMessage:
        nonlocal received_bytes, expects_more
        if not expects_more:  # only the end of the connection can follow, at any time
            return cast("HTTPReceiveMessage", await receive())
        left = start_time + idle_timeout_s + received_bytes / MIN_BODY_RATE - loop.time()
        try:
            async with asyncio.timeout(min(idle_timeout_s, max(0.0, left))):
                message = cast("HTTPReceiveMessage", await receive())
        except TimeoutError as error:
            raise KnownError("request.slow") from error
        if message["type"] == "http.request":
            received_bytes += len(message["body"])
            expects_more = message["more_body"]
        return message

    return receive_with_timeout


def _with_send_timeout(scope: Scope, send: Send, idle_timeout_s: float) -> Send:
    """Wrap `send` so that it aborts the connection when the reader takes nothing for the idle time."""
    transport: Any = (scope.get("extensions") or {}).get(TRANSPORT_EXTENSION, {}).get("transport")

    async def send_with_timeout(message: Message) -> None:
        try:
            async with asyncio.timeout(idle_timeout_s):
                await send(message)
        except TimeoutError:
            if transport is None:
                raise
            # From here on `send` discards its messages, so the framework finishes the response by itself.
            transport.abort()

    return send_with_timeout
