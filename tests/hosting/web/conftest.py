"""Fixtures for tests in a browser: sample media, the built pages, Chromium, and pages opened as attendees."""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.hosting.hosting_fixtures import HostingServer
from tests.hosting.web.webinar_fixtures import OrganizerSession, SampleMedia, make_sample_media

ROOT = Path(__file__).resolve().parents[3]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def sample_media(tmp_path_factory: pytest.TempPathFactory) -> SampleMedia:
    return make_sample_media(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="session")
def built_pages() -> None:
    """Build the pages from their present sources."""
    spec = importlib.util.spec_from_file_location("build_web", ROOT / "packaging" / "tools" / "build_web.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(ROOT, Path(sys.executable), dict(os.environ))


@pytest.fixture(scope="session")
def browser(built_pages: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def organizer(sample_media: SampleMedia, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OrganizerSession]:
    """Start a hosting with the sample media, for all tests of a module, and sign its owner in."""
    folder = tmp_path_factory.mktemp("hosting") / "served"
    served = HostingServer(folder)
    try:
        yield OrganizerSession(served, sample_media, folder)
    finally:
        served.stop()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages as attendees; an error in the console, a request to another host or a cookie fails the test."""
    contexts, complaints = [], []

    def open_page_as(
        url: str,
        name: str = "",
        *,
        size: tuple[int, int] = (1440, 860),
        language: str = "en-GB",
        before: str = "",
        **how: Any,
    ) -> Page:
        width, height = size
        context: Any = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, timezone_id="Europe/Paris", **how
        )
        contexts.append(context)
        if before:
            context.add_init_script(before)
        context.set_default_timeout(15_000)
        page: Page = context.new_page()
        hosting_netloc = urlsplit(url).netloc
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on(
            "request",
            lambda request: complaints.append(request.url) if urlsplit(request.url).netloc != hosting_netloc else None,
        )
        page.goto(url)
        if name:
            page.fill("#name", name)
            page.press("#name", "Enter")
            page.wait_for_selector(".room")
        return page

    yield open_page_as
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert complaints == []
    assert cookies == []


def _is_complaint(message: ConsoleMessage) -> bool:
    # Some tests stop the hosting or open an address that does not exist.
    return message.type == "error" and "Failed to load resource" not in message.text
