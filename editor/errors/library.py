"""Errors of the library on disk."""

from editor.errors.spec import ErrorSpec, mark_translatable

LIBRARY_ERRORS: dict[str, ErrorSpec] = {
    "library.damaged": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} is damaged ({reason}) and was not changed. Restore one of the daily "
            "backups in {copies}, or open another library.",
        ),
        facts=(
            "path",
            "reason",
            "copies",
        ),
    ),
    "library.newer": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} was written by a newer Matinee and was not changed. Update Matinee, "
            "or open another library. Its daily backups are in {copies}.",
        ),
        facts=(
            "path",
            "copies",
            "found",
            "known",
        ),
    ),
    "library.missing": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} is missing, but there are backups of it. Restore one from {copies}, "
            "or move that folder away to start with an empty library.",
        ),
        facts=(
            "path",
            "copies",
        ),
    ),
    "library.gone": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} is no longer there, so the last edit was not saved. Connect its "
            "drive, or put it back, and open it again; every earlier edit is in it.",
        ),
        facts=("path",),
    ),
    "library.unwritable": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} cannot be written ({reason}). Check the permissions, or use a "
            "library in another folder.",
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "library.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "The drive of {path} is full. Nothing was lost and nothing was changed. Free some space and try again.",
        ),
        facts=("path",),
    ),
    "library.busy": ErrorSpec(
        mark_translatable(
            "sentences",
            "Another program has been using the library {path} for too long. Wait until it has finished, or close it.",
        ),
        facts=("path",),
    ),
    "library.stale": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” was changed by another program in the meantime. Nothing was overwritten. "
            "Reload it, then edit again.",
        ),
        facts=(
            "title",
            "id",
        ),
    ),
    "library.exists": ErrorSpec(
        mark_translatable("sentences", "“{title}” is in this library already."),
        facts=(
            "title",
            "id",
        ),
    ),
    "library.no_webinar": ErrorSpec(
        mark_translatable(
            "sentences", "This webinar is no longer in the library. Another program may have removed it for good."
        ),
        facts=("id",),
    ),
    "library.no_version": ErrorSpec(
        mark_translatable("sentences", "There is no version {hash} of this webinar. Choose another from its history."),
        facts=("hash",),
    ),
    "library.no_copy": ErrorSpec(
        mark_translatable("sentences", "There is no usable backup in {path}."), facts=("path",)
    ),
    "library.unknown": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” contains things from a newer Matinee ({unknown}). You can view it; update Matinee to edit it.",
        ),
        facts=(
            "title",
            "unknown",
        ),
    ),
}
