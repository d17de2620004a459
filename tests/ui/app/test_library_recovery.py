"""A library that cannot be opened: the message, and what its button does."""

from datetime import UTC, datetime

import pytest

from editor.errors import KnownError
from editor.workspace import Workspace
from ui.app.library_recovery import LibraryRecovery
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def notifications(formatter):
    """Return the posted messages, the newest last."""
    notifications, posted = Notifications(formatter), []
    notifications.posted.connect(posted.append)
    notifications.events = posted
    return notifications


@pytest.fixture
def workspace(tmp_path):
    new_workspace = Workspace(tmp_path / "library", now=lambda: NOW)
    new_workspace.create_webinar("Onboarding", zone="UTC")
    new_workspace.library.make_daily_backup()
    new_workspace.close()
    yield new_workspace
    new_workspace.close()


@pytest.fixture
def recovery(notifications, formatter, workspace):
    tasks = TaskRunner(notifications)
    yield LibraryRecovery(lambda: workspace, tasks, notifications, formatter)
    tasks.shutdown()


def find_open_error(workspace):
    try:
        workspace.reopen()
    except KnownError as known:
        return known
    raise AssertionError


def test_a_damaged_library_offers_its_copy_and_keeps_what_was_there(qtbot, recovery, notifications, workspace):
    file = workspace.root / "library.db"
    file.write_bytes(file.read_bytes()[:5_000])
    opened = []
    recovery.offer(find_open_error(workspace), lambda: opened.append(True))
    qtbot.waitUntil(lambda: len(notifications.events) == 1)
    assert "damaged" in notifications.events[0].text
    assert notifications.events[0].action[0] == "Restore the backup of Sun 22 Nov 2026"
    notifications.events[0].action[1]()
    qtbot.waitUntil(lambda: opened == [True])
    assert [card.title for card in workspace.library.list_webinars()] == ["Onboarding"]
    aside = workspace.root / "aside-1"
    assert (aside / "library.db").stat().st_size == 5_000
    assert str(aside) in notifications.events[1].text


def test_without_a_whole_copy_one_may_try_again(qtbot, recovery, notifications, workspace):
    (copy,) = workspace.list_backups()
    copy.write_bytes(copy.read_bytes()[:5_000])
    (workspace.root / "library.db").unlink()
    opened = []
    recovery.offer(find_open_error(workspace), lambda: opened.append(True))
    qtbot.waitUntil(lambda: len(notifications.events) == 1)
    assert notifications.events[0].action[0] == "Try again"
    notifications.events[0].action[1]()
    assert opened


def test_a_copy_that_goes_bad_meanwhile_is_not_put_back(qtbot, recovery, notifications, workspace):
    (workspace.root / "library.db").unlink()
    recovery.offer(find_open_error(workspace), lambda: None)
    qtbot.waitUntil(lambda: len(notifications.events) == 1)
    (copy,) = workspace.list_backups()
    copy.write_bytes(copy.read_bytes()[:5_000])
    notifications.events[0].action[1]()
    qtbot.waitUntil(lambda: len(notifications.events) > 1)
    assert notifications.events[1].action[0] == "Try again"
    assert not (workspace.root / "library.db").exists()


def test_what_no_copy_helps_against_is_tried_again(recovery, notifications):
    recovery.offer(KnownError("library.unwritable", path="/x", reason="read-only"), lambda: None)
    assert notifications.events[0].action[0] == "Try again"
