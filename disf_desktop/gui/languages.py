"""The languages of the window, loaded from the shipped translations and changed while it is open."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from disf_desktop.resources import resource


class Language(StrEnum):
    """What the person chose: follow the system, or always one of the two."""

    SYSTEM = "system"
    ENGLISH = "en"
    FRENCH = "fr"


_installed: list[QTranslator] = []


def of_system() -> Language:
    """Give the language of the computer: French where it is French, English elsewhere."""
    french = QLocale.system().language() == QLocale.Language.French
    return Language.FRENCH if french else Language.ENGLISH


def speak(application: QApplication, language: Language) -> None:
    """Load a language into the application: our texts, Qt's own buttons, numbers and dates. Every window is told by
    Qt."""
    chosen = of_system() if language is Language.SYSTEM else language
    system = QLocale.system()
    locale = system if system.language() == QLocale(chosen.value).language() else QLocale(_LOCALES[chosen])
    QLocale.setDefault(locale)
    while _installed:
        application.removeTranslator(_installed.pop())
    ours, of_qt = QTranslator(application), QTranslator(application)
    # Read as a whole: a file that is replaced while it is mapped into memory would end the program.
    loaded = ours.load(resource("translations", f"disf_{chosen.value}.qm").read_bytes())
    assert loaded, f"the translation {chosen.value} is not shipped"
    if chosen is not Language.ENGLISH:
        of_qt.load(f"qtbase_{chosen.value}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for translator in (of_qt, ours):
        application.installTranslator(translator)
        _installed.append(translator)


_LOCALES = {Language.ENGLISH: "en_CA", Language.FRENCH: "fr_CA"}


def is_french() -> bool:
    """Say whether the window speaks French now."""
    return QLocale().language() == QLocale.Language.French
