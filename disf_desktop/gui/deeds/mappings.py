"""Deeds on whole mappings: what pairs are proposed for them."""

from __future__ import annotations

from functools import partial

from disf_desktop.core.errors import DisfError
from disf_desktop.core.suggest import suggestions
from disf_desktop.gui.deeds.editing import EditDeeds
from disf_desktop.gui.models.pairs import both_schemas


class MappingDeeds(EditDeeds):
    """What a person does in the list of mappings and at the head of one."""

    def suggest(self, name: str) -> None:
        """Propose pairs for what is not paired yet in an integration; nothing where a side was not read."""
        self._bridge.spawn(self._suggest(name))

    async def _suggest(self, name: str) -> None:
        project = self.project
        integration = project.integration(name)
        schemas = both_schemas(self.facts, integration) if integration is not None else None
        if integration is None or schemas is None:
            return
        try:
            found = await self._bridge.call(partial(suggestions, project, integration, *schemas))
        except DisfError as error:
            self._store.update(notice=error)
            return
        if self.facts.project is project:
            self._store.put("suggestions", name, found)

    def forget_suggestions(self, name: str) -> None:
        """Take the proposed pairs of an integration away."""
        self._store.put("suggestions", name, None)
