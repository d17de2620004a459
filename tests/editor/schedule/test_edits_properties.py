"""Random sequences of edits, undo and redo in every mode keep the invariants."""

import itertools
import random
from collections import Counter

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.errors.messages import ERRORS
from editor.schedule import operations as ops
from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.model import LANES, MAX_WEBINAR_MS, Presentation, Timed, new_id
from editor.schedule.stage import compute_stage

S = 1000
MODES = ("normal", "insert", "overwrite")

small = st.integers(0, 11)
step = st.tuples(
    st.integers(0, 31), small, small, st.integers(-4, 40), st.sampled_from((0, 1, -1, 500, -999, -1500)), small
)
"""One edit: its operation, its segments, its place (near multiples of half a second) and its mode."""

sequences = settings(
    max_examples=600, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
fewer = settings(sequences, max_examples=300)


def apply_or_refuse(webinar, op, new_id_factory=new_id):
    """Return the result of an operation, or its refusal."""
    try:
        return apply(webinar, op, new_id=new_id_factory)
    except EditRefusedError as error:
        return error


class EditSession:
    """A webinar with its undo and redo history."""

    def __init__(self, webinar, segment, check_edit):
        self.webinar = webinar
        self.undo_stack = []
        self.redo_stack = []
        self.segment = segment
        self.check_edit = check_edit
        self.count = itertools.count(1)

    def make_id(self):
        return f"n{next(self.count)}"

    def list_edges(self):
        found = {0, MAX_WEBINAR_MS}
        for one in self.webinar.segments:
            found |= {one.start_ms, one.end_ms}
        return sorted(found)

    def choose(self, index, count=1):
        every = self.webinar.segments
        return tuple({every[(index + turn * 3) % len(every)].id: None for turn in range(count)}) if every else ("none",)

    def make(self, word, start, length):
        segment = self.segment(f"{word}:0-{length}" + ("@0" if word == "short" else ""))
        title = f"{word}{next(self.count)}"
        return msgspec.structs.replace(segment, id=title, start_ms=start)

    def make_operation(self, which, first, second, half, beside, more):
        """Return the operation that a step describes for the present webinar."""
        edges = self.list_edges()
        at = edges[first % len(edges)] + beside if more % 2 else half * 500 + beside
        mode = MODES[more % 3]
        place = min(max(at, 0), MAX_WEBINAR_MS)
        unlock = more == 5
        if which < 5:
            word = ("A", "img", "pdf", "short", "x", "s", "aud")[second % 7]
            placed = [self.make(word, at, 1 + first)]
            if second > 8:
                placed.append(self.make("y", at + 1000 * (second - 8), 4))
            return ops.Add(segments=tuple(placed), mode=mode, unlock=unlock)
        if which < 12:
            chosen = self.choose(first, 1 + second % 3)
            return ops.Move(segments=chosen, delta_ms=half * 500 + beside - 5 * S, mode=mode, unlock=unlock)
        if which < 17:
            edge = ("start", "end")[second % 2]
            delta = half * 500 + beside - 8 * S
            return ops.Resize(
                segment=self.choose(first)[0], edge=edge, delta_ms=delta, mode=mode, exact=more > 9, unlock=unlock
            )
        if which == 17:
            return ops.SetLengths(
                lengths=tuple(
                    ops.Lengths(segment=name, start_ms=place if turn == 0 and second % 2 else None, play_ms=second * S)
                    for turn, name in enumerate(self.choose(first, 1 + second % 2))
                ),
                mode=mode,
            )
        if which < 20:
            return ops.Split(at_ms=place, segments=self.choose(first, second % 4) if second % 4 else ())
        if which == 20:
            return ops.Delete(segments=self.choose(first, 1 + second % 2))
        if which == 21:
            return ops.RippleDelete(segments=self.choose(first, 1 + second % 3), unlock=unlock)
        if which == 22:
            return ops.RippleTrim(at_ms=place, edge=("start", "end")[second % 2])
        if which == 23:
            lane = LANES[second % 2]
            return ops.CloseGaps(lane=lane, from_ms=place) if more % 2 else ops.CloseGap(lane=lane, at_ms=place)
        if which == 24:
            copied = [one for one in self.webinar.segments if one.id in self.choose(first, 1 + second % 3)]
            return ops.Paste(segments=tuple(copied), at_ms=place, mode=mode)
        if which == 25:
            return ops.Duplicate(segments=self.choose(first))
        if which == 26:
            chosen = self.choose(first, 2 + second % 2)
            return ops.Group(segments=chosen) if second else ops.Ungroup(segments=chosen)
        if which == 27:
            return ops.Lock(lane=LANES[first % 2], locked=second > 9)
        if which == 28:
            one = self.webinar.find_segment(self.choose(first)[0])
            if isinstance(one, Timed | Presentation):
                one = msgspec.structs.replace(one, fade_in_ms=second * 300, fade_out_ms=more * 300)
            elif one is not None:
                one = msgspec.structs.replace(one, title=f"t{second}")
            return ops.ChangeSegment(segment=one) if one is not None else ops.ChangeProperties(title="empty")
        if which == 29:
            if second % 2:
                return ops.SpreadEvenly(segment=self.choose(first)[0])
            known = list(self.webinar.media.values())
            return ops.ReplaceMedia(segment=self.choose(first)[0], media=known[second % len(known)])
        if which == 30:
            return ops.AddMarker(at_ms=place)
        markers = [marker.id for marker in self.webinar.markers] or ["none"]
        name = markers[first % len(markers)]
        return ops.RemoveMarker(marker=name) if second > 8 else ops.ChangeMarker(marker=name, at_ms=place)

    def do(self, op):
        """Apply, check and remember an operation; a refusal changes nothing, and its alternative works."""
        edited = apply_or_refuse(self.webinar, op, self.make_id)
        if isinstance(edited, EditRefusedError):
            assert edited.code in KNOWN_REFUSALS, edited
            if edited.alternative is not None:
                self.check_edit(self.webinar, apply(self.webinar, edited.alternative, new_id=self.make_id))
            return None
        self.check_edit(self.webinar, edited)
        if edited.webinar is not self.webinar:
            self.undo_stack.append((encode(self.webinar), self.webinar))
            self.redo_stack.clear()
            self.webinar = edited.webinar
        return edited

    def undo(self):
        if self.undo_stack:
            body, before = self.undo_stack.pop()
            self.redo_stack.append((encode(self.webinar), self.webinar))
            self.webinar = before
            assert encode(self.webinar) == body

    def redo(self):
        if self.redo_stack:
            body, after = self.redo_stack.pop()
            self.undo_stack.append((encode(self.webinar), self.webinar))
            self.webinar = after
            assert encode(self.webinar) == body


KNOWN_REFUSALS = {code for code in ERRORS if code.startswith("refused.")}


def encode(webinar):
    return msgspec.json.encode(webinar, order="deterministic")


START = ("A:0-10~13 img:13-20 B:25-40~42 pdf:45-135 short:140-146~150@0", "x:2-6 y:12-22 s:30-60", "m:5 n:41")


@pytest.fixture
def edit_session(make_webinar, segment, check_edit):
    return lambda *lanes: EditSession(make_webinar(*(lanes or START)), segment, check_edit)


@sequences
@given(steps=st.lists(step, max_size=14), turns=st.lists(small, max_size=14))
def test_whatever_is_edited_undone_and_redone_every_invariant_holds(edit_session, steps, turns):
    at = edit_session()
    for one, turn in itertools.zip_longest(steps, turns):
        if one is not None:
            at.do(at.make_operation(*one))
        if turn is not None and turn < 4:
            for _ in range(turn):
                at.undo()
        elif turn is not None and turn > 9:
            at.redo()
    last = encode(at.webinar)
    ways = len(at.undo_stack)
    for _ in range(ways):
        at.undo()
    for _ in range(ways):
        at.redo()
    assert encode(at.webinar) == last


def test_thousands_of_random_sequences(edit_session):
    """Hypothesis finds short sequences; these are long, and every other one begins with an empty webinar."""
    chance = random.Random(20)
    beside = (0, 1, -1, 500, -999, -1500)
    done = 0
    for turn in range(2500):
        at = edit_session("", "") if turn % 2 else edit_session()
        for _ in range(12):
            which = chance.randrange(32) if len(at.webinar.segments) < 25 else 20
            numbers = chance.randrange(12), chance.randrange(12), chance.randrange(-4, 41)
            at.do(at.make_operation(which, *numbers, chance.choice(beside), chance.randrange(12)))
            if chance.random() < 0.2:
                chance.choice((at.undo, at.undo, at.redo))()
        done += len(at.undo_stack)
    assert done > 10_000


# --------------------------------------------------------------------------------------- what is conserved


def get_contents(lane):
    """Return how long a lane plays in total, in ms by media, hold, picture and offer."""
    total = Counter()
    for segment in lane:
        name = getattr(segment, "media", None) or segment.offer
        if isinstance(segment, Timed):
            total[name, "hold"] += segment.hold_ms
        total[name] += segment.out_ms - segment.in_ms if isinstance(segment, Timed) else segment.length_ms
    return +total


@fewer
@given(steps=st.lists(step, max_size=6), chosen=st.tuples(small, st.integers(1, 3)), delta=st.integers(-80_000, 80_000))
def test_an_insert_move_conserves_what_is_played(edit_session, steps, chosen, delta):
    at = edit_session()
    for one in steps:
        at.do(at.make_operation(*one))
    before = at.webinar
    if at.do(ops.Move(segments=at.choose(*chosen), delta_ms=delta, mode="insert", unlock=True)) is None:
        return
    for lane in LANES:
        assert get_contents(at.webinar.get_lane(lane)) == get_contents(before.get_lane(lane))
    assert {one.id for one in before.segments} <= {one.id for one in at.webinar.segments}


@fewer
@given(steps=st.lists(step, max_size=6), chosen=st.tuples(small, st.integers(1, 3)))
def test_a_ripple_delete_removes_only_its_segments_and_moves_none_later(edit_session, steps, chosen):
    at = edit_session()
    for one in steps:
        at.do(at.make_operation(*one))
    before = at.webinar
    edited = at.do(ops.RippleDelete(segments=at.choose(*chosen), unlock=True))
    if edited is None:
        return
    removed_ids = set(edited.removed)
    for lane in LANES:
        remaining = [one for one in before.get_lane(lane) if one.id not in removed_ids]
        assert [one.id for one in at.webinar.get_lane(lane)] == [one.id for one in remaining], "their order stays"
        assert get_contents(at.webinar.get_lane(lane)) == get_contents(remaining)
        assert all(new.start_ms <= old.start_ms for old, new in zip(remaining, at.webinar.get_lane(lane), strict=True))


@fewer
@given(steps=st.lists(step, max_size=6), at_ms=st.integers(0, 160_000), chosen=st.tuples(small, st.integers(0, 3)))
def test_two_halves_play_as_the_whole_did(edit_session, steps, at_ms, chosen):
    at = edit_session()
    for one in steps:
        at.do(at.make_operation(*one))
    before = at.webinar
    if at.do(ops.Split(at_ms=at_ms, segments=at.choose(*chosen) if chosen[1] else (), unlock=True)) is None:
        return
    places = {at_ms - 1000, at_ms - 1, at_ms, at_ms + 1, at_ms + 999}
    for place in places | {edge - 1 for edge in at.list_edges()} | set(at.list_edges()):
        assert describe_shown(at.webinar, place) == describe_shown(before, place)


def describe_shown(webinar, position):
    """Return the stage without the ids of segments."""
    stage = msgspec.structs.asdict(compute_stage(webinar, position))
    del stage["segment"], stage["next_change_ms"]
    if stage["kind"] == "image":
        del stage["media_ms"]  # a picture does not run, so how far into it we are is seen nowhere
    stage["offers"] = [(offer.offer, offer.kind, offer.opened_ms, offer.left_ms) for offer in stage["offers"]]
    return stage


# ------------------------------------------------------------------------- against a model that is too simple to err


def sample_cells(webinar):
    """Return the programme second by second: the second of the media, the hold after it, or None."""
    end = webinar.programme[-1].end_ms // S if webinar.programme else 0
    row = [None] * end
    for segment in webinar.programme:
        for second in range(segment.length_ms // S):
            point = segment.in_ms // S + second
            row[segment.start_ms // S + second] = min(point, segment.out_ms // S)
    return row


def without_tail(row):
    while row and row[-1] is None:
        row.pop()
    return row


def insert_cells(row, at, new):
    row = row + [None] * (at - len(row))
    return row[:at] + new + row[at:]


def overwrite_cells(row, at, new):
    row = row + [None] * (at + len(new) - len(row))
    return row[:at] + new + row[at + len(new) :]


second = st.integers(0, 45)


@settings(sequences, max_examples=1500)
@given(
    which=st.sampled_from(
        ("insert", "overwrite", "move insert", "move overwrite", "delete", "ripple delete", "trim", "close", "split")
    ),
    lengths=st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9), st.integers(0, 4)), min_size=1, max_size=5),
    first=small,
    at=second,
    length=st.integers(1, 9),
)
def test_the_programme_is_a_row_of_seconds(make_webinar, segment, check_edit, which, lengths, first, at, length):
    """On whole seconds every edit equals one of a list: slices inserted, removed, overwritten."""
    words, end = [], 0
    for turn, (gap, plays, hold) in enumerate(lengths):
        start = end + gap
        end = start + plays + hold
        words.append(f"{'ABCDE'[turn]}:{start}-{start + plays}~{end}@{100 * turn + 5}")
    webinar = make_webinar(" ".join(words))
    row = sample_cells(webinar)
    chosen = webinar.programme[first % len(webinar.programme)]
    begin, stop = chosen.start_ms // S, chosen.end_ms // S
    moved_cells = row[begin:stop]
    new = segment(f"N:{at}-{at + length}@900")
    fresh = [900 + turn for turn in range(length)]
    if which == "insert":
        op, expected = ops.Add(segments=(new,), mode="insert"), insert_cells(row, at, fresh)
    elif which == "overwrite":
        op, expected = ops.Add(segments=(new,), mode="overwrite"), overwrite_cells(row, at, fresh)
    elif which == "move insert":
        op = ops.Move(segments=(chosen.id,), delta_ms=at * S - chosen.start_ms, mode="insert")
        expected = insert_cells(row[:begin] + row[stop:], at, moved_cells)
    elif which == "move overwrite":
        op = ops.Move(segments=(chosen.id,), delta_ms=at * S - chosen.start_ms, mode="overwrite")
        expected = overwrite_cells(row[:begin] + [None] * len(moved_cells) + row[stop:], at, moved_cells)
    elif which == "delete":
        op, expected = ops.Delete(segments=(chosen.id,)), row[:begin] + [None] * len(moved_cells) + row[stop:]
    elif which == "ripple delete":
        op, expected = ops.RippleDelete(segments=(chosen.id,)), row[:begin] + row[stop:]
    elif which == "close":
        op = ops.CloseGaps(from_ms=at * S)
        expected = row[:at] + [cell for cell in row[at:] if cell is not None]
    elif which == "split":
        op, expected = ops.Split(at_ms=at * S), row
    else:
        op = ops.RippleTrim(at_ms=at * S, edge="end")
        under = [one for one in webinar.programme if one.start_ms < at * S < one.end_ms]
        expected = row[:at] + row[under[0].end_ms // S :] if under else None
    edited = apply_or_refuse(webinar, op)
    if isinstance(edited, EditRefusedError):
        assert edited.code in {"refused.nothing", "refused.short"}
        assert which in {"close", "split", "trim"}
        return
    check_edit(webinar, edited)
    assert without_tail(sample_cells(edited.webinar)) == without_tail(expected)


@settings(sequences, max_examples=600)
@given(
    lengths=st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6)), max_size=6),
    offers=st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6)), max_size=4),
    placed=st.lists(st.tuples(st.sampled_from("Nx"), st.integers(0, 30), st.integers(1, 6)), min_size=1, max_size=3),
)
def test_the_nearest_free_place_is_the_nearest_there_is(make_webinar, segment, lengths, offers, placed):
    """The nearest free place equals that found by trying every second, the earlier one first."""
    rows = []
    for prefix, row in (("A", lengths), ("y", offers)):
        words, end = [], 0
        for turn, (gap, length) in enumerate(row):
            words.append(f"{prefix}{turn}:{end + gap}-{end + gap + length}")
            end += gap + length
        rows.append(" ".join(words))
    webinar = make_webinar(*rows)
    new = tuple(segment(f"{name}{turn}:{at}-{at + length}") for turn, (name, at, length) in enumerate(placed))

    def free(by):
        occupied = set()
        for one in (*webinar.segments, *(msgspec.structs.replace(one, start_ms=one.start_ms + by) for one in new)):
            lane = one in webinar.programme or one.id.startswith("N")
            own = {(lane, at) for at in range(one.start_ms, one.end_ms, S)}
            if own & occupied or one.start_ms < 0:
                return False
            occupied |= own
        return True

    nearest = min((by for by in range(-80 * S, 80 * S, S) if free(by)), key=lambda by: (abs(by), by), default=None)
    answer = apply_or_refuse(webinar, ops.Add(segments=new))
    if nearest is None:
        assert answer.code == "refused.overlap"
    elif nearest == 0:
        assert answer.webinar.segments
    else:
        assert (answer.code, answer.nearest) == ("refused.taken", min(one.start_ms for one in new) + nearest)
