"""Copies from the hosting of media that are not on this machine: what may be fetched, and fetching it by itself.

When a webinar is opened, when its media change, when a file is lost and when the hosting is reached, the hosting is
asked what it has of those that are missing. What is not too large comes by itself, one after another, the smallest
first; the rest, and what somebody has cancelled, comes when it is asked for. Nothing here blocks.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from editor.errors import Known
from editor.progress import Progress
from editor.schedule.model import Media
from ui.bridge import Bridge, Change
from ui.desk_answers import Place
from ui.messages import Messages
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from editor.media.shelf import Shelf
    from editor.sync.stand_in import Offer
    from editor.sync.sync import Sync

MOST_BYTES = 500_000_000
"""What is larger is fetched only when somebody asks."""
AGAIN_S, AGAIN_AFTER_TROUBLE_S = 15, 2
"""The hosting is not asked about the same media again sooner, unless somebody does."""


class _Found(msgspec.Struct, frozen=True):
    """What a look has found."""

    lacking: frozenset[str]
    """The media of which something is missing here."""
    offers: "tuple[Offer, ...] | None"
    """What the hosting has of them; None where it was not reached."""
    trouble: Known | None = None


class StandIns(QObject):
    """What the hosting has of the open webinar's missing media.

    Args:
        shelf: gives the shelf; called in the background.
        tasks: runs what takes time.
        messages: where it is told what went wrong.
        parent: Qt's owner.
    """

    changed = Signal(str)
    """What there is to say of this media (its hash) is another."""
    came = Signal(object, object)
    """An `Offer` that is here now, and the `Place` of its media."""

    def __init__(
        self, shelf: "Callable[[], Shelf]", tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._tasks = tasks
        self._messages = messages
        self._connect: Callable[[], Sync] | None = None
        self._set_up: Callable[[], bool] = lambda: False
        self._bridge: Bridge | None = None
        self._looking = False
        self._once_more = False
        self._looked: tuple[frozenset[str], float] = (frozenset(), 0.0)
        self._found = _Found(frozenset(), None)
        self._offers: dict[str, Offer] = {}
        self._wanted: set[str] = set()
        self._declined: set[str] = set()
        self._coming: dict[str, Task[Place]] = {}
        tasks.progressed.connect(self._on_progress)
        tasks.ended.connect(self._on_ended)

    def serve(self, connect: "Callable[[], Sync]", *, set_up: Callable[[], bool]) -> None:
        """There is a hosting to ask.

        Args:
            connect: connects to it, in the background; the client is closed here.
            set_up: whether the library goes to a hosting at all, reached or not.
        """
        self._connect, self._set_up = connect, set_up
        self.look()

    def follow(self, bridge: Bridge) -> None:
        """Look after the media of this webinar from now on."""
        self.leave()
        self._bridge = bridge
        bridge.changed.connect(self._on_edit)
        self.look(anew=True)

    def leave(self) -> None:
        """After none any more. What is on its way comes in."""
        if self._bridge is not None:
            self._bridge.changed.disconnect(self._on_edit)
            self._bridge = None

    # -------------------------------------------------------------------------------------------- what is so

    def percent(self, sha256: str) -> int | None:
        """How far the fetching of a media is; None where it is not under way."""
        task = self._coming.get(sha256)
        return None if task is None else task.done * 100 // task.total if task.total else 0

    def can_get(self, sha256: str) -> bool:
        """Whether it makes sense to ask for a missing media: unless it is under way, or the hosting has said no."""
        refused = self._found.offers is not None and sha256 in self._found.lacking and sha256 not in self._offers
        return self._set_up() and sha256 not in self._coming and not refused

    def is_there(self, sha256: str) -> bool:
        """Whether the hosting is known to have a media, so that it can be published without its file."""
        return sha256 in self._offers

    def size(self, sha256: str) -> int | None:
        """How many bytes of it would be fetched; None where nobody knows."""
        offer = self._offers.get(sha256)
        return None if offer is None else offer.size

    # ---------------------------------------------------------------------------------------- what is asked

    def get(self, wanted: Iterable[str]) -> None:
        """Fetch these because somebody asks, whatever their size; where that cannot be, it is said why."""
        self._wanted.update(wanted)
        self._declined -= self._wanted
        self.look(anew=True)

    def look(self, *, anew: bool = False) -> None:
        """Ask the hosting what it has of what is missing here, unless that was asked just now."""
        connect, bridge = self._connect, self._bridge
        if connect is None or bridge is None:
            return
        media = tuple(bridge.webinar.media.values())
        asked, now = frozenset(each.sha256 for each in media), self._tasks.now()
        looked, when = self._looked
        pause = AGAIN_AFTER_TROUBLE_S if self._found.offers is None else AGAIN_S
        if not media or (not anew and looked == asked and now - when < pause):
            return
        if self._looking:
            self._once_more = self._once_more or anew
            return
        self._looking, self._looked = True, (asked, now)
        with suppress(RuntimeError):  # the program is closing
            self._tasks.run(
                self.tr("Asking the hosting for missing media"),
                lambda _progress: _look(self._shelf(), connect, media),
                done=self._on_found,
                executor="network",
                quiet=True,
            )

    @Slot(object)
    def _on_edit(self, change: Change) -> None:
        if change.before.media.keys() != change.after.media.keys():
            self.look(anew=True)

    def _on_found(self, found: _Found) -> None:
        self._looking = False
        before = self._found.lacking | self._offers.keys()
        if found.offers is not None:
            self._offers = {offer.media.sha256: offer for offer in found.offers}
        self._found = found
        wanted, self._wanted = self._wanted & found.lacking, set()
        if wanted and found.trouble is not None:
            self._messages.known(found.trouble)
        for offer in found.offers or ():
            sha256 = offer.media.sha256
            of_itself = offer.size <= MOST_BYTES and sha256 not in self._declined
            if sha256 not in self._coming and (of_itself or sha256 in wanted):
                self._fetch(offer, asked=sha256 in wanted)
        if found.offers is not None and wanted - self._offers.keys():
            self._messages.tell(self.tr("The hosting has no prepared copy of that."), kind="warning")
        for sha256 in before | found.lacking:
            self.changed.emit(sha256)
        if self._once_more:
            self._once_more = False
            self.look(anew=True)

    # ---------------------------------------------------------------------------------------------- fetching

    def _fetch(self, offer: "Offer", *, asked: bool) -> None:
        sha256, connect = offer.media.sha256, self._connect
        assert connect is not None, "an offer came from somewhere"

        def done(place: Place) -> None:
            self._offers.pop(sha256, None)
            self.came.emit(offer, place)

        def failed(known: Known) -> None:
            passing = known.code.startswith(("sync.", "account."))
            if not passing:
                self._declined.add(sha256)
            if asked or not passing:
                self._messages.known(known)

        title = self.tr("Getting “{name}” from the hosting").format(name=offer.media.name)
        self._coming[sha256] = self._tasks.run(
            title,
            lambda progress: _fetch(self._shelf(), connect, offer, progress),
            done=done,
            failed=failed,
            executor="download",
        )

    @Slot(object)
    def _on_progress(self, task: Task[Any]) -> None:
        for sha256, each in self._coming.items():
            if each is task:
                self.changed.emit(sha256)

    @Slot(object)
    def _on_ended(self, task: Task[Any]) -> None:
        for sha256 in [sha256 for sha256, each in self._coming.items() if each is task]:
            del self._coming[sha256]
            if task.state == "cancelled":
                self._declined.add(sha256)
            self.changed.emit(sha256)


def _look(shelf: "Shelf", connect: "Callable[[], Sync]", media: tuple[Media, ...]) -> _Found:
    """Look what is missing, and ask the hosting what it has of that. Runs in the background."""
    from editor.sync import stand_in

    for each in media:
        if shelf.stand_ins.of(each.sha256) is not None and shelf.path(each.sha256) is not None:
            shelf.stand_ins.drop(each.sha256)  # somebody put the file back where it was
    lacking = tuple(each for each in media if stand_in.lacks(shelf, each))
    for each in lacking:
        shelf.know(each)  # its size says which files may be it, when somebody looks for it
    named = frozenset(each.sha256 for each in lacking)
    if not lacking:
        return _Found(named, ())
    try:
        sync = connect()
        try:
            return _Found(named, stand_in.offers(sync.client, shelf, lacking))
        finally:
            sync.client.close()
    except Known as known:
        return _Found(named, None, known)


def _fetch(shelf: "Shelf", connect: "Callable[[], Sync]", offer: "Offer", progress: Progress) -> Place:
    """Fetch what was offered. Runs in the background."""
    from editor.sync import stand_in

    sync = connect()
    try:
        stand_in.fetch(sync.client, shelf, offer, progress)
    finally:
        sync.client.close()
    sha256 = offer.media.sha256
    return Place(shelf.state(sha256), shelf.path(sha256), shelf.shown(sha256))
