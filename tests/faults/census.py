"""Finds in the source every place at which the program makes something durable: transactions, and names of files.

Each is named as a running process names it (`tests.faults.launcher`), so that nobody can add one unnoticed.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from disf_desktop.storage import ledger_schema
from disf_desktop.storage.importing import book_schema
from tests.faults.launcher import PASSED_ON

ROOMS: Final = ("cli", "workspace", "engine", "services", "storage")
"""Where a process that syncs or imports may commit; the window has its own tests, and changes data by these too."""

_TRANSACTIONS: Final = {"_writing", "_finding", "together"}
_WORDS: Final = ("BEGIN", "COMMIT", "END", "SAVEPOINT", "RELEASE")
_BY_SQLITE: Final = {
    "database._set_writer_pragmas": "the first byte of a new file",
    "Database.backup_to": "the copy, before it has its name",
}
"""Functions that commit without a transaction of ours."""


def transactions() -> frozenset[str]:
    """Give the functions that commit; a step of a migration is one of its own."""
    steps = {f"Ledger.open step {number}" for number in range(1, len(ledger_schema.MIGRATIONS) + 1)}
    steps |= {f"ImportBook.open step {number}" for number in range(1, len(book_schema.MIGRATIONS) + 1)}
    return (_found()["transaction"] - {"database._migrate"}) | steps | {*_BY_SQLITE}


def renames() -> frozenset[str]:
    """Give the functions that put a file in its place."""
    return _found()["rename"]


def by_hand() -> frozenset[str]:
    """Give the functions that begin or end a transaction by words of their own."""
    return _found()["by hand"]


@cache
def _found() -> dict[str, frozenset[str]]:
    """Give the functions by the kind of call that they make."""
    package = Path(__file__).parents[2] / "disf_desktop"
    names: defaultdict[str, set[str]] = defaultdict(set)
    for room in ROOMS:
        for path in sorted((package / room).rglob("*.py")):
            calls = _Calls()
            calls.visit(ast.parse(path.read_text(encoding="utf-8")))
            for kind, name in calls.found:
                if name not in PASSED_ON:
                    names[kind].add(name if "." in name else f"{path.stem}.{name}")
    return {kind: frozenset(found) for kind, found in names.items()}


class _Calls(ast.NodeVisitor):
    """Finds the functions, by their qualified names, that commit or put a file in its place: (kind, name)."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()
        self._within: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node, node.name)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._inside(node, node.name, "<locals>")

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._inside(node, node.name, "<locals>")

    def visit_Call(self, node: ast.Call) -> None:
        kind = _kind(node)
        if self._within and kind is not None:
            self.found.add((kind, ".".join(self._within).removesuffix(".<locals>")))
        self.generic_visit(node)

    def _inside(self, node: ast.AST, *names: str) -> None:
        self._within += names
        self.generic_visit(node)
        del self._within[-len(names) :]


def _begins_or_ends(words: list[ast.expr]) -> bool:
    match words:
        case [ast.Constant(value=str(text)), *_]:
            return text.lstrip().upper().startswith(_WORDS)
    return False


def _kind(call: ast.Call) -> str | None:
    """Say what a call does, if it does one of the two: `path.replace(other)` has one argument, `text.replace` two."""
    match call.func:
        case ast.Name(id="transaction") | ast.Attribute(attr="transaction"):
            return "transaction"
        case ast.Attribute(attr=name) if name in _TRANSACTIONS and not call.args:
            return "transaction"
        case ast.Attribute(attr="link" | "rename" | "renames" | "hardlink_to"):
            return "rename"
        case ast.Name(id="write_whole") | ast.Attribute(attr="write_whole"):
            return "rename"
        case (
            ast.Attribute(value=ast.Name(id="os"), attr="replace")
            | ast.Attribute(value=ast.Name(id="shutil"), attr="move")
        ):
            return "rename"
        case ast.Attribute(attr="execute" | "executescript") if _begins_or_ends(call.args):
            return "by hand"
        case ast.Attribute(attr="replace") if len(call.args) == 1 and not call.keywords:
            return "rename"
    return None
