"""Takes out of a text what must not leave this computer: secrets, values of records, what tells who somebody is.

Three nets, one behind the other: what is known to be secret (the vault), what is known to be a value (the ledger, the
names in the project file), and what looks like either. Each word of a known value is taken out, wherever it stands: a
report that says too little is asked about, one that says too much cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final
from unicodedata import normalize
from urllib.parse import quote, quote_plus

import orjson

SHORTEST_WORD: Final = 3
"""Words of known values that are shorter say nothing of anybody, and are part of everything."""

SHORTEST_NUMBER: Final = 4
_YEAR: Final = re.compile(r"(?:19|20)\d\d")

_WORD: Final = re.compile(r"\w+")
_DATED: Final = r"(?!\d{4}-\d\d-\d\d)(?!\d{8}T\d{6}Z)"

PATTERNS: Final = (
    (re.compile(r"(?i)\b(bearer|basic|oauth)\s+[^\s\"',;<>]+"), r"\1 <secret>"),
    (re.compile(r"\b00D[A-Za-z0-9]{12,15}!\S+"), "<secret>"),
    (
        re.compile(
            r"(?i)\b(access_token|refresh_token|client_secret|client_id|password|passwd|secret|api[_-]?key|token|sid|"
            r"code_verifier)([\"']?[ \t]{0,2}[=:][ \t]{0,2}[\"']?|[ \t](?=\S*\d))[^\s&\"',;}<>]+"
        ),
        r"\1\2<secret>",
    ),
    (re.compile(r"(?i)([?&](?:key|code|state)=)[^\s&\"',;}<>]+"), r"\1<secret>"),
    (re.compile(r"[^\s\"'<>(),;:=\[\]{}]+@[^\s\"'<>(),;:\[\]{}]+"), "<address>"),
    (re.compile(r"(?=[A-Za-z+/=_.!~-]*\d)[A-Za-z0-9+/=_.!~-]{40,}"), "<long>"),
    (re.compile(r"(?i)\b(?:[\w-]+\.)+(?:my\.)?(salesforce|force)\.com\b"), r"<org>.\1.com"),
    (re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?(?![A-Za-z0-9])"), "<id>"),
    (re.compile(r"(?i)\b(id_?contacts?|contact|rid|record|person|link)(\W{1,3})\d+"), r"\1\2<id>"),
    (re.compile(rf"(?<![\w.:-]){_DATED}\(?\+?\d(?:[ .()-]{{0,2}}\d){{6,14}}(?![\w-])"), "<number>"),
)
"""What looks like a secret, an address, a record or a telephone number, and what stands in its place."""

_QUOTED: Final = re.compile(r"(?<!\w)'(?:[^'\\\n]|\\.)*'(?!\w)")


class Scanner:
    """Takes out what is known and what looks like it; `taken` counts what was taken out."""

    def __init__(
        self,
        secrets: Iterable[str] = (),
        values: Iterable[str] = (),
        names: Mapping[str, str] | None = None,
        home: Path | None = None,
    ) -> None:
        """`values` are those of records, `names` what is called otherwise in the report, by what it is called here."""
        self.taken = 0
        forms = {form for secret in secrets if len(secret) > SHORTEST_WORD for form in _forms(secret)}
        self._secrets = _any_of(forms)
        self._words = frozenset(word for value in values for word in _words(value))
        called = {str(home): "~", home.name: "<user>"} if home is not None else {}
        self._names = {old: new for old, new in (called | dict(names or {})).items() if len(old) >= SHORTEST_WORD}
        self._named = _any_of(self._names, whole=True)

    def clean(self, text: str, *, quoted: bool = True) -> str:
        """Give the text without what must stay here; of what is told in words, without what is `quoted` too."""
        text = normalize("NFC", text)
        if self._secrets is not None:
            text = self._sub(self._secrets, "<secret>", text)
        if self._named is not None:
            text = self._named.sub(lambda found: self._names.get(found.group(0), found.group(0)), text)
        for pattern, instead in PATTERNS:
            text = self._sub(pattern, instead, text)
        if quoted:
            text = self._sub(_QUOTED, "'…'", text)
        return _WORD.sub(self._word, text) if self._words else text

    def _sub(self, pattern: re.Pattern[str], instead: str, text: str) -> str:
        text, count = pattern.subn(instead, text)
        self.taken += count
        return text

    def _word(self, found: re.Match[str]) -> str:
        if found.group(0).casefold() not in self._words:
            return found.group(0)
        self.taken += 1
        return "<value>"


def _forms(secret: str) -> Iterable[str]:
    """Give a secret as it may stand in an address or in JSON too."""
    return secret, quote(secret, safe=""), quote_plus(secret), orjson.dumps(secret).decode()[1:-1]


def _words(value: str) -> Iterable[str]:
    """Give the words of a value that tell something; a year is part of every date."""
    for word in _WORD.findall(normalize("NFC", value)):
        if word.isdigit():
            if len(word) >= SHORTEST_NUMBER and not _YEAR.fullmatch(word):
                yield word
        elif len(word) >= SHORTEST_WORD:
            yield word.casefold()


def _any_of(texts: Iterable[str], *, whole: bool = False) -> re.Pattern[str] | None:
    """Give a pattern of any of these texts, the longest first; None where there are none."""
    ordered = sorted(texts, key=len, reverse=True)
    if not ordered:
        return None
    either = "|".join(map(re.escape, ordered))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if whole else either)
