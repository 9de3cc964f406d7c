"""Dialog Insight's own forms: the prefixes of its names, its values, its requests and replies.

Names carry a prefix by what they are (article 1000330259): `f_` a project field, `key_f_` a field of the primary key,
`optin_` a consent; the fields of a custom table carry none, `key_` in its key. Dates are written with dots, in the
project's zone and without offset; booleans 1 and 0; lists with `|`; the empty text clears a field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import Any
from unicodedata import category, normalize

import orjson

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.moments import to_local
from disf_desktop.core.page_values import PageCanonicaliser, page_canonicaliser
from disf_desktop.core.project import is_consent_name
from disf_desktop.core.records import (
    FoundRecord,
    OptinState,
    RecordOutcome,
    RecordRefused,
    RecordUnknown,
    WriteRecord,
    Written,
)
from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.schema import FieldType, Schema, Side
from disf_desktop.core.values import SEPARATOR, Canonicaliser, Value, canonicaliser
from disf_desktop.services.dialog_insight.optins import optin_reader

CONTACT_NUMBER = "idContact"
"""How Dialog Insight numbers contacts; the reply to a merge calls it `IdRecord`."""

MERGE_OPTIONS = {
    "create": {"AllowInsert": True, "AllowUpdate": False},
    "update": {"AllowInsert": False, "AllowUpdate": True},
    "upsert": {"AllowInsert": True, "AllowUpdate": True},
}
_ALWAYS = {
    "SkipDuplicateRecords": False,
    "SkipUnmatchedRecords": False,
    "ReturnRecordsOnSuccess": True,
    "ReturnRecordsOnError": False,
    "FieldOptions": None,
}

_LONGEST_WORDS = 1000
_PREFIXES = ("key_", "f_")

Members = dict[str, Any]
Identity = tuple[tuple[str, str], ...]


class ConsentMayNotTravel(AssertionError):
    """A request to Dialog Insight would have carried a consent (promise I8): a mistake of ours that stops the run."""


class Layout:
    """The names and values of one table, made ready for many records.

    `schema` has the codes without prefix; `contacts` says whether it is the contact list of a project. Threads may
    share it.
    """

    def __init__(self, schema: Schema, zone: tzinfo, *, contacts: bool) -> None:
        self._contacts = contacts
        prefix = "f_" if contacts else ""
        self._names = {f.name: (prefix + f.name, encoder(f.type, zone)) for f in schema.fields.values()}
        self._key_names = {name: f"key_{prefix}{name}" for name in self._names}
        self.key = schema.key
        readable = [f for f in schema.fields.values() if f.type is not FieldType.UNSUPPORTED]
        self._readers: tuple[tuple[str, str, Canonicaliser], ...] = tuple(
            (prefix + f.name, f.name, canonicaliser(f, Side.DIALOG_INSIGHT, zone)) for f in readable
        )
        self._page_readers: tuple[tuple[str, str, PageCanonicaliser], ...] = tuple(
            (prefix + f.name, f.name, page_canonicaliser(f, Side.DIALOG_INSIGHT, zone)) for f in readable
        )
        self._read_optins = optin_reader([optin.name for optin in schema.optins] if contacts else [], zone)

    def record(self, record: WriteRecord) -> Members:
        """Give a record in the form of `Merge`: what identifies it, and its values in the order of their codes."""
        names, fields = self._names, record.fields
        unknown = fields.keys() - names.keys()
        assert not unknown, f"the field {min(unknown)} is not in the schema"
        data = {}
        for code in sorted(fields):
            name, encode = names[code]
            value = fields[code]
            data[name] = "" if value is None else value if encode is None else encode(value)
        return {"ID": self._identify(record), "Data": data}

    def clause(self, code: str, value: Value) -> Members:
        """Give the clause of a look-up by a field."""
        return clause(*self._pair({code: value}, code))

    def values(self, given: Mapping[str, Any]) -> dict[str, Value]:
        """Give the canonical values of a flat record, by code; what cannot be read is left out."""
        read = self.values_and_refusals(given)
        return {code: value for code, value in read.items() if type(value) is not Refusal}  # type: ignore[misc]

    def values_and_refusals(self, given: Mapping[str, Any]) -> dict[str, Value | Bad]:
        """Give the canonical values of a flat record, by code, or the reason why one cannot be read."""
        return {
            code: None if (raw := given[name]) is None else read(raw)
            for name, code, read in self._readers
            if name in given
        }

    def optins(self, given: Mapping[str, Any]) -> dict[str, OptinState]:
        """Give the opt-ins that a flat record shows, by code."""
        return self._read_optins(given)

    def found(self, given: Mapping[str, Any], as_of: str) -> FoundRecord | None:
        """Give a flat record as it was found; None where it does not say which one it is."""
        values = self.values(given)
        number = self.number(given, values)
        return None if number is None else FoundRecord(number, values, self.optins(given), as_of)

    def has_key(self, values: Mapping[str, Value], key: Mapping[str, Value]) -> bool:
        """Say whether these values have this key, as Dialog Insight compares: without case and trailing blanks."""
        return all(_fold(values.get(code)) == _fold(value) for code, value in key.items())

    def number(self, given: Mapping[str, Any], values: Mapping[str, Value]) -> str | None:
        """Give the id of a flat record: its idContact, or in a custom table its folded key. None where it has none."""
        if self._contacts:
            number = given.get(CONTACT_NUMBER)
            return str(number) if type(number) is int and number > 0 else None
        return self._row_id(values)

    def _row_id(self, values: Mapping[str, Value]) -> str:
        return "\x1f".join([_fold(values.get(code)) for code in self.key])

    def outcomes(self, kind: str, records: Sequence[WriteRecord], rows: Sequence[Any]) -> tuple[RecordOutcome, ...]:
        """Tell what became of each record from the rows of a reply, matched by the identity that they echo.

        A record without a row of its own, or with two, is unknown, wherever its row may stand.
        """
        by_identity: dict[Identity, Mapping[str, Any] | None] = {}
        for row in rows:
            if isinstance(row, dict) and isinstance(row.get("ID"), dict):
                identity = _identity(row["ID"])
                by_identity[identity] = None if identity in by_identity else row
        told = [by_identity.get(_identity(self._identify(each))) for each in records]
        shown = self._shown([None if row is None else row.get("Record") for row in told])
        return tuple(map(self._outcome, repeat(kind), records, told, shown))

    def _shown(self, given: Sequence[object]) -> list[dict[str, Value] | None]:
        """Give the canonical values of flat records, as `values` does; None for what is none."""
        flat = [each for each in given if isinstance(each, dict)]
        if not flat or any(each.keys() != flat[0].keys() for each in flat):
            return [self.values(each) if isinstance(each, dict) else None for each in given]
        there = [(name, code, read) for name, code, read in self._page_readers if name in flat[0]]
        columns = [read([each[name] for each in flat]) for name, _, read in there]
        codes = [code for _, code, _ in there]
        refused = any(Refusal in map(type, column) for column in columns)
        read_rows = iter(zip(*columns, strict=True) if columns else repeat(()))
        found: list[dict[str, Any] | None] = []
        for each in given:
            values = dict(zip(codes, next(read_rows), strict=True)) if isinstance(each, dict) else None
            if refused and values is not None:
                values = {code: value for code, value in values.items() if type(value) is not Refusal}
            found.append(values)
        return found

    def _outcome(
        self, kind: str, record: WriteRecord, row: Mapping[str, Any] | None, shown: Mapping[str, Value] | None
    ) -> RecordOutcome:
        if row is None:
            return RecordUnknown(record.op)
        number, message = row.get("IdRecord"), row.get("Message")
        validation, status = row.get("ValidationResult"), str(row.get("Status") or "")
        if type(number) is not int or number <= 0 or validation != "OK" or message:
            code = validation if validation and validation != "OK" else status
            return RecordRefused(record.op, words(code), words(message))
        if self._contacts and record.rid is not None and str(number) != record.rid:
            # The reply speaks of somebody else.
            return RecordUnknown(record.op)
        folded = status.casefold()
        created = folded == "created" or (folded != "updated" and kind == "create")
        rid = str(number) if self._contacts else self._row_id({**record.key, **record.fields})
        # What we sent stands where the reply leaves a field out, or shows it in a form that nobody knows.
        stored = None if shown is None else {**record.key, **record.fields, **shown}
        return Written(record.op, rid, created, stored)

    def _identify(self, record: WriteRecord) -> Members:
        if self._contacts and record.rid is not None:
            return {CONTACT_NUMBER: int(record.rid)}
        return {self._key_names[code]: self._pair(record.key, code)[1] for code in sorted(record.key)}

    def _pair(self, values: Mapping[str, Value], code: str) -> tuple[str, Any]:
        known = self._names.get(code)
        assert known is not None, f"the field {code} is not in the schema"
        name, encode = known
        value = values[code]
        return name, "" if value is None else value if encode is None else encode(value)


def encoder(type: FieldType, zone: tzinfo) -> Callable[[Any], Any] | None:
    """Give the function from a canonical value (not None) to the one that is sent; None where they are the same."""
    match type:
        case FieldType.BOOLEAN:
            return int
        case FieldType.INTEGER:
            return _whole
        case FieldType.DECIMAL:
            return _exact
        case FieldType.CONTACT:
            return int
        case FieldType.DATE:
            return lambda day: day.replace("-", ".")
        case FieldType.DATETIME:
            return lambda moment: to_local(moment, zone)
        case FieldType.CHOICES:
            return SEPARATOR[Side.DIALOG_INSIGHT].join
        case _:
            return None


def clause(name: str, wired: Any, operator: str = "Equal") -> Members:
    """Give a clause on one field; `Equal` is the one operator known from public sources.

    `$type` comes first, as Json.NET wants its markers.
    """
    return {"$type": "FieldClause", "Field": {"Name": name}, "TypeOperator": operator, "ComparisonValue": wired}


def merge_options(kind: str) -> Members:
    """Give all seven options of a merge: what Dialog Insight takes for one that is left out is not known."""
    return {**MERGE_OPTIONS[kind], **_ALWAYS}


def serialise(body: Members) -> bytes:
    """Write a request; the same one gives the same bytes.

    Raises ConsentMayNotTravel rather than name a consent, to write it or to ask for it.
    """
    names = [name for record in body.get("Records", ()) for part in record.values() for name in part]
    if "Clause" in body:
        names.append(body["Clause"]["Field"]["Name"])
    for name in names:
        if _is_consent(name):
            raise ConsentMayNotTravel(f"{name} is a consent; consents travel from Dialog Insight to Salesforce only")
    return orjson.dumps(body)


def parse(body: bytes) -> Members:
    """Read a reply: an object that says `Success`. Raises ValueError for anything else.

    Numbers with a point are kept exactly, as Decimal.
    """
    try:
        reply = json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(reply, dict) or not isinstance(reply.get("Success"), bool):
        raise ValueError("no Success")
    return reply


def words(said: object) -> str:
    """Give a text of the service's as it came, cut where it is endless."""
    return "" if said is None else str(said)[:_LONGEST_WORDS]


