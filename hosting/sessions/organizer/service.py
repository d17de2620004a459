"""Operations of the team on sessions: publish, reschedule, cancel, replace the version, control."""

import uuid

import msgspec
from sqlalchemy import Connection, insert, select, update

from editor.errors import KnownError
from editor.protocol.api import Account, ControlRequest, CreateSessionRequest, RescheduleRequest, Session
from editor.schedule import account_limits, room
from editor.schedule.clock import AnyClockEvent, Ended, Extended, Held, Resumed, Skipped
from editor.schedule.feature_support import find_unsupported_features
from editor.schedule.links import find_unusable_link
from editor.schedule.model import MAX_WEBINAR_MS, Webinar
from editor.schedule.session_events import ChatModeChanged, ClockChanged
from editor.schedule.start_time import resolve_start
from editor.timestamps import to_datetime, to_timestamp_ms
from hosting.attendees import service as attendees
from hosting.context import HostingContext
from hosting.media import service as media
from hosting.sessions.engine import cue_issuer, permalinks
from hosting.sessions.engine.log_writer import LogTransaction, LogWriter
from hosting.sessions.engine.session_state import SessionRecord, SessionState, to_columns, to_record
from hosting.sessions.engine.tables import SESSIONS
from hosting.webinars import service as webinars

LOCAL_FORMAT = "%Y-%m-%dT%H:%M:%S"
LATEST_START_MS = 253_402_300_799_999 - 2 * MAX_WEBINAR_MS
"""The latest start, in milliseconds since the epoch: even the end of an extended session is a date before 10000."""


def publish(
    connection: Connection, account: Account, request: CreateSessionRequest, now: int, *, waiting_ms: int
) -> str:
    """Schedule a session of a version, or start a private test; return the session's id.

    A private test starts by itself, `request.in_ms` milliseconds from now, and is outside all limits of the account.
    The waiting-room picture and all media must be here with a manifest. Limits do not apply on demand either.

    Args:
        connection: A writing transaction.
        account: Whose session it is.
        request: The version, and start, zone and options of the session; start and zone are the webinar's unless given,
            and UTC for a test.
        now: The server time in milliseconds.
        waiting_ms: How many milliseconds before the start the waiting room opens, unless the request says otherwise.

    Raises:
        KnownError: ``version.unknown``, ``version.other`` (of another webinar), ``session.empty`` (the webinar has no
            length), ``session.no_start``, ``session.missing_hour`` (skipped by daylight saving time), ``session.past``
            (automated only), ``start.zone``, ``start.invalid``, ``publish.media_missing`` with the hashes,
            ``publish.bad_link`` with the `link` of a button, ``publish.not_yet`` with the `feature` that the room
            cannot honour yet, ``publish.unknown_kinds`` with what is `unknown` here, ``plan.longest``, ``plan.overlap``
            with the `titles` of the overlapping sessions.
    """
    webinar, number = webinars.load_whole_version(connection, account.id, request.version)
    if webinar.id != request.webinar:
        raise KnownError("version.other")
    _require_media(connection, account.id, webinar)
    _require_links(webinar)
    _require_features(webinar, is_test=request.test)
    if request.test:
        zone = "UTC"
        starts_at = now + request.in_ms
        start = to_datetime(starts_at).strftime(LOCAL_FORMAT)
    else:
        zone = request.zone or webinar.zone
        start = request.start or webinar.start or ""
        starts_at = _resolve_start(start, zone)
        if webinar.room == "automated" and starts_at < now:
            raise KnownError("session.past", start=start, zone=zone)
    session = uuid.uuid4().hex
    record = SessionRecord(
        id=session,
        account=account.id,
        webinar=webinar.id,
        version=request.version,
        number=number,
        title=webinar.title,
        slug=permalinks.ensure_slug(connection, account.id, webinar.id, test_session=session if request.test else None),
        start=start,
        zone=zone,
        starts_at=starts_at,
        length_ms=webinar.length_ms,
        room=webinar.room,
        chat=webinar.chat,
        chat_now=webinar.chat,
        price=webinar.price if webinar.access == "paid" else None,
        test=request.test,
        replay=request.replay,
        waiting_ms=waiting_ms if request.waiting_ms is None else request.waiting_ms,
        state="planned",
        floor=0,
        sequence=0,
    )
    _require_within_limits(connection, account, record)
    connection.execute(insert(SESSIONS).values(**to_columns(record)))
    return session


