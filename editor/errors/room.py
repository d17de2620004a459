"""Errors that attendees meet: entering a room, chatting, answering, watching."""

from editor.errors.spec import QT_TRANSLATE_NOOP, ErrorSpec

ROOM_ERRORS: dict[str, ErrorSpec] = {
    "room.cancelled": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "This event has been cancelled. The link you came by will lead to the next one."
        ),
        status=409,
    ),
    "room.not_open": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences",
            "The room is not open yet. Come back when the waiting room opens; its time is on the event's page.",
        ),
        status=409,
    ),
    "room.chat_off": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "There is no chat here. Should the team switch it on, you can write at once."),
        status=409,
    ),
    "room.chat_over": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "The event is over and its chat is closed. Write to the organizer instead."),
        status=409,
    ),
    "room.empty": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "There is nothing in this message. Write something first."), status=422
    ),
    "room.long": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "This message has {has} characters, and {most} are the most. Shorten it, or send it in two."
        ),
        facts=(
            "has",
            "most",
        ),
        status=422,
    ),
    "room.fast": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "That was {most} messages in a few seconds. Wait a moment, then send this one again."
        ),
        facts=(
            "most",
            "wait_ms",
        ),
        status=429,
    ),
    "room.no_offer": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "This is not on offer in this room, or not yet. Reload the page to see what is."
        ),
        status=404,
    ),
    "room.offer_over": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "The event is over and answers are no longer taken. Write to the organizer instead."
        ),
        status=409,
    ),
    "room.no_question": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "This question is not in the survey. Reload the page to see those that are."),
        status=404,
    ),
    "room.answer_needed": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "This question needs an answer. Give one, then send it again."), status=422
    ),
    "room.answer_kind": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "This is no answer to a question of this kind ({kind}). Reload the page and answer again."
        ),
        facts=("kind",),
        status=422,
    ),
    "room.answer_choice": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "The question does not offer that choice. Choose among those that it does, each once."
        ),
        status=422,
    ),
    "room.answer_one": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "One choice answers this question. Take back the others."), status=422
    ),
    "room.answer_rating": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "Ratings go from 1 to {scale} here. Choose one of these."),
        facts=("scale",),
        status=422,
    ),
    "room.answer_long": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "An answer has {most} characters at most. Shorten it."),
        facts=("most",),
        status=422,
    ),
    "page.unknown": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "There is no such page here. Check the link you were given."), status=404
    ),
    "media.unsigned": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "There is nothing at this address. Enter the room again."), status=404
    ),
    "room.too_early": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "This is not to be seen yet. Wait for the event to come to it."), status=403
    ),
    "room.gone": ErrorSpec(
        QT_TRANSLATE_NOOP(
            "sentences", "The event is over and is not offered on demand, so there is nothing to see any more."
        ),
        status=403,
    ),
    "events.gone": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "Too much came since to tell it one by one. Load the room anew."), status=410
    ),
    "link.unknown": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "This link leads nowhere. Check it with whoever gave it to you."), status=404
    ),
    "person.unknown": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "You have not entered here yet. Enter with your name first."), status=401
    ),
    "person.name": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "Enter the name by which the others shall see you."), status=422
    ),
    "person.email": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "“{email}” is no e-mail address. Enter one: it is how you will be answered."),
        facts=("email",),
        status=422,
    ),
    "room.not_yours": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "You entered another session. Enter this one by its own link."), status=403
    ),
    "room.over": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "This event is over."), status=409),
    "room.closed": ErrorSpec(QT_TRANSLATE_NOOP("sentences", "Nobody new is let in any more."), status=409),
    "room.unpaid": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "A seat at this event has to be paid for first."), status=402
    ),
    "room.answered": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "You have answered this already; the first answer counts."), status=409
    ),
    "room.message_taken": ErrorSpec(
        QT_TRANSLATE_NOOP("sentences", "This message cannot be told from another. Send it again."), status=409
    ),
}
