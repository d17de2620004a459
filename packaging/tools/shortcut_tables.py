"""Writes the tables of shortcuts into the organizers' pages: `.venv/bin/python packaging/tools/shortcut_tables.py`.

The tables stand between two comments in `docs/organizers.md` and `docs/organisateurs.md`; they are made from the
table of actions, in the page's language, so that the pages agree with the program.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOC_PAGES = {"en": ROOT / "docs" / "organizers.md", "fr": ROOT / "docs" / "organisateurs.md"}
TABLE_HEADERS = {"en": ("What it does", "Keys"), "fr": ("Ce que cela fait", "Touches")}
BEGIN_MARKER, END_MARKER = "<!-- shortcuts: begin -->\n", "<!-- shortcuts: end -->\n"


def render_table(language: str) -> str:
    """Render all actions that have keys, menu by menu, as a Markdown table; the language must be set already."""
    from ui.preferences.shortcuts import format_keys
    from ui.services import action_registry

    what, which = TABLE_HEADERS[language]
    lines = [f"| {what} | {which} |", "|---|---|"]
    for menu, ids in action_registry.translate_menus():
        lines.append(f"| **{menu}** | |")
        for action_id in ids:
            keys = action_registry.keys_of(action_id, {})
            shown = " · ".join(f"`{format_keys((key,))}`" for key in keys)
            if shown:
                lines.append(f"| {action_registry.translate_plain_text(action_id)} | {shown} |")
    return "\n".join(lines) + "\n"


def fill_table(page: str, language: str) -> str:
    """Return a page with a fresh table between its two comments."""
    head, _, remainder = page.partition(BEGIN_MARKER)
    _, _, tail = remainder.partition(END_MARKER)
    return head + BEGIN_MARKER + render_table(language) + END_MARKER + tail


def main() -> int:
    """Write the tables of all pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtWidgets import QApplication

    from ui.text.formatter import Formatter
    from ui.text.translator import Translator

    app = QApplication([])
    language = Translator(app, Formatter())
    for code, file in DOC_PAGES.items():
        language.set_language("fr" if code == "fr" else "en")
        file.write_text(fill_table(file.read_text("utf-8"), code), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
