"""What is wrong in the triggers of an integration, in its external id and in its filter, by what its project is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from disf_desktop.core.errors import Problem
from disf_desktop.core.project import DestinationProject, Integration, ProjectType, Trigger
from disf_desktop.core.schema import CONTACT_LIST


def trigger_problems(at: str, integration: Integration, destination: DestinationProject) -> Iterator[Problem]:
    """Give the triggers, and what goes with them, that the project of an integration cannot have; `at` is its path."""
    yield from _refused(at, integration, impossible_triggers(integration, destination))
    if integration.table != CONTACT_LIST:
        yield from _useless_external_id(at, integration)
    elif destination.type is ProjectType.A:
        yield from _useless_external_id(at, integration)
        yield from _nothing_to_update(at, integration)
    else:
        yield from _births_problems(at, integration, destination)
        if integration.filter is not None:
            yield Problem(
                f"{at}.filter",
                f"A filter chooses Salesforce records; the people of {destination.name} come from Dialog Insight.",
                "Take the filter away.",
            )
    if not integration.triggers:
        yield Problem(f"{at}.triggers", "No trigger is ticked, so nothing would move.", "Tick one.")
    if Trigger.OPTIN_CHANGED in integration.triggers and not integration.optins:
        yield Problem(
            f"{at}.triggers[{integration.triggers.index(Trigger.OPTIN_CHANGED)}]",
            "optin_changed is ticked, and no opt-in is tied to a Salesforce field.",
            "Add the opt-ins, or take optin_changed away.",
        )


_ONLY_FILLED = (
    "A custom table is filled from Salesforce only; from a custom table to Salesforce comes later.",
    "Take {trigger} away.",
)
_NOT_OF_A_TABLE = {
    Trigger.DIALOG_INSIGHT_CREATED: _ONLY_FILLED,
    Trigger.DIALOG_INSIGHT_UPDATED: _ONLY_FILLED,
    Trigger.OPTIN_CHANGED: ("A custom table has no opt-ins; contacts have them.", "Take {trigger} away."),
}
_NOT_OF_TYPE_A = {
    Trigger.DIALOG_INSIGHT_CREATED: (
        "The key of a type A project is the Salesforce Id, which somebody born in Dialog Insight does not have yet.",
        "Take {trigger} away; people who enter in Dialog Insight enter by a project of type B.",
    ),
}
_BORN_THERE = (
    "People of a type B project are born in Dialog Insight; nothing is received from Salesforce.",
    "Take {trigger} away, or choose a project of type A.",
)
_NOT_OF_TYPE_B = {
    Trigger.SALESFORCE_CREATED: _BORN_THERE,
    Trigger.SALESFORCE_UPDATED: _BORN_THERE,
    Trigger.SALESFORCE_DELETED: _BORN_THERE,
}


def impossible_triggers(integration: Integration, destination: DestinationProject) -> Mapping[Trigger, tuple[str, str]]:
    """Give the triggers that an integration into this table can never have, each with the reason and what to do."""
    if integration.table != CONTACT_LIST:
        return _NOT_OF_A_TABLE
    return _NOT_OF_TYPE_A if destination.type is ProjectType.A else _NOT_OF_TYPE_B


def _refused(at: str, integration: Integration, reasons: Mapping[Trigger, tuple[str, str]]) -> Iterator[Problem]:
    for n, trigger in enumerate(integration.triggers):
        if trigger in reasons:
            message, what_to_do = reasons[trigger]
            yield Problem(f"{at}.triggers[{n}]", message, what_to_do.format(trigger=trigger.value))


def _useless_external_id(at: str, integration: Integration) -> Iterator[Problem]:
    if integration.external_id is not None:
        yield Problem(
            f"{at}.external_id",
            "An external id is for people born in Dialog Insight; this integration creates nobody in Salesforce.",
            "Take external_id away.",
        )


def _nothing_to_update(at: str, integration: Integration) -> Iterator[Problem]:
    if Trigger.DIALOG_INSIGHT_UPDATED not in integration.triggers:
        return
    pairs = (pair.owned(ProjectType.A) for pair in integration.mapping.pairs)
    if not any(pair.direction is not None and pair.direction.reaches_salesforce for pair in pairs):
        yield Problem(
            f"{at}.triggers[{integration.triggers.index(Trigger.DIALOG_INSIGHT_UPDATED)}]",
            "dialog_insight_updated is ticked, and no pair travels to Salesforce.",
            "Let a pair travel both ways or to Salesforce, or take dialog_insight_updated away.",
        )


def _births_problems(at: str, integration: Integration, destination: DestinationProject) -> Iterator[Problem]:
    """Ask for what keeps a person from being created twice, and tells who has no Salesforce record yet."""
    if Trigger.DIALOG_INSIGHT_CREATED not in integration.triggers:
        return
    if integration.external_id is None:
        yield Problem(
            f"{at}.external_id",
            f"People born in {destination.name} are created in Salesforce, and nothing there tells them apart.",
            "Name a text field of the object, of 40 characters or more, marked External ID and Unique.",
        )
    if not any(pair.source.casefold() == "id" and not pair.key for pair in integration.mapping.pairs):
        yield Problem(
            f"{at}.mapping.pairs",
            f"Nothing in {destination.name} tells who has a Salesforce record already.",
            "Add a pair from Id to a text field of the contacts, made for this; it is filled by the program.",
        )


# The filter

_WORDS_OUT_OF_PLACE = re.compile(r"(?:order\s+by|group\s+by|limit|offset|having)\b", re.IGNORECASE)
_ALL_BUT_TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'", re.DOTALL)


def filter_problems(at: str, condition: str | None) -> Iterator[Problem]:
    """Give what shows without asking Salesforce that a SOQL condition cannot be one; `at` is its path."""
    if condition is None:
        return
    bare = _ALL_BUT_TEXTS.sub(" x ", condition)
    if re.match(r"(?:where|select)\b", bare, re.IGNORECASE):
        yield Problem(
            at, "A filter is the condition alone.", "Write what comes after WHERE, such as Status__c = 'Active'."
        )
    if "'" in bare or '"' in bare:
        yield Problem(
            at,
            "A text in the filter does not end, or stands between double quotes.",
            "Write each text between single quotes, and \\' for a quote inside it.",
        )
        return
    depth, lowest = 0, 0
    outside = []
    for character in bare:
        depth += (character == "(") - (character == ")")
        lowest = min(lowest, depth)
        outside.append(character if depth == 0 else " ")
    if depth or lowest < 0:
        yield Problem(at, "The parentheses of the filter do not match.", "Close each parenthesis that is opened.")
    elif found := re.search(r"\b" + _WORDS_OUT_OF_PLACE.pattern, "".join(outside), re.IGNORECASE):
        yield Problem(
            at,
            f"A filter is the condition alone: it does not say {found.group().upper()}.",
            "Leave the condition only; every record that satisfies it is served.",
        )
