"""Problems that stand in the way of publishing, or are worth a look before it."""

from editor.errors.spec import ErrorSpec, mark_translatable

PREFLIGHT_ERRORS: dict[str, ErrorSpec] = {
    "problem.empty": ErrorSpec(
        mark_translatable("sentences", "The timeline is empty. Drop a video, an image, a PDF or a sound on it.")
    ),
    "problem.gap": ErrorSpec(
        mark_translatable(
            "sentences", "Nothing plays from {from_ms} to {to_ms}. Close the gap or put something in it."
        ),
        facts=(
            "from_ms",
            "to_ms",
        ),
    ),
    "problem.no_hold": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” has no freeze frame after it. A few seconds give you time to take control.",
        ),
        facts=("title",),
    ),
    "problem.too_long": ErrorSpec(
        mark_translatable(
            "sentences",
            "The webinar lasts {length_ms}, and your plan allows {longest_ms}. Shorten it by "
            "{over_ms}, or change your plan.",
        ),
        facts=(
            "length_ms",
            "longest_ms",
            "over_ms",
        ),
    ),
    "problem.no_moderator": ErrorSpec(
        mark_translatable(
            "sentences",
            "The chat is moderated, but there is no moderator. Add one, or choose another chat mode.",
        )
    ),
    "problem.no_start": ErrorSpec(
        mark_translatable("sentences", "The webinar has no date and time yet. Set them in the webinar settings.")
    ),
    "problem.start_past": ErrorSpec(
        mark_translatable("sentences", "The start, {start} ({zone}), is in the past. Choose a later one."),
        facts=(
            "start",
            "zone",
        ),
    ),
    "problem.start_missing": ErrorSpec(
        mark_translatable(
            "sentences",
            "{start} does not exist in {zone}: clocks go forward. Start at {shifted}, or choose another time.",
        ),
        facts=(
            "start",
            "zone",
            "shifted",
        ),
    ),
    "problem.start_twice": ErrorSpec(
        mark_translatable(
            "sentences",
            "{start} exists twice in {zone}: clocks go back. The first is meant; else choose a time outside that hour.",
        ),
        facts=(
            "start",
            "zone",
        ),
    ),
    "problem.start_invalid": ErrorSpec(
        mark_translatable(
            "sentences", "“{start}” is not a valid date and time. Choose another one in the webinar settings."
        ),
        facts=("start",),
    ),
    "problem.zone": ErrorSpec(
        mark_translatable("sentences", "The time zone “{zone}” is unknown. Choose one in the webinar settings."),
        facts=("zone",),
    ),
    "problem.until_invalid": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{until}”, the end of access, is not a valid date and time. Choose another one in the webinar settings.",
        ),
        facts=("until",),
    ),
    "problem.until_past": ErrorSpec(
        mark_translatable(
            "sentences",
            "Access would end on {until} ({zone}), before it begins. Choose a later day in the "
            "webinar settings, or none.",
        ),
        facts=(
            "until",
            "zone",
        ),
    ),
    "problem.no_price": ErrorSpec(
        mark_translatable(
            "sentences", "Access is paid, but no price is set. Set one in the webinar settings, or make access free."
        )
    ),
    "problem.media_missing": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is missing; what uses it ({count}) cannot be played. Find it with Relink, or replace it.",
        ),
        facts=(
            "name",
            "count",
        ),
    ),
    "problem.media_unprepared": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is not prepared for the web yet. This is done before publishing; you can go on working.",
        ),
        facts=("name",),
    ),
    "problem.captions_off": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” has captions (“{name}”) that are not shown. Show them for people who cannot hear it.",
        ),
        facts=(
            "title",
            "name",
        ),
    ),
    "problem.no_captions": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” has no captions. Attach a subtitle file (.srt or .vtt) for people who cannot hear it.",
        ),
        facts=("title",),
    ),
    "problem.after_end": ErrorSpec(
        mark_translatable(
            "sentences", "“{title}” ends {beyond_ms} after the last segment. Move it up, or add a freeze frame."
        ),
        facts=(
            "title",
            "beyond_ms",
        ),
    ),
    "problem.cta_no_label": ErrorSpec(
        mark_translatable("sentences", "The button of “{title}” has no text. Give it a label."), facts=("title",)
    ),
    "problem.cta_no_link": ErrorSpec(
        mark_translatable("sentences", "The button of “{title}” has no link. Add one."), facts=("title",)
    ),
    "problem.cta_bad_link": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{link}”, the link of “{title}”, is no address a browser can follow. It should read like "
            "https://example.org/page.",
        ),
        facts=(
            "link",
            "title",
        ),
    ),
    "problem.survey_empty": ErrorSpec(
        mark_translatable("sentences", "“{title}” has no questions. Add one, or delete the survey."), facts=("title",)
    ),
    "problem.question_empty": ErrorSpec(
        mark_translatable("sentences", "Question {number} of “{title}” has no text. Write it, or remove the question."),
        facts=(
            "number",
            "title",
        ),
    ),
    "problem.question_choices": ErrorSpec(
        mark_translatable(
            "sentences",
            "Question {number} of “{title}” needs at least two different answers. Add them, or make it a "
            "text question.",
        ),
        facts=(
            "number",
            "title",
        ),
    ),
}
