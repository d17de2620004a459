"""The event stream of a room: plain ASGI, so that two thousand open answers cost a socket and a cursor each.

The client says what it saw last of each audience (`public` and `own`); it is told from the log what it missed, and from
the hub what comes. The stream ends when the server stops, when a new plan overturns what was told, or when the reader
stands still; in each case the client comes back with what it saw last. Where that cannot be told one by one any more,
the answer is 410, and the client begins again with a snapshot.

A member of the team may listen too, with the account's token: to the public rows and the team's own.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar.enums import ScopeType
from litestar.types import Receive, Scope, Send

from editor.errors import Known
from editor.schedule.room import PUBLIC, TEAM
from hosting.accounts import service as accounts
from hosting.house import House
from hosting.pipes import PIPE
from hosting.problems import refuse
from hosting.registration import service as registration
from hosting.sessions import log
from hosting.sessions.desk import Desk, desk_of
from hosting.sessions.hub import Client, Pipe
from hosting.sessions.log import Written

PATH = re.compile(r"/api/room/([^/]+)/stream", re.ASCII)
HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),
)
SEQ = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1, "default": 0}
SCHEMA = {
    "/api/room/{session_id}/stream": (
        {
            "operationId": "StreamEvents",
            "summary": "Stream",
            "description": "What was missed since these rows, then what comes, for as long as the connection holds: an "
            "event stream whose data are `Frame`s; lines that begin with a colon say that it is still there. 410 "
            "where only a snapshot helps.",
            "parameters": [
                {"name": "session_id", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "public", "in": "query", "required": False, "schema": SEQ},
                {"name": "own", "in": "query", "required": False, "schema": SEQ},
            ],
        },
        {"200": {"description": "The stream", "content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
}
"""How the API's schema tells of it: the operation, and what it answers beside problems."""
ROUNDS = 3
"""How often a client that the ring outruns reads the log again before it is sent away."""


class Wish(msgspec.Struct, frozen=True):
    """What a request asks for."""

    session: str
    token: str
    public: int
    own: int


def owns(path: str) -> bool:
    """Whether a path is a room's stream."""
    return PATH.fullmatch(path) is not None


def make(house: House) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The application that serves the streams of a hosting."""
    desk = desk_of(house)

    async def stream(scope: Scope, _receive: Receive, send: Send) -> None:
        try:
            if scope["type"] != ScopeType.HTTP or scope["method"] != "GET":
                raise Known("request.method")
            wish = _wish(scope)
            audience = await asyncio.to_thread(_audience, house, wish)
            if desk.hub.closed:
                raise Known("hosting.stopping")
            extensions: dict[str, Any] = scope["extensions"] or {}
            pipe: Pipe = extensions[PIPE]["pipe"]
            client = desk.hub.enter(wish.session, audience, pipe)
            followed = False
            try:
                followed = await _catch_up(house, desk, client, wish, send)
            finally:
                if not followed:
                    desk.hub.leave(client)
        except Known as error:
            await refuse(error, send, 405 if error.code == "request.method" else None)

    return stream


async def _catch_up(house: House, desk: Desk, client: Client, wish: Wish, send: Send) -> bool:
    """Tell what was missed and hand the connection to the hub; False where the answer is over already.

    Raises:
        Known: ``events.gone``: a snapshot is needed.
    """
    public, own = wish.public, wish.own
    begun = False
    for _ in range(ROUNDS):
        rows = await asyncio.to_thread(_missed, house, wish.session, client.audience, public, own)
        if rows is None:
            break
        if not begun:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            begun = True
        body = b"".join((b": welcome\n\n", *(row.event() for row in rows)))
        await send({"type": "http.response.body", "body": body, "more_body": True})
        public = max((row.seq for row in rows if row.audience == PUBLIC), default=public)
        own = max((row.seq for row in rows if row.audience != PUBLIC), default=own)
        if desk.hub.follow(client, public, own):
            return True
    if not begun:
        raise Known("events.gone")
    # It comes back, and hears where it stands.
    await send({"type": "http.response.body", "body": b"", "more_body": False})
    return False


def _wish(scope: Scope) -> Wish:
    found = PATH.fullmatch(scope["path"])
    assert found is not None
    query = parse_qs(scope["query_string"].decode("ascii", "replace"))
    seen = []
    for name in ("public", "own"):
        told = query.get(name, ["0"])[-1]
        if not re.fullmatch(r"\d{1,15}", told, re.ASCII):
            raise Known("request.invalid", reason=f"`{name}` is the number of a row")
        seen.append(int(told))
    headers = dict(scope["headers"])
    kind, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Known("person.unknown")
    return Wish(found[1], token.strip(), *seen)


def _audience(house: House, wish: Wish) -> str:
    """Whose rows a token may see beside the public ones: a person's own, or the team's."""
    with house.db.read() as connection:
        try:
            return registration.person_of(connection, wish.session, wish.token).id
        except Known as error:
            if error.code != "person.unknown":
                raise
            try:
                account = accounts.account_of(connection, wish.token)
            except Known:
                raise error from None
            if desk_of(house).rooms.state(connection, wish.session).row.account != account.id:
                raise Known("session.unknown") from None
            return TEAM


def _missed(house: House, session: str, audience: str, public: int, own: int) -> tuple[Written, ...] | None:
    with house.db.read() as connection:
        both = (
            log.missed(connection, house.epoch, session, PUBLIC, public),
            log.missed(connection, house.epoch, session, audience, own),
        )
    if both[0] is None or both[1] is None:
        return None
    return tuple(sorted((*both[0], *both[1]), key=lambda row: row.seq))
