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

from editor.errors import Known
from editor.schedule.model import SECOND
from hosting.pipes import PIPE, PipedProtocol
from hosting.problems import encoded, refuse, register

MOST_HEAD = 64 * 1024
LEAST_RATE = 1_024
"""Bytes a second of a body, counted after the first idle time."""
MOST_BODY = 1024 * 1024
"""Bytes of a request's body, where the route says nothing else."""
MOST_DOCUMENT = 64 * 1024 * 1024
"""Bytes of a body that carries a webinar or a manifest: a webinar of 10,000 segments has two million."""

register({"request.slow": 408, "request.head": 431})


class GuardedProtocol(PipedProtocol):
    """A connection whose heads are bounded, in bytes and in time."""

    _head = 0
    """Bytes of the head that is coming; -1 while none is."""
    _timer: TimerHandle | None = None
    """Ends a connection on which a head, or what is left of a body that was answered already, does not come."""

    def __init__(self, *config: Any, idle_ms: int, **more: Any) -> None:
        super().__init__(*config, **more)
        self._idle_s = idle_ms / SECOND

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's
        """As uvicorn's; the first head is awaited."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; nothing is awaited any more."""
        self._came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, until a head is too large. What comes on a stream that was handed over is nobody's concern."""
        if self._owner is None:
            if self._timer is None and not self._answering:
                self._wait()
            if self._head >= 0:
                self._head += len(data)
        super().data_received(data)
        if self._head > MOST_HEAD:
            if self._answering:
                self.abort()  # the answer before it would be taken for this one's
                return
            self._refuse(431, b"Request Header Fields Too Large", encoded("request.head", 431))

    def on_message_begin(self) -> None:
        """As uvicorn's; a head begins, maybe while the answer before it is still being made."""
        self._head = max(0, self._head)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """As uvicorn's; what follows is a body."""
        self._came()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """As uvicorn's; nothing is owed any more."""
        self._came()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """As uvicorn's, told as all our failures are."""
        self._refuse(400, b"Bad Request", encoded("request.invalid", 400, {"reason": msg}))

    @property
    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self._idle_s, self.abort)

    def _came(self) -> None:
        self._head = -1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: int, reason: bytes, body: bytes) -> None:
        self._came()
        if self._answering and self.cycle.response_started:
            self.abort()  # another answer is on its way; nothing can be said in the middle of it
        elif not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 %d %b\r\ncontent-type: application/problem+json\r\n"
                b"content-length: %d\r\nconnection: close\r\n\r\n%b" % (status, reason, len(body), body)
            )
            self.transport.close()


def guarded(application: ASGIApp, idle_ms: int) -> ASGIApp:
    """The application behind the bounds that hold for whole requests."""
    idle_s = idle_ms / SECOND

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await application(scope, receive, send)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEAD:
            await refuse(Known("request.head"), send)
        else:
            await application(scope, _impatient(receive, idle_s), _unstuck(scope, send, idle_s))

    return bounded


def _impatient(receive: Receive, idle_s: float) -> Receive:
    """Receiving that gives a sender up who stands still."""
    loop = asyncio.get_running_loop()
    began, came, coming = loop.time(), 0, True

    async def bounded() -> HTTPReceiveMessage:
        nonlocal came, coming
        if not coming:  # only the connection's end can follow, and may take its time
            return cast("HTTPReceiveMessage", await receive())
        left = began + idle_s + came / LEAST_RATE - loop.time()
        try:
            async with asyncio.timeout(min(idle_s, max(0.0, left))):
                message = cast("HTTPReceiveMessage", await receive())
        except TimeoutError as error:
            raise Known("request.slow") from error
        if message["type"] == "http.request":
            came += len(message["body"])
            coming = message["more_body"]
        return message

    return bounded


def _unstuck(scope: Scope, send: Send, idle_s: float) -> Send:
    """Sending that lets a connection go whose reader stands still."""
    pipe: Any = (scope.get("extensions") or {}).get(PIPE, {}).get("pipe")

    async def bounded(message: Message) -> None:
        try:
            async with asyncio.timeout(idle_s):
                await send(message)
        except TimeoutError:
            if pipe is None:
                raise
            # What is sent from here on goes nowhere; the framework ends by itself.
            pipe.abort()

    return bounded
