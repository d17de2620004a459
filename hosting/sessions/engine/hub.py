"""The hub: sends committed rows to all clients that listen to a session.

One task writes. The public frames of a session are kept encoded, and framed as HTTP chunks, in one ring buffer that all
its clients share. A client is a cursor on the ring and has no buffer of its own, so ten thousand slow readers cost as
much as ten thousand fast ones. Frames that arrived while a client lagged are sent to it joined, in one write, and
clients at the same cursor get the same bytes. A row for one person is sent to that person's clients only.

A client whose transport is full is skipped until the transport has room again. A client that stays full for longer than
`STALL_BEATS` heartbeats, or that the ring has overtaken, is aborted: it connects again, names the last rows that it
has, and gets the rest from the log. So the hub needs no durable state.

Everything runs on the event loop's thread, except `publish` and `end_streams`, which any thread may call.
"""

import asyncio
import logging
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter
from typing import Protocol

from editor.schedule.model import SECOND
from editor.schedule.room import PUBLIC
from hosting.sessions.engine.event_log import EncodedFrame

logger = logging.getLogger(__name__)

RING_FRAMES = 512
"""How many public frames the ring keeps for clients that lag."""
RING_BYTES = 8 * 1024 * 1024
"""How many bytes they may have in all; the last frame is kept whatever its size."""
MAX_WRITE_BYTES = 256 * 1024
"""Bytes of joined frames in one write: what the transport cannot send at once stays in memory."""
MAX_OWN_FRAMES = 64
"""How many frames for one person may wait for the transport."""
STALL_BEATS = 2
"""How many heartbeats long a transport may be full."""
CLIENTS_PER_TURN = 200
"""How many clients are written to before other tasks of the event loop get a turn."""
HEARTBEAT = b": \n\n"


class RawTransport(Protocol):
    """The connection of a client, without the framework: what the hub uses of `hosting.http.raw_transport`.

    Call all methods on the event loop's thread, `hand_over` before the others.
    """

    @property
    def is_paused(self) -> bool:
        """Whether bytes written now would wait in the server's memory."""

    def hand_over(self, owner: "StreamClient") -> bool:
        """Hand the connection over to the client, which writes the rest of the response.

        Returns:
            False if the connection is closed already.
        """

    def write(self, data: bytes) -> None:
        """Write bytes of the response to the client; what the network does not take at once is kept. It never waits."""

    def close(self) -> None:
        """Close the connection once everything written is sent."""

    def abort(self) -> None:
        """Close the connection at once and discard what is not sent."""


def encode_chunk(body: bytes) -> bytes:
    """Encode bytes as one chunk of a chunked body (RFC 9112 §7.1)."""
    return b"%x\r\n%b\r\n" % (len(body), body)


LAST_CHUNK = b"0\r\n\r\n"


class StreamClient:
    """Listener to one session over one connection: its cursor on the ring, and the rows that wait for it alone.

    It is made by `Hub.join`, and used on the event loop's thread only.
    """

    __slots__ = (
        "audience",
        "cursor",
        "hub",
        "own_seq",
        "paused_since",
        "pending_own",
        "public_seq",
        "room",
        "transport",
    )

    def __init__(self, hub: "Hub", room: "StreamRoom", audience: str, transport: RawTransport) -> None:
        self.hub = hub
        self.room = room
        self.audience = audience
        """Whose rows it gets beside the public ones: a person's id, or the team."""
        self.transport = transport
        self.cursor = -1
        """The number of the frame on the ring that it gets next; -1 until it has caught up from the log."""
        self.public_seq = self.own_seq = 0
        """The last rows that it has from the log, where a row can be read before it is published here."""
        self.pending_own: list[EncodedFrame] | None = None
        """Rows for it alone that wait for the transport."""
        self.paused_since: float | None = None

    def on_writable(self) -> None:
        """Handle that the connection has room again: write what waits for this client."""
        self.hub.pump(self)

    def on_lost(self) -> None:
        """Handle the end of the connection: leave the hub."""
        self.hub.leave(self)


