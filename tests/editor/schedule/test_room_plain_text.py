"""What people write, cleaned: nothing that cannot be seen, no towers of marks, every language as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.schedule.room import normalize_text
from editor.schedule.room.plain_text import MAX_MARKS, has_visible_text

INVISIBLE = (
    *("\u200b", "\u200b\u200b\u200b", "\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\u2060", "\u00ad", "\u034f"),
    *("\U000e0041\U000e0042", "\ufe0f", "\U000e0100", "\u180e", "\u200d\u200c", "\u2062", "\ufff9\ufffb", "\ufffc"),
    *("\u0301", "\u0301" * 80, "\u00a0\u2003\u3000", "\u2028\u2029", "\U0001d159", "\ue000", "\uffff", "\U000e0fff"),
)


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_a_text_without_anything_to_see_is_empty(text):
    assert not has_visible_text(text)
    assert normalize_text(text) == normalize_text(f" {text}\n{text}") == ""


@pytest.mark.parametrize("text", [text for text in INVISIBLE if not text.isspace()], ids=ascii)
def test_what_cannot_be_seen_does_not_make_another_name(text):
    hidden = text.strip("\u0301\u2800\ue000\uffff\u00a0\u2003\u3000\u2028\u2029")
    assert normalize_text(f"An{hidden}na{hidden}") == "Anna"


def test_marks_are_capped_for_each_character():
    towers = "a" + "\u0302" * 80 + "\u0323" * 80 + "b" + "\u0336" * 80
    assert normalize_text(towers).count("\u0336") == MAX_MARKS
    assert len(normalize_text(towers)) <= 2 * (MAX_MARKS + 1)
    assert normalize_text("\u0489" * 80 + "x").endswith("x")
    assert len(normalize_text("\u0489" * 80 + "x")) == MAX_MARKS + 1


@pytest.mark.parametrize(
    "text",
    [
        "Ngu\u1ec5n Th\u1ecb \u00c1nh",
        "\u05d1\u05bc\u05b0\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u0596\u05d9\u05ea",
        "\u0e17\u0e35\u0e48\u0e23\u0e31\u0e01",
        "\u0f56\u0f66\u0f92\u0fb2\u0f74\u0f56\u0f66",
        "\u0915\u094d\u200d\u0937 \u0930\u094d\u200d\u092f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f 1\ufe0f\u20e3",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "\U0001fae8",
        "\u845b\U000e0100\u57ce",
        "\u2813\u2811\u2807\u2807\u2815\u2800\u2800\u283a",
        "?!",
    ],
    ids=ascii,
)
def test_every_language_and_every_emoji_stays_as_it_is(text):
    assert normalize_text(text) == unicodedata.normalize("NFC", text)


MARKED = st.text(
    st.sampled_from("ae\u05d0\u0301\u0323\u05b0\u200b\u200d\ufe0f\U000e0100\U0001f3f4\U000e0067\U000e007f \n")
)


@given(st.one_of(MARKED, st.text()))
def test_a_clean_text_is_left_alone(text):
    once = normalize_text(text)
    assert normalize_text(once) == once
    assert not once or has_visible_text(once)
