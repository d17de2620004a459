"""The demo's browser: a real Chromium at the other end of a pipe."""

import os
import signal

import pytest

from demo.browser import Browser
from editor.errors import CancelledError, KnownError
from editor.progress import Progress
from tests.screenshot_checks import require_picture

GREET = "document.title = 'Hello ' + document.querySelector('input').value"
PAGE = f'data:text/html;charset=utf-8,<input id=name><button onclick="{GREET}">Enter</button>'


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    with Browser(folder, (640, 400), Progress()) as opened:
        yield opened
    assert [each.name for each in folder.iterdir()] == ["browser.log"]


def test_it_writes_clicks_waits_and_takes_pictures(browser, tmp_path):
    browser.navigate(PAGE)
    browser.wait_for("document.querySelector('#name')", "the field", 20)
    browser.type_text("document.querySelector('#name')", "Zoë")
    browser.click("document.querySelector('button')")
    browser.wait_for("document.title === 'Hello Zoë'", "the greeting", 20)
    browser.take_screenshot(tmp_path / "page.png")
    require_picture(tmp_path / "page.png", (640, 400))


def test_a_timeout_names_what_was_awaited(browser):
    with pytest.raises(KnownError) as error_info:
        browser.wait_for("false", "the moon", 0)
    assert (error_info.value.code, error_info.value.facts["what"]) == ("demo.not_seen", "the moon")


def test_a_cancelled_progress_ends_the_wait(tmp_path):
    progress = Progress()
    with Browser(tmp_path, (320, 200), progress) as browser:
        progress.cancel()
        with pytest.raises(CancelledError):
            browser.wait_for("false", "the moon", 60)


def test_a_killed_browser_is_an_error(tmp_path):
    with Browser(tmp_path, (320, 200), Progress()) as browser:
        os.kill(browser.process_id, signal.SIGKILL)
        with pytest.raises(KnownError) as error_info:
            browser.wait_for("false", "the moon", 60)
    assert error_info.value.code == "demo.browser"


def test_a_missing_browser_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KnownError) as error_info:
        Browser(tmp_path, (320, 200), Progress())
    assert error_info.value.code == "demo.no_browser"
