"""Finds the cues that are due: those in force or coming soon at a server time that were not issued yet."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from editor.schedule.clock import AnyClockEvent, RoomClock
from editor.schedule.cues import AnyCue, OfferCue, StageCue
from editor.schedule.model import Webinar
from editor.schedule.offer_parts import find_next_opening_ms, find_open_offer, join_offers
from editor.schedule.room.cue_builder import iter_stage_cues, make_offer_cue, make_stopped_cue
from editor.schedule.room.phases import LEAD_MS, WAITING_MS, ClockLine, find_played_spans, make_line
from editor.schedule.session_events import AnyLogRow, CuesIssued


def make_cue_key(cue: AnyCue) -> str:
    """Return the text that identifies a cue within its session; it is the same after a restart.

    It is made of the generation, "stage" or the offer's id, and the times: a cue whose end moved has another key.
    """
    subject = "stage" if isinstance(cue, StageCue) else cue.offer
    return f"{cue.generation}/{subject}/{cue.at}-{'' if cue.until is None else cue.until}"


def collect_issued_keys(rows: Iterable[AnyLogRow], before: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the keys of the cues that a log's rows issued and did not replace; `before` are those of earlier rows.

    A row that replaces drops all earlier keys: if an old version comes back, its cues are issued again.
    """
    keys = before
    for row in rows:
        if isinstance(row, CuesIssued):
            row_keys = frozenset(make_cue_key(cue) for cue in row.cues)
            keys = row_keys if row.replaces else keys | row_keys
    return keys


def find_due_cues(
    webinar: Webinar,
    clock: RoomClock,
    now_ms: int,
    *,
    lead_ms: int = LEAD_MS,
    waiting_ms: int = WAITING_MS,
    issued: Collection[str] = (),
) -> tuple[AnyCue, ...]:
    """Return the cues to issue at `now_ms`, in order of their times: those in force, and those within the lead.

    Changes on stage are issued up to `lead_ms` ahead; offers when they open, or late if the server was away and they
    are still open. What is over is not issued any more. An on-demand room has no cues of its own
    (`make_on_demand_cues`).

    Args:
        webinar: The version that plays.
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        lead_ms: How far ahead stage cues are issued.
        waiting_ms: How long before the start the waiting room opens.
        issued: The keys of the cues that were issued already.
    """
    if webinar.room == "on_demand":
        return ()
    now_ms = max(now_ms, clock.latest_ms)
    line = make_line(clock, now_ms, waiting_ms=waiting_ms)
    cues: list[AnyCue] = []
    for cue in _iter_stage_cues(webinar, clock, line, now_ms):
        if cue.at > now_ms + lead_ms:
            break
        if cue.until is None or cue.until > now_ms:
            cues.append(cue)
    if (
        line.stop_reason != "ended"
        and (joined_offer := find_open_offer(webinar, line.to_position_ms(now_ms))) is not None
    ):
        cues.append(make_offer_cue(joined_offer, line))
    cues.sort(key=lambda cue: cue.at)
    return tuple(cue for cue in cues if make_cue_key(cue) not in issued)


def make_cue_row(
    webinar: Webinar,
    clock: RoomClock,
    now_ms: int,
    *,
    lead_ms: int = LEAD_MS,
    waiting_ms: int = WAITING_MS,
    issued: Collection[str] = (),
) -> CuesIssued | None:
    """Return the row of the cues that are due, or None; in a new generation it replaces all earlier cues.

    Args:
        webinar: The version that plays.
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        lead_ms: How far ahead stage cues are issued.
        waiting_ms: How long before the start the waiting room opens.
        issued: The keys of the cues that were issued already.
    """
    cues = find_due_cues(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms, issued=issued)
    if not cues:
        return None
    generation_prefix = f"{cues[0].generation}/"
    return CuesIssued(cues=cues, replaces=bool(issued) and not any(key.startswith(generation_prefix) for key in issued))


