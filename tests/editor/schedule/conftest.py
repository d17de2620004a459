"""Webinars in one line, and edits that are watched while they are carried out.

Seconds make tests short to read: ``lay("A:0-10 B:10-17~20", "x:5-8")`` is a programme of a video A, of a video B that
plays 7 s and holds 3 s, and a call to action x on the other lane. ``tell`` says a webinar in the same way.
"""

import itertools

import msgspec
import pytest

from editor.schedule.edits import Refused, apply
from editor.schedule.invariants import broken
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

S = 1000
MEDIA = {
    "video": Media(sha256="1" * 64, kind="video", name="talk.mp4", duration_ms=3600 * S, has_audio=True),
    "short": Media(sha256="2" * 64, kind="video", name="short.mp4", duration_ms=10 * S),
    "audio": Media(sha256="3" * 64, kind="audio", name="song.mp3", duration_ms=3600 * S),
    "image": Media(sha256="4" * 64, kind="image", name="still.png", width=640, height=480),
    "pages": Media(sha256="5" * 64, kind="presentation", name="slides.pdf", pages=3),
}
IN = 1000 * S
"""Where the videos of these tests begin in their media, so that there is some on either side."""


def _segment(word):
    name, place = word.split(":")
    place, _, group = place.partition("#")
    place, _, point = place.partition("@")
    place, _, end = place.partition("~")
    start, _, last = place.partition("-")
    start, last = round(float(start) * S), round(float(last) * S)
    end = round(float(end) * S) if end else last
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
        begin = round(float(point or 0) * S)
        pages = tuple(Page(page=page, length_ms=30 * S) for page in range(3))
        return Presentation(**own, media=MEDIA["pages"].sha256, pages=pages, in_ms=begin, out_ms=begin + last - start)
    begin = round(float(point) * S) if point else IN
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
    return _segment


@pytest.fixture
def lay():
    def lay(programme="", interactions="", markers="", **fields):
        made = Webinar(
            id="w",
            programme=tuple(map(_segment, programme.split())),
            interactions=tuple(map(_segment, interactions.split())),
            markers=tuple(
                Marker(id=name, at_ms=round(float(at) * S))
                for name, at in (word.split(":") for word in markers.split())
            ),
            media={one.sha256: one for one in MEDIA.values()},
            **fields,
        )
        assert broken(made) == ()
        return made

    return lay


def _seconds(ms):
    return f"{ms / S:g}"


def _word(segment):
    if isinstance(segment, Timed) and segment.hold_ms:
        played = segment.end_ms - segment.hold_ms
        return f"{segment.id}:{_seconds(segment.start_ms)}-{_seconds(played)}~{_seconds(segment.end_ms)}"
    return f"{segment.id}:{_seconds(segment.start_ms)}-{_seconds(segment.end_ms)}"


@pytest.fixture
def tell():
    def tell(webinar):
        lanes = [" ".join(map(_word, webinar.lane(lane))) for lane in LANES]
        markers = " ".join(f"{marker.id}:{_seconds(marker.at_ms)}" for marker in webinar.markers)
        return " / ".join([*lanes, markers] if markers else lanes if lanes[1] else lanes[:1])

    return tell


def played(segment):
    """What of its content a segment plays, wherever it lies."""
    fields = msgspec.structs.asdict(segment)
    if isinstance(segment, Timed | Presentation):
        return segment.in_ms, segment.out_ms, fields.get("hold_ms")
    return segment.length_ms


def _watch(webinar, edited):
    """What must be true of every edit that was done."""
    assert broken(edited.webinar) == (), broken(edited.webinar)
    before = {one.id: one for one in (*webinar.segments, *webinar.markers)}
    after = {one.id: one for one in (*edited.webinar.segments, *edited.webinar.markers)}
    told = [*edited.moved, *edited.trimmed, *edited.created, *edited.removed, *edited.changed]
    assert len(told) == len(set(told)), "each is told once"
    assert set(edited.created) == after.keys() - before.keys()
    assert set(edited.removed) == before.keys() - after.keys()
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        if old == new:
            assert old is new, f"{name} was not touched and is another object"
            assert name not in told
        elif isinstance(new, Marker):
            assert name in (edited.moved if old.at_ms != new.at_ms else edited.changed)
        elif played(old) != played(new):
            assert name in edited.trimmed
        elif old.start_ms != new.start_ms:
            assert name in edited.moved
        else:
            assert name in edited.changed
    if edited.webinar == webinar:
        assert edited.webinar is webinar, "an edit that comes to nothing answers with the same webinar"
    for lane in LANES:
        if edited.webinar.lane(lane) == webinar.lane(lane):
            assert edited.webinar.lane(lane) is webinar.lane(lane)


@pytest.fixture
def watch():
    return _watch


@pytest.fixture
def do():
    """Carry out an operation and watch it; what is created is named n1, n2, …"""
    count = itertools.count(1)

    def do(webinar, op):
        body = msgspec.json.encode(webinar)
        edited = apply(webinar, op, new_id=lambda: f"n{next(count)}")
        assert msgspec.json.encode(webinar) == body
        _watch(webinar, edited)
        return edited

    return do


@pytest.fixture
def refuse():
    """The refusal of an operation; nothing has changed, and what it offers instead would be done."""

    def refuse(webinar, op):
        body = msgspec.json.encode(webinar)
        with pytest.raises(Refused) as caught:
            apply(webinar, op)
        assert msgspec.json.encode(webinar) == body
        if caught.value.instead is not None:
            _watch(webinar, apply(webinar, caught.value.instead))
        return caught.value

    return refuse
