"""Errors that attendees meet: entering a room, chatting, answering, watching."""

from editor.errors.spec import ErrorSpec, mark_translatable

ROOM_ERRORS: dict[str, ErrorSpec] = {
    "room.cancelled": ErrorSpec(
        mark_translatable(
            "sentences", "This event has been cancelled. The link you came by will lead to the next one."
        ),
        status=409,
    ),
    "room.not_open": ErrorSpec(
        mark_translatable(
            "sentences",
            "The room is not open yet. Come back when the waiting room opens; its time is on the event's page.",
        ),
        status=409,
    ),
    "room.chat_off": ErrorSpec(
        mark_translatable("sentences", "There is no chat here. Should the team switch it on, you can write at once."),
        status=409,
    ),
    "room.chat_over": ErrorSpec(
        mark_translatable("sentences", "The event is over and its chat is closed. Write to the organizer instead."),
        status=409,
    ),
    "room.empty": ErrorSpec(
        mark_translatable("sentences", "There is nothing in this message. Write something first."), status=422
    ),
    "room.long": ErrorSpec(
        mark_translatable(
            "sentences", "This message has {has} characters, and {most} are the most. Shorten it, or send it in two."
        ),
        facts=(
            "has",
            "most",
        ),
        status=422,
    ),
    "room.fast": ErrorSpec(
        mark_translatable(
            "sentences", "That was {most} messages in a few seconds. Wait a moment, then send this one again."
        ),
        facts=(
            "most",
            "wait_ms",
        ),
        status=429,
    ),
    "room.no_offer": ErrorSpec(
        mark_translatable(
            "sentences", "This is not on offer in this room, or not yet. Reload the page to see what is."
        ),
        status=404,
    ),
    "room.offer_over": ErrorSpec(
        mark_translatable(
            "sentences", "The event is over and answers are no longer taken. Write to the organizer instead."
        ),
        status=409,
    ),
    "room.no_question": ErrorSpec(
        mark_translatable("sentences", "This question is not in the survey. Reload the page to see those that are."),
        status=404,
    ),
    "room.answer_needed": ErrorSpec(
        mark_translatable("sentences", "This question needs an answer. Give one, then send it again."), status=422
    ),
    "room.answer_kind": ErrorSpec(
        mark_translatable(
            "sentences", "This is no answer to a question of this kind ({kind}). Reload the page and answer again."
        ),
        facts=("kind",),
        status=422,
    ),
    "room.answer_choice": ErrorSpec(
        mark_translatable(
            "sentences", "The question does not offer that choice. Choose among those that it does, each once."
        ),
        status=422,
    ),
    "room.answer_one": ErrorSpec(
        mark_translatable("sentences", "One choice answers this question. Take back the others."), status=422
    ),
    "room.answer_rating": ErrorSpec(
        mark_translatable("sentences", "Ratings go from 1 to {scale} here. Choose one of these."),
        facts=("scale",),
        status=422,
    ),
    "room.answer_long": ErrorSpec(
        mark_translatable("sentences", "An answer has {most} characters at most. Shorten it."),
        facts=("most",),
        status=422,
    ),
    "page.unknown": ErrorSpec(
        mark_translatable("sentences", "There is no such page here. Check the link you were given."), status=404
    ),
    "media.unsigned": ErrorSpec(
        mark_translatable("sentences", "There is nothing at this address. Enter the room again."), status=404
    ),
    "room.too_early": ErrorSpec(
        mark_translatable("sentences", "This is not to be seen yet. Wait for the event to come to it."), status=403
    ),
    "room.gone": ErrorSpec(
        mark_translatable(
            "sentences", "The event is over and is not offered on demand, so there is nothing to see any more."
        ),
        status=403,
    ),
    "events.gone": ErrorSpec(
        mark_translatable("sentences", "Too much came since to tell it one by one. Load the room anew."), status=410
    ),
    "link.unknown": ErrorSpec(
        mark_translatable("sentences", "This link leads nowhere. Check it with whoever gave it to you."), status=404
    ),
    "person.unknown": ErrorSpec(
        mark_translatable("sentences", "You have not entered here yet. Enter with your name first."), status=401
    ),
    "person.name": ErrorSpec(
        mark_translatable("sentences", "Enter the name by which the others shall see you."), status=422
    ),
    "person.email": ErrorSpec(
        mark_translatable("sentences", "“{email}” is no e-mail address. Enter one: it is how you will be answered."),
        facts=("email",),
        status=422,
    ),
    "room.not_yours": ErrorSpec(
        mark_translatable("sentences", "You entered another session. Enter this one by its own link."), status=403
    ),
    "room.over": ErrorSpec(mark_translatable("sentences", "This event is over."), status=409),
    "room.closed": ErrorSpec(mark_translatable("sentences", "Nobody new is let in any more."), status=409),
    "room.unpaid": ErrorSpec(
        mark_translatable("sentences", "A seat at this event has to be paid for first."), status=402
    ),
    "room.answered": ErrorSpec(
        mark_translatable("sentences", "You have answered this already; the first answer counts."), status=409
    ),
    "room.message_taken": ErrorSpec(
        mark_translatable("sentences", "This message cannot be told from another. Send it again."), status=409
    ),
}
