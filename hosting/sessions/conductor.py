"""The conductor: sees to it that every session's cues are issued at their times.

It plans nothing. It asks the room machine what is due, writes that down, asks when there will be more, and sleeps until
then. What was issued is read from the log, so a hosting that was killed and started again goes on where the clock
stands, and nothing depends on a timer having been there.
"""

import asyncio
import contextlib
import logging

from sqlalchemy import select

from editor.errors import Known
from editor.schedule.model import SECOND
from hosting.house import House
from hosting.sessions import issuing
from hosting.sessions.desk import Desk
from hosting.sessions.tables import SESSIONS

logger = logging.getLogger("hosting.conductor")

LONGEST_MS = 5 * SECOND
"""How long it sleeps at most: the machine's clock may have been set."""
AGAIN_MS = SECOND
"""After how long it tries again what failed."""


class Conductor:
    """Issues what is due; `tick` does it once, `run` for as long as the hosting runs."""

    def __init__(self, house: House, desk: Desk) -> None:
        self._house = house
        self._desk = desk

    def tick(self, now: int) -> int | None:
        """Issue whatever is due at a server time; gives the next one at which there will be more."""
        with self._house.db.read() as connection:
            query = select(SESSIONS.c.id).where(SESSIONS.c.state == "planned", SESSIONS.c.room == "automated")
            opens_at = SESSIONS.c.starts_at - SESSIONS.c.waiting_ms
            sessions = connection.execute(query.where(opens_at <= now)).scalars().all()
            later = query.with_only_columns(opens_at).where(opens_at > now).order_by(opens_at).limit(1)
            wakes = [*connection.execute(later).scalars()]
        for session in sessions:
            try:
                wake = self._see_to(session, now)
            except Known as error:  # the database is busy or full
                logger.warning("a session has to wait", extra={"facts": {"session": session, "why": error.code}})
                wake = now + AGAIN_MS
            except Exception:  # one session's trouble is not the others'
                logger.exception("a session could not be conducted", extra={"facts": {"session": session}})
                wake = now + AGAIN_MS
            if wake is not None:
                wakes.append(wake)
        return min(wakes, default=None)

    def _see_to(self, session: str, now: int) -> int | None:
        desk, lead_ms = self._desk, self._house.settings.lead_ms
        with self._house.db.read() as connection:
            state = desk.rooms.state(connection, session)
            wanted = issuing.due(state, now, desk.issued.of(connection, session), lead_ms) is not None
        if wanted or issuing.is_over(state, now):
            with desk.write() as writing:
                # Read again: somebody may have stepped in since.
                state = desk.rooms.state(writing.connection, session)
                issuing.issue(writing.log, state, now, desk.issued.of(writing.connection, session), lead_ms)
                over = issuing.is_over(state, now)
            if over:
                desk.issued.forget(session)
                return None
        return issuing.wakes_at(state, now, lead_ms)

    async def run(self) -> None:
        """Conduct until cancelled."""
        loop = asyncio.get_running_loop()
        kicked = asyncio.Event()

        def kick() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(kicked.set)

        self._desk.kick = kick
        try:
            while True:
                kicked.clear()
                try:
                    wake = await asyncio.to_thread(self.tick, self._house.now())
                except Known as error:
                    logger.warning("the conductor has to wait", extra={"facts": {"why": error.code}})
                    wake = self._house.now() + AGAIN_MS
                except Exception:  # said, and tried again
                    logger.exception("the conductor failed")
                    wake = self._house.now() + AGAIN_MS
                rest = LONGEST_MS if wake is None else min(LONGEST_MS, max(0, wake - self._house.now()))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(kicked.wait(), rest / SECOND)
        finally:
            self._desk.kick = lambda: None
