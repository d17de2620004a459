"""Publish, close the laptop, and at the hour three people in three browsers see the same thing at the same moment.

The editor's window, the hosting and the browser are processes of their own. Where the film is, is read from the film's
own squares in pictures of each page, and held against the hosting's clock before and after the picture. In the middle
the hosting is killed and started again.
"""

import re
import time
from itertools import combinations
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from editor.schedule import build, operations
from editor.schedule.model import SECOND
from editor.workspace import Workspace
from tests.hosting.tools import OWNER
from tests.journeys import timecode
from tests.journeys.guest import PLAYING_S, Guest, Room, Sight, in_seconds
from tests.journeys.outside import PATIENCE_S, until

TITLE = "By itself"
WITHIN_MS = 500
BACK_WITHIN_S = 10


def test_published_and_left_alone_it_plays_to_everyone_at_once(start, serve, toured, tmp_path, browser):
    hosting = serve()
    hosting.own()

    # -- the evening before, the organizer signs in: how long that takes says how much time to give all the rest here
    webinar_id = begin(toured)
    began = time.monotonic()
    program = start("--webinar", webinar_id)
    sign_in(program, hosting.url)
    program.close()
    pace_s = round(time.monotonic() - began)
    film_ms = min(20 + 2 * pace_s, 80) * SECOND
    finish(toured, webinar_id, timecode.render(tmp_path / "film.mp4", film_ms), begins_in_s=12 + 4 * pace_s)

    # -- publishes, takes the link, and closes the laptop
    program = start("--webinar", webinar_id)
    link = publish(program, hosting.url)
    program.close()
    room = Room(hosting.url, link.rpartition("/")[2])
    assert room.now < room.starts_at, "published in time"

    # -- two wait for the beginning
    early = [Guest(browser, link, "Marie"), Guest(browser, link, "Jonas", language="fr-FR")]
    for guest in early:
        guest.page.get_by_role("timer").wait_for()
        guest.page.get_by_role("button", name=re.compile("Join|Rejoindre")).click()
    early[0].keep("32-waiting-for-the-hour")

    # -- at its hour it begins, and one comes late
    for guest in early:
        guest.sees(room)
    late = Guest(browser, link, "Ada")
    guests = [*early, late]
    all_see_the_same(guests, room)
    late.keep("33-late-and-in-place")

    # -- the hosting dies and is started again
    hosting.kill()
    for guest in guests:
        guest.is_cut_off()
    early[1].keep("34-the-hosting-is-gone")
    again = serve("--port", str(hosting.address[1]))
    for guest in guests:
        guest.is_back(BACK_WITHIN_S)
    all_see_the_same(guests, room)
    for guest in guests:
        guest.page.get_by_role("button", name="Take a seat").wait_for(timeout=PLAYING_S * 1000)
    early[0].keep("35-what-comes-after-the-restart")
    all_see_the_same(guests, room)

    # -- the end
    for guest in guests:
        guest.page.get_by_role("heading", name=re.compile("Thank you|Merci")).wait_for(timeout=PLAYING_S * 1000)
    late.keep("36-the-end")
    for guest in guests:
        guest.leave()
    assert again.stop() == 0


def begin(library) -> str:
    """A webinar with nothing in it yet."""
    with Workspace(library) as workspace:
        return workspace.new(TITLE, zone="UTC")


def finish(library, webinar_id: str, film: Path, *, begins_in_s: int) -> None:
    """Lay a film on it and an offer over the film's second half, set its hour, and save it."""
    with Workspace(library) as workspace:
        media = workspace.shelf.take(film)
        defaults = build.Defaults.of(workspace.settings)
        half_ms = media.duration_ms // 2
        offer = replace(build.cta(half_ms, defaults, title="There is room for you"), length_ms=half_ms)
        offer = replace(offer, label="Take a seat", link="https://example.org/seat")
        shown = replace(build.segment_for(media, 0, defaults), hold_ms=0)
        document = workspace.open(webinar_id)
        document.apply(operations.Add(segments=(shown,), media=(media,)))
        document.apply(operations.Add(segments=(offer,)))
        document.apply(operations.Plan(start=in_seconds(begins_in_s), waiting_text="In a moment."))
        workspace.save(webinar_id, "")


def sign_in(program, address: str) -> None:
    """In the publish dialog, by keyboard."""
    program.press("Publish…", "Button")
    program.press("Sign in to a hosting…", "Button")
    program.see("Address", "EditableText")
    program.write(address)
    program.keys("Tab")
    program.write(OWNER["email"])
    program.keys("Tab")
    program.write(OWNER["password"])
    program.keys("Return")
    program.see(f"Signed in as {OWNER['email']}.")
    program.press("Close", "Button")
    program.gone("Close", "Button")


def publish(program, address: str) -> str:
    """Through the dialog; gives the link that stands on the clipboard then."""
    program.press("Publish…", "Button")
    program.see(f"Signed in as {OWNER['email']}.")
    until(lambda: "disabled" not in program.see("Publish", "Button").states, "it can be published")
    program.keep("30-about-to-publish")
    program.press("Publish", "Button")
    program.see("Published. This is the attendees' link.*", "StaticText", patience_s=2 * PATIENCE_S)
    program.press("Copy", "Button")
    program.see("The link is copied.", "StaticText")
    program.keep("31-published")
    link = until(clipboard, "the link is on the clipboard")
    assert link.startswith(f"{address}/w/")
    program.press("Close", "Button")
    program.gone("Close", "Button")
    return link


def clipboard() -> str:
    """What anybody would paste now. Qt hears of what other programs copied while it looks at its events."""
    QGuiApplication.processEvents()
    return QGuiApplication.clipboard().text()


def all_see_the_same(guests: list[Guest], room: Room) -> None:
    """Each page shows what the room's clock says, and none is apart from another.

    What a busy machine holds up for a moment has to be in place again within seconds; how near pages are on a quiet one
    is the benchmark's to say.
    """
    looks: list[list[Sight]] = []

    def together() -> bool:
        sights = [guest.sees(room) for guest in guests]
        looks.append(sights)
        near = all(sight.is_within(WITHIN_MS) for sight in sights)
        return near and max(one.apart(other) for one, other in combinations(sights, 2)) <= WITHIN_MS

    try:
        until(together, "all see the same", BACK_WITHIN_S)
    except AssertionError:
        raise AssertionError(looks) from None