def reschedule(
    transaction: LogTransaction,
    log_writer: LogWriter,
    account: Account,
    session: str,
    request: RescheduleRequest,
    now: int,
) -> None:
    """Give a session another start: an automated one only before it begins, one on demand at any time.

    Its streams end, and clients take a new snapshot. The link stays, and the `sequence` of its calendar entry rises.

    Args:
        transaction: A writing transaction.
        log_writer: Of the hosting.
        account: Whose session it is.
        session: The session's id.
        request: The new local start and its zone.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``session.unknown``, ``session.begun`` and ``session.past`` (automated only), ``session.cancelled``,
            and what `publish` raises about starts and plans.
    """
    state = _require_not_begun(transaction.connection, log_writer, account, session, now)
    starts_at = _resolve_start(request.start, request.zone)
    if starts_at < now and state.record.room == "automated":
        raise KnownError("session.past", start=request.start, zone=request.zone)
    row = msgspec.structs.replace(state.record, start=request.start, zone=request.zone, starts_at=starts_at)
    _require_within_limits(transaction.connection, account, row)
    _update_session(
        transaction,
        session,
        start=request.start,
        zone=request.zone,
        starts_at=starts_at,
        sequence=state.record.sequence + 1,
    )
    _invalidate_session(transaction, log_writer, session, now)


def cancel(transaction: LogTransaction, log_writer: LogWriter, account: Account, session: str, now: int) -> None:
    """Cancel a session for good: an automated one only before its start, one on demand at any time.

    One that is cancelled already stays as it is, without an error. Otherwise its streams end, clients take a new
    snapshot, and the `sequence` of its calendar entry rises.

    Args:
        transaction: A writing transaction.
        log_writer: Of the hosting.
        account: Whose session it is.
        session: The session's id.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``session.unknown``: there is none, or it is another account's. ``session.begun``: it is automated,
            and runs or is over.
    """
    if require_own_session(transaction.connection, log_writer, account, session).is_cancelled:
        return
    state = _require_not_begun(transaction.connection, log_writer, account, session, now)
    _update_session(transaction, session, state="cancelled", sequence=state.record.sequence + 1)
    _invalidate_session(transaction, log_writer, session, now)


def replace(
    transaction: LogTransaction, log_writer: LogWriter, account: Account, session: str, version: str, now: int
) -> None:
    """Replace the version that a session plays, before or while it runs. Its start, zone, chat mode and price stay.

    Before the start and on demand the streams end; while an automated session runs, they go on and get the new cues.

    Args:
        transaction: A writing transaction.
        log_writer: Of the hosting.
        account: Whose session it is.
        session: The session's id.
        version: The hash of the new version, of the same webinar.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``locked`` (automated only) with the `segments` that have begun, or begin within the lead, and would
            change; ``session.unknown``, ``session.cancelled``, ``session.over``, ``version.other`` (another webinar, or
            another kind of room), and what `publish` raises about versions, media, links and features, and before the
            start about plans.
    """
    context = log_writer.context
    state = require_own_session(transaction.connection, log_writer, account, session)
    _require_not_over(state, now)
    webinar, number = webinars.load_whole_version(transaction.connection, account.id, version)
    if webinar.id != state.record.webinar or webinar.room != state.record.room:
        raise KnownError("version.other")
    _require_media(transaction.connection, account.id, webinar)
    _require_links(webinar)
    _require_features(webinar, is_test=state.record.test)
    has_begun = state.find_phase(now) not in ("planned", "waiting")
    if state.record.room == "automated":
        reached_ms, lead_ms = state.find_reached_ms(now), context.settings.lead_ms
        locked_segments = room.find_blocking_segments(
            state.webinar, webinar, state.clock, now, reached_ms=reached_ms, lead_ms=lead_ms
        )
        if locked_segments:
            raise KnownError("locked", segments=locked_segments)
    if not has_begun:
        _require_within_limits(
            transaction.connection, account, msgspec.structs.replace(state.record, length_ms=webinar.length_ms)
        )
    _update_session(
        transaction, session, version=version, number=number, title=webinar.title, length_ms=webinar.length_ms
    )
    if has_begun and state.record.room == "automated":
        _issue_cues(transaction, log_writer, session, now)
    else:
        _invalidate_session(transaction, log_writer, session, now)


