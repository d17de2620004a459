"""A session as a pure machine: from a version, the room clock and the server's time to all that attendees get.

A session is the run of one version at one start instant. This room answers every question about it that has to do with
the schedule: its phase, which cues are due, what may be fetched, who sees which message, what may be answered, whether
a later version may take over. It holds no state, reads no clock and sends nothing. The hosting asks it and does the
machine's input and output; the dry run asks it on a virtual clock; nobody computes any of this anywhere else.

**Lines.** Between two events the room clock is a straight line from server time to position (`phases.Line`). A cue is
a change of the stage laid on that line: it carries absolute server times, so the web room computes nothing. Whatever
bends the line begins a new generation, whose first cues tell what holds and replace all older ones. Somebody who
watches on demand is on a line of their own, on which server time *is* the position: the same cues serve there.

**Cues are derived, not scheduled.** `due` does not remember what it gave. At a server time it gives what holds and what
begins within the lead, less what the log says was issued; a cue's key is made of its generation, what it is about and
its times, so it is the same whoever computes it and whenever. A hosting that was away for a minute, or that lost
everything but its log, asks the same question and issues the rest: nothing twice, and nothing that is over already.
Where a later version moves the end of what stands, the cue has another key and is told again with its new end.

**Stage cues run ahead, offers do not.** A change on stage may be told up to the lead (60 s) early, for players must
load; an offer is told when it opens, for its words are the organizer's surprise. Parts of an offer that was split and
still touch are one cue. While the clock is held there is one cue, without an end, and open offers stay open without
one; sound is silent and captions are away.

**Gains are points** in server time, straight lines between them. Fades are straight in the schedule too, and never
overlap, so the corners of the envelope say it all, to within the rounding of one permille.

**The gate.** A part may be fetched if some segment plays any of it before the later of two positions: the clock's plus
the lead, and the furthest that was ever reached ("begun" is sticky: skipping back takes nothing away). After the end
nothing may be fetched unless there is a replay; on demand, everything from the start on.

**Who sees what.** A row goes to `public`, to the `team`, or to one person, and may look different to each
(`audience_of`). Attendees learn of the webinar through `public_view` alone, which knows no notes, no names of segments,
and nothing beyond the lead.
"""

from editor.schedule.room.chat import (
    PUBLIC,
    TEAM,
    Delivery,
    check_message_allowed,
    make_deliveries,
    normalize_text,
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
    SURVEY_GRACE_MS,
    WAITING_MS,
    SessionPhase,
    find_end_ms,
    find_furthest_ms,
    find_phase,
    is_within_grace,
    make_clock,
)
from editor.schedule.room.public_view import PublicView, make_public_view
from editor.schedule.room.responses import check_answer, check_response_allowed, find_cta, find_survey
from editor.schedule.room.version_swap import find_blocking_segments

__all__ = [
    "LEAD_MS",
    "MESSAGE_GRACE_MS",
    "PUBLIC",
    "REPLY_GRACE_MS",
    "SURVEY_GRACE_MS",
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
