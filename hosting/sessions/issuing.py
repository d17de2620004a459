"""Issuing cues: what the room machine finds due becomes a row of the log."""

from sqlalchemy import Connection, select, update

from editor.schedule import room
from editor.schedule.log import Cued
from hosting.sessions import log
from hosting.sessions.log import Log
from hosting.sessions.rooms import RoomState
from hosting.sessions.tables import ROWS, SESSIONS


class Issued:
    """The keys of the cues that sessions were told, read from their logs as these grow."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, frozenset[str]]] = {}

    def of(self, connection: Connection, session: str) -> frozenset[str]:
        """All keys so far. Ask before adding a row of cues in the same transaction, which might not be committed."""
        last, keys = self._known.get(session, (0, frozenset()))
        query = (
            select(ROWS.c.seq, ROWS.c.body)
            .where(ROWS.c.session == session, ROWS.c.kind == "cued", ROWS.c.seq > last)
            .order_by(ROWS.c.seq)
        )
        rows = connection.execute(query).all()
        if rows:
            # Not a union: a row that replaces takes back what was told before it.
            keys = room.issued_in((log.decode(row.body) for row in rows), keys)
            self._known[session] = (rows[-1].seq, keys)
        return keys

    def forget(self, session: str) -> None:
        """It is over."""
        self._known.pop(session, None)


def due(state: RoomState, now: int, issued: frozenset[str], lead_ms: int) -> Cued | None:
    """The row of cues to write now, or None."""
    if state.row.room == "on_demand" or state.phase(now) in ("planned", "cancelled"):
        return None
    return room.cued(state.webinar, state.clock, now, lead_ms=lead_ms, waiting_ms=state.row.waiting_ms, issued=issued)


def issue(log_: Log, state: RoomState, now: int, issued: frozenset[str], lead_ms: int) -> None:
    """Write what is due; a session whose time has run out is over from here on."""
    row = due(state, now, issued, lead_ms)
    if row is not None:
        log_.add(state.row.id, room.audience_of(row, state.row.chat_now), now)
    if is_over(state, now):
        log_.connection.execute(update(SESSIONS).where(SESSIONS.c.id == state.row.id).values(state="over"))


def is_over(state: RoomState, now: int) -> bool:
    """Whether a session that is not marked so is over."""
    return state.row.state == "planned" and state.phase(now) == "over"


def replan(log_: Log, state: RoomState, now: int, lead_ms: int) -> None:
    """Overturn what a session's attendees were told: a new plan holds, and everybody takes a snapshot of it."""
    row = due(state, now, frozenset(), lead_ms)
    cues = () if row is None else row.cues
    (told,) = room.audience_of(Cued(cues=cues, replaces=True), state.row.chat_now)
    seq = log_.add(state.row.id, (told,), now)
    log_.connection.execute(update(SESSIONS).where(SESSIONS.c.id == state.row.id).values(floor=seq))


def wakes_at(state: RoomState, now: int, lead_ms: int) -> int | None:
    """The next server time at which there is something to do for a session."""
    if state.row.room == "on_demand" or state.row.state != "planned":
        return None
    opens_at = state.row.starts_at - state.row.waiting_ms
    if state.phase(now) == "planned":
        return opens_at
    reading = state.clock.read(now)
    ahead = (
        room.wakes_ms(state.webinar, state.clock, now, lead_ms=lead_ms, waiting_ms=state.row.waiting_ms),
        reading.over_ms,
        reading.resumes_ms,
    )
    return min((one for one in ahead if one is not None and one > now), default=None)
