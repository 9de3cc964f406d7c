"""In a line: which file goes where."""

from __future__ import annotations

from disf_desktop.core.errors import DisfError, Problem
from disf_desktop.core.importing.destination import ImportDestination
from disf_desktop.core.schema import Side
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.import_words import delimiter_said, encoding_said
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.translation import translate
from disf_desktop.gui.words.wording import error_said


def what_goes_where(facts: Facts) -> str:
    """Say which file goes where: how it is read, and by what a row finds its record."""
    project, drafted, found = facts.project, facts.imports, facts.imports.recognised
    if project is None:
        return ""
    parts = []
    if drafted.file is not None:
        parts.append(translate("ImportWords", "Pasted rows") if drafted.pasted else drafted.file.name)
    if drafted.checked is not None:
        parts.append(counts.rows(drafted.checked.counts.rows))
    if found is not None:
        parts += (
            [found.form.sheet]
            if found.form.sheet
            else [
                encoding_said(found.form.encoding),
                delimiter_said(found.form.delimiter),
            ]
        )
    to = models.destination(project, drafted.draft)
    if to is not None:
        parts.append(place_said(to))
        key = models.key_now(project, drafted)
        if key:
            parts.append(translate("ImportWords", "matched by {0}").format(", ".join(key)))
    return " · ".join(parts)


def place_said(to: ImportDestination) -> str:
    """Name where rows go."""
    place = to.org.name if to.org is not None else to.project.name if to.project is not None else to.place
    service = "Salesforce" if to.side is Side.SALESFORCE else "Dialog Insight"
    return translate("ImportWords", "to {0} “{1}” / {2}").format(service, place, to.table)


def trouble_said(error: DisfError) -> tuple[str, str]:
    """Give what broke a check or an import, and what to do; what is wrong in the choices is said as such."""
    if error.code == "settings":
        return problem_said(Problem("", error.message, error.what_to_do))
    return error_said(error)
