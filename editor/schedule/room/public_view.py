"""The public view: the only source of what attendees get of a webinar."""

from collections.abc import Iterable

import msgspec

from editor.schedule.clock import AnyClockEvent, RoomClock
from editor.schedule.cues import AnyCue, CtaCue, SurveyCue
from editor.schedule.model import ChatMode, Webinar
from editor.schedule.room.due_cues import collect_past_offers, find_current_cues, make_on_demand_cues
from editor.schedule.room.phases import LEAD_MS, MESSAGE_GRACE_MS, WAITING_MS, SessionPhase, find_phase, is_within_grace


class PublicView(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for every attendee at one server time; fields are named as in
    `editor.protocol.stream_events.Snapshot`.
    """

    now: int
    title: str
    description: str
    """For the public page; the room's snapshot has no use for it."""
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
    """What holds and may be told ahead; on demand the whole programme, in positions."""
    offers: tuple[CtaCue | SurveyCue, ...] = ()
    """Offers so far."""
    on_demand: bool = False
    length_ms: int | None = None
    """Only where one may seek."""
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
    """What attendees may know of a session at a server time: never notes, names of segments, or what is to come."""
    on_demand = webinar.room == "on_demand"
    session_phase = find_phase(clock, now_ms, waiting_ms=waiting_ms, cancelled=cancelled, on_demand=on_demand)
    starts_at = _find_start_ms(events)
    may_seek = (on_demand and session_phase == "running") or (replay and session_phase == "over")
    is_inside = session_phase not in ("planned", "cancelled")
    is_chat_open = chat != "none" and is_inside and not on_demand and is_within_grace(clock, now_ms, MESSAGE_GRACE_MS)
    cues: tuple[AnyCue, ...] = ()
    offers: tuple[CtaCue | SurveyCue, ...] = ()
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
    """The start instant: the time of the log's first event."""
    return next(iter(events)).at_ms
