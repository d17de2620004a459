"""Syncing of one webinar: executes what `editor.sync.decision` decides, and brings its media along.

What a hosting had at the last sync is stored in the library (`editor.library.sync_state`), per hosting; a hosting is
known by its address and the account there. (Not by its epoch, which changes with each restored backup, just when one
must be able to tell that it is the same hosting.) Nothing depends on what a program was doing when it was killed: the
next one compares again, and a push that had arrived is found to have arrived.

A pull never touches a draft. What a colleague pushed becomes a version here; applying it to the draft is an edit like
any other, and can be undone.
"""

import itertools
from typing import TYPE_CHECKING, Literal

import msgspec

from editor.errors import KnownError
from editor.library import ancestry
from editor.progress import Progress
from editor.protocol import api, patch
from editor.schedule import serialization
from editor.schedule.merge import MergeResult
from editor.schedule.model import Webinar
from editor.sync.client import ApiClient
from editor.sync.decision import (
    AcceptRemote,
    DoNothing,
    LocalState,
    PullVersion,
    PushMerge,
    PushVersion,
    RemoteState,
    ReportConflict,
    SyncRelation,
    decide,
    find_relation,
    needs_history,
)
from editor.sync.media_upload import OnTransfer, PrepareMedia, upload_media
from editor.sync.retry import STALE_RETRY
from editor.sync.tus_client import UNLIMITED, RateLimit
from editor.timestamps import to_datetime, to_timestamp_ms

if TYPE_CHECKING:
    from editor.library.records import SyncInputs, Version
    from editor.library.store import Library

SyncAction = Literal["same", "pushed", "pulled", "merged"]


class SyncStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How a webinar's saved versions here relate to what the hosting has, as `WebinarSync.compare` returns it.

    It is immutable. `relation` is that of `find_relation`; `rev` is the hosting's revision, 0 where it is new there;
    `theirs` is the hash of the hosting's version where it is not one of ours, else None.
    """

    relation: SyncRelation
    rev: int = 0
    """The hosting's revision; 0 where it is new there."""
    theirs: str | None = None
    """The version the hosting has, where it is not one of ours."""
    is_deleted: bool = False
    """Whether it lies in the hosting's bin."""


class SyncResult(msgspec.Struct, frozen=True, kw_only=True):
    """What syncing one webinar did: nothing ("same"), or the version was pushed, pulled or merged; immutable.

    `version` is on both sides now.
    """

    action: SyncAction
    version: "Version"
    """What is on both sides now."""
    notice: KnownError | None = None
    """What people should know of it."""


class MergeConflictError(Exception):
    """Two versions have changed the same things differently, and a person has to choose; nothing was pushed.

    Args:
        merged: The merge and its conflicts; in its webinar, mine stands wherever both clash.
        theirs: The webinar as the hosting's version has it.
        rev: The hosting's revision, for `WebinarSync.resolve`; 0 where a version was applied to a draft.
        mine: The webinar as it is here: the newest version, or the draft; None means `merged.webinar`.
    """

    def __init__(self, merged: MergeResult, theirs: Webinar, rev: int, mine: Webinar | None = None) -> None:
        super().__init__(merged.conflicts)
        self.merged = merged
        self.theirs = theirs
        self.rev = rev
        self.mine = mine if mine is not None else merged.webinar


