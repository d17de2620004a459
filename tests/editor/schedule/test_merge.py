"""Two people, one webinar: who changed what is kept, and what does not go together is told, never decided."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.schedule.edits import Refused, apply
from editor.schedule.invariants import broken
from editor.schedule.merge import merge
from editor.schedule.model import Cta, Image, Media, Webinar
from editor.schedule.operations import AddMarker, Delete, Move, Plan, Put, Resize

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


def do(webinar, *operations):
    for operation in operations:
        webinar = apply(webinar, operation).webinar
    return webinar


def put(webinar, segment, **fields):
    return do(webinar, Put(segment=msgspec.structs.replace(webinar.find(segment), **fields)))


def test_changes_in_different_places_both_stand():
    mine = do(BASE, Move(segments=("a",), delta_ms=2_000), Plan(title="Mine"))
    theirs = put(do(BASE, Delete(segments=("c",)), Plan(description="Theirs")), "x", label="Book")
    merged = merge(BASE, mine, theirs)
    assert merged.clashes == ()
    assert merged.webinar.find("a").start_ms == 2_000
    assert merged.webinar.find("c") is None
    assert merged.webinar.find("x").label == "Book"
    assert (merged.webinar.title, merged.webinar.description) == ("Mine", "Theirs")


def test_different_fields_of_one_segment_both_stand():
    merged = merge(BASE, put(BASE, "b", title="New"), do(BASE, Move(segments=("b",), delta_ms=1_000)))
    assert merged.clashes == ()
    assert (merged.webinar.find("b").title, merged.webinar.find("b").start_ms) == ("New", 21_000)


def test_one_field_changed_differently_is_a_clash():
    merged = merge(BASE, put(BASE, "b", title="Mine"), put(BASE, "b", title="Theirs"))
    assert [(clash.code, clash.segments, clash.fields) for clash in merged.clashes] == [
        ("clash.segment", ("b",), ("title",))
    ]
    assert merged.webinar.find("b").title == "Mine"


def test_one_field_changed_alike_is_none():
    merged = merge(BASE, put(BASE, "b", title="Same"), put(BASE, "b", title="Same"))
    assert merged.clashes == ()


def test_segments_made_to_overlap_are_a_clash_of_just_those():
    mine = do(BASE, Resize(segment="a", edge="end", delta_ms=8_000))
    theirs = do(BASE, Move(segments=("b",), delta_ms=-5_000))
    merged = merge(BASE, mine, theirs)
    assert [(clash.code, clash.segments) for clash in merged.clashes] == [("clash.overlap", ("a", "b"))]


def test_deleted_here_and_edited_there_survives_and_is_told():
    merged = merge(BASE, do(BASE, Delete(segments=("b",))), put(BASE, "b", title="Theirs"))
    assert merged.clashes == ()
    assert merged.kept == ("b",)
    assert merged.webinar.find("b").title == "Theirs"


def test_the_plan_changed_differently_is_a_clash():
    merged = merge(BASE, do(BASE, Plan(title="Mine")), do(BASE, Plan(title="Theirs")))
    assert [(clash.code, clash.fields) for clash in merged.clashes] == [("clash.field", ("title",))]


operation = st.one_of(
    st.builds(Move, segments=st.tuples(st.sampled_from("abcx")), delta_ms=st.integers(-20_000, 20_000)),
    st.builds(
        Resize,
        segment=st.sampled_from("abcx"),
        edge=st.sampled_from(["start", "end"]),
        delta_ms=st.integers(-9_000, 9_000),
    ),
    st.builds(Delete, segments=st.tuples(st.sampled_from("abcx"))),
    st.builds(Plan, title=st.sampled_from(["A", "B"])),
    st.builds(AddMarker, at_ms=st.integers(0, 50_000)),
)


def edited(operations):
    webinar = BASE
    for each in operations:
        try:
            webinar = apply(webinar, each).webinar
        except Refused:
            continue
    return webinar


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(operation, max_size=5), st.lists(operation, max_size=5))
def test_a_merge_without_a_clash_breaks_no_rule_and_is_the_same_for_both(ours, others):
    mine, theirs = edited(ours), edited(others)
    one, other = merge(BASE, mine, theirs), merge(BASE, theirs, mine)
    assert bool(one.clashes) == bool(other.clashes)
    if not one.clashes:
        assert broken(one.webinar) == ()
        assert one.webinar == other.webinar
    assert merge(BASE, mine, BASE).webinar == mine
    assert merge(BASE, BASE, theirs).webinar == theirs
    assert merge(BASE, mine, mine).webinar == mine
