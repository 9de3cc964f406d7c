"""One value from a field of one type to a field of another, either way, or the reason why it cannot go.

A conversion is exact: what the receiving field cannot hold as it is, is refused, unless the pair asks for a transform.
The image of a value is the canonical form of what the field will hold, so that reading it back shows no difference.
The types are the same on both services, and so is the way from one to another; what a field holds is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from disf_desktop.core.fitting import Step, fit
from disf_desktop.core.moments import from_local, instant, to_local
from disf_desktop.core.project import FieldPair, TransformName
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import MOST_DIGITS, Value, canonicaliser, plain

_A_DAY = timedelta(days=1)

Converter = Callable[[Value], Value | Refusal]

# How a value of the row's type becomes one of the column's; the words are those of `_changes`, "-" is no way at all.
#   same   the canonical form is the same
#   text   its exact text: true and false, a plain number, the canonical date, an instant in UTC (2026-11-02T19:10:00Z)
#   join   the values of the list, "; " between two
#   list   its exact text, which must be in the target's list; wrap: the same, in a list with several values
#   split  a text is split at each ";"; one: a list with several values must hold one
#   read   it must read as the target's type: a text in any way a service writes it, a whole number, 1 or 0
#   01     true is 1, false is 0; number: a whole number as a decimal one
#   day    the date in the project's time zone; start: the first moment of that date there
#   link   the Id passes; the engine puts the idContact of the linked contact in its place
_GRID = """
source    text long_text email phone url  choice choices boolean integer decimal date datetime time contact
id        text text      -     -     -    -      -       -       -       -       -    -        -    link
reference text text      -     -     -    -      -       -       -       -       -    -        -    link
text      text text      text  text  text list   split   read    read    read    read read     read -
long_text text text      text  text  text list   split   read    read    read    read read     read -
email     text text      text  -     -    -      -       -       -       -       -    -        -    -
phone     text text      -     text  -    -      -       -       -       -       -    -        -    -
url       text text      -     -     text -      -       -       -       -       -    -        -    -
choice    text text      -     -     -    list   wrap    read    read    read    read read     read -
choices   join join      -     -     -    one    same    -       -       -       -    -        -    -
boolean   text text      -     -     -    list   -       same    01      01      -    -        -    -
integer   text text      -     -     -    list   -       read    same    number  -    -        -    -
decimal   text text      -     -     -    list   -       -       read    same    -    -        -    -
date      text text      -     -     -    -      -       -       -       -       same start    -    -
datetime  text text      -     -     -    -      -       -       -       -       day  same     -    -
time      text text      -     -     -    -      -       -       -       -       -    -        same -
"""


def _grid() -> dict[tuple[FieldType, FieldType], str]:
    head, *rows = (line.split() for line in _GRID.strip().splitlines())
    return {
        (FieldType(row[0]), FieldType(column)): step
        for row in rows
        for column, step in zip(head[1:], row[1:], strict=True)
        if step != "-"
    }


WAYS = _grid()
"""The way from a source type to a target type, by its word in the grid; a pair of types that is not here has none."""

TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL})
"""Types that hold any text."""


def converter(source: Field, target: Field, pair: FieldPair, zone: tzinfo) -> Converter:
    """Compile the function that gives the image of a canonical Salesforce value in Dialog Insight, or refuses it.

    `zone` is the one of the Dialog Insight project. An empty source, or one of which a transform leaves nothing, gives
    the pair's default. The pair of types must have a way (`WAYS`), and the target must hold the default: `core.mapping`
    checks both.
    """
    fits = fit(target, cut=TransformName.CUT in pair.transform)
    steps = (*_changes(source, target, pair, zone), *_text_transforms(pair), fits)
    return _chain(steps, default_of(target, pair, zone))


def converter_back(found: Field, receiving: Field, zone: tzinfo) -> Converter:
    """Compile the function that gives the image of a canonical Dialog Insight value in Salesforce, or refuses it.

    A transform and a default are made for Dialog Insight: neither is applied on the way back.
    """
    trim = None if found.type not in _HELD_WITH_BLANKS else canonicaliser(_ANY_TEXT, Side.SALESFORCE)
    changes = _steps(found, receiving, Side.SALESFORCE, zone)
    return _chain((trim, *changes, fit(receiving, Side.SALESFORCE)), None)


_ANY_TEXT = Field("", "", FieldType.TEXT)
_HELD_WITH_BLANKS = TEXTS | {FieldType.CHOICE}
"""Types that Dialog Insight may hold with blanks before the text; Salesforce trims both ends."""


def default_of(target: Field, pair: FieldPair, zone: tzinfo) -> Any:
    """Give the pair's default as the target holds it, None if it has none, or why the target cannot hold it."""
    if pair.default is None:
        return None
    read = canonicaliser(target, Side.DIALOG_INSIGHT, zone)
    return _chain((read, fit(target)), None)(pair.default)


