"""In which encoding a file of text is written, told from samples of its bytes, and how sure that is.

What is certain comes first: a byte-order mark, the zeros of UTF-16, UTF-8 that is valid throughout. The old encodings
of one byte have no such mark; they are told apart by what French text does: which letter stands after which.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from disf_desktop.core.importing.file_form import Aspect, Finding

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 LE begins as UTF-16 LE does, so it is looked for before."""

SINGLE: Final = ("cp1252", "iso8859-15", "iso8859-1", "mac_roman", "cp850")
"""The encodings of one byte that are told apart, the likeliest first: the first of two that read the same is taken."""

OFFERED: Final = ("utf-8", *SINGLE, "utf-16-le", "utf-16-be")

_READABLE: Final = re.compile(
    r"(?:utf-(?:8|8-sig|16|16-le|16-be|32|32-le|32-be)|ascii|iso8859-\d+|mac-\w+|koi8-\w|cp\d+|gb\w+|big5\w*|shift_ji\w+"
    r"|euc_\w+|hp-roman8|tis-620)"
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file, why, and what else it may be, the likeliest first."""

    name: str
    finding: Finding
    alternatives: tuple[str, ...]


def known_encoding(name: str) -> str | None:
    """Give the name under which an encoding is known here; None where it is none of text."""
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    return found.replace("mac-", "mac_") if _READABLE.fullmatch(found) else None


def unit_of(encoding: str) -> int:
    """Give of how many bytes a unit of the encoding is."""
    return 4 if encoding.startswith("utf-32") else 2 if encoding.startswith("utf-16") else 1


def recognise_encoding(samples: Sequence[bytes], said: str | None, *, to_end: bool = True) -> Encoding:
    """Tell the encoding from samples, the first of which is the beginning of the file.

    `to_end` says that the last one reaches its end; the others may be cut anywhere. `said` is what a person chose; it
    holds, and the finding tells how many characters of the samples it cannot read.
    """
    if said is not None:
        broken = _unreadable(samples, said)
        finding = Finding(Aspect.ENCODING, "said", (("broken", broken),), sure=not broken, said=True)
        return _encoding(said, finding)
    head = samples[0]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _encoding(name, Finding(Aspect.ENCODING, "byte_order_mark"))
    if wide := _wide_without_mark(head):
        return _encoding(wide, Finding(Aspect.ENCODING, "zeros_of_utf16"))
    if all(sample.isascii() for sample in samples):
        return _encoding("utf-8", Finding(Aspect.ENCODING, "plain_ascii"))
    return _utf8(samples, to_end) or _single(samples)


def _unreadable(samples: Sequence[bytes], encoding: str) -> int:
    """Count what the encoding cannot read, a character that a sample cuts aside."""
    broken = 0
    for sample in samples:
        text = sample.decode(encoding, "replace")
        broken += text.count("\ufffd") - text[:1].count("\ufffd") - text[-1:].count("\ufffd") * (len(text) > 1)
    return broken


def _encoding(name: str, finding: Finding) -> Encoding:
    plain = name.removesuffix("-sig")
    return Encoding(name, finding, tuple(each for each in OFFERED if each != plain))


def _wide_without_mark(head: bytes) -> str | None:
    """Tell UTF-16 by its zeros: in text of the West every second byte is one, and always the same of the two."""
    part = head[: min(len(head), 65536) & ~1]
    half = len(part) // 2
    if half < 2:
        return None
    even, odd = part[0::2].count(0), part[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


# -- UTF-8 -------------------------------------------------------------------------------------------------------------

_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_EDGE: Final = 3
"""Bytes at either end of a sample that may belong to a character which it cuts."""


def _utf8(samples: Sequence[bytes], to_end: bool) -> Encoding | None:
    """Take the text for UTF-8 where it is valid, or where most characters are and some rows are of another encoding."""
    sound = broken_rows = first_row = 0
    for place, sample in enumerate(samples):
        sound += len(_SEQUENCE.findall(sample))
        rest = _SEQUENCE.sub(lambda found: b"?" * len(found[0]), sample)
        strays = [found.start() for found in _HIGH.finditer(rest)]
        start = 0 if place == 0 else _EDGE
        whole = to_end and place == len(samples) - 1
        end = len(sample) - (0 if whole or not _is_cut(sample) else _EDGE)
        strays = [at for at in strays if start <= at < end]
        lines = {rest.count(b"\n", 0, at) or rest.count(b"\r", 0, at) for at in strays[:1000]}
        broken_rows += len(lines)
        if place == 0 and lines:
            first_row = min(lines) + 1
    if not broken_rows:
        return _encoding("utf-8", Finding(Aspect.ENCODING, "valid_utf8", (("characters", sound),)))
    if sound <= broken_rows * 2:
        return None
    figures = (("rows", broken_rows), ("row", first_row))
    return _encoding("utf-8", Finding(Aspect.ENCODING, "mixed_encodings", figures, sure=False))


def _is_cut(sample: bytes) -> bool:
    """Say whether a sample ends within a character of UTF-8."""
    return bool(re.search(rb"(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})\Z", sample[-_EDGE:]))


# -- one byte a character ----------------------------------------------------------------------------------------------

_MOST_WORDS: Final = 4000

_COMMON: Final = frozenset("éèêàçùôîâûëïœ")
_FRENCH_CAPITALS: Final = frozenset("ÉÈÊÀÇÔÎÂÛËÏŒ")
_QUOTES: Final = frozenset("«»’“”–—…‘")
_AFTER_FIGURES: Final = frozenset("€°²³½¼¾%")
_NEUTRAL: Final = frozenset("\u00a0©®™·•£§±×№ºª")


def _single(samples: Sequence[bytes]) -> Encoding:
    """Weigh what each encoding makes of the bytes above ASCII, by the letters around them."""
    words: Counter[bytes] = Counter()
    for sample in samples:
        words.update(_contexts(sample))
    few = words.most_common(_MOST_WORDS)
    seen = sum(min(times, 20) for _, times in few)
    scores = {name: sum(_weigh(word, name) * min(times, 20) for word, times in few) for name in SINGLE}
    readings = {name: b"\0".join(word for word, _ in few).decode(name, "replace") for name in SINGLE}
    ranked = sorted(SINGLE, key=lambda name: -scores[name])
    best = ranked[0]
    others = [name for name in ranked[1:] if readings[name] != readings[best]]
    margin = scores[best] - (scores[others[0]] if others else 0)
    apart = sum(min(times, 20) for word, times in few if others and _read(word, best) != _read(word, others[0]))
    # A letter in its place weighs 3, out of its place -3: two of one kind must speak for it, in sum and on average of
    # those that the two encodings read otherwise.
    sure = scores[best] >= seen and (not others or margin >= max(4, apart * 0.3))
    figures: tuple[tuple[str, int | str], ...] = (("characters", sum(words.values())),)
    if not sure and others:
        figures = (*figures, ("other", others[0]))
    finding = Finding(Aspect.ENCODING, "fits_french" if sure else "several_fit", figures, sure=sure)
    alternatives = tuple(name for name in (*ranked, "utf-8", "utf-16-le", "utf-16-be") if name != best)
    return Encoding(best, finding, alternatives)


def _read(context: bytes, encoding: str) -> str:
    """Read the character in the middle."""
    return context[2:3].decode(encoding, "replace")


def _contexts(sample: bytes) -> list[bytes]:
    """Give each byte above ASCII with the two before and after it, in place 2 of five."""
    padded = b"\n\n" + sample + b"\n\n"
    return [padded[at - 2 : at + 3] for at in (found.start() for found in _HIGH.finditer(padded))]


def _weigh(context: bytes, encoding: str) -> int:
    """Say how well the character in the middle fits between its neighbours: 3 is right, 0 nothing, -6 wrong."""
    before2, before, char, after, _ = tuple(context.decode(encoding, "replace"))
    if char == "\ufffd" or "\x80" <= char <= "\x9f":
        return -6
    if char.isalpha() and char not in "ºªƒµ":
        return _weigh_letter(before2, before, char, after)
    inside = before.isalpha() and after.isalpha()
    if char in _QUOTES:
        if char in "’‘":
            return 3 if inside else 0
        return -3 if inside else 2
    if char in _AFTER_FIGURES:
        return (
            2
            if before.isdigit() or (before in " \u00a0" and before2.isdigit()) or after.isdigit()
            else -3
            if inside
            else 0
        )
    if char in _NEUTRAL:
        return -3 if inside else 1 if char == "\u00a0" else 0
    return -3 if before.isalpha() or after.isalpha() else -1


def _weigh_letter(before2: str, before: str, char: str, after: str) -> int:
    if char.islower():
        if before.isupper() and before2.isupper():
            return -3
        near = before.isalpha() or after.isalpha() or char == "à"
        return (3 if char in _COMMON else 1 if near else -1) if near else -1
    if before.islower():
        return -3
    near = before.isupper() or after.isalpha() or (after in "'’" and char in "ÀÉÊ")
    return (3 if char in _FRENCH_CAPITALS else 1) if near else 1 if char == "À" else -1
