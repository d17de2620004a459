"""The structs that have golden files, each under a label that no renaming changes.

The labels are the keys of the golden files: a class, its module and its file may be called otherwise at any time, but
its JSON may not change, for it is on people's disks and on the wire.
"""

import msgspec

from editor.interchange.bundle import _BundleHeader
from editor.library.records import Version, WebinarSummary
from editor.media.catalog import _Facts
from editor.media.formats.captions import CaptionCue as CaptionLine
from editor.media.formats.probe import MediaNotice
from editor.media.prepare.loudness import Loudness, LoudnessCorrection
from editor.media.prepare.step_cache import StepOutput
from editor.media.proxy_store import ProxyMedia
from editor.protocol.api import (
    Accepted,
    Account,
    AnswerRequest,
    ChatMessageRequest,
    ClickRequest,
    ControlRequest,
    CreateSessionRequest,
    EnterRequest,
    EnterResult,
    FileLookupRequest,
    FileLookupResult,
    FirstOwnerRequest,
    HostedVersion,
    Landing,
    NoteList,
    ProblemDetails,
    PushedVersion,
    PushRequest,
    PushResult,
    ReplaceVersionRequest,
    RescheduleRequest,
    ServerTime,
    Session,
    SessionList,
    SignInRequest,
    SignInResult,
    TroubleReport,
    VersionList,
    WebinarList,
    WebinarListItem,
)
from editor.protocol.manifest import Chunk, Manifest, PreparedCaptions, PreparedFile, Rung, Still
from editor.protocol.patch import Patch
from editor.protocol.stream_events import Snapshot, StreamFrame, StreamFrames, StreamPosition
from editor.schedule.account_limits import AccountLimits, SessionSpan
from editor.schedule.clock import ClockReading, Ended, Extended, Held, Resumed, RoomClock, Skipped, Started
from editor.schedule.compare import Difference, _Pair
from editor.schedule.cues import AttendeeQuestion, CtaCue, StageCue, SurveyCue
from editor.schedule.merge import Conflict, MergeResult
from editor.schedule.model import (
    Audio,
    CaptionTrack,
    Cta,
    Image,
    Marker,
    Media,
    Moderator,
    Note,
    Page,
    Presentation,
    Price,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.schedule.offer_parts import JoinedOffer
from editor.schedule.operations import (
    Add,
    AddMarker,
    AddMedia,
    ChangeMarker,
    ChangeProperties,
    ChangeSegment,
    CloseGap,
    CloseGaps,
    Delete,
    Duplicate,
    EditResult,
    Group,
    Lengths,
    Lock,
    Move,
    Paste,
    RemoveMarker,
    RemoveMedia,
    ReplaceMedia,
    Resize,
    RippleDelete,
    RippleTrim,
    SetLengths,
    Split,
    SpreadEvenly,
    Ungroup,
)
from editor.schedule.preflight import Problem as FoundProblem
from editor.schedule.preflight_inputs import HostingFacts, PreflightInputs
from editor.schedule.room.chat import Delivery
from editor.schedule.room.media_access import CaptionSpan as FetchedCaptions
from editor.schedule.room.media_access import MediaSpan as FetchedPart
from editor.schedule.room.media_access import SlidePage
from editor.schedule.room.media_access import StillImage as FetchedStill
from editor.schedule.room.phases import ClockLine, PlayedSpan
from editor.schedule.room.public_view import PublicView
from editor.schedule.segment_factory import SegmentDefaults
from editor.schedule.serialization import DecodedDocument, WebinarDocument, _FormatNumber
from editor.schedule.session_events import (
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
from editor.schedule.stage import OpenOffer, Stage
from editor.schedule.start_time import ResolvedStart
from editor.sync.connections import Connection as KeptAccount
from editor.sync.local_hosting import _PersistedState
from hosting.delivery.routes import PublicManifest

STRUCTS: dict[str, dict[str, type[msgspec.Struct]]] = {
    "api": {
        "problem": ProblemDetails,
        "sign_in": SignInRequest,
        "first_owner": FirstOwnerRequest,
        "signed_in": SignInResult,
        "account": Account,
        "webinar_card": WebinarListItem,
        "webinar_list": WebinarList,
        "pushed_version": PushedVersion,
        "push": PushRequest,
        "pushed": PushResult,
        "hosted_version": HostedVersion,
        "version_list": VersionList,
        "note_list": NoteList,
        "asked": FileLookupRequest,
        "had": FileLookupResult,
        "publish": CreateSessionRequest,
        "reschedule": RescheduleRequest,
        "replace": ReplaceVersionRequest,
        "session": Session,
        "session_list": SessionList,
        "control": ControlRequest,
        "landing": Landing,
        "enter": EnterRequest,
        "entered": EnterResult,
        "say": ChatMessageRequest,
        "click": ClickRequest,
        "answer": AnswerRequest,
        "trouble": TroubleReport,
        "taken": Accepted,
        "now": ServerTime,
    },
    "frames": {
        "frame": StreamFrame,
        "frames": StreamFrames,
        "seen": StreamPosition,
        "snapshot": Snapshot,
    },
    "manifest": {
        "file": PreparedFile,
        "chunk": Chunk,
        "rung": Rung,
        "still": Still,
        "track": PreparedCaptions,
        "manifest": Manifest,
    },
    "patch": {
        "patch": Patch,
    },
    "log": {
        "cued": CuesIssued,
        "clocked": ClockChanged,
        "chat_set": ChatModeChanged,
        "said": ChatMessageSent,
        "decided": ChatMessageModerated,
        "clicked": OfferClicked,
        "answered": QuestionAnswered,
        "arrived": AttendeeEntered,
        "troubled": TroubleReported,
    },
    "clock": {
        "started": Started,
        "held": Held,
        "resumed": Resumed,
        "skipped": Skipped,
        "extended": Extended,
        "ended": Ended,
    },
    "cues": {
        "stage": StageCue,
        "cta": CtaCue,
        "asked_question": AttendeeQuestion,
        "survey": SurveyCue,
    },
    "model": {
        "caption_track": CaptionTrack,
        "media": Media,
        "video": Video,
        "recording": Recording,
        "audio": Audio,
        "image": Image,
        "page": Page,
        "presentation": Presentation,
        "cta": Cta,
        "question": Question,
        "survey": Survey,
        "marker": Marker,
        "price": Price,
        "moderator": Moderator,
        "webinar": Webinar,
        "note": Note,
        "document": WebinarDocument,
    },
    "operations": {
        "add": Add,
        "move": Move,
        "resize": Resize,
        "lengths": Lengths,
        "set_lengths": SetLengths,
        "split": Split,
        "delete": Delete,
        "ripple_delete": RippleDelete,
        "ripple_trim": RippleTrim,
        "close_gaps": CloseGaps,
        "close_gap": CloseGap,
        "paste": Paste,
        "duplicate": Duplicate,
        "group": Group,
        "ungroup": Ungroup,
        "lock": Lock,
        "put": ChangeSegment,
        "replace_media": ReplaceMedia,
        "know_media": AddMedia,
        "forget_media": RemoveMedia,
        "spread_evenly": SpreadEvenly,
        "add_marker": AddMarker,
        "change_marker": ChangeMarker,
        "remove_marker": RemoveMarker,
        "plan": ChangeProperties,
        "edited": EditResult,
    },
    "answers": {
        "stage": Stage,
        "open_offer": OpenOffer,
        "found_problem": FoundProblem,
        "card": WebinarSummary,
        "version": Version,
    },
    "files": {
        "account": KeptAccount,
        "hosting_here": _PersistedState,
        "bundle": _BundleHeader,
        "media_facts": _Facts,
        "media_notice": MediaNotice,
        "caption_lines": CaptionLine,
        "stand_in": ProxyMedia,
        "prepared_file": StepOutput,
        "loudness": Loudness,
        "levelling": LoudnessCorrection,
    },
    "pages": {
        "public_manifest": PublicManifest,
    },
}
"""By area, which is also the golden file: label → struct."""

IN_MEMORY: frozenset[type[msgspec.Struct]] = frozenset(
    {
        ClockReading,
        RoomClock,
        Difference,
        _Pair,
        Conflict,
        MergeResult,
        SessionSpan,
        AccountLimits,
        HostingFacts,
        PreflightInputs,
        ResolvedStart,
        DecodedDocument,
        _FormatNumber,
        SegmentDefaults,
        Delivery,
        FetchedCaptions,
        SlidePage,
        FetchedPart,
        FetchedStill,
        JoinedOffer,
        ClockLine,
        PlayedSpan,
        PublicView,
    }
)
"""Structs of the packages that are looked through which are never written, sent or printed: their fields are free."""
