"""The languages of Matinee: each is a folder of `resources/i18n/`.

A folder holds the texts of the window (`matinee.ts`) and those of the attendees' pages and of the
hosting's own pages (`pages.json`, a text for each key). A new language needs a new folder and no change of code.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import resources

FALLBACK_LANGUAGE = "en"
"""The language for people who read none of those that there are."""
LANGUAGE_FOLDER = Path(resources.__path__[0]) / "i18n"


@cache
def list_languages() -> tuple[str, ...]:
    """Return the tags of all languages (ISO 639) that have page texts, the fallback first; cached for good."""
    tags = {path.parent.name for path in LANGUAGE_FOLDER.glob("*/pages.json")}
    return (FALLBACK_LANGUAGE, *sorted(tags - {FALLBACK_LANGUAGE}))


@cache
def load_page_texts(language: str) -> Mapping[str, str]:
    """Return the texts of the pages in a language by their keys; placeholders are written `{name}`.

    Args:
        language: One of `list_languages`.

    Raises:
        FileNotFoundError: There is no such language.
    """
    texts: dict[str, str] = json.loads((LANGUAGE_FOLDER / language / "pages.json").read_text("utf-8"))
    return texts


def name_language(language: str) -> str:
    """Return the name of one of `list_languages` in that language, for example "Français"."""
    return load_page_texts(language)["language.name"]


def choose_language(preferred: Iterable[str]) -> str:
    """Return the first of a reader's languages that is one of `list_languages`; `FALLBACK_LANGUAGE` where none is.

    Args:
        preferred: Language tags (RFC 5646) such as "fr-CA", the preferred one first; only their first part counts.
    """
    spoken = (tag.strip().replace("_", "-").split("-")[0].lower() for tag in preferred)
    return next((tag for tag in spoken if tag in list_languages()), FALLBACK_LANGUAGE)
