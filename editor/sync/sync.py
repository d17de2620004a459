"""Saved versions to and from a hosting, and the media they need.

The outbox is the library itself: a saved version that has no number yet has not been acknowledged, and it is a row that
survives whatever happens. Pushing is repeatable (the version's hash is the idempotency key), so after a crash one just
pushes again. What both sides began from, the base of a merge, is the latest version that was acknowledged.

A pull never touches a draft. What a colleague pushed becomes a version here; taking it into the draft is an edit like
any other, and can be undone.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from editor.errors import Known
from editor.progress import Progress
from editor.protocol import api
from editor.protocol.manifest import File, Manifest
from editor.schedule import wire
from editor.schedule.merge import Merged, merge
from editor.schedule.model import Media, Webinar
from editor.sync import upload
from editor.sync.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from editor.library.store import Library
    from editor.library.values import Version

State = Literal["same", "ahead", "behind", "apart", "new"]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a webinar here stands to the hosting's: the same, ahead of it, behind it, or both went on (apart)."""

    state: State
    rev: int = 0
    """The hosting's revision; 0 where it is new there."""
    theirs: str | None = None
    """The version the hosting has, where it is not one of ours."""


class Apart(Exception):
    """Both sides went on and do not go together: somebody has to choose."""

    def __init__(self, merged: Merged, theirs: Webinar, rev: int) -> None:
        super().__init__(merged.clashes)
        self.merged = merged
        self.theirs = theirs
        self.rev = rev


Prepared = Callable[[Media, Progress], tuple[Manifest, "Callable[[str], Path]"]]
"""Gives what was prepared of a media (preparing it if need be), and where each of its files is by its hash."""


