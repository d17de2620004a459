"""Errors of the hosting: starting it, accounts, requests, backups."""

from editor.errors.spec import ErrorSpec, mark_translatable

SERVER_ERRORS: dict[str, ErrorSpec] = {
    "hosting.unwritable": ErrorSpec(
        mark_translatable(
            "sentences",
            "The hosting cannot write to “{path}”: {reason}. Mend that, or give it another folder (--data).",
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "hosting.damaged": ErrorSpec(
        mark_translatable(
            "sentences", "The hosting's database “{path}” is damaged: {reason}. Restore a backup: matinee-host restore."
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "hosting.newer": ErrorSpec(
        mark_translatable(
            "sentences", "“{path}” was written by a newer hosting. Update this one; nothing was changed."
        ),
        facts=("path",),
    ),
    "hosting.busy": ErrorSpec(
        mark_translatable("sentences", "The hosting is busy. Try again in a moment."), status=503
    ),
    "hosting.full": ErrorSpec(
        mark_translatable(
            "sentences", "The hosting's disk is full or failing. What was confirmed is kept; tell whoever runs it."
        ),
        facts=("free",),
        status=507,
    ),
    "hosting.bug": ErrorSpec(
        mark_translatable(
            "sentences", "Something went wrong inside the hosting. It is in its log; nothing of yours was lost."
        ),
        status=500,
    ),
    "hosting.port": ErrorSpec(
        mark_translatable(
            "sentences", "The hosting cannot listen on {host}, port {port}: {reason}. Give another one with --port."
        ),
        facts=(
            "host",
            "port",
            "reason",
        ),
    ),
    "hosting.no_database": ErrorSpec(
        mark_translatable("sentences", "There is no hosting in “{path}”. Name its folder with --data."), facts=("path",)
    ),
    "settings.unreadable": ErrorSpec(
        mark_translatable("sentences", "The settings in “{path}” cannot be read: {reason}."),
        facts=(
            "path",
            "reason",
        ),
    ),
    "settings.invalid": ErrorSpec(
        mark_translatable("sentences", "A setting cannot be used: {reason}. Mend it and start again."),
        facts=("reason",),
    ),
    "backup.unwritable": ErrorSpec(
        mark_translatable("sentences", "The backup “{path}” could not be written: {reason}."),
        facts=(
            "path",
            "reason",
        ),
    ),
    "backup.unreadable": ErrorSpec(
        mark_translatable("sentences", "“{path}” is no backup that can be restored: {reason}. Nothing was changed."),
        facts=(
            "path",
            "reason",
        ),
    ),
    "backup.running": ErrorSpec(
        mark_translatable(
            "sentences", "The hosting is running on “{path}”. Stop it, then restore; nothing was changed."
        ),
        facts=("path",),
    ),
    "account.wrong": ErrorSpec(mark_translatable("sentences", "The address or the password is wrong."), status=401),
    "account.signed_out": ErrorSpec(
        mark_translatable("sentences", "You are not signed in here any more. Sign in again."), status=401
    ),
    "account.owned": ErrorSpec(
        mark_translatable("sentences", "This hosting has its owner already. Sign in instead."), status=409
    ),
    "account.key": ErrorSpec(
        mark_translatable("sentences", "This one-time link is used up. Start the hosting again for a new one."),
        status=403,
    ),
    "account.email": ErrorSpec(
        mark_translatable("sentences", "“{email}” is no address, or it has an account already."),
        facts=("email",),
        status=400,
    ),
    "account.password": ErrorSpec(
        mark_translatable("sentences", "The password needs at least {least} characters."), facts=("least",), status=400
    ),
    "request.invalid": ErrorSpec(
        mark_translatable("sentences", "The request is not one this hosting understands: {reason}."),
        facts=("reason",),
        status=400,
    ),
    "request.unknown": ErrorSpec(mark_translatable("sentences", "There is nothing at this address."), status=404),
    "request.method": ErrorSpec(mark_translatable("sentences", "This address does not do that."), status=405),
    "request.too_large": ErrorSpec(
        mark_translatable("sentences", "This is larger than the hosting takes."), status=413
    ),
    "request.slow": ErrorSpec(
        mark_translatable("sentences", "The request came too slowly and was given up. Try again on a better line."),
        status=408,
    ),
    "request.head": ErrorSpec(
        mark_translatable("sentences", "The request's address or headers are longer than is taken here."), status=431
    ),
    "request.type": ErrorSpec(mark_translatable("sentences", "This kind of content is not taken here."), status=415),
    "api.newer": ErrorSpec(
        mark_translatable(
            "sentences", "This Matinee is newer than the hosting, which speaks version {speaks}. Update the hosting."
        ),
        facts=(
            "speaks",
            "asked",
        ),
        status=406,
    ),
    "request.refused": ErrorSpec(
        mark_translatable("sentences", "The hosting refused this: {reason}."), facts=("reason",)
    ),
    "hosting.stopping": ErrorSpec(
        mark_translatable("sentences", "The hosting is just being stopped. Try again in a moment."), status=503
    ),
}
