"""Errors of editing: refused edits, broken rules of a webinar, undo and redo."""

from editor.errors.spec import ErrorSpec, mark_translatable

EDITING_ERRORS: dict[str, ErrorSpec] = {
    "refused.taken": ErrorSpec(
        mark_translatable(
            "sentences",
            "That place is taken; the nearest free one begins at {nearest_ms}. Take that, or choose "
            "Insert or Overwrite.",
        ),
        facts=("nearest_ms",),
    ),
    "refused.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "There is no free place that fits. Shorten it or something else, or choose Insert or Overwrite.",
        )
    ),
    "refused.overlap": ErrorSpec(
        mark_translatable("sentences", "Two of these would lie over each other. Give each a place of its own.")
    ),
    "refused.before_zero": ErrorSpec(
        mark_translatable("sentences", "Nothing begins before the webinar does. Put it at its beginning or later.")
    ),
    "refused.past_day": ErrorSpec(
        mark_translatable(
            "sentences", "A webinar ends after 24 hours at the latest. Shorten or remove something first."
        )
    ),
    "refused.locked": ErrorSpec(
        mark_translatable("sentences", "The lane “{lane}” is locked. Unlock it to change what lies on it."),
        facts=("lane",),
    ),
    "refused.neighbour": ErrorSpec(
        mark_translatable(
            "sentences",
            "A neighbour stands there: the edge goes to {nearest_ms} at most. Move it, or choose Insert or Overwrite.",
        ),
        facts=("nearest_ms",),
    ),
    "refused.short": ErrorSpec(
        mark_translatable("sentences", "A segment lasts {least_ms} at least. Leave it that much, or delete it."),
        facts=("least_ms",),
    ),
    "refused.split_edge": ErrorSpec(
        mark_translatable(
            "sentences", "A split leaves {least_ms} at least on either side. Move the playhead away from the edge."
        ),
        facts=("least_ms",),
    ),
    "refused.media_start": ErrorSpec(
        mark_translatable(
            "sentences",
            "The media begins at {nearest_ms}; there is nothing before it to show. Move the segment instead.",
        ),
        facts=("nearest_ms",),
    ),
    "refused.media_end": ErrorSpec(
        mark_translatable("sentences", "The media ends at {end_ms}. Play less of it, and add a buffer for the rest."),
        facts=("end_ms",),
    ),
    "refused.nothing": ErrorSpec(
        mark_translatable(
            "sentences", "There is nothing here to do this to. Select a segment, or put the playhead over one."
        )
    ),
    "refused.unknown": ErrorSpec(
        mark_translatable("sentences", "“{id}” is not in this webinar any more. Undo brings back what was removed."),
        facts=("id",),
    ),
    "refused.kind": ErrorSpec(
        mark_translatable(
            "sentences",
            "This cannot be done with this kind ({kind}). Choose one that fits, or delete the segment and add another.",
        ),
        facts=("kind",),
    ),
    "refused.stale": ErrorSpec(
        mark_translatable(
            "sentences", "The segment has been moved or resized meanwhile. Open it again and repeat the change."
        ),
        facts=("id",),
    ),
    "refused.same_id": ErrorSpec(
        mark_translatable("sentences", "“{id}” is in this webinar already. Give what is added an id of its own."),
        facts=("id",),
    ),
    "refused.used": ErrorSpec(
        mark_translatable(
            "sentences", "“{name}” is used in this webinar. Delete or replace the segments that play it first."
        ),
        facts=("name",),
    ),
    "refused.date": ErrorSpec(
        mark_translatable("sentences", "{date} is no date of the calendar. Choose another."), facts=("date",)
    ),
    "refused.zone": ErrorSpec(
        mark_translatable(
            "sentences", "“{zone}” is no time zone that is known here. Choose one from the list, such as Europe/Paris."
        ),
        facts=("zone",),
    ),
    "refused.values": ErrorSpec(
        mark_translatable("sentences", "This edit has a value that cannot be: {reason}. Nothing was changed."),
        facts=("reason",),
    ),
    "refused.broken": ErrorSpec(
        mark_translatable("sentences", "“{title}” cannot be like that ({why}). Nothing was changed."),
        facts=(
            "title",
            "why",
        ),
    ),
    "broken.lane": ErrorSpec(
        mark_translatable("sentences", "A segment ({segment}) lies on a lane that is not its kind's ({lane})."),
        facts=(
            "segment",
            "lane",
        ),
    ),
    "broken.order": ErrorSpec(
        mark_translatable("sentences", "The segments of a lane ({lane}) are not in order; {segment} comes too late."),
        facts=(
            "lane",
            "segment",
        ),
    ),
    "broken.overlap": ErrorSpec(
        mark_translatable("sentences", "Two segments of a lane ({lane}) lie over each other at {at_ms}."),
        facts=(
            "lane",
            "at_ms",
            "segment",
        ),
    ),
    "broken.short": ErrorSpec(
        mark_translatable("sentences", "A segment ({segment}) lasts {length_ms}, and {least_ms} is the least."),
        facts=(
            "segment",
            "length_ms",
            "least_ms",
        ),
    ),
    "broken.before_zero": ErrorSpec(
        mark_translatable("sentences", "A segment ({segment}) begins before the webinar does."), facts=("segment",)
    ),
    "broken.past_day": ErrorSpec(
        mark_translatable("sentences", "A segment ({segment}) ends after 24 hours."), facts=("segment",)
    ),
    "broken.points": ErrorSpec(
        mark_translatable("sentences", "A segment ({segment}) plays what is not in its media."), facts=("segment",)
    ),
    "broken.fades": ErrorSpec(
        mark_translatable("sentences", "The fades of a segment ({segment}) are longer than what it plays."),
        facts=("segment",),
    ),
    "broken.pages": ErrorSpec(
        mark_translatable("sentences", "A presentation ({segment}) shows what is not among its pages."),
        facts=("segment",),
    ),
    "broken.media_kind": ErrorSpec(
        mark_translatable(
            "sentences", "A segment ({segment}) cannot play its media, which is of another kind ({kind})."
        ),
        facts=(
            "segment",
            "kind",
        ),
    ),
    "broken.media_key": ErrorSpec(
        mark_translatable("sentences", "A media ({media}) is filed under another's name."), facts=("media",)
    ),
    "broken.markers": ErrorSpec(
        mark_translatable("sentences", "The markers are not in order; {marker} at {at_ms} is out of place."),
        facts=(
            "marker",
            "at_ms",
        ),
    ),
    "broken.same_id": ErrorSpec(mark_translatable("sentences", "Two things have the same id ({id})."), facts=("id",)),
    "broken.values": ErrorSpec(mark_translatable("sentences", "A value cannot be: {reason}."), facts=("reason",)),
    "document.read_only": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” can only be looked at: it holds what only a newer Matinee knows ({unknown}). "
            "Update Matinee to edit it.",
        ),
        facts=(
            "title",
            "unknown",
        ),
    ),
    "document.nothing_to_undo": ErrorSpec(mark_translatable("sentences", "There is nothing to undo.")),
    "document.nothing_to_redo": ErrorSpec(mark_translatable("sentences", "There is nothing to redo.")),
}
