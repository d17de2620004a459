"""Carries out operations: `apply(webinar, operation)` returns an `EditResult`, or raises and has changed nothing.

docs/rules.md states the rules of the timeline. The modules: `segments` (the content of one segment), `lanes` (the
places on one lane), `context` (the state of one edit and its result), and by theme `placement`, `trimming`, `removal`,
`content` and `webinar_properties`.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from editor.schedule import operations as ops
from editor.schedule.edits import content, placement, removal, trimming, webinar_properties
from editor.schedule.edits.context import EditContext
from editor.schedule.edits.errors import EditRefusedError
from editor.schedule.invariants import find_segment_violations
from editor.schedule.model import Webinar, new_id
from editor.schedule.operations import AnyOperation, EditResult

__all__ = ["EditRefusedError", "apply", "apply_all"]

_HANDLERS: dict[type, Callable[[EditContext, Any], None]] = {
    ops.Add: placement.add,
    ops.Move: placement.move,
    ops.Resize: trimming.resize,
    ops.SetLengths: trimming.set_lengths,
    ops.Split: content.split_at,
    ops.Delete: removal.delete,
    ops.RippleDelete: removal.ripple_delete,
    ops.RippleTrim: trimming.ripple_trim,
    ops.CloseGaps: removal.close_gaps,
    ops.CloseGap: removal.close_gap,
    ops.Paste: placement.paste,
    ops.Duplicate: placement.duplicate,
    ops.Group: content.group_segments,
    ops.Ungroup: content.ungroup_segments,
    ops.Lock: webinar_properties.set_lane_lock,
    ops.ChangeSegment: content.change_segment,
    ops.ReplaceMedia: content.replace_media,
    ops.AddMedia: content.add_media,
    ops.RemoveMedia: content.remove_media,
    ops.SpreadEvenly: content.spread_evenly,
    ops.AddMarker: webinar_properties.add_marker,
    ops.ChangeMarker: webinar_properties.change_marker,
    ops.RemoveMarker: webinar_properties.remove_marker,
    ops.ChangeProperties: webinar_properties.change_properties,
}


def apply(webinar: Webinar, op: AnyOperation, *, new_id: Callable[[], str] = new_id) -> EditResult:
    """Carry out one operation, wholly or not at all.

    Args:
        webinar: The webinar to edit; it does not change.
        op: The operation.
        new_id: Makes the ids of new segments, groups, offers and markers.

    Returns:
        The webinar after the edit, and the ids of what changed. Segments that were not touched are the same objects;
        where nothing changed, so is the webinar.

    Raises:
        EditRefusedError: The operation is not possible; nothing has changed.
    """
    try:
        return _apply_once(webinar, op, new_id)
    except EditRefusedError as error:
        # In normal mode the alternative is a free place and always works. An insert at another place moves other
        # segments and may be refused because of those, so the alternative is tried before it is offered.
        if error.alternative is None or getattr(op, "mode", None) != "insert":
            raise
        refusal = _find_refusal(webinar, error.alternative, new_id)
        if refusal is None:
            raise
        raise (refusal if refusal.code == "refused.locked" else error.without_alternative()) from None


def _apply_once(webinar: Webinar, op: AnyOperation, new_id: Callable[[], str]) -> EditResult:
    context = EditContext(webinar, unlock=op.unlock, new_id=new_id)
    _HANDLERS[type(op)](context, op)
    result = context.make_result()
    _require_valid_result(result, webinar, op)
    return result


def _find_refusal(webinar: Webinar, op: AnyOperation, new_id: Callable[[], str]) -> EditRefusedError | None:
    """Why an operation cannot be done, or None if it can."""
    try:
        _apply_once(webinar, op, new_id)
    except EditRefusedError as error:
        return error
    return None


def apply_all(
    webinar: Webinar, operations: Iterable[AnyOperation], *, new_id: Callable[[], str] = new_id
) -> tuple[EditResult, ...]:
    """Carry out operations one after another, all or none; each works on the webinar that the one before left.

    Args:
        webinar: The webinar to edit; it does not change.
        operations: The operations, in order.
        new_id: Makes the ids of new segments, groups, offers and markers.

    Returns:
        One result for each operation; the last one has the final webinar. Empty where there is no operation.

    Raises:
        EditRefusedError: One of them is not possible; the fact ``index`` says which, from 0.
    """
    results: list[EditResult] = []
    for index, op in enumerate(operations):
        try:
            results.append(apply(results[-1].webinar if results else webinar, op, new_id=new_id))
        except EditRefusedError as error:
            error.facts["index"] = index
            raise
    return tuple(results)


def _require_valid_result(result: EditResult, before: Webinar, op: AnyOperation) -> None:
    """Check the values that an operation brought along; edits keep segments valid that were valid before.

    Raises:
        EditRefusedError: ``refused.values`` where a field is outside its bounds, ``refused.broken`` where a segment
            cannot be.
    """
    try:
        msgspec.convert(msgspec.to_builtins(op), type(op))
    except msgspec.ValidationError as error:
        raise EditRefusedError("refused.values", reason=str(error)) from None
    webinar = result.webinar
    fresh = {
        sha256
        for sha256, media in webinar.media.items()
        if webinar.media is not before.media
        if before.media.get(sha256) is not media
    }
    touched = {*result.created, *result.trimmed, *result.changed}
    if not touched and not fresh:
        return
    for segment in webinar.segments:
        if segment.id in touched or (fresh and getattr(segment, "media", None) in fresh):
            for violation in find_segment_violations(segment, webinar.media):
                raise EditRefusedError("refused.broken", why=violation.code, title=segment.title)
