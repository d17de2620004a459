"""Errors of sessions: scheduling, controlling and replacing them."""

from editor.errors.spec import QT_TRANSLATE_NOOP, ErrorSpec

SESSION_ERRORS: dict[str, ErrorSpec] = {
    "session.unknown": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "There is no such session here."), status=404),
    "session.empty": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "There is nothing in this webinar yet. Put something on its timeline, save, and publish again."
        ),
        status=422,
    ),
    "session.no_start": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "This webinar has no start. Set one in the plan, then publish."), status=422
    ),
    "session.missing_hour": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "{start} does not exist in {zone}: the clocks go forward over it. Choose another time."
        ),
        facts=(
            "start",
            "zone",
        ),
        status=422,
    ),
    "session.past": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "{start} in {zone} is over already. Choose a later start."),
        facts=(
            "start",
            "zone",
        ),
        status=422,
    ),
    "session.begun": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "This session has begun, so its plan stays. End it, or step in, from its controls."
        ),
        status=409,
    ),
    "session.cancelled": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "This session was called off. Publish a new one."), status=409
    ),
    "session.over": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "This session is over. Publish a new one."), status=409),
    "session.on_demand": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "Everybody watches this on a clock of their own; there is nothing to hold, skip or end."
        ),
        status=409,
    ),
    "session.generation": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "Somebody else stepped in just before you. Look at how the session stands, then decide again."
        ),
        facts=("generation",),
        status=409,
    ),
    "control.incomplete": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{what}” needs to be told where to, or by how much."),
        facts=("what",),
        status=422,
    ),
    "version.other": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "This version is of another webinar or kind of room. Choose one of this webinar's own."
        ),
        status=422,
    ),
    "publish.media_missing": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "Not all media of this version are on the hosting yet. Prepare and upload them, then publish."
        ),
        facts=("missing",),
        status=422,
    ),
    "plan.overlap": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences",
            "Your plan runs one event at a time, and at that hour there is already: {titles}. Choose another.",
        ),
        facts=(
            "titles",
            "sessions",
        ),
        status=409,
    ),
    "plan.longest": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "Your plan allows {longest_ms} for one webinar; this one lasts {length_ms}. Shorten it."
        ),
        facts=(
            "longest_ms",
            "length_ms",
        ),
        status=409,
    ),
    "locked": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "This version changes what has begun, or begins within a minute. Change only what comes later."
        ),
        facts=("segments",),
        status=409,
    ),
}
