"""A library that cannot be opened: what is told, and what pressing the button does."""

from datetime import UTC, datetime

import pytest

from editor.errors import Known
from editor.workspace import Workspace
from ui.messages import Messages
from ui.rescue import Rescue
from ui.tasks import Tasks

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def told(words):
    """What is told, the newest last."""
    messages, heard = Messages(words), []
    messages.told.connect(heard.append)
    messages.heard = heard
    return messages


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "library", now=lambda: NOW)
    made.new("Onboarding", zone="UTC")
    made.library.daily_copy()
    made.close()
    yield made
    made.close()


@pytest.fixture
def rescue(told, words, workspace):
    tasks = Tasks(told)
    yield Rescue(lambda: workspace, tasks, told, words)
    tasks.shutdown()


def reason(workspace):
    try:
        workspace.reopen()
    except Known as known:
        return known
    raise AssertionError


def test_a_damaged_library_offers_its_copy_and_keeps_what_was_there(qtbot, rescue, told, workspace):
    file = workspace.root / "library.db"
    file.write_bytes(file.read_bytes()[:5_000])
    opened = []
    rescue.offer(reason(workspace), lambda: opened.append(True))
    qtbot.waitUntil(lambda: len(told.heard) == 1)
    assert "damaged" in told.heard[0].text
    assert told.heard[0].action[0] == "Put back the copy of Sun 22 Nov 2026"
    told.heard[0].action[1]()
    qtbot.waitUntil(lambda: opened == [True])
    assert [card.title for card in workspace.library.cards()] == ["Onboarding"]
    aside = workspace.root / "aside-1"
    assert (aside / "library.db").stat().st_size == 5_000
    assert str(aside) in told.heard[1].text


def test_without_a_whole_copy_one_may_try_again(qtbot, rescue, told, workspace):
    (copy,) = workspace.copies()
    copy.write_bytes(copy.read_bytes()[:5_000])
    (workspace.root / "library.db").unlink()
    opened = []
    rescue.offer(reason(workspace), lambda: opened.append(True))
    qtbot.waitUntil(lambda: len(told.heard) == 1)
    assert told.heard[0].action[0] == "Try again"
    told.heard[0].action[1]()
    assert opened


def test_a_copy_that_goes_bad_meanwhile_is_not_put_back(qtbot, rescue, told, workspace):
    (workspace.root / "library.db").unlink()
    rescue.offer(reason(workspace), lambda: None)
    qtbot.waitUntil(lambda: len(told.heard) == 1)
    (copy,) = workspace.copies()
    copy.write_bytes(copy.read_bytes()[:5_000])
    told.heard[0].action[1]()
    qtbot.waitUntil(lambda: len(told.heard) > 1)
    assert told.heard[1].action[0] == "Try again"
    assert not (workspace.root / "library.db").exists()


def test_what_no_copy_helps_against_is_tried_again(rescue, told):
    rescue.offer(Known("library.unwritable", path="/x", reason="read-only"), lambda: None)
    assert told.heard[0].action[0] == "Try again"
