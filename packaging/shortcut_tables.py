"""Writes the tables of shortcuts into the organizers' pages: `.venv/bin/python packaging/shortcut_tables.py`.

The tables stand between two comments in `docs/organizers.md` and `docs/organisateurs.md`; they are made of the table
of actions, in the page's language, so that the pages say what the program does.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"en": ROOT / "docs" / "organizers.md", "fr": ROOT / "docs" / "organisateurs.md"}
HEADS = {"en": ("What it does", "Keys"), "fr": ("Ce que cela fait", "Touches")}
BEGIN, END = "<!-- shortcuts: begin -->\n", "<!-- shortcuts: end -->\n"


def table(language: str) -> str:
    """All actions that have keys, menu by menu, as Markdown; the language must be spoken already."""
    from ui import actions
    from ui.preferences.shortcuts import keys_text

    what, which = HEADS[language]
    lines = [f"| {what} | {which} |", "|---|---|"]
    for menu, ids in actions.menus():
        lines.append(f"| **{menu}** | |")
        for action_id in ids:
            keys = actions.keys_of(action_id, {})
            shown = " · ".join(f"`{keys_text((key,))}`" for key in keys)
            if shown:
                lines.append(f"| {actions.plain_text_of(action_id)} | {shown} |")
    return "\n".join(lines) + "\n"


def filled(page: str, language: str) -> str:
    """A page with its table as it should be."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return head + BEGIN + table(language) + END + tail


def main() -> int:
    """Write the tables of all pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtWidgets import QApplication

    from ui.language import Language
    from ui.words import Words

    app = QApplication([])
    language = Language(app, Words())
    for spoken, file in PAGES.items():
        language.speak("fr" if spoken == "fr" else "en")
        file.write_text(filled(file.read_text("utf-8"), spoken), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
