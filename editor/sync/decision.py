"""What to do about one webinar that is here and on a hosting: a pure decision, which `webinar_sync` executes.

`decide` looks at the versions here, at what the hosting has now, and at what it had at the last sync:

* The hosting has something since the last sync: **pull** it (store the version here), then decide again.
* It has no more than is here: **push** the head, or do **nothing** where it has that already.
* Both have gone on: **merge** the two, and push what came of it; or report a **conflict**, for a person to choose.

A webinar deleted on the hosting stays deleted if nothing was saved here since; a newer version of ours restores it.
Nothing that anybody saved is lost: every version pushed has the hosting's version among its ancestors.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from editor.errors import KnownError
from editor.library import ancestry
from editor.library.records import LastSynced, Version
from editor.schedule.merge import MergeResult, merge
from editor.schedule.model import Webinar

SyncRelation = Literal["same", "ahead", "behind", "apart", "new"]


class LocalState(msgspec.Struct, frozen=True):
    """A webinar's versions as this library has them, and how to load their documents: immutable input of `decide`."""

    webinar: str
    versions: tuple[Version, ...]
    """Newest first."""
    load_document: Callable[[str], Webinar]
    """Gives the document of a version by its hash; called only for versions that are here."""

    def has(self, version_hash: str) -> bool:
        """Return whether the version of a hash is in this library."""
        return any(version.hash == version_hash for version in self.versions)

    def descends(self, version_hash: str, ancestor: str) -> bool:
        """Return whether a version is `ancestor`, or descends from it; both are hashes."""
        return ancestor in ancestry.find_ancestors(self.versions, version_hash)


class RemoteState(msgspec.Struct, frozen=True):
    """A webinar as the hosting has it now: its revision and the hash of its version, which `decide` compares.

    It is immutable; `WebinarSync` makes it of an entry in the hosting's list.
    """

    rev: int
    version: str
    deleted: bool = False
    """Whether it is deleted on the hosting."""
    history: frozenset[str] = frozenset()
    """The hashes of all versions there; needed only where `needs_history`."""


class DoNothing(msgspec.Struct, frozen=True):
    """A decision of `decide`: both sides have the same, or what is here was deleted there with all of its versions."""

    deleted_remotely: bool = False


class PullVersion(msgspec.Struct, frozen=True):
    """A decision of `decide`: store the hosting's version here and record the sync; then decide again."""


class PushVersion(msgspec.Struct, frozen=True):
    """A decision of `decide`: push the head (its hash is `version`), which is new there or follows what is there."""

    version: str


class PushMerge(msgspec.Struct, frozen=True):
    """A decision of `decide`: store and push the merge of the head (a hash) and the hosting's version.

    The merge has no conflict.
    """

    head: str
    merged: MergeResult


class AcceptRemote(msgspec.Struct, frozen=True):
    """A decision of `decide`: continue from the hosting's version, which has all changes of the head (a hash) already.

    Nothing is pushed.
    """

    head: str
    merged: MergeResult


class ReportConflict(msgspec.Struct, frozen=True):
    """A decision of `decide`: let a person choose, because both sides have changed the same things differently.

    `mine` is the webinar of the head, `theirs` that of the hosting's version.
    """

    merged: MergeResult
    mine: Webinar
    theirs: Webinar


SyncDecision = DoNothing | PullVersion | PushVersion | PushMerge | AcceptRemote | ReportConflict


def decide(local: LocalState, remote: RemoteState | None, last: LastSynced) -> SyncDecision:
    """Decide how to bring one webinar to the same version on both sides.

    Args:
        local: What is here.
        remote: What the hosting has, deleted or not, with its `history` where `needs_history`; None where it never had
            the webinar.
        last: What the hosting had at the last sync.

    Raises:
        KnownError: ``sync.unsaved``: there is no version here.
    """
    head = _require_head(local)
    if remote is None:
        return PushVersion(head.hash)
    if remote.deleted and _has_all(local, remote, last, head):
        return DoNothing(deleted_remotely=True)
    if (last.rev, last.version) != (remote.rev, remote.version):
        return PullVersion()
    if head.hash == remote.version and not remote.deleted:
        return DoNothing()
    if local.descends(head.hash, remote.version):
        return PushVersion(head.hash)
    return _decide_merge(local, head, remote)


def _decide_merge(local: LocalState, head: Version, remote: RemoteState) -> SyncDecision:
    base = ancestry.find_merge_base(local.versions, head.hash, remote.version)
    mine, theirs = local.load_document(head.hash), local.load_document(remote.version)
    merged = merge(local.load_document(base) if base else Webinar(id=local.webinar), mine, theirs)
    if merged.conflicts:
        return ReportConflict(merged, mine, theirs)
    if merged.webinar == theirs and not remote.deleted:
        return AcceptRemote(head.hash, merged)
    return PushMerge(head.hash, merged)


def find_relation(local: LocalState, remote: RemoteState | None, last: LastSynced) -> SyncRelation:
    """Return how the newest version here relates to the hosting's.

    It is the "same", "ahead" of it, "behind" it, or both have gone on ("apart"); "new" means that the hosting never had
    the webinar. A webinar that is deleted there is compared like any other.

    Args:
        local: What is here.
        remote: What the hosting has, with its `history` where `needs_history`; None where it never had the webinar.
        last: What the hosting had at the last sync.

    Raises:
        KnownError: ``sync.unsaved``: there is no version here.
    """
    head = _require_head(local)
    if remote is None:
        return "new"
    if remote.version == head.hash:
        return "same"
    if local.descends(head.hash, remote.version):
        return "ahead"
    return "behind" if not local.has(remote.version) and _has_all(local, remote, last, head) else "apart"


def needs_history(local: LocalState, remote: RemoteState, last: LastSynced) -> bool:
    """Return whether `RemoteState.history` must be filled in to tell if the hosting has all that was saved here."""
    return not last.version and not local.has(remote.version)


def _has_all(local: LocalState, remote: RemoteState, last: LastSynced, head: Version) -> bool:
    """Return whether all that was saved here is in the hosting's version."""
    if local.has(remote.version):
        return local.descends(remote.version, head.hash)
    # The hosting's version is unknown here, but it follows all that the hosting had at the last sync.
    return local.descends(last.version, head.hash) if last.version else head.hash in remote.history


def _require_head(local: LocalState) -> Version:
    head = ancestry.find_current_head(local.versions)
    if head is None:
        raise KnownError("sync.unsaved")
    return head
