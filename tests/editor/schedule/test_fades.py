"""Fades: cut anywhere, every position keeps its gain on stage and in the cues; trimmed, they stay at their ends."""

import random

import msgspec
import pytest

from editor.schedule import operations as ops
from editor.schedule.edits import apply
from editor.schedule.fades import compute_gain, fit_fades
from editor.schedule.invariants import find_violations
from editor.schedule.room.cue_builder import iter_stage_cues
from editor.schedule.room.phases import ClockLine
from editor.schedule.stage import compute_stage

S = 1000


def with_fades(webinar, fade_in, fade_out, **fields):
    first = msgspec.structs.replace(
        webinar.programme[0], fade_in_ms=fade_in * S, fade_out_ms=fade_out * S, volume=77, **fields
    )
    changed = msgspec.structs.replace(webinar, programme=(first, *webinar.programme[1:]))
    assert find_violations(changed) == ()
    return changed


def list_gains(webinar, from_ms, to_ms, shift_ms=0):
    """Return the gains from one position to another: every 37 ms, and at each ms around every whole second."""
    places = sorted(
        {*range(from_ms, to_ms, 37), *(second + by for second in range(from_ms, to_ms, S) for by in (0, 1, 999))}
    )
    return [compute_stage(webinar, place + shift_ms).gain for place in places]


