"""Errors that attendees meet: entering a room, chatting, answering, watching."""

from editor.errors.spec import ErrorSpec, mark_translatable

ROOM_ERRORS: dict[str, ErrorSpec] = {
    "room.cancelled": ErrorSpec(
        mark_translatable("sentences", "This event has been cancelled. The same link will lead to the next one."),
        status=409,
    ),
    "room.not_open": ErrorSpec(
        mark_translatable(
            "sentences",
            "The room is not open yet. The event's page says when it opens.",
        ),
        status=409,
    ),
    "room.chat_off": ErrorSpec(
        mark_translatable("sentences", "The chat is off. You can write as soon as the team turns it on."),
        status=409,
    ),
    "room.chat_over": ErrorSpec(
        mark_translatable("sentences", "The event is over and its chat is closed. Write to the organizer instead."),
        status=409,
    ),
    "room.empty": ErrorSpec(mark_translatable("sentences", "The message is empty. Write something first."), status=422),
    "room.long": ErrorSpec(
        mark_translatable(
            "sentences", "This message has {has} characters; the limit is {most}. Shorten it, or send it in two parts."
        ),
        facts=(
            "has",
            "most",
        ),
        status=422,
    ),
    "room.fast": ErrorSpec(
        mark_translatable(
            "sentences", "You sent {most} messages within a few seconds. Wait a moment, then send this one again."
        ),
        facts=(
            "most",
            "wait_ms",
        ),
        status=429,
    ),
    "room.no_offer": ErrorSpec(
        mark_translatable("sentences", "This is not available in this room. Reload the page to see what is."),
        status=404,
    ),
    "room.offer_over": ErrorSpec(
        mark_translatable(
            "sentences", "The event is over and no more answers are accepted. Write to the organizer instead."
        ),
        status=409,
    ),
    "room.no_question": ErrorSpec(
        mark_translatable("sentences", "This question is not in the survey. Reload the page."),
        status=404,
    ),
    "room.answer_needed": ErrorSpec(
        mark_translatable("sentences", "This question needs an answer. Answer it, then send again."), status=422
    ),
    "room.answer_kind": ErrorSpec(
        mark_translatable(
            "sentences", "This answer does not fit the question ({kind}). Reload the page and answer again."
        ),
        facts=("kind",),
        status=422,
    ),
    "room.answer_choice": ErrorSpec(
        mark_translatable(
            "sentences", "The question does not have this choice. Choose from its list, each answer once."
        ),
        status=422,
    ),
    "room.answer_one": ErrorSpec(
        mark_translatable("sentences", "Only one answer is possible. Uncheck the others."), status=422
    ),
    "room.answer_rating": ErrorSpec(
        mark_translatable("sentences", "The rating goes from 1 to {scale}."),
        facts=("scale",),
        status=422,
    ),
    "room.answer_long": ErrorSpec(
        mark_translatable("sentences", "An answer has at most {most} characters. Shorten it."),
        facts=("most",),
        status=422,
    ),
    "page.unknown": ErrorSpec(
        mark_translatable("sentences", "There is no such page here. Check the link."), status=404
    ),
    "media.unsigned": ErrorSpec(
        mark_translatable("sentences", "There is nothing at this address. Enter the room again."), status=404
    ),
    "room.too_early": ErrorSpec(
        mark_translatable("sentences", "This is not available yet. It appears when the event reaches it."), status=403
    ),
    "room.gone": ErrorSpec(
        mark_translatable("sentences", "The event is over and has no replay."),
        status=403,
    ),
    "events.gone": ErrorSpec(
        mark_translatable("sentences", "Too much has happened since you were last connected. Reload the page."),
        status=410,
    ),
    "link.unknown": ErrorSpec(
        mark_translatable("sentences", "This link does not work. Check it with the person who sent it to you."),
        status=404,
    ),
    "person.unknown": ErrorSpec(
        mark_translatable("sentences", "You have not entered yet. Enter with your name first."), status=401
    ),
    "person.name": ErrorSpec(mark_translatable("sentences", "Enter the name that the others will see."), status=422),
    "person.email": ErrorSpec(
        mark_translatable("sentences", "“{email}” is not an e-mail address. Enter one, so that you can get an answer."),
        facts=("email",),
        status=422,
    ),
    "room.not_yours": ErrorSpec(
        mark_translatable("sentences", "You entered another session. Use the link of this one."), status=403
    ),
    "room.over": ErrorSpec(mark_translatable("sentences", "This event is over."), status=409),
    "room.closed": ErrorSpec(mark_translatable("sentences", "The room is closed to new attendees."), status=409),
    "room.unpaid": ErrorSpec(mark_translatable("sentences", "This event has to be paid for first."), status=402),
    "room.answered": ErrorSpec(
        mark_translatable("sentences", "You have already answered this; the first answer counts."), status=409
    ),
    "room.message_taken": ErrorSpec(
        mark_translatable("sentences", "This message has the id of another one. Send it again."), status=409
    ),
}
