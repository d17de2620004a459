"""Errors of what the hosting stores: webinars, versions, notes, uploads."""

from editor.errors.spec import ErrorSpec, mark_translatable

STORAGE_ERRORS: dict[str, ErrorSpec] = {
    "webinar.unknown": ErrorSpec(
        mark_translatable("sentences", "There is no such webinar on the hosting."), facts=("id",), status=404
    ),
    "webinar.stale": ErrorSpec(
        mark_translatable(
            "sentences", "The hosting has a newer state of this webinar. Fetch it, merge, and push again."
        ),
        facts=(
            "id",
            "rev",
        ),
        status=412,
    ),
    "webinar.unconditional": ErrorSpec(
        mark_translatable("sentences", "The request does not say which state it changes (If-Match)."), status=428
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
            "sentences", "The hosting has not got the version that these changes begin from. Send the webinar whole."
        ),
        facts=("hash",),
        status=422,
    ),
    "patch.outside": ErrorSpec(
        mark_translatable("sentences", "The changes do not fit the version they begin from."),
        facts=(
            "at",
            "size",
        ),
    ),
    "patch.large": ErrorSpec(
        mark_translatable("sentences", "The changes make more of the webinar than the hosting takes."), facts=("most",)
    ),
    "patch.torn": ErrorSpec(mark_translatable("sentences", "The changes arrived damaged. Sync again.")),
    "version.unknown": ErrorSpec(
        mark_translatable("sentences", "There is no such version on the hosting. Sync, then try again."),
        facts=("hash",),
        status=404,
    ),
    "version.wrong_hash": ErrorSpec(
        mark_translatable("sentences", "The version arrived damaged. Sync again."), facts=("hash",), status=422
    ),
    "notes.stale": ErrorSpec(
        mark_translatable("sentences", "The hosting has newer notes for this webinar. Fetch them first."),
        facts=(
            "id",
            "rev",
        ),
        status=412,
    ),
    "idempotency.reused": ErrorSpec(
        mark_translatable("sentences", "This request was made before, with other content."), facts=("key",), status=422
    ),
    "upload.unknown": ErrorSpec(
        mark_translatable("sentences", "There is no such upload under way; begin it anew."), status=404
    ),
    "upload.offset": ErrorSpec(
        mark_translatable("sentences", "The upload stands at byte {offset}; go on from there."),
        facts=("offset",),
        status=409,
    ),
    "upload.too_long": ErrorSpec(
        mark_translatable("sentences", "More bytes came than the upload said it has."), status=413
    ),
    "upload.too_large": ErrorSpec(
        mark_translatable("sentences", "The file is larger than the hosting takes ({most} bytes)."),
        facts=("most",),
        status=413,
    ),
    "upload.quota": ErrorSpec(
        mark_translatable(
            "sentences",
            "There is no room left for this file ({quota} bytes in all). Delete webinars you no longer need.",
        ),
        facts=("quota",),
        status=507,
    ),
    "upload.checksum": ErrorSpec(
        mark_translatable("sentences", "A piece arrived damaged and was thrown away; send it again."), status=460
    ),
    "upload.in_use": ErrorSpec(
        mark_translatable(
            "sentences", "This file is being sent already, maybe over a line that broke. Try again in a minute."
        ),
        status=423,
    ),
    "upload.broken_off": ErrorSpec(
        mark_translatable("sentences", "The line broke while sending. Go on from where it stands."), status=400
    ),
    "upload.wrong_hash": ErrorSpec(
        mark_translatable("sentences", "The file arrived damaged and was thrown away; send it again."),
        facts=("sha256",),
        status=422,
    ),
    "upload.damaged_here": ErrorSpec(
        mark_translatable(
            "sentences",
            "What was prepared of “{name}” was damaged on this computer and is thrown away. Try again: "
            "it is made anew.",
        ),
        facts=("name",),
    ),
    "upload.version": ErrorSpec(mark_translatable("sentences", "The hosting speaks tus 1.0.0 only."), status=412),
    "manifest.newer": ErrorSpec(
        mark_translatable("sentences", "This was prepared by a newer Matinee. Update the hosting."), status=422
    ),
    "manifest.invalid": ErrorSpec(
        mark_translatable("sentences", "What was prepared is damaged. Prepare the media again."),
        facts=("media",),
        status=422,
    ),
    "manifest.missing": ErrorSpec(
        mark_translatable("sentences", "Files of the prepared media are not on the hosting yet."),
        facts=("missing",),
        status=422,
    ),
    "manifest.unknown": ErrorSpec(
        mark_translatable("sentences", "This media has not been prepared and uploaded yet."),
        facts=("media",),
        status=404,
    ),
    "media.not_here": ErrorSpec(
        mark_translatable("sentences", "This file is not on the hosting."), facts=("sha256",), status=404
    ),
}
