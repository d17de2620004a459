"""One open webinar: its present, the steps behind it and the steps taken back.

Webinars are immutable, so undo is assignment: a step holds the webinar before and after it, which share all they have
in common, and undo then redo gives back the same bytes. What is durable comes first: `store` is called before the
present changes, so whatever it raises, nothing has changed. Steps live only as long as the document is open.

Two programs may have one webinar open. The second to write is refused by `store` (``library.stale``); nothing of the
other's work is lost, and `reload` takes it over. The steps are dropped then: they would lead back to a webinar that is
no longer there.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from editor.errors import Known
from editor.schedule.edits import apply
from editor.schedule.model import Webinar
from editor.schedule.operations import AnyOperation, Edited

CAP_BYTES = 128 * 1024 * 1024
"""How much the steps may hold together, by `weight`; the last step is kept whatever it weighs."""
_SAMPLE = 32
_POINTER_BYTES = 8


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be undone: a gesture, however many segments it touched."""

    op_tag: str
    """The operation's tag, or what `replace` was given: what the step is called by."""
    facts: dict[str, Any]
    """For its name: `title` of the first segment (or marker) it is about, its `kind`, and the `count` of segments."""
    before: Webinar
    after: Webinar
    edited: Edited | None = None
    """What it did to which segments; None where the whole webinar was replaced."""


Loaded = tuple[Webinar, tuple[str, ...]]
"""A webinar as it is stored now, and what in it this program does not know."""


class Document:
    """The present webinar, with undo and redo. Use it from one thread, the one that may wait for the disk."""

    def __init__(
        self,
        webinar: Webinar,
        store: Callable[[Webinar], object],
        *,
        read_only: bool = False,
        unknown: tuple[str, ...] = (),
        load: Callable[[], Loaded] | None = None,
        cap_bytes: int = CAP_BYTES,
    ) -> None:
        """Open a webinar.

        Args:
            webinar: As it is stored.
            store: Writes a webinar durably, or raises and has written nothing.
            read_only: Refuse every edit.
            unknown: Fields and kinds this program does not know; with any, the document is read-only.
            load: Reads what is stored now, for `reload`.
            cap_bytes: How much the steps may weigh together.
        """
        self._present = webinar
        self._store = store
        self._load = load
        self._asked_read_only = read_only
        self.unknown = unknown
        self._cap_bytes = cap_bytes
        self._past: list[tuple[Step, int]] = []
        self._future: list[tuple[Step, int]] = []
        self._held = 0

    @property
    def webinar(self) -> Webinar:
        """The present: what is on the disk."""
        return self._present

    @property
    def read_only(self) -> bool:
        """Whether every edit is refused."""
        return self._asked_read_only or bool(self.unknown)

    @property
    def undoable(self) -> Step | None:
        """The step that `undo` would take back."""
        return self._past[-1][0] if self._past else None

    @property
    def redoable(self) -> Step | None:
        """The step that `redo` would do again."""
        return self._future[-1][0] if self._future else None

    def apply(self, op: AnyOperation, *, amend: bool = False) -> Step:
        """Carry out an operation and store what comes of it.

        Args:
            op: What to do.
            amend: Join the step before, so that both are undone as one (the length pop-up after an add).

        Returns:
            The step it is part of. An edit that comes to nothing makes none: its step leads from the present to the
            present, and nothing is stored.

        Raises:
            Refused: the edit cannot be; nothing has changed, and what could be redone still can.
            Known: ``document.read_only``, or what `store` raised; likewise.
        """
        self._writable()
        before = self._present
        edited = apply(before, op)
        tag = str(op.__struct_config__.tag)
        step = Step(op_tag=tag, facts=_facts(op, before, edited), before=before, after=edited.webinar, edited=edited)
        if edited.webinar is before:
            return step
        joined = self.undoable if amend else None
        if joined is not None:
            step = _joined(joined, step)
        self._take(step, joins=joined is not None)
        return step

    def replace(self, webinar: Webinar, label: str, facts: Mapping[str, Any] | None = None) -> Step:
        """Put a whole webinar in the present's place, as one step: a version that is restored, a list of edits.

        Args:
            webinar: The new present; of the same id.
            label: What the step is called by (`Step.op_tag`), e.g. ``restore``.
            facts: For the step's name.

        Raises:
            Known: ``document.read_only``, or what `store` raised.
        """
        self._writable()
        step = Step(op_tag=label, facts=dict(facts or {}), before=self._present, after=webinar)
        self._take(step, joins=False)
        return step

    def undo(self) -> Step:
        """Take the last step back.

        Raises:
            Known: ``document.nothing_to_undo``, ``document.read_only``, or what `store` raised.
        """
        self._writable()
        if not self._past:
            raise Known("document.nothing_to_undo")
        step, _ = self._past[-1]
        self._store(step.before)
        self._future.append(self._past.pop())
        self._present = step.before
        return step

    def redo(self) -> Step:
        """Do the step again that was taken back last.

        Raises:
            Known: ``document.nothing_to_redo``, ``document.read_only``, or what `store` raised.
        """
        self._writable()
        if not self._future:
            raise Known("document.nothing_to_redo")
        step, _ = self._future[-1]
        self._store(step.after)
        self._past.append(self._future.pop())
        self._present = step.after
        return step

    def reload(self) -> Webinar:
        """Take over what is stored now, after another program has written. The steps are dropped.

        Raises:
            Known: what is stored cannot be read; the present stays.
        """
        if self._load is not None:
            self._present, self.unknown = self._load()
            self._past.clear()
            self._future.clear()
            self._held = 0
        return self._present

    def _writable(self) -> None:
        if self.read_only:
            raise Known("document.read_only", title=self._present.title, unknown=self.unknown)

    def _take(self, step: Step, *, joins: bool) -> None:
        """Store a step's webinar, then let it be the present and the last step."""
        self._store(step.after)
        self._present = step.after
        if joins:
            self._held -= self._past.pop()[1]
        self._held -= sum(held for _, held in self._future)
        self._future.clear()
        held = weight(step)
        self._past.append((step, held))
        self._held += held
        while self._held > self._cap_bytes and len(self._past) > 1:
            self._held -= self._past.pop(0)[1]


