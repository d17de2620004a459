"""Two people, one webinar: who changed what is kept, and what does not go together is told, never decided."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.invariants import find_violations
from editor.schedule.merge import merge
from editor.schedule.model import Cta, Image, Media, Webinar
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


def put(webinar, segment, **fields):
    return apply_operations(
        webinar, ChangeSegment(segment=msgspec.structs.replace(webinar.find_segment(segment), **fields))
    )


def test_changes_in_different_places_both_stand():
    mine = apply_operations(BASE, Move(segments=("a",), delta_ms=2_000), ChangeProperties(title="Mine"))
    theirs = put(
        apply_operations(BASE, Delete(segments=("c",)), ChangeProperties(description="Theirs")), "x", label="Book"
    )
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert merged.webinar.find_segment("a").start_ms == 2_000
    assert merged.webinar.find_segment("c") is None
    assert merged.webinar.find_segment("x").label == "Book"
    assert (merged.webinar.title, merged.webinar.description) == ("Mine", "Theirs")


def test_different_fields_of_one_segment_both_stand():
    merged = merge(BASE, put(BASE, "b", title="New"), apply_operations(BASE, Move(segments=("b",), delta_ms=1_000)))
    assert merged.conflicts == ()
    assert (merged.webinar.find_segment("b").title, merged.webinar.find_segment("b").start_ms) == ("New", 21_000)


def test_one_field_changed_differently_is_a_clash():
    merged = merge(BASE, put(BASE, "b", title="Mine"), put(BASE, "b", title="Theirs"))
    assert [(clash.code, clash.segments, clash.fields) for clash in merged.conflicts] == [
        ("clash.segment", ("b",), ("title",))
    ]
    assert merged.webinar.find_segment("b").title == "Mine"


def test_one_field_changed_alike_is_none():
    merged = merge(BASE, put(BASE, "b", title="Same"), put(BASE, "b", title="Same"))
    assert merged.conflicts == ()


def test_segments_made_to_overlap_are_a_clash_of_just_those():
    mine = apply_operations(BASE, Resize(segment="a", edge="end", delta_ms=8_000))
    theirs = apply_operations(BASE, Move(segments=("b",), delta_ms=-5_000))
    merged = merge(BASE, mine, theirs)
    assert [(clash.code, clash.segments) for clash in merged.conflicts] == [("clash.overlap", ("a", "b"))]


def test_deleted_here_and_edited_there_survives_and_is_told():
    merged = merge(BASE, apply_operations(BASE, Delete(segments=("b",))), put(BASE, "b", title="Theirs"))
    assert merged.conflicts == ()
    assert merged.restored == ("b",)
    assert merged.webinar.find_segment("b").title == "Theirs"


def test_the_plan_changed_differently_is_a_clash():
    merged = merge(
        BASE,
        apply_operations(BASE, ChangeProperties(title="Mine")),
        apply_operations(BASE, ChangeProperties(title="Theirs")),
    )
    assert [(clash.code, clash.fields) for clash in merged.conflicts] == [("clash.field", ("title",))]


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
def test_a_merge_without_a_clash_breaks_no_rule_and_is_the_same_for_both(ours, others):
    mine, theirs = apply_accepted(ours), apply_accepted(others)
    one, other = merge(BASE, mine, theirs), merge(BASE, theirs, mine)
    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        assert find_violations(one.webinar) == ()
        assert one.webinar == other.webinar
    assert merge(BASE, mine, BASE).webinar == mine
    assert merge(BASE, BASE, theirs).webinar == theirs
    assert merge(BASE, mine, mine).webinar == mine
