"""Which fields belong together: proposed pairs with a score and a reason, for a person to accept.

Evidence, from the strongest: the record Id for the key, the same API name and code, the same label, the same meaning in
French or English (`core.synonyms`), similar letters. The types, and the real values where some were read, may take a
pair away or make it less sure; they make none. A consent is never proposed.

`certain` is kept for what is really sure: the same name or the same meaning, nearly every value can travel, and no
other field comes close on either side. Accepting all the certain ones at once must not pair two fields wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from disf_desktop.core.edits import key_of
from disf_desktop.core.mapping_problems import is_required, owner
from disf_desktop.core.project import Direction, Integration, Project, ProjectType
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.synonyms import bare, folded, listed, meaning, own_words, speaks_of_consent
from disf_desktop.core.verdict import Answer, Ground, may_pair

LEAST = 0.5
"""A pair with a lower score is not proposed."""

MARGIN = 0.04
"""How far the next best pair of a field must be behind, for the best one to be certain."""

_SURE = 0.85
_SIMILAR = 82
"""Percent of similar letters below which two names say nothing of each other."""


class Evidence(StrEnum):
    """Why a pair is proposed; stable, for translations."""

    RECORD_ID = "record_id"
    LINK = "link"
    SAME_NAME = "same_name"
    SAME_LABEL = "same_label"
    SAME_MEANING = "same_meaning"
    SIMILAR = "similar"  # percent
    ADDRESSES = "addresses"  # of a column of a file: its cells are e-mail addresses, and so is this field alone


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair is proposed: the evidence with its figures; `looked` and `travel` are there where real values were
    read: how many, and how many of them the other field can hold."""

    code: Evidence
    figures: tuple[tuple[str, int], ...] = ()

    def figure(self, name: str) -> int | None:
        """Give one of the figures."""
        return dict(self.figures).get(name)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed pair: names of a Salesforce and a Dialog Insight field, 0 to 1 how sure, and why."""

    source: str
    target: str
    score: float
    certain: bool
    reason: Reason


Travels = Callable[[Field, Field], tuple[int, int] | None]
"""How many real values of the first field were read, and how many of them the second can hold; None: not read."""


def suggestions(
    project: Project, integration: Integration, source: Schema, target: Schema, travels: Travels | None = None
) -> tuple[Suggestion, ...]:
    """Propose pairs for what is not paired yet, one for each field: key and required ones first, then the surest."""
    destination = project.destination(integration.project)
    type = owner(destination.type if destination is not None else ProjectType.A, target)
    sides = _Sides(
        source,
        target,
        type,
        frozenset(name.casefold() for name in key_of(project, integration)),
        consent_fields(project),
    )
    taken = _taken(integration)
    candidates = sorted(sides.candidates(*taken, travels), key=lambda each: each.order)
    return tuple(_one_to_one(candidates))


def _taken(integration: Integration) -> tuple[set[str], set[str]]:
    """Name what is paired, or otherwise used, on either side."""
    pairs = integration.mapping.pairs
    sources = {pair.source.casefold() for pair in pairs} | {(integration.external_id or "").casefold()}
    targets = {pair.target.casefold() for pair in pairs} | {(integration.deletes.field or "").casefold()}
    return sources, targets


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: Field
    target: Field
    score: float
    sure: bool
    reason: Reason
    rank: int  # 0: the key, 1: required, 2: the rest
    place: int

    @property
    def order(self) -> tuple[float, int, int]:
        return (-self.score, self.rank, self.place)


def _one_to_one(candidates: Sequence[_Candidate]) -> Iterator[Suggestion]:
    """Take the best pair of what is left, again and again; give the key first, then required fields, then the rest."""
    by_source: dict[str, list[_Candidate]] = {}
    by_target: dict[str, list[_Candidate]] = {}
    for each in candidates:
        by_source.setdefault(each.source.name, []).append(each)
        by_target.setdefault(each.target.name, []).append(each)
    gone: set[tuple[str, str]] = set()
    taken: list[_Candidate] = []
    for each in candidates:
        ends = (("source", each.source.name), ("target", each.target.name))
        if each.score < LEAST or gone.intersection(ends):
            continue
        gone.update(ends)
        rivals = [r for r in (*by_source[each.source.name], *by_target[each.target.name]) if r is not each]
        alone = all(r.score < each.score - MARGIN for r in rivals)
        taken.append(each if alone or not each.sure else replace(each, sure=False))
    for each in sorted(taken, key=lambda each: (each.rank, *each.order)):
        yield Suggestion(each.source.name, each.target.name, round(each.score, 3), each.sure, each.reason)


# Words of a field

DOUBTFUL = listed(
    "=title =source =status =type =date =description =total =order_number =other =main =languages =category =rating "
    "=lead_source =owner =amount =segment =active =age =comment "
    "=created =modified =last_activity"
)
"""Words of which two services may mean different things; a pair by them alone is proposed, and never certain."""

_USUAL = {"=mailing": 0.06, "=billing": 0.08, "=main": 0.04, "=work": 0.1}
"""What may be left unsaid on the other side, and what that costs: “City” is the mailing city of a contact."""

BY_THE_SYSTEM = listed(
    "isdeleted masterrecordid systemmodstamp createdbyid lastmodifiedbyid ownerid lastvieweddate lastreferenceddate "
    "photourl jigsaw jigsawcontactid jigsawcompanyid cleanstatus individualid recordtypeid lastcurequestdate "
    "lastcuupdatedate dandbcompanyid isemailbounced emailbouncedreason emailbounceddate isunreadbyowner"
)
"""Standard fields of Salesforce that are about the record and not about the person: proposed by the same name only."""

_MEANS = {"title": "=job_title", "leadsource": "=lead_source"}
"""What the name of a standard field of Salesforce means, where the word alone may mean more."""

_LESS = {"=job_title": "=title", "=lead_source": "=source"}
"""A word that says less, and may mean the same; a pair by it is proposed, and never certain."""

_NO_PAIRING = frozenset({FieldType.UNSUPPORTED})


class FieldWords:
    """A field with what its name and its label mean: `of_name`, `of_label`; `name` and `label` are folded."""

    def __init__(self, field: Field, side: Side, own: frozenset[str], has_first_name: bool) -> None:
        self.field, self.receives = field, side is Side.DIALOG_INSIGHT
        name = bare(field.name.rpartition(".")[2]) if "." not in field.name else field.name.replace(".", " ")
        name = name.removeprefix("Person") if name.startswith("Person") and len(name) > len("Person") else name
        self.name, self.label = folded(name), folded(field.label)
        means = _MEANS.get(name.casefold()) if side is Side.SALESFORCE else None
        self.of_name = frozenset({means}) if means else _in_context(meaning(name, own), has_first_name)
        self.of_label = _in_context(meaning(field.label, own), has_first_name) if field.label else frozenset()
        self.system = field.name.casefold() in BY_THE_SYSTEM

    @cached_property
    def text(self) -> str:
        """Give what letters are compared by: the concepts count for more than the spelling."""
        return " ".join(sorted(word.lstrip("=") for word in self.of_label or self.of_name))


def _in_context(words: frozenset[str], has_first_name: bool) -> frozenset[str]:
    """Read « Nom » as the last name where there is a first name beside it."""
    if "nom" not in words:
        return words
    return (words - {"nom"}) | {"=last_name" if has_first_name else "=full_name"}


def words_of_fields(schema: Schema, own: frozenset[str]) -> list[FieldWords]:
    """Read what the fields of a schema are called; those that cannot be paired, and consents, are left out."""
    chosen = [field for field in schema.fields.values() if field.type not in _NO_PAIRING]
    means_first_name = frozenset({"=first_name"})
    has_first_name = any(means_first_name in (meaning(f.name, own), meaning(f.label, own)) for f in chosen)
    return [
        FieldWords(field, schema.side, own, has_first_name)
        for field in chosen
        if not speaks_of_consent((bare(field.name), field.label))
    ]


# Evidence


@dataclass(frozen=True, slots=True)
class _Sides:
    source: Schema
    target: Schema
    type: ProjectType
    key: frozenset[str]
    consents: Collection[str]

    def candidates(
        self, sources: Collection[str], targets: Collection[str], travels: Travels | None
    ) -> Iterator[_Candidate]:
        """Give every pair that something speaks for."""
        own = own_words((self.source.name, self.source.label))
        left = [w for w in words_of_fields(self.source, own) if w.field.name.casefold() not in sources]
        right = [w for w in words_of_fields(self.target, own) if w.field.name.casefold() not in targets]
        alike = alike_fields(left, right)
        index, by_name = _indexed(left), {words.field.name: words for words in left}
        for place, target in enumerate(right):
            near = [words for key in _keys(target) for words in index.get(key, ())]
            near += [by_name[name] for name in alike[target.field.name]]
            for source in {words.field.name: words for words in near}.values():
                found = self._evidence(source, target, alike[target.field.name])
                if found is None:
                    continue
                judged = self._judged(source.field, target.field, *found, travels)
                if judged is not None:
                    yield _Candidate(source.field, target.field, *judged, self._rank(target.field), place)

    def _rank(self, target: Field) -> int:
        if target.name.casefold() in self.key or target.key:
            return 0
        return 1 if is_required(target, self.target) else 2

    def _evidence(
        self, source: FieldWords, target: FieldWords, alike: Mapping[str, float]
    ) -> tuple[float, bool, Reason] | None:
        a, b = source.field, target.field
        is_key = b.name.casefold() in self.key or b.key
        if a.type is FieldType.ID:
            return self._record_id(target, is_key)
        if b.type is FieldType.CONTACT:
            links = {"Contact", "Lead"}.intersection(a.reference_to)
            return (0.95, True, Reason(Evidence.LINK)) if links and a.type is FieldType.REFERENCE else None
        if source.name == target.name:
            sure = not self._against(source, target) and not target.of_name & DOUBTFUL
            return (
                (1.0, sure, Reason(Evidence.SAME_NAME))
                if not source.system
                else (0.7, False, Reason(Evidence.SAME_NAME))
            )
        if source.system or a.type is FieldType.REFERENCE:
            return None
        if (source.label and source.label in (target.label, target.name)) or target.label == source.name:
            sure = not source.of_label & DOUBTFUL and not target.of_name & DOUBTFUL
            return 0.97, sure, Reason(Evidence.SAME_LABEL)
        if (cost := same_meaning(source, target)) is not None:
            doubtful = (source.of_name | target.of_name | target.of_label) & DOUBTFUL
            return 0.92 - cost, not doubtful and not self._is_of_both(source), Reason(Evidence.SAME_MEANING)
        percent = alike.get(a.name)
        if percent is None:
            return None
        return 0.8 * percent / 100, False, Reason(Evidence.SIMILAR, (("percent", int(percent)),))

    def _record_id(self, target: FieldWords, is_key: bool) -> tuple[float, bool, Reason] | None:
        """The Id is the key of a type A project; in one of type B it goes to the field made for it."""
        says_so = "=salesforce_id" in target.of_name | target.of_label
        if is_key and self.type is ProjectType.A and len(self.key) == 1:
            return (1.0 if says_so else 0.9), says_so or target.name == "id", Reason(Evidence.RECORD_ID)
        return (0.95, True, Reason(Evidence.RECORD_ID)) if says_so else None

    def _is_of_both(self, source: FieldWords) -> bool:
        """Say whether the field holds the name of a person or of a company, as in an org with person accounts."""
        return source.field.name == "Name" and self.source.find("IsPersonAccount") is not None

    @staticmethod
    def _against(source: FieldWords, target: FieldWords) -> bool:
        """Say whether the labels speak of two different things, though the names are the same."""
        return bool(
            source.of_label
            and target.of_label
            and all(word.startswith("=") for word in source.of_label | target.of_label)
            and not source.of_label & (target.of_label | target.of_name)
            and not target.of_label & (source.of_label | source.of_name)
        )

    def _judged(
        self, source: Field, target: Field, score: float, sure: bool, reason: Reason, travels: Travels | None
    ) -> tuple[float, bool, Reason] | None:
        """Lower a pair by what its types and its real values say; None where it cannot be made."""
        back = self.type is ProjectType.B and source.type is not FieldType.ID
        way = Direction.TO_SALESFORCE if back else Direction.TO_DIALOG_INSIGHT
        verdict = may_pair(source, target, way, self.consents)
        if verdict.answer is Answer.NO:
            return None
        if verdict.answer is Answer.WITH_LOSS:
            score -= 0.01 if verdict.ground in _MILD else 0.06
            sure = sure and verdict.ground in _MILD
        elif source.type is not target.type:
            score -= 0.005
        if reason.code is Evidence.SIMILAR and _kind(source) != _kind(target):
            score -= 0.1
        found = travels(source, target) if travels is not None and not back else None
        if found is not None and found[0]:
            looked, travel = found
            share = travel / looked
            reason = replace(reason, figures=(*reason.figures, ("looked", looked), ("travel", travel)))
            score -= 0.3 * (1 - share)
            sure = sure and share >= 0.9
        return score, sure and score >= _SURE - 0.03, reason


_MILD = frozenset(
    {
        Ground.MAY_BE_TOO_LONG,
        Ground.MAY_HAVE_DECIMALS,
        Ground.MAY_BE_OUT_OF_RANGE,
        Ground.MAY_NOT_BE_LISTED,
        Ground.TIME_FALLS_AWAY,
    }
)
"""Losses of a few values, which say nothing against the pair itself."""

_KINDS: tuple[frozenset[FieldType], ...] = (
    frozenset({FieldType.INTEGER, FieldType.DECIMAL}),
    frozenset({FieldType.DATE, FieldType.DATETIME}),
    frozenset({FieldType.BOOLEAN}),
    frozenset({FieldType.TIME}),
)


def _kind(field: Field) -> int:
    return next((n for n, kind in enumerate(_KINDS) if field.type in kind), -1)


_ANY = "*"
"""The key of fields that may be paired whatever they are called."""


def _keys(words: FieldWords) -> set[str]:
    """Give what a field is looked up by: its spelling, and each concept of its name and its label."""
    concepts = {word for word in words.of_name | words.of_label if word.startswith("=")}
    by_type = {_ANY} if words.field.type in (FieldType.ID, FieldType.REFERENCE) or words.receives else set()
    return {words.name, words.label} - {""} | concepts | {_LESS[word] for word in concepts & _LESS.keys()} | by_type


def _indexed(left: Sequence[FieldWords]) -> dict[str, list[FieldWords]]:
    found: dict[str, list[FieldWords]] = {}
    for words in left:
        for key in _keys(words):
            found.setdefault(key, []).append(words)
    return found


def same_meaning(source: FieldWords, target: FieldWords) -> float | None:
    """Give what it costs to take the two for one: 0 where both say the same, None where they do not."""
    best: float | None = None
    for a in (source.of_name, source.of_label):
        for b in (target.of_name, target.of_label):
            less = frozenset(_LESS.get(word, word) for word in a)
            if less == b != a:
                best = 0.14 if best is None else min(best, 0.14)
            if not any(word.startswith("=") for word in a & b):
                continue
            unsaid = a ^ b
            if unsaid <= _USUAL.keys():
                cost = sum(_USUAL[word] for word in unsaid)
                best = cost if best is None else min(best, cost)
    return best


def alike_fields(left: Sequence[FieldWords], right: Sequence[FieldWords]) -> dict[str, dict[str, float]]:
    """Give, by target, the sources with similar letters, and their percent."""
    from rapidfuzz import fuzz, process  # loaded by the first one who suggests, not by the start of the window

    texts = {words.field.name: words.text for words in left}

    def near(text: str) -> dict[str, float]:
        found = process.extract(text, texts, scorer=fuzz.token_sort_ratio, score_cutoff=_SIMILAR, limit=5)
        return {name: percent for _, percent, name in found}

    return {words.field.name: near(words.text) for words in right}
