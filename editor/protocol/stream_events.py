"""The frames of a room's event stream.

Every row of a session's log has a number (`seq`, per session, without gaps) and an audience. A frame repeats the row
for one audience and names in `prev` the row of that audience before it: a client that has `prev` applies the frame, any
other fetches the rows it missed. The stream only wakes clients up; the log makes delivery exactly-once.
"""

from typing import Literal

import msgspec

from editor.schedule.cues import AnyCue, OfferCue
from editor.schedule.model import Id, Sha256
from editor.schedule.session_events import AnyLogRow, ChatMessageSent, QuestionAnswered


class StreamStruct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of frames and snapshots: immutable; the JSON leaves out fields that have their default."""


class StreamFrame(StreamStruct, frozen=True, kw_only=True):
    """One row of a session's log, as it is sent to one audience: "public", "team", or a person's own id.

    `seq` is the row's number in the session, from 1; `at` is in ms since the epoch.
    """

    epoch: str
    session: Id
    audience: str
    seq: int
    prev: int
    """The seq of the row before it for the same audience; 0 for the first."""
    at: int
    """Server time at which the row was written."""
    row: AnyLogRow


class StreamFrames(StreamStruct, frozen=True, kw_only=True):
    """The response to a request for the rows of a session's log after a number, in order."""

    frames: tuple[StreamFrame, ...]


class StreamPosition(StreamStruct, frozen=True, kw_only=True):
    """The number of the last row that a client has of one audience ("public" or a person's id); 0 for none."""

    audience: str
    seq: int


class Snapshot(StreamStruct, frozen=True, kw_only=True):
    """All that a person's page needs to begin with: the session at server time `now`, and the person's own entries.

    The event stream goes on after the rows in `seen`. Times are ms since the epoch; those of cues are positions (ms) on
    demand.
    """

    epoch: str
    session: Id
    now: int
    seen: tuple[StreamPosition, ...]
    title: str
    language: str
    phase: Literal["planned", "waiting", "running", "held", "closing", "over", "cancelled"]
    starts_at: int
    opens_at: int
    """When the waiting room opens."""
    generation: int
    chat: Literal["none", "moderated", "answer_later"]
    chat_open: bool
    waiting_text: str = ""
    waiting_picture: Sha256 | None = None
    cues: tuple[AnyCue, ...] = ()
    """The cues that are in force, and those issued ahead."""
    offers: tuple[OfferCue, ...] = ()
    """The offers that were opened until now."""
    clicked: tuple[Id, ...] = ()
    answered: tuple[QuestionAnswered, ...] = ()
    messages: tuple[ChatMessageSent, ...] = ()
    media_base: str = ""
    """The signed prefix of this session's media URLs: `{media_base}/{sha256}/index.m3u8`."""
    on_demand: bool = False
    length_ms: int | None = None
    """The webinar's length in ms; only where seeking is allowed."""
    replay: bool = False
