"""Errors of the stored form of a webinar, of its start and of the room clock."""

from editor.errors.spec import ErrorSpec, mark_translatable

SCHEDULE_ERRORS: dict[str, ErrorSpec] = {
    "wire.newer": ErrorSpec(
        mark_translatable(
            "sentences",
            "This webinar is of a newer Matinee (format {format}; this one reads {known}). Update, then open it again.",
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
    "wire.foreign": ErrorSpec(
        mark_translatable(
            "sentences", "This is not a webinar of Matinee: it does not say in which format it is written."
        )
    ),
    "wire.invalid": ErrorSpec(
        mark_translatable(
            "sentences",
            "The webinar's data is wrong at “{path}”: {reason}. Restore an earlier version, or ask for a new copy.",
        ),
        facts=(
            "path",
            "reason",
        ),
        status=422,
    ),
    "wire.text": ErrorSpec(
        mark_translatable("sentences", "“{text}” holds a character that cannot be stored. Type the text again."),
        facts=("text",),
    ),
    "start.zone": ErrorSpec(
        mark_translatable(
            "sentences", "The time zone “{zone}” is not known here. Choose one from the list, such as Europe/Paris."
        ),
        facts=("zone",),
        status=422,
    ),
    "start.invalid": ErrorSpec(
        mark_translatable(
            "sentences", "“{start}” is no day and time of the calendar. Write it as 2026-12-01T18:00:00."
        ),
        facts=("start",),
        status=422,
    ),
    "clock.begun": ErrorSpec(
        mark_translatable("sentences", "The session has begun already; a second start changes nothing."), status=409
    ),
    "clock.waiting": ErrorSpec(
        mark_translatable("sentences", "The programme has not begun yet. Wait for its start."), status=409
    ),
    "clock.over": ErrorSpec(
        mark_translatable("sentences", "The event is over; its clock cannot be changed any more."), status=409
    ),
    "clock.held": ErrorSpec(
        mark_translatable("sentences", "The programme is held already. Resume it, or change the note."), status=409
    ),
    "clock.not_held": ErrorSpec(
        mark_translatable("sentences", "The programme is running; there is nothing to resume."), status=409
    ),
    "clock.closing": ErrorSpec(
        mark_translatable(
            "sentences", "The programme is over and the closing card shows. Extend the event instead of holding it."
        ),
        status=409,
    ),
    "clock.past_end": ErrorSpec(
        mark_translatable(
            "sentences", "{to_ms} lies behind the end of the programme, {length_ms}. Skip to a place before it."
        ),
        facts=(
            "to_ms",
            "length_ms",
        ),
        status=422,
    ),
    "clock.unused": ErrorSpec(
        mark_translatable("sentences", "Nothing of the extension is left to take back."), status=409
    ),
}
