"""The attendees' pages in a real browser, with a hosting that runs as a process."""

from collections.abc import Callable
from typing import Any

import requests
from playwright.sync_api import Page, expect

from tests.hosting.hosting_fixtures import HostingServer
from tests.hosting.web.webinar_fixtures import SampleMedia, make_webinar, publish_test

# The distance in ms between the picture and the room clock, by the page's player and the server's clock.
DRIFT = """async (startsAt) => {
  const asked = performance.now();
  const { now } = await (await fetch("/api/now")).json();
  const at = now + (performance.now() - asked) / 2;
  const video = document.querySelector("video.on");
  return Math.abs(at - startsAt - video.currentTime * 1000);
}"""
IS_PLAYING_SCRIPT = (
    "() => { const v = document.querySelector('video.on'); return v && !v.paused && v.currentTime > 1; }"
)


def test_attendees_wait_join_and_see_the_same_picture(
    serve: Callable[..., HostingServer], sample_media: SampleMedia, open_page: Callable[..., Page]
) -> None:
    served = serve()
    session = publish_test(served, sample_media, make_webinar(sample_media), in_ms=15_000)
    marie = open_page(session["url"], "Marie")
    jonas = open_page(session["url"], "Jonas", size=(390, 844), language="fr-FR")
    expect(marie.get_by_role("timer")).to_be_visible()
    expect(jonas.get_by_role("button", name="Rejoindre")).to_be_visible()
    marie.get_by_role("button", name="Join").click()
    jonas.get_by_role("button", name="Rejoindre").click()

    marie.get_by_label("Your message").fill("Can I invite <b>others</b>?")
    marie.get_by_label("Your message").press("Enter")
    expect(marie.get_by_text("Waiting for approval. Only you can see it.")).to_be_visible()
    expect(jonas.get_by_text("Can I invite")).to_have_count(0)

    for page in (marie, jonas):
        page.wait_for_function(IS_PLAYING_SCRIPT, timeout=40_000)
    marie.get_by_role("button", name="Book your setup call").click()
    late = open_page(session["url"], "Late")
    late.wait_for_function(IS_PLAYING_SCRIPT, timeout=20_000)
    expect(late.get_by_text("Waiting for approval")).to_have_count(0)
    late.get_by_role("tab", name="Links & surveys").click()
    expect(late.get_by_role("tabpanel").get_by_text("Need a hand setting up?")).to_be_visible()
    assert all(page.evaluate(DRIFT, session["starts_at"]) < 1_000 for page in (marie, jonas, late))

    answer_field = marie.get_by_label("What is missing?")
    answer_field.fill("An export.")
    marie.reload()
    expect(marie.get_by_label("What is missing?")).to_have_value("An export.")
    marie.get_by_text("Paper").click()
    marie.get_by_role("button", name="Send answers").click()
    expect(marie.get_by_text("Thank you! Your answers have been sent.").first).to_be_visible()
    log = requests.get(
        f"{served.url}/api/sessions/{session['id']}/log?after=0", headers=session["owner"], timeout=20
    ).text
    assert log.count('"clicked"') >= 1
    assert "An export." in log


def test_the_landing_page_shows_whether_a_webinar_is_planned_cancelled_or_unknown(
    serve: Callable[..., HostingServer], sample_media: SampleMedia, open_page: Callable[..., Page]
) -> None:
    served = serve()
    session = publish_test(served, sample_media, make_webinar(sample_media), in_ms=600_000)
    page = open_page(session["url"])
    expect(page.get_by_role("heading", name="Onboarding in 30 minutes")).to_be_visible()
    expect(page.get_by_role("link", name="Add to calendar")).to_be_visible()
    page.get_by_label("Language").select_option("fr")
    expect(page.get_by_role("button", name="Entrer")).to_be_visible()
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("alert")).to_have_text("Veuillez indiquer votre nom.")

    cancel: Any = requests.post(
        f"{served.url}/api/sessions/{session['id']}/cancel", headers=session["owner"], timeout=20
    )
    assert cancel.ok, cancel.text
    page.reload()
    expect(page.get_by_role("heading", name="Ce webinaire est annulé")).to_be_visible()
    unknown = open_page(f"{served.url}/w/nothing")
    expect(unknown.get_by_role("heading", name="Page not found")).to_be_visible()
