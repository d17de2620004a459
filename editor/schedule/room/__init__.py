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

from editor.schedule.room.answers import answers_ok, cta_of, may_take, survey_of
from editor.schedule.room.chat import PUBLIC, TEAM, Told, audience_of, may_say, messages_for, plain, switched
from editor.schedule.room.cueing import (
    cued,
    due,
    issued_in,
    key_of,
    now_cues,
    offers_so_far,
    program_of,
    stage_cue_at,
    wakes_ms,
)
from editor.schedule.room.fetching import EVER, Captions, PageOf, Part, Still, Wanted, bound, may_fetch, windows
from editor.schedule.room.phases import (
    LEAD_MS,
    MESSAGES_MS,
    REPLIES_MS,
    SURVEYS_MS,
    WAITING_MS,
    Phase,
    clock_of,
    over_since,
    phase,
    reached,
    takes,
)
from editor.schedule.room.replacing import locked
from editor.schedule.room.view import PublicView, public_view

__all__ = [
    "EVER",
    "LEAD_MS",
    "MESSAGES_MS",
    "PUBLIC",
    "REPLIES_MS",
    "SURVEYS_MS",
    "TEAM",
    "WAITING_MS",
    "Captions",
    "PageOf",
    "Part",
    "Phase",
    "PublicView",
    "Still",
    "Told",
    "Wanted",
    "answers_ok",
    "audience_of",
    "bound",
    "clock_of",
    "cta_of",
    "cued",
    "due",
    "issued_in",
    "key_of",
    "locked",
    "may_fetch",
    "may_say",
    "may_take",
    "messages_for",
    "now_cues",
    "offers_so_far",
    "over_since",
    "phase",
    "plain",
    "program_of",
    "public_view",
    "reached",
    "stage_cue_at",
    "survey_of",
    "switched",
    "takes",
    "wakes_ms",
    "windows",
]
