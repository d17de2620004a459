"""What the team does with sessions: publish, reschedule, cancel, replace the version, step in."""

import uuid

import msgspec
from sqlalchemy import Connection, insert, select, update

from editor.errors import Known
from editor.protocol.api import Account, Control, Publish, Reschedule, Session
from editor.schedule import plans, room
from editor.schedule.clock import AnyEvent, Ended, Extended, Held, Resumed, Skipped
from editor.schedule.log import ChatSet, Clocked
from editor.schedule.model import LONGEST_MS, Webinar
from editor.schedule.start import resolve
from hosting.house import House
from hosting.media import service as media
from hosting.registration import service as registration
from hosting.sessions import issuing, links
from hosting.sessions.desk import Desk, Writing
from hosting.sessions.instants import date_of, instant_of
from hosting.sessions.rooms import RoomState, Row, as_row
from hosting.sessions.tables import SESSIONS
from hosting.webinars import service as webinars

LOCAL = "%Y-%m-%dT%H:%M:%S"
LATEST = 253_402_300_799_999 - 2 * LONGEST_MS
"""The latest start: what an extension makes of its end is still a date."""


def publish(connection: Connection, account: Account, wish: Publish, now: int) -> str:
    """Schedule a session from a version; gives its id.

    Raises:
        Known: ``version.unknown``, ``version.other`` (another webinar's), ``session.empty``, ``session.no_start``,
            ``session.missing_hour``, ``session.past``, ``publish.media_missing`` (missing), ``plan.longest``,
            ``plan.overlap`` (titles of what stands in the way), and what `start.resolve` raises.
    """
    webinar, number = webinars.version(connection, account.id, wish.version)
    if webinar.id != wish.webinar:
        raise Known("version.other")
    _require_media(connection, account.id, webinar)
    if wish.test:
        zone = "UTC"
        starts_at = now + wish.in_ms
        start = date_of(starts_at).strftime(LOCAL)
    else:
        zone = wish.zone or webinar.zone
        start = wish.start or webinar.start or ""
        starts_at = _instant(start, zone)
        if webinar.room == "automated" and starts_at < now:
            raise Known("session.past", start=start, zone=zone)
    session = uuid.uuid4().hex
    row = {
        "id": session,
        "account": account.id,
        "webinar": webinar.id,
        "version": wish.version,
        "number": number,
        "title": webinar.title,
        "slug": links.slug_of(connection, account.id, webinar.id, test_session=session if wish.test else None),
        "start": start,
        "zone": zone,
        "starts_at": starts_at,
        "length_ms": webinar.length_ms,
        "room": webinar.room,
        "chat": webinar.chat,
        "chat_now": webinar.chat,
        "price": msgspec.json.encode(webinar.price) if webinar.price and webinar.access == "paid" else None,
        "test": wish.test,
        "replay": wish.replay,
        "waiting_ms": wish.waiting_ms,
        "state": "planned",
        "floor": 0,
        "sequence": 0,
    }
    _require_plan(connection, account, as_row(row))
    connection.execute(insert(SESSIONS).values(**row))
    return session


def reschedule(writing: Writing, desk: Desk, account: Account, session: str, wish: Reschedule, now: int) -> None:
    """Give a session that has not begun another start.

    Raises:
        Known: ``session.begun``, ``session.cancelled``, and what `publish` raises about starts and plans.
    """
    state = _not_begun(writing.connection, desk, account, session, now)
    starts_at = _instant(wish.start, wish.zone)
    if starts_at < now and state.row.room == "automated":
        raise Known("session.past", start=wish.start, zone=wish.zone)
    row = msgspec.structs.replace(state.row, start=wish.start, zone=wish.zone, starts_at=starts_at)
    _require_plan(writing.connection, account, row)
    _change(writing, session, start=wish.start, zone=wish.zone, starts_at=starts_at, sequence=state.row.sequence + 1)
    _overturn(writing, desk, session, now)


def cancel(writing: Writing, desk: Desk, account: Account, session: str, now: int) -> None:
    """Call a session off that has not begun; one that is called off already stays so.

    Raises:
        Known: ``session.begun``.
    """
    if own(writing.connection, desk, account, session).cancelled:
        return
    state = _not_begun(writing.connection, desk, account, session, now)
    _change(writing, session, state="cancelled", sequence=state.row.sequence + 1)
    _overturn(writing, desk, session, now)


