"""Presentations that reach for files and addresses, converted by the real LibreOffice: nothing is opened or shown."""

from collections.abc import Iterator

import pytest

from editor.media.formats import office, pdf
from editor.media.formats.probe import probe
from tests.editor.media.hostile_decks import make_odp_parts, make_pptx_parts, write_package
from tests.recording_server import RecordingServer, run_recording_server

MAKERS = {"pptx": make_pptx_parts, "odp": make_odp_parts}


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    with run_recording_server() as server:
        yield server


def count_pixels(image, colour) -> int:
    """Count the pixels of nearly a colour on the rendered page."""
    return sum(
        count
        for count, found in image.getcolors(image.width * image.height)
        if all(abs(a - b) < 40 for a, b in zip(found, colour, strict=True))
    )


@pytest.mark.parametrize("kind", MAKERS)
def test_no_address_is_opened_and_no_file_is_shown(tmp_path, kind, server, make_image, monkeypatch):
    # With the network and an open profile, so that the copy alone is what protects.
    monkeypatch.setattr(office, "_cut_network_prefix", tuple)
    monkeypatch.setattr(office, "_write_profile", lambda _folder: None)
    secret = make_image("secret.png", size=(600, 600))
    for number, address in enumerate((f"{server.url}/picture.png", secret.as_uri())):
        deck = write_package(tmp_path / f"deck{number}.{kind}", MAKERS[kind](address))
        target = tmp_path / f"deck{number}.pdf"
        office.convert_to_pdf(deck, kind, target)
        assert server.requests == []
        page = pdf.render_page(target, 0, 800)
        assert count_pixels(page, (255, 0, 0)) > 500, "its own picture is shown, which is red"
        assert count_pixels(page, (0, 0, 255)) == 0, "the secret is blue"
        notice = next(iter(probe(deck, pdf=target).notices))
        assert (notice.code, notice.facts["name"]) == ("media.links_removed", deck.name)


@pytest.mark.parametrize("kind", MAKERS)
def test_an_honest_presentation_has_no_notice(tmp_path, kind):
    result = probe(write_package(tmp_path / f"deck.{kind}", MAKERS[kind](None)))
    assert (result.kind, result.pages, result.notices) == ("presentation", 1, ())
