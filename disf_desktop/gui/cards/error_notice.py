"""An error as a message: what happened, what to do, the words as they came, and what the guide says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.gui import languages
from disf_desktop.gui.dialogs.guide import pages, show_guide
from disf_desktop.gui.models.pairs import components_in
from disf_desktop.gui.parts import Notice, button, restyle
from disf_desktop.gui.words.problem_words import prepare_verb
from disf_desktop.gui.words.wording import error_details, error_said

PAGE = "errors"
"""The page of the guide that explains errors; each has its code in its heading."""


class ErrorNotice(Notice):
    """The message at the top of the window. `close_button` is the caller's; `prepare` opens the review of what an org
    lacks, given its connection and the components to tick."""

    def __init__(self, prepare: Callable[[str, tuple[str, ...]], Any]) -> None:
        super().__init__("err")
        self._code = ""
        self._missing: tuple[str, tuple[str, ...]] | None = None
        self._prepare = prepare
        self.prepare_button = button("", self._prepare_it)
        self._box.insertWidget(self._box.count() - 1, self.prepare_button)
        restyle(self.action, "look", "quiet")
        self.action.clicked.connect(lambda: show_guide(self.window(), f"{PAGE}#{self._code}"))
        self.close_button.setVisible(True)

    def show_error(self, error: DisfError | None) -> None:
        """Show an error, or nothing."""
        if error is None:
            self.show_text("")
            return
        self._code = error.code
        self._missing = components_in(error.problems) if isinstance(error, SettingsError) else None
        self.prepare_button.setText(prepare_verb())
        self.prepare_button.setVisible(self._missing is not None)
        self.show_text(*error_said(error), error_details(error), "err")
        self.action.setText(self.tr("Learn more"))
        self.action.setVisible(is_explained(error.code))
        self.close_button.setText(self.tr("Close"))

    def _prepare_it(self) -> None:
        if self._missing is not None:
            self._prepare(*self._missing)


def is_explained(code: str) -> bool:
    """Say whether the guide has a part about an error."""
    own = languages.Language.FRENCH if languages.is_french() else languages.Language.ENGLISH
    return any(page.name == PAGE and f"`{code}`" in page.text for page in pages(own.value))
