"""The structs that have golden files, each under a label that no renaming changes.

The labels are the keys of the golden files: a class, its module and its file may be called otherwise at any time, but
its JSON may not change, for it is on people's disks and on the wire.
"""

import msgspec

from editor.interchange.bundle import _BundleHeader
from editor.library.values import WebinarSummary, Version
from editor.media.captions import CaptionCue as CaptionLine
from editor.media.hosted import ProxyMedia
from editor.media.loudness import LoudnessCorrection, Loudness
from editor.media.prepare_steps import StepOutput
from editor.media.probe import MediaNotice
from editor.media.shelf import _Facts
from editor.protocol.api import (
    Account,
    AnswerRequest,
    FileLookupRequest,
    ClickRequest,
    ControlRequest,
    EnterRequest,
    EnterResult,
    FirstOwnerRequest,
    FileLookupResult,
    HostedVersion,
    Landing,
    NoteList,
    ServerTime,
    ProblemDetails,
    CreateSessionRequest,
    PushRequest,
    PushResult,
    PushedVersion,
    ReplaceVersionRequest,
    RescheduleRequest,
    ChatMessageRequest,
    Session,
    SessionList,
    SignInResult,
    SignInRequest,
    Accepted,
    TroubleReport,
    VersionList,
    WebinarListItem,
    WebinarList,
)
from editor.protocol.frames import StreamFrame, StreamFrames, StreamPosition, Snapshot
from editor.protocol.manifest import Chunk, PreparedFile, Manifest, Rung, Still, PreparedCaptions
from editor.protocol.patch import Patch
from editor.schedule.build import SegmentDefaults
from editor.schedule.clock import Ended, Extended, Held, ClockReading, Resumed, RoomClock, Skipped, Started
from editor.schedule.compare import Difference, _Pair
from editor.schedule.cues import AttendeeQuestion, CtaCue, StageCue, SurveyCue
from editor.schedule.log import QuestionAnswered, AttendeeEntered, ChatModeChanged, OfferClicked, ClockChanged, CuesIssued, ChatMessageModerated, ChatMessageSent, TroubleReported
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
from editor.schedule.operations import (
    Add,
    AddMarker,
    ChangeMarker,
    CloseGap,
    CloseGaps,
    Delete,
    Duplicate,
    EditResult,
    RemoveMedia,
    Group,
    AddMedia,
    Lengths,
    Lock,
    Move,
    Paste,
    ChangeProperties,
    ChangeSegment,
    RemoveMarker,
    ReplaceMedia,
    Resize,
    RippleDelete,
    RippleTrim,
    SetLengths,
    Split,
    SpreadEvenly,
    Ungroup,
)
from editor.schedule.plans import SessionSpan as SessionSpan
from editor.schedule.plans import AccountLimits
from editor.schedule.room.chat import Delivery
from editor.schedule.room.fetching import CaptionSpan as FetchedCaptions
from editor.schedule.room.fetching import SlidePage
from editor.schedule.room.fetching import MediaSpan as FetchedPart
from editor.schedule.room.fetching import StillImage as FetchedStill
from editor.schedule.room.making import JoinedOffer
from editor.schedule.room.phases import ClockLine
from editor.schedule.room.phases import PlayedSpan as PlayedSpan
from editor.schedule.room.view import PublicView
from editor.schedule.rules import Problem as FoundProblem
from editor.schedule.stage import OpenOffer, Stage
from editor.schedule.start import ResolvedStart
from editor.schedule.wire import DecodedDocument, WebinarDocument
from editor.sync.account import Connection as KeptAccount
from editor.sync.embedded import _PersistedState
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
        ResolvedStart,
        DecodedDocument,
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
