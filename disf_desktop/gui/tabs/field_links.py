"""Below a list of Salesforce fields: the link that names a new one, and the one that installs what is not there yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.gui.parts import button, row
from disf_desktop.gui.words.translation import translate


class FieldLinks(QWidget):
    """One of two links: *Create field…*, or *Install it…* where Salesforce does not show the field that is named."""

    def __init__(self, create: Callable[[], Any], install: Callable[[], Any]) -> None:
        super().__init__()
        self.create_button, self.install_button = button("inline", create), button("inline", install)
        self.setLayout(row(self.create_button, self.install_button, None, spacing=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_links(self, able: bool, missing: bool, what: str) -> None:
        """Show the link that helps; `able`: the object was read. `what` says to a screen reader what the field is
        for."""
        self.create_button.setText(self.tr("Create field…"))
        self.create_button.setAccessibleName(self.tr("Create a field for: {0}").format(what))
        self.create_button.setVisible(able and not missing)
        self.install_button.setText(self.tr("Install it…"))
        self.install_button.setAccessibleName(self.tr("Install the field for: {0}").format(what))
        self.install_button.setVisible(missing)
        self.setVisible(able or missing)


def not_there_yet(name: str) -> str:
    """Name a field that the project asks for and that Salesforce does not show."""
    return translate("NewFields", "{0} · not in Salesforce yet").format(name)
