"""Deeds on the pairs of a mapping: each one named step that can be undone, by mouse, key and button alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as dataclass_replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from disf_desktop.core import edits
from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.gui.deeds.editing import EditDeeds, Said
from disf_desktop.gui.models.facts import salesforce_key
from disf_desktop.gui.models.pairing import offer, related_key, source_field
from disf_desktop.gui.words.figures import counts

if TYPE_CHECKING:
    from disf_desktop.core.suggest import Suggestion

translate = QCoreApplication.translate


class PairDeeds(EditDeeds):
    """What a person does on the canvas, in its table and in the inspector."""

    def pair(self, name: str, source: str, target: str, replace: bool = False) -> bool:
        """Pair two fields of an integration; say whether that was done.

        It is not where they may not be paired, nor where the target is taken and not to be replaced.
        """
        found = offer(self.facts, self._integration(name), source, target)
        if not found.possible or (found.taken and not replace):
            return False
        self.add_pairs(name, [found.pair], lambda: translate("Pairing", "Pair {0} with {1}").format(source, target))
        return True

    def accept(self, name: str, chosen: Sequence[Suggestion]) -> None:
        """Pair what was proposed, in one step; what cannot be paired any more is left out."""
        offers = [offer(self.facts, self._integration(name), each.source, each.target) for each in chosen]
        pairs = [found.pair for found in offers if found.possible and not found.taken]
        if len(pairs) == 1:
            self.pair(name, pairs[0].source, pairs[0].target)
        else:
            self.add_pairs(name, pairs, lambda: counts.accept_suggestions(len(pairs)))

    def dismiss_suggestion(self, name: str, unwanted: Suggestion) -> None:
        """Propose this pair no more, until pairs are suggested again."""
        rest = tuple(each for each in self.facts.suggestions.get(name, ()) if each != unwanted)
        self._store.put("suggestions", name, rest)

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
        self._know_related(integration, pairs)
        for pair in pairs:
            integration = edits.with_pair(integration, pair, key)
        self._change(integration, said)

    def read_related(self, name: str, relationship: str) -> None:
        """Read the fields of the record that a lookup leads to, unless they are known or asked for."""
        integration = self._integration(name)
        key = related_key(integration, relationship)
        if key not in self.facts.related and key not in self.facts.asking:
            self._bridge.spawn(self._read_related(key, integration, relationship))

    async def _read_related(self, key: str, integration: Integration, relationship: str) -> None:
        await self._read(
            "related",
            key,
            partial(self.workspace.related_fields, integration.salesforce, integration.object, relationship),
        )

    def _know_related(self, integration: Integration, pairs: Sequence[FieldPair]) -> None:
        """Count a related field that is paired among the fields of its object, as the next reading will."""
        schema = self.facts.source_schema(integration)
        found = (source_field(self.facts, integration, pair.source) for pair in pairs)
        fresh = {f.name: f for f in found if f is not None and schema is not None and schema.find(f.name) is None}
        if schema is not None and fresh:
            known = dataclass_replace(schema, fields={**schema.fields, **fresh})
            self._store.put("schemas", salesforce_key(integration.salesforce, integration.object), known)

    def _integration(self, name: str) -> Integration:
        found = self.project.integration(name)
        assert found is not None, "a view names an integration of the file"
        return found

    def _change(self, integration: Integration, said: Said) -> None:
        self.edit(said, edits.with_integration(self.project, integration))
