"""The public view: all that attendees get of a webinar, and its only source."""

from collections.abc import Iterable

import msgspec

from editor.schedule.clock import AnyClockEvent, RoomClock
from editor.schedule.cues import AnyCue, OfferCue
from editor.schedule.model import ChatMode, Webinar
from editor.schedule.room.due_cues import collect_past_offers, find_current_cues, make_on_demand_cues
from editor.schedule.room.phases import LEAD_MS, MESSAGE_GRACE_MS, WAITING_MS, SessionPhase, find_phase, is_within_grace


class PublicView(msgspec.Struct, frozen=True, kw_only=True):
    """What every attendee may know of a session at one server time; immutable, made by `make_public_view`.

    Fields are named as in `editor.protocol.stream_events.Snapshot`; times are ms since the epoch, on demand those of
    cues positions (ms).
    """

    now: int
    title: str
    description: str
    """For the public page; it is not part of the room's snapshot."""
    language: str
    phase: SessionPhase
    starts_at: int
    opens_at: int
    """When the waiting room opens."""
    generation: int
    chat: ChatMode
    chat_open: bool
    waiting_text: str = ""
    waiting_picture: str | None = None
    cues: tuple[AnyCue, ...] = ()
    """The cues in force and within the lead; on demand the whole programme, with positions as times."""
    offers: tuple[OfferCue, ...] = ()
    """The offers that were opened until now."""
    on_demand: bool = False
    length_ms: int | None = None
    """The webinar's length in ms; only where seeking is allowed."""
    replay: bool = False


def make_public_view(
    webinar: Webinar,
    events: tuple[AnyClockEvent, ...],
    clock: RoomClock,
    now_ms: int,
    *,
    chat: ChatMode,
    lead_ms: int = LEAD_MS,
    waiting_ms: int = WAITING_MS,
    replay: bool = False,
    cancelled: bool = False,
) -> PublicView:
    """Return what attendees may know of a session: never notes, names of segments, or what is to come.

    Before the waiting room opens, and once the session is cancelled, cues, offers and the waiting room's text and
    picture are left out.

    Args:
        webinar: The version that plays.
        events: The events of the room clock; the first one is the start, and must be there.
        clock: The clock after these events.
        now_ms: The server time, in ms since the epoch.
        chat: The chat mode now.
        lead_ms: How far ahead stage cues are issued.
        waiting_ms: How long before the start the waiting room opens.
        replay: The session can be watched when it is over.
        cancelled: The session was cancelled.
    """
    on_demand = webinar.room == "on_demand"
    session_phase = find_phase(clock, now_ms, waiting_ms=waiting_ms, cancelled=cancelled, on_demand=on_demand)
    starts_at = _find_start_ms(events)
    may_seek = (on_demand and session_phase == "running") or (replay and session_phase == "over")
    is_inside = session_phase not in ("planned", "cancelled")
    is_chat_open = chat != "none" and is_inside and not on_demand and is_within_grace(clock, now_ms, MESSAGE_GRACE_MS)
    cues: tuple[AnyCue, ...] = ()
    offers: tuple[OfferCue, ...] = ()
    if may_seek:
        cues = make_on_demand_cues(webinar)
    elif is_inside:
        cues = find_current_cues(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms)
        offers = collect_past_offers(webinar, events, clock, now_ms)
    return PublicView(
        now=now_ms,
        title=webinar.title,
        description=webinar.description,
        language=webinar.language,
        phase=session_phase,
        starts_at=starts_at,
        opens_at=starts_at - waiting_ms,
        generation=clock.read(now_ms).generation,
        chat=chat,
        chat_open=is_chat_open,
        waiting_text=webinar.waiting_text if is_inside else "",
        waiting_picture=webinar.waiting_picture if is_inside else None,
        cues=cues,
        offers=offers,
        on_demand=may_seek,
        length_ms=webinar.length_ms if may_seek else None,
        replay=replay,
    )


def _find_start_ms(events: Iterable[AnyClockEvent]) -> int:
    """Return the start instant, the time of the first event."""
    return next(iter(events)).at_ms
