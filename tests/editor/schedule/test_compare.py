"""The differences between two webinars."""

import msgspec
import pytest
from msgspec.structs import replace

from editor.errors.messages import ERRORS, format_message
from editor.schedule.compare import compare
from editor.schedule.edits import apply
from editor.schedule.kinds import TRAITS, kind_of, lane_of
from editor.schedule.model import (
    KINDS,
    Audio,
    CaptionTrack,
    Cta,
    Marker,
    Media,
    Moderator,
    Page,
    Presentation,
    Price,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.schedule.operations import Add, Delete, Move, Resize

TALK, SONG, SLIDES, OTHER = (letter * 64 for letter in "abcd")
MEDIA = {
    TALK: Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=60_000),
    SONG: Media(sha256=SONG, kind="audio", name="song.mp3", duration_ms=60_000),
    SLIDES: Media(sha256=SLIDES, kind="presentation", name="slides.pdf", pages=3),
}
VIDEO = Video(id="v", start_ms=0, title="Welcome", media=TALK, out_ms=10_000, hold_ms=5_000)
AUDIO = Audio(id="a", start_ms=20_000, media=SONG, out_ms=10_000)
PAGES = Presentation(
    id="p",
    start_ms=30_000,
    title="Figures",
    media=SLIDES,
    pages=(Page(page=0, length_ms=30_000), Page(page=1, length_ms=30_000)),
    out_ms=60_000,
)
CTA = Cta(id="c", start_ms=2_000, title="Offer", length_ms=5_000, offer="o", label="Buy", link="https://example.org")
SURVEY = Survey(id="s", start_ms=50_000, title="How was it", length_ms=5_000, offer="q")
WEBINAR = Webinar(
    id="w",
    title="Evening",
    start="2026-12-01T18:00:00",
    programme=(VIDEO, AUDIO, PAGES),
    interactions=(CTA, SURVEY),
    markers=(Marker(id="m", at_ms=5_000, title="Here"),),
    media=MEDIA,
)


def describe_differences(old, new):
    differences = compare(old, new)
    for one in differences:
        assert one.code in ERRORS
        assert "?" not in format_message(one.code, one.facts)
    return [format_message(one.code, one.facts) for one in differences]


def programme(**segments):
    return replace(WEBINAR, programme=tuple(segments.get(segment.id, segment) for segment in WEBINAR.programme))


def test_the_same_webinar_has_no_difference():
    assert compare(WEBINAR, WEBINAR) == ()
    assert compare(WEBINAR, replace(WEBINAR)) == ()
    assert compare(WEBINAR, replace(WEBINAR, id="another")) == ()


def test_added_and_removed():
    after = apply(WEBINAR, Delete(segments=("a",))).webinar
    assert describe_differences(WEBINAR, after) == ["“song.mp3” (audio) was removed from 0:00:20.000."]
    assert describe_differences(after, WEBINAR) == ["“song.mp3” (audio) was added at 0:00:20.000."]


def test_moved():
    after = apply(WEBINAR, Move(segments=("c",), delta_ms=1_500)).webinar
    assert describe_differences(WEBINAR, after) == ["“Offer” was moved later, from 0:00:02.000 to 0:00:03.500."]
    assert describe_differences(after, WEBINAR) == ["“Offer” was moved earlier, from 0:00:03.500 to 0:00:02.000."]


def test_segments_that_a_ripple_moved_are_one_difference():
    intro = Video(id="new", start_ms=0, title="Intro", media=TALK, out_ms=5_000)
    after = apply(WEBINAR, Add(segments=(intro,), mode="insert")).webinar
    assert describe_differences(WEBINAR, after) == [
        "5 segments begin 0:00:05.000 later, from 0:00:05.000 on.",
        "“Intro” (video) was added at 0:00:00.000.",
        "The marker “Here” was moved from 0:00:05.000 to 0:00:10.000.",
    ]
    assert compare(after, WEBINAR)[0].code == "change.all_earlier"


def test_lengthened_and_shortened_by_the_right_edge():
    shorter = apply(WEBINAR, Resize(segment="p", edge="end", delta_ms=-5_000)).webinar
    assert describe_differences(WEBINAR, shorter) == ["“Figures” is 0:00:05.000 shorter and lasts 0:00:55.000."]
    assert describe_differences(shorter, WEBINAR) == ["“Figures” is 0:00:05.000 longer and lasts 0:01:00.000."]


def test_a_dragged_left_edge_is_a_length_and_no_move():
    after = apply(WEBINAR, Resize(segment="v", edge="start", delta_ms=2_000)).webinar
    assert describe_differences(WEBINAR, after) == [
        "“Welcome” is 0:00:02.000 shorter and lasts 0:00:13.000.",
        "“Welcome” plays another part: 0:00:02.000 to 0:00:10.000.",
    ]


def test_a_changed_hold_is_one_difference():
    after = programme(v=replace(VIDEO, hold_ms=2_000))
    assert describe_differences(WEBINAR, after) == [
        "The freeze frame after “Welcome” is 0:00:02.000 instead of 0:00:05.000."
    ]