def records_of(reply: Members) -> list[Any]:
    """Give the records of a reply. Raises UnexpectedAnswer for a reply without a list of them."""
    records = reply.get("Records")
    if not isinstance(records, list):
        raise shapeless(reply)
    return records


def request_id(envelope: Members) -> str:
    """Give the service's number of a call."""
    return words(envelope.get("idRequest"))


def shapeless(reply: Members) -> UnexpectedAnswer:
    """Give the error of a reply that has not the shape it should have."""
    return UnexpectedAnswer(
        "Dialog Insight answered without the records that were asked for.",
        "Try again; if it stays so, ask Dialog Insight with the number of the request.",
        detail=f"request {request_id(reply)}",
    )


@lru_cache(maxsize=4096)
def _is_consent(name: str) -> bool:
    bare = _as_compared(name)
    while bare.startswith(_PREFIXES):
        bare = bare.removeprefix("key_").removeprefix("f_")
    return is_consent_name(bare)


def _as_compared(name: str) -> str:
    """Fold a name more than any service may: case, width, accents, blanks and what nobody sees."""
    # Lower first: capital İ comes apart, small ı is a letter of its own, and a Turkish server takes both for an i.
    apart = normalize("NFKD", normalize("NFKD", name).casefold()).replace("ı", "i")
    return "".join(each for each in apart if category(each)[0] not in "CMZ")


def _identity(sent: Mapping[str, Any]) -> Identity:
    return tuple(sorted([(name.casefold(), _fold(value)) for name, value in sent.items()]))


def _fold(value: object) -> str:
    """Write a key value as Dialog Insight compares it; a number and its text are the same."""
    if type(value) is orjson.Fragment:
        value = value.contents
    text = value.decode() if isinstance(value, bytes) else "" if value is None else str(value)
    return text.rstrip().casefold()


def _whole(number: int) -> Any:
    return number if -(2**63) <= number < 2**63 else _exact(str(number))


def _exact(number: str) -> Any:
    return orjson.Fragment(number.encode())


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
