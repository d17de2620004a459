"""Errors of what the hosting stores: webinars, versions, notes, uploads."""

from editor.errors.spec import ErrorSpec, mark_translatable

STORAGE_ERRORS: dict[str, ErrorSpec] = {
    "webinar.unknown": ErrorSpec(
        mark_translatable("sentences", "There is no such webinar on the server."), facts=("id",), status=404
    ),
    "webinar.stale": ErrorSpec(
        mark_translatable("sentences", "The server has a newer version of this webinar. Sync, then try again."),
        facts=(
            "id",
            "rev",
        ),
        status=412,
    ),
    "webinar.unconditional": ErrorSpec(
        mark_translatable("sentences", "The request does not say which revision it changes (If-Match)."), status=428
    ),
    "webinar.other": ErrorSpec(
        mark_translatable("sentences", "This is the document of another webinar."),
        facts=(
            "found",
            "id",
        ),
        status=422,
    ),
    "webinar.base_unknown": ErrorSpec(
        mark_translatable(
            "sentences", "The server does not have the version that these changes are based on. Send the whole webinar."
        ),
        facts=("hash",),
        status=422,
    ),
    "patch.outside": ErrorSpec(
        mark_translatable("sentences", "The changes do not fit the version they are based on."),
        facts=(
            "at",
            "size",
        ),
    ),
    "patch.large": ErrorSpec(
        mark_translatable("sentences", "The changed webinar is larger than the server accepts."), facts=("most",)
    ),
    "patch.torn": ErrorSpec(mark_translatable("sentences", "The changes arrived damaged. Sync again.")),
    "version.unknown": ErrorSpec(
        mark_translatable("sentences", "There is no such version on the server. Sync, then try again."),
        facts=("hash",),
        status=404,
    ),
    "version.wrong_hash": ErrorSpec(
        mark_translatable("sentences", "The version arrived damaged. Sync again."), facts=("hash",), status=422
    ),
    "notes.stale": ErrorSpec(
        mark_translatable("sentences", "The server has newer notes for this webinar. Sync, then try again."),
        facts=(
            "id",
            "rev",
        ),
        status=412,
    ),
    "idempotency.reused": ErrorSpec(
        mark_translatable("sentences", "This request was made before, with other content."), facts=("key",), status=422
    ),
    "upload.unknown": ErrorSpec(mark_translatable("sentences", "There is no such upload. Start it again."), status=404),
    "upload.offset": ErrorSpec(
        mark_translatable("sentences", "The upload is at byte {offset}. Continue from there."),
        facts=("offset",),
        status=409,
    ),
    "upload.too_long": ErrorSpec(
        mark_translatable("sentences", "More data arrived than the upload announced."), status=413
    ),
    "upload.too_large": ErrorSpec(
        mark_translatable("sentences", "The file is larger than the server accepts ({most} bytes)."),
        facts=("most",),
        status=413,
    ),
    "upload.quota": ErrorSpec(
        mark_translatable(
            "sentences",
            "There is no space left for this file ({quota} bytes in total). Delete webinars that you no longer need.",
        ),
        facts=("quota",),
        status=507,
    ),
    "upload.checksum": ErrorSpec(
        mark_translatable("sentences", "A part of the file arrived damaged and was discarded. Send it again."),
        status=460,
    ),
    "upload.in_use": ErrorSpec(
        mark_translatable(
            "sentences", "This file is already being sent, perhaps over a broken connection. Try again in a minute."
        ),
        status=423,
    ),
    "upload.broken_off": ErrorSpec(
        mark_translatable("sentences", "The connection was lost during the upload. Continue where it stopped."),
        status=400,
    ),
    "upload.wrong_hash": ErrorSpec(
        mark_translatable("sentences", "The file arrived damaged and was discarded. Send it again."),
        facts=("sha256",),
        status=422,
    ),
    "upload.damaged_here": ErrorSpec(
        mark_translatable(
            "sentences",
            "The prepared files of “{name}” were damaged on this computer and were deleted. Try "
            "again: they are prepared anew.",
        ),
        facts=("name",),
    ),
    "upload.version": ErrorSpec(mark_translatable("sentences", "The server supports tus 1.0.0 only."), status=412),
    "manifest.newer": ErrorSpec(
        mark_translatable("sentences", "This media was prepared by a newer Matinee. Update the server."), status=422
    ),
    "manifest.invalid": ErrorSpec(
        mark_translatable("sentences", "The prepared media is damaged. Prepare it again."),
        facts=("media",),
        status=422,
    ),
    "manifest.missing": ErrorSpec(
        mark_translatable("sentences", "Some files of the prepared media are not on the server yet."),
        facts=("missing",),
        status=422,
    ),
    "manifest.unknown": ErrorSpec(
        mark_translatable("sentences", "This media has not been prepared and uploaded yet."),
        facts=("media",),
        status=404,
    ),
    "media.not_here": ErrorSpec(
        mark_translatable("sentences", "This file is not on the server."), facts=("sha256",), status=404
    ),
}
