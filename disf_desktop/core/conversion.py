"""One value from a field of one type to a field of another, or the reason why it cannot go.

A conversion is exact: what the target cannot hold as it is, is refused, unless the pair asks for a transform. The image
of a value is the canonical form of what the target will hold, so that reading it back shows no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any
from unicodedata import category, normalize

from disf_desktop.core.moments import from_local, instant, to_local
from disf_desktop.core.project import FieldPair, TransformName
from disf_desktop.core.refusals import Reason, Refusal, has_decimals, out_of_range, too_long
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import MOST_DIGITS, SEPARATOR, Value, canonicaliser, plain

_A_DAY = timedelta(days=1)

Converter = Callable[[Value], Value | Refusal]

# How a value of the row's type becomes one of the column's; the words are those of `_changes`, "-" is no way at all.
#   same   the canonical form is the same
#   text   its exact text: true and false, a plain number, the canonical date, an instant in UTC (2026-11-02T19:10:00Z)
#   join   the values of the list, "; " between two
#   list   its exact text, which must be in the target's list; wrap: the same, in a list with several values
#   split  a text is split at each ";"; one: a list with several values must hold one
#   read   it must read as the target's type: a text in any way Dialog Insight writes it, a whole number, 1 or 0
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
    """Compile the function that gives the image of a canonical source value in the target, or refuses it.

    `zone` is the one of the Dialog Insight project. An empty source, or one of which a transform leaves nothing, gives
    the pair's default. The pair of types must have a way (`WAYS`), and the target must hold the default: `core.mapping`
    checks both.
    """
    fit = _fit(target, TransformName.CUT in pair.transform)
    steps = (*_changes(source, target, pair, zone), *_text_transforms(pair), fit)
    return _chain(tuple(step for step in steps if step is not None), default_of(target, pair, zone))


def default_of(target: Field, pair: FieldPair, zone: tzinfo) -> Any:
    """Give the pair's default as the target holds it, None if it has none, or why the target cannot hold it."""
    if pair.default is None:
        return None
    read = canonicaliser(target, Side.DIALOG_INSIGHT, zone)
    return _chain(tuple(step for step in (read, _fit(target)) if step is not None), None)(pair.default)


def _chain(steps: tuple[Callable[[Any], Any], ...], empty: Any) -> Converter:
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

Step = Callable[[Any], Any]


def _changes(source: Field, target: Field, pair: FieldPair, zone: tzinfo) -> list[Step | None]:
    """Give the steps of the grid's way from a canonical value of the source to one of the target."""
    way = WAYS[source.type, target.type]
    read = canonicaliser(target, Side.DIALOG_INSIGHT, zone)
    if TransformName.ROUND in pair.transform:
        return [canonicaliser(Field("", "", FieldType.DECIMAL), Side.DIALOG_INSIGHT), _rounding(target), read]
    in_zone = _representable(zone) if target.type is FieldType.DATETIME else None
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


# What the target holds


def _fit(target: Field, cut: bool = False) -> Step | None:
    """Give the function that refuses what the target cannot hold; None where it holds every value of its type."""
    match target.type:
        case FieldType.EMAIL:
            return _email(target.length or MOST_OF_AN_EMAIL)
        case FieldType.INTEGER:
            return _whole_number(target)
        case FieldType.DECIMAL:
            return _decimal_number(target) if target.precision or target.scale else None
        case FieldType.CHOICE:
            return _listed(target)
        case FieldType.CHOICES:
            return _all_listed(target)
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.PHONE | FieldType.URL if target.length:
            return _cut(target.length) if cut else _within(target.length)
    return None


