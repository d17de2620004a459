"""The language of the window, switchable while it runs.

Each language is a folder of `resources/i18n/` with our texts in `matinee.qm`; Qt's own catalogues hold those of its
standard dialogs. Installing a translator makes Qt send LanguageChange to every widget, which then asks for its texts
again.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from editor.languages import FALLBACK_LANGUAGE, LANGUAGE_FOLDER, choose_language
from ui.text.formatter import Formatter

LanguageChoice = str
"""The tag of a language, or "system" for the language of the desktop."""


def find_locale(choice: LanguageChoice) -> QLocale:
    """Return the locale of numbers and dates: the system's if it has the chosen language, else the language's own.

    For "system" it is the system's if Matinee is translated into its language, else British English.

    Args:
        choice: the tag of a language, such as "fr", or "system".
    """
    system = QLocale.system()
    if choice == "system":
        return system if resolve_language(choice) == system.name()[:2] else QLocale("en_GB")
    return system if system.name().startswith(choice) else QLocale({"en": "en_GB"}.get(choice, choice))


def resolve_language(choice: LanguageChoice) -> str:
    """Return the tag of the language to use: the chosen one, for "system" the desktop's if it is translated, else "en".

    A chosen tag is returned as it is, translated or not.
    """
    if choice != "system":
        return choice
    return choose_language(QLocale.system().uiLanguages())


class Translator:
    """The switch of the window's language: installs its translations in the application and updates the formatter.

    Args:
        app: Qt's application.
        formatter: updated after each switch.
    """

    def __init__(self, app: QCoreApplication, formatter: Formatter) -> None:
        self._app = app
        self._formatter = formatter
        self._installed: list[QTranslator] = []

    def set_language(self, choice: LanguageChoice) -> str:
        """Switch to a language and return the tag of the one in use; widgets then get `LanguageChange` from Qt.

        The formatter is updated last, and `QLocale`'s default is set, too. A missing translation leaves English.

        Args:
            choice: the tag of a language, such as "fr", or "system".
        """
        language = resolve_language(choice)
        locale = find_locale(choice)
        QLocale.setDefault(locale)
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        if language != FALLBACK_LANGUAGE:
            qt = QTranslator(self._app)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if qt.load(f"qtbase_{language}", folder):
                self._installed.append(qt)
        catalogue = QTranslator(self._app)
        # English has a catalogue too: it holds the plurals ("1 segment", "2 segments").
        if catalogue.load("matinee", str(LANGUAGE_FOLDER / language)):
            self._installed.append(catalogue)
        for translator in self._installed:
            self._app.installTranslator(translator)
        self._formatter.retranslate(locale)
        return language
