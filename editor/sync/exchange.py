"""The whole library and its hosting brought together: one list compares everything, and only what differs is sent.

One webinar's refusal does not stop the others; a hosting that is not reached does (``sync.offline``, ``sync.trouble``:
the caller may try again). Drafts are never touched: what came is a version, and `Workspace.newer` says that there is
one which the draft has not got yet (`Workspace.update_draft` takes it in).
"""

from typing import TYPE_CHECKING, Literal

import msgspec

from editor.errors import Known
from editor.progress import Progress
from editor.protocol.api import WebinarCard
from editor.sync.sync import Apart, Sync

if TYPE_CHECKING:
    from editor.library.values import Version

ItemState = Literal["same", "pushed", "pulled", "merged", "apart", "refused"]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What was done about one webinar."""

    webinar: str
    title: str
    state: ItemState
    """What was done: nothing, sent, received, both sides' work put together; "apart" where somebody has to choose
    first (see `both`), "refused" where the hosting or the library did not take it (see `known`)."""
    version: "Version | None" = None
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
        Known: ``sync.offline``, ``sync.trouble`` and what else holds for all: ``account.signed_out`` and the library's.
        Cancelled: the progress was cancelled; what was done stays done.
    """
    listed = sync.client.webinars()
    progress = progress or Progress()
    items = []
    cards = (*sync.library.cards(), *sync.library.cards(archived=True))
    for card in cards:
        progress.report(len(items), len(cards))
        if not card.versions or card.template:
            continue
        try:
            before = sync.standing(card.id, listed).state
            done: ItemState = {"same": "same", "behind": "pulled", "apart": "merged"}.get(before, "pushed")  # type: ignore[assignment]
            items.append(Item(webinar=card.id, title=card.title, state=done, version=sync.push(card.id)))
        except Apart as both:
            items.append(Item(webinar=card.id, title=card.title, state="apart", both=both))
        except Known as known:
            if known.code in {"sync.offline", "sync.trouble"}:
                raise
            items.append(Item(webinar=card.id, title=card.title, state="refused", known=known))
    elsewhere = tuple(each for each in listed.webinars if not each.deleted and not sync.library.has(each.id))
    return Report(epoch=listed.epoch, items=tuple(items), elsewhere=elsewhere)


def fetch(sync: Sync, webinar_id: str) -> "Version":
    """Take a webinar that is only on the hosting into the library; its draft is that version.

    Raises:
        Known: ``webinar.unknown``, ``library.exists``, ``wire.newer``, ``sync.*``.
    """
    raise NotImplementedError


def accept(sync: Sync) -> None:
    """Go on with a hosting that was restored from a backup: what it has no more is sent again at the next exchange.

    Raises:
        Known: ``sync.offline``, ``sync.trouble``.
    """
    raise NotImplementedError


def retire(sync: Sync, webinar_id: str) -> None:
    """Put a webinar that is in the bin here into the hosting's bin, too.

    Raises:
        Known: ``sync.edited_there``: a colleague went on with it since; it survives there. ``sync.*``.
    """
    raise NotImplementedError
