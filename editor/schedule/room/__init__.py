"""A session as pure functions: from a version, the room clock and the server time to everything attendees get.

A session is one run of a version at one start instant. This package computes everything about it that depends on the
schedule: its phase, which cues are due, which media may be fetched, who sees which message, which answers are accepted,
whether a later version may replace the one that plays. It keeps no state, reads no clock and sends nothing. The server
does the input and output; a dry run uses the same functions with a virtual clock.

**Lines.** Between two events the room clock is a straight line from server time to position (`phases.ClockLine`). A cue
is a change of the stage on that line: it carries absolute server times, so the attendee's page computes nothing. An
event that bends the line begins a new generation, whose first cues describe the present state and replace all older
ones. On demand, each viewer is on a line of their own, on which server time *is* the position, with the same cues.

**Cues are derived, not scheduled.** `find_due_cues` keeps no memory. For a server time it returns the cues in force and
those that begin within the lead, without those that the log says were issued. The key of a cue is made of its
generation, its subject and its times, so it is always the same. A server that was away for a minute, or that lost
everything but its log, calls it again and issues the rest: nothing twice, and nothing that is over already. Where a
later version moves the end of a cue in force, the cue has another key and is issued again with its new end.

**Stage cues run ahead, offers do not.** A change on stage is issued up to the lead (60 s) early, because players must
load; an offer is issued when it opens, so that nobody reads it before. Parts of a split offer that still touch are one
cue. While the clock is held there is one stage cue without an end, and open offers have no end either; it is silent and
without captions.

**Gains are points** in server time with straight lines between them. Fades are linear in the schedule too and never
overlap, so the corners describe the envelope exactly, to within the rounding of one permille.

**Media access.** A part may be fetched if a segment plays any of it before the later of two positions: the clock's plus
the lead, and the furthest that was ever reached (skipping back takes nothing away). After the end nothing may be
fetched unless there is a replay; on demand everything may be, from the start on.

**Audiences.** A row goes to `public`, to the `team`, or to one person, and may look different to each
(`make_deliveries`). Attendees get the webinar only through `make_public_view`, which contains no notes, no names of
segments, and nothing beyond the lead.
"""

from editor.schedule.room.chat import (
    PUBLIC,
    TEAM,
    Delivery,
    check_message_allowed,
    make_deliveries,
    select_messages,
    switch_chat_mode,
)
from editor.schedule.room.due_cues import (
    collect_issued_keys,
    collect_past_offers,
    find_current_cues,
    find_due_cues,
    find_next_wake_ms,
    find_stage_cue,
    make_cue_key,
    make_cue_row,
    make_on_demand_cues,
)
from editor.schedule.room.media_access import (
    UNBOUNDED_MS,
    CaptionSpan,
    MediaAccessRequest,
    MediaSpan,
    SlidePage,
    StillImage,
    find_access_bound,
    find_windows,
    may_fetch,
)
from editor.schedule.room.phases import (
    LEAD_MS,
    MESSAGE_GRACE_MS,
    REPLY_GRACE_MS,
    RESPONSE_GRACE_MS,
    WAITING_MS,
    SessionPhase,
    find_end_ms,
    find_furthest_ms,
    find_phase,
    is_within_grace,
    make_clock,
)
from editor.schedule.room.plain_text import normalize_text
from editor.schedule.room.public_view import PublicView, make_public_view
from editor.schedule.room.responses import check_answer, check_response_allowed, find_cta, find_survey
from editor.schedule.room.version_swap import find_blocking_segments

__all__ = [
    "LEAD_MS",
    "MESSAGE_GRACE_MS",
    "PUBLIC",
    "REPLY_GRACE_MS",
    "RESPONSE_GRACE_MS",
    "TEAM",
    "UNBOUNDED_MS",
    "WAITING_MS",
    "CaptionSpan",
    "Delivery",
    "MediaAccessRequest",
    "MediaSpan",
    "PublicView",
    "SessionPhase",
    "SlidePage",
    "StillImage",
    "check_answer",
    "check_message_allowed",
    "check_response_allowed",
    "collect_issued_keys",
    "collect_past_offers",
    "find_access_bound",
    "find_blocking_segments",
    "find_cta",
    "find_current_cues",
    "find_due_cues",
    "find_end_ms",
    "find_furthest_ms",
    "find_next_wake_ms",
    "find_phase",
    "find_stage_cue",
    "find_survey",
    "find_windows",
    "is_within_grace",
    "make_clock",
    "make_cue_key",
    "make_cue_row",
    "make_deliveries",
    "make_on_demand_cues",
    "make_public_view",
    "may_fetch",
    "normalize_text",
    "select_messages",
    "switch_chat_mode",
]
