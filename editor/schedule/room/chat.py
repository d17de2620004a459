"""The rules of the chat: which messages are accepted, and who sees them."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from editor.errors import KnownError
from editor.schedule.limits import MAX_MESSAGE_CHARS
from editor.schedule.model import SECOND, ChatMode
from editor.schedule.room.phases import MESSAGE_GRACE_MS, SessionPhase
from editor.schedule.room.plain_text import normalize_text
from editor.schedule.session_events import (
    AnyLogRow,
    AttendeeEntered,
    ChatMessageModerated,
    ChatMessageSent,
    ChatModeChanged,
    ClockChanged,
    CuesIssued,
    OfferClicked,
    QuestionAnswered,
    TroubleReported,
)

MAX_MESSAGES_PER_WINDOW = 3
"""How many messages one person may send within `MESSAGE_WINDOW_MS`."""
MESSAGE_WINDOW_MS = 10 * SECOND
"""The time over which one person's messages are counted."""

PUBLIC = "public"
TEAM = "team"


class Delivery(msgspec.Struct, frozen=True):
    """A row of a session's log in the form in which one audience receives it; immutable.

    The audience is "public" (everybody), "team", or a person's id.
    """

    audience: str
    row: AnyLogRow


def check_message_allowed(
    mode: ChatMode,
    phase: SessionPhase,
    at_ms: int,
    last_ms: Sequence[int],
    text: str,
    *,
    over_ms: int | None = None,
) -> KnownError | None:
    """Return why a message is not accepted, as an error that is not raised, or None where it is accepted.

    The chat opens with the waiting room. Messages that were on their way when the session ended are accepted for 30 s.

    Args:
        mode: The chat mode now.
        phase: The phase of the session.
        at_ms: The server time, in ms since the epoch.
        last_ms: The times of the person's last messages, in ms since the epoch.
        text: The message.
        over_ms: When the session ended (`find_end_ms`); None while it is not over.

    Returns:
        ``room.chat_off``, ``room.not_open``, ``room.chat_over``, ``room.cancelled``, ``room.empty``, ``room.long``
        (most, has), ``room.fast`` (most, wait_ms) or None.
    """
    if phase == "cancelled":
        return KnownError("room.cancelled")
    if mode == "none":
        return KnownError("room.chat_off")
    if phase == "planned":
        return KnownError("room.not_open")
    if phase == "over" and (over_ms is None or at_ms >= over_ms + MESSAGE_GRACE_MS):
        return KnownError("room.chat_over")
    normalized = normalize_text(text)
    if not normalized:
        return KnownError("room.empty")
    if len(normalized) > MAX_MESSAGE_CHARS:
        return KnownError("room.long", most=MAX_MESSAGE_CHARS, has=len(normalized))
    recent_ms = sorted(last for last in last_ms if at_ms - last < MESSAGE_WINDOW_MS)
    if len(recent_ms) >= MAX_MESSAGES_PER_WINDOW:
        return KnownError(
            "room.fast",
            most=MAX_MESSAGES_PER_WINDOW,
            wait_ms=max(0, recent_ms[-MAX_MESSAGES_PER_WINDOW] + MESSAGE_WINDOW_MS - at_ms),
        )
    return None


def switch_chat_mode(planned: ChatMode, *, on: bool) -> ChatMode:
    """Return the chat mode after the team switched the chat on or off.

    A session planned without a chat becomes moderated. One planned to answer later stays so, because what was written
    for the team alone must not become public.
    """
    if not on:
        return "none"
    return "answer_later" if planned == "answer_later" else "moderated"


def make_deliveries(
    row: AnyLogRow, mode: ChatMode, *, message: ChatMessageSent | None = None, previously_approved: bool | None = None
) -> tuple[Delivery, ...]:
    """Return the audiences of a row, each with the form in which it receives the row.

    The team also receives what is public; a person receives what is public and their own rows. A message becomes public
    only when it is approved in a moderated chat; its author then receives it with everybody else. If the approval is
    withdrawn, everybody receives the row that says so; a decision that changes nothing goes to the team alone.

    Args:
        row: The row.
        mode: The chat mode now.
        message: For `ChatMessageModerated`, the message it is about.
        previously_approved: For `ChatMessageModerated`, the decision before this one, if there was one.
    """
    match row:
        case CuesIssued() | ChatModeChanged():
            return (Delivery(PUBLIC, row),)
        case ClockChanged() | AttendeeEntered() | TroubleReported():
            return (Delivery(TEAM, row),)
        case ChatMessageSent():
            waiting = msgspec.structs.replace(row, waits=True)
            return (Delivery(row.person, waiting), Delivery(TEAM, waiting))
        case OfferClicked() | QuestionAnswered():
            return (Delivery(row.person, row), Delivery(TEAM, row))
        case ChatMessageModerated():
            team_delivery = Delivery(TEAM, row)
            if mode != "moderated" or message is None or row.approved == bool(previously_approved):
                return (team_delivery,)
            shown: AnyLogRow = msgspec.structs.replace(message, waits=False) if row.approved else row
            return (team_delivery, Delivery(PUBLIC, shown))


def select_messages(
    audience: str, messages: Iterable[ChatMessageSent], approvals: Mapping[str, bool]
) -> tuple[ChatMessageSent, ...]:
    """Return the messages for the team, or for a person who joins now: the approved ones and their own, in order.

    In each, `waits` says whether it is not approved.

    Args:
        audience: `TEAM`, which sees all messages, or the person's id.
        messages: All messages of the session, in order.
        approvals: The decisions of a moderated chat, by message id; in a chat that is answered later it is empty.
    """
    visible: list[ChatMessageSent] = []
    for message in messages:
        approved = approvals.get(message.message, False)
        if approved or audience in (TEAM, message.person):
            visible.append(msgspec.structs.replace(message, waits=not approved))
    return tuple(visible)
