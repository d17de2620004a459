"""Fixtures of the timeline's tests; webinars, fake services and the harness are in `timeline_fixtures`."""

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
    """Return a factory of timelines, 1,330 px wide, so that the onboarding webinar has about 4 px a second."""

    def make(webinar: Webinar | None = None, *, width: int = 1330, height: int = 300) -> TimelineHarness:
        harness = TimelineHarness(
            make_onboarding_webinar() if webinar is None else webinar, settings, formatter, media_service
        )
        qtbot.addWidget(harness.timeline)
        harness.timeline.resize(width, height)
        harness.timeline.show()
        qtbot.waitExposed(harness.timeline)
        harness.timeline.activateWindow()
        harness.timeline.setFocus()
        qtbot.waitUntil(harness.timeline.hasFocus)
        return harness

    return make


@pytest.fixture
def harness(make_harness) -> TimelineHarness:
    """Return a timeline with the onboarding webinar and snapping off, so that a pixel is a pixel."""
    timeline_harness = make_harness()
    timeline_harness.settings["snap"] = False
    return timeline_harness


@pytest.fixture(params=["dark", "light"])
def theme_name(request, qapp):
    """Run a test in the dark and in the light theme."""
    theme.apply(qapp, request.param)
    yield request.param
    qapp.setStyleSheet("")
