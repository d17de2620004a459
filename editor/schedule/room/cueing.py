"""Which cues are due: what a session tells its attendees at a server time that it has not told them yet."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from editor.schedule.clock import AnyEvent, RoomClock
from editor.schedule.cues import AnyCue, CtaCue, StageCue, SurveyCue
from editor.schedule.log import AnyRow, Cued
from editor.schedule.model import Webinar
from editor.schedule.room.making import offer_at, offer_cue, opens_after, stage_cues, standing_cue, wholes
from editor.schedule.room.phases import LEAD_MS, WAITING_MS, Line, line_of, travelled


def key_of(cue: AnyCue) -> str:
    """What tells a cue from all others of its session; the same after a restart."""
    what = "stage" if isinstance(cue, StageCue) else cue.offer
    return f"{cue.generation}/{what}/{cue.at}-{'' if cue.until is None else cue.until}"


def issued_in(rows: Iterable[AnyRow], before: frozenset[str] = frozenset()) -> frozenset[str]:
    """The keys of the cues that a log's rows have issued and not replaced; `before` is what the rows before them had.

    A row that replaces wipes the slate: should an old plan come back, its cues have to be told again.
    """
    keys = before
    for row in rows:
        if isinstance(row, Cued):
            told = frozenset(key_of(cue) for cue in row.cues)
            keys = told if row.replaces else keys | told
    return keys


def due(
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
    line = line_of(clock, now_ms, waiting_ms=waiting_ms)
    cues: list[AnyCue] = []
    for cue in _stage(webinar, clock, line, now_ms):
        if cue.at > now_ms + lead_ms:
            break
        if cue.until is None or cue.until > now_ms:
            cues.append(cue)
    if line.stands != "ended" and (whole := offer_at(webinar, line.position(now_ms))) is not None:
        cues.append(offer_cue(whole, line))
    cues.sort(key=lambda cue: cue.at)
    return tuple(cue for cue in cues if key_of(cue) not in issued)


def cued(
    webinar: Webinar,
    clock: RoomClock,
    now_ms: int,
    *,
    lead_ms: int = LEAD_MS,
    waiting_ms: int = WAITING_MS,
    issued: Collection[str] = (),
) -> Cued | None:
    """The row to write now, or None: the cues due, which replace what is outstanding if the generation is a new one."""
    cues = due(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms, issued=issued)
    if not cues:
        return None
    mine = f"{cues[0].generation}/"
    return Cued(cues=cues, replaces=bool(issued) and not any(key.startswith(mine) for key in issued))


def wakes_ms(
    webinar: Webinar, clock: RoomClock, now_ms: int, *, lead_ms: int = LEAD_MS, waiting_ms: int = WAITING_MS
) -> int | None:
    """The next server time, after `now_ms`, at which `due` has anything new; None if it never will by itself."""
    if webinar.room == "on_demand":
        return None
    now_ms = max(now_ms, clock.latest_ms)
    line = line_of(clock, now_ms, waiting_ms=waiting_ms)
    if line.stands:
        return clock.since_ms + clock.resume_after_ms if line.stands == "held" else None
    ahead = [cue.at - lead_ms for cue in _first_beyond(_stage(webinar, clock, line, now_ms), now_ms + lead_ms)]
    opening = opens_after(webinar, line.position(now_ms))
    if opening is not None:
        ahead.append(line.at(opening))
    return min(ahead, default=None)


def now_cues(
    webinar: Webinar, clock: RoomClock, now_ms: int, *, lead_ms: int = LEAD_MS, waiting_ms: int = WAITING_MS
) -> tuple[AnyCue, ...]:
    """What somebody who joins now needs: what holds, and what may be told ahead already."""
    return due(webinar, clock, now_ms, lead_ms=lead_ms, waiting_ms=waiting_ms)


def offers_so_far(
    webinar: Webinar, events: Iterable[AnyEvent], clock: RoomClock, now_ms: int
) -> tuple[CtaCue | SurveyCue, ...]:
    """Every offer that was open at some time until now, once each, in the order in which they opened first.

    `at` is when that was, `until` when it closed last; None while it is held open. What was skipped over was not
    offered.
    """
    generation = clock.read(now_ms).generation
    told: dict[str, CtaCue | SurveyCue] = {}
    every = wholes(webinar)
    for span in travelled(events, clock, now_ms):
        for whole in every:
            if whole.start_ms > span.to_ms or whole.end_ms <= span.from_ms:
                continue
            cue = offer_cue(whole, span.line)
            first = told.get(cue.offer, cue)
            ends = [end_ms for end_ms in (cue.until, span.bent_ms) if end_ms is not None]
            told[cue.offer] = msgspec.structs.replace(first, generation=generation, until=min(ends) if ends else None)
    return tuple(told.values())


def program_of(webinar: Webinar) -> tuple[AnyCue, ...]:
    """The whole webinar as cues whose times are positions, for those who watch on a clock of their own.

    Only for on-demand rooms and replays; to anybody else it would tell what is to come.
    """
    line = Line()
    cues: list[AnyCue] = [*stage_cues(webinar, line, 0)]
    cues += [offer_cue(whole, line) for whole in wholes(webinar)]
    return tuple(sorted(cues, key=lambda cue: cue.at))


def stage_cue_at(webinar: Webinar, position_ms: int) -> StageCue:
    """The one of `program_of` that holds at a position."""
    line = Line()
    held = None
    for cue in stage_cues(webinar, line, position_ms):
        if held is not None and cue.at > position_ms:
            break
        held = cue
    assert held is not None, "a programme is over at last"
    return held


def _stage(webinar: Webinar, clock: RoomClock, line: Line, now_ms: int) -> Iterator[StageCue]:
    """The cues of the stage from what holds at `now_ms` on."""
    if line.stands:
        held = line.stands == "held"
        resumes_ms = clock.since_ms + clock.resume_after_ms if held else None
        yield standing_cue(webinar, line, note=clock.note if held else "", resumes_ms=resumes_ms)
    else:
        yield from stage_cues(webinar, line, line.position(now_ms), clock.extension_ms)


def _first_beyond(cues: Iterator[StageCue], at_ms: int) -> tuple[StageCue, ...]:
    """The first cue after a server time, if there is one."""
    beyond = next((cue for cue in cues if cue.at > at_ms), None)
    return () if beyond is None else (beyond,)
