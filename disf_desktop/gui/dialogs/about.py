"""What the program is, of what it is made, and under which licences."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from disf_desktop import __version__
from disf_desktop.gui.parts import button, column, label, row
from disf_desktop.gui.theme import monospace

DISTRIBUTION = "disf-desktop"
ANY = "OSI Approved"
"""What an author writes who lets everybody choose."""


class About(QDialog):
    """Shows versions to copy, and the licence of each part."""

    def __init__(self, parent: QWidget, program: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About"))
        title, text = label("title"), label("muted", wrap=True)
        title.setText(f"{program} {__version__}")
        text.setText(self.tr("Keeps Salesforce and Dialog Insight in step. Apache License 2.0."))
        self.versions = label("small", wrap=True, selectable=True)
        self.versions.setText(f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}")
        caption = label("caption")
        caption.setText(self.tr("Made with the work of others"))
        self.notices = QPlainTextEdit()
        self.notices.setReadOnly(True)
        self.notices.setTabChangesFocus(True)
        self.notices.setFont(monospace())
        self.notices.setAccessibleName(caption.text())
        self.notices.setPlainText("\n".join([self.tr("Qt: LGPL 3.0, its libraries may be replaced"), *notices()]))
        caption.setBuddy(self.notices)
        close = button("primary", self.accept)
        close.setText(self.tr("Close"))
        close.setDefault(True)
        box = column(title, text, self.versions, caption, self.notices, row(None, close), spacing=10)
        box.setContentsMargins(22, 20, 22, 18)
        self.setLayout(box)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 460)


def notices() -> list[str]:
    """Give a line for each library that the program is made with: its name, version and licence."""
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []
    names = sorted({line.split(";")[0].split("[")[0] for line in wanted if "extra ==" not in line})
    told = []
    for name in names:
        bare = name.split(">")[0].split("<")[0].split("=")[0].split("!")[0].strip()
        try:
            found = metadata.metadata(bare)
        except metadata.PackageNotFoundError:
            continue  # a part of another Python version, or of another system
        told.append(f"{found['Name']} {found['Version']}: {licence(found)}")
    return sorted(set(told), key=str.casefold)


def licence(found: metadata.PackageMetadata) -> str:
    """Name the licence of a library as its author wrote it."""
    written = next((found[key] for key in ("License-Expression", "License") if key in found), "")
    first = written.strip().split("\n")[0]
    if first and first != ANY and len(first) <= 60:
        return first
    classed = [c.rpartition(" :: ")[2] for c in found.get_all("Classifier") or () if c.startswith("License ::")]
    named = [each for each in classed if each != ANY]
    return ", ".join(named) or "any licence that the OSI has approved"