def test_media_that_became_hold_is_a_difference_at_the_same_length():
    after = programme(v=replace(VIDEO, out_ms=8_000, hold_ms=7_000))
    assert describe_differences(WEBINAR, after) == [
        "The freeze frame after “Welcome” is 0:00:07.000 instead of 0:00:05.000.",
        "“Welcome” plays another part: 0:00:00.000 to 0:00:08.000.",
    ]


def test_retitled_and_a_file_name_that_got_a_title():
    assert describe_differences(WEBINAR, programme(a=replace(AUDIO, title="Jingle"))) == [
        "“song.mp3” was renamed “Jingle”."
    ]


def test_a_video_that_was_found_to_be_a_recording():
    fields = {name: getattr(VIDEO, name) for name in Video.__struct_fields__}
    assert describe_differences(WEBINAR, programme(v=Recording(**fields))) == ["“Welcome” is a recording now."]


def test_the_same_id_on_a_segment_of_another_kind_is_another_segment():
    other = Audio(id="v", start_ms=0, media=SONG, out_ms=15_000)
    codes = [one.code for one in compare(WEBINAR, programme(v=other))]
    assert sorted(codes) == ["change.added", "change.removed"]


@pytest.mark.parametrize(
    ("segment", "fields", "expected"),
    [
        (VIDEO, {"volume": 80}, "The volume of “Welcome” is 80 % now."),
        (VIDEO, {"muted": True}, "“Welcome” was muted."),
        (VIDEO, {"fade_in_ms": 500, "fade_out_ms": 500}, "The fades of “Welcome” were changed."),
        (VIDEO, {"fade_in_ms": 500}, "The fades of “Welcome” were changed."),
        (VIDEO, {"fade_out_ms": 500}, "The fades of “Welcome” were changed."),
        (VIDEO, {"fade_in_offset_ms": 500}, "The fades of “Welcome” were changed."),
        (VIDEO, {"fade_out_offset_ms": 500}, "The fades of “Welcome” were changed."),
        (VIDEO, {"captions": OTHER}, "The captions of “Welcome” were changed."),
        (VIDEO, {"group": "g"}, "The group of “Welcome” was changed."),
        (VIDEO, {"media": SONG}, "“Welcome” has new media: song.mp3."),
        (AUDIO, {"picture": OTHER}, "The picture of “song.mp3” was changed."),
        (PAGES, {"audio": SONG}, "The sound track of “Figures” was changed."),
        (PAGES, {"pages": (Page(page=2, length_ms=60_000),)}, "The pages of “Figures” or their times were changed."),
    ],
)
def test_fields_of_the_programme(segment, fields, expected):
    assert describe_differences(WEBINAR, programme(**{segment.id: replace(segment, **fields)})) == [expected]


@pytest.mark.parametrize(
    ("segment", "fields", "expected"),
    [
        (CTA, {"text": "Ten percent"}, "The text of “Offer” was changed."),
        (CTA, {"label": "Get"}, "The button of “Offer” now says “Get”."),
        (CTA, {"link": "https://example.org/b"}, "The link of “Offer” is now https://example.org/b."),
        (CTA, {"look": "card", "colour": "#000000"}, "The look of “Offer” was changed."),
        (CTA, {"look": "card"}, "The look of “Offer” was changed."),
        (CTA, {"colour": "#000000"}, "The look of “Offer” was changed."),
        (CTA, {"offer": "x"}, "“Offer” belongs to another offer now."),
        (SURVEY, {"questions": (Question(id="1"),)}, "The questions of “How was it” were changed."),
    ],
)
def test_fields_of_the_interactions(segment, fields, expected):
    lane = tuple(replace(one, **fields) if one.id == segment.id else one for one in WEBINAR.interactions)
    assert describe_differences(WEBINAR, replace(WEBINAR, interactions=lane)) == [expected]


