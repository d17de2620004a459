"""The layout of the pages at three widths, their use by keyboard alone, with reduced motion, and in French."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from editor.schedule.model import Cta
from tests.hosting.web.page_measures import measure_page
from tests.hosting.web.webinar_fixtures import CTA_OFFER, POLL, OrganizerSession, make_webinar

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "hosting" / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE, TABLET, DESKTOP = (360, 740), (820, 1180), (1440, 860)
PLAYS = "() => { const v = document.querySelector('video.on'); return v && !v.paused && v.currentTime > 0.5; }"
# Whether an offer with a look covers a part of the picture.
LOOK_OVERLAP_SCRIPT = """(look) => {
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  const [screen, card] = [box(".screen"), box(`.look-${look}`)];
  const inside = card.left >= screen.left && card.right <= screen.right && card.top >= screen.top;
  return inside && card.bottom <= screen.bottom;
}"""
LONG_CALL = msgspec.structs.replace(CTA_OFFER, start_ms=0, length_ms=60_000)
LONG_POLL = msgspec.structs.replace(POLL, start_ms=0, length_ms=60_000)


def _require_readable_layout(page: Page) -> None:
    """Require that nothing overflows, texts have contrast, and controls have names and roles (WCAG 2.1 AA)."""
    assert measure_page(page, "sideways") == []
    assert measure_page(page, "cut") == []
    assert measure_page(page, "faint") == []
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "async (tags) => (await axe.run({ runOnly: tags })).violations"
        ".map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])",
        RULES,
    )
    assert found == []


@pytest.mark.parametrize(
    ("size", "language"), [(PHONE, "fr-FR"), (TABLET, "en-GB"), (DESKTOP, "en-GB")], ids=["phone", "tablet", "desktop"]
)
def test_every_page_fits_and_is_accessible(
    organizer: OrganizerSession, open_page: Callable[..., Page], size: tuple[int, int], language: str
) -> None:
    name = f"fits-{size[0]}"
    picture = organizer.sample_media.picture.sha256
    planned_session = organizer.publish_test(
        make_webinar(organizer.sample_media, id=f"{name}-w", waiting_picture=picture), in_ms=900_000
    )
    page = open_page(planned_session["url"], size=size, language=language)
    expect(page.locator("#name")).to_be_visible()
    _require_readable_layout(page)
    page.fill("#name", "Marie")
    page.press("#name", "Enter")
    expect(page.get_by_role("timer")).to_be_visible()
    _require_readable_layout(page)

    running = organizer.publish_test(
        make_webinar(organizer.sample_media, id=f"{name}-r", interactions=(LONG_POLL,)), in_ms=0
    )
    organizer.control(running, "hold", note="The speaker is on the way: two minutes.")
    page.goto(running["url"])
    page.fill("#name", "Marie")
    page.press("#name", "Enter")
    expect(page.locator(".survey")).to_be_visible()
    page.locator(".compose textarea").fill("Can I invite people outside the company?")
    page.locator(".compose textarea").press("Enter")
    expect(page.locator(".message .state")).to_be_visible()
    page.locator(".screen").hover(position={"x": 20, "y": 20})
    _require_readable_layout(page)
    if size == DESKTOP:
        expect(page.get_by_role("button", name="Send answers")).to_be_in_viewport(ratio=1)
    page.locator(".trouble-open").click()
    _require_readable_layout(page)
    page.keyboard.press("Escape")
    organizer.control(running, "end")
    expect(page.locator(".end")).to_be_visible()
    _require_readable_layout(page)
    organizer.cancel(planned_session)
    page.goto(planned_session["url"])
    expect(page.locator(".notice")).to_be_visible()
    _require_readable_layout(page)


def test_the_way_from_the_landing_page_to_a_survey_by_keyboard_alone(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    call = msgspec.structs.replace(CTA_OFFER, start_ms=0, length_ms=2_000)
    poll = msgspec.structs.replace(LONG_POLL, start_ms=2_000)
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="keys", interactions=(call, poll)), in_ms=12_000
    )
    page = open_page(session["url"])

    def tab_to(name: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            focus = measure_page(page, "focus")
            assert focus["seen"], focus
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", name):
                return
        raise AssertionError(f"Tab never reaches {name}")

    tab_to("#name")
    page.keyboard.type("Marie")
    page.keyboard.press("Enter")
    expect(page.locator(".joining .join")).to_be_visible()
    tab_to(".joining .join")
    page.keyboard.press("Enter")
    expect(page.locator(".joined")).to_be_visible()
    assert measure_page(page, "focus")["tag"] != "BODY"

    # While the attendee writes, the webinar begins, an offer opens and closes and a survey opens; the focus stays.
    tab_to(".compose textarea")
    page.keyboard.type("Hello")
    expect(page.locator(".survey")).to_be_visible(timeout=25_000)
    page.keyboard.type(" everybody")
    expect(page.get_by_label("Your message")).to_have_value("Hello everybody")

    page.locator(".screen").focus()
    tab_to(".survey input[type=radio]")
    page.keyboard.press("ArrowDown")
    tab_to(".survey textarea")
    page.keyboard.type("An export.")
    tab_to(".survey button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".shelf").get_by_text("Thank you! Your answers have been sent.")).to_be_visible()
    assert page.evaluate("document.activeElement.matches('.survey-card')")
    # The page gives thanks as soon as the first answer is in the log; the second may still be on its way.
    deadline = time.monotonic() + 10
    while len(organizer.log(session, "answered")) < 2 and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert [row["question"] for row in organizer.log(session, "answered")] == ["q1", "q3"]


def test_a_call_to_action_of_each_look_can_be_clicked_also_in_full_screen(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    looks = ("banner", "card", "corner")
    calls = tuple(make_cta(index, look) for index, look in enumerate(looks))
    session = organizer.publish_test(make_webinar(organizer.sample_media, id="looks", interactions=calls), in_ms=0)
    page = open_page(session["url"], "Marie")
    for index, look in enumerate(looks):
        organizer.control(session, "skip", to_ms=index * 20_000)
        for full in (False, True):
            if full:
                page.locator("body").press("f")
                page.wait_for_function("document.fullscreenElement !== null")
            button = page.locator(".shelf").get_by_role("button", name=f"Book by {look}")
            expect(button).to_be_in_viewport(ratio=1)
            over = page.evaluate(LOOK_OVERLAP_SCRIPT, look)
            assert over == (full or look != "banner")
            with page.context.expect_page() as opened:
                button.click()
            opened.value.close()
        page.locator("body").press("f")
        page.wait_for_function("document.fullscreenElement === null")
    assert sorted(row["offer"] for row in organizer.log(session, "clicked")) == sorted(looks)


def make_cta(index: int, look: Any) -> Cta:
    return msgspec.structs.replace(
        CTA_OFFER, id=look, offer=look, label=f"Book by {look}", look=look, start_ms=index * 20_000, length_ms=20_000
    )


def test_captions_fit_the_picture_on_desktop_and_phone(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="captions", interactions=(LONG_CALL,)), in_ms=0
    )
    for size in (DESKTOP, PHONE):
        page = open_page(session["url"], "Marie", size=size)
        caption = page.locator(".caption span")
        expect(caption).to_be_visible(timeout=15_000)
        screen, words = page.locator(".screen").bounding_box(), caption.bounding_box()
        assert screen is not None
        assert words is not None
        assert screen["x"] <= words["x"]
        assert words["x"] + words["width"] <= screen["x"] + screen["width"]
        assert words["y"] + words["height"] <= screen["y"] + screen["height"]
        page.locator("body").press("c")
        expect(caption).to_be_hidden()


def test_reduced_motion_stops_all_animations(organizer: OrganizerSession, open_page: Callable[..., Page]) -> None:
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="still", interactions=(LONG_CALL,)), in_ms=0
    )
    page = open_page(session["url"], "Marie", reduced_motion="reduce")
    expect(page.locator(".offer")).to_be_visible()
    assert measure_page(page, "moving") == []


def test_the_language_is_that_of_the_browser_until_another_is_chosen(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    session = organizer.publish_test(
        make_webinar(organizer.sample_media, id="french", interactions=(LONG_CALL,)), in_ms=0
    )
    page = open_page(session["url"], "Marie", language="fr-CA")
    expect(page.get_by_role("tab", name="Discussion")).to_be_visible()
    expect(page.get_by_text("En cours", exact=True)).to_be_visible()
    page.get_by_label("Langue").select_option("en")
    expect(page.get_by_role("tab", name="Chat")).to_be_visible()
    expect(page.get_by_placeholder("Ask a question…")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.reload()
    expect(page.get_by_text("Playing now", exact=True)).to_be_visible()


def test_the_policy_allows_nothing_inline_and_no_other_host(
    organizer: OrganizerSession, open_page: Callable[..., Page]
) -> None:
    session = organizer.publish_test(make_webinar(organizer.sample_media, id="policy"), in_ms=0)
    page = open_page(session["url"], "Marie")
    page.wait_for_function(PLAYS)
    response = page.request.get(session["url"])
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
