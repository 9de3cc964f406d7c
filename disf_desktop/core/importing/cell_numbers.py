"""Numbers as people and spreadsheets write them: decimal mark, thousands, signs of money, minus in every place."""

from __future__ import annotations

import re
from collections.abc import Callable

from disf_desktop.core.importing.recipe import DecimalMark

MARK = {DecimalMark.POINT: ".", DecimalMark.COMMA: ","}
_OTHER = {DecimalMark.POINT: DecimalMark.COMMA, DecimalMark.COMMA: DecimalMark.POINT}

_BLANK = " \u00a0\u2009\u202f"
_QUOTE = "'\u2019"
_SIGN = "[+\\-\u2212]"
_MONEY = (
    r"(?:(?:CAD?|USD?|A|C|CAN|NZ|HK)?\s?[$]|[$]\s?(?:CAD?|USD?|CAN)|[€£¥]"
    r"|CAD|USD|EUR|GBP|CHF|AUD|NZD|JPY|MXN|XAF|XOF|MAD|TND|DZD)"
)

SHORTENED = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2,3}")
"""A number that a spreadsheet has cut to an exponent because it is long or the column narrow: 1.23457E+12."""


def _pattern(mark: str, other: str) -> re.Pattern[str]:
    m, gap = re.escape(mark), f"[{_BLANK}{_QUOTE}{re.escape(other)}]"
    whole = rf"(?:[1-9][0-9]{{0,2}}(?P<gap>{gap})[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*|[0-9]+)"
    body = rf"(?P<number>{whole}(?:{m}[0-9]*)?|{m}[0-9]+)(?P<exponent>[eE][+-]?[0-9]{{1,4}})?"
    return re.compile(
        rf"(?P<open>\()?(?P<before>{_SIGN})?\s?(?:{_MONEY}\s?)?(?P<inside>{_SIGN})?(?P<opens>\()?{body}"
        rf"(?P<after>\s?[-\u2212])?(?P<closes>\))?\s?(?:{_MONEY}|%)?(?P<last>\s?[-\u2212])?(?P<close>\))?"
    )


def _in_threes(mark: str, other: str) -> re.Pattern[str]:
    gaps = "|".join(rf"(?:{re.escape(gap)}[0-9]{{3}})+" for gap in (*_BLANK, *_QUOTE, other))
    return re.compile(rf"-?[1-9][0-9]{{0,2}}(?:{gaps})(?:{re.escape(mark)}[0-9]+)?")


_IN_THREES = {DecimalMark.POINT: _in_threes(".", ","), DecimalMark.COMMA: _in_threes(",", ".")}
"""The common case of thousands in groups."""

_BRACKETS = (("open", "opens"), ("closes", "close"))
_SIGNS = ("before", "inside", "after", "last")
_PATTERN = {DecimalMark.POINT: _pattern(".", ","), DecimalMark.COMMA: _pattern(",", ".")}


def number_reader(decimal: DecimalMark) -> Callable[[str], str | None]:
    """Compile the function that writes a number as `[-]digits[.digits][Eexponent]`; None where a text is no number.

    Thousands stand in groups of three, the first of which does not begin with 0, with the same character between all:
    a blank of any width, an apostrophe, or the mark that is not the decimal one. Anything else is no number, for
    nothing tells a lost digit from a lost mark. A percentage is its figure: 45 % is 45, as Salesforce keeps it.
    """
    match, in_threes = _PATTERN[decimal].fullmatch, _IN_THREES[decimal].fullmatch
    bare = str.maketrans(dict.fromkeys(_BLANK + _QUOTE + MARK[_OTHER[decimal]], "") | {MARK[decimal]: "."})

    def number(text: str) -> str | None:
        if in_threes(text) is not None:
            return text.translate(bare)
        found = match(text)
        if found is None:
            return None
        opened, closed = (sum(found[name] is not None for name in names) for names in _BRACKETS)
        signs = [sign for name in _SIGNS if (sign := found[name]) is not None]
        if opened != closed or opened + len(signs) > 1:
            return None
        if found["gap"] is not None and found["exponent"] is not None:
            return None
        digits = found["number"].translate(bare)
        minus = opened or (signs and signs[0] != "+")
        return ("-" if minus else "") + digits + (found["exponent"] or "")

    return number
