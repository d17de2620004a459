"""The rows of a session's log: everything that happened in it, and everything anybody is told.

What anybody sees is a row before it is sent. Rows are tagged by ``type``; the hosting gives each a number, a server
time and an audience (`editor.protocol.stream_events.Frame` is one as it is sent).
"""

from typing import Literal

import msgspec

from editor.schedule.clock import AnyClockEvent
from editor.schedule.cues import AnyCue
from editor.schedule.model import Id


class LogRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all rows are."""


class CuesIssued(LogRow, frozen=True, kw_only=True, tag_field="type", tag="cued"):
    """Cues that were issued. With `replaces`, all that were told before are dropped, whatever their generation."""

    cues: tuple[AnyCue, ...]
    replaces: bool = False


class ClockChanged(LogRow, frozen=True, kw_only=True, tag_field="type", tag="clocked"):
    """An event of the room clock, and who of the team sent it."""

    event: AnyClockEvent
    by: str = ""


class ChatModeChanged(LogRow, frozen=True, kw_only=True, tag_field="type", tag="chat_set"):
    """The chat mode that holds from here on."""

    mode: Literal["none", "moderated", "answer_later"]


class ChatMessageSent(LogRow, frozen=True, kw_only=True, tag_field="type", tag="said"):
    """A chat message. To its author `waits` tells that others do not see it (yet)."""

    message: Id
    person: Id
    name: str
    text: str
    position_ms: int
    at: int | None = None
    """Server time at which it was said; that of the row is when it was told, maybe only after somebody approved it."""
    waits: bool = True


class ChatMessageModerated(LogRow, frozen=True, kw_only=True, tag_field="type", tag="decided"):
    """A moderator decided on a message."""

    message: Id
    approved: bool


class OfferClicked(LogRow, frozen=True, kw_only=True, tag_field="type", tag="clicked"):
    """Somebody pressed a call to action's button; counted once a person."""

    person: Id
    offer: Id


class QuestionAnswered(LogRow, frozen=True, kw_only=True, tag_field="type", tag="answered"):
    """Somebody answered a question; once a person and question."""

    person: Id
    offer: Id
    question: Id
    choices: tuple[int, ...] = ()
    text: str = ""
    rating: int | None = None


class AttendeeEntered(LogRow, frozen=True, kw_only=True, tag_field="type", tag="arrived"):
    """Somebody entered (to the team)."""

    person: Id
    name: str


class TroubleReported(LogRow, frozen=True, kw_only=True, tag_field="type", tag="troubled"):
    """Somebody reported that picture or sound are missing (to the team)."""

    person: Id
    text: str
    seen: str


AnyLogRow = (
    CuesIssued
    | ClockChanged
    | ChatModeChanged
    | ChatMessageSent
    | ChatMessageModerated
    | OfferClicked
    | QuestionAnswered
    | AttendeeEntered
    | TroubleReported
)
