"""What each foreseen failure and problem is called in plain English: code → sentence with its way out.

The terminal prints these; the window shows the same ones through `ui.text.formatter`, which translates them. A
sentence names
the thing in braces by the fact of that name; facts ending in ``_ms`` are shown as times.
"""

from collections.abc import Mapping

from editor import time_format


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a sentence for the translators; it is translated where it is shown."""
    return text


MESSAGES: dict[str, str] = {
    # -- edits that are refused (editor.schedule.edits)
    "refused.taken": QT_TRANSLATE_NOOP(
        "sentences",
        "That place is taken; the nearest free one begins at {nearest_ms}. Take that, or choose Insert or Overwrite.",
    ),
    "refused.full": QT_TRANSLATE_NOOP(
        "sentences", "There is no free place that fits. Shorten it or something else, or choose Insert or Overwrite."
    ),
    "refused.overlap": QT_TRANSLATE_NOOP(
        "sentences", "Two of these would lie over each other. Give each a place of its own."
    ),
    "refused.before_zero": QT_TRANSLATE_NOOP(
        "sentences", "Nothing begins before the webinar does. Put it at its beginning or later."
    ),
    "refused.past_day": QT_TRANSLATE_NOOP(
        "sentences", "A webinar ends after 24 hours at the latest. Shorten or remove something first."
    ),
    "refused.locked": QT_TRANSLATE_NOOP(
        "sentences", "The lane “{lane}” is locked. Unlock it to change what lies on it."
    ),
    "refused.neighbour": QT_TRANSLATE_NOOP(
        "sentences",
        "A neighbour stands there: the edge goes to {nearest_ms} at most. Move it, or choose Insert or Overwrite.",
    ),
    "refused.short": QT_TRANSLATE_NOOP(
        "sentences", "A segment lasts {least_ms} at least. Leave it that much, or delete it."
    ),
    "refused.split_edge": QT_TRANSLATE_NOOP(
        "sentences", "A split leaves {least_ms} at least on either side. Move the playhead away from the edge."
    ),
    "refused.media_start": QT_TRANSLATE_NOOP(
        "sentences", "The media begins at {nearest_ms}; there is nothing before it to show. Move the segment instead."
    ),
    "refused.media_end": QT_TRANSLATE_NOOP(
        "sentences", "The media ends at {end_ms}. Play less of it, and add a buffer for the rest."
    ),
    "refused.nothing": QT_TRANSLATE_NOOP(
        "sentences", "There is nothing here to do this to. Select a segment, or put the playhead over one."
    ),
    "refused.unknown": QT_TRANSLATE_NOOP(
        "sentences", "“{id}” is not in this webinar any more. Undo brings back what was removed."
    ),
    "refused.kind": QT_TRANSLATE_NOOP(
        "sentences",
        "This cannot be done with this kind ({kind}). Choose one that fits, or delete the segment and add another.",
    ),
    "refused.stale": QT_TRANSLATE_NOOP(
        "sentences", "The segment has been moved or resized meanwhile. Open it again and repeat the change."
    ),
    "refused.same_id": QT_TRANSLATE_NOOP(
        "sentences", "“{id}” is in this webinar already. Give what is added an id of its own."
    ),
    "refused.used": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is used in this webinar. Delete or replace the segments that play it first."
    ),
    "refused.date": QT_TRANSLATE_NOOP("sentences", "{date} is no date of the calendar. Choose another."),
    "refused.zone": QT_TRANSLATE_NOOP(
        "sentences", "“{zone}” is no time zone that is known here. Choose one from the list, such as Europe/Paris."
    ),
    "refused.values": QT_TRANSLATE_NOOP(
        "sentences", "This edit has a value that cannot be: {reason}. Nothing was changed."
    ),
    "refused.broken": QT_TRANSLATE_NOOP("sentences", "“{title}” cannot be like that ({why}). Nothing was changed."),
    "broken.lane": QT_TRANSLATE_NOOP(
        "sentences", "A segment ({segment}) lies on a lane that is not its kind's ({lane})."
    ),
    "broken.order": QT_TRANSLATE_NOOP(
        "sentences", "The segments of a lane ({lane}) are not in order; {segment} comes too late."
    ),
    "broken.overlap": QT_TRANSLATE_NOOP("sentences", "Two segments of a lane ({lane}) lie over each other at {at_ms}."),
    "broken.short": QT_TRANSLATE_NOOP(
        "sentences", "A segment ({segment}) lasts {length_ms}, and {least_ms} is the least."
    ),
    "broken.before_zero": QT_TRANSLATE_NOOP("sentences", "A segment ({segment}) begins before the webinar does."),
    "broken.past_day": QT_TRANSLATE_NOOP("sentences", "A segment ({segment}) ends after 24 hours."),
    "broken.points": QT_TRANSLATE_NOOP("sentences", "A segment ({segment}) plays what is not in its media."),
    "broken.fades": QT_TRANSLATE_NOOP("sentences", "The fades of a segment ({segment}) are longer than what it plays."),
    "broken.pages": QT_TRANSLATE_NOOP("sentences", "A presentation ({segment}) shows what is not among its pages."),
    "broken.media_kind": QT_TRANSLATE_NOOP(
        "sentences", "A segment ({segment}) cannot play its media, which is of another kind ({kind})."
    ),
    "broken.media_key": QT_TRANSLATE_NOOP("sentences", "A media ({media}) is filed under another's name."),
    "broken.markers": QT_TRANSLATE_NOOP(
        "sentences", "The markers are not in order; {marker} at {at_ms} is out of place."
    ),
    "broken.same_id": QT_TRANSLATE_NOOP("sentences", "Two things have the same id ({id})."),
    "broken.values": QT_TRANSLATE_NOOP("sentences", "A value cannot be: {reason}."),
    # -- problems that preflight finds (editor.schedule.preflight)
    "problem.empty": QT_TRANSLATE_NOOP(
        "sentences", "There is nothing on the programme yet. Drop a video, an image, a PDF or a sound on it."
    ),
    "problem.gap": QT_TRANSLATE_NOOP(
        "sentences",
        "Nothing plays from {from_ms} to {to_ms}. Close the gap or put something in it.",
    ),
    "problem.no_hold": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” has no buffer: a few seconds after it, in which slow lines catch up and the host can step in.",
    ),
    "problem.too_long": QT_TRANSLATE_NOOP(
        "sentences",
        "The webinar lasts {length_ms}, and the plan allows {longest_ms}. Shorten it by {over_ms}, or change the plan.",
    ),
    "problem.no_moderator": QT_TRANSLATE_NOOP(
        "sentences",
        "The chat is moderated, and nobody is named to moderate it. Name somebody, or choose another chat mode.",
    ),
    "problem.no_start": QT_TRANSLATE_NOOP("sentences", "The webinar has no date and time yet. Set them in the plan."),
    "problem.start_past": QT_TRANSLATE_NOOP("sentences", "The start, {start} ({zone}), is over. Choose one to come."),
    "problem.start_missing": QT_TRANSLATE_NOOP(
        "sentences",
        "{start} does not exist in {zone}: clocks go forward. Start at {shifted}, or choose another time.",
    ),
    "problem.start_twice": QT_TRANSLATE_NOOP(
        "sentences",
        "{start} exists twice in {zone}: clocks go back. The first is meant; else choose a time outside that hour.",
    ),
    "problem.start_invalid": QT_TRANSLATE_NOOP(
        "sentences", "“{start}” is no day and time of the calendar. Choose another one in the plan."
    ),
    "problem.zone": QT_TRANSLATE_NOOP("sentences", "The time zone “{zone}” is not known here. Choose one in the plan."),
    "problem.until_invalid": QT_TRANSLATE_NOOP(
        "sentences",
        "“{until}”, until when access is given, is no day and time of the calendar. Choose another one in the plan.",
    ),
    "problem.until_past": QT_TRANSLATE_NOOP(
        "sentences", "Access would end {until} ({zone}), before it begins. Choose a later day in the plan, or none."
    ),
    "problem.no_price": QT_TRANSLATE_NOOP(
        "sentences", "Access is paid, and no price is set. Set one in the plan, or make access free."
    ),
    "problem.media_missing": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” is not where it was; what uses it ({count}) cannot be played. Find it with Relink, or replace it.",
    ),
    "problem.media_unprepared": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” is not prepared for the web yet. It is done before publishing; nothing is lost by waiting.",
    ),
    "problem.captions_off": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” has captions (“{name}”) that are not shown. Show them for those who cannot hear it.",
    ),
    "problem.no_captions": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” has no captions. Attach a subtitle file (.srt or .vtt) for those who cannot hear it.",
    ),
    "problem.after_end": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” ends {beyond_ms} after the programme. Move it up, or let the last picture stay.",
    ),
    "problem.cta_no_label": QT_TRANSLATE_NOOP("sentences", "The button of “{title}” says nothing. Give it a label."),
    "problem.cta_no_link": QT_TRANSLATE_NOOP("sentences", "“{title}” leads nowhere. Give it a link."),
    "problem.cta_bad_link": QT_TRANSLATE_NOOP(
        "sentences",
        "“{link}”, the link of “{title}”, is no address a browser can follow. It should read like https://example.org/page.",
    ),
    "problem.survey_empty": QT_TRANSLATE_NOOP("sentences", "“{title}” asks nothing. Give it a question, or remove it."),
    "problem.question_empty": QT_TRANSLATE_NOOP(
        "sentences", "Question {number} of “{title}” has no text. Write it, or remove the question."
    ),
    "problem.question_choices": QT_TRANSLATE_NOOP(
        "sentences",
        "Question {number} of “{title}” needs at least two different answers. Add them, or make it a text question.",
    ),
    # -- the wire format (editor.schedule.serialization)
    "wire.newer": QT_TRANSLATE_NOOP(
        "sentences",
        "This webinar is of a newer Matinee (format {format}; this one reads {known}). Update, then open it again.",
    ),
    "wire.broken": QT_TRANSLATE_NOOP(
        "sentences",
        "The webinar's data is damaged at byte {where} of {size}. Restore an earlier version, or ask for a new copy.",
    ),
    "wire.foreign": QT_TRANSLATE_NOOP(
        "sentences", "This is not a webinar of Matinee: it does not say in which format it is written."
    ),
    "wire.invalid": QT_TRANSLATE_NOOP(
        "sentences",
        "The webinar's data is wrong at “{path}”: {reason}. Restore an earlier version, or ask for a new copy.",
    ),
    "wire.text": QT_TRANSLATE_NOOP(
        "sentences", "“{text}” holds a character that cannot be stored. Type the text again."
    ),
    # -- a start in a zone (editor.schedule.start_time)
    "start.zone": QT_TRANSLATE_NOOP(
        "sentences", "The time zone “{zone}” is not known here. Choose one from the list, such as Europe/Paris."
    ),
    "start.invalid": QT_TRANSLATE_NOOP(
        "sentences", "“{start}” is no day and time of the calendar. Write it as 2026-12-01T18:00:00."
    ),
    # -- the room clock (editor.schedule.clock)
    "clock.begun": QT_TRANSLATE_NOOP("sentences", "The session has begun already; a second start changes nothing."),
    "clock.waiting": QT_TRANSLATE_NOOP("sentences", "The programme has not begun yet. Wait for its start."),
    "clock.over": QT_TRANSLATE_NOOP("sentences", "The event is over; its clock cannot be changed any more."),
    "clock.held": QT_TRANSLATE_NOOP("sentences", "The programme is held already. Resume it, or change the note."),
    "clock.not_held": QT_TRANSLATE_NOOP("sentences", "The programme is running; there is nothing to resume."),
    "clock.closing": QT_TRANSLATE_NOOP(
        "sentences", "The programme is over and the closing card shows. Extend the event instead of holding it."
    ),
    "clock.past_end": QT_TRANSLATE_NOOP(
        "sentences", "{to_ms} lies behind the end of the programme, {length_ms}. Skip to a place before it."
    ),
    "clock.unused": QT_TRANSLATE_NOOP("sentences", "Nothing of the extension is left to take back."),
    # -- a session's room (editor.schedule.room)
    "room.cancelled": QT_TRANSLATE_NOOP(
        "sentences", "This event has been cancelled. The link you came by will lead to the next one."
    ),
    "room.not_open": QT_TRANSLATE_NOOP(
        "sentences", "The room is not open yet. Come back when the waiting room opens; its time is on the event's page."
    ),
    "room.chat_off": QT_TRANSLATE_NOOP(
        "sentences", "There is no chat here. Should the team switch it on, you can write at once."
    ),
    "room.chat_over": QT_TRANSLATE_NOOP(
        "sentences", "The event is over and its chat is closed. Write to the organizer instead."
    ),
    "room.empty": QT_TRANSLATE_NOOP("sentences", "There is nothing in this message. Write something first."),
    "room.long": QT_TRANSLATE_NOOP(
        "sentences", "This message has {has} characters, and {most} are the most. Shorten it, or send it in two."
    ),
    "room.fast": QT_TRANSLATE_NOOP(
        "sentences", "That was {most} messages in a few seconds. Wait a moment, then send this one again."
    ),
    "room.no_offer": QT_TRANSLATE_NOOP(
        "sentences", "This is not on offer in this room, or not yet. Reload the page to see what is."
    ),
    "room.offer_over": QT_TRANSLATE_NOOP(
        "sentences", "The event is over and answers are no longer taken. Write to the organizer instead."
    ),
    "room.no_question": QT_TRANSLATE_NOOP(
        "sentences", "This question is not in the survey. Reload the page to see those that are."
    ),
    "room.answer_needed": QT_TRANSLATE_NOOP(
        "sentences", "This question needs an answer. Give one, then send it again."
    ),
    "room.answer_kind": QT_TRANSLATE_NOOP(
        "sentences", "This is no answer to a question of this kind ({kind}). Reload the page and answer again."
    ),
    "room.answer_choice": QT_TRANSLATE_NOOP(
        "sentences", "The question does not offer that choice. Choose among those that it does, each once."
    ),
    "room.answer_one": QT_TRANSLATE_NOOP("sentences", "One choice answers this question. Take back the others."),
    "room.answer_rating": QT_TRANSLATE_NOOP("sentences", "Ratings go from 1 to {scale} here. Choose one of these."),
    "room.answer_long": QT_TRANSLATE_NOOP("sentences", "An answer has {most} characters at most. Shorten it."),
    # -- the library (editor.library)
    "library.damaged": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} is damaged ({reason}) and was left as it is. "
        "Put one of the daily copies from {copies} back, or open another library.",
    ),
    "library.newer": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} was written by a newer Matinee and was left as it is. "
        "Update this one, or open another library. Its daily copies are in {copies}.",
    ),
    "library.missing": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} is not there, but copies of it are. Put one from {copies} back, "
        "or move that folder away to begin with an empty library.",
    ),
    "library.gone": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} is no longer where it was, so the last edit was not made. "
        "Connect its drive, or put it back, and open it again; every edit before is in it.",
    ),
    "library.unwritable": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} cannot be written ({reason}). Allow writing there, or open a library in another folder.",
    ),
    "library.full": QT_TRANSLATE_NOOP(
        "sentences",
        "The drive of {path} is full. Nothing was lost and nothing changed; free some space and do it again.",
    ),
    "library.busy": QT_TRANSLATE_NOOP(
        "sentences",
        "Another program has been writing to the library {path} for too long. Wait until it is done, or close it.",
    ),
    "library.stale": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” was changed by another program meanwhile. Nothing was overwritten; "
        "reload it to see the change, then edit again.",
    ),
    "library.exists": QT_TRANSLATE_NOOP("sentences", "“{title}” is in this library already."),
    "library.no_webinar": QT_TRANSLATE_NOOP(
        "sentences", "This webinar is no longer in the library. Another program may have removed it for good."
    ),
    "library.no_version": QT_TRANSLATE_NOOP(
        "sentences", "There is no version {hash} of this webinar. Choose another from its history."
    ),
    "library.no_copy": QT_TRANSLATE_NOOP("sentences", "There is no copy in {path} that could be put back."),
    "library.unknown": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” holds what only a newer Matinee knows ({unknown}). It can be looked at; update Matinee to go on.",
    ),
    "document.read_only": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” can only be looked at: it holds what only a newer Matinee knows ({unknown}). "
        "Update Matinee to edit it.",
    ),
    "document.nothing_to_undo": QT_TRANSLATE_NOOP("sentences", "There is nothing to undo."),
    "document.nothing_to_redo": QT_TRANSLATE_NOOP("sentences", "There is nothing to redo."),
    # -- media, of editor.media
    "media.gone": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is no longer there. See whether it was moved or its drive was taken out, and try again."
    ),
    "media.forbidden": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” may not be read by you. Give yourself the right to read it, or copy it elsewhere and use the copy.",
    ),
    "media.read_failed": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” cannot be read: {reason}. Check the drive it lies on, or use a copy."
    ),
    "media.no_file": QT_TRANSLATE_NOOP("sentences", "“{name}” is a folder or a device. Choose the file itself."),
    "media.empty": QT_TRANSLATE_NOOP("sentences", "“{name}” is empty: it has no bytes. Copy or export it again."),
    "media.changing": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is still being written. Wait until that is done, then try again."
    ),
    "media.unwritable": QT_TRANSLATE_NOOP(
        "sentences", "“{folder}” cannot be written to: {reason}. Free some space or mend the folder, and try again."
    ),
    "media.kind": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” is not media that a webinar can show, but {found}. Save or export it as mp4, mp3, PNG, "
        "JPEG, PDF or pptx, and use that.",
    ),
    "media.animated": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is an animated picture. Convert it to a video (mp4), or save one of its pictures as PNG."
    ),
    "media.subtitles": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is a subtitle file. Attach it to a video or an audio file instead of placing it."
    ),
    "media.unreadable": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” is damaged, or of a kind that cannot be read here ({reason}). Export it again; if other "
        "programs can play it, convert it to mp4.",
    ),
    "media.truncated": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” was cut off: its end, without which it cannot be opened, is missing. A recording or a copy "
        "did not finish; copy or export it again.",
    ),
    "media.torn": QT_TRANSLATE_NOOP("sentences", "“{name}” is only a part of a picture. Save or copy it again."),
    "media.codec": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” is encoded in a way that cannot be read here. Convert it to mp4 (H.264 and AAC).",
    ),
    "media.no_duration": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” plays for 0 seconds: there is neither picture nor sound in it. Record or export it again.",
    ),
    "media.no_picture": QT_TRANSLATE_NOOP("sentences", "“{name}” has no picture, only sound."),
    "media.locked": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is locked with a password. Save it without one, and use that."
    ),
    "media.too_large": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” has {width} × {height} pixels, more than {most} million. Scale it down (3840 pixels across "
        "are plenty), and use that.",
    ),
    "media.no_page": QT_TRANSLATE_NOOP("sentences", "“{name}” has {pages} pages; there is no page {page}."),
    "media.no_office": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” needs LibreOffice to be read, which is not installed. Install LibreOffice, or save the "
        "slides as PDF and use that.",
    ),
    "media.office_failed": QT_TRANSLATE_NOOP(
        "sentences",
        "LibreOffice could not read “{name}” ({reason}). Open it there to see why, or save the slides as PDF "
        "and use that.",
    ),
    "media.office_slow": QT_TRANSLATE_NOOP(
        "sentences",
        "LibreOffice took longer than {limit_ms} for “{name}” and was stopped. Save the slides as PDF and use that.",
    ),
    "media.missing": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is not where it was. Use “Relink” to show where it is now."
    ),
    "media.other": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” holds something else than the media that is looked for. Choose the file that was imported, "
        "or use “Replace media”.",
    ),
    "media.captions_unreadable": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” is not a proper subtitle file: line {line} is wrong. Mend that line or export the "
        "subtitles again as .srt or .vtt.",
    ),
    "media.captions_kind": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is not a subtitle file. Choose a file ending in .srt or .vtt."
    ),
    "media.captions_missing": QT_TRANSLATE_NOOP(
        "sentences", "The subtitles {name} are not on this computer. Attach the subtitle file again."
    ),
    "media.no_ffmpeg": QT_TRANSLATE_NOOP(
        "sentences", "This needs the program ffmpeg, which is not installed. Install it, and try again."
    ),
    "media.prepared_badly": QT_TRANSLATE_NOOP(
        "sentences",
        "What was made of “{name}” is not what was asked for ({what}). Save the file anew in the program it came from.",
    ),
    "media.ffmpeg_failed": QT_TRANSLATE_NOOP(
        "sentences", "ffmpeg gave up: {reason}. Free some disk space and try again."
    ),
    "media.cut_short": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” was cut off: {duration_ms} of {told_ms} can be played. Use it as it is, or copy or export it again.",
    ),
    "media.beyond_day": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” plays for {duration_ms}, longer than a webinar can last. Up to 24 hours of it can be placed.",
    ),
    "media.sound_unreadable": QT_TRANSLATE_NOOP(
        "sentences",
        "The sound of “{name}” is encoded in a way that cannot be read here; it plays in silence. Convert it "
        "to mp4 (H.264 and AAC).",
    ),
    # -- playing, of editor.media.libvlc.engine and editor.playback
    "playback.no_vlc": QT_TRANSLATE_NOOP(
        "sentences",
        "Nothing can be played: libvlc is not installed, or without its plugins. Start Matinee with `./matinee`, which "
        "installs it, or install VLC yourself.",
    ),
    "playback.failed": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” cannot be played. Convert it to MP4 (H.264 and AAC) and replace the media."
    ),
    "playback.no_picture": QT_TRANSLATE_NOOP(
        "sentences",
        "“{name}” plays without a picture: its video format cannot be decoded. Convert it to MP4 (H.264 and AAC) and "
        "replace the media.",
    ),
    "playback.short": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” breaks off at {at_ms}. Import the file again, or let the segment end there."
    ),
    # -- bundles and the command line (editor.interchange, editor.cli)
    "bundle.unreadable": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” is not a Matinee bundle, or it is torn. Ask for it to be exported again."
    ),
    "bundle.not_read": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” cannot be read: {reason}. See whether it was moved or its drive was taken out."
    ),
    "bundle.newer": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” was made by a newer Matinee. Update this one, then open the bundle again."
    ),
    "bundle.unsafe": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” holds more than a bundle may, so it was not opened. Ask for a new export of the webinar."
    ),
    "bundle.damaged": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” inside the bundle is damaged. Nothing was taken in; ask for a new export."
    ),
    "bundle.full": QT_TRANSLATE_NOOP(
        "sentences",
        "“{path}” has not enough room for the bundle's media ({size} bytes). Free some space and try again.",
    ),
    "bundle.unwritable": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” cannot be written: {reason}. Choose another place, or mend this one and try again."
    ),
    "cli.no_webinar": QT_TRANSLATE_NOOP(
        "sentences", "There is no webinar “{name}” in this library. `matinee list` shows what there is."
    ),
    "cli.several": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” may be any of several webinars ({ids}). Give the id, or more of it."
    ),
    "cli.put_away": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is archived or deleted. `matinee restore` brings it back first."
    ),
    "cli.not_put_away": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” is neither archived nor deleted; there is nothing to bring back."
    ),
    "cli.no_media": QT_TRANSLATE_NOOP(
        "sentences", "There is no media “{name}” in this webinar. `matinee show --json` lists what there is."
    ),
    "cli.no_captions": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” has no sound to write along with. Attach subtitles to a video or an audio file."
    ),
    "cli.no_segment": QT_TRANSLATE_NOOP(
        "sentences", "There is no segment “{name}” in this webinar. `matinee show` lists what there is."
    ),
    "cli.no_copy": QT_TRANSLATE_NOOP(
        "sentences", "There is no copy “{name}” of this library. `matinee copies` lists what there is."
    ),
    "cli.left_out": QT_TRANSLATE_NOOP(
        "sentences",
        "Some media ({count}) are not on this computer and were left out. Find them with `matinee relink`, "
        "and export again.",
    ),
    "cli.no_version": QT_TRANSLATE_NOOP(
        "sentences", "There is no version “{name}” of this webinar. `matinee versions` shows what there is."
    ),
    "cli.bad_time": QT_TRANSLATE_NOOP("sentences", "“{text}” is no time. Write it as 0:12:03, 12:03, 723s or 12m."),
    "cli.bad_edits": QT_TRANSLATE_NOOP(
        "sentences", "This is not a list of edits: {reason}. docs/edits.md (`matinee operations`) tells what one is."
    ),
    "cli.bug": QT_TRANSLATE_NOOP(
        "sentences", "Something went wrong in Matinee itself. Nothing was lost; please report it with the file {path}."
    ),
    "cli.unreadable": QT_TRANSLATE_NOOP("sentences", "“{path}” cannot be read: {reason}."),
    # -- the demo (demo)
    "demo.no_browser": QT_TRANSLATE_NOOP(
        "sentences", "No browser was found to look at the room with ({names}). Install Chromium and start again."
    ),
    "demo.browser": QT_TRANSLATE_NOOP("sentences", "The browser without a window did not do its part: {reason}."),
    "demo.not_seen": QT_TRANSLATE_NOOP("sentences", "In the browser, {what} was not seen within {limit_ms}."),
    # -- what a step is called in Undo and in the history (editor.document, editor.schedule.compare)
    # -- what changed between two webinars (editor.schedule.compare)
    "change.added": QT_TRANSLATE_NOOP("sentences", "“{title}” ({kind}) was added at {at_ms}."),
    "change.removed": QT_TRANSLATE_NOOP("sentences", "“{title}” ({kind}) was removed from {at_ms}."),
    "change.moved_later": QT_TRANSLATE_NOOP("sentences", "“{title}” was moved later, from {from_ms} to {to_ms}."),
    "change.moved_earlier": QT_TRANSLATE_NOOP("sentences", "“{title}” was moved earlier, from {from_ms} to {to_ms}."),
    "change.all_later": QT_TRANSLATE_NOOP("sentences", "{count} segments begin {by_ms} later, from {at_ms} on."),
    "change.all_earlier": QT_TRANSLATE_NOOP("sentences", "{count} segments begin {by_ms} earlier, from {at_ms} on."),
    "change.lengthened": QT_TRANSLATE_NOOP("sentences", "“{title}” is {by_ms} longer and lasts {length_ms}."),
    "change.shortened": QT_TRANSLATE_NOOP("sentences", "“{title}” is {by_ms} shorter and lasts {length_ms}."),
    "change.hold": QT_TRANSLATE_NOOP("sentences", "The buffer after “{title}” is {new_ms} instead of {old_ms}."),
    "change.part": QT_TRANSLATE_NOOP("sentences", "“{title}” plays another part: {in_ms} to {out_ms}."),
    "change.retitled": QT_TRANSLATE_NOOP("sentences", "“{old}” is called “{title}” now."),
    "change.kind": QT_TRANSLATE_NOOP("sentences", "“{title}” is a {kind} now."),
    "change.media": QT_TRANSLATE_NOOP("sentences", "“{title}” has a new take: {new}."),
    "change.volume": QT_TRANSLATE_NOOP("sentences", "The volume of “{title}” is {new} % now."),
    "change.muted": QT_TRANSLATE_NOOP("sentences", "“{title}” was muted."),
    "change.unmuted": QT_TRANSLATE_NOOP("sentences", "“{title}” can be heard again."),
    "change.fades": QT_TRANSLATE_NOOP("sentences", "“{title}” fades in or out in another way."),
    "change.captions": QT_TRANSLATE_NOOP("sentences", "“{title}” has other captions, or none."),
    "change.picture": QT_TRANSLATE_NOOP("sentences", "“{title}” has another picture."),
    "change.sound": QT_TRANSLATE_NOOP("sentences", "“{title}” has another sound track."),
    "change.pages": QT_TRANSLATE_NOOP("sentences", "The pages of “{title}” or their times are others."),
    "change.group": QT_TRANSLATE_NOOP("sentences", "“{title}” is in another group, or in none."),
    "change.offer": QT_TRANSLATE_NOOP("sentences", "“{title}” counts as another offer."),
    "change.text": QT_TRANSLATE_NOOP("sentences", "The text of “{title}” is another."),
    "change.label": QT_TRANSLATE_NOOP("sentences", "The button of “{title}” says “{new}” now."),
    "change.link": QT_TRANSLATE_NOOP("sentences", "“{title}” leads to {new} now."),
    "change.look": QT_TRANSLATE_NOOP("sentences", "“{title}” looks different."),
    "change.questions": QT_TRANSLATE_NOOP("sentences", "The questions of “{title}” are others."),
    "change.plan_title": QT_TRANSLATE_NOOP("sentences", "The webinar is called “{new}” instead of “{old}”."),
    "change.plan_description": QT_TRANSLATE_NOOP("sentences", "The description is another."),
    "change.plan_start": QT_TRANSLATE_NOOP("sentences", "The start is {new} instead of {old}."),
    "change.plan_zone": QT_TRANSLATE_NOOP("sentences", "The time zone is {new} instead of {old}."),
    "change.plan_available_until": QT_TRANSLATE_NOOP("sentences", "Access is given until {new} instead of {old}."),
    "change.plan_moderators": QT_TRANSLATE_NOOP("sentences", "The moderators are: {new} (before: {old})."),
    "change.plan_price": QT_TRANSLATE_NOOP("sentences", "The price is another."),
    "change.plan_language": QT_TRANSLATE_NOOP("sentences", "The language is {new} instead of {old}."),
    "change.plan_waiting_text": QT_TRANSLATE_NOOP("sentences", "The text of the waiting room is another."),
    "change.plan_waiting_picture": QT_TRANSLATE_NOOP("sentences", "The picture of the waiting room is another."),
    "change.room_automated": QT_TRANSLATE_NOOP("sentences", "It starts by itself at its time now (automated)."),
    "change.room_on_demand": QT_TRANSLATE_NOOP("sentences", "It is watched when one likes now (on demand)."),
    "change.chat_none": QT_TRANSLATE_NOOP("sentences", "There is no chat now."),
    "change.chat_moderated": QT_TRANSLATE_NOOP("sentences", "The chat is moderated now."),
    "change.chat_answer_later": QT_TRANSLATE_NOOP("sentences", "Comments are answered later now."),
    "change.access_free": QT_TRANSLATE_NOOP("sentences", "Access is free now."),
    "change.access_paid": QT_TRANSLATE_NOOP("sentences", "Access is paid now."),
    "change.programme_locked": QT_TRANSLATE_NOOP("sentences", "The programme was locked."),
    "change.programme_unlocked": QT_TRANSLATE_NOOP("sentences", "The programme was unlocked."),
    "change.interactions_locked": QT_TRANSLATE_NOOP("sentences", "The interactions were locked."),
    "change.interactions_unlocked": QT_TRANSLATE_NOOP("sentences", "The interactions were unlocked."),
    "change.marker_added": QT_TRANSLATE_NOOP("sentences", "The marker “{title}” was added at {at_ms}."),
    "change.marker_removed": QT_TRANSLATE_NOOP("sentences", "The marker “{title}” was removed from {at_ms}."),
    "change.marker_moved": QT_TRANSLATE_NOOP("sentences", "The marker “{title}” was moved from {from_ms} to {at_ms}."),
    "change.marker_renamed": QT_TRANSLATE_NOOP("sentences", "The marker “{old}” is called “{title}” now."),
    "change.media_known": QT_TRANSLATE_NOOP("sentences", "“{name}” was taken into the media."),
    "change.media_forgotten": QT_TRANSLATE_NOOP("sentences", "“{name}” was taken out of the media."),
    "change.media_facts": QT_TRANSLATE_NOOP("sentences", "More is known of “{name}” now."),
    "change.media_captions": QT_TRANSLATE_NOOP("sentences", "The subtitle files of “{name}” are others."),
    # -- what the hosting says of itself
    "hosting.unwritable": QT_TRANSLATE_NOOP(
        "sentences", "The hosting cannot write to “{path}”: {reason}. Mend that, or give it another folder (--data)."
    ),
    "hosting.damaged": QT_TRANSLATE_NOOP(
        "sentences", "The hosting's database “{path}” is damaged: {reason}. Restore a backup: matinee-host restore."
    ),
    "hosting.newer": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” was written by a newer hosting. Update this one; nothing was changed."
    ),
    "hosting.busy": QT_TRANSLATE_NOOP("sentences", "The hosting is busy. Try again in a moment."),
    "hosting.full": QT_TRANSLATE_NOOP(
        "sentences", "The hosting's disk is full or failing. What was confirmed is kept; tell whoever runs it."
    ),
    "hosting.bug": QT_TRANSLATE_NOOP(
        "sentences", "Something went wrong inside the hosting. It is in its log; nothing of yours was lost."
    ),
    "hosting.port": QT_TRANSLATE_NOOP(
        "sentences", "The hosting cannot listen on {host}, port {port}: {reason}. Give another one with --port."
    ),
    "hosting.no_database": QT_TRANSLATE_NOOP(
        "sentences", "There is no hosting in “{path}”. Name its folder with --data."
    ),
    "settings.unreadable": QT_TRANSLATE_NOOP("sentences", "The settings in “{path}” cannot be read: {reason}."),
    "settings.invalid": QT_TRANSLATE_NOOP("sentences", "A setting cannot be used: {reason}. Mend it and start again."),
    "backup.unwritable": QT_TRANSLATE_NOOP("sentences", "The backup “{path}” could not be written: {reason}."),
    "backup.unreadable": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” is no backup that can be restored: {reason}. Nothing was changed."
    ),
    "backup.running": QT_TRANSLATE_NOOP(
        "sentences", "The hosting is running on “{path}”. Stop it, then restore; nothing was changed."
    ),
    "account.wrong": QT_TRANSLATE_NOOP("sentences", "The address or the password is wrong."),
    "account.signed_out": QT_TRANSLATE_NOOP("sentences", "You are not signed in here any more. Sign in again."),
    "account.owned": QT_TRANSLATE_NOOP("sentences", "This hosting has its owner already. Sign in instead."),
    "account.key": QT_TRANSLATE_NOOP(
        "sentences", "This one-time link is used up. Start the hosting again for a new one."
    ),
    "account.email": QT_TRANSLATE_NOOP("sentences", "“{email}” is no address, or it has an account already."),
    "account.password": QT_TRANSLATE_NOOP("sentences", "The password needs at least {least} characters."),
    "request.invalid": QT_TRANSLATE_NOOP("sentences", "The request is not one this hosting understands: {reason}."),
    "request.unknown": QT_TRANSLATE_NOOP("sentences", "There is nothing at this address."),
    "request.method": QT_TRANSLATE_NOOP("sentences", "This address does not do that."),
    "request.too_large": QT_TRANSLATE_NOOP("sentences", "This is larger than the hosting takes."),
    "request.slow": QT_TRANSLATE_NOOP(
        "sentences", "The request came too slowly and was given up. Try again on a better line."
    ),
    "request.head": QT_TRANSLATE_NOOP("sentences", "The request's address or headers are longer than is taken here."),
    "request.type": QT_TRANSLATE_NOOP("sentences", "This kind of content is not taken here."),
    "api.newer": QT_TRANSLATE_NOOP(
        "sentences", "This Matinee is newer than the hosting, which speaks version {speaks}. Update the hosting."
    ),
    "request.refused": QT_TRANSLATE_NOOP("sentences", "The hosting refused this: {reason}."),
    # -- what the hosting says of webinars and media
    "webinar.unknown": QT_TRANSLATE_NOOP("sentences", "There is no such webinar on the hosting."),
    "webinar.stale": QT_TRANSLATE_NOOP(
        "sentences", "The hosting has a newer state of this webinar. Fetch it, merge, and push again."
    ),
    "webinar.unconditional": QT_TRANSLATE_NOOP(
        "sentences", "The request does not say which state it changes (If-Match)."
    ),
    "webinar.other": QT_TRANSLATE_NOOP("sentences", "This is the document of another webinar."),
    "webinar.base_unknown": QT_TRANSLATE_NOOP(
        "sentences", "The hosting has not got the version that these changes begin from. Send the webinar whole."
    ),
    "patch.outside": QT_TRANSLATE_NOOP("sentences", "The changes do not fit the version they begin from."),
    "patch.large": QT_TRANSLATE_NOOP("sentences", "The changes make more of the webinar than the hosting takes."),
    "patch.torn": QT_TRANSLATE_NOOP("sentences", "The changes arrived damaged. Sync again."),
    "version.unknown": QT_TRANSLATE_NOOP("sentences", "There is no such version on the hosting. Sync, then try again."),
    "version.wrong_hash": QT_TRANSLATE_NOOP("sentences", "The version arrived damaged. Sync again."),
    "notes.stale": QT_TRANSLATE_NOOP("sentences", "The hosting has newer notes for this webinar. Fetch them first."),
    "idempotency.reused": QT_TRANSLATE_NOOP("sentences", "This request was made before, with other content."),
    "upload.unknown": QT_TRANSLATE_NOOP("sentences", "There is no such upload under way; begin it anew."),
    "upload.offset": QT_TRANSLATE_NOOP("sentences", "The upload stands at byte {offset}; go on from there."),
    "upload.too_long": QT_TRANSLATE_NOOP("sentences", "More bytes came than the upload said it has."),
    "upload.too_large": QT_TRANSLATE_NOOP("sentences", "The file is larger than the hosting takes ({most} bytes)."),
    "upload.quota": QT_TRANSLATE_NOOP(
        "sentences", "There is no room left for this file ({quota} bytes in all). Delete webinars you no longer need."
    ),
    "upload.checksum": QT_TRANSLATE_NOOP("sentences", "A piece arrived damaged and was thrown away; send it again."),
    "upload.in_use": QT_TRANSLATE_NOOP(
        "sentences", "This file is being sent already, maybe over a line that broke. Try again in a minute."
    ),
    "upload.broken_off": QT_TRANSLATE_NOOP("sentences", "The line broke while sending. Go on from where it stands."),
    "upload.wrong_hash": QT_TRANSLATE_NOOP("sentences", "The file arrived damaged and was thrown away; send it again."),
    "upload.damaged_here": QT_TRANSLATE_NOOP(
        "sentences",
        "What was prepared of “{name}” was damaged on this computer and is thrown away. Try again: it is made anew.",
    ),
    "upload.version": QT_TRANSLATE_NOOP("sentences", "The hosting speaks tus 1.0.0 only."),
    "manifest.newer": QT_TRANSLATE_NOOP("sentences", "This was prepared by a newer Matinee. Update the hosting."),
    "manifest.invalid": QT_TRANSLATE_NOOP("sentences", "What was prepared is damaged. Prepare the media again."),
    "manifest.missing": QT_TRANSLATE_NOOP("sentences", "Files of the prepared media are not on the hosting yet."),
    "manifest.unknown": QT_TRANSLATE_NOOP("sentences", "This media has not been prepared and uploaded yet."),
    "media.not_here": QT_TRANSLATE_NOOP("sentences", "This file is not on the hosting."),
    "page.unknown": QT_TRANSLATE_NOOP("sentences", "There is no such page here. Check the link you were given."),
    "media.unsigned": QT_TRANSLATE_NOOP("sentences", "There is nothing at this address. Enter the room again."),
    "room.too_early": QT_TRANSLATE_NOOP("sentences", "This is not to be seen yet. Wait for the event to come to it."),
    "room.gone": QT_TRANSLATE_NOOP(
        "sentences", "The event is over and is not offered on demand, so there is nothing to see any more."
    ),
    # -- rooms and sessions, of the hosting
    "session.unknown": QT_TRANSLATE_NOOP("sentences", "There is no such session here."),
    "session.empty": QT_TRANSLATE_NOOP(
        "sentences", "There is nothing in this webinar yet. Put something on its timeline, save, and publish again."
    ),
    "session.no_start": QT_TRANSLATE_NOOP("sentences", "This webinar has no start. Set one in the plan, then publish."),
    "session.missing_hour": QT_TRANSLATE_NOOP(
        "sentences", "{start} does not exist in {zone}: the clocks go forward over it. Choose another time."
    ),
    "session.past": QT_TRANSLATE_NOOP("sentences", "{start} in {zone} is over already. Choose a later start."),
    "session.begun": QT_TRANSLATE_NOOP(
        "sentences", "This session has begun, so its plan stays. End it, or step in, from its controls."
    ),
    "session.cancelled": QT_TRANSLATE_NOOP("sentences", "This session was called off. Publish a new one."),
    "session.over": QT_TRANSLATE_NOOP("sentences", "This session is over. Publish a new one."),
    "session.on_demand": QT_TRANSLATE_NOOP(
        "sentences", "Everybody watches this on a clock of their own; there is nothing to hold, skip or end."
    ),
    "session.generation": QT_TRANSLATE_NOOP(
        "sentences", "Somebody else stepped in just before you. Look at how the session stands, then decide again."
    ),
    "control.incomplete": QT_TRANSLATE_NOOP("sentences", "“{what}” needs to be told where to, or by how much."),
    "version.other": QT_TRANSLATE_NOOP(
        "sentences", "This version is of another webinar or kind of room. Choose one of this webinar's own."
    ),
    "publish.media_missing": QT_TRANSLATE_NOOP(
        "sentences", "Not all media of this version are on the hosting yet. Prepare and upload them, then publish."
    ),
    "plan.overlap": QT_TRANSLATE_NOOP(
        "sentences", "Your plan runs one event at a time, and at that hour there is already: {titles}. Choose another."
    ),
    "plan.longest": QT_TRANSLATE_NOOP(
        "sentences", "Your plan allows {longest_ms} for one webinar; this one lasts {length_ms}. Shorten it."
    ),
    "locked": QT_TRANSLATE_NOOP(
        "sentences", "This version changes what has begun, or begins within a minute. Change only what comes later."
    ),
    "events.gone": QT_TRANSLATE_NOOP("sentences", "Too much came since to tell it one by one. Load the room anew."),
    "hosting.stopping": QT_TRANSLATE_NOOP("sentences", "The hosting is just being stopped. Try again in a moment."),
    "link.unknown": QT_TRANSLATE_NOOP("sentences", "This link leads nowhere. Check it with whoever gave it to you."),
    "person.unknown": QT_TRANSLATE_NOOP("sentences", "You have not entered here yet. Enter with your name first."),
    "person.name": QT_TRANSLATE_NOOP("sentences", "Enter the name by which the others shall see you."),
    "person.email": QT_TRANSLATE_NOOP(
        "sentences", "“{email}” is no e-mail address. Enter one: it is how you will be answered."
    ),
    "room.not_yours": QT_TRANSLATE_NOOP("sentences", "You entered another session. Enter this one by its own link."),
    "room.over": QT_TRANSLATE_NOOP("sentences", "This event is over."),
    "room.closed": QT_TRANSLATE_NOOP("sentences", "Nobody new is let in any more."),
    "room.unpaid": QT_TRANSLATE_NOOP("sentences", "A seat at this event has to be paid for first."),
    "room.answered": QT_TRANSLATE_NOOP("sentences", "You have answered this already; the first answer counts."),
    "room.message_taken": QT_TRANSLATE_NOOP("sentences", "This message cannot be told from another. Send it again."),
    # -- syncing with a hosting (editor.sync)
    "sync.address": QT_TRANSLATE_NOOP(
        "sentences", "“{address}” is no address of a hosting. It begins with https:// (or http:// on this computer)."
    ),
    "sync.offline": QT_TRANSLATE_NOOP(
        "sentences", "{address} cannot be reached. Your work is safe here; try again when you are online."
    ),
    "sync.trouble": QT_TRANSLATE_NOOP("sentences", "{address} has trouble ({reason}). Try again in a moment."),
    "sync.not_matinee": QT_TRANSLATE_NOOP(
        "sentences", "What answers at {address} is no Matinee hosting, or a newer one. Check the address."
    ),
    "sync.unsaved": QT_TRANSLATE_NOOP("sentences", "Save a version first: only saved versions go to the hosting."),
    "sync.signed_out": QT_TRANSLATE_NOOP("sentences", "No hosting is set up here yet. Sign in to one, or host here."),
    "sync.no_start": QT_TRANSLATE_NOOP("sentences", "The hosting on this computer did not start: {reason}"),
    "sync.went_back": QT_TRANSLATE_NOOP(
        "sentences",
        "{address} was restored from a backup and may lack what you sent. Nothing was sent now. "
        "Go on with it: what it lacks is sent again, and nothing is lost on either side.",
    ),
    "sync.deleted_there": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” was deleted on the hosting. It is still here; delete it here too, or save to send it again.",
    ),
    "sync.brought_back": QT_TRANSLATE_NOOP(
        "sentences", "“{title}” had been deleted on the hosting; your newer version brought it back."
    ),
    "sync.edited_there": QT_TRANSLATE_NOOP(
        "sentences", "“{title}” is in the bin here, and a colleague went on with it. Take it out of the bin to see how."
    ),
    "sync.kept": QT_TRANSLATE_NOOP(
        "sentences", "One of you deleted what the other changed in “{title}”; it was kept ({count})."
    ),
    "sync.long_note": QT_TRANSLATE_NOOP(
        "sentences", "A note of “{title}” is longer than the hosting takes ({most} characters). Shorten it."
    ),
    "sync.old_version": QT_TRANSLATE_NOOP(
        "sentences", "This version never went to the hosting, and a later one did. Restore it, save, and publish that."
    ),
    "sync.stopped": QT_TRANSLATE_NOOP(
        "sentences", "The hosting on this computer is stopped. Start it, then try again."
    ),
    "stand_in.coming": QT_TRANSLATE_NOOP(
        "sentences", "A prepared copy of “{name}” is on its way from the hosting ({percent} %)."
    ),
    "stand_in.full": QT_TRANSLATE_NOOP(
        "sentences",
        "The prepared copy of “{name}” needs {need_mb} MB on this disk, and {free_mb} MB are free. Make room, then get "
        "it again.",
    ),
    "stand_in.wrong": QT_TRANSLATE_NOOP(
        "sentences",
        "What the hosting sent of “{name}” is not what it has of it, and was thrown away. Get it again, or relink the "
        "file.",
    ),
    "sync.no_owner": QT_TRANSLATE_NOOP(
        "sentences",
        "The key to the hosting on this computer is lost. Move “{path}” aside and start it again: it begins anew.",
    ),
}


def format_message(code: str, facts: Mapping[str, object]) -> str:
    """The plain English sentence for a code, filled with its facts; a code without one is told as it is.

    Facts ending in ``_ms`` become times; lists become "a, b".
    """
    return fill_placeholders(MESSAGES.get(code, code), facts)


def fill_placeholders(text: str, facts: Mapping[str, object]) -> str:
    """A sentence with its facts in their places. A fact that nobody gave is shown as "?", never as a failure."""
    texts = {name: _format_fact(name, value) for name, value in facts.items()}
    return text.format_map(FactTexts(texts))


class FactTexts(dict[str, str]):
    """Facts in words; one that nobody gave is shown as "?"."""

    def __missing__(self, name: str) -> str:
        return "?"


def _format_fact(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith("_ms"):
        return time_format.format_time(value)
    if isinstance(value, (tuple, list)):
        return ", ".join(_format_fact(name, part) for part in value)
    return "" if value is None else str(value)
