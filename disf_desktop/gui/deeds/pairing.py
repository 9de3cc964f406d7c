"""Deeds on the pairs of a mapping: each one named step that can be undone, by mouse, key and button alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from disf_desktop.core import edits
from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.gui.deeds.editing import EditDeeds, Said

translate = QCoreApplication.translate


class PairDeeds(EditDeeds):
    """What a person does on the canvas, in its table and in the inspector."""

    def pair(self, name: str, source: str, target: str, replace: bool = False) -> bool:
        """Pair two fields of an integration; a target that is taken is left alone, unless it is to be replaced."""
        integration = self._integration(name)
        if edits.takers_of(integration, target) and not replace:
            return False
        self.add_pairs(
            name,
            [FieldPair(source=source, target=target)],
            lambda: translate("Pairing", "Pair {0} with {1}").format(source, target),
        )
        return True

    def unpair(self, name: str, number: int) -> None:
        """Take a pair away."""
        integration = self._integration(name)
        pair = integration.mapping.pairs[number]
        self._change(
            edits.without_pair(integration, number),
            lambda: translate("Pairing", "Remove the pair {0} and {1}").format(pair.source, pair.target),
        )

    def change_pair(self, name: str, number: int, pair: FieldPair, said: Said) -> None:
        """Put a pair in the place of the one of that number; `said` names the step."""
        self._change(edits.changed_pair(self._integration(name), number, pair), said)

    def add_pairs(self, name: str, pairs: Sequence[FieldPair], said: Said) -> None:
        """Add pairs in one step, each in the place of those that share its target."""
        integration = self._integration(name)
        key = edits.key_of(self.project, integration)
        for pair in pairs:
            integration = edits.with_pair(integration, pair, key)
        self._change(integration, said)

    def _integration(self, name: str) -> Integration:
        found = self.project.integration(name)
        assert found is not None, "a view names an integration of the file"
        return found

    def _change(self, integration: Integration, said: Said) -> None:
        self.edit(said, edits.with_integration(self.project, integration))
