"""Dragging edges, trims and lengths by number: each rule of docs/rules.md, "Edges and lengths"."""

import msgspec
import pytest

from editor.schedule import operations as ops
from editor.schedule import serialization
from editor.schedule.edits import apply
from editor.schedule.model import MAX_WEBINAR_MS, MIN_SEGMENT_MS, Media, Page

S = 1000


def resize(segment, edge, by, mode="normal", **more):
    return ops.Resize(segment=segment, edge=edge, delta_ms=round(by * S), mode=mode, **more)


# -------------------------------------------------------------------------------------------- per kind: the end


@pytest.mark.parametrize(
    ("by", "after"),
    [
        (-2, "short:0-6~7"),
        (-3, "short:0-6"),
        (-5, "short:0-4"),
        (2, "short:0-8~11"),
        (4, "short:0-10~13"),
        (10, "short:0-10~19"),
    ],
)
def test_the_right_edge_eats_the_hold_then_the_media_and_reveals_media_then_adds_hold(
    make_webinar, apply_op, describe, by, after
):
    """`short` plays the first 6 of its media's 10 seconds and holds for 3."""
    edited = apply_op(make_webinar("short:0-6~9@0"), resize("short", "end", by))
    assert describe(edited.webinar) == after
    assert edited.webinar.programme[0].in_ms == 0
    assert edited.trimmed == ("short",)


def test_a_part_that_is_all_hold_only_holds_longer(make_webinar, apply_op, describe):
    webinar = apply_op(make_webinar("A:0-10~20"), ops.Split(at_ms=15 * S)).webinar
    edited = apply_op(webinar, resize("n1", "end", 5))
    assert describe(edited.webinar) == "A:0-10~15 n1:15-15~25"


@pytest.mark.parametrize("name", ["img", "x", "s"])
def test_images_and_interactions_just_have_a_length(make_webinar, apply_op, describe, name):
    webinar = make_webinar(f"{name}:20-30") if name == "img" else make_webinar("", f"{name}:20-30")
    slash = "" if name == "img" else " / "
    assert describe(apply_op(webinar, resize(name, "end", 100)).webinar) == f"{slash}{name}:20-130"
    assert describe(apply_op(webinar, resize(name, "end", -7)).webinar) == f"{slash}{name}:20-23"
    assert describe(apply_op(webinar, resize(name, "start", -15)).webinar) == f"{slash}{name}:5-30"
    assert describe(apply_op(webinar, resize(name, "start", 4)).webinar) == f"{slash}{name}:24-30"


def pages(segment):
    return [page.length_ms / S for page in segment.pages], segment.in_ms / S, segment.out_ms / S


def test_a_presentation_is_a_window_on_its_pages(make_webinar, apply_op):
    """3 pages of 30 s; left edge +40 s begins 10 s into page 2, and dragging back reveals again."""
    webinar = make_webinar("pdf:100-190")
    edited = apply_op(webinar, resize("pdf", "start", 40))
    trimmed = edited.webinar.programme[0]
    assert pages(trimmed) == ([30, 30, 30], 40, 90)
    assert (trimmed.start_ms, trimmed.end_ms) == (140 * S, 190 * S)
    assert apply_op(edited.webinar, resize("pdf", "start", -40)).webinar == webinar


def test_the_right_edge_past_the_track_lengthens_the_last_page(make_webinar, apply_op):
    edited = apply_op(make_webinar("pdf:0-90"), resize("pdf", "end", -50))
    assert pages(edited.webinar.programme[0]) == ([30, 30, 30], 0, 40)
    edited = apply_op(edited.webinar, resize("pdf", "end", 70))
    assert pages(edited.webinar.programme[0]) == ([30, 30, 50], 0, 110)


def test_the_left_edge_past_the_track_lengthens_the_first_page(make_webinar, apply_op):
    edited = apply_op(make_webinar("pdf:100-170@20"), resize("pdf", "start", -25))
    assert pages(edited.webinar.programme[0]) == ([35, 30, 30], 0, 95)
    assert edited.webinar.programme[0].start_ms == 75 * S


# ------------------------------------------------------------------------------------------ per kind: the start


