"""Search (SOSL): words in the text fields of several objects, whole words unless a star follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

MOST_FOUND = 2_000
TEXTS = frozenset({"string", "textarea", "email", "phone", "url", "picklist"})
GROUPS = ("ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR")
WRAPPED_SINCE = 37.0
_SOSL = re.compile(
    r"\s*FIND\s*\{(?P<text>(?:[^\\}]|\\.)*)\}(?:\s+IN\s+(?P<group>\w+)\s+FIELDS)?(?:\s+RETURNING\s+(?P<returning>.*?))?"
    r"(?:\s+LIMIT\s+(?P<limit>\d+))?\s*",
    re.IGNORECASE | re.DOTALL,
)
_TERM = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_TAIL = re.compile(r"\s+(?=(?:WHERE|ORDER\s+BY|LIMIT|USING)\b)", re.IGNORECASE)


@dataclass
class _Target:
    """One object to search: what is returned of it, and the rest of a query."""

    sobject: SObject
    fields: list[str] = field(default_factory=lambda: ["Id"])
    tail: str = ""


async def search(exchange: Exchange) -> Reply:
    """Answer `search?q=FIND {…}`."""
    text = exchange.query.get("q", "")
    found = _SOSL.fullmatch(text)
    if found is None:
        raise _malformed("unexpected token: the search must begin with FIND {…}")
    group = (found["group"] or "ALL").upper()
    targets = [*_returned(exchange, found["returning"] or "")] or [*_everywhere(exchange)]
    limit = int(found["limit"] or MOST_FOUND)
    return _answer(exchange, _run(exchange, re.sub(r"\\(.)", r"\1", found["text"]), group, targets, limit))


async def parameterized(exchange: Exchange) -> Reply:
    """Answer `parameterizedSearch`, whose words are not written in SOSL."""
    given: dict[str, Any] = exchange.json() if exchange.method == "POST" else dict(exchange.query)
    named = given.get("sobjects") or [{"name": each} for each in str(given.get("sobject", "")).split(",") if each]
    shared = _listed(given.get("fields")) or ["Id"]
    targets = []
    for each in named:
        most = f"LIMIT {int(each['limit'])}" if str(each.get("limit", "")).isdigit() else ""
        where = f"WHERE {each['where']}" if each.get("where") else ""
        fields = _listed(each.get("fields")) or shared
        targets.append(_Target(_object(exchange, str(each.get("name"))), fields, f"{where} {most}".strip()))
    text = str(given.get("q", ""))
    limit = int(given.get("overallLimit") or MOST_FOUND)
    group = str(given.get("in", "ALL")).upper()
    return _answer(exchange, _run(exchange, text, group, targets or [*_everywhere(exchange)], limit))


def _answer(exchange: Exchange, found: list[dict[str, Any]]) -> Reply:
    wrapped = exchange.number >= WRAPPED_SINCE
    return Reply(content={"searchRecords": found} if wrapped else found, records=len(found))


def _malformed(message: str) -> ApiError:
    return ApiError(400, "MALFORMED_SEARCH", message)


def _listed(given: Any) -> list[str]:
    names = given.split(",") if isinstance(given, str) else given or []
    return [str(each).strip() for each in names]


def _object(exchange: Exchange, name: str) -> SObject:
    known = exchange.org.view.get(name)
    if known is None or not known.attributes["searchable"]:
        raise ApiError(400, "INVALID_TYPE", f"sObject type '{name}' is not supported.")
    return known


def _everywhere(exchange: Exchange) -> Iterator[_Target]:
    yield from (_Target(each) for each in exchange.org.view if each.attributes["searchable"])


def _returned(exchange: Exchange, text: str) -> Iterator[_Target]:
    """Yield the objects of RETURNING: `Contact(Id, Name WHERE … LIMIT 5), Lead`."""
    depth, start, pieces = 0, 0, []
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            pieces.append(text[start:place])
            start = place + 1
    pieces.append(text[start:])
    for piece in filter(None, map(str.strip, pieces)):
        name, opened, inner = piece.partition("(")
        sobject = _object(exchange, name.strip())
        if not opened:
            yield _Target(sobject)
            continue
        head, *tail = _TAIL.split(inner.rstrip().removesuffix(")"), maxsplit=1)
        yield _Target(sobject, _listed(head), tail[0] if tail else "")


def _run(exchange: Exchange, text: str, group: str, targets: list[_Target], limit: int) -> list[dict[str, Any]]:
    if group not in GROUPS:
        raise _malformed(f"unexpected token: {group}")
    wanted = [*_alternatives(text)]
    found: list[dict[str, Any]] = []
    for target in targets:
        searched = [each.name for each in _searched(target.sobject, group)]
        ids = [*_matching(exchange, target.sobject, searched, wanted)] if searched else []
        if ids:
            found += _read(exchange, target, ids)
    return found[:limit]


def _alternatives(text: str) -> Iterator[list[tuple[re.Pattern[str], str, bool]]]:
    """Yield what is sought: one of several lists of words, all of which must be there, or must not."""
    for part in re.split(r"\s+OR\s+", text.strip()):
        words: list[tuple[re.Pattern[str], str, bool]] = []
        refuse = False
        for phrase, word in _TERM.findall(part):
            if word == "AND":
                continue
            if word == "NOT":
                refuse = True
                continue
            term = phrase or word.strip("()")
            bare = term.replace("*", "").replace("?", "")
            if len(bare) < 2:
                raise _malformed(f"search term must be longer than one character: {term}")
            pattern = re.escape(term).replace(r"\*", r"\w*").replace(r"\?", r"\w")
            longest = max(re.split(r"[*?]", term), key=len)
            words.append((re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), longest, refuse))
            refuse = False
        if not any(not each[2] for each in words):
            raise _malformed("search string must hold a word that is sought")
        yield words


def _searched(sobject: SObject, group: str) -> Iterator[Field]:
    for each in sobject.columns:
        fits = {
            "ALL": each.type in TEXTS,
            "NAME": each["nameField"] or each["extraTypeInfo"] == "personname",
            "EMAIL": each.type == "email",
            "PHONE": each.type == "phone",
            "SIDEBAR": each["nameField"] or each.type in ("email", "phone"),
        }[group]
        if fits and each["filterable"]:
            yield each


def _matching(
    exchange: Exchange,
    sobject: SObject,
    searched: list[str],
    wanted: list[list[tuple[re.Pattern[str], str, bool]]],
) -> Iterator[str]:
    """Yield the ids of records that hold the words; the query narrows them down, the patterns decide."""
    for words in wanted:
        for_like = next(longest for _, longest, refused in words if not refused)
        escaped = re.sub(r"([\\'%_])", r"\\\1", for_like)
        condition = " OR ".join(f"{name} LIKE '%{escaped}%'" for name in searched)
        text = f"SELECT Id, {', '.join(searched)} FROM {sobject.name} WHERE {condition} LIMIT {MOST_FOUND}"  # noqa: S608 - SOQL, escaped
        for record in exchange.queries.run(text, "query", exchange.version)["records"]:
            whole = "\n".join(str(record[name]) for name in searched if record[name] is not None)
            if all(bool(pattern.search(whole)) != refused for pattern, _, refused in words):
                yield record["Id"]


def _read(exchange: Exchange, target: _Target, ids: list[str]) -> list[dict[str, Any]]:
    listed = ", ".join(f"'{each}'" for each in dict.fromkeys(ids))
    where, condition = "", target.tail
    if condition.upper().startswith("WHERE"):
        where, *rest = re.split(r"\s+(?=(?:ORDER\s+BY|LIMIT)\b)", condition[5:], maxsplit=1, flags=re.IGNORECASE)
        where, condition = f" AND ({where})", rest[0] if rest else ""
    text = f"SELECT {', '.join(target.fields)} FROM {target.sobject.name} WHERE Id IN ({listed}){where} {condition}"  # noqa: S608 - SOQL
    found: list[dict[str, Any]] = exchange.queries.run(text, "query", exchange.version)["records"]
    return found
