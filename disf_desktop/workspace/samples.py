"""The verbs that look at real records before a mapping runs. What they give is personal data: it is kept in memory by
whoever asked, written nowhere, and said to no log."""

from __future__ import annotations

from collections.abc import Sequence

from disf_desktop.core.sampling import Sample
from disf_desktop.workspace.opened import OpenedProject

MOST_SAMPLED = 2_000


class Samples(OpenedProject):
    """What a person looks at while they pair fields."""

    def sample(
        self,
        connection_id: str,
        sobject: str,
        fields: Sequence[str],
        condition: str | None = None,
        limit: int = MOST_SAMPLED,
    ) -> Sample:
        """Read the records of an object that were changed last, in one call; fewer than `limit` where records are wide.

        The first fields count: what does not fit into one query is not read, and the sample says what was.
        """
        from disf_desktop.services.salesforce.sample import newest

        with self._connections(self._vault()) as connections:
            source = connections.org(self._salesforce(connection_id).id).source
            names, rows = newest(source.wire, source.base, sobject, fields, condition, limit)
            return Sample(names, tuple(rows))

    def try_filter(self, connection_id: str, sobject: str, condition: str) -> None:
        """Try a SOQL condition on one record. Raises SettingsError with Salesforce's words where it is refused."""
        with self._connections(self._vault()) as connections:
            connections.org(self._salesforce(connection_id).id).source.check_filter(sobject, condition)
