"""Collects what the window says into the translators' files: `.venv/bin/python packaging/tools/update_translations.py`.

Reads every string marked in `ui/`, `demo/` and `editor/errors/`, and brings `resources/i18n/matinee_<language>.ts` up
to date: new strings come in untranslated, translations of strings that are gone leave. English has a file too, for the
plurals alone ("1 segment", "2 segments"). Strings are edited with Qt Linguist or by hand; `./matinee` compiles the
files at its next start.
"""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "resources" / "i18n"
LANGUAGES = ("fr", "en")
PLURALS_ONLY = frozenset({"en"})

Key = tuple[str, str, str]
"""What makes a string one of its own: the context, the English text, the comment that tells it from its twin."""


def main() -> int:
    """Refresh all files and say what is left to translate; 1 while there is something."""
    remaining = 0
    for language in LANGUAGES:
        file = CATALOGUES / f"matinee_{language}.ts"
        update_catalogue(language, file)
        missing = find_untranslated(file)
        remaining += len(missing)
        print(f"{file.relative_to(ROOT)}: {len(load_messages(file))} strings, {len(missing)} to translate")
        for context, text, _ in missing:
            print(f"  {context}: {text}")
    return 1 if remaining else 0


def list_sources() -> list[Path]:
    """Every file that says something to a person in the window."""
    return [
        *sorted((ROOT / "ui").rglob("*.py")),
        *sorted((ROOT / "demo").rglob("*.py")),
        *sorted((ROOT / "editor" / "errors").glob("*.py")),
    ]


def update_catalogue(language: str, file: Path) -> None:
    """Bring one file up to date; it is made where there is none.

    Raises:
        subprocess.CalledProcessError: lupdate could not read a source or write the file.
    """
    update = Path(sys.executable).with_name("pyside6-lupdate")
    # Without locations a file changes only where its strings do. Obsolete strings would be searched for twins, too.
    options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
    if language in PLURALS_ONLY:
        options.append("-pluralonly")
    # From the root and by relative names: lupdate tells apart what it has read by how it was named.
    names = [str(source.relative_to(ROOT)) for source in list_sources()]
    subprocess.run([update, *options, *names, "-ts", file.resolve()], cwd=ROOT, check=True)


def load_messages(file: Path) -> dict[Key, ET.Element]:
    """The strings of a file with what the file says of each."""
    return {
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", "")): message
        for context in ET.parse(file).getroot().iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
    }


def list_translations(message: ET.Element) -> list[str]:
    """What a string is in the other language: one text, or one for each plural form."""
    translation = message.find("translation")
    if translation is None:
        return [""]
    return [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]


def find_untranslated(file: Path) -> list[Key]:
    """The strings of a file that are not translated, or not in every plural form."""
    return [
        key
        for key, message in load_messages(file).items()
        if not all(list_translations(message)) or message.find("translation[@type]") is not None
    ]


if __name__ == "__main__":
    sys.exit(main())
