"""Each broken invariant is found, by its code."""

import msgspec
import pytest

from editor.schedule.invariants import find_violations
from editor.schedule.model import MAX_MEDIA_MS, MAX_WEBINAR_MS, Marker, Page

S = 1000
replace = msgspec.structs.replace


def codes(webinar):
    return {known.code for known in find_violations(webinar)}


def first(webinar, **fields):
    return replace(webinar, programme=(replace(webinar.programme[0], **fields), *webinar.programme[1:]))


def test_a_sound_webinar_has_none(make_webinar):
    assert find_violations(make_webinar()) == ()
    assert (
        find_violations(
            make_webinar("A:0-10~12 img:12-20 pdf:20-110 aud:200-300 rec:300-301", "x:0-5 s:5-86400", "m:0 n:86400")
        )
        == ()
    )


@pytest.mark.parametrize(
    ("programme", "fields", "code"),
    [
        ("A:0-10", {"out_ms": 1000 * S + 999}, "broken.short"),
        ("img:0-10", {"length_ms": 999}, "broken.short"),
        ("A:0-10", {"start_ms": -1}, "broken.before_zero"),
        ("img:0-10", {"start_ms": MAX_WEBINAR_MS - 10 * S + 1}, "broken.past_day"),
        ("A:0-10", {"out_ms": 3600 * S + 1}, "broken.points"),
        ("A:0-10~30", {"in_ms": 1011 * S}, "broken.points"),
        ("A:0-10", {"hold_ms": -1}, "broken.points"),
        ("A:0-10~60", {"fade_in_ms": 6 * S, "fade_out_ms": 4001}, "broken.fades"),
        ("pdf:0-10", {"fade_in_ms": 10_001, "fade_out_ms": 1}, "broken.fades"),
        ("pdf:0-90", {"out_ms": 90_001}, "broken.pages"),
        ("pdf:0-90", {"in_ms": -1}, "broken.pages"),
        ("pdf:0-90", {"pages": ()}, "broken.pages"),
        ("pdf:0-90", {"pages": (Page(page=3, length_ms=90 * S),)}, "broken.pages"),
        ("pdf:0-90", {"pages": (Page(page=0, length_ms=MAX_MEDIA_MS), Page(page=1, length_ms=1))}, "broken.pages"),
        ("pdf:0-90", {"out_ms": 0}, "broken.pages"),
        ("pdf:0-90", {"pages": (Page(page=0, length_ms=90 * S), Page(page=1, length_ms=0))}, "broken.pages"),
        ("A:0-10", {"media": "4" * 64}, "broken.media_kind"),
        ("img:0-10", {"media": "1" * 64}, "broken.media_kind"),
        ("aud:0-10", {"media": "5" * 64}, "broken.media_kind"),
        ("A:0-10", {"volume": 101}, "broken.values"),
        ("A:0-10", {"media": "talk.mp4"}, "broken.values"),
        ("A:0-10 B:20-30", {"start_ms": 15 * S}, "broken.overlap"),
        ("A:0-10 B:20-30", {"start_ms": 40 * S}, "broken.order"),
        ("A:0-10 B:20-30", {"id": "B"}, "broken.same_id"),
    ],
)
def test_what_is_wrong_with_the_programme_is_named(make_webinar, programme, fields, code):
    assert code in codes(first(make_webinar(programme), **fields))


def test_segments_that_touch_do_not_overlap(make_webinar):
    assert find_violations(make_webinar("A:0-10 B:10-20", "x:0-5 y:5-6")) == ()


@pytest.mark.parametrize(
    ("programme", "fields"),
    [
        ("A:0-10", {"out_ms": 1001 * S}),
        ("A:0-10", {"out_ms": 3600 * S}),
        ("A:0-10~30", {"in_ms": 1010 * S}),
        ("A:0-10~60", {"fade_in_ms": 6 * S, "fade_out_ms": 4 * S}),
        ("pdf:0-90", {"fade_in_ms": 40 * S, "fade_out_ms": 50 * S}),
        ("pdf:0-90", {"pages": (Page(page=2, length_ms=90 * S), Page(page=0, length_ms=1))}),
        ("pdf:0-90", {"pages": (Page(page=0, length_ms=MAX_MEDIA_MS - 1), Page(page=1, length_ms=1))}),
        ("img:0-10", {"start_ms": MAX_WEBINAR_MS - 10 * S}),
    ],
)
def test_what_just_fits_is_valid(make_webinar, programme, fields):
    assert find_violations(first(make_webinar(programme), **fields)) == ()


def test_timed_media_end_with_the_longest_media_that_there_is(make_webinar):
    webinar = replace(make_webinar("A:0-10"), media={})
    assert codes(first(webinar, in_ms=MAX_MEDIA_MS - S, out_ms=MAX_MEDIA_MS)) == set()
    assert "broken.points" in codes(first(webinar, in_ms=MAX_MEDIA_MS - S, out_ms=MAX_MEDIA_MS + 1))


def test_a_kind_on_the_other_lane_is_named(make_webinar):
    webinar = make_webinar("A:0-10", "x:0-10")
    assert "broken.lane" in codes(replace(webinar, programme=webinar.interactions, interactions=()))
    assert "broken.lane" in codes(replace(webinar, interactions=webinar.programme, programme=()))


def test_ids_are_unique_over_lanes_and_markers(make_webinar):
    webinar = make_webinar("A:0-10", "x:0-10", "m:5")
    same = replace(webinar, interactions=(replace(webinar.interactions[0], id="A"),))
    assert codes(same) == {"broken.same_id"}
    assert codes(replace(webinar, markers=(Marker(id="x", at_ms=0),))) == {"broken.same_id"}


def test_halves_of_an_offer_may_share_it(make_webinar):
    webinar = make_webinar("", "x:0-10 y:10-20")
    both = tuple(replace(one, offer="o") for one in webinar.interactions)
    assert find_violations(replace(webinar, interactions=both)) == ()


def test_markers_lie_in_order_within_the_day(make_webinar):
    webinar = make_webinar("A:0-10", "", "m:5 n:8")
    assert codes(replace(webinar, markers=webinar.markers[::-1])) == {"broken.markers"}
    assert "broken.markers" in codes(replace(webinar, markers=(Marker(id="m", at_ms=MAX_WEBINAR_MS + 1),)))


def test_media_is_filed_under_its_own_hash(make_webinar, media):
    webinar = make_webinar("A:0-10")
    assert codes(replace(webinar, media={**webinar.media, "9" * 64: media["image"]})) == {"broken.media_key"}


def test_unknown_media_are_not_checked(make_webinar):
    assert find_violations(replace(make_webinar("A:0-10 img:10-20 pdf:20-30"), media={})) == ()
