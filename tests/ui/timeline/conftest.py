"""Fixtures of the timeline's tests; the webinars and the stand are in `stand`."""

from collections.abc import Callable

import pytest

from editor.schedule.model import Webinar
from tests.ui.timeline.timeline_fixtures import (
    FakeMediaService,
    TimelineHarness,
    make_large_webinar,
    make_onboarding_webinar,
)
from ui.style import theme


@pytest.fixture
def make_crowded_webinar() -> Callable[[int], Webinar]:
    return make_large_webinar


@pytest.fixture
def media_service(qapp) -> FakeMediaService:
    return FakeMediaService()


@pytest.fixture
def make_harness(qtbot, settings, formatter, media_service) -> Callable[..., TimelineHarness]:
    """Lays a webinar on a table: 1,330 px wide, so that the onboarding webinar is about 4 px a second."""

    def make(webinar: Webinar | None = None, *, width: int = 1330, height: int = 300) -> TimelineHarness:
        table = TimelineHarness(
            make_onboarding_webinar() if webinar is None else webinar, settings, formatter, media_service
        )
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
def harness(make_harness) -> TimelineHarness:
    """The onboarding webinar, with snapping off, so that a pixel is a pixel."""
    made = make_harness()
    made.settings["snap"] = False
    return made


@pytest.fixture(params=["dark", "light"])
def theme_name(request, qapp):
    """The whole program in dark, then in light."""
    theme.apply(qapp, request.param)
    yield request.param
    qapp.setStyleSheet("")
