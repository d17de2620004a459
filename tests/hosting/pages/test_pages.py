"""The pages over HTTP: their security headers, their link preview, and the answer where they have not been built."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hosting.pages import link_preview, routes, static_files
from tests.hosting.session_fixtures import make_webinar, publish_session, push_webinar


@pytest.fixture
def built_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the files that a build of the attendees' page makes."""
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text(
        '<!doctype html><title>Matinee</title><script type="module" src="/assets/index-1.js"></script>'
    )
    (web / "assets" / "index-1.js").write_text("export {};")
    (web / "assets" / "secret.txt").write_text("no page's part")
    (tmp_path / "outside.js").write_text("outside")
    monkeypatch.setattr(routes, "WEB_FOLDER", web)
    return web


def test_the_room_page_and_its_parts(client, built_pages):
    page = client.get("/w/evening-talk")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    part = client.get("/assets/index-1.js")
    assert part.text == "export {};"
    assert part.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in part.headers["cache-control"]


def test_the_policy_allows_no_other_host_and_nothing_inline(client, built_pages):
    for path in ("/w/x", "/first-owner", "/assets/index-1.js", "/pages/first-owner.js"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"https?:|\*", policy)
        assert client.get(path).headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in client.get(path).headers


@pytest.mark.parametrize(
    "name",
    ["secret.txt", "..", "../index.html", "..%2f..%2foutside.js", "%2e%2e%2foutside.js", "index-1.js/", "a" * 500],
)
def test_no_other_file_is_served(client, built_pages, name):
    answer = client.get(f"/assets/{name}")
    assert answer.status_code in {200, 404}
    assert "outside" not in answer.text
    assert "no page" not in answer.text


def test_pages_that_are_not_built_are_answered_with_503_and_an_explanation(client, tmp_path, monkeypatch):
    monkeypatch.setattr(routes, "WEB_FOLDER", tmp_path / "nothing")
    answer = client.get("/w/evening-talk")
    assert answer.status_code == 503
    assert "npm run build" in answer.text
    assert client.get("/assets/index-1.js").status_code == 404


def test_templates_contain_nothing_inline_and_only_files_that_exist(client):
    for path in static_files.TEMPLATE_FOLDER.glob("*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", text)
        for part in re.findall(r'(?:src|href)="([^"]+)"', text):
            assert client.get(part).status_code == 200, part
    assert client.get("/first-owner").status_code == 200


def test_files_are_read_again_after_a_new_build(client, built_pages):
    (built_pages / "index.html").write_text("<title>Matinee</title>first")
    assert client.get("/w/x").text.endswith("first")
    (built_pages / "index.html").write_text("<title>Matinee</title>the second")
    assert client.get("/w/x").text.endswith("the second")
    (built_pages / "assets" / "index-1.js").unlink()
    assert client.get("/assets/index-1.js").status_code == 404
    (built_pages / "assets" / "index-1.js").mkdir()
    assert client.get("/assets/index-1.js").status_code == 404


class HeadParser(HTMLParser):
    """Reads the title and the metadata of a page, as programs that show previews do."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.tags: list[str] = []
        self.title = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "meta":
            self.metas[str(found.get("property") or found.get("name"))] = str(found.get("content"))

    def handle_data(self, data: str) -> None:
        if self.tags[-1] == "title" and not self.title:
            self.title = data


HOSTILE_TEXT = '"><script>alert(1)</script><meta name="x" content=\'&amp;\\1 \\g<0>'


def test_a_link_has_a_preview_of_its_event(client, team, built_pages):
    plain = HeadParser(client.get("/w/nowhere").text)
    assert (plain.title, plain.metas) == ("Matinee", {})
    sample_webinar = make_webinar(description="All about\n  evenings.")
    session = publish_session(client, team, sample_webinar, push_webinar(client, team, sample_webinar))
    page = HeadParser(client.get(f"/w/{session['slug']}").text)
    assert page.title == page.metas["og:title"] == "Evening"
    assert page.metas["og:description"] == "1 January 2027, 20:00 (Europe/Paris) · All about evenings."
    assert page.metas["og:url"] == session["url"]
    assert not {"og:image", "robots"} & set(page.metas), "the media are only for people who have entered"
    client.post(f"/api/sessions/{session['id']}/cancel", headers=team)
    assert (
        HeadParser(client.get(f"/w/{session['slug']}").text).metas["og:description"].startswith("Cancelled · 1 January")
    )


def test_texts_of_the_organizer_cannot_become_markup(client, team, built_pages):
    sample_webinar = make_webinar(title=HOSTILE_TEXT, description=HOSTILE_TEXT * 20, language="fr")
    session = publish_session(client, team, sample_webinar, push_webinar(client, team, sample_webinar), test=True)
    text = client.get(f"/w/{session['slug']}").text
    page = HeadParser(text)
    assert page.title == page.metas["og:title"] == HOSTILE_TEXT
    assert page.tags.count("script") == 1, "the page's own"
    assert "x" not in page.metas
    assert HOSTILE_TEXT in page.metas["og:description"]
    assert len(page.metas["og:description"]) < 400
    assert page.metas["robots"] == "noindex"
    assert "unsafe" not in client.get(f"/w/{session['slug']}").headers["content-security-policy"]


def test_start_times_in_both_languages():
    assert link_preview.format_start("2027-08-01T09:05:00", "fr") == "1er août 2027 à 09:05"
    assert link_preview.format_start("2027-12-31T23:59:00", "en") == "31 December 2027, 23:59"
