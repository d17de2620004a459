"""Requests and answers of the hosting's API, under `/api`.

Instants are integer milliseconds since the epoch, UTC (fields end in ``_at`` or are named so); positions and lengths
are the schedule's milliseconds. Errors are RFC 9457 problem documents (`ProblemDetails`).
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from editor.protocol.patch import Patch
from editor.schedule import limits
from editor.schedule.model import MAX_WEBINAR_MS, ChatMode, Id, LocalTime, Ms, Price, RoomType, Sha256

API_VERSION = 1
"""The version of the API. Within one version, paths stay and fields are only added, with defaults."""
API_HEADER = "Matinee-Api"
"""The header that names the API version: of requests the one they were made for, of answers their own."""
EpochMs = Annotated[int, Meta(ge=0, le=253_402_300_799_999)]
"""Milliseconds since the epoch, UTC, up to the year 9999."""
ShortText = Annotated[str, Meta(max_length=limits.MAX_SHORT_TEXT_CHARS)]


class ApiStruct(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all requests and answers."""


class ProblemDetails(ApiStruct, frozen=True, kw_only=True):
    """An error (RFC 9457) with its code and facts; `editor.errors.messages` has the sentence for them."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    facts: dict[str, Any] = {}


# --------------------------------------------------------------------------------------------- accounts


class SignInRequest(ApiStruct, frozen=True, kw_only=True):
    """Sign in. `device` is the name under which the sign-in is listed to the account's owner."""

    email: ShortText
    password: Annotated[str, Meta(max_length=limits.MAX_PASSWORD_CHARS)]
    device: ShortText = ""


class FirstOwnerRequest(ApiStruct, frozen=True, kw_only=True):
    """Create the first account with the one-time key that the server printed."""

    key: ShortText
    email: ShortText
    password: Annotated[str, Meta(min_length=limits.MIN_PASSWORD_CHARS, max_length=limits.MAX_PASSWORD_CHARS)]
    name: ShortText = ""


class SignInResult(ApiStruct, frozen=True, kw_only=True):
    """The token (`Authorization: Bearer …`) and the account it belongs to."""

    token: str
    account: "Account"


class Account(ApiStruct, frozen=True, kw_only=True):
    """One account of the server."""

    id: Id
    email: str
    name: str = ""
    plan: str = "automated"


# --------------------------------------------------------------------------------------------- webinars


class WebinarListItem(ApiStruct, frozen=True, kw_only=True):
    """One webinar in the list: enough to see whether anything is new."""

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
    """All webinars of the account. `epoch` changes when the server is restored from a backup."""

    epoch: str
    webinars: tuple[WebinarListItem, ...]


class PushedVersion(ApiStruct, frozen=True, kw_only=True):
    """A version that goes along with a push; its body is the pushed document."""

    hash: Sha256
    parents: tuple[Sha256, ...] = ()
    note: Annotated[str, Meta(max_length=limits.MAX_VERSION_NOTE_CHARS)] = ""
    saved_at: EpochMs


class PushRequest(ApiStruct, frozen=True, kw_only=True):
    """The body of `PUT /api/webinars/{id}`: the saved document in the wire format and its version.

    The document comes whole, as text, or as a patch of a version that is there (``webinar.base_unknown`` if it is not).
    """

    document: str | None = None
    patch: Patch | None = None
    version: PushedVersion
    epoch: str = ""
    """The epoch that the client knows; if the server has another one, the push is refused (``sync.went_back``)."""


class PushResult(ApiStruct, frozen=True, kw_only=True):
    """The new revision, and the number that the server gave the version."""

    rev: int
    number: int
    epoch: str


class HostedVersion(ApiStruct, frozen=True, kw_only=True):
    """A version as the server keeps it."""

    hash: Sha256
    number: int
    parents: tuple[Sha256, ...]
    note: str
    saved_at: EpochMs


class VersionList(ApiStruct, frozen=True, kw_only=True):
    """A webinar's versions, newest first."""

    versions: tuple[HostedVersion, ...]


class NoteList(ApiStruct, frozen=True, kw_only=True):
    """Presenters' notes by segment, and their own revision."""

    rev: int
    notes: dict[Id, Annotated[str, Meta(max_length=limits.MAX_SPEAKER_NOTE_CHARS)]]


# ------------------------------------------------------------------------------------------------ media


