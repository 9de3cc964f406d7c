"""Asks into which file something is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from disf_desktop.gui.words.translation import translate


def ask_where(parent: QWidget, title: str, then: Callable[[Path], Any], name: str = "") -> QFileDialog:
    """Ask for a CSV file; `then` is called with the one that the person chose."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.setNameFilters([translate("SaveAs", "CSV files (*.csv)")])
    if name:
        dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
