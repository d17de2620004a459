"""Collects the window's texts into the translators' files: `.venv/bin/python packaging/tools/update_translations.py`.

Reads every string marked in `ui/`, `demo/`, `editor/errors/` and `editor/settings.py`, and updates
`resources/i18n/<language>/matinee.ts`: new strings are added untranslated, strings that no longer exist are removed.
English has a file too, for the plurals alone ("1 segment", "2 segments"). Strings are edited with Qt Linguist or by
hand; `./matinee` compiles the files at its next start.
"""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = {file.parent.name: file for file in sorted((ROOT / "resources" / "i18n").glob("*/matinee.ts"))}
"""The translators' file of each language; a language is a folder."""
PLURALS_ONLY = frozenset({"en"})

Key = tuple[str, str, str]
"""What identifies a string: its context, its English text, and the comment that tells it from one of the same text."""


def main() -> int:
    """Update all files and print what is left to translate; the exit code is 1 if anything is."""
    remaining = 0
    for language, file in CATALOGUES.items():
        update_catalogue(language, file)
        missing = find_untranslated(file)
        remaining += len(missing)
        print(f"{file.relative_to(ROOT)}: {len(load_messages(file))} strings, {len(missing)} to translate")
        for context, text, _ in missing:
            print(f"  {context}: {text}")
    return 1 if remaining else 0


def list_sources() -> list[Path]:
    """Return every file with texts that the window shows."""
    return [
        *sorted((ROOT / "ui").rglob("*.py")),
        *sorted((ROOT / "demo").rglob("*.py")),
        *sorted((ROOT / "editor" / "errors").glob("*.py")),
        ROOT / "editor" / "settings.py",
    ]


def update_catalogue(language: str, file: Path) -> None:
    """Update one file, which is created if it does not exist.

    Raises:
        subprocess.CalledProcessError: lupdate could not read a source or write the file.
    """
    update = Path(sys.executable).with_name("pyside6-lupdate")
    # Without locations a file changes only where its strings do. lupdate would also match new strings to obsolete ones.
    options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
    # How `editor/`, which knows no Qt, marks its sentences.
    options += ["-tr-function-alias", "QT_TRANSLATE_NOOP+=mark_translatable"]
    if language in PLURALS_ONLY:
        options.append("-pluralonly")
    # Run from the root with relative names: lupdate identifies a source by the name it was given.
    names = [str(source.relative_to(ROOT)) for source in list_sources()]
    subprocess.run([update, *options, *names, "-ts", file.resolve()], cwd=ROOT, check=True)


def load_messages(file: Path) -> dict[Key, ET.Element]:
    """Return the messages of a file by their keys."""
    return {
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", "")): message
        for context in ET.parse(file).getroot().iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
    }


def list_translations(message: ET.Element) -> list[str]:
    """Return the translations of a message: one text, or one for each plural form; empty where there is none."""
    translation = message.find("translation")
    if translation is None:
        return [""]
    return [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]


def find_untranslated(file: Path) -> list[Key]:
    """Return the keys of the strings that are not translated, or not in every plural form."""
    return [
        key
        for key, message in load_messages(file).items()
        if not all(list_translations(message)) or message.find("translation[@type]") is not None
    ]


if __name__ == "__main__":
    sys.exit(main())