def replace(writing: Writing, desk: Desk, account: Account, session: str, version: str, now: int) -> None:
    """Let a later version take over; start, zone, chat mode and price stay the session's.

    Raises:
        Known: ``locked`` (segments that have begun, or begin within the lead, would change), ``session.cancelled``,
            ``session.over``, ``version.other``, and what `publish` raises about versions, media and plans.
    """
    house = desk.house
    state = own(writing.connection, desk, account, session)
    _require_alive(state, now)
    webinar, number = webinars.version(writing.connection, account.id, version)
    if webinar.id != state.row.webinar or webinar.room != state.row.room:
        raise Known("version.other")
    _require_media(writing.connection, account.id, webinar)
    begun = state.phase(now) not in ("planned", "waiting")
    if state.row.room == "automated":
        reached_ms, lead_ms = state.reached_ms(now), house.settings.lead_ms
        standing = room.locked(state.webinar, webinar, state.clock, now, reached_ms=reached_ms, lead_ms=lead_ms)
        if standing:
            raise Known("locked", segments=standing)
    if not begun:
        _require_plan(writing.connection, account, msgspec.structs.replace(state.row, length_ms=webinar.length_ms))
    _change(writing, session, version=version, number=number, title=webinar.title, length_ms=webinar.length_ms)
    if begun and state.row.room == "automated":
        _issue(writing, desk, session, now)
    else:
        _overturn(writing, desk, session, now)


def control(writing: Writing, desk: Desk, account: Account, session: str, wish: Control, now: int) -> None:
    """Step in: an event of the room clock, or the chat on and off. Its cues are issued in the same transaction.

    Raises:
        Known: ``session.generation`` (`generation`: somebody else was first), ``session.on_demand``,
            ``session.cancelled``, ``control.incomplete`` (`what`), and what `RoomClock.after` raises.
    """
    state = own(writing.connection, desk, account, session)
    if state.row.room == "on_demand":
        raise Known("session.on_demand")
    if state.cancelled:
        raise Known("session.cancelled")
    generation = state.clock.read(now).generation
    if generation != wish.generation:
        raise Known("session.generation", generation=generation)
    if wish.what in ("chat_on", "chat_off"):
        mode = room.switched(state.row.chat, on=wish.what == "chat_on")
        if mode != state.row.chat_now:
            writing.log.add(session, room.audience_of(ChatSet(mode=mode), mode), now)
            _change(writing, session, chat_now=mode)
        return
    event = _event(wish, now)
    state.clock.after(event)
    row = Clocked(event=event, by=account.name or account.email)
    writing.log.add(session, room.audience_of(row, state.row.chat_now), now)
    _issue(writing, desk, session, now)


def own(connection: Connection, desk: Desk, account: Account, session: str) -> RoomState:
    """A session of the account's own.

    Raises:
        Known: ``session.unknown``.
    """
    state = desk.rooms.state(connection, session)
    if state.row.account != account.id:
        raise Known("session.unknown")
    return state


def told(connection: Connection, house: House, state: RoomState, now: int) -> Session:
    """A session as the team sees it."""
    row = state.row
    reading = state.clock.read(now)
    return Session(
        id=row.id,
        webinar=row.webinar,
        version=row.version,
        number=row.number,
        title=row.title,
        slug=row.slug,
        url=house.link(f"/w/{row.slug}"),
        start=row.start,
        zone=row.zone,
        starts_at=row.starts_at,
        ends_at=row.starts_at + row.length_ms,
        room=row.room,
        chat=row.chat,
        price=row.price,
        test=row.test,
        replay=row.replay,
        waiting_ms=row.waiting_ms,
        state=row.state,
        phase=state.phase(now),
        persons=registration.count(connection, row.id),
        generation=reading.generation,
        position_ms=reading.position_ms,
        chat_now=row.chat_now,
        now=now,
    )


