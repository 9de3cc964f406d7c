"""The part of the ledger's view that counts what people answered, and finds a person. Each is one pass over rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

import orjson

from disf_desktop.core.people import ConsentCount, PersonFound
from disf_desktop.core.plan import folded_key
from disf_desktop.storage.database import Database
from disf_desktop.storage.packing import pack_list, unpack

_PERSON = "SELECT l.id, coalesce(l.sf_id, ''), coalesce(l.di_rid, '')"


class PeopleView:
    """Finds people, and counts what they answered."""

    _connection: Database

    def consent_counts(self) -> list[ConsentCount]:
        """Count the answers of the linked people, by integration and opt-in, as they were last read.

        Neutral answers that were never anything else have no row: they are what is left of those who were read.
        """
        answers: Counter[tuple[int, str, int | None]] = Counter()
        read_by_export: Counter[tuple[int, str]] = Counter()
        for integration, purpose, di, looked, many in self._connection.execute(
            "SELECT l.integration, c.purpose, c.di, l.checked NOTNULL, count(*) FROM consent_state c JOIN link l"
            " ON l.id = c.link WHERE c.as_of NOTNULL AND l.state = 0 AND l.di_rid NOTNULL GROUP BY 1, 2, 3, 4"
        ):
            answers[integration, purpose, di] += many
            read_by_export[integration, purpose] += 0 if looked else many
        written = self._written()
        found = []
        for integration, name, purpose, total, looked, last in self._connection.execute(
            "SELECT i.id, i.name, f.purpose, p.total, p.looked, p.last FROM consent_feed f JOIN integration i"
            " ON i.id = f.integration JOIN (SELECT l.integration, count(*) AS total, count(l.checked) AS looked,"
            " strftime('%Y-%m-%dT%H:%M:%SZ', max(l.checked), 'unixepoch') AS last FROM link l JOIN integration j"
            " ON j.id = l.integration AND j.target = l.target WHERE l.state = 0 AND l.di_rid NOTNULL GROUP BY 1) p"
            " ON p.integration = i.id ORDER BY i.id, f.purpose"
        ):
            yes, no = answers[integration, purpose, 1], answers[integration, purpose, 0]
            read = looked + read_by_export[integration, purpose]
            neutral = max(read - yes - no, answers[integration, purpose, None])
            sent = written[integration, purpose]
            found.append(ConsentCount(name, purpose, yes, no, neutral, total - read, sent, last))
        return found

    def _written(self) -> Counter[tuple[int, str]]:
        """Count the people whose answer was written to Salesforce at least once, confirmed by its reply."""
        rows = self._connection.execute(
            "SELECT l.integration, e.purpose, count(DISTINCT e.link) FROM consent_event e JOIN link l ON l.id = e.link"
            " WHERE e.action = 'confirmed' GROUP BY 1, 2"
        )
        return Counter({(integration, purpose): many for integration, purpose, many in rows})

    def find_people(self, text: str, fields: Sequence[str], limit: int) -> list[PersonFound]:
        """Give linked people by Salesforce Id, idContact or key in Dialog Insight, else those of whom every word of the
        text is in these Salesforce fields, as they were last seen."""
        text = normalize("NFC", text).strip()
        exact = list(
            self._connection.execute(
                f"{_PERSON} FROM link l WHERE l.sf_id = ?1 OR l.di_rid = ?1 OR l.di_key = ?2 ORDER BY l.id LIMIT ?3",
                (text, folded_key({"": text}), limit),
            )
        )
        if exact:
            names = self._names([link for link, _, _ in exact], fields)
            return [PersonFound(link, sf_id, di_rid, names.get(link, "")) for link, sf_id, di_rid in exact]
        words = text.split()
        return self._speaking_of(words, fields, limit) if words else []

    def _speaking_of(self, words: Sequence[str], fields: Sequence[str], limit: int) -> list[PersonFound]:
        found = []
        for layout, vals, link, sf_id, di_rid in self._connection.execute(
            "SELECT s.layout, s.vals, l.id, coalesce(l.sf_id, ''), coalesce(l.di_rid, '') FROM seen s JOIN link l"
            " ON l.integration = s.integration AND l.sf_id = s.rid AND l.di_rid NOTNULL"
            " WHERE s.side = 'SF' AND s.vals LIKE ? ESCAPE '\\'",
            (_like(max(words, key=len)),),
        ):
            name = self._said(layout, vals, fields)
            if all(word.casefold() in name.casefold() for word in words):
                found.append(PersonFound(link, sf_id, di_rid, name))
                if len(found) == limit:
                    break
        return found

    def _names(self, links: Sequence[int], fields: Sequence[str]) -> dict[int, str]:
        rows = self._connection.execute(
            "SELECT l.id, s.layout, s.vals FROM link l JOIN seen s ON s.integration = l.integration AND s.side = 'SF'"
            " AND s.rid = l.sf_id WHERE l.id IN (SELECT value FROM json_each(?))",
            (pack_list(links),),
        )
        return {link: self._said(layout, vals, fields) for link, layout, vals in rows}

    def _said(self, layout: int, vals: str, fields: Sequence[str]) -> str:
        """Give the texts of some fields of a record, in the order of the fields."""
        (packed,) = next(iter(self._connection.execute("SELECT fields FROM layout WHERE id = ?", (layout,))))
        values = {name.casefold(): v for name, v in zip(orjson.loads(packed)["source"], unpack(vals), strict=True)}
        said = (values.get(name.casefold()) for name in fields)
        return " ".join(value for value in said if isinstance(value, str))


def _like(word: str) -> str:
    """Give a pattern that finds a word within packed values, in any case of letters.

    SQLite folds the letters of ASCII only and JSON writes some signs as two, so anything else is left open; who asks
    looks again.
    """
    return f"%{''.join(c if c.isascii() and c.isalnum() else '%' for c in word)}%"
