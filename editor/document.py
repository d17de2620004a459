"""One open webinar: its present state, the steps that can be undone and those that can be redone.

Webinars are immutable, so undo is assignment: a step holds the webinar before and after it, which share all they have
in common, and undo then redo gives back the same bytes. Storing comes first: `store` is called before the present
state changes, so where it raises, nothing has changed. Steps live only as long as the document is open.

Two programs may have one webinar open. The second to write is refused by `store` (``library.stale``); nothing that the
first wrote is lost, and `reload` reads it. The steps are dropped then, because they lead back to a webinar that is no
longer stored.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from editor.errors import KnownError
from editor.schedule.edits import apply
from editor.schedule.kinds import kind_of
from editor.schedule.model import Webinar
from editor.schedule.operations import AnyOperation, EditResult

MAX_HISTORY_BYTES = 128 * 1024 * 1024
"""How many bytes all steps may hold together (see `estimate_size`); the last step is kept whatever its size."""
_SAMPLE_SIZE = 32
_POINTER_BYTES = 8


class UndoStep(msgspec.Struct, frozen=True, kw_only=True):
    """An immutable step of a document that can be undone: the webinar before and after, and what it did.

    `Document.apply` and `Document.replace` make one for each gesture, however many segments it touched.
    """

    op_tag: str
    """The operation's tag, or the label that `replace` was given; the step is named by it."""
    facts: dict[str, Any]
    """For its name: `title` of the first segment (or marker) it is about, its `kind`, and the `count` of segments."""
    before: Webinar
    after: Webinar
    result: EditResult | None = None
    """What it did to which segments; None where the whole webinar was replaced."""


StoredWebinar = tuple[Webinar, tuple[str, ...]]
"""A webinar as it is stored now, and what in it this program does not know."""


