"""What an attendee sees and hears at a position: `compute_stage`, the only code that reads the schedule.

The timeline says *when* segments play; this module says *what that means* at one position. The preview, the rehearsal,
the dry run, the command line and the server all call it. It is a pure function of a webinar and a position. It knows no
clock, no player and no network, so it gives the same answer in the editor and during the event.

**Phases.** A position is *before* (negative: the waiting room counts down on the same axis), *playing* (a programme
segment covers it), in a *gap* (none does, but the webinar is not over: the room shows its card, never black) or
*ended*. The webinar ends at the last end on either lane, so an interaction may stand over a gap after the last
picture.

**Borders are half-open.** At the millisecond at which one segment ends, the next has begun, so each position belongs to
one segment at most.

**Playing, then holding.** Timed media play from `in_ms` up to, not including, `out_ms`; the last media millisecond
that is ever shown is therefore `out_ms - 1`. In the hold that one stays: the picture is frozen there, the gain is 0
and there are no captions, because a caption that is open at the cut would otherwise stay for the whole hold.

**Presentations** are a window on a track of pages. `media_ms` is the place on the track, `page` the page of the
document there. Their sound runs along the *track*, not along the window: a left edge that moved 40 s into
the track also begins 40 s into the sound, as it does with a video. When the sound is over there is silence (`audio`
is None).

**Gain** is in permille so that it stays an integer: volume (0 … 100 %) × fade in × fade out, each fade linear from 0
at the silent end to full, rounded down. The fade out ends where the media ends, not where the hold does. Of a fade that
was cut, a segment has the part on its side of the cut (`editor.schedule.fades`). A linear ramp is what the preview and
a browser's gain node both do by themselves, so they can follow without asking each millisecond.

**Offers** that touch and share one offer id are parts of one that was split. To a person they are one: the offer opened
with the first part, and the time left runs to the end of the last (`editor.schedule.offer_parts`).

**`next_change_ms`** is the next position at which anything but the running figures (`media_ms`, `audio_ms`,
`caption_ms`, `gain`, `left_ms`) may differ: a border on either lane, the beginning of a hold, a page, the end of a
sound. A transport sleeps until then; a player calls `compute_stage(webinar, stage.next_change_ms)` to load what comes
next.

The cost is two bisections and, for presentations, a loop over the pages: some microseconds at 10,000 segments.
"""

from collections.abc import Sequence
from typing import Literal, assert_never

import msgspec

from editor.schedule.fades import compute_gain
from editor.schedule.kinds import TimedSegment, kind_of
from editor.schedule.lane_search import find_index_after, find_index_at, find_segment_at
from editor.schedule.model import (
    AnySegment,
    Audio,
    Cta,
    Image,
    InteractionSegment,
    Kind,
    OfferKind,
    Presentation,
    Survey,
    Timed,
    Webinar,
)
from editor.schedule.offer_parts import join_offer_at

StagePhase = Literal["before", "playing", "gap", "ended"]


class OpenOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A call to action or a survey that is open over the programme at one position; touching parts count as one.

    An immutable part of `Stage`; `opened_ms` is a position and `left_ms` how long it stays open, in ms.
    """

    segment: str
    offer: str
    """The id that the parts of a split offer share."""
    kind: OfferKind
    opened_ms: int
    """The position at which it opened."""
    left_ms: int
    """How long it stays open, in ms; more than 0."""


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """What an attendee sees and hears at one position, as `compute_stage` returns it: an immutable record.

    All `_ms` are milliseconds. The fields about the programme are None where no segment of it plays.
    """

    position_ms: int
    phase: StagePhase
    segment: str | None = None
    """The programme segment's id."""
    kind: Kind | None = None
    media: str | None = None
    """The SHA-256 of the media that is shown (or, for audio, heard)."""
    media_ms: int | None = None
    """The offset in the media, or on a presentation's track; in a hold the last offset that was shown."""
    holding: bool = False
    page: int | None = None
    """The page of a presentation's document, from 0."""
    picture: str | None = None
    """The picture that is shown with audio."""
    audio: str | None = None
    """A presentation's sound track, until it ends."""
    audio_ms: int | None = None
    gain: int = 0
    """0 … 1000 permille, after volume, mute and fades."""
    captions: str | None = None
    """The caption file that is shown; None in a hold."""
    caption_ms: int | None = None
    """The media time whose cues are shown; None where no captions are."""
    offers: tuple[OpenOffer, ...] = ()
    next_change_ms: int | None = None
    """The next position at which something begins, ends, holds or turns a page; None after the end."""


