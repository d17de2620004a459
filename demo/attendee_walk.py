"""The sample as an attendee sees it: public page, waiting room, talk, call to action and survey, each screenshot."""

from pathlib import Path

from demo.browser import Browser
from demo.console import print_status
from editor.progress import Progress

SIZE = (1280, 800)
ATTENDEE_NAME = "Marie"
OPEN_TIMEOUT_S = 20
START_TIMEOUT_S = 90
OFFER_TIMEOUT_S = 60
"""Timeouts in seconds; most of each is the webinar's own time, the rest is room for a busy machine."""
COUNTDOWN = "document.querySelector('[role=timer]')?.textContent"
PICTURE = "[...document.querySelectorAll('.screen img')].some(image => image.naturalWidth > 0)"
MOVING = "(v => v && !v.paused && v.currentTime > {after_s})(document.querySelector('video.on'))"
SETTLED = "document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations > 1)"
"""JavaScript that is true when no transition is running; endless animations do not count."""
BUTTON = "[...document.querySelectorAll('button')].find(b => b.checkVisibility() && b.textContent.includes('{text}'))"


def attend_session(address: str, output: Path, progress: Progress) -> None:
    """Attend a session in a headless browser, from before it begins, and write a screenshot of each stage.

    Args:
        address: URL of the public page.
        output: Folder for the screenshots.
        progress: Is reported to at each wait; its cancel ends the walk.

    Raises:
        KnownError: ``demo.no_browser``, ``demo.browser``, or ``demo.not_seen`` for a stage that did not come in time.
        CancelledError: The progress was cancelled.
    """
    with Browser(output / "browser", SIZE, progress) as browser:

        def capture(name: str, description: str) -> None:
            browser.wait_for(SETTLED, description, OPEN_TIMEOUT_S)
            browser.take_screenshot(output / f"{name}.png")
            print_status(f"{description}: {output / f'{name}.png'}")

        browser.navigate(address)
        browser.wait_for("document.querySelector('#name')", "the public page", OPEN_TIMEOUT_S)
        capture("6-invitation", "The page behind the link")
        browser.type_text("document.querySelector('#name')", ATTENDEE_NAME)
        browser.click("document.querySelector('form button[type=submit]')")
        browser.wait_for(f"{COUNTDOWN} && {PICTURE}", "the waiting room", OPEN_TIMEOUT_S)
        capture("7-waiting-room", f"{ATTENDEE_NAME} is in the waiting room")
        browser.click(BUTTON.format(text="Join"))
        browser.wait_for(MOVING.format(after_s=5), "the talk", START_TIMEOUT_S)
        browser.type_text("document.querySelector('.compose textarea')", "Is Saturn up tonight?")
        browser.click(BUTTON.format(text="Send"))
        capture("8-talk", f"The event began by itself; {ATTENDEE_NAME} asks a question")
        browser.wait_for(BUTTON.format(text="Book your evening"), "the call to action", OFFER_TIMEOUT_S)
        capture("9-call-to-action", "The call to action is shown")
        browser.wait_for("document.querySelector('form.survey')", "the survey", OFFER_TIMEOUT_S)
        browser.click("document.querySelector('form.survey .ratings input[value=\"5\"]')")
        browser.click("document.querySelector('form.survey .choices input')")
        capture("10-survey", "The survey is shown")