class StreamRoom:
    """The clients of one session that listen now, and the ring of its last public frames; for the hub alone.

    The ring has at most `RING_FRAMES` frames and `RING_BYTES` bytes. A cursor is the number of a frame, counted from 0
    since the room was made. Use it on the event loop's thread only.
    """

    __slots__ = (
        "clients",
        "clients_by_audience",
        "frame_count",
        "payload_bytes",
        "payloads",
        "ring",
        "ring_bytes",
        "session",
    )

    def __init__(self, session: str) -> None:
        self.session = session
        self.clients: dict[StreamClient, None] = {}
        self.clients_by_audience: dict[str, tuple[StreamClient, ...]] = {}
        self.ring: deque[tuple[int, bytes]] = deque()
        """The numbers of the public rows, and their encoded chunks."""
        self.ring_bytes = 0
        """The size of all chunks on the ring."""
        self.frame_count = 0
        """How many frames were ever added."""
        self.payloads: dict[int, tuple[int, bytes]] = {}
        """By cursor: the cursor after the next write, and its bytes, which all clients at that cursor share."""
        self.payload_bytes = 0

    def add(self, row: EncodedFrame) -> None:
        """Add a public row to the ring, and drop the oldest ones beyond its limits, but never the row itself.

        Nothing is sent.
        """
        frame = encode_chunk(row.to_event())
        self.ring.append((row.seq, frame))
        self.ring_bytes += len(frame)
        self.frame_count += 1
        while len(self.ring) > RING_FRAMES or (self.ring_bytes > RING_BYTES and len(self.ring) > 1):
            self.ring_bytes -= len(self.ring.popleft()[1])
        self.payloads.clear()
        self.payload_bytes = 0

    def count_later_frames(self, seq: int) -> int:
        """Return how many frames on the ring are of rows whose number is greater than `seq`."""
        return len(self.ring) - bisect_right(self.ring, seq, key=itemgetter(0))

    def find_payload(self, cursor: int) -> tuple[int, bytes] | None:
        """Return the cursor after the next write, and the bytes to write; None if the ring has overtaken `cursor`.

        The bytes are at most `MAX_WRITE_BYTES`, unless one frame alone is larger. `cursor` must be below `frame_count`.
        """
        cached = self.payloads.get(cursor)
        if cached is None:
            first = len(self.ring) - (self.frame_count - cursor)
            if first < 0:
                return None
            frames = [self.ring[first][1]]
            size = len(frames[0])
            for _, frame in islice(self.ring, first + 1, None):
                size += len(frame)
                if size > MAX_WRITE_BYTES:
                    break
                frames.append(frame)
            cached = cursor + len(frames), b"".join(frames)
            if self.payload_bytes < RING_BYTES:
                self.payloads[cursor] = cached
                self.payload_bytes += len(cached[1])
        return cached


