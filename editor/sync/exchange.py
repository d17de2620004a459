"""The whole library and its hosting brought together: one list compares everything, and only what differs is sent.

One webinar's refusal does not stop the others; a hosting that is not reached does (``sync.offline``, ``sync.trouble``:
the caller may try again). Drafts are never touched: what came is a version, and `Workspace.newer` says that there is
one which the draft has not got yet (`Workspace.update_draft` takes it in).
"""

from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from editor.errors import Known
from editor.library import lines
from editor.library.values import Card, Seen, Version
from editor.progress import Progress
from editor.protocol.api import WebinarCard
from editor.schedule import wire
from editor.sync.notes import bring_notes_home
from editor.sync.sync import Apart, Deed, Sync, instant

ItemState = Literal["same", "pushed", "pulled", "merged", "apart", "refused"]
FOR_ALL = frozenset({"sync.offline", "sync.trouble", "sync.went_back", "account.signed_out"})
"""Refusals that the next webinar would get, too."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What was done about one webinar."""

    webinar: str
    title: str
    state: ItemState
    """What was done: nothing, sent, received, both sides' work put together; "apart" where somebody has to choose
    first (see `both`), "refused" where the hosting or the library did not take it (see `known`)."""
    version: Version | None = None
    """The version that is on both sides now; where they are apart, the one that is here."""
    known: Known | None = None
    """Why it was refused; or, with another state, what people should be told of: ``sync.deleted_there`` (it is in the
    hosting's bin, and still here), ``sync.brought_back`` (it was, and a newer version of ours brought it back),
    ``sync.edited_there`` (it is in the bin here, and a colleague went on with it), ``sync.kept`` (segments that one
    side deleted and the other edited survived)."""
    both: Apart | None = None
    """The two versions that do not go together; settle with `Sync.settle` (mine) or `Sync.pull` (theirs holds)."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one exchange."""

    epoch: str
    items: tuple[Item, ...] = ()
    """One of each webinar here that has a saved version, and of those in the bin that a colleague went on with."""
    elsewhere: tuple[WebinarCard, ...] = ()
    """What is on the hosting alone; `fetch` takes it into the library."""
    went_back: bool = False
    """The hosting was restored from a backup: nothing was done. `accept` goes on with it (``sync.went_back``)."""


def exchange(sync: Sync, progress: Progress | None = None) -> Report:
    """Bring every webinar that has a saved version home, on both sides. Where nothing changed it is one request.

    Raises:
        Known: ``sync.offline``, ``sync.trouble`` and what else holds for all: ``account.signed_out``.
        Cancelled: the progress was cancelled; what was done stays done.
    """
    progress = progress or Progress()
    try:
        listed = sync.listed()
    except Known as known:
        if known.code != "sync.went_back":
            raise
        return Report(epoch=str(known.facts["epoch"]), went_back=True)
    there = {card.id: card for card in listed.webinars}
    library = sync.library
    kept, binned = (*library.cards(), *library.cards(archived=True)), library.cards(deleted=True)
    cards = [card for card in kept if card.versions and not card.template]
    seen = sync.synced.seen()
    items = []
    for number, card in enumerate(cards):
        progress.report(number, len(cards))
        items.append(_exchanged(sync, card, there.get(card.id), seen[card.id]))
    progress.report(len(cards), len(cards))
    items += [
        Item(webinar=card.id, title=card.title, state="same", known=Known("sync.edited_there", title=card.title))
        for card in binned
        if card.id in there and _went_on(there[card.id], seen.get(card.id, Seen()))
    ]
    here = {card.id for card in (*kept, *binned)}
    elsewhere = tuple(card for card in listed.webinars if not card.deleted and card.id not in here)
    return Report(epoch=listed.epoch, items=tuple(items), elsewhere=elsewhere)


def fetch(sync: Sync, webinar_id: str) -> Version:
    """Take a webinar that is only on the hosting into the library; its draft is that version.

    Raises:
        Known: ``webinar.unknown``, ``library.exists``, ``wire.newer``, ``sync.*``.
    """
    there = next((card for card in sync.listed().webinars if card.id == webinar_id and not card.deleted), None)
    if there is None:
        raise Known("webinar.unknown", id=webinar_id)
    told = sync.newest(there)
    body = sync.client.version(told.hash)
    noted = sync.client.notes(webinar_id)
    version = Version(
        hash=told.hash,
        webinar=webinar_id,
        ordinal=1,
        parents=told.parents,
        note=told.note,
        saved_at=instant(told.saved_at),
        number=told.number,
    )
    sync.library.create(wire.decode(body).webinar, body=body, notes=noted.notes, version=version)
    sync.synced.remember(webinar_id, there.rev, told.hash)
    sync.synced.merge_notes(webinar_id, noted.notes, noted.rev, noted.notes, datetime.now(UTC))
    return version


def accept(sync: Sync) -> None:
    """Go on with a hosting that was restored from a backup: what it has no more is sent again at the next exchange.

    Raises:
        Known: ``sync.offline``, ``sync.trouble``.
    """
    sync.synced.begin(sync.client.webinars().epoch)


def retire(sync: Sync, webinar_id: str) -> None:
    """Put a webinar that is in the bin here into the hosting's bin, too. Where it is none of both, nothing is done.

    Raises:
        Known: ``sync.edited_there``: a colleague went on with it since; it survives there. ``sync.*``.
    """
    there = next((card for card in sync.listed().webinars if card.id == webinar_id), None)
    here = sync.library.card(webinar_id)
    if there is None or there.deleted or not here.deleted:
        return
    seen = sync.synced.look(webinar_id)
    edited = Known("sync.edited_there", title=here.title)
    if all(version.hash != there.version for version in seen.versions):
        raise edited
    try:
        sync.client.remove(webinar_id, there.rev)
    except Known as known:
        raise edited if known.code == "webinar.stale" else known from known
    sync.synced.remember(webinar_id, there.rev + 1, there.version)


def _exchanged(sync: Sync, card: Card, there: WebinarCard | None, seen: Seen) -> Item:
    """One webinar and its notes."""
    item = Item(webinar=card.id, title=card.title, state="same")
    try:
        try:
            item = _with_versions(sync, item, there, seen)
        except Apart as both:
            item = replace(item, state="apart", both=both, version=lines.ours(sync.library.versions(card.id)))
        noted = _noted(sync, card, there, seen)
    except Known as known:
        if known.code in FOR_ALL:
            raise
        return replace(item, state="refused", known=known)
    return replace(item, state=noted) if item.state == "same" else item


def _with_versions(sync: Sync, item: Item, there: WebinarCard | None, seen: Seen) -> Item:
    ours = lines.ours(seen.versions)
    memory = seen.memory
    if (
        ours is not None
        and there is not None
        and not there.deleted
        and (memory.rev, memory.version, ours.hash) == (there.rev, there.version, there.version)
    ):
        return replace(item, version=ours)
    home = sync.bring_home(item.webinar, there)
    return replace(item, state=home.deed, version=home.version, known=home.told)


def _noted(sync: Sync, card: Card, there: WebinarCard | None, seen: Seen) -> Deed:
    # A webinar that is new there has no notes there yet.
    there = there or WebinarCard(id=card.id, rev=1, hash="0" * 64, title=card.title, updated_at=0)
    return bring_notes_home(sync, there, seen)


def _went_on(there: WebinarCard, seen: Seen) -> bool:
    """Whether the hosting has what was never here."""
    return not there.deleted and all(version.hash != there.version for version in seen.versions)
