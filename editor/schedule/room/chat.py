"""The rules of the chat: who may say what, and who sees it."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from editor.errors import KnownError
from editor.schedule.limits import MAX_MESSAGE_CHARS
from editor.schedule.model import SECOND, ChatMode
from editor.schedule.room.phases import MESSAGE_GRACE_MS, SessionPhase
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
"""Messages of one person …"""
MESSAGE_WINDOW_MS = 10 * SECOND
"""… within this time."""

PUBLIC = "public"
TEAM = "team"

_DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""What turns the direction of writing, with which one text can be made to look like another."""


class Delivery(msgspec.Struct, frozen=True):
    """A row in the form in which one audience gets it: `public`, `team` or a person's id."""

    audience: str
    row: AnyLogRow


def normalize_text(text: str) -> str:
    """A message as it is kept: composed, without control characters (line breaks aside), trimmed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    allowed = (
        char
        for char in text
        if char == "\n" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _DIRECTION_CONTROLS)
    )
    return "".join(allowed).strip()


def check_message_allowed(
    mode: ChatMode,
    phase: SessionPhase,
    at_ms: int,
    last_ms: Sequence[int],
    text: str,
    *,
    over_ms: int | None = None,
) -> KnownError | None:
    """Why a message is not taken at a server time, or None. `last_ms` are the times of the person's last messages.

    The chat opens with the waiting room; `over_ms` is when the session ended (`over_since`), and what was in flight
    then is taken for 30 s. Codes: ``room.chat_off``, ``room.not_open``,
    ``room.chat_over``, ``room.cancelled``, ``room.empty``, ``room.long`` (most, has), ``room.fast`` (most, wait_ms).
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
    """The mode once somebody of the team switched the chat on or off.

    A session planned without a chat becomes moderated. One planned to answer later stays so: what was said to the team
    alone never turns public.
    """
    if not on:
        return "none"
    return "answer_later" if planned == "answer_later" else "moderated"


def make_deliveries(
    row: AnyLogRow, mode: ChatMode, *, message: ChatMessageSent | None = None, previously_approved: bool | None = None
) -> tuple[Delivery, ...]:
    """Who gets a row, and in which form. The team also gets what is public, and a person what is `public` or theirs.

    For `Decided`, `said` is the message it is about and `before` what was decided on it before. A message is public
    only once it was approved in a chat that is moderated, and then its author gets it like everybody.
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
    """The messages that `team`, or a person who joins now, gets, in order: what was approved, and a person's own.

    `decided` holds what was approved in a moderated chat; of one that is answered later it holds nothing.
    """
    visible: list[ChatMessageSent] = []
    for message in messages:
        approved = approvals.get(message.message, False)
        if approved or audience in (TEAM, message.person):
            visible.append(msgspec.structs.replace(message, waits=not approved))
    return tuple(visible)
