"""An error as a message: what happened, what to do, the words as they came, and what the guide says of it."""

from __future__ import annotations

from disf_desktop.core.errors import DisfError
from disf_desktop.gui import languages
from disf_desktop.gui.dialogs.guide import pages, show_guide
from disf_desktop.gui.parts import Notice, restyle
from disf_desktop.gui.words.wording import error_details, error_said

PAGE = "errors"
"""The page of the guide that explains errors; each has its code in its heading."""


class ErrorNotice(Notice):
    """The message at the top of the window. `close_button` is the caller's."""

    def __init__(self) -> None:
        super().__init__("err")
        self._code = ""
        restyle(self.action, "look", "quiet")
        self.action.clicked.connect(lambda: show_guide(self.window(), f"{PAGE}#{self._code}"))
        self.close_button.setVisible(True)

    def show_error(self, error: DisfError | None) -> None:
        """Show an error, or nothing."""
        if error is None:
            self.show_text("")
            return
        self._code = error.code
        self.show_text(*error_said(error), error_details(error), "err")
        self.action.setText(self.tr("Learn more"))
        self.action.setVisible(is_explained(error.code))
        self.close_button.setText(self.tr("Close"))


def is_explained(code: str) -> bool:
    """Say whether the guide has a part about an error."""
    own = languages.Language.FRENCH if languages.is_french() else languages.Language.ENGLISH
    return any(page.name == PAGE and f"`{code}`" in page.text for page in pages(own.value))
