"""In every phase of a webinar, the panel shows the stage of `compute_stage` with the exact frame."""

import random
import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from editor.schedule.model import Audio, Cta, Image, Page, Presentation, Question, Survey, Video, Webinar
from tests.numbered_video import frame_number_at
from ui.preview.paint.frame_content import FrameContent, Placeholder, ShownImage, Waveform, paint_content


@pytest.fixture
def all_kinds_webinar(media, catalog, tmp_path) -> Webinar:
    """A webinar with everything there is."""
    srt = tmp_path / "one.srt"
    srt.write_text("1\n00:00:01,000 --> 00:00:02,500\nGood evening.\n")
    one = catalog.attach_captions(media["one"], srt)
    return Webinar(
        id="w",
        title="An evening",
        start="2026-12-01T18:00:00",
        zone="Europe/Paris",
        waiting_picture=media["agenda"].sha256,
        media={each.sha256: each for each in (*media.values(), one)},
        programme=(
            Video(
                id="one",
                media=one.sha256,
                start_ms=0,
                in_ms=500,
                out_ms=3_500,
                hold_ms=1_000,
                captions=one.captions[0].sha256,
            ),
            Image(id="agenda", media=media["agenda"].sha256, start_ms=4_000, length_ms=1_000),
            Presentation(
                id="tour",
                media=media["tour"].sha256,
                start_ms=5_000,
                pages=(Page(page=0, length_ms=1_000), Page(page=1, length_ms=1_000)),
                out_ms=2_000,
                audio=media["tone"].sha256,
            ),
            Audio(id="tone", media=media["tone"].sha256, start_ms=8_000, out_ms=2_000),
            Audio(id="seen", media=media["tone"].sha256, start_ms=10_000, out_ms=2_000, picture=media["agenda"].sha256),
        ),
        interactions=(
            Cta(id="c", offer="c", start_ms=1_000, length_ms=1_000, title="Talk to us", label="Book"),
            Survey(
                id="s",
                offer="s",
                start_ms=4_000,
                length_ms=3_500,
                questions=(Question(id="q", kind="rating", text="Well?"),),
            ),
        ),
    )


def test_a_video_stands_on_its_exact_picture_with_captions_and_offers(preview, all_kinds_webinar, number):
    preview.show(all_kinds_webinar)
    preview.seek(1_200)
    scene = preview.playback.content
    assert number(scene.background.image) == frame_number_at(1_700)
    preview.wait_until(lambda: preview.playback.content.captions == ("Good evening.",))
    assert [offer.id for offer in preview.playback.content.offers] == ["c"]


def test_a_hold_stands_on_the_last_picture_without_captions(preview, all_kinds_webinar, number):
    preview.show(all_kinds_webinar)
    preview.seek(3_700)
    assert number(preview.playback.content.background.image) == frame_number_at(3_499)
    assert preview.playback.content.captions == ()


def test_an_image_is_shown_with_a_survey_over_it(preview, all_kinds_webinar, colour_at):
    preview.show(all_kinds_webinar)
    preview.seek(4_500)
    assert colour_at(preview.playback.content.background.image, 0.5, 0.5) == "#e69f00"
    assert [offer.id for offer in preview.playback.content.offers] == ["s"]


@pytest.mark.parametrize(("position_ms", "page", "colour"), [(5_200, 0, "#cc79a7"), (6_200, 1, "#56b4e9")])
def test_a_presentation_shows_its_page(preview, all_kinds_webinar, colour_at, position_ms, page, colour):
    preview.show(all_kinds_webinar)
    preview.seek(position_ms)
    background = preview.playback.content.background
    assert (background.source, background.at) == ("page", page)
    assert colour_at(background.image, 0.1, 0.1) == colour


def test_sound_shows_its_waveform_or_its_picture(preview, all_kinds_webinar, colour_at):
    preview.show(all_kinds_webinar)
    preview.playhead.seek(8_500)
    preview.wait_until(lambda: isinstance(preview.playback.content.background, Waveform))
    wave = preview.playback.content.background
    assert (wave.in_ms, wave.out_ms, wave.at_ms, wave.name) == (0, 2_000, 500, "tone.m4a")
    assert max(wave.values) > 20
    preview.seek(10_500)
    assert colour_at(preview.playback.content.background.image, 0.5, 0.5) == "#e69f00"


