"""Which sessions need this computer, and what is asked before it is left."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from editor.protocol.api import Session
from editor.schedule.model import HOUR, MINUTE
from tests.ui.hosting import hosting
from tests.ui.publish.organizers import organizer
from ui.publish.awake import Awake
from ui.publish.vigil import Vigil

__all__ = ["hosting", "organizer"]
NOW = 4_000_000_000_000


def session(in_ms, phase="planned", **facts):
    told = {"id": "s", "webinar": "w", "version": "0" * 64, "number": 1, "title": "The night sky", "slug": "s"}
    told |= {"url": "http://127.0.0.1/w/s", "start": "2099-12-01T18:00:00", "zone": "Europe/Paris", "price": None}
    told |= {"room": "automated", "chat": "none", "test": False, "replay": False, "waiting_ms": 0, "state": "planned"}
    told |= {"starts_at": NOW + in_ms, "ends_at": NOW + in_ms + HOUR, "phase": phase, "persons": 0, "now": NOW}
    return Session(**{**told, **facts})


class Holder:
    """Holds at once."""

    def __init__(self):
        self.held = False

    def hold(self, _why, then):
        self.held = True
        then(True)

    def release(self):
        self.held = False


@pytest.mark.parametrize(
    ("sessions", "held", "coming"),
    [
        ((), False, False),
        ((session(31 * MINUTE),), False, True),
        ((session(30 * MINUTE),), True, True),
        ((session(31 * MINUTE, "waiting"),), True, True),
        ((session(-HOUR, "running"),), True, True),
        ((session(-HOUR, "held"),), True, True),
        ((session(-HOUR, "over"),), False, False),
        ((session(MINUTE, "cancelled", state="cancelled"),), False, False),
        ((session(25 * HOUR),), False, False),
        ((session(MINUTE, test=True),), True, False),
        ((session(-HOUR, "on_demand"),), False, False),
    ],
)
def test_the_computer_stays_up_for_what_runs_or_is_due(qapp, sessions, held, coming):
    holder, owner = Holder(), QObject()
    vigil = Vigil(Awake((holder,)), owner)
    vigil.look(sessions)
    assert holder.held is held
    assert (vigil.coming is not None) is coming
    vigil.end()
    assert not holder.held


def test_closing_asks_first_where_a_session_is_to_begin_here(organizer, shot):
    ada = organizer()
    left = []
    assert not ada.liaison.ask_before_closing(lambda: left.append(1))
    ada.liaison.desk.vigil.look((session(HOUR),))
    for name, times in (("Keep Matinee open", 0), ("Close all the same", 1)):
        assert ada.liaison.ask_before_closing(lambda: left.append(1))
        asking = next(each for each in ada.liaison._over.findChildren(QMessageBox) if each.isVisible())
        assert "The night sky" in asking.text()
        assert asking.defaultButton().text() == "Keep Matinee open"
        shot(asking, "closing")
        next(each for each in asking.buttons() if each.text() == name).click()
        ada.idle()
        assert len(left) == times
