"""Errors of the library on disk."""

from editor.errors.spec import ErrorSpec, mark_translatable

LIBRARY_ERRORS: dict[str, ErrorSpec] = {
    "library.damaged": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} is damaged ({reason}) and was left as it is. Put one of the daily copies "
            "from {copies} back, or open another library.",
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
            "The library {path} was written by a newer Matinee and was left as it is. Update this one, "
            "or open another library. Its daily copies are in {copies}.",
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
            "The library {path} is not there, but copies of it are. Put one from {copies} back, or move "
            "that folder away to begin with an empty library.",
        ),
        facts=(
            "path",
            "copies",
        ),
    ),
    "library.gone": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} is no longer where it was, so the last edit was not made. Connect its "
            "drive, or put it back, and open it again; every edit before is in it.",
        ),
        facts=("path",),
    ),
    "library.unwritable": ErrorSpec(
        mark_translatable(
            "sentences",
            "The library {path} cannot be written ({reason}). Allow writing there, or open a library in "
            "another folder.",
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "library.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "The drive of {path} is full. Nothing was lost and nothing changed; free some space and do it again.",
        ),
        facts=("path",),
    ),
    "library.busy": ErrorSpec(
        mark_translatable(
            "sentences",
            "Another program has been writing to the library {path} for too long. Wait until it is done, or close it.",
        ),
        facts=("path",),
    ),
    "library.stale": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” was changed by another program meanwhile. Nothing was overwritten; reload it to "
            "see the change, then edit again.",
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
        mark_translatable("sentences", "There is no copy in {path} that could be put back."), facts=("path",)
    ),
    "library.unknown": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” holds what only a newer Matinee knows ({unknown}). It can be looked at; update "
            "Matinee to go on.",
        ),
        facts=(
            "title",
            "unknown",
        ),
    ),
}
