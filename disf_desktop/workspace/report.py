"""A report of a problem that a person can read, and send: logs, versions, settings, the project file without names, and
figures of the ledger. Every text of it went through `workspace.scanner`."""

from __future__ import annotations

import configparser
import io
import platform
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson

from disf_desktop import __version__
from disf_desktop.core.errors import DisfError
from disf_desktop.core.importing.rows import ImportRecord
from disf_desktop.core.moments import written
from disf_desktop.core.project import Project
from disf_desktop.storage import project_file
from disf_desktop.storage.ledger_view import LedgerView
from disf_desktop.workspace.connections import CLIENT_SECRET, KEY, REFRESH_TOKEN
from disf_desktop.workspace.editing import without_names
from disf_desktop.workspace.export import write_file
from disf_desktop.workspace.import_books import ImportBooks
from disf_desktop.workspace.places import Places
from disf_desktop.workspace.scanner import Scanner

LIBRARIES: Final = (
    "PySide6-Essentials", "qasync", "requests", "simple-salesforce", "truststore", "orjson", "apsw-sqlite3mc",
    "keyring", "platformdirs", "pydantic", "PyYAML", "rich", "typer",
)  # fmt: skip
NEWEST_LOGS: Final = 12
LARGEST_LOG: Final = 200_000
"""How many bytes of the end of a log are taken."""
RUNS: Final = 30
_PAGE: Final = 500
_MOST_VALUES: Final = 20_000
"""Records whose values are looked for; more of them would take long and find the same."""
_SETTINGS: Final = frozenset({"language", "appearance", "text_size", "tab", "tray", "keep_running"})
_SAID: Final = frozenset({"status", "event", "code"})
"""Members of a run's figures that are words of ours."""


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A text of the report, by the name of its file."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """What would be sent; `taken` is how many values, names and secrets were taken out of it."""

    parts: tuple[ReportPart, ...]
    taken: int


def bare_report(places: Places, told: str, errors: Sequence[str], versions: Mapping[str, str]) -> ProblemReport:
    """Make a report where no project file is open."""
    return _Report(places, None, Scanner(home=Path.home())).made(told, errors, versions)


def save_report(report: ProblemReport, path: Path) -> int:
    """Write a report as a zip file, whole or not at all, for its owner alone; give how many texts it has.

    Raises LedgerError, of it DiskFull, where the file cannot be written.
    """

    def zipped(parts: Any) -> Iterator[bytes]:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in parts:
                archive.writestr(part.name, part.text)
        yield packed.getvalue()

    return write_file(path, zipped, report.parts)


class Reporting(ImportBooks):
    """The report of a problem with the project file that is open."""

    def problem_report(self, told: str, errors: Sequence[str], versions: Mapping[str, str]) -> ProblemReport:
        """Make a report; `told` is what the person was doing, `errors` what is on screen, `versions` those of the face.

        What cannot be read is said in the report, and stops nothing.
        """
        notes: list[str] = []
        files = self._imported_files(notes)
        names = _names(self.project, self.path) | dict.fromkeys(files, "<imported file>")
        scanner = Scanner(self._secrets(notes), self._values(notes), names, Path.home())
        report = _Report(self.places, self, scanner)
        return report.made(told, [*errors, *notes], versions)

    def _secrets(self, notes: list[str]) -> list[str]:
        """Give every secret of the vault, to look for it."""
        found = [c.client_id for c in self.project.connections if c.kind == "salesforce" and c.client_id]
        try:
            vault = self._vault()
            for connection in self.project.connections:
                found += filter(None, (vault.get(connection.id, n) for n in (REFRESH_TOKEN, CLIENT_SECRET, KEY)))
        except DisfError as error:
            notes.append(f"The vault could not be read: {error.code}")
        return found

    def _values(self, notes: list[str]) -> set[str]:
        """Give what the ledger last met of people: of records set aside, of conflicts, of consents that wait, and of
        rows of files that were refused."""
        try:
            with self._view() as view:
                found = set(_met(view)) if view is not None else set()
        except DisfError as error:
            notes.append(f"The ledger could not be read: {error.code}")
            found = set()
        try:
            found |= set(islice(self._refused_cells(), _MOST_VALUES))
        except DisfError as error:
            notes.append(f"The books of imports could not be read: {error.code}")
        return found

    def _refused_cells(self) -> Iterator[str]:
        for record in self.imports():
            if record.counts is not None and record.counts.refused:
                for refused in self.refused_rows(record.id, None, 0, _PAGE):
                    yield from refused.cells.values()

    def _imported_files(self, notes: list[str]) -> set[str]:
        """Give the names of the files that were imported: they may tell whose people these are."""
        try:
            return {record.file for record in self.imports() if record.file}
        except DisfError as error:
            notes.append(f"The books of imports could not be read: {error.code}")
            return set()

    def figures(self) -> Mapping[str, Any]:
        """Give figures and codes of the ledger: runs, what waits and why. Never a value."""
        with self._view() as view:
            told = _figures(view) if view is not None else {}
        return told | {"imports": [_of_import(record) for record in self.imports()]}


class _Report:
    def __init__(self, places: Places, opened: Reporting | None, scanner: Scanner) -> None:
        self._places, self._opened, self._scanner = places, opened, scanner

    def made(self, told: str, errors: Sequence[str], versions: Mapping[str, str]) -> ProblemReport:
        at = written(datetime.now(UTC))
        said = f"{at}\n\n{told.strip() or '(nothing was said)'}\n"
        if errors:
            said += "\n" + "\n\n".join(errors) + "\n"
        texts = [("what-happened.txt", said), ("versions.txt", _lines({**_versions(), **versions}))]
        texts.append(("settings.txt", _lines(_settings(self._places.profile / "window.ini"))))
        if self._opened is not None:
            texts.append(("project.disf.yaml", _nameless(self._opened.project)))
            texts.append(("figures.json", self._figures(self._opened)))
        texts += self._logs()
        parts = tuple(ReportPart(name, self._scanner.clean(text, quoted=_is_told(name))) for name, text in texts)
        return ProblemReport(parts, self._scanner.taken)

    @staticmethod
    def _figures(opened: Reporting) -> str:
        try:
            return orjson.dumps(opened.figures(), option=orjson.OPT_INDENT_2).decode()
        except DisfError as error:
            return f"The ledger could not be read: {error.code}\n"

    def _logs(self) -> list[tuple[str, str]]:
        """Give the ends of the newest logs, of this project file or else of all."""
        of = self._opened.project.id if self._opened is not None else None
        pattern = f"{of}/log/*.log" if of is not None else "*/log/*.log"
        with suppress(OSError):
            found = sorted(self._places.profile.glob(pattern), key=lambda each: each.name)[-NEWEST_LOGS:]
            return [(f"log/{each.name}", _end_of(each)) for each in reversed(found)]
        return []


def _is_told(name: str) -> bool:
    """Say whether a text is words, in which quotes hold what is talked about; those of the others are their form."""
    return name.endswith((".txt", ".log"))


def _end_of(log: Path) -> str:
    try:
        with log.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(max(0, size - LARGEST_LOG))
            text = file.read().decode(errors="replace")
    except OSError as error:
        return f"This log could not be read: {error.strerror}\n"
    # A cut first line might hold the end of something that is only known as a whole.
    return text if size <= LARGEST_LOG else text.partition("\n")[2]


def _lines(facts: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in facts.items())


def _versions() -> dict[str, str]:
    found = {"program": __version__, "python": platform.python_version(), "machine": platform.machine()}
    found["system"] = f"{platform.system()} {platform.release()}"
    for library in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found[library] = metadata.version(library)
    return found


def _settings(file: Path) -> dict[str, str]:
    """Give the window's choices; of files, places and sizes nothing."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    with suppress(configparser.Error, OSError, UnicodeDecodeError):
        parser.read(file, encoding="utf-8")
    return {
        name: value
        for section in parser.sections()
        for name, value in parser.items(section)
        if name in _SETTINGS and value.replace("-", "").replace("_", "").isalnum()
    }


