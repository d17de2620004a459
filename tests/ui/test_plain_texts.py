"""Names and titles are text: Qt takes `<img …>` in a tooltip, label or message box for markup, and & for a mnemonic.

These tests read the source of the window: text that is put together at run time goes through `ui.text.plain_text`,
labels and message boxes through `ui.widgets.basics`, which show plain text alone.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*sorted((ROOT / "ui").rglob("*.py")), *sorted((ROOT / "demo").rglob("*.py"))]
MAKERS = {"ui/widgets/basics.py", "ui/widgets/plain_text.py"}
"""The modules that may make labels and message boxes."""
TOOLTIPS = {"setToolTip", "setWhatsThis", "showText"}
MNEMONICS = {"addAction", "addMenu", "insertMenu", "addTab", "setTabText", "setTitle"}
BUTTONS = ("button", "check", "radio", "action", "box", "swatch", "planned")
"""How the names of widgets end that take & in their text for a mnemonic."""
BUTTON_CLASSES = {"QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QAction", "QGroupBox", "QMenu"}
RICH_STATICS = {"question", "warning", "critical", "information", "about"}


def is_fixed(node: ast.expr) -> bool:
    """Return whether a text stands in the source or among the translations, with nothing put into it at run time."""
    match node:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Attribute(attr="tr") | ast.Name(id="translate" | "tr")):
            return isinstance(node.args[-1], ast.Constant) or len(node.args) > 1
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in {"to_tooltip", "to_mnemonic_text", "to_window_title"} or name.startswith("translate_")
        case ast.IfExp(body=body, orelse=orelse):
            return is_fixed(body) and is_fixed(orelse)
        case ast.BoolOp(values=values):
            return all(is_fixed(value) for value in values)
    return False


def name_of(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.Call(func=func):
            return name_of(func)
        case ast.Subscript(value=value):
            return name_of(value)
    return ""


def find_rich_texts(tree: ast.Module, *, may_make: bool) -> Iterator[tuple[int, str]]:
    """Find the calls that may show text as markup or take & for a mnemonic, as line and reason."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(name_of(base) == "QLabel" for base in node.bases):
            yield from [] if "setTextFormat" in ast.unparse(node) else [(node.lineno, f"{node.name}: no text format")]
        if isinstance(node, ast.If) and "ToolTipRole" in ast.unparse(node.test):
            for inner in node.body:
                if isinstance(inner, ast.Return) and inner.value is not None and not is_fixed(inner.value):
                    yield inner.lineno, "a tooltip of an item"
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node.func)
        texts = [each for each in node.args if not isinstance(each, ast.Starred)]
        if name in TOOLTIPS and texts:
            text = texts[1] if name == "showText" and len(texts) > 1 else texts[-1]
            if not is_fixed(text):
                yield node.lineno, f"{name}({ast.unparse(text)})"
        if name in {"QLabel", "QMessageBox"} and not may_make:
            yield node.lineno, f"{name}(…) outside of ui.widgets.basics"
        if isinstance(node.func, ast.Attribute) and name_of(node.func.value) == "QMessageBox" and name in RICH_STATICS:
            yield node.lineno, f"QMessageBox.{name}"
        if (
            name_of(getattr(node.func, "value", node.func)) == "QInputDialog"
            and len(texts) > 2
            and not is_fixed(texts[2])
        ):
            yield node.lineno, "the label of an input dialog"
        if name in {"setHtml", "insertHtml", "setMarkdown", "toHtml"} and "escape" not in ast.unparse(tree):
            yield node.lineno, f"{name} in a module that escapes nothing"
        if name == "setWindowTitle" and not is_fixed(texts[0]):
            yield node.lineno, f"setWindowTitle({ast.unparse(texts[0])})"
        if name in MNEMONICS:
            yield from _find_mnemonics(node, name, [each for each in texts if _is_text_like(each)])
        receiver = name_of(node.func.value).lower() if isinstance(node.func, ast.Attribute) else ""
        if name == "setText" and receiver.rstrip("_").endswith(BUTTONS) and not is_fixed(texts[-1]):
            yield node.lineno, f"{receiver}.setText({ast.unparse(texts[-1])})"
        if name in BUTTON_CLASSES and texts and _is_text_like(texts[0]) and not is_fixed(texts[0]):
            yield node.lineno, f"{name}({ast.unparse(texts[0])})"


def _is_text_like(node: ast.expr) -> bool:
    """Return whether an argument may be a text: neither an icon, an action, a widget nor a function."""
    if isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp):
        return True
    return name_of(node) in {"format", "tr"} or name_of(node).endswith(("text", "title", "name", "label"))


def _find_mnemonics(node: ast.Call, name: str, texts: list[ast.expr]) -> Iterator[tuple[int, str]]:
    for text in texts:
        if not is_fixed(text):
            yield node.lineno, f"{name}({ast.unparse(text)})"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(ROOT)))
def test_no_text_of_a_user_is_shown_as_markup(source):
    may_make = source.relative_to(ROOT).as_posix() in MAKERS
    found = list(find_rich_texts(ast.parse(source.read_text("utf-8")), may_make=may_make))
    assert found == [], source
