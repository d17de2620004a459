"""Sentences for what changed between two versions of a webinar. These are no errors, but read the same way."""

from editor.errors.spec import QT_TRANSLATE_NOOP, ErrorSpec

CHANGES: dict[str, ErrorSpec] = {
    "change.added": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” ({kind}) was added at {at_ms}."),
        facts=(
            "title",
            "kind",
            "at_ms",
        ),
    ),
    "change.removed": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” ({kind}) was removed from {at_ms}."),
        facts=(
            "title",
            "kind",
            "at_ms",
        ),
    ),
    "change.moved_later": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” was moved later, from {from_ms} to {to_ms}."),
        facts=(
            "title",
            "from_ms",
            "to_ms",
        ),
    ),
    "change.moved_earlier": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” was moved earlier, from {from_ms} to {to_ms}."),
        facts=(
            "title",
            "from_ms",
            "to_ms",
        ),
    ),
    "change.all_later": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "{count} segments begin {by_ms} later, from {at_ms} on."),
        facts=(
            "count",
            "by_ms",
            "at_ms",
        ),
    ),
    "change.all_earlier": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "{count} segments begin {by_ms} earlier, from {at_ms} on."),
        facts=(
            "count",
            "by_ms",
            "at_ms",
        ),
    ),
    "change.lengthened": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” is {by_ms} longer and lasts {length_ms}."),
        facts=(
            "title",
            "by_ms",
            "length_ms",
        ),
    ),
    "change.shortened": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” is {by_ms} shorter and lasts {length_ms}."),
        facts=(
            "title",
            "by_ms",
            "length_ms",
        ),
    ),
    "change.hold": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The buffer after “{title}” is {new_ms} instead of {old_ms}."),
        facts=(
            "title",
            "new_ms",
            "old_ms",
        ),
    ),
    "change.part": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” plays another part: {in_ms} to {out_ms}."),
        facts=(
            "title",
            "in_ms",
            "out_ms",
        ),
    ),
    "change.retitled": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{old}” is called “{title}” now."),
        facts=(
            "old",
            "title",
        ),
    ),
    "change.kind": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” is a {kind} now."),
        facts=(
            "title",
            "kind",
        ),
    ),
    "change.media": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” has a new take: {new}."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.volume": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The volume of “{title}” is {new} % now."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.muted": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "“{title}” was muted."), facts=("title",)),
    "change.unmuted": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "“{title}” can be heard again."), facts=("title",)),
    "change.fades": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” fades in or out in another way."), facts=("title",)
    ),
    "change.captions": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” has other captions, or none."), facts=("title",)
    ),
    "change.picture": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "“{title}” has another picture."), facts=("title",)),
    "change.sound": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "“{title}” has another sound track."), facts=("title",)),
    "change.pages": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The pages of “{title}” or their times are others."), facts=("title",)
    ),
    "change.group": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” is in another group, or in none."), facts=("title",)
    ),
    "change.offer": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "“{title}” counts as another offer."), facts=("title",)),
    "change.text": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The text of “{title}” is another."), facts=("title",)),
    "change.label": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The button of “{title}” says “{new}” now."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.link": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{title}” leads to {new} now."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.look": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "“{title}” looks different."), facts=("title",)),
    "change.questions": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The questions of “{title}” are others."), facts=("title",)
    ),
    "change.plan_title": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The webinar is called “{new}” instead of “{old}”."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_description": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The description is another.")),
    "change.plan_start": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The start is {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_zone": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The time zone is {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_available_until": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "Access is given until {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_moderators": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The moderators are: {new} (before: {old})."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_price": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The price is another.")),
    "change.plan_language": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The language is {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_waiting_text": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The text of the waiting room is another.")),
    "change.plan_waiting_picture": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The picture of the waiting room is another.")
    ),
    "change.room_automated": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "It starts by itself at its time now (automated).")
    ),
    "change.room_on_demand": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "It is watched when one likes now (on demand).")),
    "change.chat_none": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "There is no chat now.")),
    "change.chat_moderated": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The chat is moderated now.")),
    "change.chat_answer_later": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "Comments are answered later now.")),
    "change.access_free": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "Access is free now.")),
    "change.access_paid": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "Access is paid now.")),
    "change.programme_locked": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The programme was locked.")),
    "change.programme_unlocked": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The programme was unlocked.")),
    "change.interactions_locked": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The interactions were locked.")),
    "change.interactions_unlocked": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "The interactions were unlocked.")),
    "change.marker_added": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The marker “{title}” was added at {at_ms}."),
        facts=(
            "title",
            "at_ms",
        ),
    ),
    "change.marker_removed": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The marker “{title}” was removed from {at_ms}."),
        facts=(
            "title",
            "at_ms",
        ),
    ),
    "change.marker_moved": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The marker “{title}” was moved from {from_ms} to {at_ms}."),
        facts=(
            "title",
            "from_ms",
            "at_ms",
        ),
    ),
    "change.marker_renamed": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The marker “{old}” is called “{title}” now."),
        facts=(
            "old",
            "title",
        ),
    ),
    "change.media_known": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{name}” was taken into the media."), facts=("name",)
    ),
    "change.media_forgotten": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{name}” was taken out of the media."), facts=("name",)
    ),
    "change.media_facts": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "More is known of “{name}” now."), facts=("name",)),
    "change.media_captions": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The subtitle files of “{name}” are others."), facts=("name",)
    ),
}