class Document:
    """One open webinar with undo and redo, which stores each edit on the disk before it takes effect.

    Use it from one thread only, one that may wait for the disk. `Workspace.open` makes one of a webinar in the library.

    Args:
        webinar: As it is stored.
        store: Writes a webinar durably, or raises and has written nothing.
        read_only: Refuse every edit.
        unknown: Fields and kinds this program does not know; with any, the document is read-only.
        load: Reads what is stored now, for `reload`; without it, `reload` changes nothing.
        max_history_bytes: How many bytes all steps may hold together; the oldest are dropped beyond it.
    """

    def __init__(
        self,
        webinar: Webinar,
        store: Callable[[Webinar], object],
        *,
        read_only: bool = False,
        unknown: tuple[str, ...] = (),
        load: Callable[[], StoredWebinar] | None = None,
        max_history_bytes: int = MAX_HISTORY_BYTES,
    ) -> None:
        """Open a webinar as it is stored, with no step to undo."""
        self._webinar = webinar
        self._store = store
        self._load = load
        self._read_only_requested = read_only
        self.unknown = unknown
        self._max_history_bytes = max_history_bytes
        self._undo_stack: list[tuple[UndoStep, int]] = []
        self._redo_stack: list[tuple[UndoStep, int]] = []
        self._history_bytes = 0

    @property
    def webinar(self) -> Webinar:
        """The webinar after the last edit, undo or redo, which is what is stored; it never changes in place."""
        return self._webinar

    @property
    def is_read_only(self) -> bool:
        """Whether every edit is refused: it was opened so, or has parts that this program does not know (`unknown`)."""
        return self._read_only_requested or bool(self.unknown)

    @property
    def next_undo(self) -> UndoStep | None:
        """The step that `undo` would take back; None where there is none."""
        return self._undo_stack[-1][0] if self._undo_stack else None

    @property
    def next_redo(self) -> UndoStep | None:
        """The step that `redo` would do again; None where there is none. Every new edit drops them all."""
        return self._redo_stack[-1][0] if self._redo_stack else None

    def apply(self, op: AnyOperation, *, amend: bool = False) -> UndoStep:
        """Carry out an operation and store what comes of it.

        A stored edit drops all steps that could be redone, and perhaps the oldest that could be undone.

        Args:
            op: What to do.
            amend: Join it with the previous step, so that both are undone as one (the length pop-up after an add);
                without a previous step, or for an edit without effect, as False.

        Returns:
            The step it is part of. An edit that changes nothing adds no step and stores nothing; the step returned
            leads from the present webinar to itself.

        Raises:
            EditRefusedError: The edit is not possible. Nothing has changed, and redo still works.
            KnownError: ``document.read_only``, or the error of `store`; nothing has changed either.
        """
        self._require_writable()
        before = self._webinar
        result = apply(before, op)
        tag = str(op.__struct_config__.tag)
        step = UndoStep(
            op_tag=tag, facts=_make_facts(op, before, result), before=before, after=result.webinar, result=result
        )
        if result.webinar is before:
            return step
        previous = self.next_undo if amend else None
        if previous is not None:
            step = _join_steps(previous, step)
        self._commit(step, amends=previous is not None)
        return step

    def replace(self, webinar: Webinar, label: str, facts: Mapping[str, Any] | None = None) -> UndoStep:
        """Replace the whole webinar as one step: a restored version, or a list of edits.

        The step is added, and stored, even if the webinar is the same; the rules of the timeline are not checked.

        Args:
            webinar: The new webinar; it has the same id.
            label: The step's `op_tag`, e.g. ``restore``.
            facts: For the step's name (as `UndoStep.facts`); None for none.

        Raises:
            KnownError: ``document.read_only``, or the error of `store`, e.g. ``library.stale``; nothing has changed.
        """
        self._require_writable()
        step = UndoStep(op_tag=label, facts=dict(facts or {}), before=self._webinar, after=webinar)
        self._commit(step, amends=False)
        return step

    def undo(self) -> UndoStep:
        """Take the last step back, store the webinar before it, and return the step.

        If storing fails, nothing changes.

        Raises:
            KnownError: ``document.nothing_to_undo``, ``document.read_only``, or the error of `store`.
        """
        self._require_writable()
        if not self._undo_stack:
            raise KnownError("document.nothing_to_undo")
        step, _ = self._undo_stack[-1]
        self._store(step.before)
        self._redo_stack.append(self._undo_stack.pop())
        self._webinar = step.before
        return step

    def redo(self) -> UndoStep:
        """Do the step again that was taken back last, store the webinar after it, and return the step.

        If storing fails, nothing changes.

        Raises:
            KnownError: ``document.nothing_to_redo``, ``document.read_only``, or the error of `store`.
        """
        self._require_writable()
        if not self._redo_stack:
            raise KnownError("document.nothing_to_redo")
        step, _ = self._redo_stack[-1]
        self._store(step.after)
        self._undo_stack.append(self._redo_stack.pop())
        self._webinar = step.after
        return step

    def reload(self) -> Webinar:
        """Read and return what is stored now, after another program has written, and drop all undo and redo steps.

        Without `load`, the webinar is returned as it is, and the steps stay.

        Raises:
            KnownError: What is stored cannot be read, e.g. ``library.no_webinar``; webinar and steps stay as they are.
        """
        if self._load is not None:
            self._webinar, self.unknown = self._load()
            self._undo_stack.clear()
            self._redo_stack.clear()
            self._history_bytes = 0
        return self._webinar

    def _require_writable(self) -> None:
        if self.is_read_only:
            raise KnownError("document.read_only", title=self._webinar.title, unknown=self.unknown)

    def _commit(self, step: UndoStep, *, amends: bool) -> None:
        """Store the webinar after a step, then make it the present one and the step the last one."""
        self._store(step.after)
        self._webinar = step.after
        if amends:
            self._history_bytes -= self._undo_stack.pop()[1]
        self._history_bytes -= sum(size for _, size in self._redo_stack)
        self._redo_stack.clear()
        held = estimate_size(step)
        self._undo_stack.append((step, held))
        self._history_bytes += held
        while self._history_bytes > self._max_history_bytes and len(self._undo_stack) > 1:
            self._history_bytes -= self._undo_stack.pop(0)[1]


