"""Errors of sessions: scheduling, controlling and replacing them."""

from editor.errors.spec import ErrorSpec, mark_translatable

SESSION_ERRORS: dict[str, ErrorSpec] = {
    "session.unknown": ErrorSpec(mark_translatable("sentences", "There is no such session."), status=404),
    "session.empty": ErrorSpec(
        mark_translatable("sentences", "The webinar is empty. Put something on its timeline, save, and publish again."),
        status=422,
    ),
    "session.no_start": ErrorSpec(
        mark_translatable("sentences", "This webinar has no start. Set one in the webinar settings, then publish."),
        status=422,
    ),
    "session.missing_hour": ErrorSpec(
        mark_translatable(
            "sentences", "{start} does not exist in {zone}: the clocks go forward over it. Choose another time."
        ),
        facts=(
            "start",
            "zone",
        ),
        status=422,
    ),
    "session.past": ErrorSpec(
        mark_translatable("sentences", "{start} in {zone} is in the past. Choose a later start."),
        facts=(
            "start",
            "zone",
        ),
        status=422,
    ),
    "session.begun": ErrorSpec(
        mark_translatable(
            "sentences", "This session has begun and can no longer be rescheduled. End it, or take control of it."
        ),
        status=409,
    ),
    "session.cancelled": ErrorSpec(
        mark_translatable("sentences", "This session was cancelled. Publish a new one."), status=409
    ),
    "session.over": ErrorSpec(mark_translatable("sentences", "This session is over. Publish a new one."), status=409),
    "session.on_demand": ErrorSpec(
        mark_translatable(
            "sentences", "Everybody watches this at their own time; it cannot be paused, skipped or ended for all."
        ),
        status=409,
    ),
    "session.generation": ErrorSpec(
        mark_translatable(
            "sentences", "Somebody else took control just before you. Check the session, then decide again."
        ),
        facts=("generation",),
        status=409,
    ),
    "control.incomplete": ErrorSpec(
        mark_translatable("sentences", "“{what}” needs a position or a length."),
        facts=("what",),
        status=422,
    ),
    "version.other": ErrorSpec(
        mark_translatable(
            "sentences", "This version belongs to another webinar or kind of room. Choose a version of this webinar."
        ),
        status=422,
    ),
    "publish.media_missing": ErrorSpec(
        mark_translatable(
            "sentences", "Some media of this version are not on the server yet. Upload them, then publish."
        ),
        facts=("missing",),
        status=422,
    ),
    "publish.bad_link": ErrorSpec(
        mark_translatable(
            "sentences",
            "A button cannot open “{link}”. Give it a web address (https://…), a mail address (mailto:…) or a "
            "telephone number (tel:…), save, and publish again.",
        ),
        facts=("link",),
        status=422,
    ),
    "publish.not_yet": ErrorSpec(
        mark_translatable(
            "sentences",
            "This webinar has {feature}, which cannot be published yet: attendees could not get in. Change it in the "
            "webinar settings, or use a private test.",
        ),
        facts=("feature",),
        status=422,
    ),
    "publish.unknown_kinds": ErrorSpec(
        mark_translatable(
            "sentences",
            "The server does not know everything in this version: {unknown}. Update the server, or remove these "
            "parts from the webinar, save, and publish again.",
        ),
        facts=("unknown",),
        status=422,
    ),
    "plan.overlap": ErrorSpec(
        mark_translatable(
            "sentences",
            "This server runs one event at a time, and {titles} is on then. Choose another time.",
        ),
        facts=(
            "titles",
            "sessions",
        ),
        status=409,
    ),
    "plan.longest": ErrorSpec(
        mark_translatable(
            "sentences", "Your plan allows {longest_ms} for a webinar; this one lasts {length_ms}. Shorten it."
        ),
        facts=(
            "longest_ms",
            "length_ms",
        ),
        status=409,
    ),
    "locked": ErrorSpec(
        mark_translatable(
            "sentences",
            "This version changes a part that has begun or begins within a minute. Change only what comes later.",
        ),
        facts=("segments",),
        status=409,
    ),
}
