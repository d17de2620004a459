"""Which sessions need this computer, and the question before the application closes."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from editor.protocol.api import Session
from editor.schedule.model import HOUR, MINUTE
from tests.ui.hosting_fixtures import hosting
from tests.ui.sync.organizer_fixtures import organizer
from ui.power.keep_awake_policy import KeepAwakePolicy
from ui.power.sleep_inhibitor import SleepInhibitor

__all__ = ["hosting", "organizer"]
NOW = 4_000_000_000_000


def make_session(in_ms, phase="planned", **facts):
    fields = {"id": "s", "webinar": "w", "version": "0" * 64, "number": 1, "title": "The night sky", "slug": "s"}
    fields |= {"url": "http://127.0.0.1/w/s", "start": "2099-12-01T18:00:00", "zone": "Europe/Paris", "price": None}
    fields |= {"room": "automated", "chat": "none", "test": False, "replay": False, "waiting_ms": 0, "state": "planned"}
    fields |= {"starts_at": NOW + in_ms, "ends_at": NOW + in_ms + HOUR, "phase": phase, "persons": 0, "now": NOW}
    return Session(**{**fields, **facts})


class FakeBackend:
    """A backend that succeeds at once."""

    def __init__(self):
        self.is_held = False

    def inhibit(self, _why, then):
        self.is_held = True
        then(True)

    def release(self):
        self.is_held = False


@pytest.mark.parametrize(
    ("sessions", "is_awake", "is_session_due"),
    [
        ((), False, False),
        ((make_session(31 * MINUTE),), False, True),
        ((make_session(30 * MINUTE),), True, True),
        ((make_session(31 * MINUTE, "waiting"),), True, True),
        ((make_session(-HOUR, "running"),), True, True),
        ((make_session(-HOUR, "held"),), True, True),
        ((make_session(-HOUR, "over"),), False, False),
        ((make_session(MINUTE, "cancelled", state="cancelled"),), False, False),
        ((make_session(25 * HOUR),), False, False),
        ((make_session(MINUTE, test=True),), True, False),
        ((make_session(-HOUR, "on_demand"),), False, False),
    ],
)
def test_the_computer_stays_up_for_what_runs_or_is_due(qapp, sessions, is_awake, is_session_due):
    holder, owner = FakeBackend(), QObject()
    policy = KeepAwakePolicy(SleepInhibitor((holder,)), owner)
    policy.update(sessions)
    assert holder.is_held is is_awake
    assert (policy.next_session is not None) is is_session_due
    policy.stop()
    assert not holder.is_held


def test_closing_asks_first_where_a_session_is_to_begin_here(organizer, screenshot):
    ada = organizer()
    left = []
    assert not ada.sync_controller.confirm_close(lambda: left.append(1))
    ada.sync_controller.service.keep_awake.update((make_session(HOUR),))
    for name, times in (("Keep Matinee open", 0), ("Close anyway", 1)):
        assert ada.sync_controller.confirm_close(lambda: left.append(1))
        asking = next(each for each in ada.sync_controller._parent_window.findChildren(QMessageBox) if each.isVisible())
        assert "The night sky" in asking.text()
        assert asking.defaultButton().text() == "Keep Matinee open"
        screenshot(asking, "closing")
        next(each for each in asking.buttons() if each.text() == name).click()
        ada.wait_idle()
        assert len(left) == times
