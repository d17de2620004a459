"""The public view: the only source of what attendees get of a webinar."""

from collections.abc import Iterable

import msgspec

from editor.schedule.clock import AnyEvent, RoomClock
from editor.schedule.cues import AnyCue, CtaCue, SurveyCue
from editor.schedule.model import ChatMode, Webinar
from editor.schedule.room.cueing import now_cues, offers_so_far, program_of
from editor.schedule.room.phases import LEAD_MS, MESSAGES_MS, WAITING_MS, Phase, phase, takes


class PublicView(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for every attendee at one server time; fields are named as in `editor.protocol.frames.Snapshot`."""

    now: int
    title: str
    description: str
    """For the public page; the room's snapshot has no use for it."""
    language: str
    phase: Phase
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


def public_view(
    webinar: Webinar,
    events: tuple[AnyEvent, ...],
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
    stands = phase(clock, now_ms, waiting_ms=waiting_ms, cancelled=cancelled, on_demand=on_demand)
    starts_at = _starts_at(events)
    free = (on_demand and stands == "running") or (replay and stands == "over")
    inside = stands not in ("planned", "cancelled")
    talking = chat != "none" and inside and not on_demand and takes(clock, now_ms, MESSAGES_MS)
    cues: tuple[AnyCue, ...] = ()
    offers: tuple[CtaCue | SurveyCue, ...] = ()
    if free:
        cues = program_of(webinar)
    elif inside:
        cues = now_cues(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms)
        offers = offers_so_far(webinar, events, clock, now_ms)
    return PublicView(
        now=now_ms,
        title=webinar.title,
        description=webinar.description,
        language=webinar.language,
        phase=stands,
        starts_at=starts_at,
        opens_at=starts_at - waiting_ms,
        generation=clock.read(now_ms).generation,
        chat=chat,
        chat_open=talking,
        waiting_text=webinar.waiting_text if inside else "",
        waiting_picture=webinar.waiting_picture if inside else None,
        cues=cues,
        offers=offers,
        on_demand=free,
        length_ms=webinar.length_ms if free else None,
        replay=replay,
    )


def _starts_at(events: Iterable[AnyEvent]) -> int:
    """The start instant: the time of the log's first event."""
    return next(iter(events)).at_ms
