"""The sample as a guest sees it: from the public page through the waiting room to the survey, a picture of each."""

from pathlib import Path

from editor.progress import Progress
from ui.demo.browser import Browser
from ui.demo.telling import say

SIZE = (1280, 800)
GUEST = "Marie"
OPENING_S = 20
STARTING_S = 90
OFFER_S = 60
"""How long each may take on a busy machine; most of it is what the webinar itself takes."""
COUNTDOWN = "document.querySelector('[role=timer]')?.textContent"
PICTURE = "[...document.querySelectorAll('.screen img')].some(image => image.naturalWidth > 0)"
MOVING = "(v => v && !v.paused && v.currentTime > {after_s})(document.querySelector('video.on'))"
SETTLED = "document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations > 1)"
"""What slides or fades in has come to rest."""
BUTTON = "[...document.querySelectorAll('button')].find(b => b.checkVisibility() && b.textContent.includes('{text}'))"


def attend(address: str, output: Path, progress: Progress) -> None:
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

        def keep(name: str, what: str) -> None:
            browser.see(SETTLED, what, OPENING_S)
            browser.shoot(output / f"{name}.png")
            say(f"{what}: {output / f'{name}.png'}")

        browser.go(address)
        browser.see("document.querySelector('#name')", "the public page", OPENING_S)
        keep("6-invitation", "The page behind the link")
        browser.write("document.querySelector('#name')", GUEST)
        browser.click("document.querySelector('form button[type=submit]')")
        browser.see(f"{COUNTDOWN} && {PICTURE}", "the waiting room", OPENING_S)
        keep("7-waiting-room", f"{GUEST} waits for the beginning")
        browser.click(BUTTON.format(text="Join"))
        browser.see(MOVING.format(after_s=5), "the talk", STARTING_S)
        browser.write("document.querySelector('.compose textarea')", "Is Saturn up tonight?")
        browser.click(BUTTON.format(text="Send"))
        keep("8-talk", f"It began by itself and plays; {GUEST} asks something")
        browser.see(BUTTON.format(text="Book your evening"), "the call to action", OFFER_S)
        keep("9-call-to-action", "The call to action is offered")
        browser.see("document.querySelector('form.survey')", "the survey", OFFER_S)
        browser.click("document.querySelector('form.survey .ratings input[value=\"5\"]')")
        browser.click("document.querySelector('form.survey .choices input')")
        keep("10-survey", "The survey is asked")
