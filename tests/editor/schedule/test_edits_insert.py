"""Insert mode: each rule of docs/rules.md, "Placing", for inserts and for moves that insert."""

import pytest

from editor.schedule import operations as ops

S = 1000


# ------------------------------------------------------------------------------------------------------ insert


def test_insert_moves_everything_on_both_lanes_from_there_on(make_webinar, apply_op, describe, segment):
    webinar = make_webinar("A:0-10 B:10-20 C:30-40", "x:5-8 y:10-12 z:35-37", "m:9 n:10 o:11")
    edited = apply_op(webinar, ops.Add(segments=(segment("N:10-15"),), mode="insert"))
    assert describe(edited.webinar) == "A:0-10 N:10-15 B:15-25 C:35-45 / x:5-8 y:15-17 z:40-42 / m:9 n:15 o:16"
    assert set(edited.moved) == {"B", "C", "y", "z", "n", "o"}
    assert edited.webinar.programme[0] is webinar.programme[0]


def test_insert_in_a_gap_moves_what_follows_by_the_whole_length(make_webinar, apply_op, describe, segment):
    edited = apply_op(make_webinar("A:0-10 B:20-30"), ops.Add(segments=(segment("N:12-15"),), mode="insert"))
    assert describe(edited.webinar) == "A:0-10 N:12-15 B:23-33"


def test_insert_splits_the_segment_that_spans_the_place(make_webinar, apply_op, describe, segment):
    edited = apply_op(make_webinar("A:0-10~15"), ops.Add(segments=(segment("N:4-7"),), mode="insert"))
    assert describe(edited.webinar) == "A:0-4 N:4-7 n1:7-13~18"
    left, _, right = edited.webinar.programme
    assert left.out_ms == right.in_ms
    assert (edited.trimmed, edited.created) == (("A",), ("N", "n1"))


@pytest.mark.parametrize(
    ("at", "after"),
    [
        (10.999, "A:0-10 N:10-13 B:13-23"),
        (11.0, "A:0-10 B:10-11 N:11-14 n1:14-23"),
        (19.0, "A:0-10 B:10-19 N:19-22 n1:22-23"),
        (19.001, "A:0-10 B:10-20 N:20-23"),
    ],
)
def test_nearer_than_a_second_to_an_edge_that_edge_is_used(make_webinar, apply_op, describe, segment, at, after):
    edited = apply_op(make_webinar("A:0-10 B:10-20"), ops.Add(segments=(segment(f"N:{at}-{at + 3}"),), mode="insert"))
    assert describe(edited.webinar) == after


@pytest.mark.parametrize(("at", "after"), [(0.7, "N:0-3 A:3-4.5"), (0.75, "N:0-3 A:3-4.5"), (0.8, "A:0-1.5 N:1.5-4.5")])
def test_of_two_edges_within_a_second_the_nearer_is_used(make_webinar, apply_op, describe, segment, at, after):
    edited = apply_op(make_webinar("A:0-1.5"), ops.Add(segments=(segment(f"N:{at}-{at + 3}"),), mode="insert"))
    assert describe(edited.webinar) == after


def test_an_interaction_that_spans_the_place_stays_whole(make_webinar, apply_op, describe, segment):
    edited = apply_op(make_webinar("A:0-20", "x:5-15 y:15-18"), ops.Add(segments=(segment("N:10-14"),), mode="insert"))
    assert describe(edited.webinar) == "A:0-10 N:10-14 n1:14-24 / x:5-15 y:19-22"


def test_an_insert_on_the_interactions_lane_moves_that_lane_alone(make_webinar, apply_op, describe, segment):
    webinar = make_webinar("A:0-10 B:10-20", "x:2-5 y:8-10", "m:9")
    edited = apply_op(webinar, ops.Add(segments=(segment("z:6-9"),), mode="insert"))
    assert describe(edited.webinar) == "A:0-10 B:10-20 / x:2-5 z:6-9 y:11-13 / m:9"
    assert edited.webinar.programme is webinar.programme


@pytest.mark.parametrize(
    ("at", "after"), [(4.5, "z:4-6 x:6-16 y:18-20"), (5, "x:4-14 z:14-16 y:18-20"), (13.9, "x:4-14 z:14-16 y:18-20")]
)
def test_an_interaction_is_never_split_by_an_insert(make_webinar, apply_op, describe, segment, at, after):
    webinar = make_webinar("A:0-10", "x:4-14 y:16-18")
    edited = apply_op(webinar, ops.Add(segments=(segment(f"z:{at}-{at + 2}"),), mode="insert"))
    assert describe(edited.webinar) == f"A:0-10 / {after}"


def test_an_insert_uses_the_whole_span_with_its_inner_gaps(make_webinar, apply_op, describe, segment):
    edited = apply_op(
        make_webinar("A:0-10 B:10-20"), ops.Add(segments=(segment("N:10-12"), segment("O:15-17")), mode="insert")
    )
    assert describe(edited.webinar) == "A:0-10 N:10-12 O:15-17 B:17-27"


def test_an_insert_of_both_lanes_brings_its_interactions_along(make_webinar, apply_op, describe, segment):
    webinar = make_webinar("A:0-10 B:10-20", "x:2-5 y:11-13")
    both = (segment("N:10-14"), segment("z:11-17"))
    edited = apply_op(webinar, ops.Add(segments=both, mode="insert"))
    assert describe(edited.webinar) == "A:0-10 N:10-14 B:14-24 / x:2-5 z:11-17 y:17-19", "y makes way behind z"


