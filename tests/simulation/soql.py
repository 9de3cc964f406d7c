"""As much of SOQL as the program writes: one object, comparisons, IN, AND, OR, brackets, an order, a limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_QUERY = re.compile(
    r"SELECT (?P<fields>.+?) FROM (?P<of>\w+)(?: WHERE (?P<where>.*?))?(?P<order> ORDER BY SystemModstamp, Id)?"
    r"(?: LIMIT (?P<limit>\d+))?$",
    re.DOTALL,
)
_TOKEN = re.compile(r"\s*('(?:[^'\\]|\\.)*'|>=|<=|!=|[=<>(),]|[^\s=<>!(),']+)")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}

Row = Mapping[str, Any]
Test = Callable[[Row], bool]


class Misread(ValueError):
    """The query is none that Salesforce would understand."""


@dataclass(frozen=True)
class Query:
    fields: tuple[str, ...]
    of: str
    test: Test
    limit: int | None
    counts: bool


def parse(text: str) -> Query:
    """Read a query. Raises Misread."""
    found = _QUERY.fullmatch(text)
    if found is None:
        raise Misread(text)
    fields = tuple(name.strip() for name in found["fields"].split(","))
    test = _Reader(found["where"]).whole() if found["where"] else lambda row: True
    limit = found["limit"]
    return Query(fields, found["of"], test, int(limit) if limit else None, fields == ("COUNT()",))


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = [found[1] for found in _TOKEN.finditer(text)]
        self._at = 0

    def whole(self) -> Test:
        test = self._any()
        if self._at != len(self._tokens):
            raise Misread(" ".join(self._tokens))
        return test

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise Misread("ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _is(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at].upper() == word:
            self._at += 1
            return True
        return False

    def _any(self) -> Test:
        tests = [self._all()]
        while self._is("OR"):
            tests.append(self._all())
        return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._is("AND"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def _one(self) -> Test:
        if self._is("("):
            test = self._any()
            if not self._is(")"):
                raise Misread("a bracket is open")
            return test
        name, operator = self._next(), self._next().upper()
        if operator == "IN":
            if not self._is("("):
                raise Misread("IN without a list")
            values = {_folded(self._literal())}
            while self._is(","):
                values.add(_folded(self._literal()))
            if not self._is(")"):
                raise Misread("a list is open")
            return lambda row: _folded(row[name]) in values
        value = _folded(self._literal())
        return _comparison(name, operator, value)

    def _literal(self) -> Any:
        token = self._next()
        if token.startswith("'"):
            return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), token[1:-1])
        if _STAMP.fullmatch(token):
            return token
        words = {"null": None, "true": True, "false": False}
        if token.lower() in words:
            return words[token.lower()]
        raise Misread(token)


def _comparison(name: str, operator: str, value: Any) -> Test:
    def compared(row: Row) -> bool:
        held = _folded(row[name])
        if operator == "=":
            return bool(held == value)
        if operator == "!=":
            return bool(held != value)
        if held is None:
            return False
        return bool({">": held > value, "<": held < value, ">=": held >= value, "<=": held <= value}[operator])

    if operator not in ("=", "!=", ">", "<", ">=", "<="):
        raise Misread(operator)
    return compared


def _folded(value: Any) -> Any:
    """Salesforce compares texts without regard to case. Ids of one object differ in more than that here."""
    return value.casefold() if isinstance(value, str) else value
