"""What an import asks of the world: the rows of a file, and the book in which it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from disf_desktop.core.importing.rows import CheckCounts, RowOutcome, RowProblem, RowState
from disf_desktop.core.importing.rows import OpenRows as OpenRows
from disf_desktop.core.importing.rows import There as There


class RowSource(Protocol):
    """The rows of a file, read anew each time in bounded memory. The file is never changed."""

    @property
    def size(self) -> int:
        """Give the size of what is read, in bytes; 0 where it is not known."""
        ...

    @property
    def position(self) -> int:
        """Give how many bytes of `size` were read so far by the reading under way."""
        ...

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give each row after the header with its number in the file; an empty line is passed over, and counts.

        A row has as many cells as it has; a cell in which the bytes were no text holds U+FFFD at their place. Raises
        UnexpectedAnswer where the file cannot be read on (cut in its middle, damaged, changed meanwhile).
        """
        ...


class ImportBook(Protocol):
    """What is kept of one import, encrypted, in a file of its own. Each method is one transaction, or one read.

    Rows are known by their number in the file; keys by a keyed hash (16 bytes, `key_hash`).
    """

    def key_hash(self, folded: str) -> bytes:
        """Give the hash under which a folded key, or the content of a whole row, is kept."""
        ...

    # -- the check ---------------------------------------------------------------------------------------------------

    def begin_check(self, settings: str) -> None:
        """Forget what an earlier check found, and remember the settings of this one. Corrections stay."""
        ...

    def corrections(self) -> Mapping[int, Mapping[str, str]]:
        """Give the texts that a person has put in place of cells, by row and column."""
        ...

    def refuse(self, rows: Sequence[tuple[int, Sequence[str], Sequence[RowProblem]]]) -> None:
        """Keep rows that are not sent: number, cells as they are in the file, and every problem."""
        ...

    def add_keys(self, keys: Iterable[tuple[bytes, int]]) -> None:
        """Note the key of each row that may be sent."""
        ...

    def duplicates(self) -> Iterator[Sequence[int]]:
        """Give the rows that share a key, ascending, for each key that comes more than once."""
        ...

    def rows_of(self, hashes: Sequence[bytes]) -> dict[bytes, int]:
        """Give the row of each of up to 1,000 keys of the file; a key that is not in it is left out."""
        ...

    def add_there(self, records: Iterable[tuple[int, There]]) -> None:
        """Note what the service holds of rows' records. A second record for a row marks it as having several."""
        ...

    def there(self, first: int, last: int) -> dict[int, There | None]:
        """Give what the service holds, for the rows from `first` to `last`; None where several records match."""
        ...

    def put(self, outcomes: Iterable[RowOutcome]) -> None:
        """Note what became of rows outside of any batch (unchanged, refused late)."""
        ...

    def finish_check(self, counts: CheckCounts) -> None: ...

    @property
    def checked(self) -> CheckCounts | None:
        """Give what the last check found; None where none came to its end."""
        ...

    # -- the import --------------------------------------------------------------------------------------------------

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of `intend` and `settle`, as often as they are called inside."""
        ...

    def states(self, first: int, last: int) -> dict[int, RowState]:
        """Give what is known of the rows from `first` to `last`; a row that is not among them is still to be sent."""
        ...

    def intend(self, kind: str, rows: Sequence[int], *, job: str = "") -> int:
        """Write a batch down before its first byte leaves, and give its number.

        Rows of a bulk job come in pages: with a `job` that is written down already they join its batch, which may have
        begun without any row.
        """
        ...

    def seal(self, batch: int) -> None:
        """Note that a bulk job has all its rows: from here on they may be stored."""
        ...

    def match_by(self, batch: int, hashes: Iterable[tuple[bytes, int]]) -> None:
        """Note by which hash the result of each row of a bulk job will be known again."""
        ...

    def matched(self, batch: int, hashes: Sequence[bytes]) -> list[int | None]:
        """Give the row of each result, in their order, None for one that is no row's; of rows with the same hash each
        is given once. Results read again from the first one, after `open_batches`, give the same rows again."""
        ...

    def settle(self, batch: int, outcomes: Iterable[RowOutcome], *, again: Sequence[int] = ()) -> None:
        """Write down what became of rows of a batch; those of `again` are still to be sent. It closes when none of its
        rows is open, a bulk job that has none by being settled."""
        ...

    def open_batches(self) -> list[OpenRows]:
        """Give the batches whose outcome is not known, in the order in which they were intended."""
        ...

    def outcomes(self, first: int, last: int) -> dict[int, RowOutcome]:
        """Give what became of the rows from `first` to `last`, with ids and words."""
        ...

    def tally(self) -> dict[RowState, int]:
        """Count rows by what became of them."""
        ...
