"""Publish, leave the computer, and on time three people in three browsers see the same at the same moment.

Editor, server and browsers are processes of their own. The position of the film is read from squares in its picture
in screenshots of each page, and compared with the server's clock before and after the screenshot. In the middle the
server is killed and started again.
"""

import re
import time
from itertools import combinations
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from editor.schedule import operations, segment_factory
from editor.schedule.model import SECOND
from editor.workspace import Workspace
from tests.hosting.hosting_fixtures import OWNER
from tests.journeys import timecode
from tests.journeys.attendee_browser import (
    PLAYBACK_TIMEOUT_S,
    AttendeeBrowser,
    PlaybackReading,
    SessionClock,
    local_time_in,
)
from tests.journeys.desktop_driver import TIMEOUT_S, wait_for

TITLE = "By itself"
WITHIN_MS = 500
BACK_WITHIN_S = 10


def test_published_and_left_alone_it_plays_to_everyone_at_once(
    start_editor, start_hosting, library_after_tour, tmp_path, browser
):
    hosting = start_hosting()
    hosting.sign_in_owner()

    # -- the evening before, the organizer signs in: how long that takes says how much time to give all the rest here
    webinar_id = create_webinar(library_after_tour)
    started_at = time.monotonic()
    program = start_editor("--webinar", webinar_id)
    sign_in_by_keyboard(program, hosting.url)
    program.close()
    pace_s = round(time.monotonic() - started_at)
    film_ms = min(20 + 2 * pace_s, 80) * SECOND
    fill_webinar(
        library_after_tour,
        webinar_id,
        timecode.render_film(tmp_path / "film.mp4", film_ms),
        begins_in_s=12 + 4 * pace_s,
    )

    # -- publishes, takes the link, and closes the laptop
    program = start_editor("--webinar", webinar_id)
    link = publish_and_copy_link(program, hosting.url)
    program.close()
    session = SessionClock(hosting.url, link.rpartition("/")[2])
    assert session.now < session.starts_at, "published in time"

    # -- two wait for the beginning
    early = [AttendeeBrowser(browser, link, "Marie"), AttendeeBrowser(browser, link, "Jonas", language="fr-FR")]
    for attendee in early:
        attendee.page.get_by_role("timer").wait_for()
        attendee.page.get_by_role("button", name=re.compile("Join|Rejoindre")).click()
    early[0].save_screenshot("32-waiting-for-the-hour")

    # -- at its hour it begins, and one comes late
    for attendee in early:
        attendee.read_playback(session)
    late = AttendeeBrowser(browser, link, "Ada")
    attendees = [*early, late]
    assert_in_sync(attendees, session)
    late.save_screenshot("33-late-and-in-place")

    # -- the hosting dies and is started again
    hosting.kill()
    for attendee in attendees:
        attendee.wait_until_disconnected()
    early[1].save_screenshot("34-the-hosting-is-gone")
    again = start_hosting("--port", str(hosting.address[1]))
    for attendee in attendees:
        attendee.wait_until_reconnected(BACK_WITHIN_S)
    assert_in_sync(attendees, session)
    for attendee in attendees:
        attendee.page.get_by_role("button", name="Take a seat").wait_for(timeout=PLAYBACK_TIMEOUT_S * 1000)
    early[0].save_screenshot("35-what-comes-after-the-restart")
    assert_in_sync(attendees, session)

    # -- the end
    for attendee in attendees:
        attendee.page.get_by_role("heading", name=re.compile("Thank you|Merci")).wait_for(
            timeout=PLAYBACK_TIMEOUT_S * 1000
        )
    late.save_screenshot("36-the-end")
    for attendee in attendees:
        attendee.leave()
    assert again.stop() == 0


def create_webinar(library) -> str:
    """Create an empty webinar."""
    with Workspace(library) as workspace:
        return workspace.create_webinar(TITLE, zone="UTC")


def fill_webinar(library, webinar_id: str, film: Path, *, begins_in_s: int) -> None:
    """Insert a film and an offer over its second half, set the start, and save."""
    with Workspace(library) as workspace:
        media = workspace.catalog.add_file(film)
        defaults = segment_factory.SegmentDefaults.from_settings(workspace.settings)
        half_ms = media.duration_ms // 2
        offer = replace(segment_factory.make_cta(half_ms, defaults, title="There is room for you"), length_ms=half_ms)
        offer = replace(offer, label="Take a seat", link="https://example.org/seat")
        shown = replace(segment_factory.make_segment(media, 0, defaults), hold_ms=0)
        document = workspace.open(webinar_id)
        document.apply(operations.Add(segments=(shown,), media=(media,)))
        document.apply(operations.Add(segments=(offer,)))
        document.apply(operations.ChangeProperties(start=local_time_in(begins_in_s), waiting_text="In a moment."))
        workspace.save_version(webinar_id, "")


def sign_in_by_keyboard(program, address: str) -> None:
    """Sign in from the publish dialog by keyboard."""
    program.click_node("Publish…", "Button")
    program.click_node("Sign in to a server…", "Button")
    program.wait_for_node("Address", "EditableText")
    program.type_text(address)
    program.press_keys("Tab")
    program.type_text(OWNER["email"])
    program.press_keys("Tab")
    program.type_text(OWNER["password"])
    program.press_keys("Return")
    program.wait_for_node(f"Signed in as {OWNER['email']}.")
    program.click_node("Close", "Button")
    program.wait_until_gone("Close", "Button")


def publish_and_copy_link(program, address: str) -> str:
    """Publish from the dialog and return the link on the clipboard."""
    program.click_node("Publish…", "Button")
    program.wait_for_node(f"Signed in as {OWNER['email']}.")
    wait_for(lambda: "disabled" not in program.wait_for_node("Schedule for .*", "Button").states, "it can be published")
    program.save_screenshot("30-about-to-publish")
    program.click_node("Schedule for .*", "Button")
    program.wait_for_node("Published. The link for attendees.*", "StaticText", timeout_s=2 * TIMEOUT_S)
    program.click_node("Copy", "Button")
    program.wait_for_node("Link copied.", "StaticText")
    program.save_screenshot("31-published")
    link = wait_for(read_clipboard, "the link is on the clipboard")
    assert link.startswith(f"{address}/w/")
    program.click_node("Close", "Button")
    program.wait_until_gone("Close", "Button")
    return link


def read_clipboard() -> str:
    """Return the text on the clipboard; Qt notices what other programs copied while it processes events."""
    QGuiApplication.processEvents()
    return QGuiApplication.clipboard().text()


def assert_in_sync(attendees: list[AttendeeBrowser], session: SessionClock) -> None:
    """Check that each page shows what the session's clock says, and that no two are apart.

    Delays of a busy machine have to be caught up within seconds; how close pages are on a quiet one is measured by the
    benchmark.
    """
    looks: list[list[PlaybackReading]] = []

    def together() -> bool:
        readings = [attendee.read_playback(session) for attendee in attendees]
        looks.append(readings)
        near = all(reading.is_within_ms(WITHIN_MS) for reading in readings)
        return near and max(one.distance_ms(other) for one, other in combinations(readings, 2)) <= WITHIN_MS

    try:
        wait_for(together, "all see the same", BACK_WITHIN_S)
    except AssertionError:
        raise AssertionError(looks) from None
