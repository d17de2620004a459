"""The event stream of a session (Server-Sent Events): plain ASGI, so that an open response costs a socket and a cursor.

The client names the last row it has of each audience (`public` and `own`). It gets the rows that it missed from the
log, and then new ones from the hub. The stream ends when the server stops, when a new schedule replaces what was sent,
or when the reader stalls; the client then connects again with the last rows that it has. If they are too old to
continue from, the response is 410, and the client begins again with a snapshot.

Members of the team can listen too, with an account token: to the public rows and those of the team.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar.enums import ScopeType
from litestar.types import Receive, Scope, Send

from editor.errors import KnownError
from editor.schedule.room import PUBLIC, TEAM
from hosting.accounts import service as accounts
from hosting.attendees import service as attendees
from hosting.context import HostingContext
from hosting.http.bearer import parse_bearer_token
from hosting.http.problem_details import send_problem
from hosting.http.raw_transport import TRANSPORT_EXTENSION
from hosting.sessions.engine import event_log
from hosting.sessions.engine.event_log import EncodedFrame
from hosting.sessions.engine.hub import RawTransport, StreamClient
from hosting.sessions.engine.log_writer import LogWriter

STREAM_PATH = re.compile(r"/api/room/([^/]+)/stream", re.ASCII)
HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),
)
SEQ_SCHEMA = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1, "default": 0}
STREAM_SCHEMA = {
    "/api/room/{session_id}/stream": (
        {
            "operationId": "StreamEvents",
            "summary": "Stream",
            "description": "The rows after the given ones, then new rows for as long as the connection lasts: an "
            "event stream whose data are `StreamFrame`s. Lines that begin with a colon are heartbeats. 410 "
            "if the client must begin again with a snapshot.",
            "parameters": [
                {"name": "session_id", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "public", "in": "query", "required": False, "schema": SEQ_SCHEMA},
                {"name": "own", "in": "query", "required": False, "schema": SEQ_SCHEMA},
            ],
        },
        {"200": {"description": "The stream", "content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
}
"""The endpoint in the API's schema: the operation, and its responses beside problems."""
MAX_CATCH_UP_ROUNDS = 3
"""How often a client reads the log again if the ring has moved on meanwhile, before its stream is ended."""


class StreamRequest(msgspec.Struct, frozen=True):
    """The contents of a request for an event stream: the session's id, a token, and the last rows that the client has.

    It is immutable. `public` and `own` are numbers of rows: the last public one, and the last one of the client's own
    audience; 0 for none.
    """

    session: str
    token: str
    public: int
    own: int


def is_stream_path(path: str) -> bool:
    """Return whether a request's path is that of an event stream, ``/api/room/{session_id}/stream``."""
    return STREAM_PATH.fullmatch(path) is not None


def make_stream_application(log_writer: LogWriter) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """Return the ASGI application that serves all event streams of a hosting, for paths that `is_stream_path` accepts.

    The server must use `RawTransportProtocol`. A refused request gets a problem document, for example ``events.gone``.
    """

    async def stream(scope: Scope, _receive: Receive, send: Send) -> None:
        try:
            if scope["type"] != ScopeType.HTTP or scope["method"] != "GET":
                raise KnownError("request.method")
            request = _parse_request(scope)
            audience = await asyncio.to_thread(_find_audience, log_writer, request)
            if log_writer.hub.is_closed:
                raise KnownError("hosting.stopping")
            extensions: dict[str, Any] = scope["extensions"] or {}
            transport: RawTransport = extensions[TRANSPORT_EXTENSION]["transport"]
            client = log_writer.hub.join(request.session, audience, transport)
            is_following = False
            try:
                is_following = await _catch_up(log_writer, client, request, send)
            finally:
                if not is_following:
                    log_writer.hub.leave(client)
        except KnownError as error:
            await send_problem(error, send)

    return stream


async def _catch_up(log_writer: LogWriter, client: StreamClient, request: StreamRequest, send: Send) -> bool:
    """Send the missed rows and hand the connection over to the hub; return False if the response has ended.

    Args:
        log_writer: Of the hosting.
        client: The listener, which has joined the hub already.
        request: With the last rows that the client has.
        send: Of the ASGI request.

    Raises:
        KnownError: ``events.gone``: the client must begin again with a snapshot.
    """
    context, session, audience = log_writer.context, request.session, client.audience
    public, own = request.public, request.own
    is_started = False
    for _ in range(MAX_CATCH_UP_ROUNDS):
        rows = await asyncio.to_thread(_load_missed_frames, context, session, audience, public, own)
        if rows is None:
            break
        if not is_started:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            is_started = True
        body = b"".join((b": welcome\n\n", *(row.to_event() for row in rows)))
        await send({"type": "http.response.body", "body": body, "more_body": True})
        public = max((row.seq for row in rows if row.audience == PUBLIC), default=public)
        own = max((row.seq for row in rows if row.audience != PUBLIC), default=own)
        if log_writer.hub.follow(client, public, own):
            return True
    if not is_started:
        raise KnownError("events.gone")
    # The client connects again, and then gets either its rows or 410.
    await send({"type": "http.response.body", "body": b"", "more_body": False})
    return False


def _parse_request(scope: Scope) -> StreamRequest:
    match = STREAM_PATH.fullmatch(scope["path"])
    assert match is not None
    query = parse_qs(scope["query_string"].decode("ascii", "replace"))
    seqs = []
    for name in ("public", "own"):
        value = query.get(name, ["0"])[-1]
        if not re.fullmatch(r"\d{1,15}", value, re.ASCII):
            raise KnownError("request.invalid", reason=f"`{name}` is the number of a row")
        seqs.append(int(value))
    headers = dict(scope["headers"])
    token = parse_bearer_token(headers.get(b"authorization", b"").decode("latin-1"))
    if token is None:
        raise KnownError("person.unknown")
    return StreamRequest(match[1], token, *seqs)


def _find_audience(log_writer: LogWriter, request: StreamRequest) -> str:
    """Return whose rows a token may see beside the public ones: the id of its person, or the team."""
    with log_writer.context.db.read() as connection:
        try:
            return attendees.require_person(connection, request.session, request.token).id
        except KnownError as error:
            if error.code != "person.unknown":
                raise
            try:
                account = accounts.require_account(connection, request.token)
            except KnownError:
                raise error from None
            if log_writer.states.load(connection, request.session).record.account != account.id:
                raise KnownError("session.unknown") from None
            return TEAM


def _load_missed_frames(
    context: HostingContext, session: str, audience: str, public_seq: int, own_seq: int
) -> tuple[EncodedFrame, ...] | None:
    with context.db.read() as connection:
        missed_frames = (
            event_log.find_missed_frames(connection, context.epoch, session, PUBLIC, public_seq),
            event_log.find_missed_frames(connection, context.epoch, session, audience, own_seq),
        )
    if missed_frames[0] is None or missed_frames[1] is None:
        return None
    return tuple(sorted((*missed_frames[0], *missed_frames[1]), key=lambda row: row.seq))
