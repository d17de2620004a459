"""Errors of editing: refused edits, broken rules of a webinar, undo and redo."""

from editor.errors.spec import ErrorSpec, mark_translatable

EDITING_ERRORS: dict[str, ErrorSpec] = {
    "refused.taken": ErrorSpec(
        mark_translatable(
            "sentences",
            "That place is taken. The nearest free place begins at {nearest_ms}: use it, or choose "
            "Insert or Overwrite.",
        ),
        facts=("nearest_ms",),
    ),
    "refused.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "There is no free place of this length. Shorten the segment or another one, or choose Insert or Overwrite.",
        )
    ),
    "refused.overlap": ErrorSpec(
        mark_translatable("sentences", "Two of these segments would overlap. Move one of them.")
    ),
    "refused.before_zero": ErrorSpec(
        mark_translatable("sentences", "A segment cannot begin before the webinar. Place it at the start or later.")
    ),
    "refused.past_day": ErrorSpec(
        mark_translatable("sentences", "A webinar can last at most 24 hours. Shorten or remove something first.")
    ),
    "refused.locked": ErrorSpec(
        mark_translatable("sentences", "The lane “{lane}” is locked. Unlock it to change its segments."),
        facts=("lane",),
    ),
    "refused.neighbour": ErrorSpec(
        mark_translatable(
            "sentences",
            "The next segment is in the way: the edge can go to {nearest_ms} at most. Move that "
            "segment, or choose Insert or Overwrite.",
        ),
        facts=("nearest_ms",),
    ),
    "refused.short": ErrorSpec(
        mark_translatable("sentences", "A segment lasts at least {least_ms}. Make it longer, or delete it."),
        facts=("least_ms",),
    ),
    "refused.split_edge": ErrorSpec(
        mark_translatable(
            "sentences", "Both parts of a split last at least {least_ms}. Move the playhead away from the edge."
        ),
        facts=("least_ms",),
    ),
    "refused.media_start": ErrorSpec(
        mark_translatable(
            "sentences",
            "The media begins at {nearest_ms}; there is nothing before it. Move the segment instead.",
        ),
        facts=("nearest_ms",),
    ),
    "refused.media_end": ErrorSpec(
        mark_translatable(
            "sentences", "The media ends at {end_ms}. Use a shorter part, and add a freeze frame for the rest."
        ),
        facts=("end_ms",),
    ),
    "refused.nothing": ErrorSpec(
        mark_translatable(
            "sentences", "There is nothing here to apply this to. Select a segment, or put the playhead over one."
        )
    ),
    "refused.unknown": ErrorSpec(
        mark_translatable("sentences", "“{id}” is no longer in this webinar. Undo brings back what was removed."),
        facts=("id",),
    ),
    "refused.kind": ErrorSpec(
        mark_translatable(
            "sentences",
            "This is not possible for this kind of segment ({kind}). Choose another one, or delete "
            "it and add a new one.",
        ),
        facts=("kind",),
    ),
    "refused.stale": ErrorSpec(
        mark_translatable(
            "sentences", "The segment has been moved or resized in the meantime. Open it again and repeat the change."
        ),
        facts=("id",),
    ),
    "refused.same_id": ErrorSpec(
        mark_translatable("sentences", "“{id}” is in this webinar already. Use another id."),
        facts=("id",),
    ),
    "refused.used": ErrorSpec(
        mark_translatable(
            "sentences", "“{name}” is used in this webinar. First delete or replace the segments that play it."
        ),
        facts=("name",),
    ),
    "refused.date": ErrorSpec(
        mark_translatable("sentences", "{date} is not a valid date. Choose another one."), facts=("date",)
    ),
    "refused.zone": ErrorSpec(
        mark_translatable(
            "sentences", "“{zone}” is not a known time zone. Choose one from the list, such as Europe/Paris."
        ),
        facts=("zone",),
    ),
    "refused.values": ErrorSpec(
        mark_translatable("sentences", "This edit has an invalid value: {reason}. Nothing was changed."),
        facts=("reason",),
    ),
    "refused.broken": ErrorSpec(
        mark_translatable("sentences", "“{title}” would be invalid: {why}. Nothing was changed."),
        facts=(
            "title",
            "why",
        ),
    ),
    "broken.lane": ErrorSpec(
        mark_translatable("sentences", "A segment ({segment}) is on a lane for other kinds ({lane})."),
        facts=(
            "segment",
            "lane",
        ),
    ),
    "broken.order": ErrorSpec(
        mark_translatable("sentences", "The segments of a lane ({lane}) are out of order at {segment}."),
        facts=(
            "lane",
            "segment",
        ),
    ),
    "broken.overlap": ErrorSpec(
        mark_translatable("sentences", "Two segments of a lane ({lane}) overlap at {at_ms}."),
        facts=(
            "lane",
            "at_ms",
            "segment",
        ),
    ),
    "broken.short": ErrorSpec(
        mark_translatable("sentences", "A segment ({segment}) lasts {length_ms}; the minimum is {least_ms}."),
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
        mark_translatable("sentences", "A segment ({segment}) plays a part that its media does not have."),
        facts=("segment",),
    ),
    "broken.fades": ErrorSpec(
        mark_translatable("sentences", "The fades of a segment ({segment}) are longer than the segment."),
        facts=("segment",),
    ),
    "broken.pages": ErrorSpec(
        mark_translatable("sentences", "A presentation ({segment}) shows a page that it does not have."),
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
        mark_translatable("sentences", "A media ({media}) is stored under another one's name."), facts=("media",)
    ),
    "broken.markers": ErrorSpec(
        mark_translatable("sentences", "The markers are out of order: {marker} at {at_ms}."),
        facts=(
            "marker",
            "at_ms",
        ),
    ),
    "broken.same_id": ErrorSpec(mark_translatable("sentences", "Two things have the same id ({id})."), facts=("id",)),
    "broken.values": ErrorSpec(mark_translatable("sentences", "A value is invalid: {reason}."), facts=("reason",)),
    "document.read_only": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” is read-only: it contains things from a newer Matinee ({unknown}). Update Matinee to edit it.",
        ),
        facts=(
            "title",
            "unknown",
        ),
    ),
    "document.nothing_to_undo": ErrorSpec(mark_translatable("sentences", "There is nothing to undo.")),
    "document.nothing_to_redo": ErrorSpec(mark_translatable("sentences", "There is nothing to redo.")),
}
