"""What a person may change in the opt-ins of an integration, and what is proposed for a new one.

A Salesforce field whose name says no (Email Opt Out, Do Not Call) is proposed as inverted: to tick it for somebody who
said yes, or to clear it for somebody who said no, is the worst that can happen to a consent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from disf_desktop.core.edits import with_integration
from disf_desktop.core.project import Integration, OptinPair, Project, Trigger
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType

_SAYS_NO: Final = re.compile(
    r"opt(ed)?out|unsub|donot|dontcall|noemail|nomail|exclu|desabon|desinscri|desinscr|retrait|refus|opposition"
)
_YES: Final = ("yes", "oui", "true", "vrai", "optin", "optedin", "subscribed", "abonne", "inscrit", "accepte", "1")
_NO: Final = (
    "no", "non", "false", "faux", "optout", "optedout", "unsubscribed", "desabonne", "desinscrit", "refuse", "0"
)  # fmt: skip


def with_optins(integration: Integration, pairs: Iterable[OptinPair], *, tick: bool = False) -> Integration:
    """Add opt-ins at the end; `tick` lets the integration carry their changes too."""
    added = integration.model_copy(update={"optins": (*integration.optins, *pairs)})
    return ticked(added) if tick else added


def changed_optin(integration: Integration, number: int, pair: OptinPair) -> Integration:
    """Put an opt-in in the place of the one of that number."""
    optins = [pair if n == number else each for n, each in enumerate(integration.optins)]
    return integration.model_copy(update={"optins": tuple(optins)})


def without_optin(integration: Integration, number: int) -> Integration:
    """Take the opt-in of that number away."""
    optins = tuple(each for n, each in enumerate(integration.optins) if n != number)
    return integration.model_copy(update={"optins": optins})


def moved_optin(project: Project, name: str, number: int, to: str, pair: OptinPair) -> Project:
    """Let another integration carry an opt-in, as `pair`."""
    source, target = project.integration(name), project.integration(to)
    assert source is not None, "an opt-in is moved from an integration of the file"
    assert target is not None, "an opt-in is moved to an integration of the file"
    return with_integration(with_integration(project, without_optin(source, number)), with_optins(target, (pair,)))


def ticked(integration: Integration) -> Integration:
    """Let an integration carry changes of opt-ins."""
    if Trigger.OPTIN_CHANGED in integration.triggers:
        return integration
    return integration.model_copy(update={"triggers": (*integration.triggers, Trigger.OPTIN_CHANGED)})


def carriers(project: Project, destination: str) -> tuple[Integration, ...]:
    """Give the integrations that may carry the opt-ins of a destination project: those of its contact list."""
    return tuple(i for i in project.integrations if i.project == destination and i.table == CONTACT_LIST)


def taken_fields(project: Project, integration: Integration, but: int | None = None) -> frozenset[str]:
    """Name, folded, the Salesforce fields that an opt-in may not have: they are paired, or another opt-in has them.

    `but` is the number of the opt-in that is asked for, whose own fields are free.
    """
    taken = {"id", *(pair.source for each in project.integrations for pair in each.mapping.pairs)}
    taken |= {integration.external_id or ""}
    others = (pair for n, pair in enumerate(integration.optins) if n != but)
    taken |= {name for pair in others for name in pair.salesforce_fields}
    return frozenset(name.casefold() for name in taken)


def aimed(pair: OptinPair, field: Field) -> OptinPair:
    """Give an opt-in that is written to `field`, with what its answers become proposed as the field calls for."""
    words: dict[str, object] = {"subscribed": None, "unsubscribed": None, "neutral": None, "inverted": False}
    if field.type is FieldType.BOOLEAN:
        words["inverted"] = says_no(field)
    elif field.choices:
        words |= {"subscribed": _among(field.choices, _YES), "unsubscribed": _among(field.choices, _NO)}
    else:
        words |= {"subscribed": "Yes", "unsubscribed": "No"}
    return pair.model_copy(update={"target": field.name, **words})


def says_no(field: Field) -> bool:
    """Say whether a field, by its name or its label, says that somebody does not want something."""
    return any(_SAYS_NO.search(_plain(text)) for text in (field.name, field.label))


def likely_field(optin: Field, fields: Sequence[Field]) -> Field | None:
    """Give the field whose name or label speaks of an opt-in, the shortest such; None where none does."""
    wanted = {_plain(optin.name), _plain(optin.label)} - {""}
    speaks = [f for f in fields if any(w in _plain(text) for w in wanted for text in (f.name, f.label))]
    return min(speaks, key=lambda f: (f.type is not FieldType.BOOLEAN, len(f.name)), default=None)


def _among(choices: Sequence[str], words: Sequence[str]) -> str | None:
    return next((choice for word in words for choice in choices if _plain(choice) == word), None)


def _plain(text: str) -> str:
    """Give the letters and figures of a text, without accents, in small letters."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower())