def _nameless(project: Project) -> str:
    """Give the project file without names, and without the values that pairs send instead of nothing."""
    bare = without_names(project)
    integrations = []
    for integration in bare.integrations:
        pairs = tuple(
            p if p.default is None else p.model_copy(update={"default": "…"}) for p in integration.mapping.pairs
        )
        mapping = integration.mapping.model_copy(update={"pairs": pairs})
        integrations.append(integration.model_copy(update={"mapping": mapping}))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "project.yaml"
        project_file.save(file, bare.model_copy(update={"integrations": tuple(integrations)}))
        return file.read_text(encoding="utf-8")


def _names(project: Project, path: Path) -> dict[str, str]:
    """Say how the report calls what the project file names, as its copy without names does."""
    names = {str(path): "<project file>", path.name: "<project file>", project.id: "<project>"}
    names |= {connection.name: f"Connection {n}" for n, connection in enumerate(project.connections, 1)}
    names |= {destination.name: f"Project {n}" for n, destination in enumerate(project.projects, 1)}
    names |= {integration.name: f"Integration {n}" for n, integration in enumerate(project.integrations, 1)}
    names |= {recipe.name: f"Import {n}" for n, recipe in enumerate(project.imports, 1)}
    names |= {i.filter: "<filter>" for i in project.integrations if i.filter}
    return names | {project.name: "<project>"}


