"""All languages have the same texts with the same placeholders, and every text is used."""

import re
from collections import Counter
from pathlib import Path

import pytest

from editor import languages

ROOT = Path(__file__).resolve().parents[2]
NARROW, WIDE = "\u202f", "\u00a0"
"""The spaces of French typography that no line breaks at: before ; ! ? and before : or inside quotation marks."""
OTHER_LANGUAGES = [tag for tag in languages.list_languages() if tag != languages.FALLBACK_LANGUAGE]
SOURCES = [
    path
    for folder, pattern in (("hosting/web", "*.ts"), ("hosting/web/src", "**/*.ts"), ("hosting/pages", "**/*.*"))
    for path in (ROOT / folder).glob(pattern)
    if path.suffix in {".ts", ".py", ".html"} and not path.name.endswith(".test.ts")
]


def find_placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{\w+\}", text))


def test_each_language_has_a_folder_with_its_name():
    names = {tag: languages.name_language(tag) for tag in languages.list_languages()}
    assert names == {"en": "English", "fr": "Français"}


@pytest.mark.parametrize(
    ("preferred", "chosen"),
    [(["fr-CA", "en"], "fr"), (["de", "fr_FR"], "fr"), (["de", "pl"], "en"), (["EN-us"], "en"), ([], "en")],
)
def test_the_first_preferred_language_that_there_is_is_chosen(preferred, chosen):
    assert languages.choose_language(preferred) == chosen


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_all_languages_have_the_same_texts_with_the_same_placeholders(language):
    original, translated = languages.load_page_texts("en"), languages.load_page_texts(language)
    assert list(translated) == list(original)
    for key, text in original.items():
        assert find_placeholders(translated[key]) == find_placeholders(text), key
        assert translated[key].strip(), key


def test_every_text_is_shown_somewhere():
    sources = "\n".join(path.read_text("utf-8") for path in SOURCES)
    shown = set(re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)?)"|\{\{([\w.]+)\}\}', sources))
    keys = {key for pair in shown for key in pair if key} | {f"preview.month_{number}" for number in range(1, 13)}
    keys.add("language.name")
    assert set(languages.load_page_texts("en")) - keys == set()


def test_french_texts_are_set_as_french_is():
    faults = {
        "a straight apostrophe": r"'",
        "English quotation marks": r"[“”\"]",
        "an ordinary space before a tall mark": r" [:;!?»]",
        "no narrow space before a tall mark": rf"[^{NARROW}\s?!][;!?](?=\s|$)",
        "no space before a colon": rf"[^{WIDE}\s]:(?=\s|$)",
        "an ordinary space inside quotation marks": r"« ",
        "three dots": r"\.\.\.",
    }
    for key, text in languages.load_page_texts("fr").items():
        for fault, pattern in faults.items():
            assert not re.search(pattern, text), f"{fault} in {key}: {text}"
