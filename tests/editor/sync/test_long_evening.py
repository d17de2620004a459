"""Two organizers at one webinar for a long evening, in every order: nothing that anybody saved is lost."""

import random

import pytest

from editor.library.lines import ours
from editor.schedule.operations import Add
from editor.sync.exchange import accept, exchange
from hosting import backups
from tests.editor.sync.tools import cta

STEPS = 40


class Organizer:
    """One of them, who adds an offer at a place of their own every now and then."""

    def __init__(self, workspace, sync, webinar, places, chance):
        self.workspace = workspace
        self.sync = sync
        self.webinar = webinar
        self.document = workspace.open(webinar)
        self._places = places
        self._chance = chance
        self.added = set()

    def add(self):
        made = cta(next(self._places))
        self.document.apply(Add(segments=(made,)))
        self.added.add(made.id)

    def save(self):
        self.workspace.save(self.webinar)

    def add_and_save(self):
        self.add()
        self.save()

    def exchange(self):
        if exchange(self.sync).went_back:
            accept(self.sync)
            exchange(self.sync)

    def update(self):
        newer = self.workspace.newer(self.webinar)
        if newer is not None:
            self.workspace.update_draft(self.document, newer.hash)

    def update_and_think_again(self):
        if self.workspace.newer(self.webinar) is not None:
            self.update()
            self.document.undo()

    def come_back_later(self):
        self.document = self.workspace.open(self.webinar)

    def step(self):
        deeds = [self.add, self.save, self.add_and_save, self.exchange, self.exchange, self.update]
        self._chance.choice([*deeds, self.update_and_think_again, self.come_back_later])()

    def head(self):
        return self.workspace.version(ours(self.workspace.versions(self.webinar)).hash)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost(shared, hosting, tmp_path, seed):
    webinar, (workspace, sync), (other, others) = shared
    chance = random.Random(seed)
    places = iter(range(100_000, 10_000_000, 10_000))
    ada = Organizer(workspace, sync, webinar, places, chance)
    bo = Organizer(other, others, webinar, places, chance)
    backup = tmp_path / "backup.db"
    for number in range(STEPS):
        chance.choice([ada, bo]).step()
        if seed == 0 and number == STEPS // 2:
            backups.make(hosting.folder, backup)
        if seed == 0 and number == STEPS * 3 // 4:
            hosting.restore(backup)
    for each in (ada, bo):
        each.save()
    for each in (ada, bo, ada, bo):
        each.exchange()
        each.update()
    assert ada.head() == bo.head()
    assert ada.document.webinar == bo.document.webinar == ada.head()
    assert {segment.id for segment in ada.head().interactions} == {"a", "b"} | ada.added | bo.added
    for each in (ada, bo):
        assert {item.state for item in exchange(each.sync).items} == {"same"}
