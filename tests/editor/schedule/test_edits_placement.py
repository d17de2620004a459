"""Placing segments: each rule of docs/rules.md, "Placing"."""

import msgspec
import pytest

from editor.schedule import operations as ops
from editor.schedule.model import MAX_WEBINAR_MS, Webinar

S = 1000


# ------------------------------------------------------------------------------------------------------- normal


def test_a_new_segment_lies_where_it_is_put(make_webinar, apply_op, describe, segment):
    edited = apply_op(make_webinar("A:0-10"), ops.Add(segments=(segment("B:15-20"), segment("x:3-8"))))
    assert describe(edited.webinar) == "A:0-10 B:15-20 / x:3-8"
    assert edited.created == ("B", "x")


@pytest.mark.parametrize("mode", ["normal", "insert", "overwrite"])
def test_new_segments_may_be_given_in_any_order(apply_op, make_webinar, describe, segment, mode):
    given = (segment("B:10-20"), segment("x:5-8"), segment("A:0-10"))
    assert describe(apply_op(make_webinar(), ops.Add(segments=given, mode=mode)).webinar) == "A:0-10 B:10-20 / x:5-8"


def test_the_lanes_are_independent(make_webinar, apply_op, describe, segment):
    webinar = make_webinar("A:0-10 B:10-20", "x:2-4")
    for where in ("y:0-2", "y:4-40", "y:8-12", "y:50-60"):
        assert apply_op(webinar, ops.Add(segments=(segment(where),))).created == ("y",)


def test_adding_makes_the_media_known(apply_op, segment, media):
    edited = apply_op(Webinar(id="w"), ops.Add(segments=(segment("A:0-10"),), media=(media["video"],)))
    assert edited.webinar.media == {media["video"].sha256: media["video"]}


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("N:2-6", 10),  # over A alone: only the gap after it is free, wherever it was dropped
        ("N:8-12", 10),
        ("N:18-22", 16),
        ("N:19-23", 16),
        ("N:25-29", 30),
        ("N:21-25", 16),
    ],
)
def test_a_taken_place_is_refused_with_the_nearest_free_one(make_webinar, get_refusal, segment, wanted, nearest):
    refusal = get_refusal(make_webinar("A:0-10 B:20-30"), ops.Add(segments=(segment(wanted),)))
    assert refusal.code == "refused.taken"
    assert refusal.nearest == nearest * S
    assert refusal.facts["nearest_ms"] == nearest * S
    assert refusal.alternative.segments[0].start_ms == nearest * S


def test_of_two_equally_near_places_it_is_the_earlier(make_webinar, get_refusal, segment):
    refusal = get_refusal(make_webinar("A:10-20"), ops.Add(segments=(segment("N:12.5-17.5"),)))
    assert refusal.nearest == 5 * S
    refusal = get_refusal(make_webinar("A:10-20"), ops.Add(segments=(segment("N:12.501-17.501"),)))
    assert refusal.nearest == 20 * S


def test_a_gap_that_is_too_small_is_not_free(make_webinar, get_refusal, segment):
    assert get_refusal(make_webinar("A:0-10 B:13-30"), ops.Add(segments=(segment("N:9-13"),))).nearest == 30 * S


def test_a_gap_that_just_fits_is_free(make_webinar, get_refusal, segment):
    assert get_refusal(make_webinar("A:0-10 B:13-30"), ops.Add(segments=(segment("N:9-12"),))).nearest == 10 * S


def test_before_zero_is_refused_with_the_nearest_free_place(make_webinar, get_refusal, segment):
    webinar = make_webinar("A:20-30")
    refusal = get_refusal(webinar, ops.Move(segments=("A",), delta_ms=-25 * S))
    assert (refusal.code, refusal.nearest) == ("refused.before_zero", 0)
    webinar = make_webinar("A:0-5 B:20-30")
    refusal = get_refusal(webinar, ops.Move(segments=("B",), delta_ms=-25 * S))
    assert (refusal.code, refusal.nearest) == ("refused.before_zero", 5 * S)


def test_past_the_day_is_refused_with_the_nearest_free_place(make_webinar, get_refusal, apply_op, describe):
    webinar = make_webinar("A:0-10 B:86390-86400")
    refusal = get_refusal(webinar, ops.Move(segments=("A",), delta_ms=MAX_WEBINAR_MS - 5 * S))
    assert (refusal.code, refusal.nearest) == ("refused.past_day", 86380 * S)
    refusal = get_refusal(make_webinar("A:0-10"), ops.Move(segments=("A",), delta_ms=MAX_WEBINAR_MS - 5 * S))
    assert refusal.nearest == 86390 * S
    assert describe(apply_op(make_webinar("A:0-10"), refusal.alternative).webinar) == "A:86390-86400"