def sessions(
    connection: Connection, desk: Desk, account: Account, now: int, webinar: str | None = None
) -> tuple[Session, ...]:
    """The account's sessions: what runs or comes, next first, then what was, last first."""
    query = select(SESSIONS).where(SESSIONS.c.account == account.id)
    if webinar is not None:
        query = query.where(SESSIONS.c.webinar == webinar)
    rows = [as_row(row._asdict()) for row in connection.execute(query)]
    rows.sort(key=lambda row: (0, row.starts_at) if row.state == "planned" else (1, -row.starts_at))
    return tuple(told(connection, desk.house, desk.rooms.state_of(connection, row), now) for row in rows)


# ------------------------------------------------------------------------------------------------- helpers


def _instant(start: str, zone: str) -> int:
    if not start:
        raise Known("session.no_start")
    found = resolve(start, zone)
    if found.trouble == "missing":
        raise Known("session.missing_hour", start=start, zone=zone)
    instant = instant_of(found.instant)
    if not 0 <= instant <= LATEST:
        raise Known("start.invalid", start=start)
    return instant


def _require_media(connection: Connection, account: str, webinar: Webinar) -> None:
    if not webinar.length_ms:
        raise Known("session.empty")
    missing = media.missing(connection, account, webinar)
    if missing:
        raise Known("publish.media_missing", missing=missing)


def _require_plan(connection: Connection, account: Account, row: Row) -> None:
    """Hold a session to the account's plan; private tests are outside all limits."""
    if row.test or row.room == "on_demand":
        return
    terms = plans.TERMS["trial" if account.plan == "trial" else "automated"]
    if terms.longest_ms is not None and row.length_ms > terms.longest_ms:
        raise Known("plan.longest", longest_ms=terms.longest_ms, length_ms=row.length_ms)
    query = select(SESSIONS).where(
        SESSIONS.c.account == account.id, SESSIONS.c.state == "planned", SESSIONS.c.test.is_(False)
    )
    others = [as_row(other._asdict()) for other in connection.execute(query)]
    in_the_way = plans.overlapping(_span(row), [_span(other) for other in others], terms)
    if in_the_way:
        titles = {other.id: other.title for other in others}
        raise Known(
            "plan.overlap",
            sessions=tuple(span.session for span in in_the_way),
            titles=tuple(titles[span.session] for span in in_the_way),
        )


def _span(row: Row) -> plans.Span:
    return plans.Span(row.id, date_of(row.starts_at), row.length_ms, row.room)


def _require_alive(state: RoomState, now: int) -> None:
    if state.cancelled:
        raise Known("session.cancelled")
    if state.phase(now) == "over":
        raise Known("session.over")


def _not_begun(connection: Connection, desk: Desk, account: Account, session: str, now: int) -> RoomState:
    state = own(connection, desk, account, session)
    if state.cancelled:
        raise Known("session.cancelled")
    if state.row.room == "automated" and state.phase(now) not in ("planned", "waiting"):
        raise Known("session.begun")
    return state


def _change(writing: Writing, session: str, **values: object) -> None:
    writing.connection.execute(update(SESSIONS).where(SESSIONS.c.id == session).values(**values))


def _issue(writing: Writing, desk: Desk, session: str, now: int) -> None:
    state = desk.rooms.state(writing.connection, session)
    issued = desk.issued.of(writing.connection, session)
    issuing.issue(writing.log, state, now, issued, desk.house.settings.lead_ms)


def _overturn(writing: Writing, desk: Desk, session: str, now: int) -> None:
    issuing.replan(writing.log, desk.rooms.state(writing.connection, session), now, desk.house.settings.lead_ms)
    writing.overturned.append(session)


def _event(wish: Control, now: int) -> AnyEvent:
    match wish.what:
        case "hold":
            return Held(at_ms=now, note=room.plain(wish.note))
        case "resume":
            return Resumed(at_ms=now)
        case "skip" if wish.to_ms is not None:
            return Skipped(at_ms=now, to_ms=wish.to_ms)
        case "extend" if wish.by_ms is not None:
            return Extended(at_ms=now, by_ms=wish.by_ms)
        case "end":
            return Ended(at_ms=now)
        case _:
            raise Known("control.incomplete", what=wish.what)
