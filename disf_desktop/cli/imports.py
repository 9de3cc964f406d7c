"""`import`: a file of rows, checked and sent."""

from __future__ import annotations

import codecs
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import typer

from disf_desktop.cli.control import follow
from disf_desktop.cli.face import Face
from disf_desktop.cli.runs import serve
from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.core.events import Notice, RunStatus
from disf_desktop.core.importing.events import ImportChecked, ImportState
from disf_desktop.core.importing.file_form import KnownForm
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, FileForm, ImportMode, ImportRecipe
from disf_desktop.core.importing.rows import CheckCounts
from disf_desktop.core.importing.wish import ImportWish, columns_said
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import FieldType
from disf_desktop.workspace import Workspace
from disf_desktop.workspace.importing import PlannedImport

_DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}
_SOMETHING_LEFT: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of an import."""

    csv: Path
    to: str | None
    key: tuple[str, ...]
    columns: str | None
    mode: ImportMode | None
    recipe: str | None
    form: FileForm
    check: bool
    results: Path | None
    anew: bool
    bring_back: bool
    by_stdin: bool


def form_asked(
    encoding: str | None,
    delimiter: str | None,
    header: int | None,
    sheet: str | None,
    dates: DateOrder | None,
    decimal: DecimalMark | None,
    time_zone: str | None,
    *,
    fill_short_rows: bool,
) -> FileForm:
    """Give what is said of the form of the file; what cannot be so is wrong use."""
    said: dict[str, Any] = {"encoding": encoding, "header": header, "sheet": sheet, "dates": dates, "decimal": decimal}
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise typer.BadParameter(f"There is no encoding “{encoding}”.", param_hint="--encoding") from None
    if delimiter is not None:
        said["delimiter"] = _DELIMITERS.get(delimiter.casefold(), delimiter)
        if said["delimiter"] not in _DELIMITERS.values():
            names = ", ".join(name for name in _DELIMITERS if name.isalpha())
            raise typer.BadParameter(f"“{delimiter}” is none of {names}.", param_hint="--delimiter")
    if time_zone is not None:
        try:
            zoneinfo.ZoneInfo(time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            message = f"There is no time zone “{time_zone}”; use a name such as America/Toronto."
            raise typer.BadParameter(message, param_hint="--time-zone") from None
        said["time_zone"] = time_zone
    said |= {"fill_short_rows": True} if fill_short_rows else {}
    return FileForm(**{name: value for name, value in said.items() if value is not None})


def import_rows(face: Face, file: Path, asked: Asked) -> int:
    """Check a file, and unless that is all, send its rows; 0 where every row is in, 3 where one is not."""
    if not asked.csv.is_file():
        raise typer.BadParameter(f"There is no file {asked.csv}.", param_hint="CSV")
    if asked.results is not None:
        _folder_for(asked.results)
    if asked.to is None and asked.recipe is None:
        raise typer.BadParameter("Say where the rows go: --to PROJECT/TABLE or --to ORG/OBJECT.", param_hint="--to")
    if asked.by_stdin:
        serve(face)
    workspace = face.open(file, "import")
    try:
        recipe = _planned(face, workspace, asked)
        stop = face.control.new_stop()
        if asked.check:
            events = workspace.check_file(asked.csv, recipe, stop=stop, anew=asked.anew, bring_back=asked.bring_back)
        else:
            events = workspace.import_file(
                asked.csv, recipe, results=asked.results, stop=stop, anew=asked.anew, bring_back=asked.bring_back
            )
        state = ImportState()
        try:
            for event in follow(events, face.control):
                state = state.after(event)
                face.output.say(event)
                if isinstance(event, ImportChecked) and (told := _of_the_erased(recipe, event.counts)) is not None:
                    face.output.say(told)
        except DisfError:
            # One that was stopped tells so in its last event; that is its end, and no failure.
            if state.finished is None or state.finished.status is not RunStatus.STOPPED:
                raise
    except SettingsError as error:
        raise _with_options(error) from error
    return _exit_code(state)


def _of_the_erased(recipe: ImportRecipe, counts: CheckCounts) -> Notice | None:
    """Say that people of the file were erased, and how to ask for them on purpose."""
    if erased := counts.problems.get(Reason.ERASED, 0):
        return Notice(
            recipe.name,
            "erased",
            f"Rows of people who were erased from Dialog Insight, which are not sent: {erased}.",
            "If they have asked to come back, import the file with --bring-back.",
        )
    if counts.back:
        return Notice(
            recipe.name,
            "brought_back",
            f"Rows of people who were erased from Dialog Insight, which are sent as you ask: {counts.back}.",
            "Leave --bring-back out if they have not asked to come back.",
        )
    return None


def _planned(face: Face, workspace: Workspace, asked: Asked) -> ImportRecipe:
    """Make the recipe, and tell what was taken for granted."""
    columns = None if asked.columns is None else _columns(workspace, asked.columns)
    wish = ImportWish(asked.to, asked.recipe, asked.key, columns, asked.mode, asked.form)
    planned = workspace.plan_import(asked.csv, wish)
    recipe = planned.recipe
    if planned.destination.org is not None and not recipe.key and recipe.mode is not ImportMode.CREATE:
        raise typer.BadParameter(_keys_there_are(workspace, planned), param_hint="--key")
    face.output.say(
        Notice(
            recipe.name,
            "recognised",
            f"The file is read as {_form_told(planned.recognised.form)}.",
            "Say otherwise with --encoding, --delimiter, --header, --sheet, --dates, --decimal or --time-zone.",
        )
    )
    if planned.saved:
        face.output.say(
            Notice(
                recipe.name,
                "recipe_used",
                f"The columns are those of the recipe “{planned.saved}”.",
                "Say others with --columns.",
            )
        )
    if planned.supposed:
        pairs = ", ".join(f"{each.column} → {each.field}" for each in planned.supposed)
        face.output.say(
            Notice(
                recipe.name,
                "not_certain",
                f"These columns are not imported, as it is not certain what they are for: {pairs}.",
                "Name them with --columns if that is right.",
            )
        )
    return recipe


def _columns(workspace: Workspace, said: str) -> Mapping[str, str]:
    """Read what --columns says: a file, or the pairs themselves."""
    path = Path(said)
    if "=" not in said or path.suffix in (".yaml", ".yml", ".json"):
        if not path.is_file():
            message = f"{said} is neither a file nor pairs such as “Courriel=EMail;Prénom=FirstName”."
            raise typer.BadParameter(message, param_hint="--columns")
        found = workspace.read_columns(path)
        if found is None:
            raise typer.BadParameter(f"{path.name} does not hold {{column: field}}.", param_hint="--columns")
        return found
    pairs = columns_said(said)
    if pairs is None:
        raise typer.BadParameter("Write pairs such as “Courriel=EMail;Prénom=FirstName”.", param_hint="--columns")
    return pairs


def _folder_for(results: Path) -> None:
    """Refuse a folder that is not there and could not be made, as wrong use."""
    if results.exists() and not results.is_dir():
        raise typer.BadParameter(f"{results} is not a folder.", param_hint="--results")
    if not results.absolute().parent.is_dir():
        raise typer.BadParameter(f"{results} cannot be made: its folder is not there.", param_hint="--results")


def _keys_there_are(workspace: Workspace, planned: PlannedImport) -> str:
    schema = workspace.import_schema(planned.destination.to)
    keys = [field.name for field in schema.fields.values() if field.external_id and field.type is not FieldType.ID]
    there = f"--key with an external id ({', '.join(keys)})" if keys else "--key with an external id (there is none)"
    return f"Say by which field a row finds its record: {there}, --key Id --mode update, or --mode create."


def _form_told(form: KnownForm) -> str:
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
    said = [form.container.value if form.container.value != "text" else "text"]
    if form.sheet:
        said.append(f"sheet “{form.sheet}”")
    else:
        said += [form.encoding, f"{names.get(form.delimiter, 'nothing')} between cells"]
    said.append(f"column names in row {form.header}" if form.header else "no row of column names")
    if form.dates is not None:
        said.append(f"dates {form.dates.value.replace('_', ' ')}")
    said += [f"decimal {form.decimal.value}", f"times of {form.time_zone}"]
    return ", ".join(said)


def _with_options(error: SettingsError) -> SettingsError:
    """Name the option that answers a question about dates."""
    return SettingsError(
        tuple(
            replace(p, what_to_do=f"{p.what_to_do} On the command line: --dates.") if p.path.endswith(".dates") else p
            for p in error.problems
        )
    )


def _exit_code(state: ImportState) -> int:
    finished = state.finished
    if finished is None:
        assert state.checked is not None, "a check ends with its last word"
        return _SOMETHING_LEFT if state.checked.counts.refused else 0
    if finished.status in (RunStatus.FAILED, RunStatus.STOPPED):
        return finished.status.exit_code
    return _SOMETHING_LEFT if finished.refused or finished.failed or finished.left else finished.status.exit_code
