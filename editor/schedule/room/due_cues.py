"""Which cues are due: what a session tells its attendees at a server time that it has not told them yet."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from editor.schedule.clock import AnyClockEvent, RoomClock
from editor.schedule.cues import AnyCue, CtaCue, StageCue, SurveyCue
from editor.schedule.joined_offers import find_next_opening_ms, find_open_offer, join_offers
from editor.schedule.model import Webinar
from editor.schedule.room.cue_builder import iter_stage_cues, make_offer_cue, make_stopped_cue
from editor.schedule.room.phases import LEAD_MS, WAITING_MS, ClockLine, find_played_spans, make_line
from editor.schedule.session_events import AnyLogRow, CuesIssued


def make_cue_key(cue: AnyCue) -> str:
    """What tells a cue from all others of its session; the same after a restart."""
    subject = "stage" if isinstance(cue, StageCue) else cue.offer
    return f"{cue.generation}/{subject}/{cue.at}-{'' if cue.until is None else cue.until}"


def collect_issued_keys(rows: Iterable[AnyLogRow], before: frozenset[str] = frozenset()) -> frozenset[str]:
    """The keys of the cues that a log's rows have issued and not replaced; `before` is what the rows before them had.

    A row that replaces wipes the slate: should an old plan come back, its cues have to be told again.
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
    """The cues to issue at `now_ms`, in order of their times: what holds, and what comes within the lead.

    Changes on stage come up to `lead_ms` ahead; offers when they open, or late if a pause of the server is to blame and
    they are open still. What is over and done is not told any more. `issued` are the keys of what was told already. An
    on-demand room has no cues of its own (`program_of`).
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
    """The row to write now, or None: the cues due, which replace what is outstanding if the generation is a new one."""
    cues = find_due_cues(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms, issued=issued)
    if not cues:
        return None
    generation_prefix = f"{cues[0].generation}/"
    return CuesIssued(cues=cues, replaces=bool(issued) and not any(key.startswith(generation_prefix) for key in issued))


def find_next_wake_ms(
    webinar: Webinar, clock: RoomClock, now_ms: int, *, lead_ms: int = LEAD_MS, waiting_ms: int = WAITING_MS
) -> int | None:
    """The next server time, after `now_ms`, at which `due` has anything new; None if it never will by itself."""
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
    """What somebody who joins now needs: what holds, and what may be told ahead already."""
    return find_due_cues(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms)


def collect_past_offers(
    webinar: Webinar, events: Iterable[AnyClockEvent], clock: RoomClock, now_ms: int
) -> tuple[CtaCue | SurveyCue, ...]:
    """Every offer that was open at some time until now, once each, in the order in which they opened first.

    `at` is when that was, `until` when it closed last; None while it is held open. What was skipped over was not
    offered.
    """
    generation = clock.read(now_ms).generation
    cues_by_offer: dict[str, CtaCue | SurveyCue] = {}
    joined_offers = join_offers(webinar)
    for span in find_played_spans(events, clock, now_ms):
        for joined_offer in joined_offers:
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
    """The whole webinar as cues whose times are positions, for those who watch on a clock of their own.

    Only for on-demand rooms and replays; to anybody else it would tell what is to come.
    """
    line = ClockLine()
    cues: list[AnyCue] = [*iter_stage_cues(webinar, line, 0)]
    cues += [make_offer_cue(whole, line) for whole in join_offers(webinar)]
    return tuple(sorted(cues, key=lambda cue: cue.at))


def find_stage_cue(webinar: Webinar, position_ms: int) -> StageCue:
    """The one of `program_of` that holds at a position."""
    line = ClockLine()
    current = None
    for cue in iter_stage_cues(webinar, line, position_ms):
        if current is not None and cue.at > position_ms:
            break
        current = cue
    assert current is not None, "a programme is over at last"
    return current


def _iter_stage_cues(webinar: Webinar, clock: RoomClock, line: ClockLine, now_ms: int) -> Iterator[StageCue]:
    """The cues of the stage from what holds at `now_ms` on."""
    if line.stop_reason:
        is_held = line.stop_reason == "held"
        resumes_ms = clock.since_ms + clock.resume_after_ms if is_held else None
        yield make_stopped_cue(webinar, line, note=clock.note if is_held else "", resumes_ms=resumes_ms)
    else:
        yield from iter_stage_cues(webinar, line, line.to_position_ms(now_ms), clock.extension_ms)


def _find_first_after(cues: Iterator[StageCue], at_ms: int) -> tuple[StageCue, ...]:
    """The first cue after a server time, if there is one."""
    beyond = next((cue for cue in cues if cue.at > at_ms), None)
    return () if beyond is None else (beyond,)
