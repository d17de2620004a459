"""No text calls a recording live: LIVE (EN DIRECT) is for a live picture, in every catalogue, page and document."""

import ast
import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]

LIVE = re.compile(r"\blive\b|\bon[ -]air\b|\ben (direct|live)\b|\bà l.antenne\b", re.IGNORECASE)
ALLOWED: frozenset[str] = frozenset()
"""Whole texts that are about a live picture. There are none while no live picture can arrive."""


def read_window_texts(path):
    """Return the English texts of a Qt catalogue and their translations, plural forms included."""
    return [
        text
        for message in ET.parse(path).getroot().iter("message")
        for element in message.iter()
        if element.tag in {"source", "translation", "numerusform"} and (text := (element.text or "").strip())
    ]


def read_page_texts(path):
    """Return the texts of the attendees' pages."""

    def flatten(value):
        if isinstance(value, dict):
            return [text for part in value.values() for text in flatten(part)]
        return [text for part in value for text in flatten(part)] if isinstance(value, list) else [str(value)]

    return flatten(json.loads(path.read_text("utf-8")))


def read_error_texts(path):
    """Return the string constants of a module of errors; its docstrings are not shown."""
    return [
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and '"""' not in node.value
    ]


def read_document_texts(path):
    """Return the paragraphs of a document or a page, without names of files and other code."""
    text = re.sub(r"```.*?```|`[^`]*`|<[^>]*>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [html.unescape(paragraph).strip() for paragraph in text.split("\n\n")]


READERS = {
    "resources/i18n/*/matinee.ts": read_window_texts,
    "resources/i18n/*/pages.json": read_page_texts,
    "editor/errors/*.py": read_error_texts,
    "hosting/pages/**/*.html": read_document_texts,
    "docs/*.md": read_document_texts,
    "*.md": read_document_texts,
}


@pytest.mark.parametrize("pattern", READERS)
def test_calls_no_recording_live(pattern):
    paths = sorted(ROOT.glob(pattern))
    assert paths, "the catalogue has moved: this test must follow it"
    texts = {text: path for path in paths for text in READERS[pattern](path)}
    found = {text: path.name for text, path in texts.items() if LIVE.search(text) and text not in ALLOWED}
    assert found == {}


@pytest.mark.parametrize("text", ["LIVE", "Join live", "Written while it was live", "En direct", "Passer à l’antenne"])
def test_finds_the_word_in_both_languages(text):
    assert LIVE.search(text)


@pytest.mark.parametrize("text", ["delivered", "Directement", "alive"])
def test_leaves_other_words_alone(text):
    assert not LIVE.search(text)