class WebinarSync:
    """Syncing of single webinars of one library with one hosting, by requests of one `ApiClient`.

    Calls block on network and disk, so make them from a network thread, one at a time. Close `client` at the end.
    Drafts never change: what comes from the hosting is stored as a version. Making one sends no request.

    Args:
        library: The open library.
        client: The hosting, signed in.
        hosting: The name by which the library remembers what was synced; its address without one.
    """

    def __init__(self, library: "Library", client: ApiClient, hosting: str = "") -> None:
        """Take a library and a client; no request is sent."""
        self.library = library
        self.client = client
        self.sync_state = library.get_sync_state(hosting or client.base_url)
        self.rate_limit: RateLimit = UNLIMITED
        """How fast uploads may go."""

    # ---------------------------------------------------------------------------------------------- webinars

    def fetch_list(self) -> api.WebinarList:
        """Return the list of webinars on the hosting, deleted ones too, in one request.

        At the first contact the hosting's epoch is stored.

        Raises:
            KnownError: The codes of `ApiClient.request`, ``account.signed_out``; ``sync.went_back``: the hosting was
                restored from a backup, and nothing may be pushed before `accept_restored_hosting`.
        """
        listed = self.client.fetch_webinars()
        known_epoch = self.sync_state.load_epoch()
        if known_epoch is None:
            self.sync_state.reset(listed.epoch)
        elif known_epoch != listed.epoch:
            raise KnownError("sync.went_back", address=self.client.base_url, epoch=listed.epoch)
        return listed

    def compare(self, webinar_id: str, listed: api.WebinarList | None = None) -> SyncStatus:
        """Compare the newest saved version of a webinar with what the hosting has; no document is sent or stored.

        Args:
            webinar_id: The webinar here.
            listed: What `fetch_list` returned; fetched without it.

        Raises:
            KnownError: As `fetch_list`; ``sync.unsaved``: no version of it is saved.
        """
        item = _find_item(listed or self.fetch_list(), webinar_id)
        inputs = self.sync_state.load_inputs(webinar_id)
        local = self._make_local_state(webinar_id, inputs)
        if item is None:
            return SyncStatus(relation=find_relation(local, None, inputs.last_synced))
        remote = _to_remote_state(item)
        if needs_history(local, remote, inputs.last_synced):
            remote = self._with_history(remote, webinar_id)
        relation = find_relation(local, remote, inputs.last_synced)
        theirs = remote.version if relation in {"behind", "apart"} else None
        return SyncStatus(relation=relation, rev=remote.rev, theirs=theirs, is_deleted=remote.deleted)

    def push(self, webinar_id: str) -> "Version":
        """Push the newest version, or its merge with the hosting's where both have gone on; return what both have then.

        Where the hosting has all of ours already, nothing is pushed and its version is stored here; one that was
        deleted there with all of ours stays deleted, and ours is returned.

        Raises:
            MergeConflictError: Both went on and there are clashes; nothing was pushed.
            KnownError: As `fetch_list`; ``sync.unsaved``: no version is saved; ``webinar.stale``: colleagues were
                quicker five times in a row; other codes with which the hosting refuses it.
        """
        return self.sync_webinar(webinar_id, _find_item(self.fetch_list(), webinar_id)).version

    def sync_webinar(self, webinar_id: str, remote: api.WebinarListItem | None) -> SyncResult:
        """Push, pull or merge a webinar, as `editor.sync.decision` decides.

        Args:
            webinar_id: The webinar here.
            remote: Its entry in the hosting's list (fetched again if a colleague has pushed meanwhile); None where it
                is new there.

        Raises:
            MergeConflictError: As `push`.
            KnownError: As `push`.
        """
        for failures in itertools.count(1):
            try:
                return self._sync_webinar_once(webinar_id, remote)
            except KnownError as known:
                if STALE_RETRY.next_delay_ms(known, failures) is None:
                    raise
            remote = _find_item(self.fetch_list(), webinar_id)
        raise AssertionError("unreachable: the retry policy ends the loop")

    def pull(self, webinar_id: str) -> "Version":
        """Store the hosting's version of a webinar here and return it; give up ours if they have diverged.

        The versions given up stay in the list of versions. The draft is not changed; `Workspace.apply_version` brings
        the version into it.

        Raises:
            KnownError: As `fetch_list`; ``webinar.unknown``: the hosting never had it; ``library.no_webinar``: it is
                not here; ``wire.*``: the version cannot be read, e.g. ``wire.newer``.
        """
        remote = _find_item(self.fetch_list(), webinar_id)
        if remote is None:
            raise KnownError("webinar.unknown", id=webinar_id)
        self._pull_remote_version(webinar_id, remote)
        versions = self.library.list_versions(webinar_id)
        head = ancestry.find_current_head(versions)
        if head is None or remote.version not in ancestry.find_ancestors(versions, head.hash):
            self.sync_state.abandon_other_heads(webinar_id, remote.version)
        return next(version for version in self.library.list_versions(webinar_id) if version.hash == remote.version)

    def resolve(self, webinar_id: str, webinar: Webinar, rev: int) -> "Version":
        """Push what a person chose after a `MergeConflictError` as a new version that follows both; return it.

        It is stored here first, and stays here if the push fails; the draft is not changed.

        Args:
            webinar_id: The webinar.
            webinar: What was chosen, e.g. by `publisher.resolve_with_mine`.
            rev: The revision it was chosen against: `rev` of the error.

        Raises:
            KnownError: ``webinar.stale``: the hosting went on meanwhile; sync again. Else as `push`.
        """
        remote = _find_item(self.fetch_list(), webinar_id)
        if remote is None or remote.rev != rev:
            raise KnownError("webinar.stale", id=webinar_id, rev=remote.rev if remote else 0)
        self._pull_remote_version(webinar_id, remote)
        head = ancestry.find_current_head(self.library.list_versions(webinar_id))
        assert head is not None
        parents = (head.hash, remote.version)
        resolved = self.sync_state.store_version(webinar_id, serialization.encode(webinar), parents=parents)
        return self._push_version(resolved, remote)

    def _sync_webinar_once(self, webinar_id: str, item: api.WebinarListItem | None) -> SyncResult:
        was_pulled = False
        while True:
            inputs = self.sync_state.load_inputs(webinar_id)
            local = self._make_local_state(webinar_id, inputs)
            remote = None if item is None else _to_remote_state(item)
            if remote is not None and remote.deleted and needs_history(local, remote, inputs.last_synced):
                remote = self._with_history(remote, webinar_id)
            decision = decide(local, remote, inputs.last_synced)
            if isinstance(decision, PullVersion):
                assert item is not None
                was_pulled = self._store_remote_version(webinar_id, item, inputs)
                continue
            return self._execute(decision, local, item, was_pulled=was_pulled)

    def _execute(
        self,
        decision: DoNothing | PushVersion | PushMerge | AcceptRemote | ReportConflict,
        local: LocalState,
        item: api.WebinarListItem | None,
        *,
        was_pulled: bool,
    ) -> SyncResult:
        """Execute a decision.

        Args:
            decision: What to do.
            local: What is here.
            item: What the hosting's list says of the webinar; None where it is new there.
            was_pulled: Whether the hosting's version has just been stored here.

        Raises:
            MergeConflictError: A person has to choose.
            KnownError: As `push`.
        """
        versions = {version.hash: version for version in local.versions}
        notice = KnownError("sync.brought_back", title=item.title) if item is not None and item.deleted else None
        if isinstance(decision, PushVersion):
            return SyncResult(
                action="pushed", version=self._push_version(versions[decision.version], item), notice=notice
            )
        assert item is not None, "only a push can be decided about a webinar that is new there"
        match decision:
            case DoNothing(deleted_remotely=True):
                head = ancestry.find_current_head(local.versions)
                assert head is not None
                notice = KnownError("sync.deleted_there", title=item.title)
                return SyncResult(action="same", version=head, notice=notice)
            case DoNothing():
                return SyncResult(action="pulled" if was_pulled else "same", version=versions[item.version])
            case ReportConflict(merged, mine, theirs):
                raise MergeConflictError(merged, theirs, item.rev, mine)
            case AcceptRemote(head_hash, merged):
                self.sync_state.set_predecessor(item.version, head_hash)
                notice = _make_restored_notice(merged)
                return SyncResult(action="pulled", version=versions[item.version], notice=notice)
            case PushMerge(head_hash, merged):
                body = serialization.encode(merged.webinar)
                merge_version = self.sync_state.store_version(item.id, body, parents=(head_hash, item.version))
                return SyncResult(
                    action="merged",
                    version=self._push_version(merge_version, item),
                    notice=_make_restored_notice(merged) or notice,
                )

    def _make_local_state(self, webinar_id: str, inputs: "SyncInputs") -> LocalState:
        return LocalState(webinar_id, inputs.versions, self.library.load_version)

    def _with_history(self, remote: RemoteState, webinar_id: str) -> RemoteState:
        history = frozenset(version.hash for version in self.client.fetch_versions(webinar_id))
        return msgspec.structs.replace(remote, history=history)

    def _pull_remote_version(self, webinar_id: str, item: api.WebinarListItem) -> None:
        """Store the hosting's version here, unless nothing has changed there since the last sync."""
        inputs = self.sync_state.load_inputs(webinar_id)
        if (inputs.last_synced.rev, inputs.last_synced.version) != (item.rev, item.version):
            self._store_remote_version(webinar_id, item, inputs)

    def _store_remote_version(self, webinar_id: str, item: api.WebinarListItem, inputs: "SyncInputs") -> bool:
        """Store the hosting's version here and record the sync; return whether it was not here before."""
        remote_versions = self.client.fetch_versions(webinar_id)
        local_hashes = {version.hash for version in inputs.versions}
        is_new = item.version not in local_hashes
        if is_new:
            newest = _find_version(remote_versions, item.version)
            # Each was pushed over all versions before it, so it follows those of them that are here.
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
            webinar_id, item.rev, item.version, {each.hash: each.number for each in remote_versions}
        )
        return is_new

    def _push_version(self, version: "Version", remote: api.WebinarListItem | None) -> "Version":
        """Push a version, as a patch of the hosting's version where that is smaller."""
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
        """Return the hosting's entry of the version that a list item names: its hash, number, parents and note.

        Raises:
            KnownError: As `fetch_list`; the codes of `ApiClient.request`.
        """
        return _find_version(self.client.fetch_versions(remote.id), remote.version)

    # ------------------------------------------------------------------------------------------------ media

    def upload_media(
        self, webinar: Webinar, prepare: PrepareMedia, progress: Progress, on_transfer: OnTransfer = lambda _doing: None
    ) -> None:
        """Prepare and upload everything that a webinar needs and the hosting lacks, at most at `rate_limit`.

        Args:
            webinar: Whose media.
            prepare: Gives what is prepared of a media.
            progress: Receives thousandths: up to 500 while preparing, up to 1000 while uploading.
            on_transfer: Called in this thread with what is being done.

        Raises:
            KnownError: As `editor.sync.media_upload.upload_media`.
            CancelledError: The progress was cancelled; what arrived stays there.
        """
        upload_media(self.client, webinar, prepare, progress, self.rate_limit, on_transfer)


def _to_remote_state(item: api.WebinarListItem) -> RemoteState:
    return RemoteState(item.rev, item.version, item.deleted)


def _find_item(listed: api.WebinarList, webinar_id: str) -> api.WebinarListItem | None:
    return next((item for item in listed.webinars if item.id == webinar_id), None)


def _make_restored_notice(merged: MergeResult) -> KnownError | None:
    """Return the notice about segments that one side deleted and the other edited, if there are any."""
    if not merged.restored:
        return None
    return KnownError("sync.kept", title=merged.webinar.title, count=len(merged.restored))


def _find_version(listed: tuple[api.HostedVersion, ...], version: str) -> api.HostedVersion:
    return next(each for each in listed if each.hash == version)
