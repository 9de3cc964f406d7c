"""What the org says of its objects: each is asked for once, several in one call.

Which object a related field leads to stands in the description of the object that has the lookup. To save the call that
waits for it, the related objects are guessed and asked for together with it; a wrong guess costs that call after all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from disf_desktop.core.errors import AccessRefused, SchemaChanged, UnexpectedAnswer
from disf_desktop.core.schema import Field, Schema
from disf_desktop.services.salesforce.describe import field_of, related_field, schema_of
from disf_desktop.services.salesforce.errors import Refusal, error_of
from disf_desktop.services.salesforce.query import checked, is_name

Described = Mapping[str, Any]

LEADS_TO: Final = {
    "owner": "User",
    "createdby": "User",
    "lastmodifiedby": "User",
    "manager": "User",
    "reportsto": "Contact",
    "convertedaccount": "Account",
    "convertedcontact": "Contact",
    "convertedopportunity": "Opportunity",
}
"""Standard relationships that are not called as the object they lead to."""
TO_ITSELF: Final = ("parent", "masterrecord")


class Descriptions:
    """The objects of an org, as it describes them. `ask` gives the answers of several paths, or refusals.

    Threads share it.
    """

    def __init__(self, ask: Callable[[Sequence[str]], list[Any]]) -> None:
        self._ask = ask
        self._lock = threading.RLock()
        self._known: dict[str, Described] = {}
        self._wrong: set[str] = set()

    def of(self, sobject: str) -> Described:
        """Give the describe of an object. Raises SchemaChanged where it is not there."""
        with self._lock:
            self._fetch([sobject])
            return self._known[sobject.casefold()]

    def schema(self, sobject: str, related: Sequence[str] = ()) -> Schema:
        """Give the object's fields, and those of `related` (`Account.Name`) one step away.

        A related field that is not there is left out, as is an own one. Raises SchemaChanged without the object.
        """
        with self._lock:
            known = sobject.casefold() in self._known
            self._fetch([sobject], [] if known else _guesses(related))
            told = self._known[sobject.casefold()]
            self._fetch([], [parent for name in related for parent in _parents(told, name)[:1]])
            return schema_of(told, (field for name in related if (field := self._related(told, name)) is not None))

    def _fetch(self, needed: Iterable[str], perhaps: Iterable[str] = ()) -> None:
        """Ask for those that are not known, in one call. Raises what a refusal of a needed one means."""
        wanted = {name.casefold(): name for name in perhaps if name.casefold() not in self._wrong}
        must = {name.casefold(): name for name in needed}
        unknown = {folded: name for folded, name in (must | wanted).items() if folded not in self._known}
        if not unknown:
            return
        answers = self._ask([f"sobjects/{checked(name)}/describe" for name in unknown.values()])
        for (folded, name), told in zip(unknown.items(), answers, strict=True):
            if not isinstance(told, Refusal):
                self._known[folded] = _whole(told, name)
                continue
            error = error_of(told, name)
            if folded in must or not isinstance(error, SchemaChanged | AccessRefused):
                raise error
            self._wrong.add(folded)

    def _related(self, told: Described, name: str) -> Field | None:
        relationship, _, member = name.partition(".")
        lookup = _lookup(told, relationship)
        for parent in _parents(told, name):
            self._fetch([], [parent])
            fields = self._known.get(parent.casefold(), {}).get("fields", ())
            found = next((field for field in fields if _same(field["name"], member)), None)
            if lookup is not None and found is not None:
                return related_field(field_of(lookup), field_of(found))
        return None


def _guesses(related: Iterable[str]) -> list[str]:
    return [name for each in related if (name := guess(each.partition(".")[0])) is not None]


def guess(relationship: str) -> str | None:
    """Give the object that a relationship of this name probably leads to; None for the object itself."""
    folded = relationship.casefold()
    if folded in TO_ITSELF or not is_name(relationship):
        return None
    if folded.endswith("__r"):
        return f"{relationship[:-3]}__c"
    return LEADS_TO.get(folded, relationship)


def _lookup(told: Described, relationship: str) -> Described | None:
    return next((field for field in told["fields"] if _same(field.get("relationshipName"), relationship)), None)


def _parents(told: Described, name: str) -> list[str]:
    """Give the objects that a related field may be of, the probable one first."""
    relationship = name.partition(".")[0]
    parents = [str(parent) for parent in (_lookup(told, relationship) or {}).get("referenceTo") or ()]
    probable = guess(relationship)
    return sorted(parents, key=lambda parent: not _same(probable, parent))


def _whole(told: Any, sobject: str) -> Described:
    """Refuse a describe from which no schema can be made."""
    fields = told.get("fields") if isinstance(told, dict) else None
    named = isinstance(fields, list) and isinstance(told.get("name"), str) and isinstance(told.get("label"), str | None)
    if isinstance(fields, list) and named and all(map(_is_field, fields)):
        return {**told}
    raise UnexpectedAnswer(
        f"Salesforce does not describe {sobject} as expected.", "Run again; if it lasts, report it.", sobject
    )


def _is_field(told: Any) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("name"), str) or not isinstance(told.get("type"), str):
        return False
    values, parents = told.get("picklistValues") or [], told.get("referenceTo") or []
    return (
        all(isinstance(told.get(name), str | None) for name in ("label", "relationshipName"))
        and all(isinstance(told.get(name), int | None) for name in ("length", "digits", "precision", "scale"))
        and isinstance(values, list)
        and all(isinstance(each, dict) and "value" in each for each in values)
        and isinstance(parents, list)
        and all(isinstance(each, str) for each in parents)
    )


def _same(name: Any, other: str) -> bool:
    return isinstance(name, str) and name.casefold() == other.casefold()
