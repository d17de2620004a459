"""Errors of media files: reading, preparing, playing."""

from editor.errors.spec import ErrorSpec, mark_translatable

MEDIA_ERRORS: dict[str, ErrorSpec] = {
    "media.gone": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is no longer there. Check whether it was moved or its drive was removed, and try again.",
        ),
        facts=("name",),
    ),
    "media.forbidden": ErrorSpec(
        mark_translatable(
            "sentences",
            "You have no permission to read “{name}”. Change its permissions, or use a copy.",
        ),
        facts=("name",),
    ),
    "media.read_failed": ErrorSpec(
        mark_translatable("sentences", "“{name}” cannot be read: {reason}. Check the drive it is on, or use a copy."),
        facts=(
            "name",
            "reason",
        ),
    ),
    "media.no_file": ErrorSpec(
        mark_translatable("sentences", "“{name}” is a folder or a device. Choose the file itself."), facts=("name",)
    ),
    "media.empty": ErrorSpec(
        mark_translatable("sentences", "“{name}” is an empty file. Copy or export it again."), facts=("name",)
    ),
    "media.changing": ErrorSpec(
        mark_translatable("sentences", "“{name}” is still being written. Wait until it is finished, then try again."),
        facts=("name",),
    ),
    "media.unwritable": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{folder}” cannot be written to: {reason}. Free some space or check the folder, and try again.",
        ),
        facts=(
            "folder",
            "reason",
        ),
    ),
    "media.kind": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is not a media that a webinar can show, but {found}. Save or export it as mp4, "
            "mp3, PNG, JPEG, PDF or pptx.",
        ),
        facts=(
            "name",
            "found",
        ),
    ),
    "media.playlist": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is a playlist or shortcut ({found}): it only names other files or addresses. Import the videos "
            "that it names.",
        ),
        facts=(
            "name",
            "found",
        ),
    ),
    "media.animated": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is an animated image. Convert it to a video (mp4), or save one of its images as PNG.",
        ),
        facts=("name",),
    ),
    "media.subtitles": ErrorSpec(
        mark_translatable(
            "sentences", "“{name}” is a subtitle file. Attach it to a video or an audio file instead of placing it."
        ),
        facts=("name",),
    ),
    "media.unreadable": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is damaged or of an unsupported type ({reason}). Export it again; if other "
            "programs can play it, convert it to mp4.",
        ),
        facts=(
            "name",
            "reason",
        ),
    ),
    "media.truncated": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is incomplete: its end is missing. A recording or a copy did not finish; copy "
            "or export it again.",
        ),
        facts=("name",),
    ),
    "media.torn": ErrorSpec(
        mark_translatable("sentences", "“{name}” is an incomplete image. Save or copy it again."), facts=("name",)
    ),
    "media.codec": ErrorSpec(
        mark_translatable("sentences", "The encoding of “{name}” is not supported. Convert it to mp4 (H.264 and AAC)."),
        facts=("name",),
    ),
    "media.no_duration": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” lasts 0 seconds: it has neither picture nor sound. Record or export it again.",
        ),
        facts=("name",),
    ),
    "media.no_picture": ErrorSpec(
        mark_translatable("sentences", "“{name}” has no picture, only sound."), facts=("name",)
    ),
    "media.locked": ErrorSpec(
        mark_translatable("sentences", "“{name}” is protected by a password. Save it without one, and use that file."),
        facts=("name",),
    ),
    "media.too_large": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” has {width} × {height} pixels, more than {most} million. Scale it down (3840 "
            "pixels across are enough), and use that file.",
        ),
        facts=(
            "name",
            "width",
            "height",
            "most",
        ),
    ),
    "media.no_page": ErrorSpec(
        mark_translatable("sentences", "“{name}” has {pages} pages; there is no page {page}."),
        facts=(
            "name",
            "pages",
            "page",
        ),
    ),
    "media.no_office": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” needs LibreOffice, which is not installed. Install LibreOffice, or save the slides as PDF.",
        ),
        facts=("name",),
    ),
    "media.office_failed": ErrorSpec(
        mark_translatable(
            "sentences",
            "LibreOffice could not read “{name}” ({reason}). Open it there to see why, or save the slides as PDF.",
        ),
        facts=(
            "name",
            "reason",
        ),
    ),
    "media.office_slow": ErrorSpec(
        mark_translatable(
            "sentences",
            "LibreOffice took longer than {limit_ms} for “{name}” and was stopped. Save the slides as PDF.",
        ),
        facts=(
            "limit_ms",
            "name",
        ),
    ),
    "media.office_unsafe": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” cannot be checked for links to other files ({reason}). Save it again with PowerPoint or "
            "LibreOffice, or save the slides as PDF.",
        ),
        facts=(
            "name",
            "reason",
        ),
    ),
    "media.links_removed": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” uses pictures or objects that are not part of the presentation ({count}). They are left out; "
            "insert them into it, and import it again.",
        ),
        facts=(
            "name",
            "count",
        ),
    ),
    "media.missing": ErrorSpec(
        mark_translatable("sentences", "“{name}” is missing. Use Relink to show where it is now."),
        facts=("name",),
    ),
    "media.other": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is not the file that is missing. Choose the file that was imported, or use Replace media.",
        ),
        facts=("name",),
    ),
    "media.captions_unreadable": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is not a valid subtitle file: line {line} is wrong. Correct that line, or "
            "export the subtitles again as .srt or .vtt.",
        ),
        facts=(
            "name",
            "line",
        ),
    ),
    "media.captions_kind": ErrorSpec(
        mark_translatable("sentences", "“{name}” is not a subtitle file. Choose a file ending in .srt or .vtt."),
        facts=("name",),
    ),
    "media.captions_missing": ErrorSpec(
        mark_translatable(
            "sentences", "The subtitles {name} are not on this computer. Attach the subtitle file again."
        ),
        facts=("name",),
    ),
    "media.no_ffmpeg": ErrorSpec(mark_translatable("sentences", "ffmpeg is not installed. Install it, and try again.")),
    "media.prepared_badly": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” could not be prepared correctly ({what}). Export it again from the program it comes from.",
        ),
        facts=(
            "name",
            "what",
        ),
    ),
    "media.ffmpeg_failed": ErrorSpec(
        mark_translatable("sentences", "ffmpeg failed: {reason}. Free some disk space and try again."),
        facts=("reason",),
    ),
    "media.cut_short": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” is incomplete: only {duration_ms} of {told_ms} can be played. Use it as it is, "
            "or copy or export it again.",
        ),
        facts=(
            "name",
            "duration_ms",
            "told_ms",
        ),
    ),
    "media.beyond_day": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” plays for {duration_ms}, longer than a webinar can last. Up to 24 hours of it can be placed.",
        ),
        facts=(
            "name",
            "duration_ms",
        ),
    ),
    "media.sound_unreadable": ErrorSpec(
        mark_translatable(
            "sentences",
            "The sound of “{name}” has an unsupported encoding, so it plays without sound. Convert "
            "it to mp4 (H.264 and AAC).",
        ),
        facts=("name",),
    ),
    "playback.no_vlc": ErrorSpec(
        mark_translatable(
            "sentences",
            "Nothing can be played: libvlc is not installed, or without its plugins. Start Matinee with "
            "`./matinee`, which installs it, or install VLC yourself.",
        )
    ),
    "playback.failed": ErrorSpec(
        mark_translatable(
            "sentences", "“{name}” cannot be played. Convert it to MP4 (H.264 and AAC) and replace the media."
        ),
        facts=("name",),
    ),
    "playback.no_picture": ErrorSpec(
        mark_translatable(
            "sentences",
            "“{name}” plays without a picture: its video format cannot be decoded. Convert it to MP4 "
            "(H.264 and AAC) and replace the media.",
        ),
        facts=("name",),
    ),
    "playback.short": ErrorSpec(
        mark_translatable("sentences", "“{name}” stops at {at_ms}. Import the file again, or end the segment there."),
        facts=(
            "name",
            "at_ms",
        ),
    ),
}