def test_a_gap_and_the_end_have_cards_with_the_waiting_picture(preview, all_kinds_webinar):
    preview.show(all_kinds_webinar)
    preview.playhead.seek(7_700)
    preview.wait_until(
        lambda: isinstance(card := preview.playback.content.background, Placeholder) and card.picture is not None
    )
    card = preview.playback.content.background
    assert (card.title, card.text) == ("An evening", "Continues shortly")
    preview.playhead.seek(12_000)
    preview.wait_until(lambda: isinstance(preview.playback.content.background, Placeholder))
    assert preview.playback.content.background.text == "The webinar has ended."


def test_an_empty_webinar_says_what_to_do_first(preview):
    preview.show(Webinar(id="w"))
    background = preview.playback.content.background
    assert isinstance(background, Placeholder)
    assert background.title == "Nothing plays yet"
    assert "Drop a video" in background.text


def test_fifty_places_at_random_show_exactly_their_pictures(preview, media, number):
    preview.show(
        Webinar(
            id="w",
            media={media["one"].sha256: media["one"]},
            programme=(Video(id="v", media=media["one"].sha256, start_ms=0, out_ms=8_000),),
        )
    )
    chance = random.Random(7)
    for _ in range(50):
        position_ms = chance.randrange(8_000)
        preview.seek(position_ms)
        assert number(preview.playback.content.background.image) == frame_number_at(position_ms)


def test_pictures_are_as_wide_as_the_screen_needs(preview, all_kinds_webinar):
    panel = preview.show(all_kinds_webinar)
    preview.seek(1_000)
    assert preview.playback.content.background.image.width() == 320  # no more than there are
    assert preview.playback.composer.width == round(panel.surface.stage.width() * panel.devicePixelRatioF())


def test_an_edit_shows_at_once(preview, all_kinds_webinar):
    from editor.schedule.operations import Delete

    preview.show(all_kinds_webinar)
    preview.seek(4_500)
    preview.controller.edit(Delete(segments=("agenda",)))
    preview.wait_until(lambda: isinstance(preview.playback.content.background, Placeholder))


def test_the_bar_tells_the_time_three_ways_and_what_plays(preview, all_kinds_webinar):
    panel = preview.show(all_kinds_webinar, (900, 560))
    preview.seek(1_200)
    bar = panel.bar
    assert bar._position.text() == "0:00:01.200"
    assert bar._length_label.text() == "/ 0:00:12.000 · 18:00:01"
    assert bar._playing_label.text() == "one.mp4 · 3 s left"
    preview.seek(3_700)
    assert bar._playing_label.text() == "one.mp4 · freeze frame, 1 s left"
    preview.playhead.seek(7_700)
    assert bar._playing_label.text() == "Gap · 1 s left"
    panel.resize(340, 240)
    assert bar._length_label.isHidden()
    assert bar._volume.isHidden()


@pytest.mark.parametrize("size", [(1280, 720), (320, 240)])
@pytest.mark.parametrize("look", ["banner", "card", "corner"])
def test_offers_look_the_same_at_every_size_and_stay_on_the_stage(qapp, look, size):
    cta = Cta(id="c", offer="c", start_ms=0, length_ms=1_000, title="Talk to us", text="Soon.", label="Book", look=look)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    stage = QRectF(0, 0, size[0], size[0] * 9 / 16)
    paint_content(painter, stage, FrameContent(ShownImage(_white(), (0, 0), "image", "x"), offers=(cta,)))
    painter.end()
    coloured = [
        (x / size[0], y / stage.height())
        for x in range(0, size[0], 2)
        for y in range(0, int(stage.height()), 2)
        if re.match("#d55e00", image.pixelColor(x, y).name())
    ]
    assert coloured
    middle = sorted(coloured)[len(coloured) // 2]
    expected = {"banner": (0.85, 0.9), "card": (0.5, 0.6), "corner": (0.85, 0.9)}[look]
    assert abs(middle[0] - expected[0]) < 0.1
    assert abs(middle[1] - expected[1]) < 0.1


def _white() -> QImage:
    image = QImage(16, 9, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    return image


def test_every_phase_is_drawn_and_looked_at(preview, all_kinds_webinar, screenshot):
    panel = preview.show(all_kinds_webinar, (870, 560))
    for name, position_ms in (
        ("video", 1_200),
        ("hold", 3_700),
        ("image", 4_500),
        ("page", 6_200),
        ("picture-of-sound", 10_500),
    ):
        preview.seek(position_ms)
        screenshot(panel, f"preview-{name}")
    preview.playhead.seek(8_500)
    preview.wait_until(lambda: isinstance(preview.playback.content.background, Waveform))
    screenshot(panel, "preview-wave")
    preview.playhead.seek(7_700)
    screenshot(panel, "preview-gap")
