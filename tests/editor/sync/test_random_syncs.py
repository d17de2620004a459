"""Two organizers edit and sync one webinar in random orders: no saved change is lost."""

import random

import pytest

from editor.library.ancestry import find_current_head
from editor.schedule.operations import Add
from editor.sync.library_sync import accept_restored_hosting, sync_library
from hosting.db import backups
from tests.editor.sync.hosting_fixtures import make_cta

STEPS = 40


class RandomOrganizer:
    """One of them, who adds an offer at a place of their own every now and then."""

    def __init__(self, workspace, sync, webinar, places, chance):
        self.workspace = workspace
        self.sync = sync
        self.webinar = webinar
        self.document = workspace.open(webinar)
        self._places = places
        self._random = chance
        self.added = set()

    def add(self):
        segment = make_cta(next(self._places))
        self.document.apply(Add(segments=(segment,)))
        self.added.add(segment.id)

    def save(self):
        self.workspace.save_version(self.webinar)

    def add_and_save(self):
        self.add()
        self.save()

    def sync_now(self):
        if sync_library(self.sync).was_restored:
            accept_restored_hosting(self.sync)
            sync_library(self.sync)

    def update_draft(self):
        newer = self.workspace.find_incoming_version(self.webinar)
        if newer is not None:
            self.workspace.apply_version(self.document, newer.hash)

    def update_and_undo(self):
        if self.workspace.find_incoming_version(self.webinar) is not None:
            self.update_draft()
            self.document.undo()

    def reopen(self):
        self.document = self.workspace.open(self.webinar)

    def step(self):
        actions = [self.add, self.save, self.add_and_save, self.sync_now, self.sync_now, self.update_draft]
        self._random.choice([*actions, self.update_and_undo, self.reopen])()

    def load_head(self):
        return self.workspace.load_version(find_current_head(self.workspace.list_versions(self.webinar)).hash)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost(shared, hosting, tmp_path, seed):
    webinar, (workspace, sync), (other, others) = shared
    chance = random.Random(seed)
    places = iter(range(100_000, 10_000_000, 10_000))
    ada = RandomOrganizer(workspace, sync, webinar, places, chance)
    bo = RandomOrganizer(other, others, webinar, places, chance)
    backup = tmp_path / "backup.db"
    for number in range(STEPS):
        chance.choice([ada, bo]).step()
        if seed == 0 and number == STEPS // 2:
            backups.create_backup(hosting.folder, backup)
        if seed == 0 and number == STEPS * 3 // 4:
            hosting.restore_backup(backup)
    for each in (ada, bo):
        each.save()
    for each in (ada, bo, ada, bo):
        each.sync_now()
        each.update_draft()
    assert ada.load_head() == bo.load_head()
    assert ada.document.webinar == bo.document.webinar == ada.load_head()
    assert {segment.id for segment in ada.load_head().interactions} == {"a", "b"} | ada.added | bo.added
    for each in (ada, bo):
        assert {item.state for item in sync_library(each.sync).items} == {"same"}
