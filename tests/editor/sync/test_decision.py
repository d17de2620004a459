"""Any interleaving of two people's saves and syncs ends with the same on both sides, and nothing saved is lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from editor.errors import KnownError
from editor.library import ancestry
from editor.library.records import LastSynced, Version
from editor.schedule import serialization
from editor.schedule.merge import merge
from editor.schedule.model import Cta, Webinar
from editor.sync.decision import (
    AcceptRemote,
    DoNothing,
    LocalState,
    PullVersion,
    PushMerge,
    PushVersion,
    RemoteState,
    ReportConflict,
    decide,
    find_relation,
    needs_history,
)

SAVED_AT = datetime(2026, 12, 1, tzinfo=UTC)
DOCUMENTS = {}
"""Every document that was ever saved by the hash of its version: they name themselves, so one store serves all."""


def make_version(document, parents, **facts):
    """Return a version of a document."""
    identity = serialization.hash_version(serialization.encode(document), parents)
    DOCUMENTS[identity] = document
    return Version(hash=identity, webinar="w", parents=parents, note="", saved_at=SAVED_AT, **facts)


class FakeHosting:
    """A hosting of one webinar: accepts a push over the newest revision, and keeps every version."""

    def __init__(self):
        self.rev = 0
        self.deleted = False
        self.versions = []

    def get_state(self, *, with_history=False):
        if not self.versions:
            return None
        history = frozenset(version.hash for version in self.versions) if with_history else frozenset()
        return RemoteState(self.rev, self.versions[-1].hash, self.deleted, history)

    def take(self, version, over):
        """Take a push; it must follow what is here."""
        assert over == (self.versions[-1].hash if self.versions else None)
        self.rev += 1
        self.deleted = False
        number = len(self.versions) + 1
        if not self.versions or version.hash != self.versions[-1].hash:
            self.versions.append(replace(version, number=number))


class FakeLibrary:
    """One person's library: versions, a draft, and what the hosting had at the last sync."""

    def __init__(self, hosting):
        self.hosting = hosting
        self.versions = ()
        self.last = LastSynced()
        self.draft = Webinar(id="w")
        self.saved = set()

    @property
    def local(self):
        return LocalState("w", self.versions, DOCUMENTS.__getitem__)

    def add(self, version):
        if not self.local.has(version.hash):
            self.versions = (replace(version, ordinal=len(self.versions) + 1), *self.versions)
        return next(each for each in self.versions if each.hash == version.hash)

    def update(self, version_hash, **facts):
        self.versions = tuple(replace(each, **facts) if each.hash == version_hash else each for each in self.versions)

    def save(self):
        base = ancestry.find_draft_base(self.versions)
        if base is not None and DOCUMENTS[base.hash] == self.draft:
            return
        version = make_version(self.draft, (base.hash,) if base else (), ordinal=0)
        self.saved.add(self.add(version).hash)

    def update_draft(self):
        """Take a version that was pulled into the draft; where they conflict, the pulled one wins."""
        head = ancestry.find_current_head(self.versions)
        if head is None or head.line != "pulled":
            return
        base = ancestry.find_draft_base(self.versions)
        theirs = DOCUMENTS[head.hash]
        self.draft = merge(DOCUMENTS[base.hash] if base else Webinar(id="w"), theirs, self.draft).webinar
        self.update(head.hash, line="own")

    def sync(self):
        """Do what is decided until both sides agree; a conflict is resolved by merging with mine first."""
        while True:
            remote = self.hosting.get_state()
            if remote is not None and remote.deleted and needs_history(self.local, remote, self.last):
                remote = self.hosting.get_state(with_history=True)
            decision = decide(self.local, remote, self.last)
            match decision:
                case DoNothing():
                    return decision
                case PullVersion():
                    self._pull()
                case PushVersion(version):
                    return self._push(version, decision)
                case AcceptRemote(head, _):
                    self.update(remote.version, over=head)
                    return decision
                case PushMerge(merged=merged) | ReportConflict(merged=merged):
                    head = ancestry.find_current_head(self.versions).hash
                    parents = (head, remote.version)
                    version = self.add(make_version(merged.webinar, parents, ordinal=0, line="pulled"))
                    return self._push(version.hash, decision)

    def _pull(self):
        remote = self.hosting.get_state()
        newest = self.hosting.versions[-1]
        over = next((each.hash for each in reversed(self.hosting.versions[:-1]) if self.local.has(each.hash)), None)
        self.add(replace(newest, line="pulled", over=over))
        self.last = LastSynced(rev=remote.rev, version=remote.version)

    def _push(self, version_hash, decision):
        version = next(each for each in self.versions if each.hash == version_hash)
        remote = self.hosting.get_state()
        self.hosting.take(version, remote.version if remote else None)
        self.last = LastSynced(rev=self.hosting.rev, version=version_hash)
        return decision


