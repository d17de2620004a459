"""What an attendee gets of a session: the landing, the way in, the snapshot, the calendar file."""

import icalendar
from sqlalchemy import Connection

from editor.errors import Known
from editor.protocol.api import Enter, Entered, Landing, Trouble
from editor.protocol.frames import Seen, Snapshot
from editor.schedule import room
from editor.schedule.log import Arrived, Troubled
from editor.schedule.start import resolve
from hosting.answers import service as answers
from hosting.house import House
from hosting.registration import service as registration
from hosting.registration.service import Person
from hosting.sessions import chat, log
from hosting.sessions.instants import date_of, instant_of
from hosting.sessions.log import Log
from hosting.sessions.rooms import RoomState


def landing(house: House, state: RoomState, now: int) -> Landing:
    """What anybody who has the link may know."""
    row, webinar = state.row, state.webinar
    return Landing(
        session=row.id,
        title=webinar.title,
        description=webinar.description,
        language=webinar.language,
        start=row.start,
        zone=row.zone,
        starts_at=row.starts_at,
        ends_at=row.starts_at + row.length_ms,
        opens_at=max(0, row.starts_at - row.waiting_ms),
        now=now,
        room=row.room,
        phase=state.phase(now),
        test=row.test,
        replay=row.replay,
        available_until=_until(state),
        access="paid" if row.price else "free",
        price=row.price,
        chat=row.chat_now,
        email_owed=_email_owed(state),
        calendar=house.link(f"/w/{row.slug}/calendar.ics"),
    )


def enter(log_: Log, state: RoomState, wish: Enter, now: int) -> Entered:
    """Let somebody in, and tell the team.

    Raises:
        Known: ``room.cancelled``, ``room.over`` (and no replay), ``room.closed`` (on demand, no new access any more),
            ``room.unpaid``, and what `registration.enter` raises.
    """
    row = state.row
    if state.cancelled:
        raise Known("room.cancelled")
    if state.phase(now) == "over" and not row.replay and not room.takes(state.clock, now, room.REPLIES_MS):
        raise Known("room.over")
    until = _until(state)
    if until is not None and now >= until:
        raise Known("room.closed")
    if row.price is not None and not row.test:
        raise Known("room.unpaid")
    entered = registration.enter(log_.connection, row.id, wish, now, email_owed=_email_owed(state))
    person = registration.person_of(log_.connection, row.id, entered.token)
    log_.add(row.id, room.audience_of(Arrived(person=person.id, name=person.name), row.chat_now), now)
    return entered


def snapshot(connection: Connection, house: House, state: RoomState, person: Person, media_base: str) -> Snapshot:
    """Everything a client needs to begin; the stream goes on from its `seen`."""
    row, now = state.row, house.now()
    view = room.public_view(
        state.webinar,
        state.events,
        state.clock,
        now,
        chat=row.chat_now,
        lead_ms=house.settings.lead_ms,
        waiting_ms=row.waiting_ms,
        replay=row.replay,
        cancelled=state.cancelled,
    )
    return Snapshot(
        epoch=house.epoch,
        session=row.id,
        now=view.now,
        seen=tuple(
            Seen(audience=audience, seq=log.last_of(connection, row.id, audience))
            for audience in (room.PUBLIC, person.id)
        ),
        title=view.title,
        language=view.language,
        phase=view.phase,
        starts_at=view.starts_at,
        opens_at=view.opens_at,
        generation=view.generation,
        chat=view.chat,
        chat_open=view.chat_open,
        waiting_text=view.waiting_text,
        waiting_picture=view.waiting_picture,
        cues=view.cues,
        offers=view.offers,
        clicked=answers.clicked_by(connection, row.id, person.id),
        answered=answers.answered_by(connection, row.id, person.id),
        messages=chat.seen_by(connection, row.id, person.id),
        media_base=media_base,
        on_demand=view.on_demand,
        length_ms=view.length_ms,
        replay=view.replay,
    )


def report(log_: Log, state: RoomState, person: Person, trouble: Trouble, now: int) -> int:
    """Tell the team that picture or sound are missing.

    Raises:
        Known: ``room.fast``.
    """
    registration.may_report(log_.connection, person, now)
    row = Troubled(person=person.id, text=room.plain(trouble.text), seen=room.plain(trouble.seen))
    return log_.add(state.row.id, room.audience_of(row, state.row.chat_now), now)


def calendar(house: House, state: RoomState, now: int) -> bytes:
    """The session as a calendar file; another plan has the same identity and a higher sequence."""
    row, webinar = state.row, state.webinar
    event = icalendar.Event()
    event.add("uid", f"{row.id}@matinee")
    event.add("dtstamp", date_of(now))
    event.add("dtstart", date_of(row.starts_at))
    event.add("dtend", date_of(row.starts_at + row.length_ms))
    event.add("summary", webinar.title)
    event.add("url", house.link(f"/w/{row.slug}"))
    event.add("description", "\n\n".join(part for part in (webinar.description, house.link(f"/w/{row.slug}")) if part))
    event.add("sequence", row.sequence)
    event.add("status", "CANCELLED" if state.cancelled else "CONFIRMED")
    whole = icalendar.Calendar()
    whole.add("prodid", "-//Matinee//hosting//EN")
    whole.add("version", "2.0")
    whole.add("method", "CANCEL" if state.cancelled else "PUBLISH")
    whole.add_component(event)
    return bytes(whole.to_ical())


def _email_owed(state: RoomState) -> bool:
    return state.row.chat == "answer_later"


def _until(state: RoomState) -> int | None:
    """On demand: the instant from which nobody new is let in."""
    webinar = state.webinar
    if webinar.room != "on_demand" or webinar.available_until is None:
        return None
    return instant_of(resolve(webinar.available_until, state.row.zone, shift=True).instant)
