"""Issues cues: what the room machine finds due is written as a row of the log."""

from sqlalchemy import Connection, select, update

from editor.schedule import room
from editor.schedule.session_events import CuesIssued
from hosting.sessions.engine import event_log
from hosting.sessions.engine.event_log import EventLog
from hosting.sessions.engine.session_state import SessionState
from hosting.sessions.engine.tables import LOG_ROWS, SESSIONS


class IssuedCues:
    """The keys of the cues that were issued in each session, read from the logs as these grow."""

    def __init__(self) -> None:
        self._cache: dict[str, tuple[int, frozenset[str]]] = {}

    def load_keys(self, connection: Connection, session: str) -> frozenset[str]:
        """Return the keys of all cues issued so far.

        Call this before a row of cues is added in the same transaction: that might not be committed.
        """
        last, keys = self._cache.get(session, (0, frozenset()))
        query = (
            select(LOG_ROWS.c.seq, LOG_ROWS.c.body)
            .where(LOG_ROWS.c.session == session, LOG_ROWS.c.kind == "cued", LOG_ROWS.c.seq > last)
            .order_by(LOG_ROWS.c.seq)
        )
        rows = connection.execute(query).all()
        if rows:
            # Not a union: a row with `replaces` revokes the cues before it.
            keys = room.collect_issued_keys((event_log.decode_row(row.body) for row in rows), keys)
            self._cache[session] = (rows[-1].seq, keys)
        return keys

    def forget(self, session: str) -> None:
        """Drop a session's keys from the cache, once it is over."""
        self._cache.pop(session, None)


def find_due_cues(state: SessionState, now: int, issued: frozenset[str], lead_ms: int) -> CuesIssued | None:
    """Return the row of cues to write now, or None.

    Args:
        state: Of the session.
        now: The server time in milliseconds.
        issued: Keys of the cues issued so far.
        lead_ms: How far ahead of the room clock cues are issued.
    """
    if state.record.room == "on_demand" or state.find_phase(now) in ("planned", "cancelled"):
        return None
    return room.make_cue_row(
        state.webinar, state.clock, now, lead_ms=lead_ms, waiting_ms=state.record.waiting_ms, issued=issued
    )


def issue_due_cues(session_log: EventLog, state: SessionState, now: int, issued: frozenset[str], lead_ms: int) -> None:
    """Write the cues that are due, and mark the session as over once its time has run out.

    Args:
        session_log: The event log of a writing transaction.
        state: Of the session.
        now: The server time in milliseconds.
        issued: Keys of the cues issued so far.
        lead_ms: How far ahead of the room clock cues are issued.
    """
    row = find_due_cues(state, now, issued, lead_ms)
    if row is not None:
        session_log.append(state.record.id, room.make_deliveries(row, state.record.chat_now), now)
    if is_over(state, now):
        session_log.connection.execute(update(SESSIONS).where(SESSIONS.c.id == state.record.id).values(state="over"))


def is_over(state: SessionState, now: int) -> bool:
    """Return whether a session is over and not marked so yet."""
    return state.record.state == "planned" and state.find_phase(now) == "over"


def reissue_all_cues(session_log: EventLog, state: SessionState, now: int, lead_ms: int) -> None:
    """Replace all cues issued so far, because a new schedule holds; every client then takes a new snapshot."""
    row = find_due_cues(state, now, frozenset(), lead_ms)
    cues = () if row is None else row.cues
    (delivery,) = room.make_deliveries(CuesIssued(cues=cues, replaces=True), state.record.chat_now)
    seq = session_log.append(state.record.id, (delivery,), now)
    session_log.connection.execute(update(SESSIONS).where(SESSIONS.c.id == state.record.id).values(floor=seq))


def find_wake_time(state: SessionState, now: int, lead_ms: int) -> int | None:
    """Return the next server time in milliseconds at which the session has something to issue, or None."""
    if state.record.room == "on_demand" or state.record.state != "planned":
        return None
    opens_at = state.record.starts_at - state.record.waiting_ms
    if state.find_phase(now) == "planned":
        return opens_at
    reading = state.clock.read(now)
    ahead = (
        room.find_next_wake_ms(state.webinar, state.clock, now, lead_ms=lead_ms, waiting_ms=state.record.waiting_ms),
        reading.over_ms,
        reading.resumes_ms,
    )
    return min((one for one in ahead if one is not None and one > now), default=None)
