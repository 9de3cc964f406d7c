"""How a text is marked for translation where it stands, and translated where it is shown. QtCore alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for translation and give it back."""
    return text
