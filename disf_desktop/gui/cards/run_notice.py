"""Something that a run gave notice of, and that did not stop it."""

from __future__ import annotations

from disf_desktop.core.events import Notice as Told
from disf_desktop.gui.parts import Notice
from disf_desktop.gui.words.wording import notice_said


class RunNotice(Notice):
    """Shown after the run, until another one."""

    def show_notice(self, told: Told | None) -> None:
        """Show a notice, or nothing."""
        if told is None:
            self.show_text("")
            return
        happened, what_to_do = notice_said(told)
        title = f"{told.integration} · {happened}" if told.integration else happened
        own = "\n".join(part for part in (told.message, told.what_to_do, f"[{told.code}]") if part)
        self.show_text(title, what_to_do, own)