def control(
    transaction: LogTransaction,
    log_writer: LogWriter,
    account: Account,
    session: str,
    request: ControlRequest,
    now: int,
) -> None:
    """Control an automated session: pause, resume, skip, extend or end it, or switch its chat.

    The cues that follow from it are issued in the same transaction. Switching the chat to the mode that it has writes
    nothing.

    Args:
        transaction: A writing transaction.
        log_writer: Of the hosting.
        account: Whose session it is.
        session: The session's id.
        request: What to do, and the generation of the room clock that the team saw.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``session.unknown``, ``session.generation`` with the current `generation` (another control was
            earlier), ``session.on_demand``, ``session.cancelled``, ``control.incomplete`` with `what` (a time is
            missing), and the ``clock.…`` codes of `RoomClock.apply_event`.
    """
    state = require_own_session(transaction.connection, log_writer, account, session)
    if state.record.room == "on_demand":
        raise KnownError("session.on_demand")
    if state.is_cancelled:
        raise KnownError("session.cancelled")
    generation = state.clock.read(now).generation
    if generation != request.generation:
        raise KnownError("session.generation", generation=generation)
    if request.what in ("chat_on", "chat_off"):
        mode = room.switch_chat_mode(state.record.chat, on=request.what == "chat_on")
        if mode != state.record.chat_now:
            transaction.log.append(session, room.make_deliveries(ChatModeChanged(mode=mode), mode), now)
            _update_session(transaction, session, chat_now=mode)
        return
    event = _to_clock_event(request, now)
    state.clock.apply_event(event)
    row = ClockChanged(event=event, by=account.name or account.email)
    transaction.log.append(session, room.make_deliveries(row, state.record.chat_now), now)
    _issue_cues(transaction, log_writer, session, now)


def require_own_session(connection: Connection, log_writer: LogWriter, account: Account, session: str) -> SessionState:
    """Return the state of a session that belongs to an account, whatever its phase.

    Args:
        connection: A transaction.
        log_writer: Of the hosting.
        account: Whose session it is.
        session: The session's id.

    Raises:
        KnownError: ``session.unknown``: there is none, or it belongs to another account.
    """
    state = log_writer.states.load(connection, session)
    if state.record.account != account.id:
        raise KnownError("session.unknown")
    return state


def to_session(connection: Connection, context: HostingContext, state: SessionState, now: int) -> Session:
    """Convert a session's state to the `Session` that the API returns to the team, with the number of attendees.

    Args:
        connection: A transaction.
        context: Of the hosting.
        state: Of the session.
        now: The server time in milliseconds, at which phase and position are computed.
    """
    row = state.record
    reading = state.clock.read(now)
    stored = msgspec.structs.asdict(row)
    return Session(
        **{name: value for name, value in stored.items() if name in Session.__struct_fields__},
        url=context.url_for(f"/w/{row.slug}"),
        ends_at=row.starts_at + row.length_ms,
        phase=state.find_phase(now),
        persons=attendees.count_persons(connection, row.id),
        generation=reading.generation,
        position_ms=reading.position_ms,
        now=now,
    )


def list_sessions(
    connection: Connection, log_writer: LogWriter, account: Account, now: int, webinar: str | None = None
) -> tuple[Session, ...]:
    """Return an account's sessions: those that run or come, next first, then those over or cancelled, last first.

    Private tests are among them. A session whose record says "over" or "cancelled" counts as such. For an unknown
    webinar there are none.

    Args:
        connection: A reading transaction.
        log_writer: Of the hosting.
        account: Whose sessions.
        now: The server time in milliseconds.
        webinar: The id of the webinar to restrict the list to; None for all.
    """
    query = select(SESSIONS).where(SESSIONS.c.account == account.id)
    if webinar is not None:
        query = query.where(SESSIONS.c.webinar == webinar)
    rows = [to_record(row._asdict()) for row in connection.execute(query)]
    rows.sort(key=lambda row: (0, row.starts_at) if row.state == "planned" else (1, -row.starts_at))
    return tuple(
        to_session(connection, log_writer.context, log_writer.states.load_for_record(connection, row), now)
        for row in rows
    )


# ------------------------------------------------------------------------------------------------- helpers