def test_a_full_lane_has_no_nearest_place(make_webinar, get_refusal, segment):
    refusal = get_refusal(make_webinar("img0:0-43200 img1:43200-86400"), ops.Add(segments=(segment("A:10-20"),)))
    assert (refusal.code, refusal.nearest, refusal.alternative) == ("refused.full", None, None)


def test_all_or_none(make_webinar, get_refusal, segment):
    refusal = get_refusal(make_webinar("A:0-10", "x:20-30"), ops.Add(segments=(segment("B:10-20"), segment("y:25-26"))))
    assert refusal.code == "refused.taken"
    assert [one.start_ms for one in refusal.alternative.segments] == [15 * S, 30 * S], "one difference for all"


def test_segments_that_lie_over_each_other_are_refused_in_every_mode(make_webinar, get_refusal, segment):
    for mode in ("normal", "insert", "overwrite"):
        both = (segment("B:20-30"), segment("C:25-35"))
        assert get_refusal(make_webinar("A:0-10"), ops.Add(segments=both, mode=mode)).code == "refused.overlap"


def test_an_id_that_is_taken_is_refused(make_webinar, get_refusal, segment):
    webinar = make_webinar("A:0-10", markers="m:1")
    assert get_refusal(webinar, ops.Add(segments=(segment("A:20-30"),))).code == "refused.same_id"
    assert get_refusal(webinar, ops.Add(segments=(segment("m:20-30"),))).code == "refused.same_id"


def test_nothing_to_add_is_refused(make_webinar, get_refusal):
    assert get_refusal(make_webinar(), ops.Add(segments=())).code == "refused.nothing"
    assert get_refusal(make_webinar(), ops.Paste(segments=(), at_ms=0)).code == "refused.nothing"


def test_invalid_segments_are_refused(make_webinar, get_refusal, segment, media):
    short_segment = segment("A:0-1")
    for broken, why in (
        ({"out_ms": short_segment.in_ms + 999}, "broken.short"),
        ({"in_ms": 3_599_500, "out_ms": 3_600_500}, "broken.points"),
        ({"fade_in_ms": 600, "fade_out_ms": 600}, "broken.fades"),
    ):
        wrong = msgspec.structs.replace(short_segment, **broken)
        refusal = get_refusal(make_webinar(), ops.Add(segments=(wrong,)))
        assert (refusal.code, refusal.facts["why"]) == ("refused.broken", why)


def test_a_value_out_of_bounds_is_refused(make_webinar, get_refusal, segment):
    refusal = get_refusal(make_webinar(), ops.Add(segments=(msgspec.structs.replace(segment("A:0-10"), volume=101),)))
    assert refusal.code == "refused.values"


# -------------------------------------------------------------------------------------------------------- move


