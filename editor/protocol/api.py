"""Requests and answers of the hosting's API, under `/api`.

Instants are integer milliseconds since the epoch, UTC (fields end in ``_at`` or are named so); positions and lengths
are the schedule's milliseconds. Errors are RFC 9457 problem documents (`ProblemDetails`).
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from editor.protocol.patch import Patch
from editor.schedule import limits
from editor.schedule.model import MAX_WEBINAR_MS, SECOND, ChatMode, Id, LocalTime, Ms, Price, RoomType, Sha256

API_VERSION = 1
"""The version of the API. Within one version, paths stay and fields are only added, with defaults."""
API_HEADER = "Matinee-Api"
"""The header that names the API version: of requests the one they were made for, of answers their own."""
EpochMs = Annotated[int, Meta(ge=0, le=253_402_300_799_999)]
"""Milliseconds since the epoch, UTC, up to the year 9999."""
ShortText = Annotated[str, Meta(max_length=limits.MAX_SHORT_TEXT_CHARS)]


class ApiStruct(msgspec.Struct, frozen=True, kw_only=True):
    """The base of the JSON bodies of all requests and responses of the hosting's API: immutable."""


class ProblemDetails(ApiStruct, frozen=True, kw_only=True):
    """The body of an error response (RFC 9457): HTTP status, the error's code and its facts.

    `title` is the English sentence; `editor.errors.messages` makes one from code and facts.
    """

    type: str = "about:blank"
    title: str
    status: int
    code: str
    facts: dict[str, Any] = {}


# --------------------------------------------------------------------------------------------- accounts


class SignInRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of a sign-in: e-mail address and password of an account.

    `device` is the name under which the sign-in is listed to the account's owner; it may be empty.
    """

    email: ShortText
    password: Annotated[str, Meta(max_length=limits.MAX_PASSWORD_CHARS)]
    device: ShortText = ""


class FirstOwnerRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of the request that creates the first account, with the one-time key that the server printed."""

    key: ShortText
    email: ShortText
    password: Annotated[str, Meta(min_length=limits.MIN_PASSWORD_CHARS, max_length=limits.MAX_PASSWORD_CHARS)]
    name: ShortText = ""


class SignInResult(ApiStruct, frozen=True, kw_only=True):
    """The response to a sign-in: a new token (sent as `Authorization: Bearer …`) and the account it belongs to."""

    token: str
    account: "Account"


class Account(ApiStruct, frozen=True, kw_only=True):
    """One account of the server, as responses name it: id, e-mail address, display name (may be empty) and plan."""

    id: Id
    email: str
    name: str = ""
    plan: str = "automated"


# --------------------------------------------------------------------------------------------- webinars


class WebinarListItem(ApiStruct, frozen=True, kw_only=True):
    """One webinar in the list of an account, without its document: its revisions, which tell whether anything is new.

    `rev` is the revision of the document, `notes_rev` that of the notes; `updated_at` is in ms since the epoch. A
    deleted webinar stays in the list.
    """

    id: Id
    rev: int
    hash: Sha256
    """SHA-256 of the document's bytes."""
    title: str
    updated_at: EpochMs
    deleted: bool = False
    version: str = ""
    """The version that this document is."""
    notes_rev: int = 0
    """The revision of its notes."""


class WebinarList(ApiStruct, frozen=True, kw_only=True):
    """All webinars of the account, deleted ones too; `epoch` changes when the server is restored from a backup."""

    epoch: str
    webinars: tuple[WebinarListItem, ...]


class PushedVersion(ApiStruct, frozen=True, kw_only=True):
    """The version that a `PushRequest` stores: its hash, its parents' hashes and its note.

    Its body is the pushed document. `saved_at` is when the editor saved it, in ms since the epoch.
    """

    hash: Sha256
    parents: tuple[Sha256, ...] = ()
    note: Annotated[str, Meta(max_length=limits.MAX_VERSION_NOTE_CHARS)] = ""
    saved_at: EpochMs


class PushRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of `PUT /api/webinars/{id}`: the saved document in the wire format and its version.

    The document comes whole, as text, or as a patch of a version that is there (``webinar.base_unknown`` if it is not);
    the other of the two fields is None.
    """

    document: str | None = None
    patch: Patch | None = None
    version: PushedVersion
    epoch: str = ""
    """The epoch that the client knows; if the server has another one, the push is refused (``sync.went_back``)."""


class PushResult(ApiStruct, frozen=True, kw_only=True):
    """The response to a push: the webinar's new revision, the version's number in it (from 1), the server's epoch."""

    rev: int
    number: int
    epoch: str


class HostedVersion(ApiStruct, frozen=True, kw_only=True):
    """A version as the server lists it, without its document: hash, number (from 1), parents' hashes, note.

    `saved_at` is when the editor saved it, in ms since the epoch.
    """

    hash: Sha256
    number: int
    parents: tuple[Sha256, ...]
    note: str
    saved_at: EpochMs


class VersionList(ApiStruct, frozen=True, kw_only=True):
    """The versions of one webinar, newest first."""

    versions: tuple[HostedVersion, ...]


class NoteList(ApiStruct, frozen=True, kw_only=True):
    """The presenters' notes of a webinar by segment id, and the notes' own revision.

    In a request, `rev` is the revision that the notes replace; in a response, the one that they have.
    """

    rev: int
    notes: dict[Id, Annotated[str, Meta(max_length=limits.MAX_SPEAKER_NOTE_CHARS)]]


# ------------------------------------------------------------------------------------------------ media


class FileLookupRequest(ApiStruct, frozen=True, kw_only=True):
    """The SHA-256 of up to 10,000 files and media, to ask which of them the account has on the server."""

    sha256: Annotated[tuple[Sha256, ...], Meta(max_length=10_000)]


class FileLookupResult(ApiStruct, frozen=True, kw_only=True):
    """Those of the hashes asked for that are whole, verified files of the account, and those that are prepared media.

    `manifests` has a media if the server has its manifest and every file of it. Both are sorted.
    """

    files: tuple[Sha256, ...]
    manifests: tuple[Sha256, ...]


# --------------------------------------------------------------------------------------------- sessions

PRIVATE_TEST_DELAY_MS = 5 * SECOND
"""How long after the request a private test begins, unless the request says otherwise."""
SessionStatus = Literal["planned", "cancelled", "over"]


class CreateSessionRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of the request to schedule a session of a version, or with `test` to begin a private test.

    Start and zone are the version's where they are None.
    """

    webinar: Id
    version: Sha256
    start: LocalTime | None = None
    zone: ShortText | None = None
    test: bool = False
    """A private test: begins `in_ms` from now, outside figures and limits."""
    in_ms: Ms = PRIVATE_TEST_DELAY_MS
    waiting_ms: Ms | None = None
    """How long before the start the waiting room opens; None means the server's setting."""
    replay: bool = False
    """Whether it is offered on demand when it is over."""


class RescheduleRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of the request to move one session to another start: local date and time, and an IANA zone.

    The webinar's own start does not change.
    """

    start: LocalTime
    zone: ShortText


class ReplaceVersionRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of the request that makes a session play another version of its webinar, named by its hash."""

    version: Sha256


class Session(ApiStruct, frozen=True, kw_only=True):
    """One run of a version as the team sees it: what was scheduled, and where it stands at the server time `now`.

    Times that end in `_at`, and `now`, are ms since the epoch; `start` is local to `zone`.
    """

    id: Id
    webinar: Id
    version: Sha256
    number: int
    title: str
    slug: str
    """The permanent link's last part: `/w/{slug}`."""
    url: str
    start: LocalTime
    zone: str
    starts_at: EpochMs
    ends_at: EpochMs
    """As planned, without holds and extensions."""
    room: RoomType
    chat: ChatMode
    price: Price | None
    test: bool
    replay: bool
    waiting_ms: Ms
    state: SessionStatus
    phase: str
    persons: int
    """How many people have entered."""
    generation: int = 1
    """The room clock's generation, which a `ControlRequest` names."""
    position_ms: int = 0
    """Where the programme stands; negative before the start."""
    chat_now: ChatMode = "none"
    """The chat mode now, after it was switched during the session."""
    now: EpochMs = 0
    """The server time at which all of this was read."""


