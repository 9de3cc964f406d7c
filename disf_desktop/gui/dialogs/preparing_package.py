"""Dialog Insight's own package: what its link leads to, what that means for the one that is there, its installation."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QWidget

from disf_desktop.core.preparation_events import PackageWish, PrepareWish
from disf_desktop.core.preparation_package import PackageVerdict
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.fitted import FittedDialog
from disf_desktop.gui.inputs import Labelled
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.preparing import PackageSeen, Preparation, package_key
from disf_desktop.gui.parts import FactGrid, Notice, button, column, label, row, say
from disf_desktop.gui.tabs.connection_prepare_progress import PrepareProgress
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.preparation_refusal_words import explained
from disf_desktop.gui.words.wording import error_details
from disf_desktop.workspace.preparing_people import PackageOffer

WIDTH = 620
LONGEST_LINK, LONGEST_PASSWORD = 2000, 200


class PackageDialog(FittedDialog):
    """The link first, which must be typed or pasted; then what it leads to and how it shall be installed."""

    def __init__(self, parent: QWidget, desk: Desk, connection: SalesforceConnection) -> None:
        super().__init__(parent, self._accepted, px(WIDTH))
        self._desk, self._connection = desk, connection
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST_LINK)
        self.line.returnPressed.connect(self._look)
        self.line.textChanged.connect(lambda _: self.show_facts(desk.facts))
        self.link = Labelled(self.line)
        self.look_button = button("", self._look)
        self.figures = FactGrid(2, 2)
        self.verdict = Notice("warn")
        self.everybody, self.admins = QRadioButton(), QRadioButton()
        self.everybody.setChecked(True)
        self._whom = QButtonGroup(self)
        for each in (self.everybody, self.admins):
            self._whom.addButton(each)
        self.whom_title, self.names = label("caption"), label("muted", wrap=True)
        self.password = QLineEdit()
        self.password.setMaxLength(LONGEST_PASSWORD)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.textChanged.connect(lambda _: self.show_facts(desk.facts))
        self.password_room = Labelled(self.password)
        self.domains = label("", wrap=True)
        self.approve = QCheckBox()
        self.approve.toggled.connect(lambda _on: self.show_facts(desk.facts))
        self.answers = QWidget()
        self.answers.setLayout(
            column(
                self.whom_title,
                self.everybody,
                self.admins,
                self.names,
                self.password_room,
                self.domains,
                self.approve,
                spacing=7,
            )
        )
        self.progress = PrepareProgress(desk)
        self.entry = QWidget()
        typed = row(self.link, self.look_button, spacing=8)
        typed.setStretch(0, 1)
        self.entry.setLayout(column(typed, self.figures, self.verdict, self.answers, spacing=12))
        self.put(self.entry, self.progress)
        self.accept_button.setDefault(False)  # Enter in a line looks for something, and installs nothing
        self.finished.connect(lambda _: self._closed())
        desk.forget_preparation()
        self.show_facts(desk.facts)

    @property
    def _link(self) -> str:
        return self.line.text().strip()

    # showing

    def show_facts(self, facts: Facts) -> None:
        """Show what the org tells of the package, then how its installation goes."""
        last = facts.preparation
        mine = last if last is not None and last.connection == self._connection.id else None
        self.entry.setVisible(mine is None)
        self.progress.show_preparation(mine if mine is not None and mine.under_way else None)
        if mine is None:
            self._show_entry(facts)
        elif mine.under_way:
            self.say(self.tr("Installing the package in {0}").format(self._connection.name), "", "")
            self.error.show_text("")
        else:
            self._show_end(mine)
        self.accept_button.setVisible(mine is None)
        if mine is not None:
            self.cancel_button.setText(self.tr("Close"))

    def _show_entry(self, facts: Facts) -> None:
        title = self.tr("Dialog Insight's package in {0}").format(self._connection.name)
        text = self.tr(
            "Only needed where Dialog Insight's own integration shall send data from Salesforce; this program needs no "
            "package."
        )
        self.say(title, text, self.tr("&Install the package"))
        asked = facts.prepare_asked.package
        mine = asked if asked is not None and asked.link == self._link else None
        asking = package_key(self._connection.id) in facts.asking
        self.link.show_text(
            self.tr("Installation &link"), self.tr("Dialog Insight shows it on its page of connections.")
        )
        self.look_button.setText(self.tr("Looking…") if asking else self.tr("L&ook at it"))
        self.look_button.setEnabled(bool(self._link) and not asking)
        offer = mine.offer if mine is not None else None
        self._show_figures(facts, offer)
        self._show_verdict(offer)
        able = offer is not None and offer.verdict is PackageVerdict.INSTALL
        self.answers.setVisible(able)
        if offer is not None and able:
            self._show_answers(offer)
        self.accept_button.setVisible(True)
        self.accept_button.setEnabled(offer is not None and able and self._is_answered(offer))
        self._show_error(mine)

    def _show_figures(self, facts: Facts, offer: PackageOffer | None) -> None:
        seen = facts.prepared.get(self._connection.id)
        there = offer.there if offer is not None else None
        if there is not None:
            now = f"{there.name} {there.version_text}"
        elif offer is None and seen is not None and seen.package is not None:
            now = f"{seen.package.name} {seen.package.version}"
        elif offer is None and seen is None:
            now = ""
        else:
            now = self.tr("none")
        to_come = ""
        if offer is not None:
            version = ".".join(map(str, offer.wanted.version[:2])) if offer.wanted.version is not None else ""
            to_come = " ".join(part for part in (offer.wanted.name, version) if part) or offer.wanted.version_id
        self.figures.show_facts((self.tr("Installed now"), now), (self.tr("The link is for"), to_come))

    def _show_verdict(self, offer: PackageOffer | None) -> None:
        match offer.verdict if offer is not None else None:
            case PackageVerdict.INSTALLED:
                self.verdict.show_text(self.tr("This very version is installed already."), look="ok")
            case PackageVerdict.NEWER_IS_THERE:
                what = self.tr("Use the newest link that Dialog Insight shows.")
                self.verdict.show_text(self.tr("A newer version is installed already."), what)
            case PackageVerdict.UNINSTALL_FIRST:
                self.verdict.show_text(
                    self.tr("The version that is there has to be uninstalled first."),
                    self.tr(
                        "An administrator does that in Setup › Installed Packages. Note these settings before, because "
                        "they have to be set again: the keys and the authorization of the DI Destination Projects, the "
                        "objects with their field mappings, the opt-ins; in Dialog Insight, the data integrations."
                    ),
                )
            case PackageVerdict.INSTALL if offer is not None and offer.there is not None:
                self.verdict.show_text(self.tr("The package that is there is brought up to this version."), look="ok")
            case _:
                self.verdict.show_text("")

    def _show_answers(self, offer: PackageOffer) -> None:
        self.whom_title.setText(self.tr("Install for"))
        self.everybody.setText(self.tr("All users (recommended by Dialog Insight)"))
        self.admins.setText(self.tr("Administrators only"))
        self.names.setText(
            self.tr("Where a name of the package is taken in the org, nothing is installed and nothing is renamed.")
        )
        self.password_room.show_text(self.tr("Pass&word of the package"))
        self.password_room.setVisible(offer.wanted.password)
        domains = offer.wanted.domains
        if domains is None:
            said = self.tr("Salesforce does not tell before the installation which addresses the package contacts.")
            self.approve.setText(self.tr("Let the package contact its addresses of Dialog Insight"))
        elif domains:
            said = self.tr("The package asks to contact: {0}").format(", ".join(domains))
            self.approve.setText(self.tr("Let the package contact these addresses"))
        else:
            said = ""
        say(self.domains, said)
        self.approve.setVisible(bool(said))

    def _is_answered(self, offer: PackageOffer) -> bool:
        approved = offer.wanted.domains == () or self.approve.isChecked()
        return approved and (not offer.wanted.password or bool(self.password.text()))

    def _show_error(self, mine: PackageSeen | None) -> None:
        if mine is None or mine.error is None:
            self.error.show_text("")
            return
        told = explained(mine.error)
        self.error.show_text(told.happened, told.what_to_do, error_details(mine.error), "err")

    def _show_end(self, ended: Preparation) -> None:
        name = self._connection.name
        if ended.error is None:
            done = self.tr("The package is installed in {0}").format(name)
            text = self.tr("In Salesforce, a DI Destination Project with the keys of Dialog Insight comes next.")
            self.say(done, text, "")
            self.error.show_text("")
            return
        told = explained(ended.error)
        title = self.tr("Salesforce goes on by itself") if ended.left_going else self.tr("The package is not installed")
        self.say(title, "", "")
        look = "warn" if ended.left_going else "err"
        self.error.show_text(told.happened, told.what_to_do, error_details(ended.error), look)

    # deeds

    def _look(self) -> None:
        if self._link:
            self._desk.look_at_package(self._connection.id, self._link)
            self.show_facts(self._desk.facts)

    def _accepted(self) -> bool:
        if not self.accept_button.isEnabled() or not self.accept_button.isVisibleTo(self):
            return False
        wish = PackageWish(
            self._link,
            self.admins.isChecked(),
            not self.approve.isHidden() and self.approve.isChecked(),
            self.password.text(),
        )
        self.password.clear()
        self._desk.prepare(self._connection.id, PrepareWish(package=wish))
        self.show_facts(self._desk.facts)
        return False

    def _closed(self) -> None:
        self.password.clear()
        self._desk.put_preparing_away()
