"""Every change to a webinar: `apply(webinar, operation)` answers with an `Edited`, or refuses and has changed nothing.

The rules are DESIGN.md §2's. The rooms: `parts` (one segment's content), `lanes` (one lane's places), `bench` (what an
edit works on, and the account of it), and by theme `placing`, `edges`, `removing`, `content` and `planning`.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from editor.schedule import operations as ops
from editor.schedule.edits import content, edges, placing, planning, removing
from editor.schedule.edits.bench import Bench
from editor.schedule.edits.refused import Refused
from editor.schedule.invariants import flaws
from editor.schedule.model import Webinar, new_id
from editor.schedule.operations import AnyOperation, Edited

__all__ = ["Refused", "apply", "apply_all"]

_DOERS: dict[type, Callable[[Bench, Any], None]] = {
    ops.Add: placing.add,
    ops.Move: placing.move,
    ops.Resize: edges.resize,
    ops.SetLengths: edges.set_lengths,
    ops.Split: content.cut_in_two,
    ops.Delete: removing.delete,
    ops.RippleDelete: removing.ripple_delete,
    ops.RippleTrim: edges.ripple_trim,
    ops.CloseGaps: removing.close_gaps,
    ops.CloseGap: removing.close_gap,
    ops.Paste: placing.paste,
    ops.Duplicate: placing.duplicate,
    ops.Group: content.group,
    ops.Ungroup: content.ungroup,
    ops.Lock: planning.lock,
    ops.Put: content.put,
    ops.ReplaceMedia: content.replace_media,
    ops.KnowMedia: content.know_media,
    ops.ForgetMedia: content.forget_media,
    ops.SpreadEvenly: content.spread_evenly,
    ops.AddMarker: planning.add_marker,
    ops.ChangeMarker: planning.change_marker,
    ops.RemoveMarker: planning.remove_marker,
    ops.Plan: planning.plan,
}


def apply(webinar: Webinar, op: AnyOperation, *, new_id: Callable[[], str] = new_id) -> Edited:
    """Carry out one operation, wholly or not at all.

    Args:
        webinar: what is edited; it does not change.
        op: what to do.
        new_id: gives what is created its identity.

    Returns:
        The webinar after it and what was done. Segments that were not touched are the same objects; where nothing
        came to change, so is the webinar.

    Raises:
        Refused: it cannot be done, and nothing was.
    """
    try:
        return _done(webinar, op, new_id)
    except Refused as refused:
        # In the other modes a free place is one; an insert elsewhere moves other things, and may be refused for those.
        if refused.instead is None or getattr(op, "mode", None) != "insert":
            raise
        refusal = _refusal(webinar, refused.instead, new_id)
        if refusal is None:
            raise
        raise (refusal if refusal.code == "refused.locked" else refused.without_way()) from None


def _done(webinar: Webinar, op: AnyOperation, new_id: Callable[[], str]) -> Edited:
    bench = Bench(webinar, unlock=op.unlock, new_id=new_id)
    _DOERS[type(op)](bench, op)
    edited = bench.result()
    _check(edited, webinar, op)
    return edited


def _refusal(webinar: Webinar, op: AnyOperation, new_id: Callable[[], str]) -> Refused | None:
    """Why an operation cannot be done, or None if it can."""
    try:
        _done(webinar, op, new_id)
    except Refused as refused:
        return refused
    return None


def apply_all(
    webinar: Webinar, operations: Iterable[AnyOperation], *, new_id: Callable[[], str] = new_id
) -> tuple[Edited, ...]:
    """Carry out operations one after another, all or none.

    Raises:
        Refused: one cannot be done; the fact ``index`` tells which, from 0.
    """
    done: list[Edited] = []
    for index, op in enumerate(operations):
        try:
            done.append(apply(done[-1].webinar if done else webinar, op, new_id=new_id))
        except Refused as refused:
            refused.facts["index"] = index
            raise
    return tuple(done)


def _check(edited: Edited, before: Webinar, op: AnyOperation) -> None:
    """See that what an operation brought along is sound; the edits themselves keep what was sound so.

    Raises:
        Refused: ``refused.values`` where a field is outside its bounds, ``refused.broken`` where a segment cannot be.
    """
    try:
        msgspec.convert(msgspec.to_builtins(op), type(op))
    except msgspec.ValidationError as wrong:
        raise Refused("refused.values", reason=str(wrong)) from None
    webinar = edited.webinar
    fresh = {
        sha256
        for sha256, media in webinar.media.items()
        if webinar.media is not before.media
        if before.media.get(sha256) is not media
    }
    touched = {*edited.created, *edited.trimmed, *edited.changed}
    if not touched and not fresh:
        return
    for segment in webinar.segments:
        if segment.id in touched or (fresh and getattr(segment, "media", None) in fresh):
            for flaw in flaws(segment, webinar.media):
                raise Refused("refused.broken", why=flaw.code, title=segment.title)
