"""What a field holds: lengths, forms, lists and ranges, as its service counts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unicodedata import category

from disf_desktop.core.refusals import Reason, Refusal, has_decimals, out_of_range, too_long
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import MOST_DIGITS, SEPARATOR

Step = Callable[[Any], Any]
Count = Callable[[str], int]


def fit(target: Field, to: Side = Side.DIALOG_INSIGHT, cut: bool = False) -> Step | None:
    """Compile the function that refuses what a field on the side `to` cannot hold; None where it holds every value.

    It takes canonical values of the field's type. With `cut`, a text that is too long is shortened instead.
    """
    match target.type:
        case FieldType.EMAIL:
            return _email(target.length or MOST_OF_AN_EMAIL, _COUNT[to])
        case FieldType.INTEGER:
            return _whole_number(target)
        case FieldType.DECIMAL:
            return _decimal_number(target) if target.precision or target.scale else None
        case FieldType.CHOICE:
            return _listed(target, _COUNT[to])
        case FieldType.CHOICES:
            return _all_listed(target, to)
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.PHONE | FieldType.URL if target.length:
            return _cut(target.length) if cut else _within(target.length, _COUNT[to])
    return None


def length_of(text: str) -> int:
    """Count characters as a store of NVarChar does: one outside the basic plane, as most emoji are, counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


_COUNT: dict[Side, Count] = {Side.DIALOG_INSIGHT: length_of, Side.SALESFORCE: len}
"""How each service counts the length of a text. Salesforce says characters, and refuses aloud what is too long for it,
so that nothing is lost if it counts otherwise than we do."""


def _within(limit: int, count: Count) -> Step:
    surely = limit // 2

    def within(text: str) -> str | Refusal:
        if len(text) <= surely:
            return text
        length = count(text)
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


def _email(limit: int, count: Count) -> Step:
    refused = Refusal(Reason.EMAIL)

    def email(text: str) -> str | Refusal:
        if len(text) > limit:
            return too_long(count(text), limit)
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


def _listed(target: Field, count: Count) -> Step:
    spelling, within = _spelling(target), _within(target.length, count) if target.length else None

    def listed(text: str) -> str | Refusal:
        choice = spelling(text)
        if choice is None:
            return _NOT_A_CHOICE
        return choice if within is None else within(choice)

    return listed


def _all_listed(target: Field, to: Side) -> Step:
    spelling, limit, separator, count = _spelling(target), target.length, SEPARATOR[to], _COUNT[to]

    def all_listed(values: tuple[str, ...]) -> tuple[str, ...] | Refusal:
        kept = set()
        for value in values:
            choice = spelling(value)
            if choice is None or separator in choice:
                return _NOT_A_CHOICE
            kept.add(choice)
        if limit:
            length = count(separator.join(kept))
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
