"""Errors of the stored form of a webinar, of its start and of the room clock."""

from editor.errors.spec import ErrorSpec, mark_translatable

SCHEDULE_ERRORS: dict[str, ErrorSpec] = {
    "wire.newer": ErrorSpec(
        mark_translatable(
            "sentences",
            "This webinar was written by a newer Matinee (format {format}; this one reads {known}). "
            "Update Matinee, then open it again.",
        ),
        facts=(
            "format",
            "known",
        ),
        status=422,
    ),
    "wire.broken": ErrorSpec(
        mark_translatable(
            "sentences",
            "The webinar's data is damaged at byte {where} of {size}. Restore an earlier version, or ask "
            "for a new copy.",
        ),
        facts=(
            "where",
            "size",
        ),
    ),
    "wire.foreign": ErrorSpec(mark_translatable("sentences", "This is not a Matinee webinar: it names no format.")),
    "wire.invalid": ErrorSpec(
        mark_translatable(
            "sentences",
            "The webinar's data is invalid at “{path}”: {reason}. Restore an earlier version, or ask for a new copy.",
        ),
        facts=(
            "path",
            "reason",
        ),
        status=422,
    ),
    "wire.text": ErrorSpec(
        mark_translatable("sentences", "“{text}” contains a character that cannot be stored. Type the text again."),
        facts=("text",),
    ),
    "start.zone": ErrorSpec(
        mark_translatable(
            "sentences", "The time zone “{zone}” is unknown. Choose one from the list, such as Europe/Paris."
        ),
        facts=("zone",),
        status=422,
    ),
    "start.invalid": ErrorSpec(
        mark_translatable("sentences", "“{start}” is not a valid date and time. Write it as 2026-12-01T18:00:00."),
        facts=("start",),
        status=422,
    ),
    "clock.begun": ErrorSpec(mark_translatable("sentences", "The session has already begun."), status=409),
    "clock.waiting": ErrorSpec(
        mark_translatable("sentences", "The event has not begun yet. Wait for its start."), status=409
    ),
    "clock.over": ErrorSpec(
        mark_translatable("sentences", "The event is over and can no longer be controlled."), status=409
    ),
    "clock.held": ErrorSpec(
        mark_translatable("sentences", "The event is paused already. Resume it, or change the note."), status=409
    ),
    "clock.not_held": ErrorSpec(
        mark_translatable("sentences", "The event is playing; there is nothing to resume."), status=409
    ),
    "clock.closing": ErrorSpec(
        mark_translatable(
            "sentences", "The event has ended and shows the closing card. Add time instead of pausing it."
        ),
        status=409,
    ),
    "clock.past_end": ErrorSpec(
        mark_translatable("sentences", "{to_ms} is after the end, {length_ms}. Jump to an earlier position."),
        facts=(
            "to_ms",
            "length_ms",
        ),
        status=422,
    ),
    "clock.unused": ErrorSpec(mark_translatable("sentences", "No added time is left to take back."), status=409),
}
