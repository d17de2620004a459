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
    """The base of the rows of a session's log; each gets a number, a time and an audience when the server stores it."""


class CuesIssued(LogRow, frozen=True, kw_only=True, tag_field="type", tag="cued"):
    """A log row: cues that the server sent to all attendees.

    With `replaces`, all cues of earlier rows are dropped, whatever their generation.
    """

    cues: tuple[AnyCue, ...]
    replaces: bool = False


class ClockChanged(LogRow, frozen=True, kw_only=True, tag_field="type", tag="clocked"):
    """A log row: an event of the room clock, and the name or e-mail address of the team member who sent it.

    It is sent to the team only; attendees get the cues that follow from it.
    """

    event: AnyClockEvent
    by: str = ""


class ChatModeChanged(LogRow, frozen=True, kw_only=True, tag_field="type", tag="chat_set"):
    """A log row: the team switched the chat on or off; `mode` holds from this row on."""

    mode: Literal["none", "moderated", "answer_later"]


class ChatMessageSent(LogRow, frozen=True, kw_only=True, tag_field="type", tag="said"):
    """A log row: a person wrote a chat message while the programme stood at `position_ms`, negative before the start.

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
    """A log row: a moderator decided whether everybody may see the message with the id `message`; the latest counts."""

    message: Id
    approved: bool


class OfferClicked(LogRow, frozen=True, kw_only=True, tag_field="type", tag="clicked"):
    """A log row: an attendee pressed the button of a call to action; there is one for each person and offer."""

    person: Id
    offer: Id


class QuestionAnswered(LogRow, frozen=True, kw_only=True, tag_field="type", tag="answered"):
    """A log row: an attendee answered a question; there is one for each person and question.

    `choices` are indexes from 0; a `rating` of None is none.
    """

    person: Id
    offer: Id
    question: Id
    choices: tuple[int, ...] = ()
    text: str = ""
    rating: int | None = None


class AttendeeEntered(LogRow, frozen=True, kw_only=True, tag_field="type", tag="arrived"):
    """A log row: a person entered the session. It is sent to the team only."""

    person: Id
    name: str


class TroubleReported(LogRow, frozen=True, kw_only=True, tag_field="type", tag="troubled"):
    """A log row: an attendee reported that picture or sound is missing. It is sent to the team only.

    `seen` is what the attendee's page found out.
    """

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