def test_a_move_leaves_a_gap_and_interactions_stay(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:12-15", "m:13")
    for mode in ("normal", "overwrite"):
        edited = apply_op(webinar, ops.Move(segments=("B",), delta_ms=25 * S, mode=mode))
        assert describe(edited.webinar) == "A:0-10 C:20-30 B:35-45 / x:12-15 / m:13"
        assert edited.moved == ("B",)


def test_a_move_by_zero_changes_nothing(make_webinar, apply_op):
    webinar = make_webinar("A:0-10 B:10-20", "x:5-8")
    for mode in ("normal", "insert", "overwrite"):
        assert apply_op(webinar, ops.Move(segments=("A", "x"), delta_ms=0, mode=mode)).webinar is webinar


def test_a_segment_may_move_over_its_own_place(make_webinar, apply_op, describe):
    assert (
        describe(apply_op(make_webinar("A:10-20 B:25-30"), ops.Move(segments=("A",), delta_ms=-3 * S)).webinar)
        == "A:7-17 B:25-30"
    )


def test_a_moved_segment_can_go_back_to_its_own_place(make_webinar, get_refusal):
    refusal = get_refusal(make_webinar("A:0-10 B:10-20 C:20-30"), ops.Move(segments=("C",), delta_ms=-6 * S))
    assert refusal.nearest == 20 * S
    assert refusal.alternative.delta_ms == 0


def test_one_difference_moves_a_group(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-5#g B:10-15#g C:30-40", "x:2-4#g")
    for named in ("A", "B", "x"):
        edited = apply_op(webinar, ops.Move(segments=(named,), delta_ms=5 * S))
        assert describe(edited.webinar) == "A:5-10 B:15-20 C:30-40 / x:7-9"
        assert edited.moved == ("A", "B", "x")


def test_one_refusal_refuses_a_group_and_offers_one_difference(make_webinar, get_refusal, apply_op, describe):
    webinar = make_webinar("A:0-5#g B:10-15#g C:20-30", "x:2-4#g y:6-7")
    refusal = get_refusal(webinar, ops.Move(segments=("A",), delta_ms=7 * S))
    assert refusal.code == "refused.taken"
    assert refusal.nearest == 5 * S, "the earliest of them, where all fit: B ends at C, x begins at y's end"
    assert describe(apply_op(webinar, refusal.alternative).webinar) == "A:5-10 B:15-20 C:20-30 / y:6-7 x:7-9"


def test_a_group_may_leap_into_its_own_inner_gap(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-5#g B:10-15#g")
    assert describe(apply_op(webinar, ops.Move(segments=("A",), delta_ms=5 * S)).webinar) == "A:5-10 B:15-20"


def test_several_segments_move_by_one_difference_without_a_group(make_webinar, get_refusal, apply_op, describe):
    webinar = make_webinar("A:0-5 B:10-15 C:20-30")
    assert describe(apply_op(webinar, ops.Move(segments=("B", "A"), delta_ms=2 * S)).webinar) == "A:2-7 B:12-17 C:20-30"
    assert get_refusal(webinar, ops.Move(segments=("A", "B"), delta_ms=8 * S)).nearest == 5 * S


def test_moving_an_unknown_segment_is_refused(make_webinar, get_refusal):
    assert get_refusal(make_webinar("A:0-10"), ops.Move(segments=("A", "Q"), delta_ms=S)).facts == {"id": "Q"}
    assert get_refusal(make_webinar("A:0-10"), ops.Move(segments=(), delta_ms=S)).code == "refused.nothing"


# --------------------------------------------------------------------------------------------------- overwrite


def test_overwrite_cuts_back_what_stands_on_either_side(make_webinar, apply_op, describe, segment):
    edited = apply_op(make_webinar("A:0-10 B:10-20"), ops.Add(segments=(segment("N:7-13"),), mode="overwrite"))
    assert describe(edited.webinar) == "A:0-7 N:7-13 B:13-20"
    assert edited.trimmed == ("A", "B")
    assert edited.webinar.programme[2].in_ms == 1003 * S, "the head is cut, so the in-point moves along"


def test_overwrite_splits_what_is_longer_and_the_hold_stays_with_the_last_part(
    make_webinar, apply_op, describe, segment
):
    edited = apply_op(make_webinar("A:0-20~25"), ops.Add(segments=(segment("N:7-13"),), mode="overwrite"))
    assert describe(edited.webinar) == "A:0-7 N:7-13 n1:13-20~25"
    left, _, right = edited.webinar.programme
    assert (left.out_ms, right.in_ms) == (1007 * S, 1013 * S)


def test_overwrite_removes_what_it_covers(make_webinar, apply_op, describe, segment):
    edited = apply_op(make_webinar("A:0-10 B:10-14 C:14-20"), ops.Add(segments=(segment("N:10-14"),), mode="overwrite"))
    assert describe(edited.webinar) == "A:0-10 N:10-14 C:14-20"
    assert edited.removed == ("B",)


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ("N:10.999-15", "N:10.999-15 B:15-20"),
        ("N:11-15", "B:10-11 N:11-15 n1:15-20"),
        ("N:15-19", "B:10-15 N:15-19 n1:19-20"),
        ("N:15-19.001", "B:10-15 N:15-19.001"),
        ("N:10.5-19.5", "N:10.5-19.5"),
    ],
)
def test_remains_under_a_second_go_too(make_webinar, apply_op, describe, segment, where, after):
    assert (
        describe(apply_op(make_webinar("B:10-20"), ops.Add(segments=(segment(where),), mode="overwrite")).webinar)
        == after
    )


def test_overwriting_from_within_the_media_into_the_hold_leaves_a_part_that_is_all_hold(
    make_webinar, apply_op, describe, segment
):
    edited = apply_op(make_webinar("A:0-10~20"), ops.Add(segments=(segment("N:5-15"),), mode="overwrite"))
    assert describe(edited.webinar) == "A:0-5 N:5-15 n1:15-15~20"
    assert edited.webinar.programme[2].in_ms == edited.webinar.programme[2].out_ms == 1010 * S


def test_a_call_to_action_or_survey_keeps_its_left_part_only(make_webinar, apply_op, describe, segment):
    for name in ("x", "s"):
        webinar = make_webinar("A:0-10", f"{name}:0-20")
        edited = apply_op(webinar, ops.Add(segments=(segment("y:5-8"),), mode="overwrite"))
        assert describe(edited.webinar) == f"A:0-10 / {name}:0-5 y:5-8"
    edited = apply_op(make_webinar("", "x:10-20"), ops.Add(segments=(segment("y:5-12"),), mode="overwrite"))
    assert describe(edited.webinar) == " / y:5-12 x:12-20", "cut back at its head, it is one part still"


def test_overwrite_leaves_the_other_lane_and_the_markers_alone(make_webinar, apply_op, segment):
    webinar = make_webinar("A:0-10 B:10-20", "x:8-14", "m:9")
    edited = apply_op(webinar, ops.Add(segments=(segment("N:7-13"),), mode="overwrite"))
    assert edited.webinar.interactions is webinar.interactions
    assert edited.webinar.markers is webinar.markers


def test_overwrite_cuts_only_beneath_the_members_of_a_group(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-4#g B:6-10#g C:20-40")
    edited = apply_op(webinar, ops.Move(segments=("A",), delta_ms=22 * S, mode="overwrite"))
    assert describe(edited.webinar) == "C:20-22 A:22-26 n1:26-28 B:28-32 n2:32-40"


def test_an_overwrite_move_leaves_a_gap_and_never_cuts_its_own(make_webinar, apply_op, describe):
    edited = apply_op(
        make_webinar("A:0-10 B:10-20 C:20-30"), ops.Move(segments=("A",), delta_ms=5 * S, mode="overwrite")
    )
    assert describe(edited.webinar) == "A:5-15 B:15-20 C:20-30"


# ----------------------------------------------------------------------------------------------------- locking


@pytest.mark.parametrize("mode", ["normal", "insert", "overwrite"])
def test_a_locked_lane_refuses_what_would_change_it(make_webinar, get_refusal, apply_op, segment, mode):
    webinar = make_webinar("A:0-10 B:10-20", "x:5-8", programme_locked=True)
    for op in (
        ops.Add(segments=(segment("N:3-6"),), mode=mode),
        ops.Move(segments=("A",), delta_ms=3 * S, mode=mode),
        ops.Resize(segment="A", edge="end", delta_ms=-2 * S, mode=mode),
        ops.SetLengths(lengths=(ops.Lengths(segment="A", play_ms=5 * S),), mode=mode),
        ops.Paste(segments=(segment("N:3-6"),), at_ms=0, mode=mode),
    ):
        refusal = get_refusal(webinar, op)
        assert (refusal.code, refusal.facts["lane"]) == ("refused.locked", "programme")


def test_unlocking_happens_in_the_same_step(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20", "x:5-8", programme_locked=True, interactions_locked=True)
    edited = apply_op(webinar, ops.Move(segments=("B",), delta_ms=5 * S, unlock=True))
    assert describe(edited.webinar) == "A:0-10 B:15-25 / x:5-8"
    assert not edited.webinar.programme_locked
    assert edited.webinar.interactions_locked, "only what stands in the way is unlocked"


def test_a_ripple_is_refused_by_the_other_lane_where_it_would_change_it(
    make_webinar, get_refusal, apply_op, describe, segment
):
    webinar = make_webinar("A:0-10 B:10-20", "x:5-8", interactions_locked=True)
    refusal = get_refusal(webinar, ops.Add(segments=(segment("N:0-5"),), mode="insert"))
    assert (refusal.code, refusal.facts["lane"]) == ("refused.locked", "interactions")
    edited = apply_op(webinar, ops.Add(segments=(segment("N:10-15"),), mode="insert"))
    assert describe(edited.webinar) == "A:0-10 N:10-15 B:15-25 / x:5-8"
    edited = apply_op(webinar, ops.Add(segments=(segment("N:0-5"),), mode="insert", unlock=True))
    assert describe(edited.webinar) == "N:0-5 A:5-15 B:15-25 / x:10-13"
    assert not edited.webinar.interactions_locked


def test_a_group_with_a_member_on_a_locked_lane_stays(make_webinar, get_refusal):
    webinar = make_webinar("A:0-10#g", "x:5-8#g", interactions_locked=True)
    for op in (ops.Move(segments=("A",), delta_ms=S), ops.Delete(segments=("A",)), ops.Duplicate(segments=("A",))):
        assert get_refusal(webinar, op).facts["lane"] == "interactions"


# ------------------------------------------------------------------------------------------ paste and duplicate


def test_a_paste_lays_the_earliest_at_the_position(make_webinar, apply_op, describe, segment):
    edited = apply_op(
        make_webinar("A:0-10"), ops.Paste(segments=(segment("P:70-75"), segment("x:68-71")), at_ms=20 * S)
    )
    assert describe(edited.webinar) == "A:0-10 n1:22-27 / n2:20-23"
    assert edited.created == ("n1", "n2")


def test_a_paste_follows_the_mode(make_webinar, apply_op, get_refusal, describe, segment):
    webinar = make_webinar("A:0-10 B:10-20")
    copied = (segment("P:0-4"),)
    refusal = get_refusal(webinar, ops.Paste(segments=copied, at_ms=8 * S))
    assert (refusal.nearest, refusal.alternative.at_ms) == (20 * S, 20 * S)
    edited = apply_op(webinar, ops.Paste(segments=copied, at_ms=5 * S, mode="insert"))
    assert describe(edited.webinar) == "A:0-5 n1:5-9 n2:9-14 B:14-24"
    edited = apply_op(webinar, ops.Paste(segments=copied, at_ms=8 * S, mode="overwrite"))
    assert describe(edited.webinar) == "A:0-8 n3:8-12 B:12-20"


def test_copies_get_a_group_and_offers_of_their_own(make_webinar, apply_op, segment):
    webinar = make_webinar("A:0-10#g", "x:0-4#g x1:4-8#g")
    halves = make_webinar("", "x:0-4 x1:4-8").interactions
    halves = apply_op(make_webinar("", "x:0-8"), ops.Split(at_ms=4 * S, segments=("x",))).webinar.interactions
    assert halves[0].offer == halves[1].offer
    edited = apply_op(webinar, ops.Duplicate(segments=("A",)))
    copies = [one for one in edited.webinar.segments if one.id in edited.created]
    assert len({one.group for one in copies}) == 1
    assert copies[0].group not in (None, "g")
    assert copies[1].offer != copies[2].offer
    assert {copies[1].offer, copies[2].offer}.isdisjoint(one.offer for one in webinar.interactions)
    edited = apply_op(make_webinar(), ops.Paste(segments=halves, at_ms=0))
    left, right = edited.webinar.interactions
    assert left.offer == right.offer != halves[0].offer, "halves of one offer are halves of one offer again"


def test_a_paste_from_another_webinar_brings_its_media(apply_op, segment, media):
    edited = apply_op(Webinar(id="w"), ops.Paste(segments=(segment("A:0-10"),), media=(media["video"],), at_ms=0))
    assert edited.webinar.media == {media["video"].sha256: media["video"]}


def test_a_paste_does_not_forget_what_is_known_better(make_webinar, apply_op, segment, media):
    older = msgspec.structs.replace(media["video"], name="old name.mp4")
    edited = apply_op(make_webinar(), ops.Paste(segments=(segment("A:0-10"),), media=(older,), at_ms=0))
    assert edited.webinar.media[older.sha256].name == "talk.mp4"


def test_a_duplicate_goes_to_the_first_free_place_after(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:25-30 D:50-60")
    assert (
        describe(apply_op(webinar, ops.Duplicate(segments=("A",))).webinar) == "A:0-10 B:10-20 C:25-30 n1:30-40 D:50-60"
    )
    assert (
        describe(apply_op(webinar, ops.Duplicate(segments=("C",))).webinar) == "A:0-10 B:10-20 C:25-30 n2:30-35 D:50-60"
    )


def test_a_group_is_duplicated_by_one_difference(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10#g B:20-30", "x:5-12#g")
    edited = apply_op(webinar, ops.Duplicate(segments=("x",)))
    assert describe(edited.webinar) == "A:0-10 B:20-30 n2:30-40 / x:5-12 n3:35-42"


def test_a_duplicate_that_does_not_fit_is_refused(make_webinar, get_refusal):
    assert get_refusal(make_webinar("img1:0-50000"), ops.Duplicate(segments=("img1",))).code == "refused.full"