def _chain(optional: Iterable[Step | None], empty: Any) -> Converter:
    steps = tuple(step for step in optional if step is not None)
    if not steps and empty is None:
        return lambda value: value
    if len(steps) == 1 and empty is None:
        (only,) = steps
        return lambda value: None if value is None else only(value)

    def convert(value: Value) -> Value | Refusal:
        image: Any = value
        for step in steps:
            if image is None:
                break
            image = step(image)
            if type(image) is Refusal:
                return image
        return empty if image is None else image  # type: ignore[no-any-return]

    return convert


# From one type to another


def _changes(source: Field, target: Field, pair: FieldPair, zone: tzinfo) -> list[Step | None]:
    if TransformName.ROUND in pair.transform:
        number = canonicaliser(Field("", "", FieldType.DECIMAL), Side.DIALOG_INSIGHT)
        return [number, _rounding(target), canonicaliser(target, Side.DIALOG_INSIGHT)]
    return _steps(source, target, Side.DIALOG_INSIGHT, zone)


def _steps(source: Field, target: Field, to: Side, zone: tzinfo) -> list[Step | None]:
    """Give the steps of the grid's way from a canonical value of the source to one of the target, on the side `to`."""
    way = WAYS[source.type, target.type]
    read = canonicaliser(target, to, zone)
    local = to is Side.DIALOG_INSIGHT and target.type is FieldType.DATETIME
    in_zone = _representable(zone) if local else None
    steps: dict[str, list[Step | None]] = {
        "same": [in_zone],
        "link": [],
        "text": [] if source.type not in (FieldType.BOOLEAN, FieldType.INTEGER) else [_text_of],
        "join": ["; ".join],
        "list": [_text_of],
        "wrap": [lambda value: (value,)],
        "split": [canonicaliser(Field("", "", FieldType.CHOICES), Side.SALESFORCE)],
        "one": [_only_one],
        "read": [read, in_zone],
        "01": [int if target.type is FieldType.INTEGER else lambda value: str(int(value))],
        "number": [str],
        "day": [lambda value: _day(value, zone)],
        "start": [lambda value: from_local(f"{value} 00:00:00", zone)],
    }
    return steps[way]


def _text_of(value: str | bool | int) -> str:
    if value is True:
        return "true"
    return "false" if value is False else str(value)


def _only_one(values: tuple[str, ...]) -> str | Refusal:
    return values[0] if len(values) == 1 else Refusal(Reason.SEVERAL_CHOICES, (("count", len(values)),))


def _rounding(target: Field) -> Step:
    """Round a number half up (away from zero), as Salesforce and people do, to the decimals of the target."""
    unit = Decimal(1).scaleb(-(0 if target.type is FieldType.INTEGER else target.scale))
    context = Context(prec=4 * MOST_DIGITS)
    return lambda number: plain(Decimal(number).quantize(unit, ROUND_HALF_UP, context))


_NOT_A_DATE = Refusal(Reason.NOT_A_DATE)


def _day(moment: str, zone: tzinfo) -> str | Refusal:
    try:
        return to_local(moment, zone)[:10].replace(".", "-")
    except OverflowError:
        return _NOT_A_DATE


def _representable(zone: tzinfo) -> Step:
    """Turn the second pass of the hour that autumn repeats into the first, which is what a local time is read as."""

    @lru_cache(maxsize=8192)
    def clock_goes_back_near(day: str) -> bool:
        noon = instant(f"{day}T12:00:00Z")
        try:
            before, after = ((noon + step).astimezone(zone).utcoffset() for step in (-_A_DAY, _A_DAY))
        except OverflowError:
            return True
        assert before is not None
        assert after is not None
        return after < before

    def representable(moment: str) -> str | Refusal:
        if not clock_goes_back_near(moment[:10]):
            return moment
        try:
            return from_local(to_local(moment, zone), zone)
        except OverflowError:
            return _NOT_A_DATE

    return representable


def _text_transforms(pair: FieldPair) -> list[Step | None]:
    return [
        _only_digits if TransformName.DIGITS in pair.transform else None,
        _lower if TransformName.LOWER in pair.transform else None,
    ]


_NOT_OF_A_PHONE_NUMBER = re.compile(r"[^0-9+()-]")


def _only_digits(text: str) -> str | None:
    return _NOT_OF_A_PHONE_NUMBER.sub("", text) or None


def _lower(text: str) -> str:
    return normalize("NFC", text.lower())