def test_an_insert_that_would_push_its_own_interactions_is_refused(
    make_webinar, get_refusal, apply_op, describe, segment
):
    webinar = make_webinar("A:0-10 B:10-20", "x:5-14")
    refusal = get_refusal(webinar, ops.Add(segments=(segment("N:10-14"), segment("z:11-17")), mode="insert"))
    assert (refusal.code, refusal.nearest) == ("refused.taken", 13 * S)
    assert (
        describe(apply_op(webinar, refusal.alternative).webinar) == "A:0-10 B:10-13 N:13-17 n1:17-24 / x:5-14 z:14-20"
    )


def test_an_insert_that_pushes_past_the_day_is_refused(make_webinar, get_refusal, segment):
    refusal = get_refusal(
        make_webinar("A:0-10 img1:86395-86400"), ops.Add(segments=(segment("N:10-20"),), mode="insert")
    )
    assert refusal.code == "refused.past_day"
    refusal = get_refusal(
        make_webinar("A:0-10", "x:86395-86400"), ops.Add(segments=(segment("N:10-20"),), mode="insert")
    )
    assert refusal.code == "refused.past_day"


def test_an_insert_before_zero_is_refused_with_the_beginning(make_webinar, get_refusal, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20")
    refusal = get_refusal(webinar, ops.Move(segments=("B",), delta_ms=-15 * S, mode="insert"))
    assert (refusal.code, refusal.nearest) == ("refused.before_zero", 0)
    assert describe(apply_op(webinar, refusal.alternative).webinar) == "B:0-10 A:10-20"


# ------------------------------------------------------------------------------------------------- insert move


def test_an_insert_move_lifts_closes_and_inserts(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30")
    edited = apply_op(webinar, ops.Move(segments=("C",), delta_ms=-20 * S, mode="insert"))
    assert describe(edited.webinar) == "C:0-10 A:10-20 B:20-30"
    assert edited.webinar.length_ms == webinar.length_ms
    assert set(edited.moved) == {"A", "B", "C"}


@pytest.mark.parametrize(
    ("by", "after"),
    [
        (10, "B:0-10 A:10-20 C:20-30"),
        (20, "B:0-10 C:10-20 A:20-30"),
        (9.5, "B:0-10 A:10-20 C:20-30"),
        (0.9, "A:0-10 B:10-20 C:20-30"),
        (12, "B:0-10 C:10-12 A:12-22 n1:22-30"),
        (35, "B:0-10 C:10-20 A:35-45"),
    ],
)
def test_an_insert_move_puts_the_segment_where_it_is_dropped(make_webinar, apply_op, describe, by, after):
    edited = apply_op(
        make_webinar("A:0-10 B:10-20 C:20-30"), ops.Move(segments=("A",), delta_ms=round(by * S), mode="insert")
    )
    assert describe(edited.webinar) == after


def test_interactions_that_begin_over_a_moved_segment_travel_along(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:4-6 y:12-14 z:24-27")
    edited = apply_op(webinar, ops.Move(segments=("C",), delta_ms=-20 * S, mode="insert"))
    assert describe(edited.webinar) == "C:0-10 A:10-20 B:20-30 / z:4-7 x:14-16 y:22-24"
    edited = apply_op(webinar, ops.Move(segments=("A",), delta_ms=20 * S, mode="insert"))
    assert describe(edited.webinar) == "B:0-10 C:10-20 A:20-30 / y:2-4 z:14-17 x:24-26"


def test_a_moved_interaction_lands_behind_those_that_stay(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:3-9 y:21-23")
    edited = apply_op(webinar, ops.Move(segments=("C",), delta_ms=-15 * S, mode="insert"))
    assert describe(edited.webinar) == "A:0-5 C:5-15 n1:15-20 B:20-30 / x:3-9 y:9-11"


def test_markers_follow_the_ripple_and_not_the_drag(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", markers="a:5 b:15 c:25")
    edited = apply_op(webinar, ops.Move(segments=("C",), delta_ms=-20 * S, mode="insert"))
    assert describe(edited.webinar) == "C:0-10 A:10-20 B:20-30 /  / a:15 b:25 c:30"
    for mode in ("normal", "overwrite"):
        edited = apply_op(webinar, ops.Move(segments=("C",), delta_ms=5 * S, mode=mode))
        assert edited.webinar.markers is webinar.markers


def test_a_group_moves_with_its_empty_stretches(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-15#g C:20-25#g D:30-40")
    edited = apply_op(webinar, ops.Move(segments=("B",), delta_ms=-10 * S, mode="insert"))
    assert describe(edited.webinar) == "B:0-5 C:10-15 A:15-25 D:30-40"
    assert edited.webinar.length_ms == webinar.length_ms


def test_a_group_keeps_its_distances_where_something_lies_between(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-15#g C:15-25 D:25-30#g E:30-40")
    edited = apply_op(webinar, ops.Move(segments=("D",), delta_ms=-10 * S, mode="insert"))
    assert describe(edited.webinar) == "B:0-5 D:15-20 A:20-30 C:30-40 E:40-50"


def test_a_group_over_both_lanes_moves_by_one_difference(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20#g C:20-30", "x:12-18#g y:22-24")
    edited = apply_op(webinar, ops.Move(segments=("x",), delta_ms=-10 * S, mode="insert"))
    assert describe(edited.webinar) == "B:0-10 A:10-20 C:20-30 / x:2-8 y:22-24"


def test_an_insert_move_of_interactions_alone_keeps_to_their_lane(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-30", "x:0-5 y:5-10 z:20-25")
    edited = apply_op(webinar, ops.Move(segments=("z",), delta_ms=-20 * S, mode="insert"))
    assert describe(edited.webinar) == "A:0-30 / z:0-5 x:5-10 y:10-15"
    assert edited.webinar.programme is webinar.programme