class Sync:
    """One library and one hosting. Blocks; call it from a thread of the network's."""

    def __init__(self, library: "Library", client: Client) -> None:
        self.library = library
        self.client = client

    # ---------------------------------------------------------------------------------------------- webinars

    def standing(self, webinar_id: str, listed: api.WebinarList | None = None) -> Standing:
        """Compare with the hosting; one request, or none where the list is at hand.

        Raises:
            Known: ``sync.*``, ``sync.unsaved`` (there is no version to compare).
        """
        there = next((card for card in (listed or self.client.webinars()).webinars if card.id == webinar_id), None)
        ours = self.library.versions(webinar_id)
        if not ours:
            raise Known("sync.unsaved")
        if there is None:
            return Standing(state="new")
        newest, acknowledged = ours[0], self._acknowledged(ours)
        if self._body_hash(newest) == there.hash:
            return Standing(state="same", rev=there.rev)
        known = {self._body_hash(version): version for version in ours}
        if there.hash in known:
            return Standing(state="ahead", rev=there.rev)
        untouched = acknowledged is not None and acknowledged.hash == newest.hash
        theirs = self.client.versions(webinar_id)[0].hash
        return Standing(state="behind" if untouched else "apart", rev=there.rev, theirs=theirs)

    def push(self, webinar_id: str) -> "Version":
        """Bring the newest saved version to the hosting, merged with what is there if both went on.

        Gives the version that is on both sides now.

        Raises:
            Apart: both went on and there are clashes; nothing was pushed.
            Known: ``sync.*`` and what the hosting refuses.
        """
        for _ in range(3):
            standing = self.standing(webinar_id)
            ours = self.library.versions(webinar_id)
            try:
                if standing.state in {"new", "ahead"}:
                    return self._push(ours[0], standing.rev)
                if standing.state == "same":
                    return self._number(ours[0])
                if standing.state == "behind":
                    return self.pull(webinar_id)
                merged = self._merged(webinar_id, ours, standing)
                return self._push(merged, standing.rev)
            except Known as known:
                if known.code != "webinar.stale":
                    raise
        raise Known("webinar.stale")

    def pull(self, webinar_id: str) -> "Version":
        """Keep the hosting's newest version here; drafts are not touched.

        Raises:
            Known: ``sync.*``, ``webinar.unknown``, ``wire.newer``.
        """
        newest = self.client.versions(webinar_id)[0]
        body = self.client.call("GET", f"/api/versions/{newest.hash}").content
        return self.library.keep_version(
            webinar_id,
            body,
            parents=newest.parents,
            note=newest.note,
            saved_at=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=newest.saved_at),
            number=newest.number,
        )

    def settle(self, webinar_id: str, webinar: Webinar, rev: int) -> "Version":
        """Push what somebody chose after `Apart`, over the revision they chose against.

        Raises:
            Known: ``webinar.stale``: the hosting went on meanwhile; look again.
        """
        theirs = self.pull(webinar_id)
        ours = next(version for version in self.library.versions(webinar_id) if version.hash != theirs.hash)
        chosen = self.library.keep_version(
            webinar_id,
            wire.encode(webinar),
            parents=(ours.hash, theirs.hash),
            note="",
            saved_at=datetime.now(UTC),
            number=None,
        )
        return self._push(chosen, rev)

    def _merged(self, webinar_id: str, ours: "tuple[Version, ...]", standing: Standing) -> "Version":
        theirs_version = self.pull(webinar_id)
        theirs = self.library.version(theirs_version.hash)
        acknowledged = self._acknowledged(ours)
        mine = self.library.version(ours[0].hash)
        base = self.library.version(acknowledged.hash) if acknowledged else Webinar(id=webinar_id)
        merged = merge(base, mine, theirs)
        if merged.clashes:
            raise Apart(merged, theirs, standing.rev)
        return self.library.keep_version(
            webinar_id,
            wire.encode(merged.webinar),
            parents=(ours[0].hash, theirs_version.hash),
            note="",
            saved_at=datetime.now(UTC),
            number=None,
        )

    def _push(self, version: "Version", rev: int) -> "Version":
        document = wire.encode(self.library.version(version.hash)).decode()
        saved_at = (version.saved_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
        told = api.PushedVersion(hash=version.hash, parents=version.parents, note=version.note, saved_at=saved_at)
        pushed = self.client.push(version.webinar, rev, api.Push(document=document, version=told))
        return self.library.set_number(version.hash, pushed.number)

    def _number(self, version: "Version") -> "Version":
        if version.number is not None:
            return version
        there = next((each for each in self.client.versions(version.webinar) if each.hash == version.hash), None)
        return self.library.set_number(version.hash, there.number) if there else version

    @staticmethod
    def _acknowledged(ours: "tuple[Version, ...]") -> "Version | None":
        return next((version for version in ours if version.number is not None), None)

    def _body_hash(self, version: "Version") -> str:
        return self.library.body_hash(version.hash)

    # ------------------------------------------------------------------------------------------------ media

    def send_media(self, webinar: Webinar, prepared: Prepared, progress: Progress) -> None:
        """Bring everything a webinar needs to the hosting; what is there is neither prepared nor sent again.

        Raises:
            Known: ``sync.*``, ``upload.*``, and what preparing raises.
            Cancelled: the progress was cancelled; what arrived stays.
        """
        wanted = tuple(sorted(webinar.media))
        there = set(self.client.have(wanted).manifests)
        missing = [sha256 for sha256 in wanted if sha256 not in there]
        for number, sha256 in enumerate(missing):
            share = _Share(progress, number, len(missing))
            manifest, place = prepared(webinar.media[sha256], _Share(share, 0, 2))
            self._send_manifest(manifest, place, _Share(share, 1, 2))
        progress.report(1000, 1000)

    def _send_manifest(self, manifest: Manifest, place: "Callable[[str], Path]", progress: Progress) -> None:
        files = {file.sha256: file for file in named_files(manifest)}
        there = set(self.client.have(tuple(files)).files)
        missing = [file for sha256, file in files.items() if sha256 not in there]
        total, done = sum(file.size for file in missing), 0
        for file in missing:
            begun = done
            upload.send(
                self.client,
                place(file.sha256),
                file,
                Progress(lambda sent, _all, begun=begun: progress.report(begun + sent, total)),  # type: ignore[misc]
            )
            done += file.size
        self.client.put_manifest(manifest)


def named_files(manifest: Manifest) -> tuple[File, ...]:
    """Every file a manifest names."""
    parts = (*(rung.file for rung in manifest.rungs), *(still.file for still in manifest.stills))
    sprites = tuple(file for file in (manifest.sprite, manifest.sprite_map) if file is not None)
    return (*parts, *sprites, *(track.file for track in manifest.captions))


class _Share(Progress):
    """One of several equal parts of a whole, told in thousandths."""

    def __init__(self, whole: Progress, number: int, parts: int) -> None:
        super().__init__()
        self._whole = whole
        self._number = number
        self._parts = parts

    def report(self, done: int, total: int) -> None:
        """Tell the whole."""
        part = 1000 * done // total if total else 0
        self._whole.report((1000 * self._number + part) // self._parts, 1000)

    @property
    def cancelled(self) -> bool:
        """Whether the whole is to stop."""
        return self._whole.cancelled