SPECS = {
    "video": "A",
    "recording": "rec",
    "audio": "aud",
    "image": "img",
    "presentation": "pdf",
    "cta": "x",
    "survey": "s",
}
"""For each kind the name that the fixture `segment` makes it from."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_any_field_of_any_kind_is_a_difference(kind, make_webinar, segment):
    one = segment(f"{SPECS[kind]}:10-20~25" if TRAITS[kind].is_timed else f"{SPECS[kind]}:10-20")
    assert kind_of(one) == kind
    lane, empty = lane_of(one), make_webinar()
    before = replace(empty, **{lane: (one,)})
    for field in msgspec.structs.fields(one):
        if field.name != "id":
            after = replace(empty, **{lane: (replace(one, **{field.name: make_other(getattr(one, field.name))}),)})
            assert compare(before, after), field.name


def make_other(value):
    """Return another value of the same type; None becomes a hash, and an empty tuple that of a question."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1 if value < 100 else value - 1
    if isinstance(value, tuple):
        return value[1:] or (Question(id="q"),)
    return OTHER if value is None else f"{value}+"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "Matinee"}, "The webinar was renamed from “Evening” to “Matinee”."),
        ({"description": "x"}, "The description was changed."),
        ({"start": None}, "The start is — instead of 2026-12-01 18:00:00."),
        ({"zone": "Europe/Paris"}, "The time zone is Europe/Paris instead of UTC."),
        ({"available_until": "2027-01-01T00:00:00"}, "Access is given until 2027-01-01 00:00:00 instead of —."),
        ({"room": "on_demand"}, "It can now be watched at any time (on demand)."),
        ({"chat": "answer_later"}, "Comments are now answered later."),
        ({"moderators": (Moderator(name="Zoë", email="z@e.org"),)}, "The moderators are: Zoë (before: —)."),
        ({"access": "paid"}, "Access is now paid."),
        ({"price": Price(amount=1)}, "The price was changed."),
        ({"language": "fr"}, "The language is fr instead of en."),
        ({"waiting_text": "x"}, "The text of the waiting room was changed."),
        ({"waiting_picture": OTHER}, "The picture of the waiting room was changed."),
        ({"programme_locked": True}, "The programme was locked."),
        ({"interactions_locked": True}, "The interactions were locked."),
        ({"markers": ()}, "The marker “Here” was removed from 0:00:05.000."),
        (
            {"markers": (Marker(id="m", at_ms=6_000, title="Here"),)},
            "The marker “Here” was moved from 0:00:05.000 to 0:00:06.000.",
        ),
        ({"markers": (Marker(id="m", at_ms=5_000, title="There"),)}, "The marker “Here” was renamed “There”."),
        (
            {"media": {**MEDIA, OTHER: Media(sha256=OTHER, kind="image", name="x.png")}},
            "“x.png” was added to the media.",
        ),
        ({"media": {**MEDIA, TALK: replace(MEDIA[TALK], width=640)}}, "The details of “talk.mp4” were updated."),
        (
            {"media": {**MEDIA, TALK: replace(MEDIA[TALK], captions=(CaptionTrack(sha256=OTHER),))}},
            "The subtitle files of “talk.mp4” were changed.",
        ),
    ],
)
def test_the_plan_markers_and_media(fields, expected):
    after = replace(WEBINAR, **fields)
    assert describe_differences(WEBINAR, after) == [expected]
    assert len(describe_differences(after, WEBINAR)) == 1


def test_media_that_came_with_its_segment_is_not_listed_twice():
    without = replace(WEBINAR, programme=(VIDEO, PAGES), media={TALK: MEDIA[TALK], SLIDES: MEDIA[SLIDES]})
    assert len(describe_differences(without, WEBINAR)) == len(describe_differences(WEBINAR, without)) == 1


def test_differences_lie_in_order_of_position():
    after = replace(
        programme(v=replace(VIDEO, volume=50), p=replace(PAGES, volume=50)),
        interactions=(replace(CTA, label="Get"), SURVEY),
    )
    assert [one.segment for one in compare(WEBINAR, after)] == ["v", "c", "p"]


def test_facts_that_come_or_go_without_a_segment_are_listed():
    without = replace(WEBINAR, media={sha: known for sha, known in MEDIA.items() if sha != SONG})
    assert describe_differences(without, WEBINAR) == ["“song.mp3” was added to the media."]
    assert describe_differences(WEBINAR, without) == ["“song.mp3” was removed from the media."]


def test_facts_that_came_before_their_segment_or_stay_behind_it_are_listed():
    unused = replace(WEBINAR, programme=(VIDEO, PAGES))
    bare = replace(unused, media={TALK: MEDIA[TALK], SLIDES: MEDIA[SLIDES]})
    assert describe_differences(bare, unused) == ["“song.mp3” was added to the media."]
    assert describe_differences(unused, bare) == ["“song.mp3” was removed from the media."]


def test_another_part_of_one_length_is_one_difference():
    after = programme(a=replace(AUDIO, in_ms=2_000, out_ms=12_000))
    assert describe_differences(WEBINAR, after) == ["“song.mp3” plays another part: 0:00:02.000 to 0:00:12.000."]


def test_a_hold_and_a_length_that_changed_by_different_times_are_two_differences():
    after = programme(v=replace(VIDEO, out_ms=9_000, hold_ms=4_000))
    assert describe_differences(WEBINAR, after) == [
        "“Welcome” is 0:00:02.000 shorter and lasts 0:00:13.000.",
        "The freeze frame after “Welcome” is 0:00:04.000 instead of 0:00:05.000.",
    ]


def test_segments_that_moved_by_different_times_are_differences_of_their_own():
    after = replace(programme(a=replace(AUDIO, start_ms=21_000)), interactions=(replace(CTA, start_ms=1_000), SURVEY))
    assert describe_differences(WEBINAR, after) == [
        "“Offer” was moved earlier, from 0:00:02.000 to 0:00:01.000.",
        "“song.mp3” was moved later, from 0:00:20.000 to 0:00:21.000.",
    ]
    both = replace(programme(a=replace(AUDIO, start_ms=21_000)), interactions=(replace(CTA, start_ms=3_000), SURVEY))
    assert describe_differences(WEBINAR, both) == ["2 segments begin 0:00:01.000 later, from 0:00:03.000 on."]
    assert describe_differences(both, WEBINAR) == ["2 segments begin 0:00:01.000 earlier, from 0:00:02.000 on."]
