"""What became of a preparation: each component with its outcome, and who can see the fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from disf_desktop.core.preparation import Component, ComponentState
from disf_desktop.gui import icons
from disf_desktop.gui.dialogs.preparing_lines import Lines
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.preparing import Preparation
from disf_desktop.gui.parts import column, label, row, say
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.preparation_refusal_words import failure_said, notice_said
from disf_desktop.gui.words.preparation_words import component_said

TALLEST = 300


class Line(NamedTuple):
    """A component, what became of it, why, and Salesforce's own words."""

    mark: Mark
    name: str
    became: str
    why: str = ""
    detail: str = ""


class Outcome(QFrame):
    """A line for each component, then who was given access."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._shown: tuple[Line, ...] = ()
        self._lines = Lines(10)
        self.access = label("muted", wrap=True)
        self.notices = label("warn", wrap=True)
        below = column(self.access, self.notices, spacing=4)
        below.setContentsMargins(14, 0, 14, 10)
        whole = column(self._lines, below, spacing=4)
        whole.setContentsMargins(1, 1, 1, 1)
        self.setLayout(whole)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown of the components."""
        return self._shown

    def show_preparation(self, preparation: Preparation | None) -> None:
        """Show how a preparation ended; None, or nothing to tell of any component, hides the whole."""
        lines = tuple(self._told(preparation)) if preparation is not None else ()
        if preparation is None or not (lines or preparation.given or preparation.notices):
            self.hide()
            return
        self.show()
        if lines != self._shown:
            self._fill(lines)
        self._lines.setVisible(bool(lines))
        say(self.access, self._access_said(preparation))
        told = [notice_said(each) for each in preparation.notices if each.code == "not_given"]
        say(self.notices, "\n".join(" ".join(each) for each in told))
        self._lines.fit(TALLEST)

    def _told(self, preparation: Preparation) -> Iterator[Line]:
        known = {each.id: each for each in preparation.told}
        failed = {each.id.casefold(): each for each in preparation.failed}
        asked = preparation.wish.install or ()
        ids = dict.fromkeys((*asked, *sorted(preparation.installed), *sorted(preparation.removed)))
        for id in ids:
            component = known.get(id)
            name = component_said(component) if component is not None else id
            refused = failed.pop(id.casefold(), None)
            if id in preparation.installed:
                yield Line(Mark.DONE, name, self.tr("installed"))
            elif id in preparation.removed:
                yield Line(Mark.DONE, name, self.tr("removed"))
            elif refused is not None:
                why = " ".join(failure_said(refused))
                yield Line(Mark.NEEDS_YOU, name, self.tr("refused"), why, refused.detail)
            elif preparation.succeeded and component is not None:
                yield Line(Mark.DONE, name, self._became(component))
            else:
                yield Line(Mark.NOT_STARTED, name, self.tr("not made"))
        for refused in failed.values():
            why = " ".join(failure_said(refused))
            yield Line(Mark.NEEDS_YOU, refused.id, self.tr("refused"), why, refused.detail)

    def _became(self, component: Component) -> str:
        return self.tr("access given") if component.state is ComponentState.HIDDEN else self.tr("was there already")

    def _access_said(self, preparation: Preparation) -> str:
        given = preparation.given
        if given is None:
            return ""
        told = (
            (given.given, counts.access_given),
            (given.had, counts.access_had),
            (given.refused, counts.access_refused),
        )
        return " · ".join(say_it(n) for n, say_it in told if n)

    def _fill(self, lines: tuple[Line, ...]) -> None:
        self._lines.clear()
        self._shown = lines
        for each in lines:
            mark, name, became = QLabel(), label("strong"), label("muted")
            mark.setPixmap(icons.mark_pixmap(each.mark))
            name.setText(each.name)
            became.setText(each.became)
            why = label("small", wrap=True, selectable=True)
            say(why, "\n".join(part for part in (each.why, each.detail) if part))
            whole = QWidget()
            whole.setAccessibleName(f"{each.name}: {each.became}. {each.why}")
            whole.setLayout(column(row(mark, name, became, None, spacing=8), why, spacing=3))
            self._lines.add(whole)
