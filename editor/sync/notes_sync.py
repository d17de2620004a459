"""Syncing of presenters' notes: a three-way merge of each segment's note.

Notes lie beside the webinar and never conflict: a note that both sides changed differently gets both texts, one under
the other; one that was deleted on one side and edited on the other stays.
"""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from editor.errors import KnownError
from editor.protocol.api import NoteList, WebinarListItem
from editor.schedule.limits import MAX_SPEAKER_NOTE_CHARS
from editor.sync.retry import STALE_RETRY

if TYPE_CHECKING:
    from editor.library.records import SyncInputs
    from editor.sync.webinar_sync import SyncAction, WebinarSync

SEPARATOR = "\n\n――――――\n\n"


def merge_notes(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return the notes by segment that both sides are to have; a segment without a note is left out.

    Where one side has changed a note, that side's text holds; where both have, their texts are joined, unless one
    contains the other.

    Args:
        base: The notes that both sides had at the last sync, by segment, as the others.
        mine: The notes here.
        theirs: The notes on the hosting.
    """
    merged = {}
    for segment in {**theirs, **mine}:
        ancestor, local, remote = (each.get(segment, "") for each in (base, mine, theirs))
        if local in {ancestor, remote}:
            text = remote
        elif remote == ancestor:
            text = local
        else:
            text = _join_texts(local, remote)
        if text:
            merged[segment] = text
    return merged


def _join_texts(local: str, remote: str) -> str:
    if local in remote:
        return remote
    return local if remote in local else f"{remote}{SEPARATOR}{local}"


def sync_notes(sync: "WebinarSync", remote: WebinarListItem, inputs: "SyncInputs") -> "SyncAction":
    """Sync the notes of one webinar, and return what was done; no request where nothing has changed.

    Args:
        sync: The library and the hosting, which has the webinar already.
        remote: What the hosting's list says of the webinar.
        inputs: What is here, and what both sides had.

    Raises:
        KnownError: ``sync.long_note``: a note would be too long when both sides' texts are joined. ``notes.stale``:
            colleagues were quicker five times in a row. Else as `ApiClient.request`.
    """
    base, local_notes, rev = inputs.last_synced.notes, inputs.notes, inputs.last_synced.notes_rev
    if remote.notes_rev == rev and local_notes == base:
        return "same"
    remote_notes = NoteList(rev=rev, notes=base) if remote.notes_rev == rev else sync.client.fetch_notes(remote.id)
    for failures in itertools.count(1):
        merged = merge_notes(base, local_notes, remote_notes.notes)
        if any(len(text) > MAX_SPEAKER_NOTE_CHARS for text in merged.values()):
            raise KnownError("sync.long_note", title=remote.title, most=MAX_SPEAKER_NOTE_CHARS)
        must_store, must_push = merged != local_notes, merged != remote_notes.notes
        try:
            rev = (
                sync.client.put_notes(remote.id, NoteList(rev=remote_notes.rev, notes=merged)).rev
                if must_push
                else remote_notes.rev
            )
        except KnownError as known:
            if STALE_RETRY.next_delay_ms(known, failures) is None:
                raise
            remote_notes = sync.client.fetch_notes(remote.id)
            continue
        sync.sync_state.store_merged_notes(remote.id, local_notes, rev, merged, datetime.now(UTC))
        if must_push:
            return "merged" if must_store else "pushed"
        return "pulled" if must_store else "same"
    raise AssertionError("unreachable: the retry policy ends the loop")
