"""Cues: what a room is told to do, and at which server time.

The web room computes nothing; it carries these out. All instants (`at`, `until`, `resumes`) are absolute server times
in milliseconds since the epoch; positions and media offsets are the schedule's milliseconds. A cue belongs to one
generation of the room clock and is void once a newer one began. `editor.schedule.room` makes them.
"""

from typing import Literal

import msgspec

from editor.schedule.model import Id, Sha256


class Cue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all cues are."""


class StageCue(Cue, frozen=True, kw_only=True, tag_field="type", tag="stage"):
    """From `at` on (server time) this is on stage. Media are named by hash; the page asks the manifest for them."""

    generation: int
    at: int
    until: int | None
    """Server time of the next change; None while held or when it is over."""
    phase: Literal["waiting", "running", "held", "closing", "over"]
    position_ms: int
    """The position at `at`."""
    show: Literal["video", "audio", "image", "page", "frame", "card"]
    """`frame` is a held last frame, `card` the gap or closing card."""
    media: Sha256 | None = None
    media_ms: int = 0
    """The offset in the media at `at`."""
    page: int | None = None
    picture: Sha256 | None = None
    audio: Sha256 | None = None
    audio_ms: int = 0
    gains: tuple[tuple[int, int], ...] = ()
    """Server time and gain in permille, linear between; before the first and after the last it stands."""
    captions: Sha256 | None = None
    note: str = ""
    resumes: int | None = None


class CtaCue(Cue, frozen=True, kw_only=True, tag_field="type", tag="cta"):
    """A call to action is open from `at` until `until`."""

    generation: int
    at: int
    until: int | None
    offer: Id
    title: str
    text: str
    label: str
    link: str
    look: str
    colour: str


class AskedQuestion(Cue, frozen=True, kw_only=True):
    """A question as attendees see it."""

    id: Id
    kind: Literal["single", "multiple", "text", "rating"]
    text: str
    choices: tuple[str, ...] = ()
    scale: int = 5
    required: bool = False


class SurveyCue(Cue, frozen=True, kw_only=True, tag_field="type", tag="survey"):
    """A survey is open from `at` until `until`; it may be answered for ten minutes after the end."""

    generation: int
    at: int
    until: int | None
    offer: Id
    title: str
    questions: tuple[AskedQuestion, ...]


AnyCue = StageCue | CtaCue | SurveyCue
