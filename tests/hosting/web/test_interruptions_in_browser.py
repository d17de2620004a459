"""Interruptions of a room in a browser: a pause, a killed hosting, refused autoplay, a playback problem, the end."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
from playwright.sync_api import Page, expect

from editor.schedule.model import Video
from tests.hosting.hosting_fixtures import HostingServer
from tests.hosting.web.webinar_fixtures import CTA_OFFER, OrganizerSession, SampleMedia, make_webinar

IS_PLAYING_SCRIPT = (
    "() => { const v = document.querySelector('video.on'); return v && !v.paused && v.currentTime > 0.5; }"
)
IS_PAUSED_SCRIPT = "() => { const v = document.querySelector('video.on'); return v && v.paused && v.readyState >= 2; }"
POSITION = "() => document.querySelector('video.on').currentTime"
# The distance in ms between the picture and the room clock, for a media that is played from an in-point.
DRIFT = """async ([startsAt, inPoint]) => {
  const asked = performance.now();
  const { now } = await (await fetch("/api/now")).json();
  const at = now + (performance.now() - asked) / 2;
  return Math.abs(at - startsAt + inPoint - document.querySelector("video.on").currentTime * 1000);
}"""
# Makes the browser refuse to play until a test sets `window.mayPlay`.
AUTOPLAY_REFUSED_SCRIPT = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  return window.mayPlay ? play.call(this) : Promise.reject(new DOMException("no", "NotAllowedError"));
};
"""
NO_MEDIA_SOURCE = "delete window.MediaSource; delete window.ManagedMediaSource; delete window.WebKitMediaSource;"
LONG_CALL = msgspec.structs.replace(CTA_OFFER, start_ms=0, length_ms=60_000)


def _wait_until_playing(page: Page) -> Page:
    page.wait_for_function(IS_PLAYING_SCRIPT)
    return page


def _send_message(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_label("Your message").press("Enter")


def test_a_pause_freezes_the_picture_but_not_chat_and_offers(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="hold", interactions=(LONG_CALL,)), in_ms=0
    )
    marie = _wait_until_playing(open_page(session["url"], "Marie"))
    organizer.control(session, "hold", note="The speaker is on the way.")
    expect(marie.get_by_text("The speaker is on the way.")).to_be_visible()
    marie.wait_for_function(IS_PAUSED_SCRIPT)
    frozen_position = marie.evaluate(POSITION)
    with marie.context.expect_page() as opened:
        marie.get_by_role("button", name="Book your setup call").click()
    opened.value.close()
    _send_message(marie, "Take your time.")
    expect(marie.get_by_text("Waiting for approval. Only you can see it.")).to_be_visible()
    assert organizer.log(session, "clicked")
    assert marie.evaluate(POSITION) == frozen_position
    organizer.control(session, "resume")
    expect(marie.get_by_text("The speaker is on the way.")).to_have_count(0)
    marie.wait_for_function(f"() => document.querySelector('video.on')?.currentTime > {frozen_position} + 0.3")


def test_pages_reconnect_and_catch_up_after_the_hosting_was_killed(
    tmp_path: Path, sample_media: SampleMedia, open_page: Callable[..., Page]
) -> None:
    served = HostingServer(tmp_path / "served")
    organizer = OrganizerSession(served, sample_media)
    session = organizer.publish_test(make_webinar(sample_media, interactions=(LONG_CALL,)), in_ms=0)
    marie = _wait_until_playing(open_page(session["url"], "Marie"))
    _send_message(marie, "Said before.")
    expect(marie.get_by_text("Waiting for approval. Only you can see it.")).to_be_visible()
    served.kill()
    expect(marie.get_by_text("Connection lost. Reconnecting…")).to_be_visible()
    _send_message(marie, "Said meanwhile.")
    retry = marie.get_by_role("button", name="Try again")
    expect(retry).to_be_visible()
    served = HostingServer(tmp_path / "served", "--port", str(served.address[1]))
    try:
        expect(marie.get_by_text("Connection lost. Reconnecting…")).to_be_hidden(timeout=10_000)
        marie.wait_for_function(IS_PLAYING_SCRIPT)
        assert marie.evaluate(DRIFT, [session["starts_at"], 0]) < 1_000
        retry.click()
        expect(marie.get_by_text("Waiting for approval. Only you can see it.")).to_have_count(2)
        marie.reload()
        for text in ("Said before.", "Said meanwhile."):
            expect(marie.get_by_text(text)).to_have_count(1)
    finally:
        served.stop()


