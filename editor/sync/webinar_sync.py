"""Saved versions to and from a hosting, and the media they need.

What the hosting has is remembered in the library (`editor.library.sync_state`), per hosting; a hosting is known by the
address one signed in at and who one is there. (Not by its epoch: that is another after each restored backup, which is
just when one must be able to tell that it is the same hosting.) Whether a version follows another is told by their
parents. So nothing depends on what a program was doing when it was killed: the next one compares again, and a push
that had arrived is found to have arrived.

A pull never touches a draft. What a colleague pushed becomes a version here; taking it into the draft is an edit like
any other, and can be undone.
"""

import itertools
from typing import TYPE_CHECKING, Literal

import msgspec

from editor.errors import KnownError
from editor.library import version_graph
from editor.progress import Progress
from editor.protocol import api, patch
from editor.schedule import serialization
from editor.schedule.merge import MergeResult, merge
from editor.schedule.model import Webinar
from editor.sync.client import ApiClient
from editor.sync.media_upload import OnTransfer, PrepareMedia, upload_media
from editor.sync.retry import STALE_RETRY
from editor.sync.tus_client import UNLIMITED, RateLimit
from editor.timestamps import to_datetime, to_timestamp_ms

if TYPE_CHECKING:
    from editor.library.records import SyncInputs, Version
    from editor.library.store import Library

SyncRelation = Literal["same", "ahead", "behind", "apart", "new"]
SyncAction = Literal["same", "pushed", "pulled", "merged"]


class SyncStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How a webinar here stands to the hosting's: the same, ahead of it, behind it, or both went on (apart)."""

    relation: SyncRelation
    rev: int = 0
    """The hosting's revision; 0 where it is new there."""
    theirs: str | None = None
    """The version the hosting has, where it is not one of ours."""
    is_deleted: bool = False
    """Whether it lies in the hosting's bin."""


class SyncResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to bring a webinar home."""

    action: SyncAction
    version: "Version"
    """What is on both sides now."""
    notice: KnownError | None = None
    """What people should know of it."""


class MergeConflictError(Exception):
    """Both sides went on and do not go together: somebody has to choose."""

    def __init__(self, merged: MergeResult, theirs: Webinar, rev: int, mine: Webinar | None = None) -> None:
        super().__init__(merged.conflicts)
        self.merged = merged
        self.theirs = theirs
        self.rev = rev
        self.mine = mine if mine is not None else merged.webinar


class WebinarSync:
    """One library and one hosting. Blocks; call it from a thread of the network's."""

    def __init__(self, library: "Library", client: ApiClient, hosting: str = "") -> None:
        """Put the two together.

        Args:
            library: the library.
            client: the hosting, signed in.
            hosting: the name it is remembered by; its address without one.
        """
        self.library = library
        self.client = client
        self.sync_state = library.get_sync_state(hosting or client.base_url)
        self.rate_limit: RateLimit = UNLIMITED
        """How fast uploads may go."""

    # ---------------------------------------------------------------------------------------------- webinars

    def fetch_list(self) -> api.WebinarList:
        """What is on the hosting: one request.

        Raises:
            Known: ``sync.*``; ``sync.went_back``: it was restored from a backup, and nothing may be pushed blindly.
        """
        listed = self.client.fetch_webinars()
        known_epoch = self.sync_state.load_epoch()
        if known_epoch is None:
            self.sync_state.reset(listed.epoch)
        elif known_epoch != listed.epoch:
            raise KnownError("sync.went_back", address=self.client.base_url, epoch=listed.epoch)
        return listed

    def compare(self, webinar_id: str, listed: api.WebinarList | None = None) -> SyncStatus:
        """Compare with the hosting; one request, or none where the list is at hand.

        Raises:
            Known: ``sync.*``, ``sync.unsaved`` (there is no version to compare).
        """
        remote = _find_card(listed or self.fetch_list(), webinar_id)
        inputs = self.sync_state.load_inputs(webinar_id)
        head = version_graph.find_current_head(inputs.versions)
        if head is None:
            raise KnownError("sync.unsaved")
        if remote is None:
            return SyncStatus(relation="new")
        if remote.version == head.hash:
            return SyncStatus(relation="same", rev=remote.rev, is_deleted=remote.deleted)
        if remote.version in version_graph.find_ancestors(inputs.versions, head.hash):
            return SyncStatus(relation="ahead", rev=remote.rev, is_deleted=remote.deleted)
        is_known_here = any(version.hash == remote.version for version in inputs.versions)
        relation: SyncRelation = (
            "behind" if not is_known_here and self._is_unchanged_locally(webinar_id, inputs, head) else "apart"
        )
        return SyncStatus(relation=relation, rev=remote.rev, theirs=remote.version, is_deleted=remote.deleted)

    def push(self, webinar_id: str) -> "Version":
        """Bring the newest saved version to the hosting, merged with what is there if both went on.

        Gives the version that is on both sides now.

        Raises:
            Apart: both went on and there are clashes; nothing was pushed.
            Known: ``sync.*`` and what the hosting refuses.
        """
        return self.sync_webinar(webinar_id, _find_card(self.fetch_list(), webinar_id)).version

    def sync_webinar(self, webinar_id: str, remote: api.WebinarListItem | None) -> SyncResult:
        """Push, pull or merge, whichever it takes.

        Args:
            webinar_id: the webinar here.
            remote: what the hosting's list says of it; looked up anew where somebody was quicker.

        Raises:
            Apart, Known: as `push`.
        """
        for failures in itertools.count(1):
            try:
                return self._sync_webinar_once(webinar_id, remote)
            except KnownError as known:
                if STALE_RETRY.next_delay_ms(known, failures) is None:
                    raise
            remote = _find_card(self.fetch_list(), webinar_id)
        raise AssertionError("unreachable: the retry policy ends the loop")

    def pull(self, webinar_id: str) -> "Version":
        """Take the hosting's version for what holds; ours, if they are apart, is left. Drafts are not touched.

        Raises:
            Known: ``sync.*``, ``webinar.unknown``, ``wire.newer``.
        """
        remote = _find_card(self.fetch_list(), webinar_id)
        if remote is None:
            raise KnownError("webinar.unknown", id=webinar_id)
        self._fetch_remote_version(webinar_id, remote, self.sync_state.load_inputs(webinar_id))
        versions = self.library.list_versions(webinar_id)
        head = version_graph.find_current_head(versions)
        if head is None or remote.version not in version_graph.find_ancestors(versions, head.hash):
            self.sync_state.abandon_other_heads(webinar_id, remote.version)
        return next(version for version in self.library.list_versions(webinar_id) if version.hash == remote.version)

    def resolve(self, webinar_id: str, webinar: Webinar, rev: int) -> "Version":
        """Push what somebody chose after `Apart`, over the revision they chose against.

        Raises:
            Known: ``webinar.stale``: the hosting went on meanwhile; look again.
        """
        remote = _find_card(self.fetch_list(), webinar_id)
        if remote is None or remote.rev != rev:
            raise KnownError("webinar.stale", id=webinar_id, rev=remote.rev if remote else 0)
        self._fetch_remote_version(webinar_id, remote, self.sync_state.load_inputs(webinar_id))
        head = version_graph.find_current_head(self.library.list_versions(webinar_id))
        assert head is not None
        parents = (head.hash, remote.version)
        resolved = self.sync_state.store_version(webinar_id, serialization.encode(webinar), parents=parents)
        return self._push_version(resolved, remote)

    def _sync_webinar_once(self, webinar_id: str, remote: api.WebinarListItem | None) -> SyncResult:
        inputs = self.sync_state.load_inputs(webinar_id)
        head = version_graph.find_current_head(inputs.versions)
        if head is None:
            raise KnownError("sync.unsaved")
        if remote is None:
            return SyncResult(action="pushed", version=self._push_version(head, None))
        if remote.deleted and self._is_deleted_remotely(webinar_id, remote, inputs, head):
            return SyncResult(action="same", version=head, notice=KnownError("sync.deleted_there", title=remote.title))
        was_fetched = self._fetch_remote_version(webinar_id, remote, inputs)
        versions = self.library.list_versions(webinar_id)
        head = version_graph.find_current_head(versions)
        assert head is not None
        notice = KnownError("sync.brought_back", title=remote.title) if remote.deleted else None
        if head.hash == remote.version and not remote.deleted:
            return SyncResult(action="pulled" if was_fetched else "same", version=head)
        if remote.version in version_graph.find_ancestors(versions, head.hash):
            return SyncResult(action="pushed", version=self._push_version(head, remote), notice=notice)
        return self._merge(versions, head, remote, notice)

    def _is_deleted_remotely(
        self, webinar_id: str, remote: api.WebinarListItem, inputs: "SyncInputs", head: "Version"
    ) -> bool:
        """Whether the hosting's bin has all that is here: then nothing of ours was edited after it."""
        if any(version.hash == remote.version for version in inputs.versions):
            return head.hash in version_graph.find_ancestors(inputs.versions, remote.version)
        return self._is_unchanged_locally(webinar_id, inputs, head)

    def _is_unchanged_locally(self, webinar_id: str, inputs: "SyncInputs", head: "Version") -> bool:
        """Whether nothing was saved here since the hosting had all of it."""
        if inputs.last_synced.version:
            return head.hash in version_graph.find_ancestors(inputs.versions, inputs.last_synced.version)
        return any(version.hash == head.hash for version in self.client.fetch_versions(webinar_id))

    def _fetch_remote_version(self, webinar_id: str, remote: api.WebinarListItem, inputs: "SyncInputs") -> bool:
        """Have the hosting's version here, and remember that it has it; tells whether it came just now."""
        if (inputs.last_synced.rev, inputs.last_synced.version) == (remote.rev, remote.version):
            return False
        remote_versions = self.client.fetch_versions(webinar_id)
        local_hashes = {version.hash for version in inputs.versions}
        is_new = remote.version not in local_hashes
        if is_new:
            newest = _find_version(remote_versions, remote.version)
            # Each was pushed over all that came before it, so it follows whatever of that is here.
            predecessors = (
                each.hash for each in remote_versions if each.hash in local_hashes and each.number < newest.number
            )
            self.sync_state.store_version(
                webinar_id,
                self.client.fetch_version(newest.hash),
                parents=newest.parents,
                note=newest.note,
                saved_at=to_datetime(newest.saved_at),
                number=newest.number,
                over=next(predecessors, None),
            )
        self.sync_state.record_synced(
            webinar_id, remote.rev, remote.version, {each.hash: each.number for each in remote_versions}
        )
        return is_new

    def _merge(
        self, versions: "tuple[Version, ...]", head: "Version", remote: api.WebinarListItem, notice: KnownError | None
    ) -> SyncResult:
        base = version_graph.find_merge_base(versions, head.hash, remote.version)
        mine, theirs = self.library.load_version(head.hash), self.library.load_version(remote.version)
        merged = merge(self.library.load_version(base) if base else Webinar(id=remote.id), mine, theirs)
        if merged.conflicts:
            raise MergeConflictError(merged, theirs, remote.rev, mine)
        if merged.restored:
            notice = KnownError("sync.kept", title=merged.webinar.title, count=len(merged.restored))
        body = serialization.encode(merged.webinar)
        if body == self.sync_state.load_body(remote.version) and not remote.deleted:
            # All of ours is in theirs: nothing is left to send.
            self.sync_state.set_predecessor(remote.version, head.hash)
            version = next(each for each in versions if each.hash == remote.version)
            return SyncResult(action="pulled", version=version, notice=notice)
        merge_version = self.sync_state.store_version(remote.id, body, parents=(head.hash, remote.version))
        return SyncResult(action="merged", version=self._push_version(merge_version, remote), notice=notice)

    def _push_version(self, version: "Version", remote: api.WebinarListItem | None) -> "Version":
        """Send a version over what is there; as a patch of that, where less has to be sent so."""
        body = self.sync_state.load_body(version.hash)
        saved_at = to_timestamp_ms(version.saved_at)
        pushed_version = api.PushedVersion(
            hash=version.hash, parents=version.parents, note=version.note, saved_at=saved_at
        )
        full_push = api.PushRequest(
            document=body.decode(), version=pushed_version, epoch=self.sync_state.load_epoch() or ""
        )
        body_patch = (
            patch.make(remote.version, self.sync_state.load_body(remote.version), body) if remote is not None else None
        )
        rev = remote.rev if remote is not None else 0
        try:
            push = (
                full_push if body_patch is None else msgspec.structs.replace(full_push, document=None, patch=body_patch)
            )
            pushed = self.client.push_version(version.webinar, rev, push)
        except KnownError as known:
            if known.code != "webinar.base_unknown":
                raise
            pushed = self.client.push_version(version.webinar, rev, full_push)
        self.sync_state.record_synced(version.webinar, pushed.rev, version.hash, {version.hash: pushed.number})
        return msgspec.structs.replace(version, number=pushed.number)

    def fetch_newest_version(self, remote: api.WebinarListItem) -> api.HostedVersion:
        """What the hosting knows of the version that it has."""
        return _find_version(self.client.fetch_versions(remote.id), remote.version)

    # ------------------------------------------------------------------------------------------------ media

    def upload_media(
        self, webinar: Webinar, prepare: PrepareMedia, progress: Progress, on_transfer: OnTransfer = lambda _doing: None
    ) -> None:
        """Bring everything a webinar needs to the hosting; what is there is neither prepared nor sent again.

        Raises:
            Known, Cancelled: as `sending.send_media`.
        """
        upload_media(self.client, webinar, prepare, progress, self.rate_limit, on_transfer)


def _find_card(listed: api.WebinarList, webinar_id: str) -> api.WebinarListItem | None:
    return next((card for card in listed.webinars if card.id == webinar_id), None)


def _find_version(listed: tuple[api.HostedVersion, ...], version: str) -> api.HostedVersion:
    return next(each for each in listed if each.hash == version)
