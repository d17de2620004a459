"""The sample as a guest sees it: from the public page through the waiting room to the survey, a picture of each."""

from pathlib import Path

from demo.browser import Browser
from demo.console import print_status
from editor.progress import Progress

SIZE = (1280, 800)
ATTENDEE_NAME = "Marie"
OPEN_TIMEOUT_S = 20
START_TIMEOUT_S = 90
OFFER_TIMEOUT_S = 60
"""How long each may take on a busy machine; most of it is what the webinar itself takes."""
COUNTDOWN = "document.querySelector('[role=timer]')?.textContent"
PICTURE = "[...document.querySelectorAll('.screen img')].some(image => image.naturalWidth > 0)"
MOVING = "(v => v && !v.paused && v.currentTime > {after_s})(document.querySelector('video.on'))"
SETTLED = "document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations > 1)"
"""What slides or fades in has come to rest."""
BUTTON = "[...document.querySelectorAll('button')].find(b => b.checkVisibility() && b.textContent.includes('{text}'))"


def attend_session(address: str, output: Path, progress: Progress) -> None:
    """Be a guest, in a browser without a window.

    Args:
        address: the room's.
        output: where the pictures go.
        progress: told at each wait.

    Raises:
        Known: ``demo.*``.
        Cancelled: the progress was cancelled.
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
        capture("7-waiting-room", f"{ATTENDEE_NAME} waits for the beginning")
        browser.click(BUTTON.format(text="Join"))
        browser.wait_for(MOVING.format(after_s=5), "the talk", START_TIMEOUT_S)
        browser.type_text("document.querySelector('.compose textarea')", "Is Saturn up tonight?")
        browser.click(BUTTON.format(text="Send"))
        capture("8-talk", f"It began by itself and plays; {ATTENDEE_NAME} asks something")
        browser.wait_for(BUTTON.format(text="Book your evening"), "the call to action", OFFER_TIMEOUT_S)
        capture("9-call-to-action", "The call to action is offered")
        browser.wait_for("document.querySelector('form.survey')", "the survey", OFFER_TIMEOUT_S)
        browser.click("document.querySelector('form.survey .ratings input[value=\"5\"]')")
        browser.click("document.querySelector('form.survey .choices input')")
        capture("10-survey", "The survey is asked")
