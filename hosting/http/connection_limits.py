"""Bounds on what a connection may cost: heads, and senders and readers that stand still.

uvicorn bounds none of these. A head may grow to `MOST_HEAD` bytes and take the idle time of the settings (30 s); a
body's next bytes must come within that time, and all of them at `LEAST_RATE` on the whole; an answer's reader must make
room within it too. Bodies are bounded in size by their routes.
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
"""Bytes a second of a body, counted after the first idle time."""


class LimitedProtocol(RawTransportProtocol):
    """A connection whose heads are bounded, in bytes and in time."""

    _header_bytes = 0
    """Bytes of the head that is coming; -1 while none is."""
    _timer: TimerHandle | None = None
    """Ends a connection on which a head, or what is left of a body that was answered already, does not come."""

    def __init__(self, *config: Any, idle_ms: int, **options: Any) -> None:
        super().__init__(*config, **options)
        self._idle_timeout_s = idle_ms / SECOND

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's
        """As uvicorn's; the first head is awaited."""
        super().connection_made(transport)
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; nothing is awaited any more."""
        self._cancel_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, until a head is too large. What comes on a stream that was handed over is nobody's concern."""
        if self._owner is None:
            if self._timer is None and not self._is_responding:
                self._start_timer()
            if self._header_bytes >= 0:
                self._header_bytes += len(data)
        super().data_received(data)
        if self._header_bytes > MAX_HEADER_BYTES:
            if self._is_responding:
                self.abort()  # the answer before it would be taken for this one's
                return
            self._send_error(431, b"Request Header Fields Too Large", encode_problem("request.head"))

    def on_message_begin(self) -> None:
        """As uvicorn's; a head begins, maybe while the answer before it is still being made."""
        self._header_bytes = max(0, self._header_bytes)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """As uvicorn's; what follows is a body."""
        self._cancel_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """As uvicorn's; nothing is owed any more."""
        self._cancel_timer()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """As uvicorn's, told as all our failures are."""
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
            self.abort()  # another answer is on its way; nothing can be said in the middle of it
        elif not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 %d %b\r\ncontent-type: application/problem+json\r\n"
                b"content-length: %d\r\nconnection: close\r\n\r\n%b" % (status, reason, len(body), body)
            )
            self.transport.close()


def with_connection_limits(application: ASGIApp, idle_ms: int) -> ASGIApp:
    """The application behind the bounds that hold for whole requests."""
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
    """Receiving that gives a sender up who stands still."""
    loop = asyncio.get_running_loop()
    start_time, received_bytes, expects_more = loop.time(), 0, True

    async def receive_with_timeout() -> HTTPReceiveMessage:
        nonlocal received_bytes, expects_more
        if not expects_more:  # only the connection's end can follow, and may take its time
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
    """Sending that lets a connection go whose reader stands still."""
    transport: Any = (scope.get("extensions") or {}).get(TRANSPORT_EXTENSION, {}).get("transport")

    async def send_with_timeout(message: Message) -> None:
        try:
            async with asyncio.timeout(idle_timeout_s):
                await send(message)
        except TimeoutError:
            if transport is None:
                raise
            # What is sent from here on goes nowhere; the framework ends by itself.
            transport.abort()

    return send_with_timeout