def find_next_wake_ms(
    webinar: Webinar, clock: RoomClock, now_ms: int, *, lead_ms: int = LEAD_MS, waiting_ms: int = WAITING_MS
) -> int | None:
    """Return the next server time (ms since the epoch) at which a cue becomes due; None if none does by itself.

    While held, that is when the hold ends by itself. On demand, and when the session was ended, it is None.

    Args:
        webinar: The version that plays.
        clock: The room clock.
        now_ms: The server time after which to look.
        lead_ms: How far ahead stage cues are issued.
        waiting_ms: How long before the start the waiting room opens.
    """
    if webinar.room == "on_demand":
        return None
    now_ms = max(now_ms, clock.latest_ms)
    line = make_line(clock, now_ms, waiting_ms=waiting_ms)
    if line.stop_reason:
        return clock.since_ms + clock.resume_after_ms if line.stop_reason == "held" else None
    ahead = [
        cue.at - lead_ms for cue in _find_first_after(_iter_stage_cues(webinar, clock, line, now_ms), now_ms + lead_ms)
    ]
    opening = find_next_opening_ms(webinar, line.to_position_ms(now_ms))
    if opening is not None:
        ahead.append(line.to_server_ms(opening))
    return min(ahead, default=None)


def find_current_cues(
    webinar: Webinar, clock: RoomClock, now_ms: int, *, lead_ms: int = LEAD_MS, waiting_ms: int = WAITING_MS
) -> tuple[AnyCue, ...]:
    """Return the cues for a person who joins now: those in force, and those within the lead, whether issued or not.

    Empty on demand.

    Args:
        webinar: The version that plays.
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        lead_ms: How far ahead stage cues are issued.
        waiting_ms: How long before the start the waiting room opens.
    """
    return find_due_cues(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms)


def collect_past_offers(
    webinar: Webinar, events: Iterable[AnyClockEvent], clock: RoomClock, now_ms: int
) -> tuple[OfferCue, ...]:
    """Return every offer that was open at some time until now, once each, in the order in which they opened.

    `at` is when the offer opened first, `until` when it closed last; None while it is held open. An offer that was
    skipped over is left out.

    Args:
        webinar: The version that plays.
        events: The events of the room clock.
        clock: The clock after these events.
        now_ms: The server time, in ms since the epoch.
    """
    generation = clock.read(now_ms).generation
    cues_by_offer: dict[str, OfferCue] = {}
    offer_parts = join_offers(webinar)
    for span in find_played_spans(events, clock, now_ms):
        for joined_offer in offer_parts:
            if joined_offer.start_ms > span.to_ms or joined_offer.end_ms <= span.from_ms:
                continue
            cue = make_offer_cue(joined_offer, span.line)
            first = cues_by_offer.get(cue.offer, cue)
            ends = [end_ms for end_ms in (cue.until, span.interrupted_ms) if end_ms is not None]
            cues_by_offer[cue.offer] = msgspec.structs.replace(
                first, generation=generation, until=min(ends) if ends else None
            )
    return tuple(cues_by_offer.values())


def make_on_demand_cues(webinar: Webinar) -> tuple[AnyCue, ...]:
    """Return the whole webinar as cues whose times are positions, for viewers on a clock of their own.

    Only for on-demand rooms and replays; to other attendees it would reveal what is to come.
    """
    line = ClockLine()
    cues: list[AnyCue] = [*iter_stage_cues(webinar, line, 0)]
    cues += [make_offer_cue(whole, line) for whole in join_offers(webinar)]
    return tuple(sorted(cues, key=lambda cue: cue.at))


def find_stage_cue(webinar: Webinar, position_ms: int) -> StageCue:
    """Return the stage cue of `make_on_demand_cues` that is in force at a position (ms).

    Before 0 it is the first cue; from the webinar's length on, the one that says that it is over.
    """
    line = ClockLine()
    current = None
    for cue in iter_stage_cues(webinar, line, position_ms):
        if current is not None and cue.at > position_ms:
            break
        current = cue
    assert current is not None, "the last cue of every webinar says that it is over"
    return current


def _iter_stage_cues(webinar: Webinar, clock: RoomClock, line: ClockLine, now_ms: int) -> Iterator[StageCue]:
    """Yield the stage cues from the one in force at `now_ms` on."""
    if line.stop_reason:
        is_held = line.stop_reason == "held"
        resumes_ms = clock.since_ms + clock.resume_after_ms if is_held else None
        yield make_stopped_cue(webinar, line, note=clock.note if is_held else "", resumes_ms=resumes_ms)
    else:
        yield from iter_stage_cues(webinar, line, line.to_position_ms(now_ms), clock.extension_ms)


def _find_first_after(cues: Iterator[StageCue], at_ms: int) -> tuple[StageCue, ...]:
    """Return the first cue after a server time, if there is one."""
    beyond = next((cue for cue in cues if cue.at > at_ms), None)
    return () if beyond is None else (beyond,)