def test_after_the_end_a_last_message_can_be_sent_and_the_replay_watched(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    webinar = make_webinar(organizer.sample_media, id="replayed", interactions=(LONG_CALL,))
    session = organizer.publish_test(webinar, in_ms=0, replay=True)
    marie = _wait_until_playing(open_page(session["url"], "Marie"))
    marie.get_by_label("Your message").fill("One last word.")
    organizer.control(session, "end")
    expect(marie.get_by_role("heading", name="The webinar has ended. Thank you!")).to_be_visible()
    expect(marie.get_by_label("Your message")).to_have_value("One last word.")
    expect(marie.get_by_label("Your message")).to_be_focused()
    marie.keyboard.press("Enter")
    expect(marie.get_by_text("Waiting for approval. Only you can see it.")).to_be_visible()
    organizer.approve("One last word.")
    marie.get_by_role("button", name="Watch the replay").click()
    marie.wait_for_function(IS_PLAYING_SCRIPT)
    expect(marie.get_by_role("slider", name="Position")).to_be_visible()
    expect(marie.locator(".shelf").get_by_role("button", name="Book your setup call")).to_be_visible()

    jonas = open_page(session["url"], "Jonas")
    expect(jonas.get_by_text("One last word.")).to_be_visible()
    expect(jonas.get_by_label("Your message")).to_be_hidden()
    expect(jonas.locator(".message time")).to_have_count(1)


def test_an_on_demand_room_follows_the_position_of_its_viewer(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    webinar = make_webinar(organizer.sample_media, id="demand", room="on_demand")
    session = organizer.publish_test(webinar, in_ms=8_000)
    marie = open_page(session["url"], "Marie")
    expect(marie.get_by_role("timer")).to_be_visible()
    marie.get_by_role("button", name="Join").click()
    marie.wait_for_function(IS_PLAYING_SCRIPT)
    marie.locator(".screen").hover()
    marie.get_by_role("button", name="Pause").click()
    marie.wait_for_function(IS_PAUSED_SCRIPT)
    frozen_position = marie.evaluate(POSITION)
    seek = marie.get_by_role("slider", name="Position")
    seek.evaluate("(bar) => { bar.value = 2000; bar.dispatchEvent(new Event('input')); }")
    expect(marie.get_by_role("button", name="Book your setup call").first).to_be_visible()
    seek.evaluate("(bar) => { bar.value = 27000; bar.dispatchEvent(new Event('input')); }")
    marie.wait_for_function("() => document.querySelector('img.on')?.currentSrc.endsWith('-0.webp')")
    shelf = marie.locator(".shelf")
    expect(shelf.get_by_role("button", name="Book your setup call")).to_have_count(0)
    expect(shelf.get_by_role("heading", name="How do you plan today?")).to_be_visible()
    seek.evaluate("(bar) => { bar.value = 2000; bar.dispatchEvent(new Event('input')); }")
    expect(shelf.get_by_role("button", name="Book your setup call")).to_be_visible()
    expect(shelf.get_by_role("heading", name="How do you plan today?")).to_have_count(0)
    seek.evaluate("(bar) => { bar.value = 0; bar.dispatchEvent(new Event('input')); }")
    marie.get_by_role("button", name="Play").click()
    marie.wait_for_function(IS_PLAYING_SCRIPT)
    assert marie.evaluate(POSITION) < frozen_position + 5


def test_a_refused_autoplay_shows_the_join_button_again(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="refused", interactions=(LONG_CALL,)), in_ms=0
    )
    marie = open_page(session["url"], "Marie", before=AUTOPLAY_REFUSED_SCRIPT)
    join = marie.locator(".gate").get_by_role("button", name="Join")
    expect(join).to_be_visible()
    join.click()
    expect(join).to_be_visible()
    marie.evaluate("window.mayPlay = true")
    join.click()
    marie.wait_for_function(IS_PLAYING_SCRIPT)
    expect(join).to_be_hidden()
    assert marie.evaluate("!document.querySelector('video.on').muted")


def test_a_video_plays_from_its_in_point(organizer: OrganizerSession, open_page: Callable[..., Page]) -> None:
    film = Video(id="v", start_ms=0, media=organizer.sample_media.film.sha256, in_ms=10_000, out_ms=20_000)
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="cut", programme=(film,), interactions=()), in_ms=0
    )
    marie = _wait_until_playing(open_page(session["url"], "Marie"))
    marie.wait_for_function("() => document.querySelector('video.on').currentTime > 11.5")
    assert marie.evaluate(DRIFT, [session["starts_at"], 10_000]) < 1_000


def test_a_playback_problem_is_reported_to_the_team(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="trouble", interactions=(LONG_CALL,)), in_ms=0
    )
    marie = _wait_until_playing(open_page(session["url"], "Marie"))
    marie.get_by_role("button", name="No picture or sound?").click()
    marie.get_by_role("button", name="Reload the video").click()
    marie.get_by_role("button", name="Use lowest quality").click()
    marie.get_by_label("What’s wrong? (optional)").fill("No sound at all.")
    marie.get_by_role("button", name="Report to the team").click()
    expect(marie.get_by_text("Your report has been sent to the team. Thank you!")).to_be_visible()
    marie.get_by_role("button", name="Close").click()
    (report,) = organizer.log(session, "troubled")
    assert report["text"] == "No sound at all."
    assert json.loads(report["seen"])["stage"]["unlocked"]


def test_without_media_source_the_browser_plays_hls_itself(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="native", interactions=(LONG_CALL,)), in_ms=0
    )
    marie = open_page(session["url"], "Marie", before=NO_MEDIA_SOURCE)
    marie.wait_for_function("() => document.querySelector('video[src$=\"/index.m3u8\"]')")
    marie.wait_for_function(IS_PLAYING_SCRIPT, timeout=20_000)


def test_the_chat_shows_its_limits_before_it_sends(organizer: OrganizerSession, open_page: Callable[..., Page]) -> None:
    session = organizer.publish_test(make_webinar(organizer.sample_media, id="limits"), in_ms=600_000)
    marie = open_page(session["url"], "Marie")
    field = marie.get_by_label("Your message")
    field.fill("a" * 1_012)
    expect(marie.get_by_text("Your message is too long: 1,012 of 1,000 characters.")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("a" * 1_012)
    for text in ("One.", "Two.", "Three.", "Four."):
        _send_message(marie, text)
    expect(marie.get_by_text("You can send up to 3 messages in 10 seconds.")).to_be_visible()
    expect(field).to_have_value("Four.")
    expect(marie.get_by_text("Waiting for approval. Only you can see it.")).to_have_count(3)
    assert [row["text"] for row in organizer.log(session, "said")] == ["One.", "Two.", "Three."]
