"""Issues cues: what the room machine finds due is written as a row of the log."""

from sqlalchemy import Connection, select, update

from editor.schedule import room
from editor.schedule.session_events import CuesIssued
from hosting.sessions.engine import event_log
from hosting.sessions.engine.event_log import EventLog
from hosting.sessions.engine.session_state import SessionState
from hosting.sessions.engine.tables import LOG_ROWS, SESSIONS


class IssuedCues:
    """Cache of the keys of the cues that were issued in each session, filled from the logs as these grow.

    The hosting's `LogWriter` has one, which any thread may use.
    """

    def __init__(self) -> None:
        self._cache: dict[str, tuple[int, frozenset[str]]] = {}

    def load_keys(self, connection: Connection, session: str) -> frozenset[str]:
        """Return the keys of the cues issued in a session so far, without those that a later row revoked.

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
        """Drop a session's keys from the cache, once it is over; `load_keys` would read them from the log again."""
        self._cache.pop(session, None)


def find_due_cues(state: SessionState, now: int, issued: frozenset[str], lead_ms: int) -> CuesIssued | None:
    """Return the row of the cues that are due and not issued yet; nothing is written.

    Args:
        state: Of the session.
        now: The server time in milliseconds.
        issued: Keys of the cues issued so far.
        lead_ms: How far ahead of the room clock cues are issued, in milliseconds.

    Returns:
        None if no cue is due, the waiting room is not open yet, or the session is on demand or cancelled.
    """
    if state.record.room == "on_demand" or state.find_phase(now) in ("planned", "cancelled"):
        return None
    return room.make_cue_row(
        state.webinar, state.clock, now, lead_ms=lead_ms, waiting_ms=state.record.waiting_ms, issued=issued
    )


def issue_due_cues(session_log: EventLog, state: SessionState, now: int, issued: frozenset[str], lead_ms: int) -> None:
    """Write the cues that are due to the log, and mark the session as over once its time has run out.

    Where nothing is due and the session is not over, nothing is written.

    Args:
        session_log: The event log of a writing transaction.
        state: Of the session, read in that transaction.
        now: The server time in milliseconds.
        issued: Keys of the cues issued so far, read in that transaction.
        lead_ms: How far ahead of the room clock cues are issued, in milliseconds.
    """
    row = find_due_cues(state, now, issued, lead_ms)
    if row is not None:
        session_log.append(state.record.id, room.make_deliveries(row, state.record.chat_now), now)
    if is_over(state, now):
        session_log.connection.execute(update(SESSIONS).where(SESSIONS.c.id == state.record.id).values(state="over"))


def is_over(state: SessionState, now: int) -> bool:
    """Return whether a session's time has run out and its record still says "planned", not "over" or "cancelled"."""
    return state.record.state == "planned" and state.find_phase(now) == "over"


def reissue_all_cues(session_log: EventLog, state: SessionState, now: int, lead_ms: int) -> None:
    """Replace all cues issued so far, because a new schedule holds; every client then takes a new snapshot.

    The row is written even if no cue is due, and the session's `floor` raised to it. The caller ends the streams by
    `LogTransaction.invalidated_sessions`.

    Args:
        session_log: The event log of a writing transaction.
        state: Of the session with the new schedule.
        now: The server time in milliseconds.
        lead_ms: How far ahead of the room clock cues are issued, in milliseconds.
    """
    row = find_due_cues(state, now, frozenset(), lead_ms)
    cues = () if row is None else row.cues
    (delivery,) = room.make_deliveries(CuesIssued(cues=cues, replaces=True), state.record.chat_now)
    seq = session_log.append(state.record.id, (delivery,), now)
    session_log.connection.execute(update(SESSIONS).where(SESSIONS.c.id == state.record.id).values(floor=seq))


def find_wake_time(state: SessionState, now: int, lead_ms: int) -> int | None:
    """Return the next server time, in milliseconds, at which a session has something to issue, opens, resumes or ends.

    Args:
        state: Of the session.
        now: The server time in milliseconds.
        lead_ms: How far ahead of the room clock cues are issued, in milliseconds.

    Returns:
        None if there is none, as for a session that is on demand, cancelled or marked as over.
    """
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
