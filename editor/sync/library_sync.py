"""Syncing of a whole library with its hosting: one list compares everything, and only what differs is sent.

An error about one webinar does not stop the others; a hosting that cannot be reached does. Drafts are never changed: a
colleague's work becomes a version, which `Workspace.find_incoming_version` finds and `Workspace.apply_version` brings
into the draft.
"""

from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from editor.errors import KnownError
from editor.library import ancestry
from editor.library.records import SyncInputs, Version, WebinarSummary
from editor.progress import Progress
from editor.protocol.api import WebinarListItem
from editor.schedule import serialization
from editor.sync.notes_sync import sync_notes
from editor.sync.webinar_sync import MergeConflictError, SyncAction, WebinarSync
from editor.timestamps import to_datetime

SyncItemState = Literal["same", "pushed", "pulled", "merged", "apart", "refused"]
FATAL_CODES = frozenset({"sync.offline", "sync.trouble", "sync.went_back", "account.signed_out"})
"""Refusals that the next webinar would get, too."""


class SyncItem(msgspec.Struct, frozen=True, kw_only=True):
    """What syncing did with one webinar of the library, its notes included: an immutable part of `SyncReport`."""

    webinar: str
    title: str
    state: SyncItemState
    """What was done: nothing, pushed, pulled or merged; "apart" for a conflict (see `conflict`), "refused" where the
    hosting or the library did not accept it (see `notice`)."""
    version: Version | None = None
    """The version that both sides have now; for a conflict, the one that is here."""
    notice: KnownError | None = None
    """Why it was refused; otherwise what people should know: ``sync.deleted_there`` (it is deleted on the hosting,
    and still here), ``sync.brought_back`` (it was, and a newer version of ours restored it), ``sync.edited_there`` (it
    is deleted here, and a colleague has changed it since), ``sync.kept`` (segments that one side deleted and the other
    edited were kept)."""
    conflict: MergeConflictError | None = None
    """The two versions in conflict; resolve with `WebinarSync.resolve` (mine) or `WebinarSync.pull` (theirs)."""


class SyncReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `sync_library` did: an item for each webinar, and the webinars that are only on the hosting; immutable.

    With `was_restored` it did nothing, because the hosting was restored from a backup.
    """

    epoch: str
    items: tuple[SyncItem, ...] = ()
    """One for each webinar with a saved version, and for each deleted one that a colleague has changed since."""
    remote_only: tuple[WebinarListItem, ...] = ()
    """Webinars that are only on the hosting; `fetch_webinar` downloads one."""
    was_restored: bool = False
    """Whether the hosting was restored from a backup: nothing was done, until `accept_restored_hosting` is called."""


def sync_library(sync: WebinarSync, progress: Progress | None = None) -> SyncReport:
    """Sync every webinar that has a saved version, and its notes, both ways; one request where nothing has changed.

    Templates and deleted webinars are not sent; archived ones are. Call it from a network thread.

    Args:
        sync: The library and the hosting.
        progress: Receives how many webinars are done.

    Raises:
        KnownError: `FATAL_CODES` and others of `WebinarSync.fetch_list`: the hosting cannot be reached, or does not
            know the account. What is wrong with a single webinar is in its item.
        CancelledError: The progress was cancelled; what was done stays done.
    """
    progress = progress or Progress()
    try:
        listed = sync.fetch_list()
    except KnownError as known:
        if known.code != "sync.went_back":
            raise
        return SyncReport(epoch=str(known.facts["epoch"]), was_restored=True)
    remote_cards = {card.id: card for card in listed.webinars}
    library = sync.library
    summaries, deleted_summaries = (
        (*library.list_webinars(), *library.list_webinars(archived=True)),
        library.list_webinars(deleted=True),
    )
    saved_summaries = [card for card in summaries if card.versions and not card.template]
    inputs = sync.sync_state.load_all_inputs()
    items = []
    for number, card in enumerate(saved_summaries):
        progress.report(number, len(saved_summaries))
        items.append(_sync_item(sync, card, remote_cards.get(card.id), inputs[card.id]))
    progress.report(len(saved_summaries), len(saved_summaries))
    items += [
        SyncItem(
            webinar=card.id, title=card.title, state="same", notice=KnownError("sync.edited_there", title=card.title)
        )
        for card in deleted_summaries
        if card.id in remote_cards
        and _has_unknown_remote_version(remote_cards[card.id], inputs.get(card.id, SyncInputs()))
    ]
    local_ids = {card.id for card in (*summaries, *deleted_summaries)}
    remote_only = tuple(card for card in listed.webinars if not card.deleted and card.id not in local_ids)
    return SyncReport(epoch=listed.epoch, items=tuple(items), remote_only=remote_only)


def fetch_webinar(sync: WebinarSync, webinar_id: str) -> Version:
    """Download a webinar that is only on the hosting, with its notes but without its media; return its version.

    Its draft is that version, the newest one; earlier versions are not downloaded.

    Raises:
        KnownError: ``webinar.unknown``: it is not on the hosting, or deleted there. ``library.exists``: it is here
            already, perhaps archived or deleted. ``wire.*``, e.g. ``wire.newer``: this program cannot read it. Else as
            `WebinarSync.fetch_list`.
    """
    remote = next((card for card in sync.fetch_list().webinars if card.id == webinar_id and not card.deleted), None)
    if remote is None:
        raise KnownError("webinar.unknown", id=webinar_id)
    newest = sync.fetch_newest_version(remote)
    body = sync.client.fetch_version(newest.hash)
    remote_notes = sync.client.fetch_notes(webinar_id)
    version = Version(
        hash=newest.hash,
        webinar=webinar_id,
        ordinal=1,
        parents=newest.parents,
        note=newest.note,
        saved_at=to_datetime(newest.saved_at),
        number=newest.number,
    )
    sync.library.create(serialization.decode(body).webinar, body=body, notes=remote_notes.notes, version=version)
    sync.sync_state.record_synced(webinar_id, remote.rev, newest.hash)
    sync.sync_state.store_merged_notes(
        webinar_id, remote_notes.notes, remote_notes.rev, remote_notes.notes, datetime.now(UTC)
    )
    return version


def accept_restored_hosting(sync: WebinarSync) -> None:
    """Accept a hosting that was restored from a backup, after ``sync.went_back`` or `SyncReport.was_restored`.

    Nothing is sent yet: what the hosting has lost is sent at the next sync.

    Raises:
        KnownError: ``sync.offline``, ``sync.trouble``, ``account.signed_out``.
    """
    sync.sync_state.reset(sync.client.fetch_webinars().epoch)


def delete_remotely(sync: WebinarSync, webinar_id: str) -> None:
    """Delete a webinar that is deleted here on the hosting too, if nobody has changed it there since.

    Nothing happens if it is not deleted here, or if the hosting does not have it or has deleted it already.

    Raises:
        KnownError: ``sync.edited_there``: a colleague went on with it since; it survives there. ``library.no_webinar``:
            it is not here, not even deleted. Else as `WebinarSync.fetch_list`.
    """
    remote = next((card for card in sync.fetch_list().webinars if card.id == webinar_id), None)
    summary = sync.library.load_summary(webinar_id)
    if remote is None or remote.deleted or not summary.deleted:
        return
    inputs = sync.sync_state.load_inputs(webinar_id)
    edited_error = KnownError("sync.edited_there", title=summary.title)
    if all(version.hash != remote.version for version in inputs.versions):
        raise edited_error
    try:
        sync.client.delete_webinar(webinar_id, remote.rev)
    except KnownError as known:
        raise edited_error if known.code == "webinar.stale" else known from known
    sync.sync_state.record_synced(webinar_id, remote.rev + 1, remote.version)


def _sync_item(
    sync: WebinarSync, summary: WebinarSummary, remote: WebinarListItem | None, inputs: SyncInputs
) -> SyncItem:
    """Sync one webinar and its notes."""
    item = SyncItem(webinar=summary.id, title=summary.title, state="same")
    try:
        try:
            item = _sync_versions(sync, item, remote, inputs)
        except MergeConflictError as conflict:
            item = replace(
                item,
                state="apart",
                conflict=conflict,
                version=ancestry.find_current_head(sync.library.list_versions(summary.id)),
            )
        notes_action = _sync_notes(sync, summary, remote, inputs)
    except KnownError as known:
        if known.code in FATAL_CODES:
            raise
        return replace(item, state="refused", notice=known)
    return replace(item, state=notes_action) if item.state == "same" else item


def _sync_versions(sync: WebinarSync, item: SyncItem, remote: WebinarListItem | None, inputs: SyncInputs) -> SyncItem:
    head = ancestry.find_current_head(inputs.versions)
    last_synced = inputs.last_synced
    if (
        head is not None
        and remote is not None
        and not remote.deleted
        and (last_synced.rev, last_synced.version, head.hash) == (remote.rev, remote.version, remote.version)
    ):
        return replace(item, version=head)
    result = sync.sync_webinar(item.webinar, remote)
    return replace(item, state=result.action, version=result.version, notice=result.notice)


def _sync_notes(
    sync: WebinarSync, summary: WebinarSummary, remote: WebinarListItem | None, inputs: SyncInputs
) -> SyncAction:
    # A webinar that is new there has no notes there yet.
    remote = remote or WebinarListItem(id=summary.id, rev=1, hash="0" * 64, title=summary.title, updated_at=0)
    return sync_notes(sync, remote, inputs)


def _has_unknown_remote_version(remote: WebinarListItem, inputs: SyncInputs) -> bool:
    """Return whether the hosting has a version that was never here."""
    return not remote.deleted and all(version.hash != remote.version for version in inputs.versions)
