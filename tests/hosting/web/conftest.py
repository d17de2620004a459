"""Props made once, the pages built, a browser, and guests in it."""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.hosting.web.evenings import Props, make_props

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
]


@pytest.fixture(scope="session")
def props(tmp_path_factory: pytest.TempPathFactory) -> Props:
    return make_props(tmp_path_factory.mktemp("props"))


@pytest.fixture(scope="session")
def built() -> None:
    """The pages as their sources are now."""
    spec = importlib.util.spec_from_file_location("pages", ROOT / "packaging" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(ROOT, Path(sys.executable), dict(os.environ))


@pytest.fixture(scope="session")
def browser(built: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def guest(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody; whatever it complains of fails the test."""
    contexts, wrong = [], []

    def come(url: str, name: str = "", *, width: int = 1440, height: int = 860, language: str = "en-GB") -> Page:
        context: Any = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, timezone_id="Europe/Paris"
        )
        contexts.append(context)
        page: Page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        if name:
            page.fill("#name", name)
            page.press("#name", "Enter")
            page.wait_for_selector(".room")
        return page

    yield come
    for context in contexts:
        context.close()
    assert wrong == []
