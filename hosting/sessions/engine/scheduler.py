"""The scheduler: issues the cues of all sessions at their times.

It asks the room machine which cues are due, writes them to the log, asks when the next ones will be, and sleeps until
then. It reads from the log what was issued before, so a hosting that was killed and restarted continues at the right
position: nothing depends on timers that were lost.
"""

import asyncio
import contextlib
import logging

from sqlalchemy import select

from editor.errors import KnownError
from editor.schedule.model import SECOND
from hosting.context import HostingContext
from hosting.sessions.engine import cue_issuer
from hosting.sessions.engine.log_writer import LogWriter
from hosting.sessions.engine.tables import SESSIONS

logger = logging.getLogger(__name__)

MAX_SLEEP_MS = 5 * SECOND
"""The longest sleep in milliseconds; it is short because the machine's clock may be adjusted meanwhile."""
RETRY_DELAY_MS = SECOND
"""After how many milliseconds a failure is retried."""


class Scheduler:
    """Issuer of due cues for all automated sessions: `tick` does it once, `run` for as long as the hosting runs.

    Args:
        context: Of the hosting.
        log_writer: Writes the cues to the sessions' logs.
    """

    def __init__(self, context: HostingContext, log_writer: LogWriter) -> None:
        self._context = context
        self._log_writer = log_writer

    def tick(self, now: int) -> int | None:
        """Issue the cues that are due in all sessions. It blocks, so call it in a worker thread.

        An error in one session is logged and does not stop the others; that session is retried after `RETRY_DELAY_MS`.

        Args:
            now: The server time in milliseconds.

        Returns:
            The next server time in milliseconds at which something is due, or None.

        Raises:
            KnownError: ``hosting.busy`` or ``hosting.full``: the list of sessions could not be read.
        """
        with self._context.db.read() as connection:
            query = select(SESSIONS.c.id).where(SESSIONS.c.state == "planned", SESSIONS.c.room == "automated")
            opens_at = SESSIONS.c.starts_at - SESSIONS.c.waiting_ms
            sessions = connection.execute(query.where(opens_at <= now)).scalars().all()
            later = query.with_only_columns(opens_at).where(opens_at > now).order_by(opens_at).limit(1)
            wakes = [*connection.execute(later).scalars()]
        for session in sessions:
            try:
                wake = self._issue_for_session(session, now)
            except KnownError as error:  # the database is busy or full
                logger.warning("session postponed", extra={"facts": {"session": session, "reason": error.code}})
                wake = now + RETRY_DELAY_MS
            except Exception:  # an error in one session must not stop the others
                logger.exception("session failed", extra={"facts": {"session": session}})
                wake = now + RETRY_DELAY_MS
            if wake is not None:
                wakes.append(wake)
        return min(wakes, default=None)

    def _issue_for_session(self, session: str, now: int) -> int | None:
        log_writer, lead_ms = self._log_writer, self._context.settings.lead_ms
        with self._context.db.read() as connection:
            state = log_writer.states.load(connection, session)
            has_due_cues = (
                cue_issuer.find_due_cues(state, now, log_writer.issued_cues.load_keys(connection, session), lead_ms)
                is not None
            )
        if has_due_cues or cue_issuer.is_over(state, now):
            with log_writer.write() as transaction:
                # Read again within the writing transaction: the team may have controlled the session since.
                state = log_writer.states.load(transaction.connection, session)
                cue_issuer.issue_due_cues(
                    transaction.log,
                    state,
                    now,
                    log_writer.issued_cues.load_keys(transaction.connection, session),
                    lead_ms,
                )
                over = cue_issuer.is_over(state, now)
            if over:
                log_writer.issued_cues.forget(session)
                return None
        return cue_issuer.find_wake_time(state, now, lead_ms)

    async def run(self) -> None:
        """Issue cues until cancelled; errors are logged and retried.

        It sleeps until the next cue is due, at most `MAX_SLEEP_MS`, or until `LogWriter.wake_scheduler` is called.
        """
        loop = asyncio.get_running_loop()
        wake_requested = asyncio.Event()

        def request_wake() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(wake_requested.set)

        self._log_writer.wake_scheduler = request_wake
        try:
            while True:
                wake_requested.clear()
                try:
                    wake = await asyncio.to_thread(self.tick, self._context.now())
                except KnownError as error:
                    logger.warning("scheduler postponed", extra={"facts": {"reason": error.code}})
                    wake = self._context.now() + RETRY_DELAY_MS
                except Exception:  # logged, and retried
                    logger.exception("scheduler failed")
                    wake = self._context.now() + RETRY_DELAY_MS
                sleep_ms = MAX_SLEEP_MS if wake is None else min(MAX_SLEEP_MS, max(0, wake - self._context.now()))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake_requested.wait(), sleep_ms / SECOND)
        finally:
            self._log_writer.wake_scheduler = lambda: None
