"""Builds cues from a schedule: every change on stage and every offer, on one line of the room clock."""

from collections.abc import Iterator
from typing import assert_never

import msgspec

from editor.schedule.cues import AttendeeQuestion, CtaCue, OfferCue, StageCue, SurveyCue
from editor.schedule.fades import FULL_GAIN, get_fade_in_rest_ms, get_fade_out_rest_ms, get_sound_ms
from editor.schedule.kinds import TRAITS, SoundSegment
from editor.schedule.lane_search import find_last_started
from editor.schedule.model import Cta, Kind, Presentation, Survey, Webinar
from editor.schedule.offer_parts import JoinedOffer
from editor.schedule.room.phases import ClockLine
from editor.schedule.stage import Stage, compute_stage


def iter_stage_cues(webinar: Webinar, line: ClockLine, from_ms: int, extension_ms: int = 0) -> Iterator[StageCue]:
    """Yield the changes on stage along a moving line, in order, from the one in force at `from_ms` or a little before.

    It is lazy, so that callers can stop early. The last cue says that the session is over. Offers are left out.

    Args:
        webinar: The version that plays.
        line: The clock line, which moves (without `stop_reason`).
        from_ms: The position to begin at, in ms; negative begins with the waiting room.
        extension_ms: How long the closing card stands behind the webinar.
    """
    length_ms = webinar.length_ms
    over_ms = length_ms + extension_ms
    programme_only = msgspec.structs.replace(webinar, interactions=())
    at_ms = line.to_position_ms(line.begins_ms)
    if from_ms >= 0:
        at_ms = max(at_ms, _find_last_change_ms(webinar, from_ms))
    while at_ms < over_ms:
        stage = _compute_stage_without_offers(programme_only, length_ms, at_ms)
        next_ms = over_ms if stage.phase == "ended" else _find_next_change_ms(programme_only, length_ms, stage)
        yield _make_stage_cue(programme_only, line, stage, next_ms)
        at_ms = next_ms
    yield StageCue(
        generation=line.generation,
        at=line.to_server_ms(at_ms),
        until=None,
        phase="over",
        position_ms=at_ms,
        show="card",
    )


def make_stopped_cue(webinar: Webinar, line: ClockLine, *, note: str = "", resumes_ms: int | None = None) -> StageCue:
    """Make the stage cue for a line that does not move: held, silent and with a note, or over.

    Args:
        webinar: The version that plays.
        line: The clock line, with a `stop_reason`.
        note: What attendees read while it is held.
        resumes_ms: The server time (ms since the epoch) at which a hold ends by itself; None when it is over.
    """
    is_held = line.stop_reason == "held"
    stage = compute_stage(webinar, line.from_ms)
    cue = StageCue(
        generation=line.generation,
        at=line.begins_ms,
        until=None,
        phase="held" if is_held else "over",
        position_ms=line.from_ms,
        show="card",
        note=note,
        resumes=resumes_ms,
    )
    return msgspec.structs.replace(cue, **_make_still_fields(stage)) if is_held else cue


def make_offer_cue(joined_offer: JoinedOffer, line: ClockLine) -> OfferCue:
    """Make the cue of one offer on a line; on a line that does not move the offer has no end.

    `at` is never before the line's `begins_ms`, and is just that on a line that does not move.
    """
    at = line.begins_ms if line.stop_reason else max(line.begins_ms, line.to_server_ms(joined_offer.start_ms))
    until = None if line.stop_reason else line.to_server_ms(joined_offer.end_ms)
    segment = joined_offer.segment
    if isinstance(segment, Cta):
        return CtaCue(
            generation=line.generation,
            at=at,
            until=until,
            offer=segment.offer,
            title=segment.title,
            text=segment.text,
            label=segment.label,
            link=segment.link,
            look=segment.look,
            colour=segment.colour,
        )
    if isinstance(segment, Survey):
        questions = tuple(
            AttendeeQuestion(
                id=one.id, kind=one.kind, text=one.text, choices=one.choices, scale=one.scale, required=one.required
            )
            for one in segment.questions
        )
        return SurveyCue(
            generation=line.generation,
            at=at,
            until=until,
            offer=segment.offer,
            title=segment.title,
            questions=questions,
        )
    assert_never(segment)


def _find_last_change_ms(webinar: Webinar, position_ms: int) -> int:
    """Return a position (ms) at or before this one at which the programme changes, to search forwards from."""
    segment = find_last_started(webinar.programme, position_ms)
    if segment is None:
        return 0
    if position_ms >= segment.end_ms:
        return min(segment.end_ms, webinar.length_ms)
    if not isinstance(segment, Presentation):
        return segment.start_ms
    changed_ms, begins_ms, shown = segment.start_ms, segment.start_ms - segment.in_ms, None
    for page in segment.pages:
        if begins_ms > position_ms:
            break
        if page.page != shown and begins_ms > changed_ms:
            changed_ms = begins_ms
        shown = page.page
        begins_ms += page.length_ms
    return changed_ms


