"""What the project needs in an org: each component with its state, and what can be done about those that lack."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from disf_desktop.core.errors import AccessRefused, DisfError
from disf_desktop.core.preparation import Component
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.preparing_install import InstallDialog
from disf_desktop.gui.dialogs.preparing_package import PackageDialog
from disf_desktop.gui.dialogs.preparing_remove import RemoveDialog
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.preparing import (
    GOES_ON_BY_ITSELF,
    OrgPrepared,
    Preparation,
    lacking,
    may_give,
    ours,
    prepare_key,
    standing,
    uses,
)
from disf_desktop.gui.models.tables import Cell, Column, TableModel
from disf_desktop.gui.parts import Notice, button, column, label, pill, row, say
from disf_desktop.gui.tabs.connection_prepare_progress import PrepareProgress
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.preparation_refusal_words import (
    RIGHTS,
    Deed,
    deed_said,
    explained,
    for_the_administrator,
    notice_said,
)
from disf_desktop.gui.words.preparation_words import component_said, kind_said, purpose_said, reason_said, state_said
from disf_desktop.gui.words.wording import error_details


class PrepareCard(QFrame):
    """The panel *Prepare Salesforce* of a connection, with its dialogs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._shown: SalesforceConnection | None = None
        self.dialog: InstallDialog | RemoveDialog | PackageDialog | None = None
        self._error: DisfError | None = None
        self._right: DisfError | None = None  # that is missing, though nothing was tried yet
        self._deed = Deed.LOOK
        self.title, self.state = label("strong"), pill()
        self.review_button = button("", self.review)
        self.text = label("muted", wrap=True)
        self.trouble, self.warning, self.outcome = Notice("err"), Notice("warn"), Notice("ok")
        self.trouble.action.clicked.connect(self._mend)
        self.warning.action.clicked.connect(self._heed)
        self.outcome.action.clicked.connect(lambda: self.review(ended=True))
        self.outcome.close_button.clicked.connect(desk.forget_preparation)
        self.progress = PrepareProgress(desk)
        self.components: TableModel[Component] = TableModel(
            (
                Column(lambda: self.tr("Component"), self._name_cell),
                Column(lambda: self.tr("Kind"), lambda c: Cell(kind_said(c), tip=kind_said(c))),
                Column(lambda: self.tr("What it is for"), self._purpose_cell),
                Column(lambda: self.tr("State"), self._state_cell),
            ),
            self,
        )
        self.table = Grid(self.components, stretch=2, fit_rows=True)
        self.why = label("small", wrap=True)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._render_why())
        self.look_button = button("quiet", lambda: desk.look_at_org(self.shown.id))
        self.package_button = button("quiet", lambda: self._open(PackageDialog(self, desk, self.shown)))
        self.remove_button = button("quiet", lambda: self._open(RemoveDialog(self, desk, self.shown)))
        box = column(
            row(self.title, self.state, None, self.review_button),
            self.text,
            self.trouble,
            self.warning,
            self.outcome,
            self.progress,
            self.table,
            self.why,
            row(self.look_button, self.package_button, None, self.remove_button, spacing=6),
            spacing=10,
        )
        box.setContentsMargins(16, 14, 16, 10)
        self.setLayout(box)

        desk.prepare_wanted.connect(self._review_of)

    @property
    def shown(self) -> SalesforceConnection:
        """The connection whose org is shown."""
        assert self._shown is not None, "a connection is under the hand"
        return self._shown

    # its dialogs

    def review(self, ids: tuple[str, ...] = (), *, ended: bool = False) -> None:
        """Show what would be installed, with these ticked, or how the last installation `ended`."""
        self._open(InstallDialog(self, self._desk, self.shown, ids, ended=ended))

    def _review_of(self, connection: str, ids: tuple[str, ...]) -> None:
        if self._shown is not None and self._shown.id == connection:
            self.review(ids)

    def _open(self, dialog: InstallDialog | RemoveDialog | PackageDialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: QWidget) -> None:
        if self.dialog is dialog:
            self.dialog = None

    # the cells

    @staticmethod
    def _name_cell(component: Component) -> Cell:
        return Cell(component_said(component), tip=component.id)

    def _purpose_cell(self, component: Component) -> Cell:
        used = ", ".join(component.integrations)
        tip = self.tr("Used by {0}").format(used) if used else ""
        return Cell(purpose_said(component), tip="\n".join(part for part in (purpose_said(component), tip) if part))

    @staticmethod
    def _state_cell(component: Component) -> Cell:
        said, look = state_said(component)
        why = reason_said(component)
        return Cell(said, look, said=f"{said}. {why}" if why else said, tip=why or said)

    # showing

    def retranslate(self) -> None:
        self.components.retranslate()

    def show_facts(self, facts: Facts, connection: SalesforceConnection) -> None:
        """Show how an org stands."""
        self._shown = connection
        seen = facts.prepared.get(connection.id)
        looking = prepare_key(connection.id) in facts.asking
        last = facts.preparation
        mine = last if last is not None and last.connection == connection.id else None
        busy = last is not None and last.under_way
        components = seen.components if seen is not None else ()
        self.title.setText(self.tr("Prepare Salesforce"))
        self._render_state(facts, connection, seen, looking, mine)
        lacks = bool(lacking(components))
        self.review_button.setText(self.tr("Revie&w and install…") if lacks else self.tr("&Who may see…"))
        self.review_button.setVisible(lacks or may_give(components))
        self.review_button.setEnabled(not looking and (not busy or mine is not None))
        self._render_trouble(facts.prepare_errors.get(connection.id) if not busy else None)
        self._render_warning(seen, busy)
        self._render_outcome(mine)
        self.progress.show_preparation(mine if mine is not None and mine.under_way else None)
        self.table.setVisible(bool(components))
        self.table.setAccessibleName(self.tr("What the project needs in this org"))
        self.components.show(components)
        self._render_why()
        authorized = bool(facts.authorized.get(connection.id))
        self.look_button.setText(self.tr("Look a&gain"))
        self.look_button.setEnabled(authorized and not looking and not busy)
        self.package_button.setText(self.tr("Dialog Insight's pac&kage…"))
        self.package_button.setEnabled(authorized and not looking and (not busy or mine is not None))
        self.remove_button.setText(self.tr("Remo&ve what was made…"))
        self.remove_button.setVisible(bool(ours(components)))
        self.remove_button.setEnabled(not looking and not busy)
        if self.dialog is not None:
            self.dialog.show_facts(facts)

    def _render_state(
        self,
        facts: Facts,
        connection: SalesforceConnection,
        seen: OrgPrepared | None,
        looking: bool,
        mine: Preparation | None,
    ) -> None:
        stands = standing(seen.components) if seen is not None else None
        if mine is not None and mine.under_way:
            say(self.state, self.tr("under way"), "neutral")
        elif looking:
            say(self.state, self.tr("looking…"), "neutral")
        elif stands is None:
            say(self.state, self.tr("not looked at yet"), "neutral")
        elif not stands.total:
            say(self.state, self.tr("nothing needed"), "ok")
        elif stands.complete:
            say(self.state, self.tr("all installed"), "ok")
        elif stands.lacking or stands.unsure:
            text = self.tr("{0} of {1} installed").format(number(stands.installed), number(stands.total))
            say(self.state, text, "warn")
        else:
            say(self.state, counts.components_conflict(stands.conflicts), "warn")
        assert facts.project is not None, "a connection is of a project"
        if not uses(facts.project, connection.id):
            text = self.tr("No integration uses this org yet. Once one does, what it needs here is listed.")
        elif stands is not None and not stands.total:
            text = self.tr("This project asks nothing of this org that is not there.")
        else:
            text = self.tr(
                "Only needed to send data from Salesforce, or where the project names fields that the org lacks. "
                "Nothing that exists is overwritten; conflicts are listed and left alone."
            )
        self.text.setText(text)

    def _render_trouble(self, error: DisfError | None) -> None:
        self._error = error
        if error is None:
            self.trouble.show_text("")
            return
        told = explained(error)
        self._deed = told.deed
        self.trouble.show_text(told.happened, told.what_to_do, error_details(error), "err")
        self.trouble.action.setText(deed_said(told.deed))
        self.trouble.action.setVisible(True)

    def _render_warning(self, seen: OrgPrepared | None, busy: bool) -> None:
        """Say what was begun and waits, else what else a person should know."""
        self._right = None
        begun = seen.begun if seen is not None else None
        if begun is not None and not busy and (begun.goes_on or begun.kind in GOES_ON_BY_ITSELF):
            self.warning.show_text(
                self.tr("An installation was begun in this org and has not come to its end."),
                self.tr("Go on with it: what is done already is not done again."),
            )
            self.warning.action.setText(self.tr("Go &on"))
            self.warning.action.setVisible(True)
            return
        notices = [each for each in (seen.notices if seen is not None else ()) if each.code != "under_way"]
        told = [notice_said(each) for each in notices]
        happened = "\n".join(first for first, _ in told)
        self.warning.show_text(happened, "\n".join(dict.fromkeys(second for _, second in told)))
        right = next((each for each in notices if each.code in RIGHTS), None)
        if right is not None:
            self._right = AccessRefused(right.message, right.what_to_do, right.integration, reason=right.code)
            self.warning.action.setText(deed_said(Deed.COPY))
        self.warning.action.setVisible(right is not None)

    def _heed(self) -> None:
        if self._right is not None:
            QGuiApplication.clipboard().setText(for_the_administrator(self._right, self.shown.login_url))
        else:
            self._desk.go_on_preparing(self.shown.id)

    def _render_outcome(self, mine: Preparation | None) -> None:
        """Say how the last preparation ended, until the person has read it."""
        if mine is None or mine.under_way or mine.left_going:
            self.outcome.show_text("")
            return
        if mine.error is not None:
            told = explained(mine.error)
            self.outcome.show_text(told.happened, told.what_to_do, error_details(mine.error), "err")
        elif mine.finished is not None and mine.finished.changed:
            self.outcome.show_text(self.tr("The org was prepared."), look="ok")
        else:
            self.outcome.show_text(self.tr("Nothing was left to be done."), look="ok")
        self.outcome.action.setText(self.tr("See what &became of it"))
        self.outcome.action.setVisible(bool(mine.failed or mine.installed or mine.given))
        self.outcome.close_button.setText(self.tr("Close"))
        self.outcome.close_button.setVisible(True)

    def _render_why(self) -> None:
        index = self.table.currentIndex()
        chosen = self.components.row(index) if index.isValid() else None
        say(self.why, reason_said(chosen) if chosen is not None else "")

    def _mend(self) -> None:
        assert self._error is not None, "the button is there with an error only"
        match self._deed:
            case Deed.COPY:
                QGuiApplication.clipboard().setText(for_the_administrator(self._error, self.shown.login_url))
            case Deed.AUTHORIZE:
                self._desk.sign_in(self.shown.id)
            case Deed.GO_ON:
                self._desk.go_on_preparing(self.shown.id)
            case Deed.LOOK:
                self._desk.look_at_org(self.shown.id)
