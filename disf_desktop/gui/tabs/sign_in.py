"""A sign-in under way: four ticks that fill as it goes, and what to do where the browser does not come back. "
"There is no
deadline."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from disf_desktop.core.errors import DisfError
from disf_desktop.gui import icons
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import SigningIn, SignInStage
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.parts import button, column, label, restyle, row, say
from disf_desktop.gui.tabs.connection_recipe import BrowserErrors
from disf_desktop.gui.words.figures import duration


class SignInCard(QFrame):
    """Shown only while a sign-in is under way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "chosen")
        self._desk = desk
        self._signing_in: SigningIn | None = None
        self._pasting = False
        self.title, self.text, self.waiting = label("strong"), label("muted", wrap=True), label("small", wrap=True)
        self._ticks: list[tuple[QLabel, QLabel]] = []
        steps = QHBoxLayout()
        steps.setSpacing(18)
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
        self.paste_button = button("quiet", self._paste)
        self.error_button = button("quiet", lambda: BrowserErrors(self.window()).open())
        self.cancel_button = button("quiet", desk.give_up_sign_in)
        self.caption, self.line = label("caption", wrap=True), QLineEdit()
        self.line.setMaxLength(8000)
        self.caption.setBuddy(self.line)
        self.use_button = button("primary", self._use)
        self.line.returnPressed.connect(self._use)
        self.line.textChanged.connect(lambda text: self.use_button.setEnabled(bool(text.strip())))
        self.refused = label("err", wrap=True)
        typed = row(self.line, self.use_button, spacing=8)
        typed.setStretch(0, 1)
        self.paste_room = QWidget()
        self.paste_room.setLayout(column(self.caption, typed, self.refused, spacing=5))
        box = column(
            self.title,
            steps,
            self.text,
            self.waiting,
            row(self.again_button, self.copy_button, self.paste_button, None, spacing=6),
            self.paste_room,
            row(self.error_button, None, self.cancel_button, spacing=6),
            spacing=9,
        )
        box.setContentsMargins(16, 14, 16, 12)
        self.setLayout(box)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._say_how_long)

    def show_facts(self, signing_in: SigningIn | None) -> None:
        """Show how far the sign-in is, or nothing."""
        self.setVisible(signing_in is not None)
        fresh = signing_in is not None and (self._signing_in is None or self._signing_in.since != signing_in.since)
        self._signing_in = signing_in
        if signing_in is None or fresh:
            self._pasting = False
            self.line.clear()
        if signing_in is None:
            self._clock.stop()
            return
        self.title.setText(self.tr("Signing in to Salesforce"))
        waits = signing_in.stage in (SignInStage.BROWSER, SignInStage.WAITING)
        if waits and not self._clock.isActive():
            self._clock.start()
        elif not waits:
            self._clock.stop()
        say(
            self.text,
            self.tr("Sign in in your browser and allow the access. This page goes on by itself.") if waits else "",
        )
        self._render_ticks(signing_in)
        self._say_how_long()
        self._render_paste(signing_in.not_taken, waits)
        self.again_button.setText(self.tr("&Open the browser again"))
        self.copy_button.setText(self.tr("&Copy the address"))
        self.paste_button.setText(self.tr("Paste the address &instead"))
        self.error_button.setText(self.tr("The browser shows an error"))
        self.cancel_button.setText(self.tr("Cance&l"))
        for part in (self.again_button, self.copy_button, self.paste_button, self.error_button):
            part.setVisible(waits)

    def _render_ticks(self, signing_in: SigningIn) -> None:
        names = (
            self.tr("Browser opened"),
            self.tr("Access allowed"),
            self.tr("User known"),
            self.tr("Connection tested"),
        )
        reached = list(SignInStage).index(signing_in.stage)
        done_at = (SignInStage.BROWSER, SignInStage.RECEIVED, SignInStage.IDENTIFIED, None)
        for (tick, name), text, needed in zip(self._ticks, names, done_at, strict=True):
            done = needed is not None and reached >= list(SignInStage).index(needed)
            tick.setPixmap(icons.mark_pixmap(Mark.DONE if done else Mark.NOT_STARTED))
            name.setText(text)
            restyle(name, "role", "strong" if done else "muted")
            name.setAccessibleName(self.tr("{0}: done").format(text) if done else self.tr("{0}: not yet").format(text))

    def _render_paste(self, refusal: DisfError | None, waits: bool) -> None:
        self.paste_room.setVisible(self._pasting and waits)
        self.caption.setText(
            self.tr(
                "The address at which the browser has ended; it begins with http://localhost, even where no page shows"
            )
        )
        self.line.setAccessibleName(self.caption.text())
        self.use_button.setText(self.tr("Use this address"))
        self.use_button.setEnabled(bool(self.line.text().strip()))
        said = {
            "not_returned": self.tr(
                "This is not the address at which the browser ended. Sign in and allow the access there first."
            ),
            "another_sign_in": self.tr(
                "This address belongs to another sign-in. Open the browser again, and paste the address that "
                "comes then."
            ),
            "cut": self.tr("A part of the address is missing. Copy it whole, to its last letter."),
        }
        say(self.refused, said.get(refusal.reason, refusal.message) if refusal is not None else "")

    def _say_how_long(self) -> None:
        signing_in = self._signing_in
        if signing_in is None or not signing_in.page:
            say(self.waiting, "")
            return
        seconds = int(time.monotonic() - signing_in.since)
        waits = signing_in.stage in (SignInStage.BROWSER, SignInStage.WAITING)
        text = self.tr("Waiting for your browser ({0}). Take the time you need; there is no limit.")
        tested = self.tr("Signed in as {0}. The connection is being tested.").format(signing_in.who)
        asked = self.tr("Salesforce is asked for the permission.")
        say(self.waiting, text.format(duration(seconds)) if waits else tested if signing_in.who else asked)

    def _copy(self) -> None:
        if self._signing_in is not None:
            QGuiApplication.clipboard().setText(self._signing_in.page)

    def _paste(self) -> None:
        self._pasting = not self._pasting
        if self._signing_in is not None:
            self._render_paste(self._signing_in.not_taken, True)
        if self._pasting:
            self.line.setFocus()

    def _use(self) -> None:
        address = self.line.text().strip()
        if address:
            self._desk.paste_address(address)
