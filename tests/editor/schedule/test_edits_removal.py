"""Deleting segments and closing gaps: each rule of docs/rules.md, "Removing"."""

import pytest

from editor.schedule import operations as ops

S = 1000


def test_delete_leaves_a_gap(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:0-10 B:10-20 C:20-30", "x:12-15", "m:13"), ops.Delete(segments=("B",)))
    assert describe(edited.webinar) == "A:0-10 C:20-30 / x:12-15 / m:13"
    assert edited.removed == ("B",)


def test_any_segment_can_be_deleted(make_webinar, apply_op):
    webinar = make_webinar("A:0-10 img:10-20 pdf:20-30 aud:30-40 rec:40-50", "x:0-5 s:5-10")
    for segment in webinar.segments:
        assert apply_op(webinar, ops.Delete(segments=(segment.id,))).removed == (segment.id,)
    everything = tuple(segment.id for segment in webinar.segments)
    assert apply_op(webinar, ops.Delete(segments=everything)).webinar.length_ms == 0


def test_a_group_is_deleted_as_one(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10#g B:10-20 C:20-30#g", "x:2-4#g")
    assert describe(apply_op(webinar, ops.Delete(segments=("x",))).webinar) == "B:10-20"
    assert describe(apply_op(webinar, ops.RippleDelete(segments=("A",))).webinar) == "B:0-10"


def test_ripple_delete_closes_the_gap_on_both_lanes(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:25-35", "x:5-12 y:20-22 z:26-28")
    edited = apply_op(webinar, ops.RippleDelete(segments=("B",)))
    assert describe(edited.webinar) == "A:0-10 C:15-25 / x:5-12 y:12-14 z:16-18"
    assert edited.removed == ("B",)
    assert edited.moved == ("C", "y", "z")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x:12-14", "x:10-12"),  # inside the cut: to where it closes
        ("x:12-14 y:15-17", "x:10-12 y:12-14"),  # two of them: in order of start, one behind the other
        ("x:5-13 y:15-17", "x:5-13 y:13-15"),  # behind one that spans the cut's beginning
        ("x:5-40 y:45-50", "x:5-40 y:40-45"),  # one that spans the whole cut stays, and what follows makes way
        ("x:18-29 y:30-33", "x:10-21 y:21-24"),  # pushed beyond its own target
        ("x:18-29 y:60-63", "x:10-21 y:50-53"),  # and no further than there is need
    ],
)
def test_an_interaction_over_the_cut_lands_at_the_later_of_its_target_and_the_previous_end(
    make_webinar, apply_op, describe, before, after
):
    edited = apply_op(make_webinar("A:0-10 B:10-20 C:20-80", before), ops.RippleDelete(segments=("B",)))
    assert describe(edited.webinar) == f"A:0-10 C:10-70 / {after}"


def test_markers_follow_the_ripple_and_inside_a_cut_go_to_its_beginning(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", markers="m:9 n:10 o:15 p:20 q:27")
    edited = apply_op(webinar, ops.RippleDelete(segments=("B",)))
    assert describe(edited.webinar) == "A:0-10 C:10-20 /  / m:9 n:10 o:10 p:10 q:17"


def test_ripple_delete_on_the_interactions_lane_moves_that_lane_alone(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20", "x:2-5 y:6-8 z:12-14", "m:13")
    edited = apply_op(webinar, ops.RippleDelete(segments=("x",)))
    assert describe(edited.webinar) == "A:0-10 B:10-20 / y:3-5 z:9-11 / m:13"
    assert edited.webinar.programme is webinar.programme


def test_several_are_ripple_deleted_at_once(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30 D:32-40", "x:11-13 y:25-27 z:33-35", "m:35")
    edited = apply_op(webinar, ops.RippleDelete(segments=("D", "B")))
    assert describe(edited.webinar) == "A:0-10 C:10-20 / x:10-12 y:15-17 z:22-24 / m:22"


def test_a_ripple_delete_on_both_lanes_closes_the_time_once(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:12-15 y:22-24")
    edited = apply_op(webinar, ops.RippleDelete(segments=("B", "x")))
    assert describe(edited.webinar) == "A:0-10 C:10-20 / y:12-14"
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:15-25 y:26-28")
    edited = apply_op(webinar, ops.RippleDelete(segments=("B", "x")))
    assert describe(edited.webinar) == "A:0-10 C:10-20 / y:11-13"


def test_close_gaps_closes_every_gap_from_a_position_on(make_webinar, apply_op, describe):
    webinar = make_webinar("A:5-10 B:12-20 C:30-40", "x:13-15 y:25-27 z:31-33", "m:11 n:40")
    edited = apply_op(webinar, ops.CloseGaps())
    assert describe(edited.webinar) == "A:0-5 B:5-13 C:13-23 / x:6-8 y:13-15 z:15-17 / m:5 n:23"
    edited = apply_op(webinar, ops.CloseGaps(from_ms=15 * S))
    assert describe(edited.webinar) == "A:5-10 B:12-20 C:20-30 / x:13-15 y:20-22 z:22-24 / m:11 n:30"
    edited = apply_op(webinar, ops.CloseGaps(from_ms=24 * S))
    assert describe(edited.webinar) == "A:5-10 B:12-20 C:24-34 / x:13-15 y:24-26 z:26-28 / m:11 n:34"


def test_close_gaps_of_the_interactions_lane_moves_that_lane_alone(make_webinar, apply_op, describe):
    webinar = make_webinar("A:5-10 B:12-20", "x:13-15 y:25-27")
    edited = apply_op(webinar, ops.CloseGaps(lane="interactions", from_ms=14 * S))
    assert describe(edited.webinar) == "A:5-10 B:12-20 / x:13-15 y:15-17"


def test_one_gap_is_closed(make_webinar, apply_op, describe):
    webinar = make_webinar("A:5-10 B:12-20 C:30-40", "x:31-33")
    for at in (10, 11.999):
        edited = apply_op(webinar, ops.CloseGap(lane="programme", at_ms=round(at * S)))
        assert describe(edited.webinar) == "A:5-10 B:10-18 C:28-38 / x:29-31"
    assert (
        describe(apply_op(webinar, ops.CloseGap(lane="programme", at_ms=0)).webinar) == "A:0-5 B:7-15 C:25-35 / x:26-28"
    )


def test_closing_a_gap_where_there_is_none_is_refused(make_webinar, get_refusal):
    webinar = make_webinar("A:5-10 B:12-20")
    for at in (5, 9.999, 12, 20, 100):
        assert get_refusal(webinar, ops.CloseGap(lane="programme", at_ms=round(at * S))).code == "refused.nothing"
    assert get_refusal(webinar, ops.CloseGap(lane="interactions", at_ms=0)).code == "refused.nothing"
    assert get_refusal(webinar, ops.CloseGaps(from_ms=12 * S)).code == "refused.nothing"
    assert get_refusal(make_webinar(), ops.CloseGaps()).code == "refused.nothing"
    assert get_refusal(make_webinar("A:0-5 B:5-10"), ops.CloseGaps()).code == "refused.nothing", "touching is no gap"


def test_a_locked_lane_refuses_deletes_and_gaps(make_webinar, get_refusal, apply_op, describe):
    webinar = make_webinar("A:0-10 B:12-20", "x:15-18 y:30-31", interactions_locked=True)
    for op in (ops.Delete(segments=("x",)), ops.RippleDelete(segments=("A",)), ops.CloseGaps()):
        assert (get_refusal(webinar, op).code, get_refusal(webinar, op).facts["lane"]) == (
            "refused.locked",
            "interactions",
        )
    assert describe(apply_op(webinar, ops.Delete(segments=("A",))).webinar) == "B:12-20 / x:15-18 y:30-31"
    edited = apply_op(webinar, ops.RippleDelete(segments=("A",), unlock=True))
    assert describe(edited.webinar) == "B:2-10 / x:5-8 y:20-21"
    webinar = make_webinar("A:0-10 B:12-20", programme_locked=True)
    assert get_refusal(webinar, ops.CloseGap(lane="programme", at_ms=11 * S)).facts == {"lane": "programme"}
