"""Edit, undo and redo of a document: what it shows is always what is stored."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import Document, UndoStep, estimate_size
from editor.errors import KnownError
from editor.library.store import Library
from editor.schedule import operations as ops
from editor.schedule import serialization
from editor.schedule.edits import EditRefusedError
from editor.schedule.model import LANES, Cta, Image, Marker, Media, Video, Webinar, new_id

PICTURE, FILM = "ab" * 32, "cd" * 32
MEDIA = {
    PICTURE: Media(sha256=PICTURE, kind="image", name="slide.png", width=640, height=480),
    FILM: Media(sha256=FILM, kind="video", name="talk.mp4", duration_ms=60_000, has_audio=True),
}


def image(name: str, start_ms: int, length_ms: int = 10_000, **fields: object) -> Image:
    return Image(id=name, start_ms=start_ms, length_ms=length_ms, media=PICTURE, **fields)


def a_webinar() -> Webinar:
    return Webinar(
        id="w",
        title="Welcome",
        programme=(
            image("a", 0, title="Opening"),
            Video(id="b", start_ms=10_000, media=FILM, in_ms=0, out_ms=30_000, hold_ms=5_000),
            image("c", 60_000, title="Closing"),
        ),
        interactions=(Cta(id="d", offer="o", start_ms=20_000, length_ms=10_000, title="Buy", label="Buy"),),
        markers=(Marker(id="m", at_ms=5_000, title="Question time"),),
        media=MEDIA,
    )


class FakeStore:
    """A store that keeps every webinar it receives, and can be made to fail."""

    def __init__(self) -> None:
        self.stored: list[Webinar] = []
        self.failing: KnownError | None = None
        self.seen: list[Webinar] = []
        self.document: Document | None = None

    def __call__(self, webinar: Webinar) -> None:
        if self.document is not None:
            self.seen.append(self.document.webinar)
        if self.failing is not None:
            raise self.failing
        self.stored.append(webinar)


@pytest.fixture
def fake_store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def document(fake_store: FakeStore) -> Document:
    fake_store.document = Document(a_webinar(), fake_store)
    return fake_store.document


def retitle(title: str) -> ops.ChangeProperties:
    return ops.ChangeProperties(title=title)


# ---------------------------------------------------------------------------------------------- undo, redo


def test_an_edit_is_stored_before_it_shows(document: Document, fake_store: FakeStore) -> None:
    before = document.webinar
    step = document.apply(retitle("Later"))
    document.undo()
    document.redo()
    assert [one.title for one in fake_store.seen] == ["Welcome", "Later", "Welcome"]
    assert [one.title for one in fake_store.stored] == ["Later", "Welcome", "Later"]
    assert (step.before, step.after) == (before, document.webinar)
    assert step.result is not None


def test_undo_then_redo_gives_the_same_bytes_with_the_same_ids(document: Document) -> None:
    document.apply(ops.Split(at_ms=20_000, segments=("b",)))
    document.apply(ops.Duplicate(segments=("a",)))
    after = serialization.encode(document.webinar)
    document.undo()
    document.undo()
    assert serialization.encode(document.webinar) == serialization.encode(a_webinar())
    document.redo()
    document.redo()
    assert serialization.encode(document.webinar) == after


def test_an_edit_after_undo_drops_what_could_be_redone(document: Document) -> None:
    document.apply(retitle("one"))
    document.apply(retitle("two"))
    document.undo()
    document.apply(retitle("three"))
    assert document.next_redo is None
    assert document.undo().after.title == "three"
    assert document.undo().after.title == "one"
    assert document.next_undo is None


def test_undo_and_redo_without_a_step_are_refused(document: Document) -> None:
    with pytest.raises(KnownError, match=r"document\.nothing_to_undo"):
        document.undo()
    with pytest.raises(KnownError, match=r"document\.nothing_to_redo"):
        document.redo()


def test_a_refused_edit_adds_no_step_and_keeps_redo(document: Document, fake_store: FakeStore) -> None:
    document.apply(retitle("one"))
    document.undo()
    stored = len(fake_store.stored)
    with pytest.raises(EditRefusedError):
        document.apply(ops.Move(segments=("c",), delta_ms=-55_000))
    with pytest.raises(EditRefusedError):
        document.apply(ops.Delete(segments=("nobody",)))
    assert len(fake_store.stored) == stored
    assert document.next_undo is None
    assert document.next_redo is not None
    assert document.webinar == a_webinar()


def test_a_failed_store_changes_nothing(document: Document, fake_store: FakeStore) -> None:
    document.apply(retitle("one"))
    document.apply(retitle("two"))
    document.undo()
    before, undoable, redoable = document.webinar, document.next_undo, document.next_redo
    fake_store.failing = KnownError("library.full", path="/library.db")
    for edit in (
        lambda: document.apply(retitle("three")),
        lambda: document.apply(retitle("three"), amend=True),
        lambda: document.replace(a_webinar(), "restore"),
        document.undo,
        document.redo,
    ):
        with pytest.raises(KnownError, match=r"library\.full"):
            edit()
        assert document.webinar is before
        assert document.next_undo is undoable
        assert document.next_redo is redoable
    fake_store.failing = None
    assert document.redo().after.title == "two"


def test_an_edit_without_effect_adds_no_step(document: Document, fake_store: FakeStore) -> None:
    document.apply(retitle("one"))
    document.undo()
    step = document.apply(ops.Move(segments=("a",), delta_ms=0))
    assert step.before is step.after
    assert document.next_undo is None
    assert document.next_redo is not None
    assert len(fake_store.stored) == 2


# ----------------------------------------------------------------------------------------------- one step


def test_the_pop_up_joins_the_add_it_follows(document: Document) -> None:
    document.apply(retitle("before"))
    document.apply(ops.Add(segments=(image("e", 100_000, title="New"),)))
    step = document.apply(
        ops.SetLengths(lengths=(ops.Lengths(segment="e", play_ms=20_000),), mode="insert"), amend=True
    )
    assert (step.op_tag, step.facts["title"]) == ("add", "New")
    assert step.result.created == ("e",)
    assert step.result.trimmed == ()
    assert document.webinar.find_segment("e").length_ms == 20_000
    document.undo()
    assert document.webinar.find_segment("e") is None
    assert document.webinar.title == "before"
    document.redo()
    assert document.webinar.find_segment("e").length_ms == 20_000


def test_segments_added_and_removed_in_one_step_are_not_listed(document: Document) -> None:
    document.apply(ops.Add(segments=(image("e", 100_000),)))
    step = document.apply(ops.Delete(segments=("e", "a")), amend=True)
    assert (step.result.created, step.result.removed) == ((), ("a",))


def test_an_amendment_without_a_previous_step_is_a_step(document: Document) -> None:
    document.apply(retitle("one"), amend=True)
    assert document.undo().after.title == "one"


def test_a_whole_webinar_put_in_place_is_one_step(document: Document) -> None:
    document.apply(retitle("now"))
    old = msgspec.structs.replace(a_webinar(), title="then")
    step = document.replace(old, "restore", {"ordinal": 3})
    assert (step.op_tag, step.facts, step.result) == ("restore", {"ordinal": 3}, None)
    assert document.webinar is old
    document.undo()
    assert document.webinar.title == "now"


# -------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("op", "tag", "facts"),
    [
        (ops.Move(segments=("a", "c"), delta_ms=40, mode="overwrite"), "move", {"title": "Opening", "count": 2}),
        (ops.Resize(segment="b", edge="end", delta_ms=-1_000), "resize", {"title": "talk.mp4", "kind": "video"}),
        (ops.Delete(segments=("d",)), "delete", {"title": "Buy", "kind": "cta", "count": 1}),
        (ops.Add(segments=(image("e", 90_000, title="New"),)), "add", {"title": "New", "kind": "image", "count": 1}),
        (ops.Split(at_ms=20_000), "split", {"title": "talk.mp4", "count": 1}),
        (ops.ChangeSegment(segment=image("a", 0, title="First")), "put", {"title": "Opening", "count": 1}),
        (
            ops.SetLengths(lengths=(ops.Lengths(segment="c", play_ms=12_000),)),
            "set_lengths",
            {"title": "Closing", "count": 1},
        ),
        (ops.ChangeMarker(marker="m", at_ms=7_000), "change_marker", {"title": "Question time"}),
        (ops.RemoveMarker(marker="m"), "remove_marker", {"title": "Question time"}),
        (ops.AddMarker(at_ms=9_000, title="Break"), "add_marker", {"title": "Break"}),
        (retitle("Later"), "plan", {"count": 0}),
        (ops.Lock(lane="programme"), "lock", {"count": 0}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_step_has_the_facts_for_its_name(document: Document, op, tag, facts) -> None:
    step = document.apply(op)
    assert step.op_tag == tag
    assert facts.items() <= step.facts.items()


# ------------------------------------------------------------------------------------------------ the cap


def test_the_oldest_steps_go_when_they_weigh_too_much_and_the_last_one_stays(fake_store: FakeStore) -> None:
    document = Document(a_webinar(), fake_store, max_history_bytes=20_000)
    for n in range(100):
        document.apply(ops.ChangeProperties(description=f"{n:03}" + "x" * 2_000))
    undone = 0
    while document.next_undo:
        undone += len(document.undo().after.description) > 0
    assert undone == 9
    document.apply(ops.ChangeProperties(description="y" * 100_000))
    assert document.next_undo is not None
    document.undo()
    assert document.webinar.description.startswith("090")


def test_the_size_of_a_step_depends_on_what_it_touched() -> None:
    webinar = msgspec.structs.replace(
        a_webinar(), programme=tuple(image(f"s{n}", n * 10_000, 5_000) for n in range(1_000))
    )
    document = Document(webinar, lambda _: None)
    few = estimate_size(document.apply(ops.Move(segments=("s500",), delta_ms=100)))
    many = estimate_size(document.apply(ops.Move(segments=tuple(f"s{n}" for n in range(1_000)), delta_ms=100)))
    all_of_it = estimate_size(document.replace(a_webinar(), "restore"))
    encoded = len(msgspec.json.encode(document.next_undo.before.programme))
    assert few < 10_000
    assert encoded * 0.8 < many < encoded * 1.3 + 16_000
    assert all_of_it > many * 0.8


# ---------------------------------------------------------------------------------- reading only, reloading


def test_a_document_of_a_newer_program_is_read_only(fake_store: FakeStore) -> None:
    document = Document(a_webinar(), fake_store, unknown=("hologram",))
    assert document.is_read_only
    for edit in (lambda: document.apply(retitle("x")), lambda: document.replace(a_webinar(), "x"), document.undo):
        with pytest.raises(KnownError) as error_info:
            edit()
        assert error_info.value.code == "document.read_only"
        assert error_info.value.facts == {"title": "Welcome", "unknown": ("hologram",)}
    assert fake_store.stored == []
    assert Document(a_webinar(), fake_store, read_only=True).is_read_only
    assert not Document(a_webinar(), fake_store).is_read_only


def test_a_reload_reads_the_stored_webinar_and_drops_the_steps(fake_store: FakeStore) -> None:
    theirs = msgspec.structs.replace(a_webinar(), title="theirs")
    answers: list[tuple[Webinar, tuple[str, ...]]] = [(theirs, ()), (theirs, ("hologram",))]
    document = Document(a_webinar(), fake_store, load=lambda: answers.pop(0))
    document.apply(retitle("one"))
    document.apply(retitle("two"))
    document.undo()
    assert document.reload() == theirs
    assert document.webinar == theirs
    assert (document.next_undo, document.next_redo) == (None, None)
    document.apply(retitle("on top"))
    document.reload()
    assert document.is_read_only


# ----------------------------------------------------------------------------- always what is in the library


@pytest.fixture(scope="module")
def library(in_memory: Path) -> Iterator[Library]:
    library = Library(in_memory / "library")
    yield library
    library.close()


NUMBER = st.integers(0, 9)
MODE = st.sampled_from(["normal", "insert", "overwrite"])
DELTA = st.integers(-30, 30).map(lambda n: n * 1_000)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("move"), NUMBER, DELTA, MODE),
        st.tuples(st.just("resize"), NUMBER, DELTA, MODE),
        st.tuples(st.just("delete"), NUMBER),
        st.tuples(st.just("ripple_delete"), NUMBER),
        st.tuples(st.just("split"), st.integers(0, 60).map(lambda n: n * 1_000)),
        st.tuples(st.just("add"), st.integers(0, 60).map(lambda n: n * 1_000), MODE, st.booleans()),
        st.tuples(st.just("duplicate"), NUMBER),
        st.tuples(st.just("title"), st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.booleans()),
        st.tuples(st.just("lock"), st.sampled_from(LANES), st.booleans()),
        st.tuples(st.just("marker"), st.integers(0, 60_000)),
    ),
    max_size=25,
)


def operation(webinar: Webinar, action: tuple) -> tuple[ops.AnyOperation, bool]:
    """Return the operation that an action means on a webinar, and whether it amends the last step."""
    segments = webinar.segments

    def chosen(number: int) -> str:
        return segments[number % len(segments)].id if segments else "nobody"

    match action:
        case "move", number, delta, mode:
            return ops.Move(segments=(chosen(number),), delta_ms=delta, mode=mode), False
        case "resize", number, delta, mode:
            edge = "start" if number % 2 else "end"
            return ops.Resize(segment=chosen(number), edge=edge, delta_ms=delta, mode=mode), False
        case "delete", number:
            return ops.Delete(segments=(chosen(number),)), False
        case "ripple_delete", number:
            return ops.RippleDelete(segments=(chosen(number),)), False
        case "split", at_ms:
            return ops.Split(at_ms=at_ms), False
        case "add", at_ms, mode, amend:
            return ops.Add(segments=(image(new_id(), at_ms),), mode=mode), amend
        case "duplicate", number:
            return ops.Duplicate(segments=(chosen(number),)), False
        case "title", title, amend:
            return ops.ChangeProperties(title=title), amend
        case "lock", lane, locked:
            return ops.Lock(lane=lane, locked=locked), False
        case "marker", at_ms:
            return ops.AddMarker(at_ms=at_ms), False
    raise AssertionError(action)


@settings(max_examples=200, deadline=None)
@given(actions=ACTIONS)
def test_the_document_always_equals_the_stored_webinar(library: Library, actions: list[tuple]) -> None:
    webinar = msgspec.structs.replace(a_webinar(), id=new_id())
    rev = library.create(webinar)

    def store(after: Webinar) -> None:
        nonlocal rev
        rev = library.store_draft(after, rev)

    document = Document(webinar, store)
    past, present, future = [], serialization.encode(webinar), []  # what ought to be there, kept by bytes alone
    for action in actions:
        if action == ("undo",):
            if past:
                document.undo()
                future.append(present)
                present = past.pop()
        elif action == ("redo",):
            if future:
                document.redo()
                past.append(present)
                present = future.pop()
        else:
            op, amend = operation(document.webinar, action)
            try:
                step: UndoStep = document.apply(op, amend=amend)
            except EditRefusedError:
                continue
            finally:
                assert library.load_draft(webinar.id).body == serialization.encode(document.webinar)
            if step.before is not step.after or serialization.encode(document.webinar) != present:
                if not (amend and past):
                    past.append(present)
                present = serialization.encode(document.webinar)
                future.clear()
        assert serialization.encode(document.webinar) == present == library.load_draft(webinar.id).body
        assert bool(document.next_undo) == bool(past)
        assert bool(document.next_redo) == bool(future)
