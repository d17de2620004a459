"""Publish, close the laptop, and at the hour three people in three browsers see the same thing at the same moment.

The editor's window, the hosting and the browser are processes of their own. Where the film is, is read from the film's
own squares in pictures of each page, and held against the hosting's clock before and after the picture. In the middle
the hosting is killed and started again.
"""

import re
from itertools import combinations

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from editor.schedule import build, operations
from editor.workspace import Workspace
from tests.hosting.tools import OWNER
from tests.journeys import timecode
from tests.journeys.guest import Guest, Room, in_seconds
from tests.journeys.outside import PATIENCE_S, until

TITLE = "By itself"
FILM_MS = 36_000
OFFER_MS = 18_000
"""When the call to action comes: after the hosting has been started again."""
BEGINS_IN_S = 40
"""From before the editor starts; it is published well before that."""
WITHIN_MS = 500
BACK_WITHIN_S = 10


def test_published_and_left_alone_it_plays_to_everyone_at_once(start, serve, toured, tmp_path, browser):
    hosting = serve()
    hosting.own()
    film = timecode.render(tmp_path / "film.mp4", FILM_MS)
    program = start("--webinar", plan(toured, film))

    # -- the organizer signs in, publishes, takes the link, and closes the laptop
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
        guest.page.get_by_role("button", name="Take a seat").wait_for()
    early[0].keep("35-what-comes-after-the-restart")
    all_see_the_same(guests, room)

    # -- the end
    for guest, words in zip(guests, ("Thank you for coming", "Merci d’être venu", "Thank you for coming"), strict=True):
        guest.page.get_by_role("heading", name=words).wait_for()
    late.keep("36-the-end")
    for guest in guests:
        guest.leave()
    assert again.stop() == 0


def plan(library, film) -> str:
    """An organizer's saved webinar: a film, with an offer over it."""
    with Workspace(library) as workspace:
        media = workspace.shelf.take(film)
        defaults = build.Defaults.of(workspace.settings)
        offer = replace(build.cta(OFFER_MS, defaults, title="There is room for you"), label="Take a seat")
        offer = replace(offer, link="https://example.org/seat", length_ms=FILM_MS - OFFER_MS)
        webinar_id = workspace.new(TITLE, zone="UTC")
        document = workspace.open(webinar_id)
        document.apply(operations.Plan(start=in_seconds(BEGINS_IN_S), waiting_text="In a moment."))
        shown = replace(build.segment_for(media, 0, defaults), hold_ms=0)
        document.apply(operations.Add(segments=(shown,), media=(media,)))
        document.apply(operations.Add(segments=(offer,)))
        workspace.save(webinar_id, "")
    return webinar_id


def publish(program, address: str) -> str:
    """Through the dialog, as a person does; gives the link that stands on the clipboard then."""
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
    until(lambda: "disabled" not in program.see("Publish", "Button").states, "it can be published")
    program.keep("30-about-to-publish")
    program.press("Publish", "Button")
    program.see("Published. This is the attendees' link.*", "StaticText", patience_s=2 * PATIENCE_S)
    program.press("Copy", "Button")
    program.see("The link is copied.", "StaticText")
    program.keep("31-published")
    link = until(QGuiApplication.clipboard().text, "the link is on the clipboard")
    assert link.startswith(f"{address}/w/")
    program.press("Close", "Button")
    program.gone("Close", "Button")
    return link


def all_see_the_same(guests: list[Guest], room: Room) -> None:
    """Each page shows what the room's clock says, and none is apart from another."""
    sights = [guest.sees(room) for guest in guests]
    assert all(sight.is_within(WITHIN_MS) for sight in sights), sights
    assert max(one.apart(other) for one, other in combinations(sights, 2)) <= WITHIN_MS, sights