def _met(view: LedgerView) -> Iterator[str]:
    """Give the values that the ledger last met."""
    for record in islice(_paged(partial(view.set_aside, None)), _MOST_VALUES):
        yield record.rid
        yield from _texts(record.values.values())
    for conflict in islice(_paged(partial(view.all_conflicts, None, "")), _MOST_VALUES):
        yield conflict.key
        yield from _texts((conflict.salesforce, conflict.dialog_insight))
    for read in (view.consent_reviews, view.consent_drift):
        for waiting in read(0, _MOST_VALUES):
            yield from (waiting.salesforce_id, waiting.contact_id)


def _paged(read: Callable[[int, int], Sequence[Any]]) -> Iterator[Any]:
    after = 0
    while page := read(after, _PAGE):
        yield from page
        after = page[-1].id


def _texts(values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list):
            yield from _texts(value)


def _figures(view: LedgerView) -> dict[str, Any]:
    history = view.history()
    aside = _paged(partial(view.set_aside, None))
    causes = Counter(f"{record.integration} / {record.side} / {record.code}" for record in aside)
    reviews = Counter(each.rule for each in view.consent_reviews(0, _MOST_VALUES))
    return {
        "runs": [
            {"run": run.id, "started": run.started, "ended": run.ended, "status": run.status, **_numbers(run.summary)}
            for run in view.runs(RUNS)
        ],
        "set_aside": dict(causes),
        "consents_to_review": dict(reviews),
        "opt_outs_missing_in_dialog_insight": len(view.consent_drift(0, _MOST_VALUES)),
        "streams": [
            {"integration": s.integration, "side": s.side, "watermark": s.watermark, "links": s.links}
            for s in history.streams
        ],
    }


def _of_import(record: ImportRecord) -> dict[str, Any]:
    counts = record.counts
    found = (
        {} if counts is None else {"rows": counts.rows, "refused": counts.refused, "problems": dict(counts.problems)}
    )
    became = {state.name.lower(): rows for state, rows in record.tally.items()}
    return {"id": record.id, "status": record.status, "run": record.run, "size": record.size, **found, "became": became}


def _numbers(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the figures and codes of a run; whatever else is in it stays here."""
    kept: dict[str, Any] = {}
    for name, value in summary.items():
        if isinstance(value, bool | int | float) or (name in (*_SAID, "name") and isinstance(value, str)):
            kept[name] = value
        elif isinstance(value, Mapping):
            kept[name] = _numbers(value)
        elif isinstance(value, list | tuple):
            kept[name] = [_numbers(each) for each in value if isinstance(each, Mapping)]
    return kept
