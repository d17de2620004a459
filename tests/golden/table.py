"""The structs that have golden files, each under a label that no renaming changes.

The labels are the keys of the golden files: a class, its module and its file may be called otherwise at any time, but
its JSON may not change, for it is on people's disks and on the wire.
"""

import msgspec

from editor.interchange.bundle import _Mark
from editor.library.values import Card, Version
from editor.media.captions import Cue as CaptionLine
from editor.media.hosted import StandIn
from editor.media.loudness import Levelling, Loudness
from editor.media.prepare_steps import Made
from editor.media.probe import Notice
from editor.media.shelf import _Facts
from editor.protocol.api import (
    Account,
    Answer,
    Asked,
    Click,
    Control,
    Enter,
    Entered,
    FirstOwner,
    Had,
    HostedVersion,
    Landing,
    NoteList,
    Now,
    Problem,
    Publish,
    Push,
    Pushed,
    PushedVersion,
    Replace,
    Reschedule,
    Say,
    Session,
    SessionList,
    SignedIn,
    SignIn,
    Taken,
    Trouble,
    VersionList,
    WebinarCard,
    WebinarList,
)
from editor.protocol.frames import Frame, Frames, Seen, Snapshot
from editor.protocol.manifest import Chunk, File, Manifest, Rung, Still, Track
from editor.protocol.patch import Patch
from editor.schedule.build import Defaults
from editor.schedule.clock import Ended, Extended, Held, Reading, Resumed, RoomClock, Skipped, Started
from editor.schedule.compare import Difference, _Pair
from editor.schedule.cues import AskedQuestion, CtaCue, StageCue, SurveyCue
from editor.schedule.log import Answered, Arrived, ChatSet, Clicked, Clocked, Cued, Decided, Said, Troubled
from editor.schedule.merge import Clash, Merged
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
    Edited,
    ForgetMedia,
    Group,
    KnowMedia,
    Lengths,
    Lock,
    Move,
    Paste,
    Plan,
    Put,
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
from editor.schedule.plans import Span as SessionSpan
from editor.schedule.plans import Terms
from editor.schedule.room.chat import Told
from editor.schedule.room.fetching import Captions as FetchedCaptions
from editor.schedule.room.fetching import PageOf
from editor.schedule.room.fetching import Part as FetchedPart
from editor.schedule.room.fetching import Still as FetchedStill
from editor.schedule.room.making import Whole
from editor.schedule.room.phases import Line
from editor.schedule.room.phases import Span as PlayedSpan
from editor.schedule.room.view import PublicView
from editor.schedule.rules import Problem as FoundProblem
from editor.schedule.stage import OpenOffer, Stage
from editor.schedule.start import Start
from editor.schedule.wire import Opened, WebinarDocument
from editor.sync.account import Account as KeptAccount
from editor.sync.embedded import _Kept
from hosting.delivery.routes import PublicManifest

STRUCTS: dict[str, dict[str, type[msgspec.Struct]]] = {
    "api": {
        "problem": Problem,
        "sign_in": SignIn,
        "first_owner": FirstOwner,
        "signed_in": SignedIn,
        "account": Account,
        "webinar_card": WebinarCard,
        "webinar_list": WebinarList,
        "pushed_version": PushedVersion,
        "push": Push,
        "pushed": Pushed,
        "hosted_version": HostedVersion,
        "version_list": VersionList,
        "note_list": NoteList,
        "asked": Asked,
        "had": Had,
        "publish": Publish,
        "reschedule": Reschedule,
        "replace": Replace,
        "session": Session,
        "session_list": SessionList,
        "control": Control,
        "landing": Landing,
        "enter": Enter,
        "entered": Entered,
        "say": Say,
        "click": Click,
        "answer": Answer,
        "trouble": Trouble,
        "taken": Taken,
        "now": Now,
    },
    "frames": {
        "frame": Frame,
        "frames": Frames,
        "seen": Seen,
        "snapshot": Snapshot,
    },
    "manifest": {
        "file": File,
        "chunk": Chunk,
        "rung": Rung,
        "still": Still,
        "track": Track,
        "manifest": Manifest,
    },
    "patch": {
        "patch": Patch,
    },
    "log": {
        "cued": Cued,
        "clocked": Clocked,
        "chat_set": ChatSet,
        "said": Said,
        "decided": Decided,
        "clicked": Clicked,
        "answered": Answered,
        "arrived": Arrived,
        "troubled": Troubled,
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
        "asked_question": AskedQuestion,
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
        "put": Put,
        "replace_media": ReplaceMedia,
        "know_media": KnowMedia,
        "forget_media": ForgetMedia,
        "spread_evenly": SpreadEvenly,
        "add_marker": AddMarker,
        "change_marker": ChangeMarker,
        "remove_marker": RemoveMarker,
        "plan": Plan,
        "edited": Edited,
    },
    "answers": {
        "stage": Stage,
        "open_offer": OpenOffer,
        "found_problem": FoundProblem,
        "card": Card,
        "version": Version,
    },
    "files": {
        "account": KeptAccount,
        "hosting_here": _Kept,
        "bundle": _Mark,
        "media_facts": _Facts,
        "media_notice": Notice,
        "caption_lines": CaptionLine,
        "stand_in": StandIn,
        "prepared_file": Made,
        "loudness": Loudness,
        "levelling": Levelling,
    },
    "pages": {
        "public_manifest": PublicManifest,
    },
}
"""By area, which is also the golden file: label → struct."""

IN_MEMORY: frozenset[type[msgspec.Struct]] = frozenset(
    {
        Reading,
        RoomClock,
        Difference,
        _Pair,
        Clash,
        Merged,
        SessionSpan,
        Terms,
        Start,
        Opened,
        Defaults,
        Told,
        FetchedCaptions,
        PageOf,
        FetchedPart,
        FetchedStill,
        Whole,
        Line,
        PlayedSpan,
        PublicView,
    }
)
"""Structs of the packages that are looked through which are never written, sent or printed: their fields are free."""
