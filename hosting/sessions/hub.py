"""The hub: sends what was written to everybody who is listening.

One loop writes. The public frames of a room lie encoded, and framed for the wire, in one ring that all its clients
share; a client is a cursor on it and has no buffer of its own, so ten thousand slow readers cost what ten thousand
quick ones do. Frames that came while a client lagged reach it joined, in one write, and clients that stand at the same
place get the same bytes. A row for one person goes to that person's clients alone.

A client whose transport is full is passed over until the transport says that it has room. One that stays full longer
than `STALL_MS`, or that the ring has left behind, is aborted: it comes back, says what it saw last, and is told the
rest from the log. So nothing is lost here that matters, and nothing here need be kept.

Everything runs on the event loop's thread, `told` aside.
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
from hosting.sessions.log import Written

logger = logging.getLogger("hosting.hub")

RING = 512
"""Public frames that a room keeps for its laggards."""
RING_BYTES = 8 * 1024 * 1024
"""What they may come to; the last one is kept whatever its size."""
MOST_WRITE = 256 * 1024
"""Bytes of joined frames that a transport is given at a time: what it does not send waits in its memory."""
OWN_MOST = 64
"""Frames for one person that may wait for their transport."""
STALL_BEATS = 2
"""For how many heartbeats a transport may be full."""
TURN = 200
"""Clients that are written to before the loop gets its turn for other work."""
HEARTBEAT = b": \n\n"


class Pipe(Protocol):
    """The connection of a client, past the framework: `hosting.server` gives one with every request."""

    @property
    def paused(self) -> bool:
        """Whether what is written now would wait in the server's memory."""

    def hand_over(self, owner: "Client") -> bool:
        """Give the connection to the client; False where it is gone already."""

    def write(self, data: bytes) -> None:
        """Hand bytes to the transport; never waits."""

    def close(self) -> None:
        """Close once everything written is sent."""

    def abort(self) -> None:
        """Close at once and let go of what is not sent."""


def chunk(body: bytes) -> bytes:
    """Bytes as one chunk of an HTTP/1.1 body."""
    return b"%x\r\n%b\r\n" % (len(body), body)


LAST_CHUNK = b"0\r\n\r\n"


class Client:
    """One listener: where it stands on its room's ring, and what waits for it alone."""

    __slots__ = ("after", "audience", "cursor", "full_since", "hub", "own", "own_after", "pipe", "room")

    def __init__(self, hub: "Hub", room: "Room", audience: str, pipe: Pipe) -> None:
        self.hub = hub
        self.room = room
        self.audience = audience
        """Whose own rows it gets beside the public ones: a person's id, or the team."""
        self.pipe = pipe
        self.cursor = -1
        """The number, in the room, of the frame that it gets next; -1 until it has caught up from the log."""
        self.after = self.own_after = 0
        """The rows that it has from the log: one that is committed may be read there before it is told here."""
        self.own: list[Written] | None = None
        """Rows for it alone that wait."""
        self.full_since: float | None = None

    def writable(self) -> None:
        """Its transport has room again."""
        self.hub.pump(self)

    def lost(self) -> None:
        """Its connection is gone."""
        self.hub.leave(self)


class Room:
    """A session that somebody listens to."""

    __slots__ = ("bytes", "clients", "count", "joined", "joined_bytes", "own", "ring", "session")

    def __init__(self, session: str) -> None:
        self.session = session
        self.clients: dict[Client, None] = {}
        self.own: dict[str, tuple[Client, ...]] = {}
        self.ring: deque[tuple[int, bytes]] = deque()
        """Public rows' numbers and their chunks."""
        self.bytes = 0
        """What the chunks come to."""
        self.count = 0
        """How many frames the ring has ever held."""
        self.joined: dict[int, tuple[int, bytes]] = {}
        """What clients at a cursor get next and where they stand then, made once for all of them."""
        self.joined_bytes = 0

    def add(self, row: Written) -> None:
        """Take a public row; the oldest make way for it."""
        frame = chunk(row.event())
        self.ring.append((row.seq, frame))
        self.bytes += len(frame)
        self.count += 1
        while len(self.ring) > RING or (self.bytes > RING_BYTES and len(self.ring) > 1):
            self.bytes -= len(self.ring.popleft()[1])
        self.joined.clear()
        self.joined_bytes = 0

    def beyond(self, seq: int) -> int:
        """How many frames of the ring are of later rows."""
        return len(self.ring) - bisect_right(self.ring, seq, key=itemgetter(0))

    def payload(self, cursor: int) -> tuple[int, bytes] | None:
        """What to write from a cursor on, and the cursor behind it; None where the ring does not reach back so far."""
        found = self.joined.get(cursor)
        if found is None:
            first = len(self.ring) - (self.count - cursor)
            if first < 0:
                return None
            frames = [self.ring[first][1]]
            size = len(frames[0])
            for _, frame in islice(self.ring, first + 1, None):
                size += len(frame)
                if size > MOST_WRITE:
                    break
                frames.append(frame)
            found = cursor + len(frames), b"".join(frames)
            if self.joined_bytes < RING_BYTES:
                self.joined[cursor] = found
                self.joined_bytes += len(found[1])
        return found


