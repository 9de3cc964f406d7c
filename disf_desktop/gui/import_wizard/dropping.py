"""What is dropped or pasted: a file of this computer, or rows that were copied from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def file_of(data: QMimeData | None) -> Path | None:
    """Give the one file of this computer that is carried, None where it is anything else."""
    urls = data.urls() if data is not None and data.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None


def rows_of(data: QMimeData | None) -> str:
    """Give a text of more than one row; empty where it is anything else."""
    text = data.text() if data is not None and data.hasText() and not data.hasUrls() else ""
    return text if "\n" in text.strip() else ""