def weight(step: Step) -> int:
    """About how many bytes a step holds that its neighbours do not: as many segments as it touched, of the
    encoded size that segments have here on average, and the lanes that list them.

    Looking through the lanes for what differs would take longer than all else the document does; of many segments a
    sample is encoded.
    """
    before, after = step.before, step.after
    held = len(msgspec.json.encode([getattr(after, name) for name in _LONG]))
    for lane in ("programme", "interactions", "markers"):
        if getattr(before, lane) is not getattr(after, lane):
            held += _POINTER_BYTES * len(getattr(after, lane))
    if before.media is not after.media:
        held += _size_of_one(tuple(after.media.values())) * len(after.media)
    size = max(_size_of_one(lane) for webinar in (before, after) for lane in (webinar.programme, webinar.interactions))
    if step.edited is None:
        return held + size * (len(before.segments) + len(after.segments))
    return held + size * sum(len(getattr(step.edited, fate)) for fate in _FATES)


_LONG = ("title", "description", "waiting_text", "moderators")
"""The fields beside the lanes that can be long."""


def _size_of_one(parts: tuple[object, ...]) -> int:
    sample = parts[:: max(1, len(parts) // _SAMPLE)]
    return len(msgspec.json.encode(sample)) // len(sample) if sample else 0


# ------------------------------------------------------------------------------------------ what a step is called


def _facts(op: AnyOperation, before: Webinar, edited: Edited) -> dict[str, Any]:
    """What a step's name tells: the segment or marker it is about, and how many there are of them."""
    named = getattr(op, "segments", None) or getattr(op, "lengths", None) or (getattr(op, "segment", None),)
    ids: list[str] = [one if isinstance(one, str) else getattr(one, "segment", getattr(one, "id", "")) for one in named]
    if ids == [""]:
        ids = list(_touched(op, edited))
    facts: dict[str, Any] = {"count": len(ids)}
    for webinar in (before, edited.webinar):
        segment = webinar.find(ids[0]) if ids else None
        if segment is not None:
            media = webinar.media.get(getattr(segment, "media", ""))
            return facts | {
                "title": segment.title or (media.name if media else ""),
                "kind": str(segment.__struct_config__.tag),
            }
        marker = next((marker for marker in webinar.markers if ids and marker.id == ids[0]), None)
        if marker is not None:
            return facts | {"title": marker.title}
    return facts


def _touched(op: AnyOperation, edited: Edited) -> Iterable[str]:
    """The ids an operation is about that names none itself: its marker, or the segment that was cut at a position."""
    marker = getattr(op, "marker", None)
    if marker is not None:
        return (marker,)
    return edited.trimmed[:1] or edited.created[:1] or edited.removed[:1] or edited.changed[:1]


def _joined(first: Step, second: Step) -> Step:
    """Two steps as one, named by the first."""
    return Step(
        op_tag=first.op_tag,
        facts=first.facts,
        before=first.before,
        after=second.after,
        edited=None if first.edited is None or second.edited is None else _both(first.edited, second.edited),
    )


def _both(first: Edited, second: Edited) -> Edited:
    """What two edits did together; a segment that the first made and the second took away was never there."""
    fates = {one: fate for fate in _FATES for one in getattr(first, fate)}
    for fate in _FATES:
        for one in getattr(second, fate):
            before = fates.get(one)
            if fate == "removed" and before == "created":
                del fates[one]
            elif fate == "created" and before == "removed":
                fates[one] = "trimmed"
            elif before is None or _FATES.index(fate) > _FATES.index(before):
                fates[one] = fate
    return Edited(
        webinar=second.webinar,
        **{fate: tuple(one for one, found in fates.items() if found == fate) for fate in _FATES},
    )


_FATES = ("changed", "moved", "trimmed", "created", "removed")
"""What can become of a segment; what stands later says more."""
