"""Problems that stand in the way of publishing, or are worth a look before it."""

from editor.errors.spec import ErrorSpec, mark_translatable

PREFLIGHT_ERRORS: dict[str, ErrorSpec] = {
    "problem.empty": ErrorSpec(
        mark_translatable(
            "sentences", "There is nothing on the programme yet. Drop a video, an image, a PDF or a sound on it."
        )
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
            "“{title}” has no buffer: a few seconds after it, in which slow lines catch up and the host can step in.",
        ),
        facts=("title",),
    ),
    "problem.too_long": ErrorSpec(
        mark_translatable(
            "sentences",
            "The webinar lasts {length_ms}, and the plan allows {longest_ms}. Shorten it by {over_ms}, "
            "or change the plan.",
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
            "The chat is moderated, and nobody is named to moderate it. Name somebody, or choose another chat mode.",
        )
    ),
    "problem.no_start": ErrorSpec(
        mark_translatable("sentences", "The webinar has no date and time yet. Set them in the plan.")
    ),
    "problem.start_past": ErrorSpec(
        mark_translatable("sentences", "The start, {start} ({zone}), is over. Choose one to come."),
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
        mark_translatable("sentences", "“{start}” is no day and time of the calendar. Choose another one in the plan."),
        facts=("start",),
    ),
    "problem.zone": ErrorSpec(
        mark_translatable("sentences", "The time zone “{zone}” is not known here. Choose one in the plan."),
        facts=("zone",),
    ),
    "problem.until_invalid": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{until}”, until when access is given, is no day and time of the calendar. Choose another "
            "one in the plan.",
        ),
        facts=("until",),
    ),
    "problem.until_past": ErrorSpec(
        mark_translatable(
            "sentences", "Access would end {until} ({zone}), before it begins. Choose a later day in the plan, or none."
        ),
        facts=(
            "until",
            "zone",
        ),
    ),
    "problem.no_price": ErrorSpec(
        mark_translatable("sentences", "Access is paid, and no price is set. Set one in the plan, or make access free.")
    ),
    "problem.media_missing": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is not where it was; what uses it ({count}) cannot be played. Find it with Relink, "
            "or replace it.",
        ),
        facts=(
            "name",
            "count",
        ),
    ),
    "problem.media_unprepared": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is not prepared for the web yet. It is done before publishing; nothing is lost by waiting.",
        ),
        facts=("name",),
    ),
    "problem.captions_off": ErrorSpec(
        mark_translatable(
            "sentences", "“{title}” has captions (“{name}”) that are not shown. Show them for those who cannot hear it."
        ),
        facts=(
            "title",
            "name",
        ),
    ),
    "problem.no_captions": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” has no captions. Attach a subtitle file (.srt or .vtt) for those who cannot hear it.",
        ),
        facts=("title",),
    ),
    "problem.after_end": ErrorSpec(
        mark_translatable(
            "sentences", "“{title}” ends {beyond_ms} after the programme. Move it up, or let the last picture stay."
        ),
        facts=(
            "title",
            "beyond_ms",
        ),
    ),
    "problem.cta_no_label": ErrorSpec(
        mark_translatable("sentences", "The button of “{title}” says nothing. Give it a label."), facts=("title",)
    ),
    "problem.cta_no_link": ErrorSpec(
        mark_translatable("sentences", "“{title}” leads nowhere. Give it a link."), facts=("title",)
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
        mark_translatable("sentences", "“{title}” asks nothing. Give it a question, or remove it."), facts=("title",)
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
