"""Webinars written in one line, and edits whose results are checked.

Places are in seconds: ``make_webinar("A:0-10 B:10-17~20", "x:5-8")`` is a programme of a video A and a video B that
plays 7 s and holds 3 s, and a call to action x on the other lane. ``describe`` writes a webinar in the same way.
"""

import itertools

import msgspec
import pytest

from editor.errors.messages import ERRORS, format_message
from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.invariants import find_violations
from editor.schedule.model import (
    LANES,
    Audio,
    Cta,
    Image,
    Marker,
    Media,
    Page,
    Presentation,
    Recording,
    Survey,
    Timed,
    Video,
    Webinar,
)

SECOND = 1000
MEDIA = {
    "video": Media(sha256="1" * 64, kind="video", name="talk.mp4", duration_ms=3600 * SECOND, has_audio=True),
    "short": Media(sha256="2" * 64, kind="video", name="short.mp4", duration_ms=10 * SECOND),
    "audio": Media(sha256="3" * 64, kind="audio", name="song.mp3", duration_ms=3600 * SECOND),
    "image": Media(sha256="4" * 64, kind="image", name="still.png", width=640, height=480),
    "pages": Media(sha256="5" * 64, kind="presentation", name="slides.pdf", pages=3),
}
IN = 1000 * SECOND
"""The in-point of the videos of these tests, so that there is media before and after it."""


def make_segment(spec):
    name, place = spec.split(":")
    place, _, group = place.partition("#")
    place, _, point = place.partition("@")
    place, _, end = place.partition("~")
    start, _, last = place.partition("-")
    start, last = round(float(start) * SECOND), round(float(last) * SECOND)
    end = round(float(end) * SECOND) if end else last
    own = {"id": name, "start_ms": start, "title": name, "group": group or None}
    kind = name.rstrip("0123456789")
    if kind in {"img", "x", "y", "z", "s"}:
        own["length_ms"] = last - start
    if kind in {"x", "y", "z"}:
        return Cta(**own, offer=f"offer-{name}")
    if kind == "s":
        return Survey(**own, offer=f"offer-{name}")
    if kind == "img":
        return Image(**own, media=MEDIA["image"].sha256)
    if kind == "pdf":
        begin = round(float(point or 0) * SECOND)
        pages = tuple(Page(page=page, length_ms=30 * SECOND) for page in range(3))
        return Presentation(**own, media=MEDIA["pages"].sha256, pages=pages, in_ms=begin, out_ms=begin + last - start)
    begin = round(float(point) * SECOND) if point else IN
    own |= {"in_ms": begin, "out_ms": begin + last - start, "hold_ms": end - last}
    if kind == "aud":
        return Audio(**own, media=MEDIA["audio"].sha256)
    if kind == "rec":
        return Recording(**own, media=MEDIA["video"].sha256)
    return Video(**own, media=MEDIA["short" if kind == "short" else "video"].sha256)


@pytest.fixture
def media():
    return MEDIA


@pytest.fixture
def segment():
    return make_segment


@pytest.fixture
def make_webinar():
    def make_webinar(programme="", interactions="", markers="", **fields):
        webinar = Webinar(
            id="w",
            programme=tuple(map(make_segment, programme.split())),
            interactions=tuple(map(make_segment, interactions.split())),
            markers=tuple(
                Marker(id=name, at_ms=round(float(at) * SECOND))
                for name, at in (word.split(":") for word in markers.split())
            ),
            media={one.sha256: one for one in MEDIA.values()},
            **fields,
        )
        assert find_violations(webinar) == ()
        return webinar

    return make_webinar


def format_seconds(ms):
    return f"{ms / SECOND:g}"


def format_segment(segment):
    if isinstance(segment, Timed) and segment.hold_ms:
        play_end = format_seconds(segment.end_ms - segment.hold_ms)
        return f"{segment.id}:{format_seconds(segment.start_ms)}-{play_end}~{format_seconds(segment.end_ms)}"
    return f"{segment.id}:{format_seconds(segment.start_ms)}-{format_seconds(segment.end_ms)}"


@pytest.fixture
def describe():
    def describe(webinar):
        lanes = [" ".join(map(format_segment, webinar.get_lane(lane))) for lane in LANES]
        markers = " ".join(f"{marker.id}:{format_seconds(marker.at_ms)}" for marker in webinar.markers)
        return " / ".join([*lanes, markers] if markers else lanes if lanes[1] else lanes[:1])

    return describe


def get_content(segment):
    """Return the part and length that a segment plays, without its place."""
    fields = msgspec.structs.asdict(segment)
    if isinstance(segment, Timed | Presentation):
        return segment.in_ms, segment.out_ms, fields.get("hold_ms")
    return segment.length_ms


def check_edit_result(webinar, result):
    """Check what is true of every edit."""
    assert find_violations(result.webinar) == (), find_violations(result.webinar)
    before = {one.id: one for one in (*webinar.segments, *webinar.markers)}
    after = {one.id: one for one in (*result.webinar.segments, *result.webinar.markers)}
    reported_ids = [*result.moved, *result.trimmed, *result.created, *result.removed, *result.changed]
    assert len(reported_ids) == len(set(reported_ids)), "each id is listed once"
    assert set(result.created) == after.keys() - before.keys()
    assert set(result.removed) == before.keys() - after.keys()
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        if old == new:
            assert old is new, f"{name} was not touched and is another object"
            assert name not in reported_ids
        elif isinstance(new, Marker):
            assert name in (result.moved if old.at_ms != new.at_ms else result.changed)
        elif get_content(old) != get_content(new):
            assert name in result.trimmed
        elif old.start_ms != new.start_ms:
            assert name in result.moved
        else:
            assert name in result.changed
    if result.webinar == webinar:
        assert result.webinar is webinar, "an edit without effect returns the same webinar"
    for lane in LANES:
        if result.webinar.get_lane(lane) == webinar.get_lane(lane):
            assert result.webinar.get_lane(lane) is webinar.get_lane(lane)


@pytest.fixture
def check_edit():
    return check_edit_result


@pytest.fixture
def apply_op():
    """Apply an operation and check its result; new ids are n1, n2, …."""
    count = itertools.count(1)

    def apply_op(webinar, op):
        body = msgspec.json.encode(webinar)
        edited = apply(webinar, op, new_id=lambda: f"n{next(count)}")
        assert msgspec.json.encode(webinar) == body
        check_edit_result(webinar, edited)
        return edited

    return apply_op


@pytest.fixture
def get_refusal():
    """Return the refusal of an operation, after checks: nothing changed, it has a sentence, its alternative works."""

    def get_refusal(webinar, op):
        body = msgspec.json.encode(webinar)
        with pytest.raises(EditRefusedError) as error_info:
            apply(webinar, op)
        assert msgspec.json.encode(webinar) == body
        assert error_info.value.code in ERRORS
        assert "?" not in format_message(error_info.value.code, error_info.value.facts)
        if error_info.value.alternative is not None:
            check_edit_result(webinar, apply(webinar, error_info.value.alternative))
        return error_info.value

    return get_refusal
