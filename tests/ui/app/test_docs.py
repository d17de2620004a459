"""The organizers' pages of docs/ agree with the application."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from editor.cli.app import COMMANDS
from ui.text.translator import Translator

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import shortcut_tables  # noqa: E402
import update_translations as catalogue  # noqa: E402

PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]


def texts_of(language: str) -> set[str]:
    """Return every text of the window in a language."""
    messages = catalogue.load_messages(catalogue.CATALOGUES["fr"])
    texts = {text for _, text, _ in messages}
    if language == "fr":
        texts = {text for message in messages.values() for text in catalogue.list_translations(message)}
    # What the program fills in stands as "…" on the pages.
    return {re.sub(r"{\w+}", "…", text.replace("&", "")) for text in texts}


@pytest.mark.parametrize("language", shortcut_tables.DOC_PAGES)
def test_the_shortcuts_are_those_of_the_program(qapp, formatter, language):
    before = QLocale()
    translator = Translator(qapp, formatter)
    translator.set_language(language)
    page = shortcut_tables.DOC_PAGES[language].read_text("utf-8")
    table = shortcut_tables.fill_table(page, language)
    for installed in translator._installed:
        qapp.removeTranslator(installed)
    QLocale.setDefault(before)
    assert page == table, "run packaging/tools/shortcut_tables.py"


@pytest.mark.parametrize("language", shortcut_tables.DOC_PAGES)
def test_what_is_to_be_pressed_is_there_under_that_name(language):
    page = shortcut_tables.DOC_PAGES[language].read_text("utf-8")
    named = {" ".join(name.split()) for name in re.findall(r"\*\*([^*]+…)\*\*", page)}
    assert named
    assert named - texts_of(language) == set()


@pytest.mark.parametrize("language", shortcut_tables.DOC_PAGES)
def test_every_command_is_named_and_no_other(language):
    page = shortcut_tables.DOC_PAGES[language].read_text("utf-8")
    rows = re.findall(r"^\| ((?:`[a-z-]+` ?)+)\|", page, re.MULTILINE)
    named_commands = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}

    assert named_commands == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith("https:"):
            assert (page.parent / target).exists(), target


def test_both_pages_have_the_same_chapters_and_pictures():
    english, french = (shortcut_tables.DOC_PAGES[each].read_text("utf-8") for each in ("en", "fr"))
    assert english.count("\n## ") == french.count("\n## ")
    assert re.findall(r"\]\((pictures/[^)]+)\)", english) == re.findall(r"\]\((pictures/[^)]+)\)", french)