class SessionList(ApiStruct, frozen=True, kw_only=True):
    """The sessions of an account, or of one webinar: those that run or come, next first, then past ones, last first."""

    sessions: tuple[Session, ...]


class ControlRequest(ApiStruct, frozen=True, kw_only=True):
    """A team member's control of a running session: pause, resume, skip, extend, end, or the chat on or off.

    `generation` is the room clock's as last seen; with another one the request is refused (``session.generation``).
    `to_ms` is for a skip, `by_ms` for an extension, both milliseconds; `note` is what attendees read while it is
    paused.
    """

    what: Literal["hold", "resume", "skip", "extend", "end", "chat_on", "chat_off"]
    generation: int
    note: Annotated[str, Meta(max_length=limits.MAX_PAUSE_NOTE_CHARS)] = ""
    to_ms: Ms | None = None
    by_ms: Annotated[int, Meta(ge=-MAX_WEBINAR_MS, le=MAX_WEBINAR_MS)] | None = None


# ------------------------------------------------------------------------------------------ the attendee


class Landing(ApiStruct, frozen=True, kw_only=True):
    """What a visitor who has the permanent link may know before entering: times, chat and price of the session.

    Times that end in `_at`, `now` and `available_until` are ms since the epoch.
    """

    session: Id
    """The session that the link leads to now."""
    title: str
    description: str
    language: str
    start: LocalTime
    zone: str
    starts_at: EpochMs
    ends_at: EpochMs
    opens_at: EpochMs
    """When the waiting room opens."""
    now: EpochMs
    room: RoomType
    phase: str
    test: bool
    replay: bool
    """Whether it can be watched when it is over."""
    available_until: EpochMs | None = None
    """On demand: until when new access is given."""
    access: Literal["free", "paid"]
    price: Price | None = None
    chat: ChatMode
    email_owed: bool
    """Whether an e-mail address is asked for at entry."""
    calendar: str
    """The address of the calendar file."""


class EnterRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of the request to enter a room by its permanent link: the person's name, e-mail address and language.

    The address may be empty, unless the chat is answered later. The language is the page's, such as "en".
    """

    name: Annotated[str, Meta(min_length=1, max_length=limits.MAX_ATTENDEE_NAME_CHARS)]
    email: Annotated[str, Meta(max_length=limits.MAX_EMAIL_CHARS)] = ""
    language: Annotated[str, Meta(max_length=limits.MAX_LANGUAGE_CHARS)] = "en"


class EnterResult(ApiStruct, frozen=True, kw_only=True):
    """The response to an entry: the person's own token, which is valid in this session alone, and their id."""

    token: str
    person: Id
    session: Id


class ChatMessageRequest(ApiStruct, frozen=True, kw_only=True):
    """A chat message to send; `id` is the client's own (a UUID), so that a repeated request sends no second message."""

    id: Id
    text: Annotated[str, Meta(min_length=1, max_length=limits.MAX_MESSAGE_CHARS)]


class ClickRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of the request that records a press of a call to action's button, by the id of the offer."""

    offer: Id


class AnswerRequest(ApiStruct, frozen=True, kw_only=True):
    """One answer to one question of a survey: indexes of choices (from 0), a text, or a rating, as the question asks.

    What the question does not ask for stays empty; a rating of None is none.
    """

    offer: Id
    question: Id
    choices: Annotated[tuple[int, ...], Meta(max_length=100)] = ()
    text: Annotated[str, Meta(max_length=limits.MAX_ANSWER_CHARS)] = ""
    rating: int | None = None


class TroubleReport(ApiStruct, frozen=True, kw_only=True):
    """The body of the request by which an attendee reports to the team that picture or sound is missing."""

    text: Annotated[str, Meta(max_length=limits.MAX_TROUBLE_CHARS)] = ""
    seen: Annotated[str, Meta(max_length=limits.MAX_TROUBLE_FACTS_CHARS)] = ""
    """What the page knows: player state, quality, drift."""


class Accepted(ApiStruct, frozen=True, kw_only=True):
    """The response to what was written to a session's log; `seq` is the number of its row, for a repeat the first."""

    seq: int


class ServerTime(ApiStruct, frozen=True, kw_only=True):
    """The server's clock: `now`, in ms since the epoch (UTC)."""

    now: EpochMs
