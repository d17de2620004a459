"""Errors of bundles, the command line and the demo."""

from editor.errors.spec import ErrorSpec, mark_translatable

COMMAND_ERRORS: dict[str, ErrorSpec] = {
    "bundle.unreadable": ErrorSpec(
        mark_translatable(
            "sentences", "“{path}” is not a Matinee bundle, or it is incomplete. Ask for it to be exported again."
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "bundle.not_read": ErrorSpec(
        mark_translatable(
            "sentences", "“{path}” cannot be read: {reason}. Check whether it was moved or its drive was removed."
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
            "“{path}” contains more than a bundle may contain and was not opened. Ask for a new export of the webinar.",
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "bundle.damaged": ErrorSpec(
        mark_translatable(
            "sentences", "“{name}” inside the bundle is damaged. Nothing was imported. Ask for a new export."
        ),
        facts=("name",),
    ),
    "bundle.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "There is not enough space in “{path}” for the bundle's media ({size} bytes). Free some "
            "space and try again.",
        ),
        facts=(
            "path",
            "size",
        ),
    ),
    "bundle.unwritable": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{path}” cannot be written: {reason}. Choose another folder, or check its permissions and try again.",
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
        mark_translatable("sentences", "“{name}” matches several webinars ({ids}). Give the id, or more of it."),
        facts=(
            "name",
            "ids",
        ),
    ),
    "cli.put_away": ErrorSpec(
        mark_translatable("sentences", "“{name}” is archived or deleted. Restore it first with `matinee restore`."),
        facts=("name",),
    ),
    "cli.not_put_away": ErrorSpec(
        mark_translatable("sentences", "“{name}” is neither archived nor deleted; there is nothing to restore."),
        facts=("name",),
    ),
    "cli.no_media": ErrorSpec(
        mark_translatable(
            "sentences", "There is no media “{name}” in this webinar. `matinee show --json` lists what there is."
        ),
        facts=("name",),
    ),
    "cli.no_captions": ErrorSpec(
        mark_translatable("sentences", "“{name}” has no sound. Attach subtitles to a video or an audio file."),
        facts=("name",),
    ),
    "cli.no_segment": ErrorSpec(
        mark_translatable(
            "sentences", "There is no segment “{name}” in this webinar. `matinee show` lists what there is."
        ),
        facts=("name",),
    ),
    "cli.no_copy": ErrorSpec(
        mark_translatable("sentences", "There is no backup “{name}” of this library. `matinee copies` lists them."),
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
        mark_translatable("sentences", "“{text}” is not a time. Write it as 0:12:03, 12:03, 723s or 12m."),
        facts=("text",),
    ),
    "cli.bad_edits": ErrorSpec(
        mark_translatable(
            "sentences",
            "This is not a list of edits: {reason}. docs/edits.md (`matinee operations`) describes the format.",
        ),
        facts=("reason",),
    ),
    "cli.bug": ErrorSpec(
        mark_translatable(
            "sentences",
            "Something went wrong inside Matinee. Nothing was lost. Please report it with the file {path}.",
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
        mark_translatable("sentences", "The headless browser failed: {reason}."), facts=("reason",)
    ),
    "demo.not_seen": ErrorSpec(
        mark_translatable("sentences", "In the browser, {what} did not appear within {limit_ms}."),
        facts=(
            "what",
            "limit_ms",
        ),
    ),
}
