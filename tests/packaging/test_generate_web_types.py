"""The types and limits that the pages are compiled with are those of the API."""

import sys
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import generate_web_types  # noqa: E402


# Litestar warns of what its next major version will change; the project is pinned to this one.
@pytest.mark.filterwarnings("ignore:.*will stop working in Litestar 3:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:.*using deprecated inferred style:DeprecationWarning")
def test_the_generated_types_are_up_to_date():
    assert generate_web_types.OUTPUT.read_text("utf-8") == generate_web_types.generate(), (
        "run packaging/tools/generate_web_types.py"
    )


class Dot(msgspec.Struct, tag_field="type", tag="dot"):
    at: tuple[int, float]
    label: str = ""


class Line(msgspec.Struct, tag_field="type", tag="line"):
    parts: tuple[Dot, ...] | None


class Drawing(msgspec.Struct):
    shapes: tuple[Dot | Line, ...]
    names: dict[str, str] = {}


def test_structs_become_interfaces():
    _, components = msgspec.json.schema_components([Drawing], ref_template="{name}")
    rendered = [generate_web_types.render_interface(name, components[name]) for name in ("Dot", "Line", "Drawing")]
    assert rendered == [
        'export interface Dot {\n  type: "dot";\n  at: [number, number];\n  label?: string;\n}\n',
        'export interface Line {\n  type: "line";\n  parts: Dot[] | null;\n}\n',
        "export interface Drawing {\n  shapes: (Dot | Line)[];\n  names?: Record<string, string>;\n}\n",
    ]