def length_of(text: str) -> int:
    """Count characters as a store of NVarChar does: one outside the basic plane, as most emoji are, counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _within(limit: int) -> Step:
    surely = limit // 2

    def within(text: str) -> str | Refusal:
        if len(text) <= surely:
            return text
        length = length_of(text)
        return text if length <= limit else too_long(length, limit)

    return within


def _cut(limit: int) -> Step:
    def cut(text: str) -> str | None:
        if length_of(text) <= limit:
            return text
        short = text[:limit]
        if not short.isascii():
            short = short.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
        return short.rstrip() or None

    return cut


MOST_OF_AN_EMAIL = 254
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(
    rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~.-]{{1,64}}@(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|[xX][nN]--[A-Za-z0-9-]{{0,58}}[A-Za-z0-9])"
)


def is_email(text: str) -> bool:
    """Say whether a text has the form of an e-mail address that a mail server would take.

    One @, at most 64 characters before it, none of them a blank or a quote; after it a dotted name of letters, digits
    and hyphens. Letters of every script are letters (RFC 5321, RFC 6531).
    """
    if len(text) > MOST_OF_AN_EMAIL:
        return False
    if not text.isascii():
        text = "".join("a" if c > "\x7f" and category(c)[0] in "LMN" else c for c in text)
    return _EMAIL.fullmatch(text) is not None


def _email(limit: int) -> Step:
    refused = Refusal(Reason.EMAIL)

    def email(text: str) -> str | Refusal:
        if len(text) > limit:
            return too_long(length_of(text), limit)
        return text if is_email(text) else refused

    return email


_NOT_A_CHOICE = Refusal(Reason.NOT_A_CHOICE)


def _spelling(target: Field) -> Callable[[str], str | None]:
    """Give the list's own spelling of a value, matched in any case of letters; None where it is not in the list."""
    if not (target.restricted and target.choices):
        return lambda text: text
    exact = {choice: choice for choice in target.choices}
    folded = {choice.casefold(): choice for choice in reversed(target.choices)}
    return lambda text: exact.get(text) or folded.get(text.casefold())


def _listed(target: Field) -> Step:
    spelling, within = _spelling(target), _within(target.length) if target.length else None

    def listed(text: str) -> str | Refusal:
        choice = spelling(text)
        if choice is None:
            return _NOT_A_CHOICE
        return choice if within is None else within(choice)

    return listed


def _all_listed(target: Field) -> Step:
    spelling, limit, separator = _spelling(target), target.length, SEPARATOR[Side.DIALOG_INSIGHT]

    def all_listed(values: tuple[str, ...]) -> tuple[str, ...] | Refusal:
        kept = set()
        for value in values:
            choice = spelling(value)
            if choice is None or separator in choice:
                return _NOT_A_CHOICE
            kept.add(choice)
        if limit:
            length = length_of(separator.join(kept))
            if length > limit:
                return too_long(length, limit)
        return tuple(sorted(kept))

    return all_listed


def whole_range(field: Field) -> tuple[int, int]:
    """Give the least and the most of a whole-number field: 32 bits, or 64 for a Bigint or with over 10 digits."""
    wide = field.precision > 10 or field.native_type.casefold() in ("bigint", "long")
    most = 2 ** (63 if wide else 31) - 1
    if 0 < field.precision < len(str(most)):
        most = 10**field.precision - 1
        return -most, most
    return -most - 1, most


def _whole_number(target: Field) -> Step:
    least, most = whole_range(target)
    refused = out_of_range(len(str(most + 1)) - 1)

    def whole_number(number: int) -> int | Refusal:
        return number if least <= number <= most else refused

    return whole_number


def decimal_room(field: Field) -> tuple[int, int]:
    """Give how many digits a decimal field holds before the point and after it."""
    return (field.precision - field.scale if field.precision else MOST_DIGITS), field.scale


def _decimal_number(target: Field) -> Step:
    most_whole, most_decimals = decimal_room(target)
    refused = out_of_range(most_whole)

    def decimal_number(number: str) -> str | Refusal:
        whole, _, decimals = number.partition(".")
        if len(decimals) > most_decimals:
            return has_decimals(len(decimals), most_decimals)
        return number if len(whole.lstrip("-0")) <= most_whole else refused

    return decimal_number
