"""The verb that imports a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from disf_desktop.cli.face import perform
from disf_desktop.cli.options import Control, ControlBy, File, Json, Profile, Secrets, Verbose, app, given_of
from disf_desktop.core.choices import DateOrder, DecimalMark, ImportMode


@app.command("import")
def import_file(
    context: typer.Context,
    file: File,
    csv: Annotated[Path, typer.Argument(metavar="CSV", help="The file of rows: CSV, .zip or .xlsx.")],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="PROJECT/TABLE|ORG/OBJECT", help="Where the rows go, by the ids of the file."),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option("--key", metavar="FIELD", help="The field by which a row finds its record; several in turn."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="MAP", help='A YAML or JSON file {column: field}, or "Courriel=EMail;…".'),
    ] = None,
    mode: Annotated[
        ImportMode | None, typer.Option("--mode", help="What a row may do; upsert if nothing is said.")
    ] = None,
    recipe: Annotated[
        str | None, typer.Option("--recipe", metavar="NAME", help="Import as this recipe of the file says.")
    ] = None,
    dates: Annotated[DateOrder | None, typer.Option("--dates", help="How dates are written.")] = None,
    decimal: Annotated[DecimalMark | None, typer.Option("--decimal", help="What stands before decimals.")] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Such as utf-8, windows-1252 or mac-roman.")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", metavar="CHARACTER", help="comma, semicolon, tab, pipe, or itself.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")] = None,
    header: Annotated[
        int | None,
        typer.Option("--header", min=0, max=1000, metavar="N", help="The row that names the columns; 0: none does."),
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option("--time-zone", metavar="NAME", help="The zone of times, such as America/Toronto.")
    ] = None,
    fill_short_rows: Annotated[
        bool, typer.Option("--fill-short-rows", help="Take missing cells at the end of a row for empty ones.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Say what would happen; send nothing.")] = False,
    results: Annotated[
        Path | None, typer.Option("--results", metavar="DIR", help="Write what became of every row to this folder.")
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Begin at the first row, also where an import could go on.")
    ] = False,
    bring_back: Annotated[
        bool, typer.Option("--bring-back", help="Send people who were erased too; only if they have asked for it.")
    ] = False,
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Check a file of rows, then send them to Dialog Insight or Salesforce; go on where it was stopped."""
    from disf_desktop.cli.imports import Asked, form_asked, import_rows

    given = given_of(context, profile, secrets, json, verbose)
    asked = Asked(
        csv=csv,
        to=to,
        key=tuple(key or ()),
        columns=columns,
        mode=mode,
        recipe=recipe,
        form=form_asked(encoding, delimiter, header, sheet, dates, decimal, time_zone, fill_short_rows=fill_short_rows),
        check=check,
        results=results,
        anew=anew,
        bring_back=bring_back,
        by_stdin=control is ControlBy.STDIN,
    )
    return perform(given, lambda face: import_rows(face, file, asked), gentle=True, imports=True)
