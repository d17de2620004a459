"""Fades: the gain of a segment while it fades in or out, and what is left of its fades when it is cut.

A fade has a length and an **offset**, in ms: `fade_in_offset_ms` is how much of the fade-in was over before the segment
begins, `fade_out_offset_ms` how much of the fade-out comes after what the segment plays. Both are 0 until a segment is
cut in the middle of a fade. Each part then keeps the whole length of the fade and gets the offset that gives every
position the gain it had: a fade-in of 8 s cut at 4 s goes on at half the volume in the right part, where its offset is
4 s, and breaks off at half the volume at the end of the left part.

What is seen of a fade in a segment is its rest: the length without the offset, and at most what plays. The rests of
both fades never overlap (`editor.schedule.invariants`), so at each position at most one of them changes the gain.
"""

from typing import TypeVar

from msgspec.structs import replace

from editor.schedule.kinds import SoundSegment
from editor.schedule.model import Timed

SoundT = TypeVar("SoundT", bound=SoundSegment)

FULL_GAIN = 1_000
"""The gain that leaves the sound as it is, in permille."""


def get_sound_ms(segment: SoundSegment) -> int:
    """Return how long a segment plays in ms, without its hold: where its fades lie."""
    return segment.play_ms if isinstance(segment, Timed) else segment.length_ms


def get_fade_in_rest_ms(segment: SoundSegment) -> int:
    """Return for how many ms from its start a segment fades in; more than it plays where the fade-in is cut off."""
    return max(0, segment.fade_in_ms - segment.fade_in_offset_ms)


def get_fade_out_rest_ms(segment: SoundSegment) -> int:
    """Return for how many ms before its end a segment fades out; more than it plays where the beginning is cut off."""
    return max(0, segment.fade_out_ms - segment.fade_out_offset_ms)


def have_fades_room(segment: SoundSegment) -> bool:
    """Return whether the fade-in is over before the fade-out begins."""
    sound_ms = get_sound_ms(segment)
    return min(get_fade_in_rest_ms(segment), sound_ms) + min(get_fade_out_rest_ms(segment), sound_ms) <= sound_ms


def compute_gain(segment: SoundSegment, elapsed_ms: int) -> int:
    """Return the gain of a segment in permille, rounded down.

    Args:
        segment: The segment.
        elapsed_ms: The time since its start, at most as long as it plays.
    """
    if segment.muted:
        return 0
    gain, divisor = segment.volume * FULL_GAIN // 100, 1
    left_ms = get_sound_ms(segment) - elapsed_ms
    if elapsed_ms < get_fade_in_rest_ms(segment):
        gain, divisor = gain * (elapsed_ms + segment.fade_in_offset_ms), divisor * segment.fade_in_ms
    if left_ms < get_fade_out_rest_ms(segment):
        gain, divisor = gain * (left_ms + segment.fade_out_offset_ms), divisor * segment.fade_out_ms
    return gain // divisor


def continue_fades(part: SoundT, whole: SoundSegment, *, cut_head_ms: int = 0, cut_tail_ms: int = 0) -> SoundT:
    """Return a part of a segment with what is left of the whole's fades: every position keeps its gain.

    Args:
        part: The part, with any fades.
        whole: What it was cut from.
        cut_head_ms: How much of what plays was cut off before the part.
        cut_tail_ms: How much of it was cut off after the part.
    """
    fade_in, fade_in_offset = whole.fade_in_ms, whole.fade_in_offset_ms + cut_head_ms
    fade_out, fade_out_offset = whole.fade_out_ms, whole.fade_out_offset_ms + cut_tail_ms
    sound_ms = get_sound_ms(part)
    if fade_in_offset >= fade_in or not sound_ms:
        fade_in = fade_in_offset = 0
    if fade_out_offset >= fade_out or not sound_ms:
        fade_out = fade_out_offset = 0
    return replace(
        part,
        fade_in_ms=fade_in,
        fade_in_offset_ms=fade_in_offset,
        fade_out_ms=fade_out,
        fade_out_offset_ms=fade_out_offset,
    )


def fit_fades(changed: SoundT, before: SoundSegment) -> SoundT:
    """Return a segment that was trimmed, with its fades shortened to what plays now, the fade-out first.

    The fades stay at their ends of the segment. One that an earlier cut had broken off stays as it is. The same object
    is returned where the fades fit.

    Args:
        changed: The segment, trimmed, with the fades it had.
        before: The segment before.
    """
    sound_ms = get_sound_ms(changed)
    if not sound_ms:
        return continue_fades(changed, changed)
    fade_in_ms, fade_out_ms = get_fade_in_rest_ms(changed), get_fade_out_rest_ms(changed)
    before_ms = get_sound_ms(before)
    is_in_broken_off = fade_in_ms > before_ms > 0
    is_out_broken_off = fade_out_ms > before_ms > 0
    if is_in_broken_off or is_out_broken_off or fade_in_ms + fade_out_ms <= sound_ms:
        return changed
    in_rest_ms = min(fade_in_ms, sound_ms)
    fade_in, fade_in_offset = _shorten(changed.fade_in_ms, changed.fade_in_offset_ms, in_rest_ms)
    fade_out, fade_out_offset = _shorten(
        changed.fade_out_ms, changed.fade_out_offset_ms, min(fade_out_ms, sound_ms - in_rest_ms)
    )
    return replace(
        changed,
        fade_in_ms=fade_in,
        fade_in_offset_ms=fade_in_offset,
        fade_out_ms=fade_out,
        fade_out_offset_ms=fade_out_offset,
    )


def _shorten(length_ms: int, offset_ms: int, rest_ms: int) -> tuple[int, int]:
    """Return length and offset of a fade with a shorter rest, which begins or ends at the same gain as before."""
    if rest_ms == 0:
        return 0, 0
    offset_ms = offset_ms * rest_ms // (length_ms - offset_ms)
    return offset_ms + rest_ms, offset_ms