STEPS = st.tuples(
    st.integers(0, 1), st.sampled_from(["add", "describe", "save", "save", "sync", "sync", "update_draft"])
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_any_interleaving_ends_equal_and_loses_nothing(steps):
    hosting = FakeHosting()
    people = (FakeLibrary(hosting), FakeLibrary(hosting))
    added = {0: set(), 1: set()}
    for number, (who, step) in enumerate(steps):
        person = people[who]
        if step == "add":
            offer = Cta(id=f"s{number}", start_ms=number * 10_000, length_ms=5_000, offer=f"o{number}", title="Offer")
            person.draft = replace(person.draft, interactions=(*person.draft.interactions, offer))
            added[who].add(offer.id)
        elif step == "describe":
            person.draft = replace(person.draft, description=f"as of step {number}")
        elif step == "sync" and not person.versions:
            continue
        else:
            getattr(person, step)()
    for person in people:
        person.save()
    people = tuple(person for person in people if person.versions)
    for _ in range(2):
        for person in people:
            person.sync()
            person.update_draft()
            person.save()
    for person in people:
        person.sync()
    heads = {ancestry.find_current_head(person.versions).hash for person in people}
    assert len(heads) <= 1
    for person in people:
        assert isinstance(person.sync(), DoNothing)
        (head,) = heads
        shown = {segment.id for segment in DOCUMENTS[head].interactions}
        assert added[0] | added[1] == shown
        assert person.saved <= ancestry.find_ancestors(person.versions, head)
        assert find_relation(person.local, hosting.get_state(), person.last) == "same"


# ------------------------------------------------------------------------------------------- one decision each


@pytest.fixture
def shared():
    """Two libraries and a hosting that all have one version."""
    hosting = FakeHosting()
    ada, bo = FakeLibrary(hosting), FakeLibrary(hosting)
    ada.draft = Webinar(id="w", title="Stars")
    ada.save()
    ada.sync()
    bo._pull()
    bo.update_draft()
    return hosting, ada, bo


def test_without_a_version_there_is_nothing_to_decide():
    with pytest.raises(KnownError) as error_info:
        FakeLibrary(FakeHosting()).sync()
    assert error_info.value.code == "sync.unsaved"


def test_what_the_hosting_never_had_is_pushed():
    library = FakeLibrary(FakeHosting())
    library.draft = Webinar(id="w", title="Stars")
    library.save()
    assert find_relation(library.local, None, library.last) == "new"
    assert isinstance(library.sync(), PushVersion)
    assert isinstance(library.sync(), DoNothing)


def test_a_new_version_here_is_pushed_and_one_there_is_pulled(shared):
    hosting, ada, bo = shared
    ada.draft = replace(ada.draft, title="More stars")
    ada.save()
    assert find_relation(ada.local, hosting.get_state(), ada.last) == "ahead"
    assert isinstance(ada.sync(), PushVersion)
    assert find_relation(bo.local, hosting.get_state(), bo.last) == "behind"
    assert isinstance(decide(bo.local, hosting.get_state(), bo.last), PullVersion)
    assert isinstance(bo.sync(), DoNothing)
    assert ancestry.find_current_head(bo.versions).hash == hosting.versions[-1].hash


def test_different_changes_are_merged_and_like_ones_are_not_sent(shared):
    hosting, ada, bo = shared
    ada.draft = replace(ada.draft, title="More stars")
    bo.draft = replace(bo.draft, description="A long night")
    ada.save()
    bo.save()
    ada.sync()
    assert find_relation(bo.local, hosting.get_state(), bo.last) == "apart"
    assert isinstance(bo.sync(), PushMerge)
    newest = DOCUMENTS[hosting.versions[-1].hash]
    assert (newest.title, newest.description) == ("More stars", "A long night")
    ada.sync()
    for person in (ada, bo):
        person.update_draft()
        person.draft = replace(person.draft, title="The most stars")
    ada.draft = replace(ada.draft, description="A longer night")
    for person in (ada, bo):
        person.save()
    ada.sync()
    rev = hosting.rev
    assert isinstance(bo.sync(), AcceptRemote)
    assert hosting.rev == rev


def test_the_same_field_changed_differently_is_a_conflict(shared):
    _, ada, bo = shared
    ada.draft = replace(ada.draft, title="More stars")
    bo.draft = replace(bo.draft, title="Fewer stars")
    ada.save()
    bo.save()
    ada.sync()
    decision = bo.sync()
    assert isinstance(decision, ReportConflict)
    assert [conflict.code for conflict in decision.merged.conflicts] == ["clash.field"]
    assert (decision.mine.title, decision.theirs.title) == ("Fewer stars", "More stars")


def test_what_was_deleted_there_stays_deleted_unless_something_was_saved_since(shared):
    hosting, ada, bo = shared
    hosting.deleted, hosting.rev = True, hosting.rev + 1
    assert ada.sync() == DoNothing(deleted_remotely=True)
    assert hosting.deleted
    bo.draft = replace(bo.draft, title="More stars")
    bo.save()
    assert isinstance(bo.sync(), PushVersion)
    assert not hosting.deleted


def test_deleted_there_by_a_colleague_who_had_gone_on_stays_deleted(shared):
    hosting, ada, bo = shared
    bo.draft = replace(bo.draft, title="More stars")
    bo.save()
    bo.sync()
    hosting.deleted, hosting.rev = True, hosting.rev + 1
    assert ada.sync() == DoNothing(deleted_remotely=True)
    assert hosting.deleted


def test_at_first_contact_the_history_tells_whether_all_of_ours_is_there(shared):
    hosting, ada, bo = shared
    bo.draft = replace(bo.draft, title="More stars")
    bo.save()
    bo.sync()
    ada.last = LastSynced()
    remote = hosting.get_state()
    assert needs_history(ada.local, remote, ada.last)
    assert find_relation(ada.local, remote, ada.last) == "apart"
    assert find_relation(ada.local, hosting.get_state(with_history=True), ada.last) == "behind"
    hosting.deleted = True
    assert ada.sync() == DoNothing(deleted_remotely=True)
