"""How a customer makes an External Client App of their own in Salesforce, and what the browser may say instead of
letting one in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from disf_desktop.gui.parts import button, card, column, label, row, scrolled
from disf_desktop.gui.theme import monospace
from disf_desktop.gui.words.translation import translate


def callbacks() -> tuple[str, ...]:
    """Give the addresses to which the browser comes back; Salesforce compares them letter by letter."""
    from disf_desktop.workspace.sign_in import CALLBACKS

    return CALLBACKS


CALLBACK_STEP = 2
"""The step below which the addresses stand."""


def recipe_steps() -> tuple[tuple[str, str], ...]:
    """Give the steps: what to do, and what to set there. The names are those of Salesforce's own pages."""
    return (
        (
            translate("Recipe", "In Salesforce, open Setup, External Client App Manager, New External Client App."),
            translate("Recipe", "It takes a Salesforce administrator. Distribution state: Local."),
        ),
        (
            translate("Recipe", "Give it a name, for example Dialog Insight sync, and your contact e-mail."),
            "",
        ),
        (
            translate("Recipe", "Under API (Enable OAuth Settings), enable OAuth and enter these callback URLs."),
            translate("Recipe", "All three, exactly as they are, one on each line."),
        ),
        (
            translate("Recipe", "Choose these OAuth scopes."),
            "\n".join(
                (
                    translate("Recipe", "Manage user data via APIs (api)"),
                    translate("Recipe", "Perform requests at any time (refresh_token, offline_access)"),
                    translate("Recipe", "Access the identity URL service (id, profile, email, address, phone)"),
                )
            ),
        ),
        (
            translate("Recipe", "Under Security, require PKCE, and leave both secrets off."),
            "\n".join(
                (
                    translate("Recipe", "☑ Require Proof Key for Code Exchange (PKCE)"),
                    translate("Recipe", "☐ Require Secret for Web Server Flow"),
                    translate("Recipe", "☐ Require Secret for Refresh Token Flow"),
                )
            ),
        ),
        (
            translate("Recipe", "Create the app, then open its Policies and edit them."),
            translate(
                "Recipe",
                "Permitted users: those who are to sign in. Refresh token: valid until it is revoked, or until "
                "it was not used for a time.",
            ),
        ),
        (
            translate("Recipe", "Under Settings, OAuth Settings, open Consumer Key and Secret, and copy the key."),
            translate(
                "Recipe",
                "The consumer key is the client ID of the connection; the secret is not needed. A new app takes "
                "up to ten minutes until it is known everywhere.",
            ),
        ),
    )


def recipe_text() -> str:
    """Write the recipe as plain text, to be sent to an administrator."""
    lines = [translate("Recipe", "An External Client App for the sync with Dialog Insight")]
    for number, (do, more) in enumerate(recipe_steps()):
        lines.append(f"{number + 1}. {do}")
        lines += [f"   {line}" for line in more.splitlines()]
        if number == CALLBACK_STEP:
            lines += [f"   {address}" for address in callbacks()]
    return "\n".join(lines)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


class Page(QDialog):
    """Something to read beside the browser: a title, a sentence, cards that scroll, and a button that closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title, self.text = label("title", wrap=True), label("muted", wrap=True)
        self.close_button = button("primary", self.accept)
        self.close_button.setDefault(True)
        self.more = row(spacing=8)
        content = QWidget()
        self.content: QVBoxLayout = column(spacing=10)
        content.setLayout(self.content)
        self.area = scrolled(content)
        buttons = row(self.more, None, self.close_button)
        box = column(self.title, self.text, self.area, buttons, spacing=12)
        box.setStretch(2, 1)
        box.setContentsMargins(22, 20, 22, 18)
        self.setLayout(box)
        self.resize(640, 560)

    def finish(self, title: str, text: str, close: str) -> None:
        """Say what it is, below what was put in."""
        self.setWindowTitle(title)
        self.title.setText(title)
        self.text.setText(text)
        self.close_button.setText(close)
        self.content.addStretch(1)


class RecipeDialog(Page):
    """The steps one below the other, each callback address with a button that copies it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.copy_buttons: list[QPushButton] = []
        for number, (do, more) in enumerate(recipe_steps()):
            step, set_there = label("strong", wrap=True), label("", wrap=True, selectable=True)
            step.setText(f"{number + 1}. {do}")
            set_there.setText(more)
            set_there.setVisible(bool(more))
            parts = column(step, set_there, spacing=4)
            if number == CALLBACK_STEP:
                for address in callbacks():
                    parts.addLayout(self._address(address))
            self.content.addWidget(card(parts, margins=(14, 10, 14, 10)))
        self.copy_all = button("quiet", lambda: _copy(recipe_text()))
        self.copy_all.setText(self.tr("Copy all for your administrator"))
        self.more.addWidget(self.copy_all)
        self.finish(
            self.tr("How to create an External Client App"),
            self.tr("Salesforce lets a program in through an app that belongs to your own org. It is made once."),
            self.tr("Close"),
        )

    def _address(self, address: str) -> QVBoxLayout:
        shown = label("code", selectable=True)
        shown.setFont(monospace())
        shown.setText(address)
        copy = button("", lambda: _copy(address))
        copy.setText(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy {0}").format(address))
        self.copy_buttons.append(copy)
        return column(row(shown, None, copy))


class BrowserErrors(Page):
    """What the browser shows where Salesforce does not send it back to us, and what helps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from disf_desktop.gui.words.connection_words import REASONS

        for words, reason in (
            ("redirect_uri_mismatch", "callback_missing"),
            ("invalid_client_id", "client_unknown"),
            ("OAUTH_APP_BLOCKED / OAUTH_APPROVAL_ERROR_GENERIC / OAUTH_AUTHORIZATION_BLOCKED", "app_blocked"),
            ("invalid_request / unsupported_response_type", "flow_disabled"),
        ):
            seen, happened, what = (
                label("code", wrap=True, selectable=True),
                label("strong", wrap=True),
                label("", wrap=True),
            )
            seen.setFont(monospace())
            seen.setText(words)
            happened.setText(translate("ConnectionErrors", REASONS[reason].happened))
            what.setText(translate("ConnectionErrors", REASONS[reason].what_to_do))
            self.content.addWidget(card(column(seen, happened, what, spacing=4), margins=(14, 10, 14, 10)))
        self.recipe_button = button("quiet", lambda: RecipeDialog(parent).open())
        self.recipe_button.setText(self.tr("Show how the app must be"))
        self.more.addWidget(self.recipe_button)
        self.finish(
            self.tr("The browser shows an error"),
            self.tr("Then it does not come back to this program. Look for one of these words on its page."),
            self.tr("Close"),
        )
