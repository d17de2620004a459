"""Saved versions to and from a hosting, and the media they need.

What the hosting has is remembered in the library (`editor.library.synced`), per hosting; a hosting is known by the
address one signed in at and who one is there. (Not by its epoch: that is another after each restored backup, which is
just when one must be able to tell that it is the same hosting.) Whether a version follows another is told by their
parents. So nothing depends on what a program was doing when it was killed: the next one compares again, and a push
that had arrived is found to have arrived.

A pull never touches a draft. What a colleague pushed becomes a version here; taking it into the draft is an edit like
any other, and can be undone.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from editor.errors import Known
from editor.library import lines
from editor.progress import Progress
from editor.protocol import api, patch
from editor.schedule import wire
from editor.schedule.merge import Merged, merge
from editor.schedule.model import Webinar
from editor.sync.client import Client
from editor.sync.sending import OnDoing, Prepared, send_media
from editor.sync.upload import UNLIMITED, Limit

if TYPE_CHECKING:
    from editor.library.store import Library
    from editor.library.values import Seen, Version

State = Literal["same", "ahead", "behind", "apart", "new"]
Deed = Literal["same", "pushed", "pulled", "merged"]
TRIES = 5
"""How often others may be quicker before we leave it to the next exchange."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(ms: int) -> datetime:
    """An instant as the protocol has it."""
    return _EPOCH + timedelta(milliseconds=ms)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a webinar here stands to the hosting's: the same, ahead of it, behind it, or both went on (apart)."""

    state: State
    rev: int = 0
    """The hosting's revision; 0 where it is new there."""
    theirs: str | None = None
    """The version the hosting has, where it is not one of ours."""
    deleted: bool = False
    """Whether it lies in the hosting's bin."""


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to bring a webinar home."""

    deed: Deed
    version: "Version"
    """What is on both sides now."""
    told: Known | None = None
    """What people should know of it."""


class Apart(Exception):
    """Both sides went on and do not go together: somebody has to choose."""

    def __init__(self, merged: Merged, theirs: Webinar, rev: int, mine: Webinar | None = None) -> None:
        super().__init__(merged.clashes)
        self.merged = merged
        self.theirs = theirs
        self.rev = rev
        self.mine = mine if mine is not None else merged.webinar


class Sync:
    """One library and one hosting. Blocks; call it from a thread of the network's."""

    def __init__(self, library: "Library", client: Client, hosting: str = "") -> None:
        """Put the two together.

        Args:
            library: the library.
            client: the hosting, signed in.
            hosting: the name it is remembered by; its address without one.
        """
        self.library = library
        self.client = client
        self.synced = library.synced(hosting or client.base_url)
        self.limit: Limit = UNLIMITED
        """How fast uploads may go."""

    # ---------------------------------------------------------------------------------------------- webinars

    def listed(self) -> api.WebinarList:
        """What is on the hosting: one request.

        Raises:
            Known: ``sync.*``; ``sync.went_back``: it was restored from a backup, and nothing may be pushed blindly.
        """
        listed = self.client.webinars()
        known = self.synced.epoch()
        if known is None:
            self.synced.begin(listed.epoch)
        elif known != listed.epoch:
            raise Known("sync.went_back", address=self.client.base_url, epoch=listed.epoch)
        return listed

    def standing(self, webinar_id: str, listed: api.WebinarList | None = None) -> Standing:
        """Compare with the hosting; one request, or none where the list is at hand.

        Raises:
            Known: ``sync.*``, ``sync.unsaved`` (there is no version to compare).
        """
        there = _card(listed or self.listed(), webinar_id)
        seen = self.synced.look(webinar_id)
        ours = lines.ours(seen.versions)
        if ours is None:
            raise Known("sync.unsaved")
        if there is None:
            return Standing(state="new")
        if there.version == ours.hash:
            return Standing(state="same", rev=there.rev, deleted=there.deleted)
        if there.version in lines.before(seen.versions, ours.hash):
            return Standing(state="ahead", rev=there.rev, deleted=there.deleted)
        here = any(version.hash == there.version for version in seen.versions)
        state: State = "behind" if not here and self._untouched(webinar_id, seen, ours) else "apart"
        return Standing(state=state, rev=there.rev, theirs=there.version, deleted=there.deleted)

    def push(self, webinar_id: str) -> "Version":
        """Bring the newest saved version to the hosting, merged with what is there if both went on.

        Gives the version that is on both sides now.

        Raises:
            Apart: both went on and there are clashes; nothing was pushed.
            Known: ``sync.*`` and what the hosting refuses.
        """
        return self.bring_home(webinar_id, _card(self.listed(), webinar_id)).version

    def bring_home(self, webinar_id: str, there: api.WebinarCard | None) -> Home:
        """Push, pull or merge, whichever it takes.

        Args:
            webinar_id: the webinar here.
            there: what the hosting's list says of it; looked up anew where somebody was quicker.

        Raises:
            Apart, Known: as `push`.
        """
        for _ in range(TRIES):
            try:
                return self._bring_home(webinar_id, there)
            except Known as known:
                if known.code != "webinar.stale":
                    raise
            there = _card(self.listed(), webinar_id)
        raise Known("webinar.stale")

    def pull(self, webinar_id: str) -> "Version":
        """Take the hosting's version for what holds; ours, if they are apart, is left. Drafts are not touched.

        Raises:
            Known: ``sync.*``, ``webinar.unknown``, ``wire.newer``.
        """
        there = _card(self.listed(), webinar_id)
        if there is None:
            raise Known("webinar.unknown", id=webinar_id)
        self._know(webinar_id, there, self.synced.look(webinar_id))
        versions = self.library.versions(webinar_id)
        ours = lines.ours(versions)
        if ours is None or there.version not in lines.before(versions, ours.hash):
            self.synced.leave_all_but(webinar_id, there.version)
        return next(version for version in self.library.versions(webinar_id) if version.hash == there.version)

    def settle(self, webinar_id: str, webinar: Webinar, rev: int) -> "Version":
        """Push what somebody chose after `Apart`, over the revision they chose against.

        Raises:
            Known: ``webinar.stale``: the hosting went on meanwhile; look again.
        """
        there = _card(self.listed(), webinar_id)
        if there is None or there.rev != rev:
            raise Known("webinar.stale", id=webinar_id, rev=there.rev if there else 0)
        self._know(webinar_id, there, self.synced.look(webinar_id))
        ours = lines.ours(self.library.versions(webinar_id))
        assert ours is not None
        parents = (ours.hash, there.version)
        chosen = self.synced.keep(webinar_id, wire.encode(webinar), parents=parents)
        return self._push(chosen, there)

    def _bring_home(self, webinar_id: str, there: api.WebinarCard | None) -> Home:
        seen = self.synced.look(webinar_id)
        ours = lines.ours(seen.versions)
        if ours is None:
            raise Known("sync.unsaved")
        if there is None:
            return Home(deed="pushed", version=self._push(ours, None))
        if there.deleted and self._lies_in_the_bin(webinar_id, there, seen, ours):
            return Home(deed="same", version=ours, told=Known("sync.deleted_there", title=there.title))
        came = self._know(webinar_id, there, seen)
        versions = self.library.versions(webinar_id)
        ours = lines.ours(versions)
        assert ours is not None
        told = Known("sync.brought_back", title=there.title) if there.deleted else None
        if ours.hash == there.version and not there.deleted:
            return Home(deed="pulled" if came else "same", version=ours)
        if there.version in lines.before(versions, ours.hash):
            return Home(deed="pushed", version=self._push(ours, there), told=told)
        return self._merge(versions, ours, there, told)

    def _lies_in_the_bin(self, webinar_id: str, there: api.WebinarCard, seen: "Seen", ours: "Version") -> bool:
        """Whether the hosting's bin has all that is here: then nothing of ours was edited after it."""
        if any(version.hash == there.version for version in seen.versions):
            return ours.hash in lines.before(seen.versions, there.version)
        return self._untouched(webinar_id, seen, ours)

    def _untouched(self, webinar_id: str, seen: "Seen", ours: "Version") -> bool:
        """Whether nothing was saved here since the hosting had all of it."""
        if seen.memory.version:
            return ours.hash in lines.before(seen.versions, seen.memory.version)
        return any(version.hash == ours.hash for version in self.client.versions(webinar_id))

    def _know(self, webinar_id: str, there: api.WebinarCard, seen: "Seen") -> bool:
        """Have the hosting's version here, and remember that it has it; tells whether it came just now."""
        if (seen.memory.rev, seen.memory.version) == (there.rev, there.version):
            return False
        listed = self.client.versions(webinar_id)
        here = {version.hash for version in seen.versions}
        came = there.version not in here
        if came:
            newest = _named(listed, there.version)
            # Each was pushed over all that came before it, so it follows whatever of that is here.
            over = (each.hash for each in listed if each.hash in here and each.number < newest.number)
            self.synced.keep(
                webinar_id,
                self.client.version(newest.hash),
                parents=newest.parents,
                note=newest.note,
                saved_at=instant(newest.saved_at),
                number=newest.number,
                over=next(over, None),
            )
        self.synced.remember(webinar_id, there.rev, there.version, {each.hash: each.number for each in listed})
        return came

    def _merge(
        self, versions: "tuple[Version, ...]", ours: "Version", there: api.WebinarCard, told: Known | None
    ) -> Home:
        base = lines.common(versions, ours.hash, there.version)
        mine, theirs = self.library.version(ours.hash), self.library.version(there.version)
        merged = merge(self.library.version(base) if base else Webinar(id=there.id), mine, theirs)
        if merged.clashes:
            raise Apart(merged, theirs, there.rev, mine)
        if merged.kept:
            told = Known("sync.kept", title=merged.webinar.title, count=len(merged.kept))
        body = wire.encode(merged.webinar)
        if body == self.synced.body(there.version) and not there.deleted:
            # All of ours is in theirs: nothing is left to send.
            self.synced.follows(there.version, ours.hash)
            version = next(each for each in versions if each.hash == there.version)
            return Home(deed="pulled", version=version, told=told)
        both = self.synced.keep(there.id, body, parents=(ours.hash, there.version))
        return Home(deed="merged", version=self._push(both, there), told=told)

    def _push(self, version: "Version", there: api.WebinarCard | None) -> "Version":
        """Send a version over what is there; as a patch of that, where less has to be sent so."""
        body = self.synced.body(version.hash)
        saved_at = (version.saved_at - _EPOCH) // timedelta(milliseconds=1)
        told = api.PushedVersion(hash=version.hash, parents=version.parents, note=version.note, saved_at=saved_at)
        whole = api.Push(document=body.decode(), version=told, epoch=self.synced.epoch() or "")
        changes = patch.make(there.version, self.synced.body(there.version), body) if there is not None else None
        rev = there.rev if there is not None else 0
        try:
            sent = whole if changes is None else msgspec.structs.replace(whole, document=None, patch=changes)
            pushed = self.client.push(version.webinar, rev, sent)
        except Known as known:
            if known.code != "webinar.base_unknown":
                raise
            pushed = self.client.push(version.webinar, rev, whole)
        self.synced.remember(version.webinar, pushed.rev, version.hash, {version.hash: pushed.number})
        return msgspec.structs.replace(version, number=pushed.number)

    def newest(self, there: api.WebinarCard) -> api.HostedVersion:
        """What the hosting knows of the version that it has."""
        return _named(self.client.versions(there.id), there.version)

    # ------------------------------------------------------------------------------------------------ media

    def send_media(
        self, webinar: Webinar, prepared: Prepared, progress: Progress, on_doing: OnDoing = lambda _doing: None
    ) -> None:
        """Bring everything a webinar needs to the hosting; what is there is neither prepared nor sent again.

        Raises:
            Known, Cancelled: as `sending.send_media`.
        """
        send_media(self.client, webinar, prepared, progress, self.limit, on_doing)


def _card(listed: api.WebinarList, webinar_id: str) -> api.WebinarCard | None:
    return next((card for card in listed.webinars if card.id == webinar_id), None)


def _named(listed: tuple[api.HostedVersion, ...], version: str) -> api.HostedVersion:
    return next(each for each in listed if each.hash == version)