def _resolve_start(start: str, zone: str) -> int:
    if not start:
        raise KnownError("session.no_start")
    resolved = resolve_start(start, zone)
    if resolved.dst_problem == "missing":
        raise KnownError("session.missing_hour", start=start, zone=zone)
    timestamp_ms = to_timestamp_ms(resolved.instant)
    if not 0 <= timestamp_ms <= LATEST_START_MS:
        raise KnownError("start.invalid", start=start)
    return timestamp_ms


def _require_media(connection: Connection, account: str, webinar: Webinar) -> None:
    if not webinar.length_ms:
        raise KnownError("session.empty")
    missing_hashes = media.find_missing_media(connection, account, webinar)
    if missing_hashes:
        raise KnownError("publish.media_missing", missing=missing_hashes)


def _require_links(webinar: Webinar) -> None:
    link = find_unusable_link(webinar)
    if link is not None:
        raise KnownError("publish.bad_link", link=link)


def _require_features(webinar: Webinar, *, is_test: bool) -> None:
    for feature in find_unsupported_features(webinar, is_test=is_test):
        raise KnownError("publish.not_yet", feature=feature)


def _require_within_limits(connection: Connection, account: Account, row: SessionRecord) -> None:
    """Require that a session keeps to the limits of the account's plan; private tests are outside all limits.

    Raises:
        KnownError: ``plan.longest``, ``plan.overlap``.
    """
    if row.test or row.room == "on_demand":
        return
    limits = account_limits.LIMITS_BY_PLAN["trial" if account.plan == "trial" else "automated"]
    if limits.longest_ms is not None and row.length_ms > limits.longest_ms:
        raise KnownError("plan.longest", longest_ms=limits.longest_ms, length_ms=row.length_ms)
    query = select(SESSIONS).where(
        SESSIONS.c.account == account.id, SESSIONS.c.state == "planned", SESSIONS.c.test.is_(False)
    )
    others = [to_record(other._asdict()) for other in connection.execute(query)]
    overlapping_spans = account_limits.find_overlapping(_to_span(row), [_to_span(other) for other in others], limits)
    if overlapping_spans:
        titles = {other.id: other.title for other in others}
        raise KnownError(
            "plan.overlap",
            sessions=tuple(span.session for span in overlapping_spans),
            titles=tuple(titles[span.session] for span in overlapping_spans),
        )


def _to_span(row: SessionRecord) -> account_limits.SessionSpan:
    return account_limits.SessionSpan(row.id, to_datetime(row.starts_at), row.length_ms, row.room)


def _require_not_over(state: SessionState, now: int) -> None:
    if state.is_cancelled:
        raise KnownError("session.cancelled")
    if state.find_phase(now) == "over":
        raise KnownError("session.over")


def _require_not_begun(
    connection: Connection, log_writer: LogWriter, account: Account, session: str, now: int
) -> SessionState:
    state = require_own_session(connection, log_writer, account, session)
    if state.is_cancelled:
        raise KnownError("session.cancelled")
    if state.record.room == "automated" and state.find_phase(now) not in ("planned", "waiting"):
        raise KnownError("session.begun")
    return state


def _update_session(transaction: LogTransaction, session: str, **values: object) -> None:
    transaction.connection.execute(update(SESSIONS).where(SESSIONS.c.id == session).values(**values))


def _issue_cues(transaction: LogTransaction, log_writer: LogWriter, session: str, now: int) -> None:
    state = log_writer.states.load(transaction.connection, session)
    issued = log_writer.issued_cues.load_keys(transaction.connection, session)
    cue_issuer.issue_due_cues(transaction.log, state, now, issued, log_writer.context.settings.lead_ms)


def _invalidate_session(transaction: LogTransaction, log_writer: LogWriter, session: str, now: int) -> None:
    cue_issuer.reissue_all_cues(
        transaction.log,
        log_writer.states.load(transaction.connection, session),
        now,
        log_writer.context.settings.lead_ms,
    )
    transaction.invalidated_sessions.append(session)


def _to_clock_event(request: ControlRequest, now: int) -> AnyClockEvent:
    match request.what:
        case "hold":
            return Held(at_ms=now, note=room.normalize_text(request.note))
        case "resume":
            return Resumed(at_ms=now)
        case "skip" if request.to_ms is not None:
            return Skipped(at_ms=now, to_ms=request.to_ms)
        case "extend" if request.by_ms is not None:
            return Extended(at_ms=now, by_ms=request.by_ms)
        case "end":
            return Ended(at_ms=now)
        case _:
            raise KnownError("control.incomplete", what=request.what)
