"""Deeds on opt-ins and on what is known of people's consents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from disf_desktop.core import edits, optin_edits
from disf_desktop.core.errors import DisfError
from disf_desktop.core.people import PersonFound
from disf_desktop.core.project import Integration, OptinPair
from disf_desktop.gui.deeds.editing import EditDeeds, Said
from disf_desktop.gui.models.people import CHECKING, FINDING, PeopleFacts, TrailCheck
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.translation import translate


class ConsentDeeds(EditDeeds):
    """Edits of opt-ins, each one step; questions about people, each answered in the facts."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.opened.connect(self.count_consents)
        self.ended.connect(self.count_consents)

    # opt-ins in the project file

    def add_opt_ins(self, name: str, pairs: Sequence[OptinPair], tick: bool) -> None:
        """Let an integration carry these opt-ins, and tick the trigger that they need where asked."""
        codes = [pair.optin for pair in pairs]

        def said() -> str:
            if len(codes) == 1:
                return translate("ConsentDeeds", "Add the opt-in {0}").format(codes[0])
            return counts.add_opt_ins(len(codes))

        self._optins(name, said, lambda i: optin_edits.with_optins(i, pairs, tick=tick))

    def change_opt_in(self, name: str, number: int, pair: OptinPair) -> None:
        """Put an opt-in in the place of another; the step is named by what has changed."""
        integration = self._of(name)
        before = integration.optins[number]
        self._optins(name, lambda: _change_said(before, pair), lambda i: optin_edits.changed_optin(i, number, pair))

    def name_new_fields(self, name: str, pair: OptinPair, tick: bool = False) -> None:
        """Let an opt-in be written to fields that Salesforce does not have yet, in one step; one that the integration
        does not carry is added, with the trigger that it needs where asked."""

        def said() -> str:
            return translate("ConsentDeeds", "Name new fields for the opt-in {0}").format(pair.optin)

        def put(integration: Integration) -> Integration:
            carried = (n for n, each in enumerate(integration.optins) if each.optin == pair.optin)
            number = next(carried, None)
            if number is not None:
                return optin_edits.changed_optin(integration, number, pair)
            return optin_edits.with_optins(integration, (pair,), tick=tick)

        self._optins(name, said, put)

    def remove_opt_in(self, name: str, number: int) -> None:
        """Take an opt-in away; what is in Salesforce stays there."""
        code = self._of(name).optins[number].optin

        def said() -> str:
            return translate("ConsentDeeds", "Remove the opt-in {0}").format(code)

        self._optins(name, said, lambda i: optin_edits.without_optin(i, number))

    def move_opt_in(self, name: str, number: int, to: str, pair: OptinPair) -> None:
        """Let another integration carry an opt-in."""

        def said() -> str:
            return translate("ConsentDeeds", "Let {1} carry the opt-in {0}").format(pair.optin, to)

        self.edit(said, optin_edits.moved_optin(self.project, name, number, to, pair))

    def tick_opt_ins(self, name: str) -> None:
        """Tick the trigger without which an integration carries no opt-in."""

        def said() -> str:
            return translate("ConsentDeeds", "Tick “Opt-in changed” of {0}").format(name)

        self._optins(name, said, optin_edits.ticked)

    def _optins(self, name: str, said: Said, change: Callable[[Integration], Integration]) -> None:
        self.edit(said, edits.with_integration(self.project, change(self._of(name))))

    def _of(self, name: str) -> Integration:
        integration = self.project.integration(name)
        assert integration is not None, "a view names an integration of the file"
        return integration

    # people

    def count_consents(self) -> None:
        """Read how people answered, as they were last read."""
        workspace = self._workspace
        if workspace is None:
            return

        async def count() -> None:
            try:
                found = await self._bridge.call(workspace.consent_counts)
            except DisfError as error:
                self._tell(error=error)
                return
            if workspace is self._workspace:
                self._tell(counts=found)

        self._bridge.spawn(count())

    def find_person(self, text: str) -> None:
        """Look for a person by Salesforce Id, idContact, key, name or e-mail; one who is alone is shown."""
        workspace = self.workspace

        async def find() -> None:
            with self._store.asking(FINDING):
                try:
                    found = await self._bridge.call(workspace.find_people, text)
                    trail = await self._bridge.call(workspace.person_trail, found[0]) if len(found) == 1 else None
                except DisfError as error:
                    self._tell(searched=text, found=None, trail=None, error=error)
                    return
            if workspace is self._workspace:
                self._tell(searched=text, found=found, trail=trail, exported=None, error=None)

        self._bridge.spawn(find())

    def show_person(self, person: PersonFound) -> None:
        """Read the history of one of the people who were found."""
        workspace = self.workspace

        async def read() -> None:
            try:
                trail = await self._bridge.call(workspace.person_trail, person)
            except DisfError as error:
                self._tell(trail=None, error=error)
                return
            if workspace is self._workspace:
                self._tell(trail=trail, exported=None, error=None)

        self._bridge.spawn(read())

    def check_trail(self) -> None:
        """Compute the chain of the trail's hashes anew, and say whether anything was changed."""
        workspace = self.workspace

        async def check() -> None:
            with self._store.asking(CHECKING):
                try:
                    found = await self._bridge.call(workspace.verify_trail)
                except DisfError as error:
                    self._tell(check=None, error=error)
                    return
            self._tell(check=TrailCheck(datetime.now(UTC).isoformat(), found), error=None)

        self._bridge.spawn(check())

    def export_trail(self, path: Path, person: str | None) -> None:
        """Write the trail of a person, or of everybody, into a JSON or CSV file."""
        workspace = self.workspace

        async def export() -> None:
            try:
                count = await self._bridge.call(workspace.export_trail, path, person)
            except DisfError as error:
                self._tell(exported=None, error=error)
                return
            self._tell(exported=(path.name, count), error=None)

        self._bridge.spawn(export())

    def export_consents(self, path: Path) -> None:
        """Write the consents that wait into a CSV file."""
        self.do(lambda: self.workspace.export_consents(path), "exported")

    def _tell(self, **changes: Any) -> None:
        people: PeopleFacts = replace(self.facts.people, **changes)
        self._store.update(people=people)


def _change_said(before: OptinPair, after: OptinPair) -> str:
    code = after.optin
    if after.target != before.target:
        return translate("ConsentDeeds", "Write the opt-in {0} to {1}").format(code, after.target)
    if after.inverted != before.inverted:
        return translate("ConsentDeeds", "Invert the opt-in {0}").format(code)
    if after.date_target != before.date_target:
        return translate("ConsentDeeds", "Change the date field of the opt-in {0}").format(code)
    if after.source_target != before.source_target:
        return translate("ConsentDeeds", "Change the source field of the opt-in {0}").format(code)
    return translate("ConsentDeeds", "Change what the answers to {0} become").format(code)
