"""Errors of the hosting: starting it, accounts, requests, backups."""

from editor.errors.spec import ErrorSpec, mark_translatable

SERVER_ERRORS: dict[str, ErrorSpec] = {
    "hosting.unwritable": ErrorSpec(
        mark_translatable(
            "sentences",
            "The server cannot write to “{path}”: {reason}. Check the folder, or choose another one with --data.",
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "hosting.damaged": ErrorSpec(
        mark_translatable(
            "sentences",
            "The server's database “{path}” is damaged: {reason}. Restore a backup with matinee-host restore.",
        ),
        facts=(
            "path",
            "reason",
        ),
    ),
    "hosting.newer": ErrorSpec(
        mark_translatable("sentences", "“{path}” was written by a newer server. Update this one. Nothing was changed."),
        facts=("path",),
    ),
    "hosting.busy": ErrorSpec(mark_translatable("sentences", "The server is busy. Try again in a moment."), status=503),
    "hosting.full": ErrorSpec(
        mark_translatable(
            "sentences",
            "The server's disk is full or failing. What was confirmed is saved. Tell the administrator of the server.",
        ),
        facts=("free",),
        status=507,
    ),
    "hosting.bug": ErrorSpec(
        mark_translatable(
            "sentences", "Something went wrong on the server. It is in the server's log. None of your data was lost."
        ),
        status=500,
    ),
    "hosting.port": ErrorSpec(
        mark_translatable(
            "sentences", "The server cannot listen on {host}, port {port}: {reason}. Choose another port with --port."
        ),
        facts=(
            "host",
            "port",
            "reason",
        ),
    ),
    "hosting.no_database": ErrorSpec(
        mark_translatable("sentences", "There is no server data in “{path}”. Give its folder with --data."),
        facts=("path",),
    ),
    "hosting.not_created": ErrorSpec(
        mark_translatable(
            "sentences",
            "There is no server data in “{path}”. Give its folder with --data, or add --create to begin there.",
        ),
        facts=("path",),
    ),
    "hosting.emptied": ErrorSpec(
        mark_translatable(
            "sentences",
            "The server's database “{path}” is missing or empty, but media or backups are beside it. Restore a backup "
            "with matinee-host restore, or choose another folder with --data.",
        ),
        facts=("path",),
    ),
    "hosting.running": ErrorSpec(
        mark_translatable(
            "sentences",
            "A server is already running on “{path}”: process {pid}, since {since}. Stop it first, or choose another "
            "folder with --data.",
        ),
        facts=(
            "path",
            "pid",
            "since",
        ),
    ),
    "hosting.not_migrated": ErrorSpec(
        mark_translatable(
            "sentences",
            "The server's database “{path}” could not be migrated to this version: {reason}. Nothing was changed. If "
            "the disk is full, free some space; otherwise start the previous version. A backup is in “{backup}”.",
        ),
        facts=(
            "path",
            "reason",
            "backup",
        ),
    ),
    "settings.unreadable": ErrorSpec(
        mark_translatable("sentences", "The settings in “{path}” cannot be read: {reason}."),
        facts=(
            "path",
            "reason",
        ),
    ),
    "settings.invalid": ErrorSpec(
        mark_translatable("sentences", "A setting is invalid: {reason}. Correct it and start again."),
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
        mark_translatable("sentences", "“{path}” is not a backup that can be restored: {reason}. Nothing was changed."),
        facts=(
            "path",
            "reason",
        ),
    ),
    "backup.running": ErrorSpec(
        mark_translatable(
            "sentences", "The server is running on “{path}”. Stop it, then restore. Nothing was changed."
        ),
        facts=("path",),
    ),
    "account.wrong": ErrorSpec(
        mark_translatable("sentences", "The e-mail address or the password is wrong."), status=401
    ),
    "account.signed_out": ErrorSpec(
        mark_translatable("sentences", "You are no longer signed in. Sign in again."), status=401
    ),
    "account.owned": ErrorSpec(
        mark_translatable("sentences", "This server has an owner already. Sign in instead."), status=409
    ),
    "account.key": ErrorSpec(
        mark_translatable("sentences", "This one-time link has been used. Restart the server for a new one."),
        status=403,
    ),
    "account.email": ErrorSpec(
        mark_translatable("sentences", "“{email}” is not an e-mail address, or it has an account already."),
        facts=("email",),
        status=400,
    ),
    "account.password": ErrorSpec(
        mark_translatable("sentences", "The password needs at least {least} characters."), facts=("least",), status=400
    ),
    "request.invalid": ErrorSpec(
        mark_translatable("sentences", "The server does not understand the request: {reason}."),
        facts=("reason",),
        status=400,
    ),
    "request.unknown": ErrorSpec(mark_translatable("sentences", "There is nothing at this address."), status=404),
    "request.method": ErrorSpec(
        mark_translatable("sentences", "This address does not support this method."), status=405
    ),
    "request.too_large": ErrorSpec(
        mark_translatable("sentences", "This is larger than the server accepts."), status=413
    ),
    "request.slow": ErrorSpec(
        mark_translatable("sentences", "The request took too long and was stopped. Try again on a better connection."),
        status=408,
    ),
    "request.head": ErrorSpec(
        mark_translatable("sentences", "The request's address or headers are too long."), status=431
    ),
    "request.type": ErrorSpec(mark_translatable("sentences", "This type of content is not accepted."), status=415),
    "api.newer": ErrorSpec(
        mark_translatable(
            "sentences", "This Matinee is newer than the server, which supports version {speaks}. Update the server."
        ),
        facts=(
            "speaks",
            "asked",
        ),
        status=406,
    ),
    "request.refused": ErrorSpec(
        mark_translatable("sentences", "The server refused the request: {reason}."), facts=("reason",)
    ),
    "hosting.stopping": ErrorSpec(
        mark_translatable("sentences", "The server is shutting down. Try again in a moment."), status=503
    ),
}
