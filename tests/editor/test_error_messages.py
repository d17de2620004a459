"""Every failure has a sentence, no sentence is left over, and none asks for a fact that is not given."""

import ast
import string
from pathlib import Path

from editor.errors.messages import MESSAGES, format_message

ROOT = Path(__file__).parents[2]
SOURCES = {
    file: file.read_text("utf-8")
    for room in ("editor", "hosting", "ui")
    for file in (ROOT / room).rglob("*.py")
    if file.name != "sentences.py"
}


def find_raised_errors():
    """Every failure that is named in full where it is made: its code, its facts, and where."""
    for file, text in SOURCES.items():
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Known", "Refused"} and call.args:
                code = call.args[0]
                if isinstance(code, ast.Constant) and all(fact.arg for fact in call.keywords):
                    yield code.value, {fact.arg for fact in call.keywords}, f"{file.name}:{call.lineno}"


def test_every_failure_has_a_sentence_with_all_its_facts():
    lacking = []
    for code, facts, where in find_raised_errors():
        placeholders = {name for _, name, _, _ in string.Formatter().parse(MESSAGES.get(code, "{no sentence}")) if name}
        given = facts | ({"nearest_ms"} if "nearest" in facts else set())
        lacking += [(where, code, sorted(placeholders - given))] if placeholders - given else []
    assert lacking == []


def test_every_sentence_is_the_sentence_of_something():
    everything = "\n".join(SOURCES.values())
    built = ("problem.media_", "change.room_", "change.chat_", "change.access_", "change.programme_", "change.interact")
    assert [code for code in MESSAGES if f'"{code}"' not in everything and not code.startswith(built)] == []


def test_a_sentence_is_never_kept_back_by_its_facts():
    assert format_message("refused.short", {"least_ms": 1_000}) == (
        "A segment lasts 0:00:01.000 at least. Leave it that much, or delete it."
    )
    assert format_message("cli.several", {"name": "{x}", "ids": ("a", "b")}).startswith("“{x}” may be any of several")
    assert "?" in format_message("refused.locked", {})
    assert format_message("nobody.knows", {}) == "nobody.knows"
