"""The table of errors: every code that is raised has an entry, every entry is used, and placeholders name facts."""

import ast
import re
import string
from http import HTTPStatus
from pathlib import Path

import pytest

from editor.errors.messages import ERRORS, find_status, format_message

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "editor" / "errors"
TREES = {
    file: ast.parse(file.read_text("utf-8"))
    for package in ("editor", "hosting", "ui", "demo")
    for file in (ROOT / package).rglob("*.py")
    if TABLE not in file.parents
}
ERROR_CLASSES = {"KnownError", "EditRefusedError"}
ADDED_BY_EDIT_ERRORS = {"nearest": {"nearest_ms"}, "alternative": set()}
"""Parameters of `EditRefusedError` that are no facts by their own names, and the facts that they become."""
EXTENSION_STATUSES = {460}
"""Statuses that RFC 9110's registry lacks: 460 is "checksum mismatch" of tus 1.0.0."""


def find_raised_errors():
    """Yield code, facts and place of every call that makes an error by a literal code and named facts."""
    for file, tree in TREES.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if getattr(call.func, "id", "") in ERROR_CLASSES and call.args and isinstance(call.args[0], ast.Constant):
                names = {word.arg for word in call.keywords if word.arg}
                facts = {fact for name in names for fact in ADDED_BY_EDIT_ERRORS.get(name, {name})}
                has_all_facts = all(word.arg for word in call.keywords)
                yield call.args[0].value, facts, has_all_facts, f"{file.name}:{call.lineno}"


def find_code_strings():
    """Return all strings of the sources that read like a code, and the constant beginnings of built ones."""
    constants, beginnings = set(), set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
    return constants, {each for each in beginnings if re.fullmatch(r"[a-z_]+\.[a-z_]*", each)}


def find_placeholders(sentence):
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_raised_code_has_an_entry_that_names_its_facts():
    faults = []
    for code, facts, has_all_facts, place in find_raised_errors():
        if code not in ERRORS:
            faults.append((place, code, "has no entry"))
            continue
        faults += [(place, code, f"{fact} is not among the entry's facts") for fact in facts - set(ERRORS[code].facts)]
        if has_all_facts:
            missing = find_placeholders(ERRORS[code].sentence) - facts
            faults += [(place, code, f"the sentence needs {fact}") for fact in missing]
    assert faults == []


def test_enough_errors_are_found_for_the_other_tests_to_mean_something():
    assert len(list(find_raised_errors())) > 200


def test_every_entry_is_used():
    constants, beginnings = find_code_strings()
    assert [code for code in ERRORS if code not in constants and not code.startswith(tuple(beginnings))] == []


@pytest.mark.parametrize("code", ERRORS)
def test_placeholders_are_facts_and_statuses_exist(code):
    spec = ERRORS[code]
    assert find_placeholders(spec.sentence) <= set(spec.facts)
    assert len(set(spec.facts)) == len(spec.facts)
    assert spec.status is None or spec.status in {*HTTPStatus, *EXTENSION_STATUSES}
    assert spec.status is None or spec.status >= 400


def test_an_error_without_a_status_of_its_own_answers_400():
    assert (find_status("session.unknown"), find_status("library.busy"), find_status("no.such_code")) == (404, 400, 400)


def test_facts_never_keep_a_sentence_from_being_shown():
    assert "0:00:01.000" in format_message("refused.short", {"least_ms": 1_000})
    assert "“{x}”" in format_message("cli.several", {"name": "{x}", "ids": ("a", "b")})
    assert "a, b" in format_message("cli.several", {"name": "{x}", "ids": ("a", "b")})
    assert "?" in format_message("refused.locked", {})
    assert format_message("no.such_code", {}) == "no.such_code"
