"""`matinee edit` carries out or refuses random lists of edits, and what it stores is always valid.

The edits are drawn from the fields of the operations: some fit, some hardly do, and some do not at all.
"""

import contextlib
import io
import json
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect as shapes

from editor.cli import main
from editor.errors.messages import ERRORS
from editor.schedule import segment_factory, serialization
from editor.schedule.edits import apply_all
from editor.schedule.invariants import find_violations
from editor.schedule.model import MAX_WEBINAR_MS, AnySegment, CaptionTrack, Media, Webinar
from editor.schedule.operations import Add, AddMarker, AnyOperation
from editor.workspace import Workspace
from tests.segment_defaults import SEGMENT_DEFAULTS

MEDIA = (
    Media(
        sha256="a" * 64,
        kind="video",
        name="talk.mp4",
        duration_ms=60_000,
        has_audio=True,
        captions=(CaptionTrack(sha256="9" * 64),),
    ),
    Media(sha256="b" * 64, kind="audio", name="song.mp3", duration_ms=30_000, has_audio=True),
    Media(sha256="c" * 64, kind="image", name="still.png"),
    Media(sha256="d" * 64, kind="presentation", name="slides.pdf", pages=3),
    Media(sha256="e" * 64, kind="video", name="blink.mp4", duration_ms=100),
)
RESULT_FIELDS = ("moved", "trimmed", "created", "removed", "changed")


def _start() -> Webinar:
    """Return a segment of every kind side by side, some with a gap (ids s0, s1 …), with markers alike."""
    numbers = iter(range(100))
    placed = [
        *segment_factory.make_sequence(MEDIA, 0, SEGMENT_DEFAULTS),
        segment_factory.make_cta(2_000, SEGMENT_DEFAULTS),
    ]
    placed.append(segment_factory.make_survey(50_000, SEGMENT_DEFAULTS))
    named = tuple(
        msgspec.structs.replace(one, id=f"s{n}", start_ms=one.start_ms + n * 700) for n, one in enumerate(placed)
    )
    steps = (Add(segments=named, media=MEDIA), AddMarker(at_ms=5_000))
    return apply_all(Webinar(id="w", title="Fuzz"), steps, new_id=lambda: f"m{next(numbers)}")[-1].webinar


START = _start()
IDS = st.sampled_from([*(segment.id for segment in START.segments), "m0", "new", "another", "x" * 64])
ODD = st.sampled_from(
    [None, True, -1, 0, 2**63, 10**30, 1.5, "", "x" * 65, "\0", "\u202e\n", [], {}, [[[]]], {"op": "move"}, "9" * 5_000]
)
TEXTS = {
    "[0-9a-f]": st.sampled_from([media.sha256 for media in MEDIA] + ["f" * 64]),
    "T[0-9]": st.sampled_from(
        ["2026-03-29T02:30:00", "2026-02-30T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59"]
    ),
    "A-F": st.just("#12abEF"),
    "A-Z": st.just("EUR"),
}
FREE = st.sampled_from(["", "Title", "Europe/Paris", "../../etc", "a\nb\x1b[2J", "é\u202e", "https://example.org"])


def _values(shape: shapes.Type) -> st.SearchStrategy:
    """Values of a type as JSON has them, seldom something else."""
    match shape:
        case shapes.UnionType(types=types):
            fitting = st.one_of([_values(one) for one in types if not isinstance(one, shapes.CustomType)])
        case shapes.IntType(ge=low, le=high):
            low, high = -MAX_WEBINAR_MS if low is None else low, 2**60 if high is None else high
            near = [low, high, 0, 1, 999, 1_000, 30_000, -1_000, -30_000, MAX_WEBINAR_MS]
            fitting = st.sampled_from([one for one in near if low <= one <= high]) | st.integers(
                low, min(high, 200_000)
            )
        case shapes.StrType(pattern=str(pattern)):
            fitting = next(texts for part, texts in TEXTS.items() if part in pattern)
        case shapes.StrType(max_length=64):
            fitting = IDS
        case shapes.StrType():
            fitting = FREE
        case shapes.LiteralType(values=values):
            fitting = st.sampled_from(sorted(values))
        case shapes.VarTupleType(item_type=item):
            fitting = st.lists(_values(item), max_size=3)
        case shapes.StructType(cls=kind):
            fitting = _objects(kind)
        case shapes.BoolType():
            fitting = st.booleans()
        case _:
            fitting = st.none()
    return st.integers(0, 199).flatmap(lambda chance: ODD if chance == 0 else fitting)


def _objects(kind: type[msgspec.Struct]) -> st.SearchStrategy:
    """Draw a struct by its fields; defaults are sometimes left out, and a segment is often an existing one, changed."""
    fields = {each.encode_name: _values(shapes.type_info(each.type)) for each in msgspec.structs.fields(kind)}
    needed = {each.encode_name for each in msgspec.structs.fields(kind) if each.required}
    tag = kind.__struct_config__.tag
    tagged = {kind.__struct_config__.tag_field: st.just(tag)} if tag else {}
    objects = st.fixed_dictionaries(
        {name: fields[name] for name in needed} | tagged,
        optional={name: values for name, values in fields.items() if name not in needed},
    )
    examples = [msgspec.to_builtins(one) for one in START.segments if type(one) is kind]
    if kind not in get_args(AnySegment) or not examples:
        return objects
    changes = st.fixed_dictionaries({}, optional={name: fields[name] for name in ("id", "start_ms", "title")})
    return objects | st.builds(lambda one, change: one | change, st.sampled_from(examples), changes)


LISTS = st.lists(st.one_of([_objects(kind) for kind in get_args(AnyOperation)]), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with Workspace(tmp_path_factory.mktemp("fuzz") / "library") as new_workspace:
        new_workspace.library.create(START)
        yield new_workspace


@settings(max_examples=250, deadline=None)
@given(operations=LISTS)
def test_random_edits_are_done_or_refused_in_words_and_what_is_stored_is_sound(workspace, operations):
    if workspace.library.load_draft("w").webinar != START:
        workspace.open("w").replace(START, "again")
    edits = workspace.root / "edits.json"
    edits.write_text(json.dumps(operations), "utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = main(["edit", "w", str(edits), "--json", "--library", str(workspace.root)])
    reply = json.loads(out.getvalue())
    stored = workspace.library.load_draft("w")
    if code == 0:
        for each in reply:
            touched = [one for field in RESULT_FIELDS for one in each[field]]
            assert len(touched) == len(set(touched))
        assert find_violations(stored.webinar) == ()
        assert serialization.encode(serialization.decode(stored.body).webinar) == stored.body
    else:
        assert code == 1
        assert reply["error"]["code"] in ERRORS.keys() - {"cli.bug"}, reply
        assert stored.webinar == START