def estimate_size(step: UndoStep) -> int:
    """Estimate how many bytes a step holds that its neighbours do not.

    The estimate is the number of segments that the step touched times their mean encoded size in this webinar, plus the
    lanes that list them. Comparing the lanes would take longer than the edit itself, so a sample of the segments is
    encoded.
    """
    before, after = step.before, step.after
    total = len(msgspec.json.encode([getattr(after, name) for name in _LONG_FIELDS]))
    for lane in ("programme", "interactions", "markers"):
        if getattr(before, lane) is not getattr(after, lane):
            total += _POINTER_BYTES * len(getattr(after, lane))
    if before.media is not after.media:
        total += _estimate_item_size(tuple(after.media.values())) * len(after.media)
    size = max(
        _estimate_item_size(lane) for webinar in (before, after) for lane in (webinar.programme, webinar.interactions)
    )
    if step.result is None:
        return total + size * (len(before.segments) + len(after.segments))
    return total + size * sum(len(getattr(step.result, outcome)) for outcome in _OUTCOMES)


_LONG_FIELDS = ("title", "description", "waiting_text", "moderators")
"""The fields beside the lanes that can be long."""


def _estimate_item_size(items: tuple[object, ...]) -> int:
    sample = items[:: max(1, len(items) // _SAMPLE_SIZE)]
    return len(msgspec.json.encode(sample)) // len(sample) if sample else 0


# ------------------------------------------------------------------------------------------- names of steps


def _make_facts(op: AnyOperation, before: Webinar, result: EditResult) -> dict[str, Any]:
    """Return the facts for a step's name: title and kind of the first segment or marker, and how many there are."""
    targets = getattr(op, "segments", None) or getattr(op, "lengths", None) or (getattr(op, "segment", None),)
    ids: list[str] = [
        target if isinstance(target, str) else getattr(target, "segment", getattr(target, "id", ""))
        for target in targets
    ]
    if ids == [""]:
        ids = list(_find_touched(op, result))
    facts: dict[str, Any] = {"count": len(ids)}
    for webinar in (before, result.webinar):
        segment = webinar.find_segment(ids[0]) if ids else None
        if segment is not None:
            media = webinar.media.get(getattr(segment, "media", ""))
            return facts | {
                "title": segment.title or (media.name if media else ""),
                "kind": kind_of(segment),
            }
        marker = next((marker for marker in webinar.markers if ids and marker.id == ids[0]), None)
        if marker is not None:
            return facts | {"title": marker.title}
    return facts


def _find_touched(op: AnyOperation, result: EditResult) -> Iterable[str]:
    """Return the ids that an operation without segments of its own is about: its marker, or the segment it cut."""
    marker = getattr(op, "marker", None)
    if marker is not None:
        return (marker,)
    return result.trimmed[:1] or result.created[:1] or result.removed[:1] or result.changed[:1]


def _join_steps(first: UndoStep, second: UndoStep) -> UndoStep:
    """Two steps as one, named by the first."""
    return UndoStep(
        op_tag=first.op_tag,
        facts=first.facts,
        before=first.before,
        after=second.after,
        result=None if first.result is None or second.result is None else _merge_results(first.result, second.result),
    )


def _merge_results(first: EditResult, second: EditResult) -> EditResult:
    """Return what two edits did together; a segment that the first created and the second removed is left out."""
    outcome_by_segment = {one: outcome for outcome in _OUTCOMES for one in getattr(first, outcome)}
    for outcome in _OUTCOMES:
        for one in getattr(second, outcome):
            before = outcome_by_segment.get(one)
            if outcome == "removed" and before == "created":
                del outcome_by_segment[one]
            elif outcome == "created" and before == "removed":
                outcome_by_segment[one] = "trimmed"
            elif before is None or _OUTCOMES.index(outcome) > _OUTCOMES.index(before):
                outcome_by_segment[one] = outcome
    return EditResult(
        webinar=second.webinar,
        **{
            outcome: tuple(one for one, found in outcome_by_segment.items() if found == outcome)
            for outcome in _OUTCOMES
        },
    )


_OUTCOMES = ("changed", "moved", "trimmed", "created", "removed")
"""What can happen to a segment, in order of importance; a later one hides an earlier one."""
