"""Where a connection goes: a choice among the addresses that are the same for everybody, or one that is typed once and
checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from disf_desktop.core.addresses import PLATFORMS, login_url_of, root_url_of
from disf_desktop.gui.inputs import Choice, Entry, Labelled, Picker
from disf_desktop.gui.models.connections import LOGIN_URLS, OTHER, Place, place_of, platform_of
from disf_desktop.gui.parts import restyle, row
from disf_desktop.gui.words.translation import translate


class Texts(NamedTuple):
    """What is said around the two inputs. `wrong` is said of an address that is none."""

    choices: tuple[Choice, ...]
    caption: str
    own: str
    help: str
    wrong: str


@dataclass(frozen=True)
class Addresses:
    """The addresses of one service: the known ones by choice, the choice that opens the line, how an address is told to
    be one of them, and how one is made of what people type."""

    known: Mapping[str, str]
    own: str
    choice_of: Callable[[str], str]
    made_of: Callable[[str], str | None]
    texts: Callable[[], Texts]


def _sign_in_texts() -> Texts:
    return Texts(
        (
            (Place.PRODUCTION.value, translate("Addresses", "Production (login.salesforce.com)")),
            (Place.SANDBOX.value, translate("Addresses", "Sandbox (test.salesforce.com)")),
            (Place.MY_DOMAIN.value, translate("Addresses", "My Domain of the org")),
        ),
        translate("Addresses", "Sign in at"),
        translate("Addresses", "My Domain"),
        translate("Addresses", "Its name, or the address of any page of the org."),
        translate("Addresses", "This is not the address of an org. Open Salesforce and copy the address from there."),
    )


def _platform_texts() -> Texts:
    return Texts(
        (
            ("Canada", translate("Addresses", "Canada (app.dialoginsight.com)")),
            ("France", translate("Addresses", "France (app.mydialoginsight.com)")),
            (OTHER, translate("Addresses", "Another address")),
        ),
        translate("Addresses", "Platform"),
        translate("Addresses", "Address of the web services"),
        translate("Addresses", "It begins with https:// and ends with /webservices/ofc4/."),
        translate("Addresses", "This is not a whole address that begins with https://."),
    )


SIGN_IN_AT = Addresses(
    {place.value: url for place, url in LOGIN_URLS.items()},
    Place.MY_DOMAIN.value,
    lambda url: place_of(url).value,
    login_url_of,
    _sign_in_texts,
)
PLATFORM = Addresses(PLATFORMS, OTHER, platform_of, root_url_of, _platform_texts)


class AddressInput(QWidget):
    """A picker, and a line beside it for an address of one's own. `entered` gives an address that is whole and "
    "right."""

    entered = Signal(str)

    def __init__(self, addresses: Addresses) -> None:
        super().__init__()
        self._addresses = addresses
        self.picker, self.line = Picker(), Entry()
        self.place, self.own = Labelled(self.picker), Labelled(self.line)
        self.line.setMaxLength(400)
        self._url = ""
        self._opened = self._refused = False
        self.picker.picked.connect(self._picked)
        self.line.entered.connect(self._typed)
        both = row(self.place, self.own, spacing=14)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        both.setAlignment(self.place, Qt.AlignmentFlag.AlignTop)
        both.setAlignment(self.own, Qt.AlignmentFlag.AlignTop)
        self.setLayout(both)

    @property
    def url(self) -> str:
        """The address shown; "" where the line is open and holds none that is right."""
        return "" if self._refused or self._opened else self._url

    def show_url(self, url: str) -> None:
        """Show an address; what the person has typed and is not right yet stays."""
        if url != self._url:
            self._url = url
            self.forget()
        own = self._addresses.choice_of(url) == self._addresses.own
        self.picker.show_choices(self._addresses.texts().choices, self._choice())
        self.own.setVisible(self._choice() == self._addresses.own)
        if not self._refused:
            self.line.show_text(url.removeprefix("https://") if own else "")
        self._say()

    def forget(self) -> None:
        """Begin anew, for another connection."""
        self._opened = self._refused = False

    def _choice(self) -> str:
        return self._addresses.own if self._opened else self._addresses.choice_of(self._url)

    def _say(self) -> None:
        texts = self._addresses.texts()
        self.place.show_text(texts.caption)
        self.own.show_text(texts.own, texts.wrong if self._refused else texts.help)
        restyle(self.own.help, "role", "err" if self._refused else "small")

    def _picked(self, choice: str) -> None:
        self._refused = False
        self._opened = choice == self._addresses.own and self._addresses.choice_of(self._url) != choice
        if choice != self._addresses.own:
            self._take(self._addresses.known[choice])
            return
        self.show_url(self._url)
        self.line.setFocus()

    def _typed(self, text: str) -> None:
        url = self._addresses.made_of(text)
        self._refused = url is None
        if url is None:
            self._say()
        else:
            self._take(url)

    def _take(self, url: str) -> None:
        changed = url != self._url
        self._opened = self._refused = False
        self.show_url(url)
        if changed:
            self.entered.emit(url)
