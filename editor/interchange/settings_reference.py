"""The page docs/settings.md, rendered from the declarations of the settings.

`python -m editor.interchange.settings_reference > docs/settings.md` writes it.
"""

import json
import sys

from editor import time_format
from editor.settings import SETTINGS, SettingSpec, SettingValue

INTRODUCTION = """# Settings

The editor stores its settings as JSON in `settings.json` beside the library. A value that is missing, of the wrong type
or out of range falls back to the default. Names that end in `_ms` are integer milliseconds. Those of *General* and
*Lengths* are in the preferences; the others are set where they are used.

This page is generated from `editor/settings.py`; do not edit it by hand.
"""
PAGES = (("General", "general"), ("Lengths", "lengths"), ("Elsewhere in the window", None))


def render_page() -> str:
    """Return the whole page docs/settings.md as Markdown, made of `editor.settings.SETTINGS`; nothing is written."""
    parts = [INTRODUCTION]
    for title, section in PAGES:
        rows = [_render_row(name, spec) for name, spec in SETTINGS.items() if spec.section == section]
        parts.append(
            "\n".join((f"## {title}\n", "| name | default | allowed | what it is |", "|---|---|---|---|", *rows, ""))
        )
    return "\n".join(parts)


def _render_row(name: str, spec: SettingSpec) -> str:
    return f"| `{name}` | {_render_value(name, spec.default)} | {_render_range(name, spec)} | {_describe(spec)} |"


def _render_value(name: str, value: SettingValue) -> str:
    readable = f" ({time_format.format_time(value, exact=False)})" if isinstance(value, int) and _is_time(name) else ""
    return f"`{json.dumps(value)}`{readable}"


def _render_range(name: str, spec: SettingSpec) -> str:
    if spec.choices:
        return ", ".join(f"`{choice}`" for choice in spec.choices)
    if spec.minimum is not None and spec.maximum is not None:
        return f"{_render_value(name, spec.minimum)} to {_render_value(name, spec.maximum)}"
    return {bool: "`true`, `false`", dict: "an object of texts"}.get(type(spec.default), "any text")


def _describe(spec: SettingSpec) -> str:
    return f"**{spec.label}.** {spec.description}"


def _is_time(name: str) -> bool:
    return name.endswith("_ms")


if __name__ == "__main__":
    sys.stdout.write(render_page())
