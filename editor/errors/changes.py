"""Sentences for what changed between two versions of a webinar. These are no errors, but read the same way."""

from editor.errors.spec import ErrorSpec, mark_translatable

CHANGES: dict[str, ErrorSpec] = {
    "change.added": ErrorSpec(
        mark_translatable("sentences", "“{title}” ({kind}) was added at {at_ms}."),
        facts=(
            "title",
            "kind",
            "at_ms",
        ),
    ),
    "change.removed": ErrorSpec(
        mark_translatable("sentences", "“{title}” ({kind}) was removed from {at_ms}."),
        facts=(
            "title",
            "kind",
            "at_ms",
        ),
    ),
    "change.moved_later": ErrorSpec(
        mark_translatable("sentences", "“{title}” was moved later, from {from_ms} to {to_ms}."),
        facts=(
            "title",
            "from_ms",
            "to_ms",
        ),
    ),
    "change.moved_earlier": ErrorSpec(
        mark_translatable("sentences", "“{title}” was moved earlier, from {from_ms} to {to_ms}."),
        facts=(
            "title",
            "from_ms",
            "to_ms",
        ),
    ),
    "change.all_later": ErrorSpec(
        mark_translatable("sentences", "{count} segments begin {by_ms} later, from {at_ms} on."),
        facts=(
            "count",
            "by_ms",
            "at_ms",
        ),
    ),
    "change.all_earlier": ErrorSpec(
        mark_translatable("sentences", "{count} segments begin {by_ms} earlier, from {at_ms} on."),
        facts=(
            "count",
            "by_ms",
            "at_ms",
        ),
    ),
    "change.lengthened": ErrorSpec(
        mark_translatable("sentences", "“{title}” is {by_ms} longer and lasts {length_ms}."),
        facts=(
            "title",
            "by_ms",
            "length_ms",
        ),
    ),
    "change.shortened": ErrorSpec(
        mark_translatable("sentences", "“{title}” is {by_ms} shorter and lasts {length_ms}."),
        facts=(
            "title",
            "by_ms",
            "length_ms",
        ),
    ),
    "change.hold": ErrorSpec(
        mark_translatable("sentences", "The freeze frame after “{title}” is {new_ms} instead of {old_ms}."),
        facts=(
            "title",
            "new_ms",
            "old_ms",
        ),
    ),
    "change.part": ErrorSpec(
        mark_translatable("sentences", "“{title}” plays another part: {in_ms} to {out_ms}."),
        facts=(
            "title",
            "in_ms",
            "out_ms",
        ),
    ),
    "change.retitled": ErrorSpec(
        mark_translatable("sentences", "“{old}” was renamed “{title}”."),
        facts=(
            "old",
            "title",
        ),
    ),
    "change.kind": ErrorSpec(
        mark_translatable("sentences", "“{title}” is a {kind} now."),
        facts=(
            "title",
            "kind",
        ),
    ),
    "change.media": ErrorSpec(
        mark_translatable("sentences", "“{title}” has new media: {new}."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.volume": ErrorSpec(
        mark_translatable("sentences", "The volume of “{title}” is {new} % now."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.muted": ErrorSpec(mark_translatable("sentences", "“{title}” was muted."), facts=("title",)),
    "change.unmuted": ErrorSpec(mark_translatable("sentences", "“{title}” can be heard again."), facts=("title",)),
    "change.fades": ErrorSpec(mark_translatable("sentences", "The fades of “{title}” were changed."), facts=("title",)),
    "change.captions": ErrorSpec(
        mark_translatable("sentences", "The captions of “{title}” were changed."), facts=("title",)
    ),
    "change.picture": ErrorSpec(
        mark_translatable("sentences", "The picture of “{title}” was changed."), facts=("title",)
    ),
    "change.sound": ErrorSpec(
        mark_translatable("sentences", "The sound track of “{title}” was changed."), facts=("title",)
    ),
    "change.pages": ErrorSpec(
        mark_translatable("sentences", "The pages of “{title}” or their times were changed."), facts=("title",)
    ),
    "change.group": ErrorSpec(mark_translatable("sentences", "The group of “{title}” was changed."), facts=("title",)),
    "change.offer": ErrorSpec(
        mark_translatable("sentences", "“{title}” belongs to another offer now."), facts=("title",)
    ),
    "change.text": ErrorSpec(mark_translatable("sentences", "The text of “{title}” was changed."), facts=("title",)),
    "change.label": ErrorSpec(
        mark_translatable("sentences", "The button of “{title}” now says “{new}”."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.link": ErrorSpec(
        mark_translatable("sentences", "The link of “{title}” is now {new}."),
        facts=(
            "title",
            "new",
        ),
    ),
    "change.look": ErrorSpec(mark_translatable("sentences", "The look of “{title}” was changed."), facts=("title",)),
    "change.questions": ErrorSpec(
        mark_translatable("sentences", "The questions of “{title}” were changed."), facts=("title",)
    ),
    "change.plan_title": ErrorSpec(
        mark_translatable("sentences", "The webinar was renamed from “{old}” to “{new}”."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_description": ErrorSpec(mark_translatable("sentences", "The description was changed.")),
    "change.plan_start": ErrorSpec(
        mark_translatable("sentences", "The start is {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_zone": ErrorSpec(
        mark_translatable("sentences", "The time zone is {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_available_until": ErrorSpec(
        mark_translatable("sentences", "Access is given until {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_moderators": ErrorSpec(
        mark_translatable("sentences", "The moderators are: {new} (before: {old})."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_price": ErrorSpec(mark_translatable("sentences", "The price was changed.")),
    "change.plan_language": ErrorSpec(
        mark_translatable("sentences", "The language is {new} instead of {old}."),
        facts=(
            "new",
            "old",
        ),
    ),
    "change.plan_waiting_text": ErrorSpec(mark_translatable("sentences", "The text of the waiting room was changed.")),
    "change.plan_waiting_picture": ErrorSpec(
        mark_translatable("sentences", "The picture of the waiting room was changed.")
    ),
    "change.room_automated": ErrorSpec(
        mark_translatable("sentences", "It now starts by itself at its time (automated).")
    ),
    "change.room_on_demand": ErrorSpec(
        mark_translatable("sentences", "It can now be watched at any time (on demand).")
    ),
    "change.chat_none": ErrorSpec(mark_translatable("sentences", "The chat was turned off.")),
    "change.chat_moderated": ErrorSpec(mark_translatable("sentences", "The chat is now moderated.")),
    "change.chat_answer_later": ErrorSpec(mark_translatable("sentences", "Comments are now answered later.")),
    "change.access_free": ErrorSpec(mark_translatable("sentences", "Access is now free.")),
    "change.access_paid": ErrorSpec(mark_translatable("sentences", "Access is now paid.")),
    "change.programme_locked": ErrorSpec(mark_translatable("sentences", "The programme was locked.")),
    "change.programme_unlocked": ErrorSpec(mark_translatable("sentences", "The programme was unlocked.")),
    "change.interactions_locked": ErrorSpec(mark_translatable("sentences", "The interactions were locked.")),
    "change.interactions_unlocked": ErrorSpec(mark_translatable("sentences", "The interactions were unlocked.")),
    "change.marker_added": ErrorSpec(
        mark_translatable("sentences", "The marker “{title}” was added at {at_ms}."),
        facts=(
            "title",
            "at_ms",
        ),
    ),
    "change.marker_removed": ErrorSpec(
        mark_translatable("sentences", "The marker “{title}” was removed from {at_ms}."),
        facts=(
            "title",
            "at_ms",
        ),
    ),
    "change.marker_moved": ErrorSpec(
        mark_translatable("sentences", "The marker “{title}” was moved from {from_ms} to {at_ms}."),
        facts=(
            "title",
            "from_ms",
            "at_ms",
        ),
    ),
    "change.marker_renamed": ErrorSpec(
        mark_translatable("sentences", "The marker “{old}” was renamed “{title}”."),
        facts=(
            "old",
            "title",
        ),
    ),
    "change.media_known": ErrorSpec(
        mark_translatable("sentences", "“{name}” was added to the media."), facts=("name",)
    ),
    "change.media_forgotten": ErrorSpec(
        mark_translatable("sentences", "“{name}” was removed from the media."), facts=("name",)
    ),
    "change.media_facts": ErrorSpec(
        mark_translatable("sentences", "The details of “{name}” were updated."), facts=("name",)
    ),
    "change.media_captions": ErrorSpec(
        mark_translatable("sentences", "The subtitle files of “{name}” were changed."), facts=("name",)
    ),
}
