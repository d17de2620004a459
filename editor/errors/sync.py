"""Errors of syncing with a hosting and of proxies that it sends."""

from editor.errors.spec import ErrorSpec, mark_translatable

SYNC_ERRORS: dict[str, ErrorSpec] = {
    "sync.address": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{address}” is not the address of a server. It begins with https:// (or http:// on this computer).",
        ),
        facts=("address",),
    ),
    "sync.offline": ErrorSpec(
        mark_translatable(
            "sentences",
            "Can't connect to {address}. Your work is safe on this computer. Try again when you are online.",
        ),
        facts=("address",),
    ),
    "sync.trouble": ErrorSpec(
        mark_translatable("sentences", "The server {address} has a problem ({reason}). Try again in a moment."),
        facts=(
            "address",
            "reason",
        ),
    ),
    "sync.not_matinee": ErrorSpec(
        mark_translatable("sentences", "{address} is not a Matinee server, or a newer one. Check the address."),
        facts=("address",),
    ),
    "sync.unsaved": ErrorSpec(mark_translatable("sentences", "Save first: only saved versions go to the server.")),
    "sync.signed_out": ErrorSpec(
        mark_translatable("sentences", "You are not connected to a server. Sign in to one, or host on this computer.")
    ),
    "sync.no_start": ErrorSpec(
        mark_translatable("sentences", "The server on this computer did not start: {reason}"), facts=("reason",)
    ),
    "sync.went_back": ErrorSpec(
        mark_translatable(
            "sentences",
            "The server {address} was restored from a backup and may lack some of your versions. "
            "Nothing was sent. Compare to send what is missing; nothing is lost on either side.",
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
            "“{title}” was deleted on the server. It is still on this computer: delete it here too, "
            "or save it to send it again.",
        ),
        facts=("title",),
    ),
    "sync.brought_back": ErrorSpec(
        mark_translatable("sentences", "“{title}” had been deleted on the server; your newer version restored it."),
        facts=("title",),
    ),
    "sync.edited_there": ErrorSpec(
        mark_translatable(
            "sentences",
            "You deleted “{title}”, but a colleague has changed it since. Restore it to see the changes.",
        ),
        facts=("title",),
    ),
    "sync.kept": ErrorSpec(
        mark_translatable(
            "sentences", "In “{title}”, segments that one of you deleted and the other changed were kept: {count}."
        ),
        facts=(
            "title",
            "count",
        ),
    ),
    "sync.long_note": ErrorSpec(
        mark_translatable("sentences", "A note of “{title}” is longer than {most} characters. Shorten it."),
        facts=(
            "title",
            "most",
        ),
    ),
    "sync.old_version": ErrorSpec(
        mark_translatable(
            "sentences",
            "This version was never sent to the server, and a later one was. Restore it, save, and "
            "publish the new version.",
        )
    ),
    "sync.stopped": ErrorSpec(
        mark_translatable("sentences", "The server on this computer is stopped. Start it, then try again.")
    ),
    "stand_in.coming": ErrorSpec(
        mark_translatable("sentences", "A preview copy of “{name}” is being downloaded from the server ({percent} %)."),
        facts=(
            "name",
            "percent",
        ),
    ),
    "stand_in.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "The preview copy of “{name}” needs {need_mb} MB, and {free_mb} MB are free on this "
            "disk. Free some space, then download it again.",
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
            "The preview copy of “{name}” arrived damaged and was deleted. Download it again, or relink the file.",
        ),
        facts=("name",),
    ),
    "sync.no_owner": ErrorSpec(
        mark_translatable(
            "sentences",
            "The key to the server on this computer is lost. Move the folder “{path}” away and start "
            "the server again: it starts empty.",
        ),
        facts=("path",),
    ),
}
