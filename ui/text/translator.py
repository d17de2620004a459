"""The language of the window, switchable while it runs.

Translations are Qt's own: `resources/i18n/matinee_<language>.qm` holds ours, Qt's catalogues hold those of its
standard dialogs. Installing a translator makes Qt send LanguageChange to every widget, which then asks for its texts
again.
"""

from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources
from ui.text.formatter import Formatter

LanguageChoice = Literal["system", "en", "fr"]
LANGUAGES: dict[str, str] = {"en": "English", "fr": "Français"}
"""What can be chosen, each by its own name."""


def find_locale(choice: LanguageChoice) -> QLocale:
    """How numbers and dates are written: the system's way where it speaks the chosen language, else the language's."""
    system = QLocale.system()
    if choice == "system":
        return system if resolve_language(choice) == system.name()[:2] else QLocale("en_GB")
    return system if system.name().startswith(choice) else QLocale({"en": "en_GB"}.get(choice, choice))


def resolve_language(choice: LanguageChoice) -> str:
    """The language that is spoken: the chosen one, or the system's if there is a translation, else English."""
    if choice != "system":
        return choice
    spoken = [tag.replace("_", "-").split("-")[0] for tag in QLocale.system().uiLanguages()]
    return next((tag for tag in spoken if tag in LANGUAGES), "en")


class Translator:
    """Puts the program into a language and `words` with it."""

    def __init__(self, app: QCoreApplication, formatter: Formatter) -> None:
        self._app = app
        self._formatter = formatter
        self._installed: list[QTranslator] = []

    def set_language(self, choice: LanguageChoice) -> str:
        """Switch to a language; gives the one that is spoken now."""
        language = resolve_language(choice)
        locale = find_locale(choice)
        QLocale.setDefault(locale)
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        if language != "en":
            qt = QTranslator(self._app)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if qt.load(f"qtbase_{language}", folder):
                self._installed.append(qt)
        catalogue = QTranslator(self._app)
        # English has a catalogue too: it holds the plurals ("1 segment", "2 segments").
        if catalogue.load(f"matinee_{language}", f"{resources.__path__[0]}/i18n"):
            self._installed.append(catalogue)
        for translator in self._installed:
            self._app.installTranslator(translator)
        self._formatter.retranslate(locale)
        return language
