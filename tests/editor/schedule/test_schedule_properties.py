"""Properties of every valid webinar: encoding, decoding, comparison, and its stage at every position."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from editor.errors import KnownError
from editor.errors.messages import format_message
from editor.schedule import serialization
from editor.schedule.compare import compare
from editor.schedule.invariants import find_violations
from editor.schedule.model import (
    Audio,
    CaptionTrack,
    Cta,
    Image,
    Marker,
    Media,
    Page,
    Presentation,
    Price,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.schedule.stage import compute_stage

TALK, SONG, PHOTO, SLIDES, SUBTITLES = (letter * 64 for letter in "abcde")
MEDIA = (
    Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=60_000, captions=(CaptionTrack(sha256=SUBTITLES),)),
    Media(sha256=SONG, kind="audio", name="song.mp3", duration_ms=30_000),
    Media(sha256=PHOTO, kind="image", name="photo.jpg"),
    Media(sha256=SLIDES, kind="presentation", name="slides.pdf", pages=5),
)
unhurried = settings(deadline=None)
"""Without a deadline, so that a busy machine does not fail the test."""

titles = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
groups = st.sampled_from([None, "g", "h"])


@st.composite
def segments(draw, number, start_ms):
    """One programme segment of any kind."""
    shared = {"id": f"s{number}", "start_ms": start_ms, "title": draw(titles), "group": draw(groups)}
    sounds = {"volume": draw(st.integers(0, 100)), "muted": draw(st.booleans())}
    kind = draw(st.sampled_from([Video, Recording, Audio, Image, Presentation]))
    if kind is Image:
        return Image(**shared, media=PHOTO, length_ms=draw(st.integers(1_000, 9_000)))
    if kind is Presentation:
        lengths = draw(st.lists(st.integers(1, 9_000), min_size=1, max_size=4))
        pages = tuple(Page(page=draw(st.integers(0, 4)), length_ms=length + 1_000) for length in lengths)
        track_ms = sum(page.length_ms for page in pages)
        in_ms = draw(st.integers(0, track_ms - 1_000))
        out_ms = draw(st.integers(in_ms + 1_000, track_ms))
        fades = fading(draw, out_ms - in_ms)
        audio = draw(st.sampled_from([None, SONG]))
        return Presentation(
            **shared, **sounds, **fades, media=SLIDES, pages=pages, in_ms=in_ms, out_ms=out_ms, audio=audio
        )
    in_ms = draw(st.integers(0, 20_000))
    out_ms = draw(st.integers(in_ms, in_ms + 9_000))
    least_ms = max(0, 1_000 - (out_ms - in_ms))
    timed = {"in_ms": in_ms, "out_ms": out_ms, "hold_ms": draw(st.integers(least_ms, least_ms + 5_000))}
    if kind is Audio:
        picture = draw(st.sampled_from([None, PHOTO]))
        return Audio(**shared, **sounds, **timed, **fading(draw, out_ms - in_ms), media=SONG, picture=picture)
    captions = draw(st.sampled_from([None, SUBTITLES]))
    return kind(**shared, **sounds, **timed, **fading(draw, out_ms - in_ms), media=TALK, captions=captions)


def fading(draw, plays_ms):
    fade_in, fade_in_offset, fade_out_offset = (draw(st.integers(0, plays_ms)) for _ in range(3))
    return {
        "fade_in_ms": fade_in + fade_in_offset,
        "fade_in_offset_ms": fade_in_offset,
        "fade_out_ms": draw(st.integers(0, plays_ms - fade_in)) + fade_out_offset,
        "fade_out_offset_ms": fade_out_offset,
    }


@st.composite
def offers(draw, number, start_ms):
    """One interaction of either kind; some share an offer, as the parts of a split do."""
    shared = {
        "id": f"i{number}",
        "start_ms": start_ms,
        "title": draw(titles),
        "length_ms": draw(st.integers(1_000, 9_000)),
        "offer": draw(st.sampled_from(["o", "p"])),
    }
    if draw(st.booleans()):
        return Cta(**shared, text=draw(titles), link=draw(titles), look=draw(st.sampled_from(["banner", "corner"])))
    questions = draw(st.lists(st.builds(Question, id=st.just("q"), text=titles, scale=st.integers(2, 10)), max_size=2))
    return Survey(**shared, questions=tuple(questions))


def lane(draw, kind, most):
    placed, free = [], 0
    for number in range(draw(st.integers(0, most))):
        free += draw(st.sampled_from([0, 0, 1, 3_000]))
        placed.append(draw(kind(number, free)))
        free = placed[-1].end_ms
    return tuple(placed)


@st.composite
def webinars(draw):
    markers = sorted(draw(st.lists(st.integers(0, 60_000), max_size=3)))
    return Webinar(
        id="w",
        title=draw(titles),
        start=draw(st.sampled_from([None, "2026-12-01T18:00:00"])),
        chat=draw(st.sampled_from(["none", "moderated", "answer_later"])),
        price=draw(st.sampled_from([None, Price(amount=100)])),
        programme=lane(draw, segments, 5),
        interactions=lane(draw, offers, 4),
        interactions_locked=draw(st.booleans()),
        markers=tuple(Marker(id=f"m{n}", at_ms=at, title=draw(titles)) for n, at in enumerate(markers)),
        media={media.sha256: media for media in MEDIA},
    )


@unhurried
@given(webinars())
def test_encoding_round_trips_and_is_canonical(webinar):
    assert find_violations(webinar) == ()
    body = serialization.encode(webinar)
    assert serialization.decode(body) == serialization.DecodedDocument(webinar)
    assert serialization.encode(serialization.decode(body).webinar) == body


@unhurried
@given(webinars(), st.data())
def test_bytes_that_were_changed_anywhere_are_read_or_refused_and_never_fail(webinar, data):
    body = bytearray(serialization.encode(webinar))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    decode_error = None
    try:
        assert find_violations(serialization.decode(bytes(body)).webinar) == ()
    except KnownError as error:
        decode_error = error
    assert decode_error is None or format_message(decode_error.code, decode_error.facts) != decode_error.code


@unhurried
@given(webinars(), webinars())
def test_two_webinars_are_alike_exactly_when_there_is_no_difference(one, other):
    assert (compare(one, other) == ()) == (one == other)
    assert compare(one, one) == ()
    for difference in compare(one, other):
        text = format_message(difference.code, difference.facts)
        assert text != difference.code


@unhurried
@given(webinars())
def test_only_running_fields_change_before_the_next_change(webinar):
    position = -1
    seen = 0
    while (next_ms := compute_stage(webinar, position).next_change_ms) is not None:
        assert next_ms > position
        if position >= 0:
            before = standing(webinar, position)
            for between in {(position + next_ms) // 2, next_ms - 1}:
                assert standing(webinar, between) == before
        position = next_ms
        seen += 1
        assert seen < 100
    assert position == webinar.length_ms
    assert compute_stage(webinar, position).phase == "ended"


def standing(webinar, position):
    """Return the stage without the fields that change by themselves."""
    stage = compute_stage(webinar, position)
    held = stage.media_ms if stage.holding else None
    offers_ = tuple(replace(offer, left_ms=0) for offer in stage.offers)
    still = {"position_ms": 0, "media_ms": held, "audio_ms": None, "caption_ms": None, "gain": 0, "offers": offers_}
    return replace(stage, **still)


@unhurried
@given(webinars(), st.integers(0, 60_000))
def test_the_stage_shows_what_the_lanes_say(webinar, position):
    stage = compute_stage(webinar, position)
    covering = [one for one in webinar.programme if one.start_ms <= position < one.end_ms]
    assert [stage.segment] == ([one.id for one in covering] or [None])
    open_ = [one.id for one in webinar.interactions if one.start_ms <= position < one.end_ms]
    assert [offer.segment for offer in stage.offers] == open_
    assert 0 <= stage.gain <= 1_000
    for offer in stage.offers:
        assert offer.opened_ms <= position
        assert offer.left_ms > 0
