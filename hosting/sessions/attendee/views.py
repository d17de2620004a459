"""What attendees get of a session: landing page, entering, snapshot, calendar file."""

import icalendar
from sqlalchemy import Connection

from editor.errors import KnownError
from editor.protocol.api import EnterRequest, EnterResult, Landing, TroubleReport
from editor.protocol.stream_events import Snapshot, StreamPosition
from editor.schedule import room
from editor.schedule.session_events import AttendeeEntered, TroubleReported
from editor.schedule.start_time import resolve_start
from editor.timestamps import to_datetime, to_timestamp_ms
from hosting.attendees import service as attendees
from hosting.attendees.service import Person
from hosting.context import HostingContext
from hosting.responses import service as responses
from hosting.sessions.attendee import chat
from hosting.sessions.engine import event_log
from hosting.sessions.engine.event_log import EventLog
from hosting.sessions.engine.session_state import SessionState


def make_landing(context: HostingContext, state: SessionState, now: int) -> Landing:
    """Return what the landing page shows to everybody who has the link; its times are milliseconds since the epoch.

    Args:
        context: Of the hosting.
        state: Of the session.
        now: The server time in milliseconds.
    """
    row, webinar = state.record, state.webinar
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
        phase=state.find_phase(now),
        test=row.test,
        replay=row.replay,
        available_until=_find_closing_time(state),
        access="paid" if row.price else "free",
        price=row.price,
        chat=row.chat_now,
        email_owed=_is_email_required(state),
        calendar=context.url_for(f"/w/{row.slug}/calendar.ics"),
    )


def enter_session(session_log: EventLog, state: SessionState, request: EnterRequest, now: int) -> EnterResult:
    """Let a person enter a session, and log it for the team; return their new token, which cannot be shown again.

    Each call adds another person, with the same name and address too.

    Args:
        session_log: The event log of a writing transaction.
        state: Of the session.
        request: Name, e-mail address and language of the person.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``room.cancelled``, ``room.over`` (without a replay, from `REPLY_GRACE_MS` after the end on),
            ``room.closed`` (on demand, and new access has ended), ``room.unpaid`` (it has a price and is no private
            test), ``person.name``, ``person.email``.
    """
    row = state.record
    if state.is_cancelled:
        raise KnownError("room.cancelled")
    if (
        state.find_phase(now) == "over"
        and not row.replay
        and not room.is_within_grace(state.clock, now, room.REPLY_GRACE_MS)
    ):
        raise KnownError("room.over")
    closes_at = _find_closing_time(state)
    if closes_at is not None and now >= closes_at:
        raise KnownError("room.closed")
    if row.price is not None and not row.test:
        raise KnownError("room.unpaid")
    entered = attendees.create_person(
        session_log.connection, row.id, request, now, email_required=_is_email_required(state)
    )
    person = attendees.require_person(session_log.connection, row.id, entered.token)
    session_log.append(
        row.id, room.make_deliveries(AttendeeEntered(person=person.id, name=person.name), row.chat_now), now
    )
    return entered


def make_snapshot(
    connection: Connection, context: HostingContext, state: SessionState, person: Person, media_base: str
) -> Snapshot:
    """Return all that a page needs to begin with; its event stream continues after the rows in `seen`.

    Args:
        connection: The reading transaction in which `state` was loaded, so that both are of one moment.
        context: Of the hosting.
        state: Of the session.
        person: Who gets the snapshot; their own messages and answers are in it.
        media_base: The prefix of the session's media paths (`hosting.delivery.signing.make_media_base`).
    """
    row, now = state.record, context.now()
    view = room.make_public_view(
        state.webinar,
        state.events,
        state.clock,
        now,
        chat=row.chat_now,
        lead_ms=context.settings.lead_ms,
        waiting_ms=row.waiting_ms,
        replay=row.replay,
        cancelled=state.is_cancelled,
    )
    return Snapshot(
        epoch=context.epoch,
        session=row.id,
        now=view.now,
        seen=tuple(
            StreamPosition(audience=audience, seq=event_log.find_last_seq(connection, row.id, audience))
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
        clicked=responses.list_clicked_offers(connection, row.id, person.id),
        answered=responses.list_answers(connection, row.id, person.id),
        messages=chat.load_visible_messages(connection, row.id, person.id),
        media_base=media_base,
        on_demand=view.on_demand,
        length_ms=view.length_ms,
        replay=view.replay,
    )


def report_trouble(session_log: EventLog, state: SessionState, person: Person, trouble: TroubleReport, now: int) -> int:
    """Log for the team that a person has no picture or sound; return the number of the log row.

    Args:
        session_log: The event log of a writing transaction.
        state: Of the session.
        person: Who reports it.
        trouble: What they wrote, and what their page found out.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``room.fast`` with `wait_ms`: the person's last report was less than ten seconds ago.
    """
    attendees.record_trouble_report(session_log.connection, person, now)
    row = TroubleReported(
        person=person.id, text=room.normalize_text(trouble.text), seen=room.normalize_text(trouble.seen)
    )
    return session_log.append(state.record.id, room.make_deliveries(row, state.record.chat_now), now)


def render_calendar(context: HostingContext, state: SessionState, now: int) -> bytes:
    """Render a session as a calendar file (RFC 5545), with METHOD:CANCEL once it is cancelled.

    A new schedule keeps the UID and raises the sequence, so calendars update their entry.

    Args:
        context: Of the hosting.
        state: Of the session.
        now: The server time in milliseconds; it becomes the DTSTAMP.
    """
    row, webinar = state.record, state.webinar
    event = icalendar.Event()
    event.add("uid", f"{row.id}@matinee")
    event.add("dtstamp", to_datetime(now))
    event.add("dtstart", to_datetime(row.starts_at))
    event.add("dtend", to_datetime(row.starts_at + row.length_ms))
    event.add("summary", webinar.title)
    event.add("url", context.url_for(f"/w/{row.slug}"))
    event.add(
        "description", "\n\n".join(part for part in (webinar.description, context.url_for(f"/w/{row.slug}")) if part)
    )
    event.add("sequence", row.sequence)
    event.add("status", "CANCELLED" if state.is_cancelled else "CONFIRMED")
    ical = icalendar.Calendar()
    ical.add("prodid", "-//Matinee//hosting//EN")
    ical.add("version", "2.0")
    ical.add("method", "CANCEL" if state.is_cancelled else "PUBLISH")
    ical.add_component(event)
    return bytes(ical.to_ical())


def _is_email_required(state: SessionState) -> bool:
    return state.record.chat == "answer_later"


def _find_closing_time(state: SessionState) -> int | None:
    """Return the time from which no new person may enter on demand, in milliseconds; None if there is none."""
    webinar = state.webinar
    if webinar.room != "on_demand" or webinar.available_until is None:
        return None
    return to_timestamp_ms(resolve_start(webinar.available_until, state.record.zone, shift=True).instant)
