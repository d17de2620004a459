"""Errors of syncing with a hosting and of proxies that it sends."""

from editor.errors.spec import ErrorSpec, mark_translatable

SYNC_ERRORS: dict[str, ErrorSpec] = {
    "sync.address": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{address}” is no address of a hosting. It begins with https:// (or http:// on this computer).",
        ),
        facts=("address",),
    ),
    "sync.offline": ErrorSpec(
        mark_translatable(
            "sentences", "{address} cannot be reached. Your work is safe here; try again when you are online."
        ),
        facts=("address",),
    ),
    "sync.trouble": ErrorSpec(
        mark_translatable("sentences", "{address} has trouble ({reason}). Try again in a moment."),
        facts=(
            "address",
            "reason",
        ),
    ),
    "sync.not_matinee": ErrorSpec(
        mark_translatable(
            "sentences", "What answers at {address} is no Matinee hosting, or a newer one. Check the address."
        ),
        facts=("address",),
    ),
    "sync.unsaved": ErrorSpec(
        mark_translatable("sentences", "Save a version first: only saved versions go to the hosting.")
    ),
    "sync.signed_out": ErrorSpec(
        mark_translatable("sentences", "No hosting is set up here yet. Sign in to one, or host here.")
    ),
    "sync.no_start": ErrorSpec(
        mark_translatable("sentences", "The hosting on this computer did not start: {reason}"), facts=("reason",)
    ),
    "sync.went_back": ErrorSpec(
        mark_translatable(
            "sentences",
            "{address} was restored from a backup and may lack what you sent. Nothing was sent now. Go "
            "on with it: what it lacks is sent again, and nothing is lost on either side.",
        ),
        facts=(
            "address",
            "epoch",
        ),
        status=409,
    ),
    "sync.deleted_there": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” was deleted on the hosting. It is still here; delete it here too, or save to send it again.",
        ),
        facts=("title",),
    ),
    "sync.brought_back": ErrorSpec(
        mark_translatable(
            "sentences", "“{title}” had been deleted on the hosting; your newer version brought it back."
        ),
        facts=("title",),
    ),
    "sync.edited_there": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{title}” is in the bin here, and a colleague went on with it. Take it out of the bin to see how.",
        ),
        facts=("title",),
    ),
    "sync.kept": ErrorSpec(
        mark_translatable(
            "sentences", "One of you deleted what the other changed in “{title}”; it was kept ({count})."
        ),
        facts=(
            "title",
            "count",
        ),
    ),
    "sync.long_note": ErrorSpec(
        mark_translatable(
            "sentences", "A note of “{title}” is longer than the hosting takes ({most} characters). Shorten it."
        ),
        facts=(
            "title",
            "most",
        ),
    ),
    "sync.old_version": ErrorSpec(
        mark_translatable(
            "sentences",
            "This version never went to the hosting, and a later one did. Restore it, save, and publish that.",
        )
    ),
    "sync.stopped": ErrorSpec(
        mark_translatable("sentences", "The hosting on this computer is stopped. Start it, then try again.")
    ),
    "stand_in.coming": ErrorSpec(
        mark_translatable("sentences", "A prepared copy of “{name}” is on its way from the hosting ({percent} %)."),
        facts=(
            "name",
            "percent",
        ),
    ),
    "stand_in.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "The prepared copy of “{name}” needs {need_mb} MB on this disk, and {free_mb} MB are free. "
            "Make room, then get it again.",
        ),
        facts=(
            "name",
            "need_mb",
            "free_mb",
        ),
    ),
    "stand_in.wrong": ErrorSpec(
        mark_translatable(
            "sentences",
            "What the hosting sent of “{name}” is not what it has of it, and was thrown away. Get it "
            "again, or relink the file.",
        ),
        facts=("name",),
    ),
    "sync.no_owner": ErrorSpec(
        mark_translatable(
            "sentences",
            "The key to the hosting on this computer is lost. Move “{path}” aside and start it again: it begins anew.",
        ),
        facts=("path",),
    ),
}
