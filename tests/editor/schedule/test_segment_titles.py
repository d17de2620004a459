"""The title of a segment, and what stands for it where it has none."""

import pytest

from editor.schedule.model import Audio, Cta, Media, Survey
from editor.schedule.segment_titles import get_segment_title

SONG = "a" * 64
MEDIA = {SONG: Media(sha256=SONG, kind="audio", name="song.mp3")}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "Offer", "text": "Ten percent", "label": "Buy"}, "Offer"),
        ({"text": " Ten percent ", "label": "Buy"}, "Ten percent"),
        ({"text": " ", "label": " Buy "}, "Buy"),
        ({}, "cta"),
    ],
)
def test_a_call_to_action_is_called_by_its_title_text_or_button(fields, expected):
    assert get_segment_title(Cta(id="c", start_ms=0, offer="o", length_ms=5_000, **fields), MEDIA) == expected


def test_a_segment_without_a_title_is_called_by_its_file():
    song = Audio(id="a", start_ms=0, media=SONG, out_ms=5_000)
    assert get_segment_title(song, MEDIA) == "song.mp3"
    assert get_segment_title(song, {}) == "audio"
    assert get_segment_title(song, {SONG: Media(sha256=SONG, kind="audio", name="")}) == "audio"


def test_a_survey_without_a_title_is_called_a_survey():
    survey = Survey(id="s", start_ms=0, offer="o", length_ms=5_000, title=" ")
    assert get_segment_title(survey, MEDIA) == "survey"
