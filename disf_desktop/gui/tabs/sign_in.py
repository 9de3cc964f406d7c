"""A sign-in under way: four steps that fill as it goes, and the page again for when the browser did not open. There
is no deadline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from disf_desktop.gui import icons
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import SigningIn, SignInStage
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.parts import button, column, label, restyle, row


class SignInCard(QFrame):
    """Shown only while the browser is awaited."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "chosen")
        self._page = ""
        self.title, self.text = label("strong"), label("muted", wrap=True)
        self._ticks: list[tuple[QLabel, QLabel]] = []
        steps = QHBoxLayout()
        steps.setSpacing(22)
        for _ in range(4):
            tick, name = QLabel(), label("muted")
            tick.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            holder = QWidget()
            holder.setLayout(row(tick, name, spacing=7))
            steps.addWidget(holder)
            self._ticks.append((tick, name))
        steps.addStretch(1)
        self.again_button = button("", desk.open_browser_again)
        self.copy_button = button("quiet", self._copy)
        self.cancel_button = button("quiet", desk.give_up_sign_in)
        buttons = row(self.again_button, self.copy_button, self.cancel_button, None)
        box = column(self.title, steps, self.text, buttons, spacing=10)
        box.setContentsMargins(16, 14, 16, 14)
        self.setLayout(box)

    def show_facts(self, signing_in: SigningIn | None) -> None:
        """Show how far the sign-in is, or nothing."""
        self.setVisible(signing_in is not None)
        if signing_in is None:
            return
        self._page = signing_in.page
        self.title.setText(self.tr("Signing in to Salesforce"))
        self.text.setText(
            self.tr(
                "Sign in in your browser and allow the access. Take the time you need; this page goes on by itself."
            )
        )
        names = (
            self.tr("Browser opened"),
            self.tr("You sign in"),
            self.tr("Permission received"),
            self.tr("Connected"),
        )
        reached = list(SignInStage).index(signing_in.stage)
        done_at = (1, 3, 3, 4)
        for (tick, name), text, needed in zip(self._ticks, names, done_at, strict=True):
            done = reached >= needed
            tick.setPixmap(icons.mark_pixmap(Mark.DONE if done else Mark.NOT_STARTED))
            name.setText(text)
            restyle(name, "role", "strong" if done else "muted")
            name.setAccessibleName(self.tr("{0}: done").format(text) if done else self.tr("{0}: not yet").format(text))
        self.again_button.setText(self.tr("&Open the browser again"))
        self.copy_button.setText(self.tr("&Copy the address"))
        self.cancel_button.setText(self.tr("Cance&l"))
        self.again_button.setEnabled(bool(self._page))
        self.copy_button.setEnabled(bool(self._page))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._page)
