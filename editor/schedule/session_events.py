"""The rows of a session's log: everything that happened, and everything that is sent to people.

Everything that is sent is a row of the log first. Rows are tagged by ``type``; the server gives each a number, a time
and an audience (`editor.protocol.stream_events.StreamFrame` is a row as it is sent).
"""

from typing import Literal

import msgspec

from editor.schedule.clock import AnyClockEvent
from editor.schedule.cues import AnyCue
from editor.schedule.model import Id


class LogRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a session's log; the server gives it a number, a time and an audience when it is stored."""


class CuesIssued(LogRow, frozen=True, kw_only=True, tag_field="type", tag="cued"):
    """Cues that were issued. With `replaces`, all earlier cues are dropped, whatever their generation."""

    cues: tuple[AnyCue, ...]
    replaces: bool = False


class ClockChanged(LogRow, frozen=True, kw_only=True, tag_field="type", tag="clocked"):
    """An event of the room clock, and the team member who sent it."""

    event: AnyClockEvent
    by: str = ""


class ChatModeChanged(LogRow, frozen=True, kw_only=True, tag_field="type", tag="chat_set"):
    """The team switched the chat; `mode` holds from this row on."""

    mode: Literal["none", "moderated", "answer_later"]


class ChatMessageSent(LogRow, frozen=True, kw_only=True, tag_field="type", tag="said"):
    """A chat message, written while the programme stood at `position_ms`.

    With `waits`, only its author and the team see it yet.
    """

    message: Id
    person: Id
    name: str
    text: str
    position_ms: int
    at: int | None = None
    """Server time at which it was written; the row's own time may be later, when it was approved."""
    waits: bool = True


class ChatMessageModerated(LogRow, frozen=True, kw_only=True, tag_field="type", tag="decided"):
    """A moderator's decision whether everybody may see the message with the id `message`; the latest counts."""

    message: Id
    approved: bool


class OfferClicked(LogRow, frozen=True, kw_only=True, tag_field="type", tag="clicked"):
    """An attendee pressed the button of a call to action; counted once per person."""

    person: Id
    offer: Id


class QuestionAnswered(LogRow, frozen=True, kw_only=True, tag_field="type", tag="answered"):
    """An attendee answered a question; once per person and question."""

    person: Id
    offer: Id
    question: Id
    choices: tuple[int, ...] = ()
    text: str = ""
    rating: int | None = None


class AttendeeEntered(LogRow, frozen=True, kw_only=True, tag_field="type", tag="arrived"):
    """An attendee entered. Sent to the team only."""

    person: Id
    name: str


class TroubleReported(LogRow, frozen=True, kw_only=True, tag_field="type", tag="troubled"):
    """An attendee reported that picture or sound is missing. Sent to the team only."""

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
