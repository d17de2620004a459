"""Errors of sessions: scheduling, controlling and replacing them."""

from editor.errors.spec import ErrorSpec, mark_translatable

SESSION_ERRORS: dict[str, ErrorSpec] = {
    "session.unknown": ErrorSpec(mark_translatable("sentences", "There is no such session here."), status=404),
    "session.empty": ErrorSpec(
        mark_translatable(
            "sentences", "There is nothing in this webinar yet. Put something on its timeline, save, and publish again."
        ),
        status=422,
    ),
    "session.no_start": ErrorSpec(
        mark_translatable("sentences", "This webinar has no start. Set one in the plan, then publish."), status=422
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
        mark_translatable("sentences", "{start} in {zone} is over already. Choose a later start."),
        facts=(
            "start",
            "zone",
        ),
        status=422,
    ),
    "session.begun": ErrorSpec(
        mark_translatable(
            "sentences", "This session has begun, so its plan stays. End it, or step in, from its controls."
        ),
        status=409,
    ),
    "session.cancelled": ErrorSpec(
        mark_translatable("sentences", "This session was called off. Publish a new one."), status=409
    ),
    "session.over": ErrorSpec(mark_translatable("sentences", "This session is over. Publish a new one."), status=409),
    "session.on_demand": ErrorSpec(
        mark_translatable(
            "sentences", "Everybody watches this on a clock of their own; there is nothing to hold, skip or end."
        ),
        status=409,
    ),
    "session.generation": ErrorSpec(
        mark_translatable(
            "sentences", "Somebody else stepped in just before you. Look at how the session stands, then decide again."
        ),
        facts=("generation",),
        status=409,
    ),
    "control.incomplete": ErrorSpec(
        mark_translatable("sentences", "“{what}” needs to be told where to, or by how much."),
        facts=("what",),
        status=422,
    ),
    "version.other": ErrorSpec(
        mark_translatable(
            "sentences", "This version is of another webinar or kind of room. Choose one of this webinar's own."
        ),
        status=422,
    ),
    "publish.media_missing": ErrorSpec(
        mark_translatable(
            "sentences", "Not all media of this version are on the hosting yet. Prepare and upload them, then publish."
        ),
        facts=("missing",),
        status=422,
    ),
    "plan.overlap": ErrorSpec(
        mark_translatable(
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
        mark_translatable(
            "sentences", "Your plan allows {longest_ms} for one webinar; this one lasts {length_ms}. Shorten it."
        ),
        facts=(
            "longest_ms",
            "length_ms",
        ),
        status=409,
    ),
    "locked": ErrorSpec(
        mark_translatable(
            "sentences", "This version changes what has begun, or begins within a minute. Change only what comes later."
        ),
        facts=("segments",),
        status=409,
    ),
}
