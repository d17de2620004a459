"""Cues: the instructions for an attendee's page, each with the server time at which it is carried out.

The web room computes nothing; it carries these out. All instants (`at`, `until`, `resumes`) are absolute server times
in milliseconds since the epoch; positions and media offsets are the schedule's milliseconds. A cue belongs to one
generation of the room clock and is void once a newer one began. `editor.schedule.room` makes them.

To carry them out takes three rules, and no other knowledge:

1. Only the newest generation that was received counts, and nothing that was received before a row that replaces.
2. On stage is the stage cue with the latest `at` that has come; of two with the same `at`, the one received later.
   `until` says when another is expected, so that a player can be ready; nothing ends by itself.
3. An offer is open from `at` until `until`, or until rule 1 ends it; if it is received again, the later one counts.

On demand `at` and `until` are positions instead, and the viewer's own position takes the place of the server's time.
"""

from typing import Literal

import msgspec

from editor.schedule.model import Id, QuestionKind, Sha256


class Cue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of all cues and their parts: immutable; the JSON leaves out fields that have their default.

    A cue is an instruction of the server to the attendees' pages, valid for one generation of the room clock.
    """


class StageCue(Cue, frozen=True, kw_only=True, tag_field="type", tag="stage"):
    """A cue to show and play one thing on stage from server time `at` (ms since the epoch) until a later stage cue.

    Media are named by SHA-256; the page asks the manifest for them. On demand all times are positions (ms) instead.
    """

    generation: int
    at: int
    until: int | None
    """Server time of the next change; None while held or when it is over."""
    phase: Literal["waiting", "running", "held", "closing", "over"]
    position_ms: int
    """The position at `at`."""
    show: Literal["video", "audio", "image", "page", "frame", "card"]
    """How the media is shown.

    `video` and `audio` run from `media_ms` on, as does a page's `audio` from `audio_ms` on; `frame` is a video frozen
    at `media_ms`; `card` is the waiting, gap, held, closing or end card (`phase` says which).
    """
    media: Sha256 | None = None
    media_ms: int = 0
    """The offset in the media at `at`."""
    page: int | None = None
    picture: Sha256 | None = None
    """What is seen with `audio`; on the waiting card the waiting room's picture."""
    audio: Sha256 | None = None
    audio_ms: int = 0
    gains: tuple[tuple[int, int], ...] = ()
    """Points of server time and gain in permille, linear in between, constant outside. Without points it is silent."""
    captions: Sha256 | None = None
    note: str = ""
    """While held: the team's note to the attendees."""
    resumes: int | None = None
    """While held: the server time at which it goes on at the latest."""


class CtaCue(Cue, frozen=True, kw_only=True, tag_field="type", tag="cta"):
    """A cue to show a call to action from server time `at` until `until` (ms since the epoch).

    `until` is None while the clock is held. On demand both are positions (ms) instead.
    """

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


class AttendeeQuestion(Cue, frozen=True, kw_only=True):
    """One question of a `SurveyCue`, as attendees see it; answers name `choices` by their index, from 0.

    `choices` is for single and multiple choice, `scale` for a rating from 1 to `scale`.
    """

    id: Id
    kind: QuestionKind
    text: str
    choices: tuple[str, ...] = ()
    scale: int = 5
    required: bool = False


class SurveyCue(Cue, frozen=True, kw_only=True, tag_field="type", tag="survey"):
    """A cue to show a survey from server time `at` until `until` (ms since the epoch).

    `until` is None while the clock is held; on demand both are positions (ms) instead. Once opened, the survey can be
    answered for `editor.schedule.room.RESPONSE_GRACE_MS` after the session's end.
    """

    generation: int
    at: int
    until: int | None
    offer: Id
    title: str
    questions: tuple[AttendeeQuestion, ...]


OfferCue = CtaCue | SurveyCue
AnyCue = StageCue | OfferCue
