"""What the tab shows before there is a destination project: the two types as a picture, and the one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from disf_desktop.gui.models.destinations import accounts
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import button, card, column, label, row
from disf_desktop.gui.tabs.flow_diagram import FlowDiagram, example


class ProjectsStart(QFrame):
    """One sentence what this is for, the picture of both types, and a button that begins."""

    def __init__(self, add: Callable[[], Any], connect: Callable[[], Any]) -> None:
        super().__init__()
        self._add, self._connect = add, connect
        self.title, self.text = label("title", wrap=True), label("muted", wrap=True)
        self.picture = FlowDiagram()
        self.picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.explained = label("small", wrap=True)
        self.begin = button("primary", self._begin)
        self._connected = False
        layout = column(
            self.title,
            self.text,
            card(column(self.picture, self.explained, spacing=12)),
            row(self.begin, None),
            None,
            spacing=14,
        )
        layout.setContentsMargins(28, 28, 28, 28)
        self.setMaximumWidth(960)
        self.setLayout(layout)

    def show_facts(self, facts: Facts) -> None:
        """Say what to do first: connect an account, or add a project of it."""
        self._connected = facts.project is not None and bool(accounts(facts.project))
        self.title.setText(self.tr("Where do new people appear first?"))
        self.text.setText(
            self.tr(
                "A destination project is a project of Dialog Insight that Salesforce fills, or from which new people "
                "come to Salesforce. Each has one purpose, and the primary key that goes with it."
            )
        )
        self.picture.show_flows(example(self.tr("Your forms"), self.tr("Your newsletters")), "")
        self.picture.setAccessibleName(self.tr("The two types of projects"))
        self.explained.setText(
            self.tr(
                "In Salesforce: type A, whose key is the Salesforce Id. In Dialog Insight: type B, whose key is the "
                "e-mail, because nobody born there has a Salesforce Id yet. Whoever needs both adds one of each: a "
                "person enters by the form, becomes a record of Salesforce, and goes on to the newsletters."
            )
        )
        self.begin.setText(
            self.tr("&Add a destination project") if self._connected else self.tr("&Connect Dialog Insight first")
        )

    def _begin(self) -> None:
        (self._add if self._connected else self._connect)()