class Hub:
    """Sender of committed rows to all clients that listen to sessions in this process.

    `run` must run: without it nothing is sent, and rows that are published are dropped. Only `publish` and
    `end_streams` may be called from any thread; all else belongs to the event loop's.

    Args:
        heartbeat_ms: The interval of the heartbeats on each stream, in milliseconds.
    """

    def __init__(self, heartbeat_ms: int) -> None:
        self._heartbeat_s = heartbeat_ms / SECOND
        self._rooms: dict[str, StreamRoom] = {}
        self._dirty: dict[StreamRoom, None] = {}
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    @property
    def client_count(self) -> int:
        """How many clients have joined, in all sessions; an attendee with two open pages counts twice."""
        return sum(len(room.clients) for room in self._rooms.values())

    # ---------------------------------------------------------------------------------------- publishing

    def publish(self, rows: Iterable[EncodedFrame]) -> None:
        """Send committed rows to their sessions' clients, in the order of calls. Any thread may call this.

        It returns at once. While the hub does not run, rows are dropped: clients get them from the log.
        """
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._deliver, tuple(rows))

    def end_streams(self, session: str) -> None:
        """End a session's streams, because a new schedule replaces what was sent. Any thread may call this.

        It returns at once; clients get what waits for them first, unless their transport is full, and connect again.
        Nothing happens if nobody listens, or while the hub does not run.
        """
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._end_session, session)

    def _deliver(self, rows: tuple[EncodedFrame, ...]) -> None:
        for row in rows:
            room = self._rooms.get(row.session)
            if room is None:
                continue
            if row.audience == PUBLIC:
                room.add(row)
                self._dirty[room] = None
            else:
                for client in room.clients_by_audience.get(row.audience, ()):
                    self._deliver_own(client, row)
        if self._dirty:
            self._wake.set()

    def _deliver_own(self, client: StreamClient, row: EncodedFrame) -> None:
        if row.seq <= client.own_seq:
            return
        if client.cursor >= 0 and not client.transport.is_paused and not client.pending_own:
            client.transport.write(encode_chunk(row.to_event()))
            return
        client.pending_own = client.pending_own or []
        client.pending_own.append(row)
        if len(client.pending_own) > MAX_OWN_FRAMES:
            self._abort(client)

    # ---------------------------------------------------------------------------------------- listening

    def join(self, session: str, audience: str, transport: RawTransport) -> StreamClient:
        """Add a client to a session. From now on it misses no row, and gets none until `follow`.

        Call `leave` if `follow` is never called or returns False for good.

        Args:
            session: The session's id; whether there is such a session is not checked.
            audience: Whose rows the client gets beside the public ones: a person's id, or `TEAM`.
            transport: The connection of the request.
        """
        room = self._rooms.setdefault(session, StreamRoom(session))
        client = StreamClient(self, room, audience, transport)
        room.clients[client] = None
        room.clients_by_audience[audience] = (*room.clients_by_audience.get(audience, ()), client)
        return client

    def follow(self, client: StreamClient, public_seq: int, own_seq: int) -> bool:
        """Begin to send the rows after those that a client has; return False if the ring has overtaken it already.

        After False, read the log again and repeat. After True the request is done: the hub owns the connection until
        either ends, or has closed it, because it was lost or the client has left meanwhile.

        Args:
            client: It has joined before.
            public_seq: The number of the last public row that it has.
            own_seq: The number of the last row of its own audience that it has.
        """
        room = client.room
        ahead = room.count_later_frames(public_seq)
        if ahead == len(room.ring) and room.frame_count > len(room.ring):
            return False
        if client not in room.clients or not client.transport.hand_over(client):
            self.leave(client)
            client.transport.close()
            return True
        client.cursor = room.frame_count - ahead
        client.public_seq, client.own_seq = public_seq, own_seq
        pending_rows, client.pending_own = client.pending_own, None
        for row in pending_rows or ():
            self._deliver_own(client, row)
        self.pump(client)
        return True

    def leave(self, client: StreamClient) -> None:
        """Remove a client, without closing its connection; a client that has left already is ignored."""
        room = client.room
        if room.clients.pop(client, self) is self:
            return
        remaining_clients = tuple(one for one in room.clients_by_audience[client.audience] if one is not client)
        if remaining_clients:
            room.clients_by_audience[client.audience] = remaining_clients
        else:
            del room.clients_by_audience[client.audience]
        if not room.clients:
            self._dirty.pop(room, None)
            del self._rooms[room.session]

    def pump(self, client: StreamClient) -> None:
        """Send a client what waits for it, while its transport has room; abort it if the ring has overtaken it.

        Before `follow` nothing happens.
        """
        if client.cursor < 0:
            return
        transport = client.transport
        if transport.is_paused:
            if client.paused_since is None:
                client.paused_since = asyncio.get_running_loop().time()
            return
        client.paused_since = None
        if client.pending_own:
            rows, client.pending_own = client.pending_own, None
            for row in rows:
                self._deliver_own(client, row)
        room = client.room
        if client.public_seq:
            self._skip_known_frames(client)
        while client.cursor < room.frame_count:
            payload = room.find_payload(client.cursor)
            if payload is None:
                self._abort(client)
                return
            client.cursor = payload[0]
            transport.write(payload[1])
            if client.cursor < room.frame_count and transport.is_paused:
                return

    def _skip_known_frames(self, client: StreamClient) -> None:
        """Skip the frames that a client has from the log already."""
        room = client.room
        client.cursor = max(client.cursor, room.frame_count - room.count_later_frames(client.public_seq))
        if client.cursor < room.frame_count:
            client.public_seq = 0

    def _abort(self, client: StreamClient) -> None:
        self.leave(client)
        client.transport.abort()

    # ------------------------------------------------------------------------------------------- running

    async def run(self) -> None:
        """Write to clients and send heartbeats until cancelled, then end all streams as `close` does."""
        self._loop = asyncio.get_running_loop()
        beats = asyncio.create_task(self._send_heartbeats())
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._pump_dirty_rooms()
        finally:
            beats.cancel()
            self._loop = None
            self.close()

    async def _pump_dirty_rooms(self) -> None:
        turn = 0
        rooms, self._dirty = tuple(self._dirty), {}
        for room in rooms:
            for client in tuple(room.clients):
                if client in room.clients:
                    self.pump(client)
                turn += 1
                if not turn % CLIENTS_PER_TURN:
                    await asyncio.sleep(0)

    async def _send_heartbeats(self) -> None:
        """Send heartbeats until cancelled, and abort clients that have stalled."""
        beat = encode_chunk(HEARTBEAT)
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._heartbeat_s)
            now = loop.time()
            clients = [client for room in self._rooms.values() for client in room.clients]
            for turn, client in enumerate(clients, 1):
                if client not in client.room.clients:
                    continue  # it left while others were written to
                if not client.transport.is_paused:
                    client.paused_since = None
                    if client.cursor >= 0:
                        client.transport.write(beat)
                elif client.paused_since is None:
                    client.paused_since = now
                elif now - client.paused_since > STALL_BEATS * self._heartbeat_s:
                    facts = {"session": client.room.session, "audience": client.audience}
                    logger.info("stalled stream ended", extra={"facts": facts})
                    self._abort(client)
                if not turn % CLIENTS_PER_TURN:
                    await asyncio.sleep(0)

    # -------------------------------------------------------------------------------------------- ending

    def _end_session(self, session: str) -> None:
        room = self._rooms.get(session)
        for client in tuple(room.clients) if room else ():
            self.pump(client)
            self.leave(client)
            if client.transport.is_paused:
                client.transport.abort()  # a reader that has stalled might never take the end of the stream
                continue
            if client.cursor >= 0:
                client.transport.write(LAST_CHUNK)
            client.transport.close()

    def close(self) -> None:
        """End all streams and refuse new ones for good: the server is about to stop.

        Clients get what waits for them first, unless their transport is full: then they are aborted. Call it on the
        event loop's thread.
        """
        self._closed = True
        for session in tuple(self._rooms):
            self._end_session(session)

    @property
    def is_closed(self) -> bool:
        """Whether new streams are refused, because `close` was called."""
        return self._closed
