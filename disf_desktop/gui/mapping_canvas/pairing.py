"""What the views of pairs draw and do, whatever is paired: a mapping of the project, or the columns of a file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Field, Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.pairing import Coverage
from disf_desktop.gui.models.pairs import Judgement, Level


@dataclass(frozen=True, slots=True)
class Bond:
    """A pair as the views draw it. `marker` is one that only the program writes."""

    source: str
    target: str
    way: Direction
    key: bool = False
    transformed: bool = False
    marker: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """What two fields would become together: whether their values may travel, and what to say of it. `taken` names
    the sources of the pairs whose place it would take; `only` is a way that is not the usual one."""

    source: str
    target: str
    level: Level
    said: str
    taken: tuple[str, ...] = ()
    only: Direction | None = None

    @property
    def possible(self) -> bool:
        return self.level in (Level.YES, Level.LOSS)


@dataclass(frozen=True, slots=True)
class EndWords:
    """How one end is called in the language of now: its pill, its own name with a count, what is searched, the list of
    its fields, the head of its column, the choice of a partner for one of the other end (with `{0}`), the button that
    chooses one, shortly and at length, and sorting by it."""

    pill: str
    look: str
    name: str
    count: str
    search: str
    search_short: str
    fields: str
    head: str
    partner: str
    button: str
    choose: str
    by: str


@dataclass(frozen=True, slots=True)
class TableWords:
    """What the table says of one pair: what is done on the way, and the rule of it, faint where nobody chooses it."""

    transform: str = ""
    rule: str = ""
    faint: bool = False


class Pairing(ABC):
    """Two lists of fields and the pairs between them, as they are now. Values go from the source's end to the target's,
    or both ways. `name` tells one pairing from another: views keep what is under the hand while it stays the same.
    """

    name: str
    ends: tuple[Side, Side] = (Side.SALESFORCE, Side.DIALOG_INSIGHT)
    """Which service stands at the source and at the target; a file stands where the service that gives would."""
    one_way = False

    # what is there

    @property
    @abstractmethod
    def made_of(self) -> tuple[object, ...]:
        """Give what the picture follows from; where all of it is the same objects, nothing is drawn anew."""

    @property
    @abstractmethod
    def pairs(self) -> tuple[Bond, ...]:
        """Give the pairs, by their numbers."""

    @property
    @abstractmethod
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Give what is proposed and not paired yet."""

    @property
    @abstractmethod
    def coverage(self) -> Coverage:
        """Count what is paired, and what is not yet."""

    @property
    @abstractmethod
    def missing_key(self) -> tuple[str, ...]:
        """Name the fields of the key that no pair is for."""

    @property
    def key_offer(self) -> Offered | None:
        """Give the pair for the first of them, where one field alone can be it."""
        return None

    @abstractmethod
    def fields(self, side: Side) -> Mapping[str, Field] | None:
        """Give the fields of an end by name; None while they are not read."""

    @abstractmethod
    def required(self, side: Side) -> frozenset[str]:
        """Name the fields of an end, folded, that a pair is needed for."""

    @abstractmethod
    def offer(self, source: str, target: str) -> Offered:
        """Say what becomes of two fields put together."""

    @property
    @abstractmethod
    def judged(self) -> tuple[Judgement, ...]:
        """Say of each pair whether its values may travel."""

    def find(self, side: Side, name: str) -> Field | None:
        """Give a field by its name, in any case of letters."""
        known, folded = self.fields(side) or {}, name.casefold()
        return known.get(name) or next((f for f in known.values() if f.name.casefold() == folded), None)

    def sample(self, side: Side, name: str) -> str:
        """Give a value of a field that tells more than its type; empty where none is known."""
        return ""

    def opens(self, field: Field) -> bool:
        """Say whether a field leads to a record whose fields can be listed below it."""
        return False

    def related(self, relationship: str) -> Sequence[Field] | None:
        """Give the fields of the record that a lookup leads to; None while they are not read."""
        return None

    def read_related(self, relationship: str) -> None:
        """Read those fields."""
        raise AssertionError("no field leads anywhere")

    # deeds

    @abstractmethod
    def pair(self, source: str, target: str) -> int:
        """Pair two fields in the place of what the target has; give the number of the pair, -1 where it was not."""

    @abstractmethod
    def remove(self, number: int) -> None:
        """Take a pair away."""

    def turn(self, number: int) -> bool:
        """Let a pair travel the next way that it may; say whether there is one."""
        return False

    @abstractmethod
    def accept(self, chosen: Sequence[Suggestion]) -> None:
        """Pair what is proposed, in one step."""

    @abstractmethod
    def dismiss(self, unwanted: Suggestion) -> None:
        """Propose this pair no more."""

    # words

    @abstractmethod
    def words(self, side: Side) -> EndWords:
        """Say how an end is called."""

    @property
    @abstractmethod
    def add_words(self) -> tuple[str, str, str]:
        """Say what is asked before a pair is added: a title, a sentence, and how the list of targets is called."""

    @property
    @abstractmethod
    def rule_head(self) -> str:
        """Say what the rules of the table are about."""

    @property
    @abstractmethod
    def table_words(self) -> tuple[TableWords, ...]:
        """Say what the table shows of each pair."""

    @abstractmethod
    def why(self, number: int) -> str:
        """Say whether the values of a pair may travel, in a sentence."""

    def title(self, side: Side, name: str) -> str:
        """Give how a person knows a field."""
        field = self.find(side, name)
        return title(field) if field is not None else name

    # both ends alike

    @property
    def source(self) -> Side:
        return self.ends[0]

    @property
    def target(self) -> Side:
        return self.ends[1]

    def of(self, pair: Bond | Suggestion, side: Side) -> tuple[str, str]:
        """Give the field of an end of a pair, then the one of the other end."""
        return (pair.source, pair.target) if side is self.source else (pair.target, pair.source)

    def in_order(self, side: Side, here: str, there: str) -> tuple[str, str]:
        """Give a field of this end and one of the other as source and target."""
        return (here, there) if side is self.source else (there, here)