def compute_stage(webinar: Webinar, position_ms: int) -> Stage:
    """Return what an attendee sees and hears at a position in ms, negative before the beginning.

    From the webinar's length on the phase is "ended"; a webinar without segments has ended at 0. The function is pure
    and opens no media file.
    """
    if position_ms < 0:
        return Stage(position_ms=position_ms, phase="before", next_change_ms=0)
    if position_ms >= webinar.length_ms:
        return Stage(position_ms=position_ms, phase="ended")
    offers, offer_border = _find_open_offers(webinar.interactions, position_ms)
    segment = find_segment_at(webinar.programme, position_ms)
    if segment is None:
        border = _find_next_start(webinar.programme, position_ms)
        return Stage(
            position_ms=position_ms, phase="gap", offers=offers, next_change_ms=_get_earlier(border, offer_border)
        )
    if isinstance(segment, Timed):
        return _make_timed_stage(segment, position_ms, offers, offer_border)
    if isinstance(segment, Presentation):
        return _make_presentation_stage(webinar, segment, position_ms, offers, offer_border)
    if isinstance(segment, Image):
        return Stage(
            position_ms=position_ms,
            phase="playing",
            segment=segment.id,
            kind="image",
            media=segment.media,
            media_ms=position_ms - segment.start_ms,
            offers=offers,
            next_change_ms=_get_earlier(segment.end_ms, offer_border),
        )
    assert_never(segment)


def _make_timed_stage(
    segment: TimedSegment, position_ms: int, offers: tuple[OpenOffer, ...], offer_border: int | None
) -> Stage:
    elapsed = position_ms - segment.start_ms
    holding = elapsed >= segment.play_ms
    media_ms = max(0, segment.out_ms - 1) if holding else segment.in_ms + elapsed
    captions = None if holding else segment.captions
    border = segment.end_ms if holding else segment.start_ms + segment.play_ms
    return Stage(
        position_ms=position_ms,
        phase="playing",
        segment=segment.id,
        kind=kind_of(segment),
        media=segment.media,
        media_ms=media_ms,
        holding=holding,
        picture=segment.picture if isinstance(segment, Audio) else None,
        gain=0 if holding else compute_gain(segment, elapsed),
        captions=captions,
        caption_ms=None if captions is None else media_ms,
        offers=offers,
        next_change_ms=_get_earlier(border, offer_border),
    )


def _make_presentation_stage(
    webinar: Webinar,
    segment: Presentation,
    position_ms: int,
    offers: tuple[OpenOffer, ...],
    offer_border: int | None,
) -> Stage:
    elapsed = position_ms - segment.start_ms
    track_ms = segment.in_ms + elapsed
    page: int | None = None
    page_end_ms = 0
    for track_page in segment.pages:
        page = track_page.page
        page_end_ms += track_page.length_ms
        if page_end_ms > track_ms:
            break
    border = segment.end_ms
    if track_ms < page_end_ms < segment.out_ms:
        border = segment.start_ms + page_end_ms - segment.in_ms
    audio = segment.audio
    if audio is not None and (sound := webinar.media.get(audio)) is not None and sound.duration_ms:
        if track_ms >= sound.duration_ms:
            audio = None
        else:
            border = min(border, segment.start_ms + sound.duration_ms - segment.in_ms)
    return Stage(
        position_ms=position_ms,
        phase="playing",
        segment=segment.id,
        kind="presentation",
        media=segment.media,
        media_ms=track_ms,
        page=page,
        audio=audio,
        audio_ms=None if audio is None else track_ms,
        gain=0 if audio is None else compute_gain(segment, elapsed),
        offers=offers,
        next_change_ms=_get_earlier(border, offer_border),
    )


def _find_open_offers(lane: Sequence[InteractionSegment], position_ms: int) -> tuple[tuple[OpenOffer, ...], int | None]:
    """Return the offers that are open at a position, and the position of the lane's next border."""
    index = find_index_at(lane, position_ms)
    if index is None:
        return (), _find_next_start(lane, position_ms)
    segment = lane[index]
    joined_offer = join_offer_at(lane, index)
    offer = OpenOffer(
        segment=segment.id,
        offer=segment.offer,
        kind=_get_offer_kind(segment),
        opened_ms=joined_offer.start_ms,
        left_ms=joined_offer.end_ms - position_ms,
    )
    return (offer,), segment.end_ms


def _find_next_start(lane: Sequence[AnySegment], position_ms: int) -> int | None:
    """Return the next position at which a segment of a lane begins."""
    index = find_index_after(lane, position_ms)
    return lane[index].start_ms if index < len(lane) else None


def _get_offer_kind(segment: InteractionSegment) -> OfferKind:
    if isinstance(segment, Cta):
        return "cta"
    if isinstance(segment, Survey):
        return "survey"
    assert_never(segment)


def _get_earlier(one: int | None, other: int | None) -> int | None:
    """Return the earlier of two positions, of which either may be None."""
    if one is None or other is None:
        return one if other is None else other
    return min(one, other)
