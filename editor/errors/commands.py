"""Errors of bundles, the command line and the demo."""

from editor.errors.spec import ErrorSpec, mark_translatable

COMMAND_ERRORS: dict[str, ErrorSpec] = {
    "bundle.unreadable": ErrorSpec(
        mark_translatable(
            "sentences", "“{path}” is not a Matinee bundle, or it is torn. Ask for it to be exported again."
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "bundle.not_read": ErrorSpec(
        mark_translatable(
            "sentences", "“{path}” cannot be read: {reason}. See whether it was moved or its drive was taken out."
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "bundle.newer": ErrorSpec(
        mark_translatable(
            "sentences", "“{path}” was made by a newer Matinee. Update this one, then open the bundle again."
        ),
        facts=("path",),
    ),
    "bundle.unsafe": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{path}” holds more than a bundle may, so it was not opened. Ask for a new export of the webinar.",
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "bundle.damaged": ErrorSpec(
        mark_translatable(
            "sentences", "“{name}” inside the bundle is damaged. Nothing was taken in; ask for a new export."
        ),
        facts=("name",),
    ),
    "bundle.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{path}” has not enough room for the bundle's media ({size} bytes). Free some space and try again.",
        ),
        facts=(
            "path",
            "size",
        ),
    ),
    "bundle.unwritable": ErrorSpec(
        mark_translatable(
            "sentences", "“{path}” cannot be written: {reason}. Choose another place, or mend this one and try again."
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "cli.no_webinar": ErrorSpec(
        mark_translatable(
            "sentences", "There is no webinar “{name}” in this library. `matinee list` shows what there is."
        ),
        facts=("name",),
    ),
    "cli.several": ErrorSpec(
        mark_translatable("sentences", "“{name}” may be any of several webinars ({ids}). Give the id, or more of it."),
        facts=(
            "name",
            "ids",
        ),
    ),
    "cli.put_away": ErrorSpec(
        mark_translatable("sentences", "“{name}” is archived or deleted. `matinee restore` brings it back first."),
        facts=("name",),
    ),
    "cli.not_put_away": ErrorSpec(
        mark_translatable("sentences", "“{name}” is neither archived nor deleted; there is nothing to bring back."),
        facts=("name",),
    ),
    "cli.no_media": ErrorSpec(
        mark_translatable(
            "sentences", "There is no media “{name}” in this webinar. `matinee show --json` lists what there is."
        ),
        facts=("name",),
    ),
    "cli.no_captions": ErrorSpec(
        mark_translatable(
            "sentences", "“{name}” has no sound to write along with. Attach subtitles to a video or an audio file."
        ),
        facts=("name",),
    ),
    "cli.no_segment": ErrorSpec(
        mark_translatable(
            "sentences", "There is no segment “{name}” in this webinar. `matinee show` lists what there is."
        ),
        facts=("name",),
    ),
    "cli.no_copy": ErrorSpec(
        mark_translatable(
            "sentences", "There is no copy “{name}” of this library. `matinee copies` lists what there is."
        ),
        facts=("name",),
    ),
    "cli.left_out": ErrorSpec(
        mark_translatable(
            "sentences",
            "Some media ({count}) are not on this computer and were left out. Find them with `matinee "
            "relink`, and export again.",
        ),
        facts=("count",),
    ),
    "cli.no_version": ErrorSpec(
        mark_translatable(
            "sentences", "There is no version “{name}” of this webinar. `matinee versions` shows what there is."
        ),
        facts=("name",),
    ),
    "cli.bad_time": ErrorSpec(
        mark_translatable("sentences", "“{text}” is no time. Write it as 0:12:03, 12:03, 723s or 12m."), facts=("text",)
    ),
    "cli.bad_edits": ErrorSpec(
        mark_translatable(
            "sentences",
            "This is not a list of edits: {reason}. docs/edits.md (`matinee operations`) tells what one is.",
        ),
        facts=("reason",),
    ),
    "cli.bug": ErrorSpec(
        mark_translatable(
            "sentences",
            "Something went wrong in Matinee itself. Nothing was lost; please report it with the file {path}.",
        ),
        facts=("path",),
    ),
    "cli.unreadable": ErrorSpec(
        mark_translatable("sentences", "“{path}” cannot be read: {reason}."),
        facts=(
            "path",
            "reason",
        ),
    ),
    "demo.no_browser": ErrorSpec(
        mark_translatable(
            "sentences", "No browser was found to look at the room with ({names}). Install Chromium and start again."
        ),
        facts=("names",),
    ),
    "demo.browser": ErrorSpec(
        mark_translatable("sentences", "The browser without a window did not do its part: {reason}."), facts=("reason",)
    ),
    "demo.not_seen": ErrorSpec(
        mark_translatable("sentences", "In the browser, {what} was not seen within {limit_ms}."),
        facts=(
            "what",
            "limit_ms",
        ),
    ),
}
