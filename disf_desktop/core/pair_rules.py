"""What is wrong in the pairs and the opt-ins of an integration and can be known without asking a service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from disf_desktop.core.errors import Problem
from disf_desktop.core.project import (
    ConflictPolicy,
    DestinationProject,
    Direction,
    FieldPair,
    Integration,
    ProjectType,
    is_consent_name,
)
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.core.verdict import is_consent_field


def repeated(collection: str, member: str, values: Iterable[str]) -> Iterator[Problem]:
    """Give each value that was there before, in any case of letters."""
    seen: set[str] = set()
    for n, value in enumerate(values):
        folded = value.casefold()
        if folded in seen:
            yield Problem(f"{collection}[{n}].{member}", f"“{value}” is used twice.", "Give each one its own.")
        seen.add(folded)


def pair_problems(
    at: str, integration: Integration, destination: DestinationProject | None, consents: Collection[str]
) -> Iterator[Problem]:
    """Give what is wrong in the pairs of an integration; `at` is its path.

    `consents` names the Salesforce fields that opt-ins of the project file are written to.
    """
    at_pairs = f"{at}.mapping.pairs"
    yield from repeated(at_pairs, "target", (p.target for p in integration.mapping.pairs))
    is_table = integration.table != CONTACT_LIST
    type = ProjectType.A if is_table or destination is None else destination.type
    pairs = [pair.owned(type) for pair in integration.mapping.pairs]
    receiving: dict[str, str] = {}
    marked = False
    for n, pair in enumerate(pairs):
        here = f"{at_pairs}[{n}]"
        if wrong := next(_consents(here, pair, consents), None) or next(_way_problems(here, pair, is_table), None):
            yield wrong
        elif type is ProjectType.B:
            yield from _born_in_dialog_insight(here, pair, marked)
            marked = marked or _is_id(pair)
        else:
            yield from _from_salesforce(here, pair, is_table)
        yield from _one_way_problems(here, pair)
        if _way(pair).reaches_salesforce:
            yield from _receiving_problems(here, pair, receiving, integration.external_id)


def _way(pair: FieldPair) -> Direction:
    assert pair.direction is not None, "owned() says the direction"
    return pair.direction


def _is_id(pair: FieldPair) -> bool:
    return pair.source.casefold() == "id"


def _consents(here: str, pair: FieldPair, consents: Collection[str]) -> Iterator[Problem]:
    advice = "Remove this pair; opt-ins have their own place."
    if is_consent_name(pair.target):
        message = f"{pair.target} is a consent. Consents travel from Dialog Insight to Salesforce only."
        yield Problem(f"{here}.target", message, advice)
    if is_consent_field(pair.source, consents):
        message = f"{pair.source} is a consent. Consents travel from Dialog Insight to Salesforce only, as opt-ins."
        yield Problem(f"{here}.source", message, advice)


def _way_problems(here: str, pair: FieldPair, is_table: bool) -> Iterator[Problem]:
    """Say what cannot receive anything in Salesforce."""
    if not _way(pair).reaches_salesforce:
        return
    if is_table:
        yield Problem(
            f"{here}.direction",
            "A custom table is filled from Salesforce only; from a custom table to Salesforce comes later.",
            "Let this pair travel to Dialog Insight only.",
        )
    elif _is_id(pair):
        yield Problem(
            f"{here}.direction",
            "Salesforce alone gives a record its Id.",
            "Let this pair travel to Dialog Insight only.",
        )
    elif "." in pair.source:
        yield Problem(
            f"{here}.direction",
            f"{pair.source} belongs to a related record; it can be read, and not written.",
            "Let this pair travel to Dialog Insight only, in a project of type A, or remove it.",
        )


def _from_salesforce(here: str, pair: FieldPair, is_table: bool) -> Iterator[Problem]:
    if pair.key and not is_table and not _is_id(pair):
        yield Problem(
            f"{here}.source",
            "The key of a type A project is the Salesforce record Id; an e-mail or a name may repeat or change.",
            "Use Id as the source of the key.",
        )


def _born_in_dialog_insight(here: str, pair: FieldPair, marked: bool) -> Iterator[Problem]:
    if _is_id(pair):
        if pair.key:
            yield Problem(
                f"{here}.source",
                "Nobody born in Dialog Insight has a Salesforce Id; it cannot be the key of a type B project.",
                "Pair the key with the field that holds it in Salesforce, such as Email.",
            )
        elif marked:
            yield Problem(
                f"{here}.target",
                "The Salesforce Id is written to another field already.",
                "Keep one pair from Id: its field tells who has a Salesforce record.",
            )
    elif _way(pair).reaches_dialog_insight:
        yield Problem(
            f"{here}.direction",
            "In a type B project nothing but the Salesforce Id travels to Dialog Insight.",
            "Let this pair travel to Salesforce only, or serve these people by a project of type A too.",
        )


def _one_way_problems(here: str, pair: FieldPair) -> Iterator[Problem]:
    """Say what has no meaning on the way that a pair travels."""
    if pair.key and (pair.default is not None or pair.transform):
        yield Problem(
            here,
            "A key is sent exactly as it is: it takes no default and no transform.",
            "Remove the default and the transform of this pair.",
        )
    elif _way(pair) is Direction.TO_SALESFORCE:
        for member, given in (("default", pair.default is not None), ("transform", bool(pair.transform))):
            if given:
                yield Problem(
                    f"{here}.{member}",
                    f"A {member} is for what Dialog Insight receives; this pair travels to Salesforce only.",
                    f"Remove the {member} of this pair.",
                )
    if pair.conflict is ConflictPolicy.NEWEST and _way(pair) is not Direction.BOTH:
        yield Problem(
            f"{here}.conflict",
            "The newest of two values is chosen only where both sides may change them; this pair travels one way.",
            "Choose another rule, or let this pair travel both ways.",
        )


def _receiving_problems(here: str, pair: FieldPair, receiving: dict[str, str], own: str | None) -> Iterator[Problem]:
    """Say which Salesforce field would have two masters."""
    source = pair.source.casefold()
    if own is not None and source == own.casefold():
        yield Problem(
            f"{here}.source",
            f"{pair.source} holds what tells people born in Dialog Insight apart; only the program writes it.",
            "Pair another Salesforce field.",
        )
    if source in receiving:
        yield Problem(
            f"{here}.source",
            f"{receiving[source]} is written to {pair.source} already; two fields would fight over it.",
            "Let one of the two pairs travel to Dialog Insight only, or remove it.",
        )
    receiving.setdefault(source, pair.target)


# Opt-ins


def optin_problems(at: str, integration: Integration) -> Iterator[Problem]:
    """Give what is wrong in the opt-ins of an integration; `at` is its path.

    That no pair touches their Salesforce fields is said at the pair (`pair_problems`).
    """
    if not integration.optins:
        return
    if integration.table != CONTACT_LIST:
        yield Problem(f"{at}.optins", "A custom table has no opt-ins; contacts have them.", "Take the opt-ins away.")
        return
    yield from repeated(f"{at}.optins", "optin", (pair.optin for pair in integration.optins))
    written: dict[str, str] = {}
    for n, pair in enumerate(integration.optins):
        here = f"{at}.optins[{n}]"
        members = (("target", pair.target), ("date_target", pair.date_target), ("source_target", pair.source_target))
        for member, name in members:
            if name is None:
                continue
            folded = name.casefold()
            if folded == "id" or "." in name or folded == (integration.external_id or "").casefold():
                yield Problem(
                    f"{here}.{member}",
                    f"{name} cannot receive an opt-in.",
                    "Name a field of the object itself, made for this.",
                )
            elif folded in written:
                yield Problem(
                    f"{here}.{member}",
                    f"{name} is written by the opt-in {written[folded]} already.",
                    "Give each consent, its date and its source a field of their own.",
                )
            written.setdefault(folded, pair.optin)
        if pair.inverted and not (pair.subscribed is pair.unsubscribed is pair.neutral is None):
            yield Problem(
                f"{here}.inverted",
                "inverted is for a checkbox, the words are for a list or a text.",
                "Keep one of the two: for a list, write the words that you want.",
            )
