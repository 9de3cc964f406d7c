"""The pairs of a mapping of the project, for the views: read from the facts, changed by the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disf_desktop.core import edits
from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.core.schema import Field, Schema, Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.deeds.pairing import PairDeeds
from disf_desktop.gui.mapping_canvas.pairing import Bond, EndWords, Offered, Pairing, TableWords
from disf_desktop.gui.models.directions import is_marker, owned_pairs, way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.pairing import (
    Coverage,
    Offer,
    coverage,
    key_offer,
    missing_key,
    next_way,
    offer,
    open_suggestions,
    opens,
    related_key,
    required_names,
    source_field,
    turned,
)
from disf_desktop.gui.models.pairs import Judgement, judge
from disf_desktop.gui.words.choices import conflict_rule, direction_short, transform
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.translation import translate
from disf_desktop.gui.words.verdicts import offer_said, verdict


class MappingPairing(Pairing):
    """The Salesforce and Dialog Insight fields of an integration."""

    def __init__(self, desk: PairDeeds, name: str) -> None:
        self._desk, self.name = desk, name

    @property
    def _facts(self) -> Facts:
        return self._desk.facts

    @property
    def _integration(self) -> Integration:
        found = self._desk.project.integration(self.name)
        assert found is not None, "a view shows an integration of the file"
        return found

    def _schema(self, side: Side) -> Schema | None:
        facts, integration = self._facts, self._integration
        return facts.source_schema(integration) if side is Side.SALESFORCE else facts.target_schema(integration)

    @property
    def made_of(self) -> tuple[object, ...]:
        facts, integration = self._facts, self._integration
        proposed = facts.suggestions.get(integration.name)
        schemas = (self._schema(side) for side in self.ends)
        return (integration, facts.project, *schemas, proposed, facts.related)

    @property
    def _owned(self) -> tuple[FieldPair, ...]:
        return owned_pairs(self._desk.project, self._integration)

    @property
    def pairs(self) -> tuple[Bond, ...]:
        project, integration = self._desk.project, self._integration
        return tuple(
            Bond(p.source, p.target, way_of_pair(p), p.key, bool(p.transform), is_marker(project, integration, p))
            for p in self._owned
        )

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return open_suggestions(self._facts, self._integration)

    @property
    def coverage(self) -> Coverage:
        return coverage(self._facts, self._integration)

    @property
    def missing_key(self) -> tuple[str, ...]:
        return missing_key(self._desk.project, self._integration)

    @property
    def key_offer(self) -> Offered | None:
        found = key_offer(self._facts, self._integration)
        return _offered(found) if found is not None else None

    def fields(self, side: Side) -> Mapping[str, Field] | None:
        schema = self._schema(side)
        return schema.fields if schema is not None else None

    def find(self, side: Side, name: str) -> Field | None:
        if side is Side.SALESFORCE:
            return source_field(self._facts, self._integration, name)
        schema = self._schema(side)
        return schema.find(name) if schema is not None else None

    def required(self, side: Side) -> frozenset[str]:
        needed = required_names(self._facts, self._integration, side)
        if side is Side.DIALOG_INSIGHT:
            needed |= {name.casefold() for name in edits.key_of(self._desk.project, self._integration)}
        return needed

    def offer(self, source: str, target: str) -> Offered:
        return _offered(offer(self._facts, self._integration, source, target))

    @property
    def judged(self) -> tuple[Judgement, ...]:
        facts, integration = self._facts, self._integration
        return tuple(judge(facts, integration, pair) for pair in self._owned)

    def opens(self, field: Field) -> bool:
        return opens(field)

    def related(self, relationship: str) -> Sequence[Field] | None:
        return self._facts.related.get(related_key(self._integration, relationship))

    def read_related(self, relationship: str) -> None:
        self._desk.read_related(self.name, relationship)

    # deeds

    def pair(self, source: str, target: str) -> int:
        self._desk.pair(self.name, source, target, replace=True)
        pairs = ((p.source.casefold(), p.target.casefold()) for p in self._integration.mapping.pairs)
        wanted = (source.casefold(), target.casefold())
        return next((number for number, ends in enumerate(pairs) if ends == wanted), -1)

    def remove(self, number: int) -> None:
        self._desk.unpair(self.name, number)

    def turn(self, number: int) -> bool:
        way = next_way(self._facts, self._integration, number)
        if way is None:
            return False
        pair = self._integration.mapping.pairs[number]
        self._desk.change_pair(
            self.name,
            number,
            turned(pair, way),
            lambda: translate("PairActs", "Let {0} and {1} travel {2}").format(
                pair.source, pair.target, direction_short(way)
            ),
        )
        return True

    def accept(self, chosen: Sequence[Suggestion]) -> None:
        self._desk.accept(self.name, chosen)

    def dismiss(self, unwanted: Suggestion) -> None:
        self._desk.dismiss_suggestion(self.name, unwanted)

    # words

    def words(self, side: Side) -> EndWords:
        integration, schema = self._integration, self._schema(side)
        label = schema.label if schema is not None else ""
        count = counts.fields(len(schema.fields)) if schema is not None else translate("Canvas", "not read yet")
        if side is Side.SALESFORCE:
            return EndWords(
                "Salesforce",
                "sf",
                label or integration.object,
                count,
                translate("Canvas", "Search label, API name or type"),
                translate("Canvas", "Label, API name or type"),
                translate("Canvas", "Fields of Salesforce"),
                translate("PairTable", "Salesforce"),
                translate("PartnerDialog", "Pair {0} with a Salesforce field"),
                translate("PairTable", "Source…"),
                translate("PairTable", "Choose the Salesforce field (M)"),
                translate("PairTable", "By Salesforce field"),
            )
        return EndWords(
            "Dialog Insight",
            "di",
            label or integration.table,
            count,
            translate("Canvas", "Search label, code or type"),
            translate("Canvas", "Label, code or type"),
            translate("Canvas", "Fields of Dialog Insight"),
            translate("PairTable", "Dialog\nInsight"),
            translate("PartnerDialog", "Pair {0} with a Dialog Insight field"),
            "",
            "",
            translate("PairTable", "By Dialog Insight field"),
        )

    @property
    def add_words(self) -> tuple[str, str, str]:
        return (
            translate("TargetDialog", "Which Dialog Insight field is the pair for?"),
            translate("TargetDialog", "Then choose the Salesforce field that it goes with."),
            translate("TargetDialog", "Fields of Dialog Insight without a pair"),
        )

    @property
    def rule_head(self) -> str:
        return translate("PairTable", "When both\nsides changed")

    @property
    def table_words(self) -> tuple[TableWords, ...]:
        project, integration = self._desk.project, self._integration
        return tuple(_table_words(pair, is_marker(project, integration, pair)) for pair in self._owned)

    def why(self, number: int) -> str:
        judged = judge(self._facts, self._integration, self._owned[number])
        if judged.missing:
            return translate("PairActs", "The service shows no field {0} any more.").format(judged.missing)
        return verdict(judged.verdict) if judged.verdict is not None else translate("PairActs", "Not checked yet.")


def _offered(found: Offer) -> Offered:
    taken = tuple(pair.source for pair in found.taken)
    only = found.way if found.pair.direction is not None else None
    return Offered(found.pair.source, found.pair.target, found.level, offer_said(found), taken, only)


def _table_words(pair: FieldPair, marker: bool) -> TableWords:
    said = transform(pair) if pair.transform else ""
    if pair.key:
        return TableWords(said, translate("PairTable", "primary key"), True)
    if marker:
        return TableWords(said, translate("PairTable", "marker"), True)
    assert pair.conflict is not None, "owned() says the policy"
    return TableWords(said, conflict_rule(pair.conflict))
