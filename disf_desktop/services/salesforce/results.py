"""Rows of the CSV files in which Bulk API 2.0 gives its results, streamed, and gone on with after a cut."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.services.salesforce.errors import raise_unless_ok
from disf_desktop.services.transport import Reply, ReplyLost

TRIES = 4
LONGEST_CELL = 1_000_000
"""In characters; Salesforce's own longest field has 131,072."""


class ResultFile:
    """One result file. `fetch` asks for it from its beginning; it is immutable, so after a cut rows are counted off.

    `locator` and `count` are known once `rows` is exhausted (or has begun).
    """

    def __init__(self, fetch: Callable[[], Reply], where: str = "") -> None:
        self._fetch = fetch
        self._where = where
        self.header: tuple[str, ...] = ()
        self.locator: str | None = None
        self.count = 0

    def rows(self) -> Iterator[list[str]]:
        """Give each row once, without the header. Raises UnexpectedAnswer when the file stays cut."""
        lost: ReplyLost | None = None
        for _ in range(TRIES):
            try:
                given = self.count
                for n, row in enumerate(self._read()):
                    if n >= given:
                        self.count = n + 1
                        yield row
                return
            except ReplyLost as failure:
                lost = failure
        raise lost or AssertionError("only a lost reply is tried again")

    def _read(self) -> Iterator[list[str]]:
        """Give the rows of one fetch. Raises ReplyLost when they are fewer than announced, or the last one is cut."""
        reply = raise_unless_ok(self._fetch(), self._where)
        locator = reply.headers.get("Sforce-Locator")
        self.locator = None if locator in (None, "", "null") else locator
        announced = reply.headers.get("Sforce-NumberOfRecords")
        stream = _Chunks(reply)
        # csv's limit is the process's own; it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
        text = io.TextIOWrapper(io.BufferedReader(stream, 262_144), encoding="utf-8-sig", newline="")
        seen = 0
        held: list[str] | None = None
        try:
            table = csv.reader(text, strict=True)
            header = tuple(next(table, ()))
            for row in table:
                if held is not None:
                    self._keep(header)
                    yield held
                    seen += 1
                # The last row is held back until the end has been looked at: a cut may be inside it.
                held = row
                if len(row) != len(header):
                    break
        except csv.Error:
            raise self._cut() from None
        except UnicodeDecodeError:
            raise self._strange("it is not UTF-8") from None
        finally:
            reply.close()
        if held is not None:
            whole = len(held) == len(header) and stream.last in (b"\n", b"\r", b'"')
            seen += 1
        else:
            # Of a header alone, the line's end is the only sign that it is whole.
            whole = stream.last in (b"", b"\n", b"\r")
        if not whole:
            raise self._cut()
        if announced is not None and announced.isdigit() and int(announced) != seen:
            raise self._cut()
        self._keep(header)
        if held is not None:
            yield held

    def _keep(self, header: tuple[str, ...]) -> None:
        if self.header and header != self.header:
            raise self._strange("its columns changed")
        self.header = header

    def _cut(self) -> ReplyLost:
        return ReplyLost("A result file of Salesforce came cut.", "Check the network, then run again.", self._where)

    def _strange(self, why: str) -> UnexpectedAnswer:
        return UnexpectedAnswer(
            f"A result file of Salesforce cannot be read: {why}.", "Run again; if it lasts, report it.", self._where
        )


class _Chunks(io.RawIOBase):
    """A reply's body as a file. NUL bytes, which Salesforce lets through and no CSV can hold, are dropped."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self._pieces = reply.chunks()
        self._left = b""
        self.last = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Sequence[int]) -> int:  # type: ignore[override]
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece.replace(b"\0", b"")
            self.last = self._left[-1:] or self.last
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]  # type: ignore[index]
        self._left = self._left[size:]
        return size
