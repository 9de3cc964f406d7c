"""Names proposed for custom fields that do not exist yet, and what is wrong with a name that somebody writes.

A name has letters, digits and single underscores, begins with a letter and ends in `__c`; Salesforce compares names
without regard to case. A name that another place of the project file uses is not proposed either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Final

from disf_desktop.core.preparation_fit import may_be_called
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Schema

CUSTOM: Final = "__c"
LONGEST: Final = 40
"""Of a name that is proposed, in characters, `__c` among them: every API and every tool takes that."""
EXTERNAL_ID: Final = "DI_Contact_Id"
DATE, SOURCE = "_Date", "_Source"


class NameWrong(StrEnum):
    """What is wrong with the name of a field that is to be made."""

    FORM = "form"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class OptinNames:
    """Names of the fields for an opt-in: its state, since when, from where."""

    target: str
    date_target: str
    source_target: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.target, self.date_target, self.source_target))


def optin_names(code: str, taken: Collection[str]) -> OptinNames:
    """Propose the names of the fields for an opt-in: `DI_Optin_Newsletter__c` and, beside it, `…_Date__c` and
    `…_Source__c`. `taken` are names that they may not have, folded."""
    words = _plain(re.sub(r"^optin[_ ]+", "", code, flags=re.IGNORECASE))
    stem = f"DI_Optin_{words}" if words else "DI_Optin"
    for number in _numbers():
        kept = _cut(stem, len(number) + len(SOURCE)) + number
        names = OptinNames(f"{kept}{CUSTOM}", f"{kept}{DATE}{CUSTOM}", f"{kept}{SOURCE}{CUSTOM}")
        if not any(name.casefold() in taken for name in names):
            return names
    raise AssertionError("the numbers do not end")


def external_id_name(taken: Collection[str]) -> str:
    """Propose the name of the field that tells people born in Dialog Insight apart; `taken` are folded names."""
    names = (f"{EXTERNAL_ID}{number}{CUSTOM}" for number in _numbers())
    return next(name for name in names if name.casefold() not in taken)


def name_wrong(name: str, taken: Collection[str]) -> NameWrong | None:
    """Say what is wrong with a name for a field to be made; None where it may be called so."""
    if not may_be_called(name):
        return NameWrong.FORM
    return NameWrong.TAKEN if name.casefold() in taken else None


def names_in_use(project: Project, connection_id: str, schema: Schema) -> frozenset[str]:
    """Name, folded, the fields that an object has, as far as our user sees them, and those that the file speaks of."""
    named: list[str | None] = [name for name in schema.fields if "." not in name]
    for each in project.integrations:
        if each.salesforce == connection_id and each.object.casefold() == schema.name.casefold():
            named += [each.external_id, *(pair.source for pair in each.mapping.pairs)]
            named += [name for optin in each.optins for name in optin.salesforce_fields]
    return frozenset(name.casefold() for name in named if name is not None)


def _numbers() -> Iterator[str]:
    yield ""
    for number in count(2):
        yield f"_{number}"


def _cut(stem: str, others: int) -> str:
    return stem[: LONGEST - len(CUSTOM) - others].rstrip("_")


def _plain(text: str) -> str:
    """Give a text in letters, digits and single underscores, each word with a capital."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.findall(r"[A-Za-z0-9]+", bare)
    return "_".join(word[0].upper() + word[1:] for word in words)
