"""SOQL: its grammar, and the tree a query becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken, VisitError

from disf_desktop.simulator.salesforce.errors import ApiError, malformed
from disf_desktop.simulator.salesforce.soql_grammar import GRAMMAR

# Salesforce gives no query more; a number SQLite cannot hold is none either.
MOST_ROWS = 50_000_000
SHORT = 4_000


@dataclass(frozen=True)
class Path:
    """A field, perhaps through relationships: `Account.Owner.Name`; `column` is its place in the query, from 1."""

    parts: tuple[str, ...]
    column: int


@dataclass(frozen=True)
class Call:
    """A function of a field: `COUNT(Id)`, `FIELDS(ALL)`."""

    name: str
    argument: Path | Call | None
    column: int


Operand = Path | Call


@dataclass(frozen=True)
class Selected:
    """An item of the select list with its alias."""

    what: Operand
    alias: str | None


@dataclass(frozen=True)
class TypeOf:
    """What is selected of a parent by what it is: fields by the object, and those of any other (`otherwise`)."""

    path: Path
    whens: tuple[tuple[str, tuple[Path, ...]], ...]
    otherwise: tuple[Path, ...]


@dataclass(frozen=True)
class Literal:
    """A constant; `kind` is the terminal of the grammar, `text` is as written."""

    kind: str
    text: str
    column: int


@dataclass(frozen=True)
class Compare:
    left: Operand
    operator: str
    right: Literal


@dataclass(frozen=True)
class Like:
    left: Operand
    right: Literal


@dataclass(frozen=True)
class In:
    left: Operand
    negated: bool
    values: tuple[Literal, ...] | Query


@dataclass(frozen=True)
class Multi:
    """INCLUDES or EXCLUDES on a multi-select picklist."""

    left: Operand
    negated: bool
    values: tuple[Literal, ...]


@dataclass(frozen=True)
class Not:
    item: Condition


@dataclass(frozen=True)
class And:
    items: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    items: tuple[Condition, ...]


Condition = Compare | Like | In | Multi | Not | And | Or


@dataclass(frozen=True)
class Ordered:
    what: Operand
    descending: bool
    nulls_last: bool


@dataclass(frozen=True)
class Query:
    """A parsed query."""

    select: tuple[Selected | Query | TypeOf, ...]
    source: str
    source_column: int
    alias: str | None
    further: tuple[tuple[Path, str], ...] = ()
    """Relationships that have a name of their own: `FROM Contact c, c.Account a`."""
    where: Condition | None = None
    scope: str | None = None
    group: tuple[Operand, ...] = ()
    subtotals: str | None = None
    """ROLLUP or CUBE."""
    having: Condition | None = None
    order: tuple[Ordered, ...] = ()
    limit: int | None = None
    offset: int | None = None
    all_rows: bool = False


@v_args(inline=True)
class _Tree(Transformer[Token, Query]):
    def query(self, select: tuple[Any, ...], source: tuple[Any, ...], *clauses: tuple[str, Any]) -> Query:
        given: dict[str, Any] = {}
        for name, value in clauses:
            given |= value if name == "group" else {name: value} if name else {}
        name, alias, *further = source
        return Query(select, str(name), _place(name), str(alias) if alias else None, tuple(further), **given)

    def select_list(self, *items: Selected | Query | TypeOf) -> tuple[Selected | Query | TypeOf, ...]:
        return items

    def selected(self, what: Operand, alias: Token | None) -> Selected:
        return Selected(what, str(alias) if alias else None)

    called = selected

    def child(self, query: Query) -> Query:
        return query

    def typeof(self, path: Path, *rest: Any) -> TypeOf:
        *whens, otherwise = rest
        return TypeOf(path, tuple(whens), otherwise or ())

    def when_(self, name: Token, *paths: Path) -> tuple[str, tuple[Path, ...]]:
        return str(name), paths

    def else_(self, *paths: Path) -> tuple[Path, ...]:
        return paths

    def call(self, name: Token, argument: Operand | None = None) -> Call:
        return Call(str(name), argument, _place(name))

    def path(self, *names: Token) -> Path:
        return Path(tuple(map(str, names)), _place(names[0]))

    def source(self, *parts: Any) -> tuple[Any, ...]:
        return parts

    def further(self, path: Path, alias: Token) -> tuple[Path, str]:
        return path, str(alias)

    def where(self, condition: Condition) -> tuple[str, Any]:
        return "where", condition

    def having(self, condition: Condition) -> tuple[str, Any]:
        return "having", condition

    def and_(self, *items: Condition) -> And:
        return And(items)

    def or_(self, *items: Condition) -> Or:
        return Or(items)

    def not_(self, item: Condition) -> Not:
        return Not(item)

    def compare(self, left: Operand, operator: Token, right: Literal) -> Compare:
        return Compare(left, "!=" if operator == "<>" else str(operator), right)

    def like(self, left: Operand, right: Literal) -> Like:
        return Like(left, right)

    def in_(self, left: Operand, negated: Token | None, values: tuple[Literal, ...] | Query) -> In:
        return In(left, negated is not None, values)

    def multi(self, left: Operand, word: Token, values: tuple[Literal, ...]) -> Multi:
        return Multi(left, word.upper() == "EXCLUDES", values)

    def literals(self, *values: Literal) -> tuple[Literal, ...]:
        return values

    def literal(self, token: Token) -> Literal:
        return Literal(token.type, str(token), _place(token))

    def group(self, *items: Any) -> tuple[str, Any]:
        if isinstance(items[0], tuple):
            return "group", {"group": items[0][1:], "subtotals": items[0][0]}
        return "group", {"group": items}

    def rollup(self, kind: Token, *items: Operand) -> tuple[Any, ...]:
        return kind.upper(), *items

    def order(self, *items: Ordered) -> tuple[str, Any]:
        return "order", items

    def ordered(self, what: Operand, direction: Token | None, nulls: Token | None) -> Ordered:
        return Ordered(what, (direction or "").upper() == "DESC", (nulls or "").upper() == "LAST")

    def limit(self, number: Token) -> tuple[str, Any]:
        return "limit", min(int(number), MOST_ROWS)

    def offset(self, number: Token) -> tuple[str, Any]:
        return "offset", min(int(number), MOST_ROWS)

    def all_rows(self) -> tuple[str, Any]:
        return "all_rows", True

    def scope(self, name: Token) -> tuple[str, Any]:
        return "scope", str(name)

    def with_(self, name: Token) -> tuple[str, Any]:
        if name.upper() not in ("SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"):
            raise malformed(f"unexpected token: '{name}'")
        return "", None

    def for_(self, *_: Token) -> tuple[str, Any]:
        return "", None

    update_ = for_


def _place(token: Token) -> int:
    return (token.start_pos or 0) + 1


_PARSER = Lark(GRAMMAR, start="query", parser="lalr", lexer="contextual", maybe_placeholders=True)
_TREE = _Tree()
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\", "%": "%", "_": "_"}


def parse(text: str) -> Query:
    """Parse a query; raise MALFORMED_QUERY as Salesforce words it."""
    if len(text) > 100_000:
        raise malformed("SOQL statements cannot be longer than 100000 characters.")
    # What is asked again and again is short; what is long is a list of ids that will not come again.
    return _parsed_before(text) if len(text) <= SHORT else _parsed(text)


@lru_cache(256)
def _parsed_before(text: str) -> Query:
    return _parsed(text)


def _parsed(text: str) -> Query:
    try:
        return _TREE.transform(_PARSER.parse(text))
    except VisitError as error:
        raise error.orig_exc from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise malformed("unexpected token: '<EOF>'") from None
        raise at(text, _place(error.token), "MALFORMED_QUERY", f"unexpected token: '{error.token}'") from None
    except UnexpectedCharacters as error:
        if error.char == ":":
            raise at(
                text, (error.pos_in_stream or 0) + 1, "MALFORMED_QUERY", "Bind variables only allowed in Apex code"
            ) from None
        message = f"line {error.line}:{error.column - 1} no viable alternative at character '{error.char}'"
        raise at(text, (error.pos_in_stream or 0) + 1, "MALFORMED_QUERY", message) from None
    except UnexpectedEOF:
        raise malformed("unexpected token: '<EOF>'") from None


def at(text: str, place: int, code: str, message: str) -> ApiError:
    """Make an error that shows the place in the query (a character, from 1) as Salesforce does."""
    start = max(0, place - 40)
    shown = re.sub(r"\s", " ", text[start : place + 60])
    pointer = " " * (place - 1 - start) + "^"
    row, column = text.count("\n", 0, place - 1) + 1, place - 1 - text.rfind("\n", 0, place - 1)
    return ApiError(400, code, f"\n{shown}\n{pointer}\nERROR at Row:{row}:Column:{column}\n{message}")


def unquoted(literal: Literal, keep_wildcards: bool = False) -> str:
    r"""Return the text of a string literal; with `keep_wildcards`, `\%` and `\_` stay escaped for LIKE."""

    def plain(match: re.Match[str]) -> str:
        char = match[1]
        if len(char) == 5:
            return chr(int(char[1:], 16))
        if keep_wildcards and char in "%_\\":
            return match[0]
        if char not in _ESCAPES:
            raise malformed(
                f"Illegal string literal: Invalid string literal {literal.text}. Illegal character sequence"
            )
        return _ESCAPES[char]

    return _ESCAPE.sub(plain, literal.text[1:-1])
