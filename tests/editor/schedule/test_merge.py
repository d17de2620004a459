"""Three-way merges: changes of both sides are kept, and conflicts are listed and left to the user."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.invariants import find_violations
from editor.schedule.merge import merge
from editor.schedule.model import CaptionTrack, Cta, Image, Marker, Media, Recording, Video, Webinar
from editor.schedule.operations import Add, AddMarker, ChangeProperties, ChangeSegment, Delete, Move, Resize

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


def test_markers_at_one_position_keep_their_order():
    markers = (Marker(id="z", at_ms=5_000, title="First"), Marker(id="a", at_ms=5_000, title="Second"))
    base = msgspec.structs.replace(BASE, markers=markers)
    renamed = (msgspec.structs.replace(markers[0], title="Renamed"), markers[1])
    theirs = msgspec.structs.replace(base, markers=renamed)
    assert merge(base, base, base).webinar.markers == markers
    assert merge(base, base, theirs).webinar.markers == renamed


def test_markers_of_both_sides_are_sorted_by_position():
    mine = apply_operations(BASE, AddMarker(at_ms=7_000, title="Mine"))
    theirs = apply_operations(BASE, AddMarker(at_ms=6_000, title="Theirs"))
    for merged in (merge(BASE, mine, theirs), merge(BASE, theirs, mine)):
        assert [marker.title for marker in merged.webinar.markers] == ["Theirs", "Mine"]


# ------------------------------------------------------------------------------------------------ media


def with_facts(webinar, **facts):
    known = msgspec.structs.replace(webinar.media[SHA], **facts)
    return msgspec.structs.replace(webinar, media=webinar.media | {SHA: known})


def test_captions_that_both_attached_to_a_media_are_kept_and_other_facts_are_mine():
    first, second = CaptionTrack(sha256="1" * 64, name="en.srt"), CaptionTrack(sha256="2" * 64, name="fr.srt")
    mine, theirs = with_facts(BASE, captions=(first,), width=20), with_facts(BASE, captions=(second,), width=30)
    known = merge(BASE, mine, theirs).webinar.media[SHA]
    assert set(known.captions) == {first, second}
    assert known.width == 20


def test_one_track_that_both_attached_is_there_once_with_my_name():
    mine, theirs = (
        with_facts(BASE, captions=(CaptionTrack(sha256="1" * 64, name=name),)) for name in ("Mine", "Theirs")
    )
    assert [track.name for track in merge(BASE, mine, theirs).webinar.media[SHA].captions] == ["Mine"]


def test_facts_about_a_media_that_one_side_changed_are_that_sides():
    changed = with_facts(BASE, width=20)
    assert merge(BASE, changed, BASE).webinar == merge(BASE, BASE, changed).webinar == changed


def test_media_that_they_added_come_along():
    added = {"c" * 64: Media(sha256="c" * 64, kind="image", name="c.png")}
    theirs = msgspec.structs.replace(BASE, media=BASE.media | added)
    assert merge(BASE, BASE, theirs).webinar.media == theirs.media


def test_of_several_rules_that_a_merge_would_break_the_first_is_the_conflict():
    again = msgspec.structs.replace(TALK, id="v2", start_ms=80_000)
    base = msgspec.structs.replace(WITH_VIDEO, programme=(*WITH_VIDEO.programme, again))
    shorter = msgspec.structs.replace(base.media["b" * 64], duration_ms=9_000)
    mine = msgspec.structs.replace(base, media=base.media | {"b" * 64: shorter})
    assert len(find_violations(mine)) == 2
    conflicts = merge(base, mine, change_segment(base, "b", title="Theirs")).conflicts
    assert [(conflict.code, conflict.fields) for conflict in conflicts] == [("clash.rule", ("broken.points",))]


def test_one_id_that_both_gave_to_segments_of_their_own_is_a_conflict():
    mine, theirs = (apply_operations(BASE, Add(segments=(image("n", at),))) for at in (60_000, 80_000))
    merged = merge(BASE, mine, theirs)
    assert [(conflict.code, conflict.segments) for conflict in merged.conflicts] == [("clash.kind", ("n",))]
    assert merge(BASE, mine, mine).conflicts == ()


def test_segments_that_touch_after_a_merge_are_no_conflict():
    mine = apply_operations(BASE, Resize(segment="a", edge="end", delta_ms=5_000))
    merged = merge(BASE, mine, apply_operations(BASE, Move(segments=("b",), delta_ms=-5_000)))
    assert merged.conflicts == ()
    assert (merged.webinar.find_segment("a").end_ms, merged.webinar.find_segment("b").start_ms) == (15_000, 15_000)


def test_a_segment_deleted_on_one_side_and_left_alone_on_the_other_is_gone():
    deleted = apply_operations(BASE, Delete(segments=("b",)))
    for merged in (merge(BASE, deleted, BASE), merge(BASE, BASE, deleted)):
        assert (merged.webinar, merged.conflicts, merged.restored) == (deleted, (), ())


def test_a_new_segment_of_one_side_is_not_listed_as_restored():
    added = apply_operations(BASE, Add(segments=(image("n", 60_000),)))
    for merged in (merge(BASE, added, BASE), merge(BASE, BASE, added)):
        assert (merged.webinar, merged.conflicts, merged.restored) == (added, (), ())


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
