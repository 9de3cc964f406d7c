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


_installed: list[tuple[QTranslator, bytes]] = []
"""The translators at work, each with the bytes that it reads."""


def of_system() -> Language:
    """Give the language of the computer: French where it is French, English elsewhere."""
    french = QLocale.system().language() == QLocale.Language.French
    return Language.FRENCH if french else Language.ENGLISH


def speak(application: QApplication, language: Language) -> None:
    """Load a language into the application: our texts, Qt's own buttons, numbers and dates. Every window is told by
    Qt."""
    chosen = of_system() if language is Language.SYSTEM else language
    system = QLocale.system()
    of_computer = system.language() == QLocale(chosen.value).language()
    QLocale.setDefault(_written_out(system) if of_computer else QLocale(_LOCALES[chosen]))
    while _installed:
        translator, _ = _installed[-1]
        application.removeTranslator(translator)
        _installed.pop()
    ours, of_qt = QTranslator(application), QTranslator(application)
    # Read as a whole: a file that is replaced while it is mapped into memory would end the program.
    # Qt looks into these bytes for as long as it translates, and does not hold them.
    words = resource("translations", f"disf_{chosen.value}.qm").read_bytes()
    loaded = ours.load(words)
    assert loaded, f"the translation {chosen.value} is not shipped"
    if chosen is not Language.ENGLISH:
        of_qt.load(f"qtbase_{chosen.value}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for translator, held in ((of_qt, b""), (ours, words)):
        application.installTranslator(translator)
        _installed.append((translator, held))


def _written_out(system: QLocale) -> QLocale:
    """Give the locale of the computer; where only its dates are those of no country (LC_TIME=C), its country's."""
    short, nowhere = QLocale.FormatType.ShortFormat, QLocale.c()
    return QLocale(system.name()) if system.dateFormat(short) == nowhere.dateFormat(short) else system


_LOCALES = {Language.ENGLISH: "en_CA", Language.FRENCH: "fr_CA"}


def is_french() -> bool:
    """Say whether the window speaks French now."""
    return QLocale().language() == QLocale.Language.French
