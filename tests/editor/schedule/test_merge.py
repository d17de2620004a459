"""Three-way merges: changes of both sides are kept, and conflicts are listed and left to the user."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.invariants import find_violations
from editor.schedule.merge import merge
from editor.schedule.model import Cta, Image, Marker, Media, Recording, Video, Webinar
from editor.schedule.operations import AddMarker, ChangeProperties, ChangeSegment, Delete, Move, Resize

SHA = "a" * 64


def image(name, start_ms, length_ms=10_000):
    return Image(id=name, start_ms=start_ms, length_ms=length_ms, media=SHA, title=name)


BASE = Webinar(
    id="w",
    title="Talk",
    programme=(image("a", 0), image("b", 20_000), image("c", 40_000)),
    interactions=(Cta(id="x", start_ms=5_000, length_ms=5_000, offer="o", label="Go"),),
    media={SHA: Media(sha256=SHA, kind="image", name="p.png", width=10, height=10)},
)


def apply_operations(webinar, *operations):
    for operation in operations:
        webinar = apply(webinar, operation).webinar
    return webinar


def change_segment(webinar, segment, **fields):
    return apply_operations(
        webinar, ChangeSegment(segment=msgspec.structs.replace(webinar.find_segment(segment), **fields))
    )


def test_changes_in_different_places_both_stand():
    mine = apply_operations(BASE, Move(segments=("a",), delta_ms=2_000), ChangeProperties(title="Mine"))
    theirs = change_segment(
        apply_operations(BASE, Delete(segments=("c",)), ChangeProperties(description="Theirs")), "x", label="Book"
    )
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert merged.webinar.find_segment("a").start_ms == 2_000
    assert merged.webinar.find_segment("c") is None
    assert merged.webinar.find_segment("x").label == "Book"
    assert (merged.webinar.title, merged.webinar.description) == ("Mine", "Theirs")


def test_different_fields_of_one_segment_both_stand():
    merged = merge(
        BASE, change_segment(BASE, "b", title="New"), apply_operations(BASE, Move(segments=("b",), delta_ms=1_000))
    )
    assert merged.conflicts == ()
    assert (merged.webinar.find_segment("b").title, merged.webinar.find_segment("b").start_ms) == ("New", 21_000)


def test_one_field_changed_differently_is_a_conflict():
    merged = merge(BASE, change_segment(BASE, "b", title="Mine"), change_segment(BASE, "b", title="Theirs"))
    assert [(conflict.code, conflict.segments, conflict.fields) for conflict in merged.conflicts] == [
        ("clash.segment", ("b",), ("title",))
    ]
    assert merged.webinar.find_segment("b").title == "Mine"


def test_one_field_changed_alike_is_no_conflict():
    merged = merge(BASE, change_segment(BASE, "b", title="Same"), change_segment(BASE, "b", title="Same"))
    assert merged.conflicts == ()


def test_segments_made_to_overlap_are_a_conflict_of_only_these():
    mine = apply_operations(BASE, Resize(segment="a", edge="end", delta_ms=8_000))
    theirs = apply_operations(BASE, Move(segments=("b",), delta_ms=-5_000))
    merged = merge(BASE, mine, theirs)
    assert [(conflict.code, conflict.segments) for conflict in merged.conflicts] == [("clash.overlap", ("a", "b"))]


def test_a_segment_deleted_here_and_edited_there_survives_and_is_listed():
    merged = merge(BASE, apply_operations(BASE, Delete(segments=("b",))), change_segment(BASE, "b", title="Theirs"))
    assert merged.conflicts == ()
    assert merged.restored == ("b",)
    assert merged.webinar.find_segment("b").title == "Theirs"


def test_settings_changed_differently_are_a_conflict():
    merged = merge(
        BASE,
        apply_operations(BASE, ChangeProperties(title="Mine")),
        apply_operations(BASE, ChangeProperties(title="Theirs")),
    )
    assert [(conflict.code, conflict.fields) for conflict in merged.conflicts] == [("clash.field", ("title",))]


TALK = Video(id="v", start_ms=60_000, media="b" * 64, out_ms=10_000)
WITH_VIDEO = msgspec.structs.replace(
    BASE,
    programme=(*BASE.programme, TALK),
    media=BASE.media | {"b" * 64: Media(sha256="b" * 64, kind="video", name="talk.mp4", duration_ms=10_000)},
)


def as_recording(webinar):
    recording = Recording(**msgspec.structs.asdict(webinar.find_segment("v")))
    return apply_operations(webinar, ChangeSegment(segment=recording))


def test_a_colleagues_change_of_kind_is_kept():
    theirs = as_recording(WITH_VIDEO)
    merged = merge(WITH_VIDEO, change_segment(WITH_VIDEO, "b", title="Mine"), theirs)
    assert merged.conflicts == ()
    assert merged.webinar.find_segment("v") == theirs.find_segment("v")
    assert isinstance(merged.webinar.find_segment("v"), Recording)
    assert merged.webinar.find_segment("b").title == "Mine"


def test_my_change_of_kind_is_kept_where_they_changed_other_segments():
    mine = as_recording(WITH_VIDEO)
    merged = merge(WITH_VIDEO, mine, change_segment(WITH_VIDEO, "b", title="Theirs"))
    assert merged.conflicts == ()
    assert isinstance(merged.webinar.find_segment("v"), Recording)
    assert merged.webinar.find_segment("b").title == "Theirs"


def test_a_change_of_kind_and_a_change_of_the_same_segment_are_a_conflict():
    merged = merge(WITH_VIDEO, change_segment(WITH_VIDEO, "v", title="Mine"), as_recording(WITH_VIDEO))
    assert [(conflict.code, conflict.segments) for conflict in merged.conflicts] == [("clash.kind", ("v",))]
    assert merged.webinar.find_segment("v") == msgspec.structs.replace(TALK, title="Mine")


MARKED = msgspec.structs.replace(BASE, markers=(Marker(id="m", at_ms=5_000, title="Base"),))


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ((6_000, "Mine"), (7_000, "Theirs"), (6_000, "Mine")),  # mine beats theirs
        ((5_000, "Base"), (7_000, "Theirs"), (7_000, "Theirs")),
        ((6_000, "Mine"), (5_000, "Base"), (6_000, "Mine")),
        (None, (7_000, "Theirs"), (7_000, "Theirs")),  # a change beats a deletion
        ((6_000, "Mine"), None, (6_000, "Mine")),
        (None, (5_000, "Base"), None),
        ((5_000, "Base"), None, None),
    ],
)
def test_of_two_changes_of_a_marker_mine_is_kept_without_a_conflict(mine, theirs, expected):
    def with_marker(marker):
        markers = () if marker is None else (Marker(id="m", at_ms=marker[0], title=marker[1]),)
        return msgspec.structs.replace(MARKED, markers=markers)

    merged = merge(MARKED, with_marker(mine), with_marker(theirs))
    assert merged.conflicts == ()
    assert merged.webinar == with_marker(expected)


operation = st.one_of(
    st.builds(Move, segments=st.tuples(st.sampled_from("abcx")), delta_ms=st.integers(-20_000, 20_000)),
    st.builds(
        Resize,
        segment=st.sampled_from("abcx"),
        edge=st.sampled_from(["start", "end"]),
        delta_ms=st.integers(-9_000, 9_000),
    ),
    st.builds(Delete, segments=st.tuples(st.sampled_from("abcx"))),
    st.builds(ChangeProperties, title=st.sampled_from(["A", "B"])),
    st.builds(AddMarker, at_ms=st.integers(0, 50_000)),
)


def apply_accepted(operations):
    webinar = BASE
    for each in operations:
        try:
            webinar = apply(webinar, each).webinar
        except EditRefusedError:
            continue
    return webinar


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(operation, max_size=5), st.lists(operation, max_size=5))
def test_a_merge_without_conflicts_is_valid_and_symmetric(ours, others):
    mine, theirs = apply_accepted(ours), apply_accepted(others)
    one, other = merge(BASE, mine, theirs), merge(BASE, theirs, mine)
    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        assert find_violations(one.webinar) == ()
        assert one.webinar == other.webinar
    assert merge(BASE, mine, BASE).webinar == mine
    assert merge(BASE, BASE, theirs).webinar == theirs
    assert merge(BASE, mine, mine).webinar == mine