def _compute_stage_without_offers(programme_only: Webinar, length_ms: int, position_ms: int) -> Stage:
    """Return the stage without offers; the webinar still ends at `length_ms`, which an interaction may set."""
    stage = compute_stage(programme_only, position_ms)
    if stage.phase == "ended" and position_ms < length_ms:
        return Stage(position_ms=position_ms, phase="gap", next_change_ms=length_ms)
    return stage


def _make_appearance_key(stage: Stage) -> tuple[object, ...]:
    """Return the fields of a stage that do not change by themselves as time passes; a change of one is a new cue."""
    return (stage.phase, stage.segment, stage.holding, stage.page, stage.audio, stage.captions)


def _find_next_change_ms(programme_only: Webinar, length_ms: int, stage: Stage) -> int:
    """Return the next position (ms) at which the programme changes; the same page twice is no change."""
    at_ms = stage.next_change_ms
    while at_ms is not None and at_ms < length_ms:
        later = _compute_stage_without_offers(programme_only, length_ms, at_ms)
        if _make_appearance_key(later) != _make_appearance_key(stage):
            return at_ms
        at_ms = later.next_change_ms
    return length_ms


def _make_stage_cue(webinar: Webinar, line: ClockLine, stage: Stage, next_ms: int) -> StageCue:
    """Make the cue of a stage that lasts until position `next_ms`."""
    cue = StageCue(
        generation=line.generation,
        at=line.to_server_ms(stage.position_ms),
        until=line.to_server_ms(next_ms),
        phase="waiting" if stage.phase == "before" else "closing" if stage.phase == "ended" else "running",
        position_ms=stage.position_ms,
        show="card",
    )
    if stage.phase == "before":
        return msgspec.structs.replace(cue, picture=webinar.waiting_picture)
    if stage.holding or stage.kind is None or not TRAITS[stage.kind].has_sound:
        return msgspec.structs.replace(cue, **_make_still_fields(stage))
    shown = {
        "show": _choose_moving_show(stage.kind),
        "media": stage.media,
        "media_ms": stage.media_ms,
        "page": stage.page,
        "picture": stage.picture,
        "audio": stage.audio,
        "audio_ms": stage.audio_ms or 0,
        "gains": _make_gain_points(webinar, line, stage, next_ms),
        "captions": stage.captions,
    }
    return msgspec.structs.replace(cue, **shown)


def _choose_moving_show(kind: Kind) -> str:
    """Return how the page shows a kind while it plays (`StageCue.show`)."""
    match kind:
        case "video" | "recording":
            return "video"
        case "audio":
            return "audio"
        case "presentation":
            return "page"
        case "image":
            return "image"
        case "cta" | "survey":
            return "card"
        case _:
            assert_never(kind)


def _make_still_fields(stage: Stage) -> dict[str, object]:
    """Return the cue fields for a stage that stands still: nothing moves and nothing is heard."""
    match stage.kind:
        case "video" | "recording":
            return {"show": "frame", "media": stage.media, "media_ms": stage.media_ms}
        case "presentation":
            return {"show": "page", "media": stage.media, "media_ms": stage.media_ms, "page": stage.page}
        case "image":
            return {"show": "image", "media": stage.media}
        case "audio":
            return {"show": "card"} if stage.picture is None else {"show": "image", "media": stage.picture}
        case "cta" | "survey" | None:  # none of these is ever on stage
            return {"show": "card"}
        case _:
            assert_never(stage.kind)


def _make_gain_points(webinar: Webinar, line: ClockLine, stage: Stage, next_ms: int) -> tuple[tuple[int, int], ...]:
    """Return the gain along a cue as points of server time and permille; none where it is silent."""
    segment = find_last_started(webinar.programme, stage.position_ms)
    if not isinstance(segment, SoundSegment) or segment.muted or not segment.volume:
        return ()
    if isinstance(segment, Presentation) and stage.audio is None:
        return ()
    sound_ms = get_sound_ms(segment)
    end_ms = segment.start_ms + sound_ms
    fade_in_ms, fade_out_ms = get_fade_in_rest_ms(segment), get_fade_out_rest_ms(segment)
    corners = {segment.start_ms + min(fade_in_ms, sound_ms), end_ms - min(fade_out_ms, sound_ms)}
    inner = sorted(corner for corner in corners if stage.position_ms < corner < next_ms)
    full = segment.volume * FULL_GAIN // 100
    points = [(stage.position_ms, stage.gain)]
    points += [(corner, compute_stage(webinar, corner).gain) for corner in inner]
    elapsed_ms, left_ms = next_ms - segment.start_ms, end_ms - next_ms
    if left_ms < fade_out_ms:
        points.append((next_ms, full * (left_ms + segment.fade_out_offset_ms) // segment.fade_out_ms))
    elif elapsed_ms < fade_in_ms:
        points.append((next_ms, full * (elapsed_ms + segment.fade_in_offset_ms) // segment.fade_in_ms))
    return tuple((line.to_server_ms(at_ms), gain) for at_ms, gain in points)
