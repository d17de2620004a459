"""Golden lists of the window's names that settings, style sheet, clipboard and drags rely on.

As in `tests/golden`, `MATINEE_REGENERATE_GOLDEN=1` writes the files anew where something is meant to change.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

import resources
import ui
from editor.schedule.model import Webinar
from tests.golden.examples import make_examples
from tests.golden.golden_files import compare
from tests.golden.webinar import whole_webinar
from ui.actions import clipboard
from ui.app import docks
from ui.services import action_registry, drag_mime
from ui.widgets import basics

SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))


def find_calls() -> Iterator[ast.Call]:
    """Yield every call in the window's sources."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def find_texts(node: ast.expr) -> set[str]:
    """Find the texts written out in an expression: one, or those of a conditional."""
    if isinstance(node, ast.IfExp):
        return find_texts(node.body) | find_texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_actions_and_their_keys_are_unchanged():
    """The settings name actions by their id where a person chose other keys."""
    compare("lists/actions", {entry.id: [*entry.keys] for entry in sorted(action_registry.TABLE)})


def test_object_names_are_unchanged():
    """The style sheet and the stored layout of the panels refer to these names."""
    makers = {basics.make_label.__name__, basics.make_button.__name__}
    names: set[str] = set()
    for call in find_calls():
        is_setter = getattr(call.func, "attr", "") == "setObjectName"
        if is_setter or getattr(call.func, "id", "") in makers:
            for node in (*call.args[:1], *(word.value for word in call.keywords if word.arg == "role")):
                names |= find_texts(node)
    style = (Path(resources.__file__).parent / "style" / "matinee.qss").read_text("utf-8")
    selectors = "".join(re.findall(r"([^{}]*)\{[^}]*\}", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)))
    compare(
        "lists/object-names",
        {
            "set": sorted(names - {""}),
            "panels": sorted(docks.DOCK_AREAS),
            "styled": sorted(set(re.findall(r"#([\w-]+)", selectors))),
            "styled_types": sorted(set(re.findall(r"(?<![\w#:@\-\[\"=])[A-Z]\w+", selectors))),
        },
    )


def test_no_setting_lies_in_qsettings():
    """All settings are the editor's own file; a first use of QSettings needs a golden list of its keys."""
    assert not [str(file) for file in SOURCES if "QSettings" in file.read_text("utf-8")]


def test_segments_on_the_clipboard_are_unchanged(formatter):
    clips = make_examples(clipboard.ClipboardContent)
    compare(
        "structs/clipboard",
        {"mime": clipboard.MIME, "clip": [msgspec.json.decode(msgspec.json.encode(one)) for one in clips]},
    )
    webinar: Webinar = whole_webinar()
    clip = clipboard.copy_segments(webinar, [segment.id for segment in webinar.segments])
    data = clipboard.encode(clip, formatter)
    assert data.data(clipboard.MIME).data() == msgspec.json.encode(clip)
    assert clipboard.decode(data) == clip


def test_dragged_media_are_unchanged():
    payloads = tuple(make_examples(drag_mime.DragPayload))
    encoded = [drag_mime.encode_payloads(payloads[:1]), drag_mime.encode_payloads(payloads)]
    compare(
        "structs/drag",
        {"mime": drag_mime.MEDIA_MIME_TYPE, "one": [encoded[0].decode()], "several": [encoded[1].decode()]},
    )
    assert [drag_mime.decode_payloads(each) for each in encoded] == [payloads[:1], payloads]
