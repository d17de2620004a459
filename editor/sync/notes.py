"""Presenters' notes: they lie beside the webinar and go home by themselves, each segment's note three ways.

Nobody is asked about a note. One that both changed differently has both texts, one under the other; one that was
deleted on one side and edited on the other stays.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from editor.errors import Known
from editor.protocol.api import MOST_NOTE, NoteList, WebinarCard

if TYPE_CHECKING:
    from editor.library.values import Seen
    from editor.sync.sync import Deed, Sync

BETWEEN = "\n\n――――――\n\n"
TRIES = 5


def merge_notes(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Both sides' notes, by segment; `base` is what both had."""
    merged = {}
    for segment in {**theirs, **mine}:
        was, here, there = (each.get(segment, "") for each in (base, mine, theirs))
        if here in {was, there}:
            text = there
        elif there == was:
            text = here
        else:
            text = _both(here, there)
        if text:
            merged[segment] = text
    return merged


def _both(here: str, there: str) -> str:
    if here in there:
        return there
    return here if there in here else f"{there}{BETWEEN}{here}"


def bring_notes_home(sync: "Sync", there: WebinarCard, seen: "Seen") -> "Deed":
    """Exchange one webinar's notes; no request where nothing changed.

    Args:
        sync: the library and the hosting.
        there: what the hosting's list says of the webinar.
        seen: what is here, and what both sides had.

    Raises:
        Known: ``sync.*``, ``sync.long_note``.
    """
    base, here, rev = seen.memory.notes, seen.notes, seen.memory.notes_rev
    if there.notes_rev == rev and here == base:
        return "same"
    found = NoteList(rev=rev, notes=base) if there.notes_rev == rev else sync.client.notes(there.id)
    for _ in range(TRIES):
        merged = merge_notes(base, here, found.notes)
        if any(len(text) > MOST_NOTE for text in merged.values()):
            raise Known("sync.long_note", title=there.title, most=MOST_NOTE)
        came, goes = merged != here, merged != found.notes
        try:
            rev = sync.client.put_notes(there.id, NoteList(rev=found.rev, notes=merged)).rev if goes else found.rev
        except Known as known:
            if known.code != "notes.stale":
                raise
            found = sync.client.notes(there.id)
            continue
        sync.synced.merge_notes(there.id, here, rev, merged, datetime.now(UTC))
        if goes:
            return "merged" if came else "pushed"
        return "pulled" if came else "same"
    raise Known("notes.stale")
