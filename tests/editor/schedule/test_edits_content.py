"""Splits, groups, replaced media, pages and known media, by the rules of docs/rules.md."""

import msgspec
import pytest

from editor.schedule import operations as ops
from editor.schedule.model import CaptionTrack, Question, Recording, Video

S = 1000
replace = msgspec.structs.replace


# -------------------------------------------------------------------------------------------------------- split


def test_a_split_gives_two_that_play_as_before(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:5-15~20"), ops.Split(at_ms=9 * S))
    assert describe(edited.webinar) == "A:5-9 n1:9-15~20"
    left, right = edited.webinar.programme
    assert (left.in_ms, left.out_ms, right.in_ms, right.out_ms) == (1000 * S, 1004 * S, 1004 * S, 1010 * S)
    assert right.title == left.title
    assert (edited.trimmed, edited.created) == (("A",), ("n1",))


def test_a_split_in_the_hold_gives_a_right_part_that_is_all_hold(make_webinar, apply_op, describe):
    edited = apply_op(make_webinar("A:0-10~20"), ops.Split(at_ms=13 * S))
    assert describe(edited.webinar) == "A:0-10~13 n1:13-13~20"
    assert edited.webinar.programme[1].in_ms == edited.webinar.programme[1].out_ms == 1010 * S
    edited = apply_op(make_webinar("A:0-10~20"), ops.Split(at_ms=10 * S))
    assert describe(edited.webinar) == "A:0-10 n2:10-10~20"


def test_a_presentation_of_3_pages_split_at_40_s(make_webinar, apply_op):
    """A split at 40 s gives 30+10 and 20+30 s, and dragging the edges back reveals the pages again."""
    webinar = make_webinar("pdf:0-90")
    edited = apply_op(webinar, ops.Split(at_ms=40 * S))
    left, right = edited.webinar.programme
    assert (left.in_ms, left.out_ms, right.in_ms, right.out_ms) == (0, 40 * S, 40 * S, 90 * S)
    assert left.pages == right.pages == webinar.programme[0].pages
    alone = apply_op(edited.webinar, ops.Delete(segments=(right.id,))).webinar
    again = apply_op(alone, ops.Resize(segment="pdf", edge="end", delta_ms=50 * S)).webinar
    assert again == webinar


@pytest.mark.parametrize("at", [0.5, 0.999, 9.001, 9.5])
def test_a_split_within_a_second_of_an_edge_is_refused(make_webinar, get_refusal, at):
    refusal = get_refusal(make_webinar("A:0-10"), ops.Split(at_ms=round(at * S)))
    assert (refusal.code, refusal.facts) == ("refused.split_edge", {"least_ms": S})


@pytest.mark.parametrize("at", [1, 9])
def test_a_split_a_second_from_an_edge_is_done(make_webinar, apply_op, at):
    assert len(apply_op(make_webinar("A:0-10"), ops.Split(at_ms=at * S)).webinar.programme) == 2


def test_halves_of_a_call_to_action_or_survey_share_one_offer(make_webinar, apply_op):
    for name in ("x", "s"):
        edited = apply_op(make_webinar("", f"{name}:0-10"), ops.Split(at_ms=4 * S, segments=(name,)))
        left, right = edited.webinar.interactions
        assert left.offer == right.offer
        assert left.id != right.id


def test_a_split_cuts_the_named_segments_or_else_the_programme(make_webinar, apply_op, get_refusal, describe):
    webinar = make_webinar("A:0-10 B:10-20", "x:2-8")
    assert describe(apply_op(webinar, ops.Split(at_ms=5 * S)).webinar) == "A:0-5 n1:5-10 B:10-20 / x:2-8"
    assert (
        describe(apply_op(webinar, ops.Split(at_ms=5 * S, segments=("x",))).webinar) == "A:0-10 B:10-20 / x:2-5 n2:5-8"
    )
    edited = apply_op(webinar, ops.Split(at_ms=5 * S, segments=("x", "A", "B")))
    assert describe(edited.webinar) == "A:0-5 n3:5-10 B:10-20 / x:2-5 n4:5-8", "B does not lie over the place"
    assert get_refusal(webinar, ops.Split(at_ms=7500, segments=("x", "A"))).code == "refused.split_edge", "all or none"


def test_a_split_in_a_gap_is_refused(make_webinar, get_refusal):
    webinar = make_webinar("A:0-10 B:10-20 C:30-40", "x:24-28")
    for at in (0, 10, 20, 25, 30, 40, 50):
        assert get_refusal(webinar, ops.Split(at_ms=at * S)).code == "refused.nothing"


def test_parts_of_a_split_stay_in_their_group(make_webinar, apply_op):
    left, right = apply_op(make_webinar("A:0-10#g B:10-20#g"), ops.Split(at_ms=5 * S)).webinar.programme[:2]
    assert left.group == right.group == "g"


def test_a_locked_lane_refuses_a_split(make_webinar, get_refusal, apply_op):
    webinar = make_webinar("A:0-10", "x:2-8", programme_locked=True)
    assert get_refusal(webinar, ops.Split(at_ms=5 * S)).facts == {"lane": "programme"}
    assert apply_op(webinar, ops.Split(at_ms=5 * S, segments=("x",))).created == ("n1",)


# ------------------------------------------------------------------------------------------------------- groups


def test_groups_are_made_and_dissolved(make_webinar, apply_op, get_refusal):
    webinar = make_webinar("A:0-10 B:10-20 C:20-30", "x:2-4")
    edited = apply_op(webinar, ops.Group(segments=("A", "x")))
    assert edited.changed == ("A", "x")
    assert [one.group for one in edited.webinar.segments] == ["n1", None, None, "n1"]
    assert apply_op(edited.webinar, ops.Group(segments=("x",))).webinar is edited.webinar, "they are one group already"
    wider = apply_op(edited.webinar, ops.Group(segments=("x", "B")))
    assert [one.group for one in wider.webinar.segments] == ["n2", "n2", None, "n2"], "and the groups they were of"
    assert apply_op(wider.webinar, ops.Ungroup(segments=("A",))).webinar == webinar
    assert get_refusal(webinar, ops.Ungroup(segments=("A",))).code == "refused.nothing"
    assert get_refusal(webinar, ops.Group(segments=("A",))).code == "refused.nothing"


def test_a_locked_lane_refuses_groups(make_webinar, get_refusal):
    webinar = make_webinar("A:0-10", "x:2-4", interactions_locked=True)
    assert get_refusal(webinar, ops.Group(segments=("A", "x"))).facts == {"lane": "interactions"}


# ---------------------------------------------------------------------------------------------------------- put


def test_put_replaces_a_segments_own_fields(make_webinar, apply_op):
    webinar = make_webinar("A:0-10~12 B:20-30", "s:5-15")
    video = replace(webinar.programme[0], title="Welcome", volume=40, muted=True, fade_in_ms=S)
    edited = apply_op(webinar, ops.ChangeSegment(segment=video))
    assert edited.webinar.programme[0] == video
    assert (edited.changed, edited.moved, edited.trimmed) == (("A",), (), ())
    survey = replace(webinar.interactions[0], questions=(Question(id="q", text="How was it?"),))
    assert apply_op(webinar, ops.ChangeSegment(segment=survey)).webinar.interactions == (survey,)


def test_a_segment_change_brings_its_media_along(make_webinar, apply_op, media):
    webinar = make_webinar("aud:0-10")
    picture = replace(media["image"], sha256="c" * 64)
    edited = apply_op(
        webinar,
        ops.ChangeSegment(segment=replace(webinar.programme[0], picture=picture.sha256), media=(picture,)),
    )
    assert edited.webinar.media == {**webinar.media, picture.sha256: picture}
    assert edited.webinar.programme[0].picture == picture.sha256


def test_a_segment_change_without_effect_returns_the_same_webinar(make_webinar, apply_op):
    webinar = make_webinar("A:0-10")
    assert apply_op(webinar, ops.ChangeSegment(segment=replace(webinar.programme[0]))).webinar is webinar


def test_put_may_turn_a_video_into_a_recording_and_back(make_webinar, apply_op):
    webinar = make_webinar("A:0-10~12")
    fields = {name: getattr(webinar.programme[0], name) for name in Video.__struct_fields__}
    edited = apply_op(webinar, ops.ChangeSegment(segment=Recording(**fields)))
    assert isinstance(edited.webinar.programme[0], Recording)
    assert apply_op(edited.webinar, ops.ChangeSegment(segment=webinar.programme[0])).webinar == webinar


def test_put_of_another_kind_or_place_is_refused(make_webinar, get_refusal, segment):
    webinar = make_webinar("A:0-10", "x:0-10")
    assert get_refusal(webinar, ops.ChangeSegment(segment=replace(segment("img:0-10"), id="A"))).code == "refused.kind"
    assert get_refusal(webinar, ops.ChangeSegment(segment=replace(segment("s:0-10"), id="x"))).code == "refused.kind"
    assert get_refusal(webinar, ops.ChangeSegment(segment=segment("A:1-11"))).code == "refused.stale"
    assert get_refusal(webinar, ops.ChangeSegment(segment=segment("A:0-11"))).code == "refused.stale"
    assert get_refusal(webinar, ops.ChangeSegment(segment=segment("Q:0-10"))).code == "refused.unknown"
    too_long = replace(webinar.programme[0], fade_in_ms=6 * S, fade_out_ms=5 * S)
    assert get_refusal(webinar, ops.ChangeSegment(segment=too_long)).facts["why"] == "broken.fades"


def test_put_leaves_the_group_alone(make_webinar, apply_op):
    webinar = make_webinar("A:0-10#g B:10-20#g")
    edited = apply_op(webinar, ops.ChangeSegment(segment=replace(webinar.programme[0], group=None, title="A2")))
    assert edited.webinar.programme[0].group == "g"


def test_a_locked_lane_refuses_put(make_webinar, get_refusal, apply_op):
    webinar = make_webinar("A:0-10", programme_locked=True)
    change = ops.ChangeSegment(segment=replace(webinar.programme[0], title="B"))
    assert get_refusal(webinar, change).code == "refused.locked"
    assert not apply_op(webinar, replace(change, unlock=True)).webinar.programme_locked


# ------------------------------------------------------------------------------------------------ replace media


def make_take(media, seconds):
    track = CaptionTrack(sha256="c" * 64, language="fr")
    return replace(media["video"], sha256="7" * 64, name="take 2.mp4", duration_ms=seconds * S, captions=(track,))


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (3600, (1000, 1010, 5)),  # long enough: just as before
        (1004, (1000, 1004, 11)),  # what is missing becomes hold
        (1000, (1000, 1000, 15)),
        (20, (20, 20, 15)),  # the in-point as far as it reaches
    ],
)
def test_a_new_take_keeps_the_place(make_webinar, apply_op, media, seconds, expected):
    webinar = make_webinar("A:5-15~20 B:20-30", "x:6-9")
    edited = apply_op(webinar, ops.ReplaceMedia(segment="A", media=make_take(media, seconds)))
    new = edited.webinar.programme[0]
    assert (new.start_ms, new.end_ms, new.id) == (5 * S, 20 * S, "A")
    assert (new.in_ms // S, new.out_ms // S, new.hold_ms // S) == expected
    assert new.media == "7" * 64
    assert edited.webinar.interactions is webinar.interactions
    assert edited.webinar.media["7" * 64].name == "take 2.mp4"


def test_a_new_take_brings_its_own_captions(make_webinar, apply_op, media):
    webinar = make_webinar("A:0-10 B:10-20")
    shown = replace(webinar.programme[0], captions="d" * 64)
    webinar = replace(webinar, programme=(shown, webinar.programme[1]))
    assert (
        apply_op(webinar, ops.ReplaceMedia(segment="A", media=make_take(media, 3600))).webinar.programme[0].captions
        == "c" * 64
    )
    assert (
        apply_op(webinar, ops.ReplaceMedia(segment="B", media=make_take(media, 3600))).webinar.programme[1].captions
        is None
    )
    bare = replace(make_take(media, 3600), captions=())
    assert apply_op(webinar, ops.ReplaceMedia(segment="A", media=bare)).webinar.programme[0].captions is None


def test_a_new_take_of_another_kind_is_refused(make_webinar, get_refusal, apply_op, media):
    webinar = make_webinar("A:0-10 img:10-20 pdf:20-30 aud:30-40 rec:40-50", "x:0-5")
    for name, fits in (("A", "video"), ("img", "image"), ("pdf", "pages"), ("aud", "audio"), ("rec", "video")):
        for kind in ("video", "image", "pages", "audio"):
            op = ops.ReplaceMedia(segment=name, media=replace(media[kind], sha256="8" * 64))
            if kind == fits:
                assert apply_op(webinar, op).changed == (name,)
            else:
                assert get_refusal(webinar, op).code == "refused.kind"
    assert get_refusal(webinar, ops.ReplaceMedia(segment="x", media=media["video"])).code == "refused.kind"


def test_new_slides_with_fewer_pages_show_the_last_one_instead(make_webinar, apply_op, media):
    slides = replace(media["pages"], sha256="8" * 64, pages=2)
    edited = apply_op(make_webinar("pdf:0-90"), ops.ReplaceMedia(segment="pdf", media=slides))
    assert [page.page for page in edited.webinar.programme[0].pages] == [0, 1, 1]


# ------------------------------------------------------------------------------------------------ spread evenly


def list_shown(segment):
    at, times = 0, []
    for page in segment.pages:
        times.append(max(0, min(at + page.length_ms, segment.out_ms) - max(at, segment.in_ms)))
        at += page.length_ms
    return times


def test_spread_evenly_gives_every_shown_page_the_same_time(make_webinar, apply_op):
    webinar = make_webinar("pdf:0-90")
    lengths = ops.Lengths(
        segment="pdf",
        pages=tuple(replace(page, length_ms=(page.page + 1) * 10 * S + 1) for page in webinar.programme[0].pages),
    )
    uneven = apply_op(webinar, ops.SetLengths(lengths=(lengths,))).webinar
    assert list_shown(uneven.programme[0]) == [10_001, 20_001, 30_001]
    edited = apply_op(uneven, ops.SpreadEvenly(segment="pdf"))
    assert list_shown(edited.webinar.programme[0]) == [20_001, 20_001, 20_001]
    assert edited.changed == ("pdf",)


def test_spread_evenly_shares_the_last_milliseconds_too(make_webinar, apply_op):
    webinar = apply_op(make_webinar("pdf:0-90"), ops.Resize(segment="pdf", edge="end", delta_ms=-1)).webinar
    edited = apply_op(webinar, ops.SpreadEvenly(segment="pdf"))
    assert list_shown(edited.webinar.programme[0]) == [30_000, 30_000, 29_999]
    assert edited.webinar.programme[0].length_ms == 89_999


def test_spread_evenly_concerns_the_pages_in_the_window_and_hides_what_was_hidden(make_webinar, apply_op):
    edited = apply_op(make_webinar("pdf:0-50@40"), ops.SpreadEvenly(segment="pdf"))
    presentation = edited.webinar.programme[0]
    assert list_shown(presentation) == [0, 25_000, 25_000]
    assert [page.length_ms for page in presentation.pages] == [30_000, 35_000, 25_000]
    back = apply_op(edited.webinar, ops.Move(segments=("pdf",), delta_ms=60 * S)).webinar
    back = apply_op(back, ops.Resize(segment="pdf", edge="start", delta_ms=-10 * S)).webinar
    assert list_shown(back.programme[0]) == [0, 35_000, 25_000], "the ten seconds are there again"


def test_only_presentations_are_spread(make_webinar, get_refusal):
    assert get_refusal(make_webinar("A:0-10"), ops.SpreadEvenly(segment="A")).facts == {"kind": "video"}


# -------------------------------------------------------------------------------------------------- known media


def test_media_is_known_and_known_better(make_webinar, apply_op, get_refusal, media):
    webinar = make_webinar("A:0-10")
    better = replace(media["video"], captions=(CaptionTrack(sha256="c" * 64),))
    edited = apply_op(webinar, ops.AddMedia(media=(better,)))
    assert edited.webinar.media[better.sha256] == better
    assert webinar.media[better.sha256] == media["video"], "what was known before is not changed in place"
    assert apply_op(edited.webinar, ops.AddMedia(media=(better,))).webinar is edited.webinar
    assert get_refusal(webinar, ops.AddMedia(media=())).code == "refused.nothing"


def test_media_facts_shorter_than_a_played_part_are_refused(make_webinar, get_refusal, media):
    op = ops.AddMedia(media=(replace(media["video"], duration_ms=1005 * S),))
    refusal = get_refusal(make_webinar("A:0-10"), op)
    assert (refusal.code, refusal.facts["why"]) == ("refused.broken", "broken.points")


def test_media_that_nothing_uses_is_forgotten(make_webinar, apply_op, get_refusal, media):
    webinar = apply_op(make_webinar("A:0-10"), ops.ChangeProperties(waiting_picture=media["image"].sha256)).webinar
    edited = apply_op(webinar, ops.RemoveMedia(media=(media["audio"].sha256, media["pages"].sha256)))
    assert edited.webinar.media.keys() == webinar.media.keys() - {media["audio"].sha256, media["pages"].sha256}
    for used in ("video", "image"):
        refusal = get_refusal(webinar, ops.RemoveMedia(media=(media["audio"].sha256, media[used].sha256)))
        assert (refusal.code, refusal.facts["name"]) == ("refused.used", media[used].name)
    assert get_refusal(webinar, ops.RemoveMedia(media=("9" * 64,))).code == "refused.unknown"
    assert get_refusal(webinar, ops.RemoveMedia(media=())).code == "refused.nothing"


def test_pictures_of_sound_and_sound_of_pages_are_used_too(make_webinar, get_refusal, media, apply_op):
    webinar = make_webinar("aud:0-10 pdf:20-30")
    sound = replace(webinar.programme[0], picture=media["image"].sha256)
    slides = replace(webinar.programme[1], audio=media["audio"].sha256)
    webinar = apply_op(
        apply_op(webinar, ops.ChangeSegment(segment=sound)).webinar, ops.ChangeSegment(segment=slides)
    ).webinar
    webinar = apply_op(webinar, ops.RemoveMedia(media=(media["video"].sha256,))).webinar
    for used in ("audio", "image", "pages"):
        assert get_refusal(webinar, ops.RemoveMedia(media=(media[used].sha256,))).code == "refused.used"
