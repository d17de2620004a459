"""Every text of the window in French: collected, translated, well set, and shown at once after switching."""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from editor.errors.messages import ERRORS
from editor.languages import list_languages
from ui.services import action_registry
from ui.text.translator import Translator

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import update_translations as catalogue  # noqa: E402

FRENCH = catalogue.CATALOGUES["fr"]
ENGLISH = catalogue.CATALOGUES["en"]
NARROW, WIDE = "\u202f", "\u00a0"
"""The spaces French puts before its tall marks; neither lets a line break."""


def french() -> list[tuple[catalogue.Key, str]]:
    """Return every text with its French, each plural form by itself."""
    return [
        (key, text)
        for key, message in catalogue.load_messages(FRENCH).items()
        for text in catalogue.list_translations(message)
    ]


@pytest.fixture
def set_language(qapp, formatter):
    """Return a function that switches the application's language, and restore everything afterwards."""
    before = QLocale()
    language = Translator(qapp, formatter)
    yield language.set_language
    for translator in language._installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


# ------------------------------------------------------------------------------------------------ the collector


def test_every_language_that_can_be_chosen_has_its_file():
    assert set(catalogue.CATALOGUES) == set(list_languages())


@pytest.mark.parametrize("language", catalogue.CATALOGUES)
def test_collecting_afresh_finds_nothing_new_and_nothing_gone(language, tmp_path):
    stored_file = catalogue.CATALOGUES[language]
    fresh = tmp_path / "fresh.ts"
    catalogue.update_catalogue(language, fresh)
    assert set(catalogue.load_messages(fresh)) == set(catalogue.load_messages(stored_file)), (
        "run packaging/tools/update_translations.py"
    )


@pytest.mark.parametrize("file", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_every_string_is_translated(file):
    assert catalogue.find_untranslated(file) == []


def test_every_string_is_marked_so_that_the_collector_finds_it():
    unseen = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inside = {id(node) for owner in ast.walk(tree) if isinstance(owner, ast.ClassDef) for node in ast.walk(owner)}
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if not isinstance(call.func, ast.Attribute) or call.func.attr != "tr":
                continue
            by_self = isinstance(call.func.value, ast.Name) and call.func.value.id == "self" and id(call) in inside
            literal = all(isinstance(part, ast.Constant) for part in call.args[:2])
            if not (by_self and literal):
                unseen.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert unseen == []


SHOWS = re.compile(r"set(Text|ToolTip|WindowTitle|PlaceholderText|AccessibleName|StatusTip|Title|Suffix|Prefix)|tell")
SAME_EVERYWHERE = {"Matinee", "https://"}


def test_nothing_is_shown_that_was_not_marked():
    bare = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        if path.name == "demo.py":  # what the sample webinar says is its own, as a person's titles are
            continue
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            for text in call.args[:1] if SHOWS.fullmatch(name) else []:
                parts = text.values if isinstance(text, ast.JoinedStr) else [text]
                bare += [
                    f"{path.relative_to(ROOT)}:{call.lineno} {part.value!r}"
                    for part in parts
                    if isinstance(part, ast.Constant)
                    and re.search(r"[A-Za-z]{2}", str(part.value))
                    and str(part.value).strip(" —") not in SAME_EVERYWHERE
                ]
    assert bare == []


# ------------------------------------------------------------------------------------------- what was translated


def test_what_is_filled_in_is_the_same_in_every_form():
    for (context, text, _), translated in french():
        # "%n" alone may be missing: where there is one, French likes to name it ("la page").
        places = Counter(re.findall(r"\{\w*\}", text))
        assert Counter(re.findall(r"\{\w*\}", translated)) == places, (context, text)
        assert set(re.findall(r"%\w\d?", translated)) <= set(re.findall(r"%\w\d?", text)), (context, text)


def test_menus_keep_their_mnemonics_and_dots():
    for (context, text, _), translated in french():
        assert text.count("&") == translated.count("&"), (context, text)
        assert text.endswith("…") == translated.endswith("…") or context == "WebinarSettingsDialog", (context, text)


def test_french_is_set_as_french_is():
    faults = {
        "a straight apostrophe": r"'",
        "English quotes": r"[“”\"]",
        "an ordinary space before a tall mark": r" [:;!?»]| %(?!n)",
        "no space before a tall mark": rf"[^\s{NARROW}{WIDE}][;!?](?=\s|$)|[a-zé}}»)]:(?= |$)",
        "an ordinary space inside quotes": r"« ",
        "three dots": r"\.\.\.",
        "two spaces": r"[  ]{2}",
        "a space before the dots": rf"[\s{WIDE}{NARROW}]…",
    }
    for (context, text, _), translated in french():
        for fault, pattern in faults.items():
            assert not re.search(pattern, translated), f"{fault} in {context}: {translated} ({text})"


def test_every_code_has_a_french_sentence_with_the_same_facts():
    known = catalogue.load_messages(FRENCH)
    for code, spec in ERRORS.items():
        sentence = spec.sentence
        message = known.get(("sentences", sentence, ""))
        assert message is not None, code
        (translated,) = catalogue.list_translations(message)
        assert translated, code
        assert translated != sentence, code
        assert set(re.findall(r"\{\w+\}", translated)) == set(re.findall(r"\{\w+\}", sentence)), code


def test_the_compiled_files_say_what_the_sources_say(qapp):
    for language, file in (("fr", FRENCH), ("en", ENGLISH)):
        compiled = QTranslator()
        assert compiled.load("matinee", str(file.parent)), "./matinee compiles them"
        for (context, text, comment), message in catalogue.load_messages(file).items():
            forms = catalogue.list_translations(message)
            many = 2 if len(forms) > 1 else -1
            assert compiled.translate(context, text, comment or None, many) == forms[-1], (language, context, text)


@pytest.mark.parametrize("language", list_languages())
def test_no_two_lines_of_a_menu_have_the_same_mnemonic(set_language, language):
    set_language(language)
    named = {
        name: [action_registry.translate_text(each) for each in ids if each != action_registry.SEPARATOR]
        for name, ids in action_registry.MENUS
    }
    named["the menu bar"] = [QCoreApplication.translate("ActionRegistry", name) for name in named]
    for menu, texts in named.items():
        letters = Counter(text[text.index("&") + 1].lower() for text in texts if "&" in text)
        assert [letter for letter, count in letters.items() if count > 1] == [], (language, menu, texts)


# --------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["move of 1 segment", "move of 2 segments"]),
        ("fr", ["déplacement de 1 segment", "déplacement de 2 segments"]),
    ],
)
def test_plurals(set_language, formatter, language, expected):
    set_language(language)
    assert [
        formatter.tr("{step} of %n segments", "", many).format(step=formatter._step_verb("move")) for many in (1, 2)
    ] == expected


def test_numbers_dates_and_sizes_follow_the_language(set_language, formatter):
    set_language("fr")
    assert formatter.format_duration(2_500) == f"2,5{WIDE}s"
    assert formatter.format_message("refused.short", least_ms=1_000).startswith("Un segment dure au moins 0:00:01.000.")
    set_language("en")
    assert formatter.format_duration(2_500) == "2.5 s"
