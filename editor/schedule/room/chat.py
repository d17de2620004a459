"""The rules of the chat: who may say what, and who sees it."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from editor.errors import Known
from editor.schedule.log import (
    Answered,
    AnyRow,
    Arrived,
    ChatSet,
    Clicked,
    Clocked,
    Cued,
    Decided,
    Said,
    Troubled,
)
from editor.schedule.model import SECOND, ChatMode
from editor.schedule.room.phases import MESSAGES_MS, Phase

LONGEST = 1_000
"""Characters of a message."""
MOST = 3
"""Messages of one person …"""
WITHIN_MS = 10 * SECOND
"""… within this time."""

PUBLIC = "public"
TEAM = "team"

_BENDING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""What turns the direction of writing, with which one text can be made to look like another."""


class Told(msgspec.Struct, frozen=True):
    """A row in the form in which one audience gets it: `public`, `team` or a person's id."""

    audience: str
    row: AnyRow


def plain(text: str) -> str:
    """A message as it is kept: composed, without control characters (line breaks aside), trimmed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = (
        one for one in text if one == "\n" or (unicodedata.category(one) not in ("Cc", "Cs") and one not in _BENDING)
    )
    return "".join(kept).strip()


def may_say(
    mode: ChatMode,
    phase: Phase,
    at_ms: int,
    last_ms: Sequence[int],
    text: str,
    *,
    over_ms: int | None = None,
) -> Known | None:
    """Why a message is not taken at a server time, or None. `last_ms` are the times of the person's last messages.

    The chat opens with the waiting room; `over_ms` is when the session ended (`over_since`), and what was in flight
    then is taken for 30 s. Codes: ``room.chat_off``, ``room.not_open``,
    ``room.chat_over``, ``room.cancelled``, ``room.empty``, ``room.long`` (most, has), ``room.fast`` (most, wait_ms).
    """
    if phase == "cancelled":
        return Known("room.cancelled")
    if mode == "none":
        return Known("room.chat_off")
    if phase == "planned":
        return Known("room.not_open")
    if phase == "over" and (over_ms is None or at_ms >= over_ms + MESSAGES_MS):
        return Known("room.chat_over")
    kept = plain(text)
    if not kept:
        return Known("room.empty")
    if len(kept) > LONGEST:
        return Known("room.long", most=LONGEST, has=len(kept))
    lately = sorted(last for last in last_ms if at_ms - last < WITHIN_MS)
    if len(lately) >= MOST:
        return Known("room.fast", most=MOST, wait_ms=max(0, lately[-MOST] + WITHIN_MS - at_ms))
    return None


def switched(planned: ChatMode, *, on: bool) -> ChatMode:
    """The mode once somebody of the team switched the chat on or off.

    A session planned without a chat becomes moderated. One planned to answer later stays so: what was said to the team
    alone never turns public.
    """
    if not on:
        return "none"
    return "answer_later" if planned == "answer_later" else "moderated"


def audience_of(
    row: AnyRow, mode: ChatMode, *, said: Said | None = None, before: bool | None = None
) -> tuple[Told, ...]:
    """Who gets a row, and in which form. The team also gets what is public, and a person what is `public` or theirs.

    For `Decided`, `said` is the message it is about and `before` what was decided on it before. A message is public
    only once it was approved in a chat that is moderated, and then its author gets it like everybody.
    """
    match row:
        case Cued() | ChatSet():
            return (Told(PUBLIC, row),)
        case Clocked() | Arrived() | Troubled():
            return (Told(TEAM, row),)
        case Said():
            waiting = msgspec.structs.replace(row, waits=True)
            return (Told(row.person, waiting), Told(TEAM, waiting))
        case Clicked() | Answered():
            return (Told(row.person, row), Told(TEAM, row))
        case Decided():
            told = Told(TEAM, row)
            if mode != "moderated" or said is None or row.approved == bool(before):
                return (told,)
            shown: AnyRow = msgspec.structs.replace(said, waits=False) if row.approved else row
            return (told, Told(PUBLIC, shown))


def messages_for(audience: str, said: Iterable[Said], decided: Mapping[str, bool]) -> tuple[Said, ...]:
    """The messages that `team`, or a person who joins now, gets, in order: what was approved, and a person's own.

    `decided` holds what was approved in a moderated chat; of one that is answered later it holds nothing.
    """
    seen: list[Said] = []
    for one in said:
        approved = decided.get(one.message, False)
        if approved or audience in (TEAM, one.person):
            seen.append(msgspec.structs.replace(one, waits=not approved))
    return tuple(seen)
