"""The verbs that ask the ledger about consents: how people answered, and what happened to one person's."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

from disf_desktop.core.history import ConsentEventRecord
from disf_desktop.core.people import ConsentCount, PersonFound, PersonTrail
from disf_desktop.core.project import Project
from disf_desktop.workspace.opened import OpenedProject

_NAMES: Final = ("FirstName", "LastName", "Name", "Email")
_CONTACT_NAMES: Final = frozenset({"firstname", "lastname", "email"})
"""What names a person in Salesforce, and in a contact list of Dialog Insight."""


class ConsentHistory(OpenedProject):
    """Questions about consents. Each reads the ledger once and keeps nothing."""

    def consent_counts(self) -> tuple[ConsentCount, ...]:
        """Count by integration and opt-in how people answered, as Dialog Insight was last read."""
        with self._view() as view:
            return tuple(view.consent_counts()) if view is not None else ()

    def find_people(self, text: str, limit: int = 20) -> tuple[PersonFound, ...]:
        """Give people by Salesforce Id, idContact or key, else by words of the name or the e-mail in Salesforce."""
        with self._view() as view:
            if view is None or not text.strip():
                return ()
            return tuple(view.find_people(text, naming_fields(self.project), limit))

    def person_trail(self, person: PersonFound, limit: int = 500) -> PersonTrail:
        """Give the newest entries of a person's trail, the newest first."""
        newest: deque[ConsentEventRecord] = deque(maxlen=limit)
        count = 0
        with self._view() as view:
            for event in view.consent_events(view.links_of(person.key)) if view is not None else ():
                newest.append(event)
                count += 1
        return PersonTrail(person, tuple(reversed(newest)), count)


def naming_fields(project: Project) -> Sequence[str]:
    """Name the Salesforce fields of the file that name a person: those that are called so, and those that are paired
    with what names a contact."""
    pairs = [pair for integration in project.integrations for pair in integration.mapping.pairs]
    paired = (pair.source for pair in pairs if pair.target.casefold() in _CONTACT_NAMES)
    return tuple(dict.fromkeys((*_NAMES, *paired)))