def test_the_left_edge_of_timed_media_moves_start_and_in_point_together(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:10-20@30"), resize("A", "start", 4))
    assert describe(edited.webinar) == "A:14-20"
    assert edited.webinar.programme[0].in_ms == 34 * S
    edited = apply_op(edited.webinar, resize("A", "start", -8))
    assert describe(edited.webinar) == "A:6-20"
    assert edited.webinar.programme[0].in_ms == 26 * S


def test_the_left_edge_stops_where_the_media_begins(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:10-20@3"), resize("A", "start", -8))
    assert describe(edited.webinar) == "A:7-20"
    assert edited.webinar.programme[0].in_ms == 0


def test_the_left_edge_goes_through_the_media_into_the_hold(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:0-5~10"), resize("A", "start", 7))
    assert describe(edited.webinar) == "A:7-7~10"
    assert describe(apply_op(edited.webinar, resize("A", "start", -4)).webinar) == "A:3-7~10", (
        "and what it passed comes back"
    )


@pytest.mark.parametrize("edge", ["start", "end"])
@pytest.mark.parametrize("mode", ["normal", "insert", "overwrite"])
@pytest.mark.parametrize("name", ["A", "img", "pdf"])
def test_an_edge_leaves_a_second(make_webinar, apply_op, name, edge, mode):
    edited = apply_op(make_webinar(f"{name}:10-20"), resize(name, edge, 100 if edge == "start" else -100, mode))
    assert edited.webinar.programme[0].length_ms == MIN_SEGMENT_MS


# ---------------------------------------------------------------------------------------------------- per mode


def test_normal_stops_at_the_neighbour_and_the_result_shows_where(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:12-20 C:23-30", "x:2-4 y:8-10")
    assert describe(apply_op(webinar, resize("B", "end", 9)).webinar) == "A:0-10 B:12-23 C:23-30 / x:2-4 y:8-10"
    assert describe(apply_op(webinar, resize("B", "start", -9)).webinar) == "A:0-10 B:10-20 C:23-30 / x:2-4 y:8-10"
    assert describe(apply_op(webinar, resize("x", "end", 9)).webinar) == "A:0-10 B:12-20 C:23-30 / x:2-8 y:8-10"
    assert apply_op(make_webinar("A:0-10 B:10-20"), resize("A", "end", 5)).webinar == make_webinar("A:0-10 B:10-20")


@pytest.mark.parametrize("mode", ["normal", "insert", "overwrite"])
def test_the_left_edge_of_a_presentation_stops_where_its_sound_begins(make_webinar, apply_op, get_refusal, mode):
    """A window from 40 s on a track of three pages of 30 s; the sound begins with the track."""
    silent = make_webinar("pdf:100-140@40")
    spoken = add_sound(silent)
    assert pages(apply_op(spoken, resize("pdf", "start", -15, mode)).webinar.programme[0]) == ([30, 30, 30], 25, 80)
    reached = apply_op(spoken, resize("pdf", "start", -50, mode)).webinar.programme[0]
    assert pages(reached) == ([30, 30, 30], 0, 80)
    assert (reached.start_ms, reached.end_ms) == ((100 * S, 180 * S) if mode == "insert" else (60 * S, 140 * S))
    refusal = get_refusal(spoken, resize("pdf", "start", -50, mode, exact=True))
    assert (refusal.code, refusal.facts["nearest_ms"]) == ("refused.media_start", 60 * S)
    longer = apply_op(silent, resize("pdf", "start", -50, mode)).webinar.programme[0]
    assert pages(longer) == ([40, 30, 30], 0, 90), "without a sound the first page gets longer"


def add_sound(webinar):
    """Give the presentation of a webinar a sound track."""
    sound = next(one.sha256 for one in webinar.media.values() if one.kind == "audio")
    slides = msgspec.structs.replace(webinar.programme[0], audio=sound)
    return msgspec.structs.replace(webinar, programme=(slides,))


def test_the_edges_stop_at_the_ends_of_the_day(make_webinar, apply_op, describe):
    assert describe(apply_op(make_webinar("", "x:5-10"), resize("x", "start", -9)).webinar) == " / x:0-10"
    for mode in ("normal", "insert", "overwrite"):
        edited = apply_op(make_webinar("A:0-10 img1:86380-86390"), resize("img1", "end", 60, mode))
        assert edited.webinar.length_ms == MAX_WEBINAR_MS
    edited = apply_op(make_webinar("img1:0-10 img2:86380-86390", "x:86385-86397"), resize("img1", "end", 60, "insert"))
    assert describe(edited.webinar) == "img1:0-13 img2:86383-86393 / x:86388-86400"
    edited = apply_op(
        make_webinar("img1:0-10 img2:86380-86390", "x:86385-86397"), resize("img1", "start", -60, "insert")
    )
    assert describe(edited.webinar) == "img1:0-13 img2:86383-86393 / x:86388-86400"


@pytest.mark.parametrize(
    ("edge", "by", "code", "facts", "instead"),
    [
        ("end", 9, "refused.neighbour", {"nearest_ms": 23 * S}, 3),
        ("start", -9, "refused.neighbour", {"nearest_ms": 10 * S}, -2),
        ("end", -7.5, "refused.short", {"least_ms": S, "nearest_ms": 13 * S}, -7),
        ("start", 7.5, "refused.short", {"least_ms": S, "nearest_ms": 19 * S}, 7),
    ],
)
def test_exact_is_refused_where_it_would_stop_short(make_webinar, get_refusal, edge, by, code, facts, instead):
    refusal = get_refusal(make_webinar("A:0-10 B:12-20 C:23-30"), resize("B", edge, by, exact=True))
    assert (refusal.code, refusal.facts) == (code, facts)
    assert refusal.alternative.delta_ms == instead * S


def test_exact_refuses_with_the_reason_of_the_limit(make_webinar, get_refusal):
    assert get_refusal(make_webinar("A:10-20@3"), resize("A", "start", -5, exact=True)).code == "refused.media_start"
    assert get_refusal(make_webinar("A:3-20@9"), resize("A", "start", -5, exact=True)).code == "refused.before_zero"
    assert get_refusal(make_webinar("img:3-20"), resize("img", "end", 86400, exact=True)).code == "refused.past_day"
    webinar = make_webinar("A:0-10 img:86380-86390")
    assert get_refusal(webinar, resize("A", "end", 60, "insert", exact=True)).code == "refused.past_day"


def test_insert_ripples_both_lanes_by_the_difference(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:25-35", "x:5-12 y:20-22 z:26-28", "m:9 n:20")
    assert describe(apply_op(webinar, resize("B", "end", 5, "insert")).webinar) == (
        "A:0-10 B:10-25 C:30-40 / x:5-12 y:25-27 z:31-33 / m:9 n:25"
    )
    assert describe(apply_op(webinar, resize("B", "end", -5, "insert")).webinar) == (
        "A:0-10 B:10-15 C:20-30 / x:5-12 y:15-17 z:21-23 / m:9 n:15"
    )


def test_insert_at_the_start_edge_ripples_and_leaves_the_start(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:25-35", "x:5-12 y:12-14 z:26-28", "m:10 n:20")
    edited = apply_op(webinar, resize("B", "start", 3, "insert"))
    assert describe(edited.webinar) == "A:0-10 B:10-17 C:22-32 / x:5-12 y:12-14 z:23-25 / m:10 n:17"
    assert edited.webinar.programme[1].in_ms == 1003 * S
    edited = apply_op(webinar, resize("B", "start", -3, "insert"))
    assert describe(edited.webinar) == "A:0-10 B:10-23 C:28-38 / x:5-12 y:15-17 z:29-31 / m:13 n:23"
    assert edited.webinar.programme[1].in_ms == 997 * S


def test_insert_on_the_interactions_lane_ripples_that_lane_alone(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20", "x:5-12 y:14-16", "m:13")
    edited = apply_op(webinar, resize("x", "end", 4, "insert"))
    assert describe(edited.webinar) == "A:0-10 B:10-20 / x:5-16 y:18-20 / m:13"
    edited = apply_op(webinar, resize("x", "start", 4, "insert"))
    assert describe(edited.webinar) == "A:0-10 B:10-20 / x:5-8 y:10-12 / m:13"


def test_an_interaction_over_what_an_edge_cuts_away_lands_at_the_cut(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-20 B:20-30", "x:12-14 y:14-18 z:21-23")
    edited = apply_op(webinar, resize("A", "end", -10, "insert"))
    assert describe(edited.webinar) == "A:0-10 B:10-20 / x:10-12 y:12-16 z:16-18"


def test_overwrite_trims_the_neighbour(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:2-4 y:4-9")
    assert describe(apply_op(webinar, resize("A", "end", 4, "overwrite")).webinar) == (
        "A:0-14 B:14-20 C:20-30 / x:2-4 y:4-9"
    )
    assert describe(apply_op(webinar, resize("C", "start", -13, "overwrite")).webinar) == "A:0-7 C:7-30 / x:2-4 y:4-9"
    assert describe(apply_op(webinar, resize("A", "end", 9.5, "overwrite")).webinar) == "A:0-19.5 C:20-30 / x:2-4 y:4-9"
    edited = apply_op(webinar, resize("x", "end", 2, "overwrite"))
    assert describe(edited.webinar) == "A:0-10 B:10-20 C:20-30 / x:2-6 y:6-9"


def test_resizing_touches_the_grabbed_one_of_a_group_alone(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10#g B:10-20#g", "x:5-8#g")
    assert describe(apply_op(webinar, resize("A", "end", -4)).webinar) == "A:0-6 B:10-20 / x:5-8"


def test_an_edge_that_does_not_move_changes_nothing(make_webinar, apply_op):
    webinar = make_webinar("A:0-10 B:10-20")
    for mode in ("normal", "insert", "overwrite"):
        assert apply_op(webinar, resize("A", "end", 0, mode)).webinar is webinar
    assert apply_op(webinar, resize("A", "end", 3)).webinar is webinar, "it stops at its neighbour at once"


# ------------------------------------------------------------------------------------------------------- fades


def with_fades(webinar, fade_in, fade_out):
    first = msgspec.structs.replace(webinar.programme[0], fade_in_ms=fade_in * S, fade_out_ms=fade_out * S)
    return msgspec.structs.replace(webinar, programme=(first, *webinar.programme[1:]))


def get_fades(segment):
    return segment.fade_in_ms / S, segment.fade_out_ms / S


@pytest.mark.parametrize(("by", "fades_left"), [(-2, (4, 3)), (-5, (4, 1)), (-7, (3, 0))])
def test_fades_stay_within_what_plays(make_webinar, apply_op, by, fades_left):
    for name in ("A", "pdf"):
        edited = apply_op(with_fades(make_webinar(f"{name}:0-10"), 4, 3), resize(name, "end", by))
        assert get_fades(edited.webinar.programme[0]) == fades_left


def test_fades_are_no_part_of_the_hold(make_webinar, apply_op):
    edited = apply_op(with_fades(make_webinar("A:0-5~20"), 2, 3), resize("A", "end", -16))
    assert get_fades(edited.webinar.programme[0]) == (2, 2)


def test_of_a_split_the_left_part_fades_in_and_the_right_part_out(make_webinar, apply_op):
    for name in ("A", "pdf"):
        left, right = apply_op(
            with_fades(make_webinar(f"{name}:0-30"), 4, 3), ops.Split(at_ms=10 * S)
        ).webinar.programme
        assert (get_fades(left), get_fades(right)) == ((4, 0), (0, 3))
    left, right = apply_op(with_fades(make_webinar("A:0-10~20"), 4, 3), ops.Split(at_ms=15 * S)).webinar.programme
    assert (get_fades(left), get_fades(right)) == ((4, 3), (0, 0)), "in the hold, all that plays is on the left"


# ------------------------------------------------------------------------------------------------- ripple trim


def test_a_ripple_trim_cuts_up_to_the_position_and_closes_the_gap(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20~25 C:30-40", "x:22-24", "m:24")
    edited = apply_op(webinar, ops.RippleTrim(at_ms=13 * S, edge="start"))
    assert describe(edited.webinar) == "A:0-10 B:10-17~22 C:27-37 / x:19-21 / m:21"
    edited = apply_op(webinar, ops.RippleTrim(at_ms=13 * S, edge="end"))
    assert describe(edited.webinar) == "A:0-10 B:10-13 C:18-28 / x:13-15 / m:13"


@pytest.mark.parametrize(("edge", "at_ms"), [("start", 9_000), ("end", 1_000)])
def test_a_ripple_trim_may_leave_exactly_one_second(make_webinar, apply_op, get_refusal, edge, at_ms):
    webinar = make_webinar("A:0-10 B:12-20")
    edited = apply_op(webinar, ops.RippleTrim(at_ms=at_ms, edge=edge)).webinar
    assert [segment.length_ms for segment in edited.programme] == [1_000, 8_000]
    assert [segment.start_ms for segment in edited.programme] == [0, 3_000]
    one_less = at_ms + (1 if edge == "start" else -1)
    refusal = get_refusal(webinar, ops.RippleTrim(at_ms=one_less, edge=edge))
    assert (refusal.code, refusal.facts["least_ms"]) == ("refused.short", 1_000)


def test_a_ripple_trim_leaves_a_second(make_webinar, get_refusal):
    webinar = make_webinar("A:0-10 B:12-20")
    assert get_refusal(webinar, ops.RippleTrim(at_ms=9500, edge="start")).code == "refused.short"
    assert get_refusal(webinar, ops.RippleTrim(at_ms=500, edge="end")).code == "refused.short"
    for at in (0, 10 * S, 11 * S, 12 * S, 20 * S, 30 * S):
        assert get_refusal(webinar, ops.RippleTrim(at_ms=at, edge="start")).code == "refused.nothing"


# ------------------------------------------------------------------------------------------- lengths by number


def set_lengths(*each, mode="normal"):
    return ops.SetLengths(
        lengths=tuple(
            ops.Lengths(segment=name, **{f"{part}_ms": round(value * S) for part, value in parts.items()})
            for name, parts in each
        ),
        mode=mode,
    )


def test_each_part_is_set_by_number(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:0-10~15"), set_lengths(("A", {"play": 20, "hold": 3})))
    assert describe(edited.webinar) == "A:0-20~23"
    edited = apply_op(make_webinar("A:0-10~15"), set_lengths(("A", {"in": 70, "start": 4})))
    assert describe(edited.webinar) == "A:4-14~19"
    assert edited.webinar.programme[0].in_ms == 70 * S
    assert describe(
        apply_op(make_webinar("img:0-10", "x:0-9"), set_lengths(("img", {"play": 7}), ("x", {"play": 3}))).webinar
    ) == ("img:0-7 / x:0-3")


def test_numbers_in_normal_mode_are_refused_where_the_place_is_taken(make_webinar, get_refusal, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20")
    refusal = get_refusal(webinar, set_lengths(("A", {"play": 12})))
    assert (refusal.code, refusal.nearest) == ("refused.taken", 20 * S)
    assert refusal.alternative == set_lengths(("A", {"play": 12, "start": 20}))
    edited = apply_op(webinar, set_lengths(("A", {"play": 12}), ("B", {"start": 12})))
    assert describe(edited.webinar) == "A:0-12 B:12-22", "all at once they fit"
    edited = apply_op(webinar, set_lengths(("B", {"start": 0}), ("A", {"start": 10})))
    assert describe(edited.webinar) == "B:0-10 A:10-20", "and may change places"


def test_numbers_in_insert_mode_ripple(make_webinar, apply_op, describe):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:22-24")
    edited = apply_op(webinar, set_lengths(("A", {"play": 12}), ("B", {"hold": 4}), mode="insert"))
    assert describe(edited.webinar) == "A:0-12 B:12-22~26 C:26-36 / x:28-30"
    edited = apply_op(webinar, set_lengths(("B", {"start": 16, "hold": 4}), ("A", {"play": 16}), mode="insert"))
    assert describe(edited.webinar) == "A:0-16 B:16-26~30 C:30-40 / x:32-34", "a start that follows by itself stays"
    edited = apply_op(webinar, set_lengths(("C", {"start": 0}), mode="insert"))
    assert describe(edited.webinar) == "C:0-10 A:10-20 B:20-30 / x:2-4"


def test_numbers_in_overwrite_mode_cut_back(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:0-10 B:10-20"), set_lengths(("A", {"play": 14}), mode="overwrite"))
    assert describe(edited.webinar) == "A:0-14 B:14-20"


def test_numbers_that_cannot_be_are_refused(make_webinar, get_refusal):
    webinar = make_webinar("short:0-6@0 img:20-30 pdf:40-70 A:100-110", "x:0-10")
    assert get_refusal(webinar, set_lengths(("short", {"play": 10.5}))).facts == {"end_ms": 10 * S}
    assert get_refusal(webinar, set_lengths(("short", {"in": 5}))).code == "refused.media_end"
    assert get_refusal(webinar, set_lengths(("short", {"play": 0.5}))).facts == {"least_ms": S}
    assert get_refusal(webinar, set_lengths(("x", {"play": 0.999}))).code == "refused.short"
    for name, part in (("img", "hold"), ("img", "in"), ("x", "hold"), ("pdf", "hold")):
        assert get_refusal(webinar, set_lengths((name, {part: 2}))).code == "refused.kind"
    page = (Page(page=0, length_ms=S),)
    for name in ("A", "img"):
        op = ops.SetLengths(lengths=(ops.Lengths(segment=name, pages=page),))
        assert get_refusal(webinar, op).code == "refused.kind"
    assert get_refusal(webinar, ops.SetLengths(lengths=(ops.Lengths(segment="pdf", pages=()),))).code == "refused.kind"
    assert get_refusal(webinar, set_lengths(("Q", {"play": 2}))).facts == {"id": "Q"}
    assert get_refusal(webinar, set_lengths(("img", {"start": 86399}))).code == "refused.past_day"
    assert get_refusal(webinar, set_lengths(("A", {"play": 5}), ("A", {"play": 6}))).code == "refused.overlap"
    assert get_refusal(webinar, set_lengths()).code == "refused.nothing"


def test_an_unknown_media_has_no_end(make_webinar, apply_op, describe):
    webinar = msgspec.structs.replace(make_webinar("short:0-6@0"), media={})
    assert describe(apply_op(webinar, set_lengths(("short", {"play": 15}))).webinar) == "short:0-15"
    assert describe(apply_op(webinar, resize("short", "end", 5)).webinar) == "short:0-6~11", (
        "but an edge cannot reveal it"
    )


def set_pages(*seconds, **more):
    return ops.SetLengths(
        lengths=(
            ops.Lengths(
                segment="pdf",
                pages=tuple(Page(page=page, length_ms=length * S) for page, length in enumerate(seconds)),
                **more,
            ),
        )
    )


def test_page_times_are_set_by_number(make_webinar, apply_op):
    edited = apply_op(make_webinar("pdf:0-90"), set_pages(10, 20, 60))
    assert pages(edited.webinar.programme[0]) == ([10, 20, 60], 0, 90)
    edited = apply_op(make_webinar("pdf:0-90"), set_pages(10, 20, 30))
    assert pages(edited.webinar.programme[0]) == ([10, 20, 30], 0, 60)
    edited = apply_op(make_webinar("pdf:0-90"), set_pages(10, 20))
    assert pages(edited.webinar.programme[0]) == ([10, 20], 0, 30)


def test_page_times_keep_the_windows_ends_on_their_pages(make_webinar, apply_op):
    edited = apply_op(make_webinar("pdf:0-50@40"), set_pages(5, 30, 50))
    assert pages(edited.webinar.programme[0]) == ([5, 30, 50], 15, 85)
    edited = apply_op(make_webinar("pdf:0-20@40"), set_pages(5, 15, 50))
    assert pages(edited.webinar.programme[0]) == ([5, 15, 50], 15, 20), "no further into a page than it lasts"


def test_a_presentations_window_is_set_by_number(make_webinar, apply_op):
    edited = apply_op(make_webinar("pdf:0-90"), set_lengths(("pdf", {"in": 40, "play": 20})))
    assert pages(edited.webinar.programme[0]) == ([30, 30, 30], 40, 60)
    edited = apply_op(make_webinar("pdf:0-50@10"), set_lengths(("pdf", {"in": 20})))
    assert pages(edited.webinar.programme[0]) == ([30, 30, 30], 20, 70), "it shows other pages for as long"
    edited = apply_op(make_webinar("pdf:0-90"), set_lengths(("pdf", {"play": 120})))
    assert pages(edited.webinar.programme[0]) == ([30, 30, 60], 0, 120)


def test_a_media_longer_than_the_day_is_cut_at_the_day(make_webinar, apply_op):
    long = Media(sha256="9" * 64, kind="video", name="week.mp4", duration_ms=7 * MAX_WEBINAR_MS)
    webinar = msgspec.structs.replace(
        make_webinar("A:0-10@0"), media={"1" * 64: msgspec.structs.replace(long, sha256="1" * 64)}
    )
    edited = apply_op(webinar, resize("A", "end", 86400))
    assert edited.webinar.programme[0].out_ms == MAX_WEBINAR_MS


def test_a_track_grows_no_longer_than_any_media_and_can_always_be_read_again(make_webinar, get_refusal):
    webinar = make_webinar("pdf:0-90")
    for _ in range(24):
        for op in (resize("pdf", "end", 86_000), resize("pdf", "start", 86_000)):
            webinar = apply(webinar, op).webinar
            assert serialization.decode(serialization.encode(webinar)).webinar == webinar
        webinar = apply(webinar, ops.Move(segments=("pdf",), delta_ms=-webinar.programme[0].start_ms)).webinar
    refusal = get_refusal(webinar, resize("pdf", "end", 86_000))
    assert (refusal.code, refusal.facts["why"]) == ("refused.broken", "broken.pages")