class FileLookupRequest(ApiStruct, frozen=True, kw_only=True):
    """Ask which of these files the account has already."""

    sha256: Annotated[tuple[Sha256, ...], Meta(max_length=10_000)]


class FileLookupResult(ApiStruct, frozen=True, kw_only=True):
    """The files that the server has, whole and verified, and the media of which it has a manifest."""

    files: tuple[Sha256, ...]
    manifests: tuple[Sha256, ...]


# --------------------------------------------------------------------------------------------- sessions

SessionStatus = Literal["planned", "cancelled", "over"]


class CreateSessionRequest(ApiStruct, frozen=True, kw_only=True):
    """Schedule a session from a version. Start, zone, chat mode and price are the version's unless given."""

    webinar: Id
    version: Sha256
    start: LocalTime | None = None
    zone: ShortText | None = None
    test: bool = False
    """A private test: begins `in_ms` from now, outside figures and limits."""
    in_ms: Ms = 5_000
    waiting_ms: Ms | None = None
    """How long before the start the waiting room opens; None means the server's setting."""
    replay: bool = False
    """Whether it is offered on demand when it is over."""


class RescheduleRequest(ApiStruct, frozen=True, kw_only=True):
    """Another start for this session alone."""

    start: LocalTime
    zone: ShortText


class ReplaceVersionRequest(ApiStruct, frozen=True, kw_only=True):
    """Play a later version."""

    version: Sha256


class Session(ApiStruct, frozen=True, kw_only=True):
    """One run of a published version, as the team sees it."""

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
    """Sessions of the account, next first."""

    sessions: tuple[Session, ...]


class ControlRequest(ApiStruct, frozen=True, kw_only=True):
    """A team member's control of a running session. `generation` is the one last seen (compare-and-set)."""

    what: Literal["hold", "resume", "skip", "extend", "end", "chat_on", "chat_off"]
    generation: int
    note: Annotated[str, Meta(max_length=limits.MAX_PAUSE_NOTE_CHARS)] = ""
    to_ms: Ms | None = None
    by_ms: Annotated[int, Meta(ge=-MAX_WEBINAR_MS, le=MAX_WEBINAR_MS)] | None = None


# ------------------------------------------------------------------------------------------ the attendee


class Landing(ApiStruct, frozen=True, kw_only=True):
    """What a visitor who has the permanent link may know before entering."""

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
    """Enter a room by its permanent link. An e-mail is owed where the chat is answered later."""

    name: Annotated[str, Meta(min_length=1, max_length=limits.MAX_ATTENDEE_NAME_CHARS)]
    email: Annotated[str, Meta(max_length=limits.MAX_EMAIL_CHARS)] = ""
    language: Annotated[str, Meta(max_length=limits.MAX_LANGUAGE_CHARS)] = "en"


class EnterResult(ApiStruct, frozen=True, kw_only=True):
    """The person's own token for this session's room."""

    token: str
    person: Id
    session: Id


class ChatMessageRequest(ApiStruct, frozen=True, kw_only=True):
    """A chat message; `id` is the client's own UUID, so a repeat is no second message."""

    id: Id
    text: Annotated[str, Meta(min_length=1, max_length=limits.MAX_MESSAGE_CHARS)]


class ClickRequest(ApiStruct, frozen=True, kw_only=True):
    """The button of a call to action was pressed."""

    offer: Id


class AnswerRequest(ApiStruct, frozen=True, kw_only=True):
    """One answer to one question: a choice, choices, a text or a rating, as the question asks."""

    offer: Id
    question: Id
    choices: Annotated[tuple[int, ...], Meta(max_length=100)] = ()
    text: Annotated[str, Meta(max_length=limits.MAX_ANSWER_CHARS)] = ""
    rating: int | None = None


class TroubleReport(ApiStruct, frozen=True, kw_only=True):
    """“No picture or sound?”: what an attendee reports to the team."""

    text: Annotated[str, Meta(max_length=limits.MAX_TROUBLE_CHARS)] = ""
    seen: Annotated[str, Meta(max_length=limits.MAX_TROUBLE_FACTS_CHARS)] = ""
    """What the page knows: player state, quality, drift."""


class Accepted(ApiStruct, frozen=True, kw_only=True):
    """The request was written to the session's log; `seq` is the number of its row."""

    seq: int


class ServerTime(ApiStruct, frozen=True, kw_only=True):
    """The server's clock."""

    now: EpochMs