class Hub:
    """All rooms of one process."""

    def __init__(self, heartbeat_ms: int) -> None:
        self._heartbeat_s = heartbeat_ms / SECOND
        self._rooms: dict[str, Room] = {}
        self._dirty: dict[Room, None] = {}
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    @property
    def listeners(self) -> int:
        """How many clients there are."""
        return sum(len(room.clients) for room in self._rooms.values())

    # ---------------------------------------------------------------------------------- what is written

    def told(self, rows: Iterable[Written]) -> None:
        """Send rows that were committed; from any thread, in the order in which they were written."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._take, tuple(rows))

    def overturn(self, session: str) -> None:
        """End a session's streams, because what they told does not hold any more; from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._end, session)

    def _take(self, rows: tuple[Written, ...]) -> None:
        for row in rows:
            room = self._rooms.get(row.session)
            if room is None:
                continue
            if row.audience == PUBLIC:
                room.add(row)
                self._dirty[room] = None
            else:
                for client in room.own.get(row.audience, ()):
                    self._tell_own(client, row)
        if self._dirty:
            self._wake.set()

    def _tell_own(self, client: Client, row: Written) -> None:
        if row.seq <= client.own_after:
            return
        if client.cursor >= 0 and not client.pipe.paused and not client.own:
            client.pipe.write(chunk(row.event()))
            return
        client.own = client.own or []
        client.own.append(row)
        if len(client.own) > OWN_MOST:
            self._abort(client)

    # ---------------------------------------------------------------------------------------- listening

    def enter(self, session: str, audience: str, pipe: Pipe) -> Client:
        """Listen. From here on nothing is missed, and nothing is sent until `follow`."""
        room = self._rooms.setdefault(session, Room(session))
        client = Client(self, room, audience, pipe)
        room.clients[client] = None
        room.own[audience] = (*room.own.get(audience, ()), client)
        return client

    def follow(self, client: Client, seen: int, own_seen: int) -> bool:
        """Go on from the rows that a client has; False where the ring has left that place behind already.

        From here on the connection is the client's, until one of the two goes.
        """
        room = client.room
        ahead = room.beyond(seen)
        if ahead == len(room.ring) and room.count > len(room.ring):
            return False
        if client not in room.clients or not client.pipe.hand_over(client):
            self.leave(client)
            client.pipe.close()
            return True
        client.cursor = room.count - ahead
        client.after, client.own_after = seen, own_seen
        waiting, client.own = client.own, None
        for row in waiting or ():
            self._tell_own(client, row)
        self.pump(client)
        return True

    def leave(self, client: Client) -> None:
        """Listen no more."""
        room = client.room
        if room.clients.pop(client, self) is self:
            return
        mine = tuple(one for one in room.own[client.audience] if one is not client)
        if mine:
            room.own[client.audience] = mine
        else:
            del room.own[client.audience]
        if not room.clients:
            self._dirty.pop(room, None)
            del self._rooms[room.session]

    def pump(self, client: Client) -> None:
        """Send a client what is there for it, if its transport has room."""
        if client.cursor < 0:
            return
        pipe = client.pipe
        if pipe.paused:
            if client.full_since is None:
                client.full_since = asyncio.get_running_loop().time()
            return
        client.full_since = None
        if client.own:
            rows, client.own = client.own, None
            for row in rows:
                self._tell_own(client, row)
        room = client.room
        if client.after:
            self._pass_over(client)
        while client.cursor < room.count:
            found = room.payload(client.cursor)
            if found is None:
                self._abort(client)
                return
            client.cursor = found[0]
            pipe.write(found[1])
            if client.cursor < room.count and pipe.paused:
                return

    def _pass_over(self, client: Client) -> None:
        """Leave out what it has from the log, until something comes that it has not."""
        room = client.room
        client.cursor = max(client.cursor, room.count - room.beyond(client.after))
        if client.cursor < room.count:
            client.after = 0

    def _abort(self, client: Client) -> None:
        self.leave(client)
        client.pipe.abort()

    # ------------------------------------------------------------------------------------------ the loop

    async def run(self) -> None:
        """Write until cancelled."""
        self._loop = asyncio.get_running_loop()
        beats = asyncio.create_task(self._beat())
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._round()
        finally:
            beats.cancel()
            self._loop = None
            self.close()

    async def _round(self) -> None:
        turn = 0
        rooms, self._dirty = tuple(self._dirty), {}
        for room in rooms:
            for client in tuple(room.clients):
                if client in room.clients:
                    self.pump(client)
                turn += 1
                if not turn % TURN:
                    await asyncio.sleep(0)

    async def _beat(self) -> None:
        """Say now and then that there is nothing to say, and free what is stuck."""
        beat = chunk(HEARTBEAT)
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._heartbeat_s)
            now = loop.time()
            everybody = [client for room in self._rooms.values() for client in room.clients]
            for turn, client in enumerate(everybody, 1):
                if client not in client.room.clients:
                    continue  # it went while others were written to
                if not client.pipe.paused:
                    client.full_since = None
                    if client.cursor >= 0:
                        client.pipe.write(beat)
                elif client.full_since is None:
                    client.full_since = now
                elif now - client.full_since > STALL_BEATS * self._heartbeat_s:
                    logger.info("a stream stood still and was ended", extra={"facts": {"person": client.audience}})
                    self._abort(client)
                if not turn % TURN:
                    await asyncio.sleep(0)

    # -------------------------------------------------------------------------------------------- the end

    def _end(self, session: str) -> None:
        room = self._rooms.get(session)
        for client in tuple(room.clients) if room else ():
            self.pump(client)
            self.leave(client)
            if client.pipe.paused:
                client.pipe.abort()  # to wait for its reader could take for ever
                continue
            if client.cursor >= 0:
                client.pipe.write(LAST_CHUNK)
            client.pipe.close()

    def close(self) -> None:
        """End all streams: the server is about to stop."""
        self._closed = True
        for session in tuple(self._rooms):
            self._end(session)

    @property
    def closed(self) -> bool:
        """Whether nobody may enter any more."""
        return self._closed
