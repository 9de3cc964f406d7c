"""SOQL: its grammar, and the tree a query becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from disf_desktop.simulator.salesforce.errors import ApiError, malformed

GRAMMAR = r"""
query: "SELECT"i select_list "FROM"i source _which _grouped _ordered _ending
_which: scope? where? with_?
_grouped: group? having?
_ordered: order? limit? offset?
_ending: for_? all_rows?
select_list: _item ("," _item)*
_item: selected | called | child
selected: path [NAME]
called: call [NAME]
child: "(" query ")"
call: NAME "(" ")" | NAME "(" _operand ")"
_operand: path | call
path: NAME ("." NAME)*
source: NAME [NAME]
scope: "USING"i "SCOPE"i NAME
with_: "WITH"i NAME
where: "WHERE"i _condition
having: "HAVING"i _condition
_condition: _unary | and_ | or_
and_: _unary ("AND"i _unary)+
or_: _unary ("OR"i _unary)+
_unary: not_ | compare | like | in_ | multi | "(" _condition ")"
not_: "NOT"i _unary
compare: _operand OPERATOR literal
like: _operand "LIKE"i literal
in_: _operand [NOT] "IN"i _set
multi: _operand (INCLUDES | EXCLUDES) literals
_set: literals | child
literals: "(" literal ("," literal)* ")"
literal: STRING | NUMBER | DATE | DATETIME | DAYS | NAME
group: "GROUP"i "BY"i _operand ("," _operand)*
order: "ORDER"i "BY"i ordered ("," ordered)*
ordered: _operand [ASC | DESC] ["NULLS"i (FIRST | LAST)]
limit: "LIMIT"i WHOLE
offset: "OFFSET"i WHOLE
for_: "FOR"i (VIEW | "REFERENCE"i | "UPDATE"i)
all_rows: "ALL"i "ROWS"i

NOT: "NOT"i
INCLUDES: "INCLUDES"i
EXCLUDES: "EXCLUDES"i
VIEW: "VIEW"i
ASC: "ASC"i
DESC: "DESC"i
FIRST: "FIRST"i
LAST: "LAST"i
OPERATOR: "!=" | "<>" | "<=" | ">=" | "=" | "<" | ">"
DATETIME.4: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)/i
DATE.3: /\d{4}-\d\d-\d\d/
DAYS.3: /(LAST|NEXT)_N_[a-z_]+:\d+|N_[a-z]+_AGO:\d+/i
NUMBER.2: /[+-]?(\d+(\.\d*)?|\.\d+)/
WHOLE: /\d+/
STRING: /'(\\.|[^'\\])*'/s
NAME: /(?!(?:select|from|where)\b)[a-z_][a-z0-9_]*/i
%ignore /\s+/
"""

# The clauses are in four rules, not one: a rule is expanded to every choice of what it may lack, and ten optional
# clauses in one make the parser take a second to build.

# Salesforce gives no query more; a number SQLite cannot hold is none either.
MOST_ROWS = 50_000_000


@dataclass(frozen=True)
class Path:
    """A field, perhaps through relationships: `Account.Owner.Name`."""

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

    select: tuple[Selected | Query, ...]
    source: str
    source_column: int
    alias: str | None
    where: Condition | None = None
    group: tuple[Operand, ...] = ()
    having: Condition | None = None
    order: tuple[Ordered, ...] = ()
    limit: int | None = None
    offset: int | None = None
    all_rows: bool = False


@v_args(inline=True)
class _Tree(Transformer[Token, Query]):
    def query(self, select: tuple[Any, ...], source: tuple[Token, Token | None], *clauses: tuple[str, Any]) -> Query:
        given = {name: value for name, value in clauses if name}
        name, alias = source
        return Query(select, str(name), name.column or 1, str(alias) if alias else None, **given)

    def select_list(self, *items: Selected | Query) -> tuple[Selected | Query, ...]:
        return items

    def selected(self, what: Operand, alias: Token | None) -> Selected:
        return Selected(what, str(alias) if alias else None)

    called = selected

    def child(self, query: Query) -> Query:
        return query

    def call(self, name: Token, argument: Operand | None = None) -> Call:
        return Call(str(name), argument, name.column or 1)

    def path(self, *names: Token) -> Path:
        return Path(tuple(map(str, names)), names[0].column or 1)

    def source(self, name: Token, alias: Token | None) -> tuple[Token, Token | None]:
        return name, alias

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
        return Literal(token.type, str(token), token.column or 1)

    def group(self, *items: Operand) -> tuple[str, Any]:
        return "group", items

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

    def scope(self, *_: Token) -> tuple[str, Any]:
        return "", None

    with_ = scope
    for_ = scope


_PARSER = Lark(GRAMMAR, start="query", parser="lalr", lexer="contextual", maybe_placeholders=True)
_TREE = _Tree()
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\", "%": "%", "_": "_"}


@lru_cache(256)
def parse(text: str) -> Query:
    """Parse a query; raise MALFORMED_QUERY as Salesforce words it."""
    if len(text) > 100_000:
        raise malformed("SOQL statements cannot be longer than 100000 characters.")
    try:
        return _TREE.transform(_PARSER.parse(text))
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise malformed("unexpected token: '<EOF>'") from None
        raise at(text, error.column, "MALFORMED_QUERY", f"unexpected token: '{error.token}'") from None
    except UnexpectedCharacters as error:
        message = f"line {error.line}:{error.column - 1} no viable alternative at character '{error.char}'"
        raise at(text, error.column, "MALFORMED_QUERY", message) from None
    except UnexpectedEOF:
        raise malformed("unexpected token: '<EOF>'") from None


def at(text: str, column: int, code: str, message: str) -> ApiError:
    """Make an error that shows the place in the query as Salesforce does."""
    start = max(0, column - 40)
    shown = text[start : column + 60].replace("\n", " ")
    pointer = " " * (column - 1 - start) + "^"
    return ApiError(400, code, f"\n{shown}\n{pointer}\nERROR at Row:1:Column:{column}\n{message}")


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
