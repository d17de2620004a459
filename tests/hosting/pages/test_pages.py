"""The pages: nothing from elsewhere, nothing inline, and a plain sentence where they have not been built."""

import re
from pathlib import Path

import pytest

from hosting.pages import routes, service


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The attendee's page as a build leaves it."""
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text('<!doctype html><script type="module" src="/assets/index-1.js"></script>')
    (web / "assets" / "index-1.js").write_text("export {};")
    (web / "assets" / "secret.txt").write_text("no page's part")
    (tmp_path / "outside.js").write_text("outside")
    monkeypatch.setattr(routes, "WEB", web)
    return web


def test_the_room_page_and_its_parts(client, built):
    page = client.get("/w/evening-talk")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    part = client.get("/assets/index-1.js")
    assert part.text == "export {};"
    assert part.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in part.headers["cache-control"]


def test_the_policy_allows_no_other_host_and_nothing_inline(client, built):
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
def test_no_other_file_can_be_had(client, built, name):
    answer = client.get(f"/assets/{name}")
    assert answer.status_code in {200, 404}
    assert "outside" not in answer.text
    assert "no page" not in answer.text


def test_what_was_not_built_is_said_plainly(client, tmp_path, monkeypatch):
    monkeypatch.setattr(routes, "WEB", tmp_path / "nothing")
    answer = client.get("/w/evening-talk")
    assert answer.status_code == 503
    assert "npm run build" in answer.text
    assert client.get("/assets/index-1.js").status_code == 404


def test_the_hostings_own_pages_hold_nothing_inline_and_name_parts_that_are_there(client):
    for path in service.OWN.glob("*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", text)
        for part in re.findall(r'(?:src|href)="([^"]+)"', text):
            assert client.get(part).status_code == 200, part
    assert client.get("/first-owner").status_code == 200
