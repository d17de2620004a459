"""A locked lane is the first thing an edit is refused for, also where it would be refused or do nothing anyway."""

import pytest
from msgspec.structs import replace

from editor.schedule import operations as ops

S = 1000


@pytest.fixture
def locked(make_webinar):
    return make_webinar("A:0-10 B:12-20 pdf:40-100", "x:5-8 y:20-25", programme_locked=True, interactions_locked=True)


REFUSED_ANYWAY = {
    "a part of less than 1 s": ops.Split(at_ms=500),
    "a place that is taken": ops.Move(segments=("A",), delta_ms=15 * S),
    "an edge beyond the neighbour": ops.Resize(segment="A", edge="end", delta_ms=9 * S, exact=True),
    "a trim that leaves less than 1 s": ops.RippleTrim(at_ms=500, edge="end"),
    "a length of less than 1 s": ops.SetLengths(lengths=(ops.Lengths(segment="A", play_ms=500),)),
    "an interaction beyond the day": ops.Move(segments=("x",), delta_ms=90_000 * S),
}


@pytest.mark.parametrize("op", REFUSED_ANYWAY.values(), ids=REFUSED_ANYWAY)
def test_a_lock_is_named_before_any_other_reason(locked, get_refusal, op):
    assert get_refusal(locked, op).code == "refused.locked"
    assert get_refusal(replace(locked, programme_locked=False, interactions_locked=False), op).code != "refused.locked"


def test_a_lock_is_named_before_the_contents_of_new_segments(locked, get_refusal, segment):
    known = segment("A:200-210")
    assert get_refusal(locked, ops.Add(segments=(known,))).code == "refused.locked"
    broken = replace(segment("B:200-210"), in_ms=-1)
    assert get_refusal(locked, ops.Paste(segments=(broken,), at_ms=200 * S)).code == "refused.locked"


def test_a_lock_is_named_before_a_media_of_another_kind(locked, get_refusal, media):
    assert get_refusal(locked, ops.ReplaceMedia(segment="A", media=media["image"])).code == "refused.locked"


def test_a_lock_refuses_what_would_change_nothing(locked, get_refusal):
    for op in (ops.ChangeSegment(segment=locked.programme[0]), ops.SpreadEvenly(segment="pdf")):
        assert get_refusal(locked, op).code == "refused.locked"


def test_a_full_lane_that_is_locked_is_locked(make_webinar, get_refusal):
    full = make_webinar("img:0-86400", programme_locked=True)
    assert get_refusal(full, ops.Duplicate(segments=("img",))).code == "refused.locked"
    assert get_refusal(replace(full, programme_locked=False), ops.Duplicate(segments=("img",))).code == "refused.full"


@pytest.mark.parametrize("lane", ["programme", "interactions"])
def test_an_edit_that_unlocks_unlocks_the_lanes_it_changes_alone(locked, apply_op, lane):
    name = "A" if lane == "programme" else "x"
    edited = apply_op(locked, ops.Move(segments=(name,), delta_ms=S, unlock=True)).webinar
    assert {each: edited.is_locked(each) for each in ("programme", "interactions")} == {
        "programme": lane != "programme",
        "interactions": lane != "interactions",
    }
