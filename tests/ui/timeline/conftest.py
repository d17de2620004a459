"""Fixtures of the timeline's tests; the webinars and the stand are in `stand`."""

from collections.abc import Callable

import pytest

from editor.schedule.model import Webinar
from tests.ui.timeline.stand import PaintedDesk, Table, many, onboarding
from ui import theme


@pytest.fixture
def crowd() -> Callable[[int], Webinar]:
    return many


@pytest.fixture
def desk(qapp) -> PaintedDesk:
    return PaintedDesk()


@pytest.fixture
def lay(qtbot, settings, words, desk) -> Callable[..., Table]:
    """Lays a webinar on a table: 1,330 px wide, so that the onboarding webinar is about 4 px a second."""

    def make(webinar: Webinar | None = None, *, width: int = 1330, height: int = 300) -> Table:
        table = Table(onboarding() if webinar is None else webinar, settings, words, desk)
        qtbot.addWidget(table.timeline)
        table.timeline.resize(width, height)
        table.timeline.show()
        qtbot.waitExposed(table.timeline)
        table.timeline.activateWindow()
        table.timeline.setFocus()
        qtbot.waitUntil(table.timeline.hasFocus)
        return table

    return make


@pytest.fixture
def table(lay) -> Table:
    """The onboarding webinar, with snapping off, so that a pixel is a pixel."""
    made = lay()
    made.settings["snap"] = False
    return made


@pytest.fixture(params=["dark", "light"])
def dressed(request, qapp):
    """The whole program in dark, then in light."""
    theme.apply(qapp, request.param)
    yield request.param
    qapp.setStyleSheet("")