def interpolate_gains(webinar):
    """Return the gain at every 10 ms as the room's page computes it from the cues."""
    gains = {}
    for cue in iter_stage_cues(webinar, ClockLine(), 0):
        until = cue.until if cue.until is not None else cue.at
        ends = [*cue.gains[1:], (until, cue.gains[-1][1])] if cue.gains else []
        for position in range(-(-cue.at // 10) * 10, until, 10):
            gains[position] = 0.0
            for (left, low), (right, high) in zip(cue.gains, ends, strict=True):
                if left <= position <= right:
                    share = (position - left) / (right - left) if right > left else 0
                    gains[position] = low + (high - low) * share
    return gains


@pytest.mark.parametrize("name", ["A", "aud", "rec"])
def test_a_split_inside_a_fade_of_eight_seconds_keeps_every_gain(make_webinar, name):
    whole = with_fades(make_webinar(f"{name}:0-20~25"), 8, 8)
    for at_ms in (1 * S, 4 * S, 7_999, 8 * S, 12 * S, 12_001, 16 * S, 19 * S, 20 * S, 22 * S):
        parts = apply(whole, ops.Split(at_ms=at_ms)).webinar
        assert find_violations(parts) == ()
        assert list_gains(parts, 0, 25 * S) == list_gains(whole, 0, 25 * S), at_ms


def test_fades_of_two_seconds_survive_being_split_at_one_seven_and_nine(make_webinar):
    whole = with_fades(make_webinar("A:0-10~12"), 2, 2)
    parts = whole
    for at_ms in (1 * S, 7 * S, 9 * S):
        parts = apply(parts, ops.Split(at_ms=at_ms)).webinar
    assert list_gains(parts, 0, 12 * S) == list_gains(whole, 0, 12 * S)
    assert [
        (one.fade_in_ms, one.fade_in_offset_ms, one.fade_out_ms, one.fade_out_offset_ms) for one in parts.programme
    ] == [(2 * S, 0, 0, 0), (2 * S, S, 0, 0), (0, 0, 2 * S, S), (0, 0, 2 * S, 0)]


def test_the_sound_of_slides_keeps_its_gain_when_split(make_webinar, media):
    whole = with_fades(make_webinar("pdf:0-90"), 40, 50, audio=media["audio"].sha256)
    for at_ms in (7 * S, 39_999, 40 * S, 80_500):
        parts = apply(whole, ops.Split(at_ms=at_ms)).webinar
        assert list_gains(parts, 0, 90 * S) == list_gains(whole, 0, 90 * S), at_ms


def test_an_insert_into_a_fade_keeps_every_gain_before_and_after_it(make_webinar, segment):
    whole = with_fades(make_webinar("A:0-20"), 8, 8)
    for at_s in (4, 15):
        inserted = apply(whole, ops.Add(segments=(segment(f"img:{at_s}-{at_s + 5}"),), mode="insert")).webinar
        assert list_gains(inserted, 0, at_s * S) == list_gains(whole, 0, at_s * S)
        assert list_gains(inserted, at_s * S, 20 * S, 5 * S) == list_gains(whole, at_s * S, 20 * S)


@pytest.mark.parametrize(("from_s", "to_s"), [(3, 5), (0, 4), (15, 18), (16, 20), (4, 17)])
def test_an_overwrite_inside_a_fade_keeps_every_gain_of_what_is_left(make_webinar, segment, from_s, to_s):
    whole = with_fades(make_webinar("A:0-20"), 8, 8)
    edited = apply(whole, ops.Add(segments=(segment(f"img:{from_s}-{to_s}"),), mode="overwrite")).webinar
    assert find_violations(edited) == ()
    for from_ms, to_ms in ((0, from_s * S), (to_s * S, 20 * S)):
        assert list_gains(edited, from_ms, to_ms) == list_gains(whole, from_ms, to_ms)


def test_cues_of_parts_have_the_gains_of_the_whole(make_webinar):
    whole = with_fades(make_webinar("A:0-20~25"), 8, 8)
    parts = whole
    for at_ms in (4 * S, 14 * S, 18 * S):
        parts = apply(parts, ops.Split(at_ms=at_ms)).webinar
    expected, found = interpolate_gains(whole), interpolate_gains(parts)
    assert expected.keys() == found.keys()
    assert max(abs(found[position] - gain) for position, gain in expected.items()) <= 1


def test_many_cuts_at_random_keep_every_gain(make_webinar):
    random_source = random.Random(8)
    for _ in range(20):
        fade_in = random_source.randint(0, 15)
        whole = parts = with_fades(make_webinar("A:0-20~23"), fade_in, random_source.randint(0, 20 - fade_in))
        for at_ms in random_source.sample(range(1_000, 22_000), 6):
            if all(abs(at_ms - edge) >= S for one in parts.programme for edge in (one.start_ms, one.end_ms)):
                parts = apply(parts, ops.Split(at_ms=at_ms)).webinar
        places = random_source.sample(range(23_000), 300)
        assert [compute_stage(parts, place).gain for place in places] == [
            compute_stage(whole, place).gain for place in places
        ]


def test_a_trimmed_part_of_a_fade_begins_at_the_gain_it_had(make_webinar):
    whole = with_fades(make_webinar("A:0-20"), 8, 0)
    _, right = apply(whole, ops.Split(at_ms=4 * S)).webinar.programme
    assert (right.fade_in_ms, right.fade_in_offset_ms) == (8 * S, 4 * S)
    shorter = fit_fades(msgspec.structs.replace(right, out_ms=right.in_ms + 2 * S), right)
    assert (shorter.fade_in_ms, shorter.fade_in_offset_ms) == (4 * S, 2 * S)
    assert (compute_gain(shorter, 0), compute_gain(right, 0)) == (385, 385)


def test_a_fade_that_was_broken_off_goes_on_where_its_end_is_revealed_again(make_webinar):
    whole = with_fades(make_webinar("A:0-20"), 8, 0)
    left, right = apply(whole, ops.Split(at_ms=4 * S)).webinar.programme
    alone = msgspec.structs.replace(whole, programme=(left,))
    longer = apply(alone, ops.Resize(segment=left.id, edge="end", delta_ms=16 * S, exact=True)).webinar
    assert list_gains(longer, 0, 20 * S) == list_gains(whole, 0, 20 * S)
    assert right.start_ms == 4 * S


def test_fades_that_overlap_are_broken(make_webinar):
    first = make_webinar("A:0-10").programme[0]
    for fields, is_broken in (
        ({"fade_in_ms": 8 * S, "fade_out_ms": 3 * S}, True),
        ({"fade_in_ms": 8 * S, "fade_in_offset_ms": S, "fade_out_ms": 3 * S}, False),
        ({"fade_in_ms": 8 * S, "fade_out_ms": 5 * S, "fade_out_offset_ms": 3 * S}, False),
        ({"fade_in_ms": 12 * S}, False),
        ({"fade_in_ms": 12 * S, "fade_out_ms": 1}, True),
        ({"fade_in_ms": 12 * S, "fade_in_offset_ms": 12 * S, "fade_out_ms": 10 * S}, False),
    ):
        webinar = msgspec.structs.replace(make_webinar("A:0-10"), programme=(msgspec.structs.replace(first, **fields),))
        assert ("broken.fades" in {error.code for error in find_violations(webinar)}) == is_broken, fields
