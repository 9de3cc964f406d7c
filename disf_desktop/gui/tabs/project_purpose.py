"""What a destination project is for: the two types to choose from, what flows, and what a change of it breaks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from disf_desktop.core.edits import with_destination
from disf_desktop.core.project import DestinationProject, ProjectType
from disf_desktop.core.project_rules import problems_within
from disf_desktop.gui.cards.choice import ChoiceCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.destinations import integrations_of, missing_fields, with_type
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.flows import flows_of
from disf_desktop.gui.models.project_key import Key, KeyState, check_key, fields_shown, told_key, type_of_key
from disf_desktop.gui.parts import Notice, column, label, row
from disf_desktop.gui.tabs.flow_diagram import FlowDiagram
from disf_desktop.gui.tabs.project_settings import changed, take_key
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.problem_words import problems_said


class PurposeCard(QFrame):
    """The two cards, and the diagram. `project_clicked` gives the id of a project of the diagram."""

    project_clicked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id = ""
        self.setProperty("card", "plain")
        self.title = label("strong")
        self.types = {kind: ChoiceCard() for kind in ProjectType}
        for kind, each in self.types.items():
            each.taken.connect(partial(self._choose, kind))
        both = row(*self.types.values(), spacing=12)
        for n in range(2):
            both.setStretch(n, 1)
        self.diagram = FlowDiagram()
        self.diagram.project_clicked.connect(self.project_clicked)
        layout = column(self.title, both, self.diagram, spacing=12)
        layout.setContentsMargins(16, 14, 16, 14)
        self.setLayout(layout)

    def show_destination(self, facts: Facts, destination: DestinationProject) -> None:
        """Show the type of a destination project, and what flows in the whole file."""
        assert facts.project is not None
        self._id = destination.id
        self.title.setText(self.tr("What is this project for?"))
        texts = {
            ProjectType.A: (
                self.tr("Type A: send to the people in Salesforce"),
                self.tr(
                    "Contacts come from Salesforce. Changes and opt-ins can go back there. "
                    "Primary key: the Salesforce Id."
                ),
            ),
            ProjectType.B: (
                self.tr("Type B: gather new contacts"),
                self.tr(
                    "Contacts are created here, by forms for example, and then in Salesforce. Primary key: the e-mail."
                ),
            ),
        }
        for kind, each in self.types.items():
            each.show_choice(*texts[kind], kind is destination.type)
        self.diagram.show_flows(flows_of(facts.project), destination.id)

    def _choose(self, type: ProjectType) -> None:
        project = self._desk.project
        destination = project.destination(self._id)
        if destination is None or destination.type is type:
            return
        after = with_type(self._desk.facts, destination, type)
        name, kind = destination.name, type.value
        self._desk.edit(lambda: self.tr("Make {0} type {1}").format(name, kind), with_destination(project, after))


class ProjectNotices(QFrame):
    """What is wrong with a destination project, each with its reason, its way out, and a button that takes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._acts: dict[Notice, Callable[[], object]] = {}
        self.key, self.served, self.missing = Notice(), Notice(), Notice()
        for each in (self.key, self.served, self.missing):
            each.action.clicked.connect(partial(self._act, each))
        self.setLayout(column(self.key, self.served, self.missing, spacing=10))

    def _act(self, notice: Notice, *_: object) -> None:
        if (act := self._acts.get(notice)) is not None:
            act()

    def _offer(self, notice: Notice, verb: str, act: Callable[[], object] | None) -> None:
        notice.action.setText(verb)
        notice.action.setVisible(act is not None and bool(verb))
        if act is None:
            self._acts.pop(notice, None)
        else:
            self._acts[notice] = act

    def show_destination(self, facts: Facts, destination: DestinationProject) -> None:
        """Say what is wrong, if anything is."""
        self._show_key(facts, destination)
        self._show_served(facts, destination)
        self._show_missing(facts, destination)
        self.setVisible(any(not each.isHidden() for each in (self.key, self.served, self.missing)))

    def _show_key(self, facts: Facts, destination: DestinationProject) -> None:
        state, shown = check_key(facts, destination), fields_shown(facts, destination)
        told = told_key(facts, destination)
        title, text = self._key_said(state, told)
        self.key.show_text(title, text)
        if shown is None:
            self._offer(self.key, "", None)
            return
        other = type_of_key(shown, told)
        if state is KeyState.OTHER_KEY:
            self._offer(self.key, self.tr("Use {0}").format(", ".join(told)), partial(self._use, destination, told))
        elif state in (KeyState.NOT_TEXT, KeyState.NOT_EMAIL) and other not in (None, destination.type):
            assert other is not None
            self._offer(
                self.key, self.tr("Make it type {0}").format(other.value), partial(self._make, destination, other)
            )
        elif state is KeyState.TOO_SHORT:
            connection = destination.connection
            self._offer(self.key, self.tr("Read again"), lambda: self._desk.read_fields_again(connection))
        else:
            self._offer(self.key, "", None)

    def _key_said(self, state: KeyState, told: Key) -> tuple[str, str]:
        said = {
            KeyState.MISSING: (
                self.tr("The key is not in the project"),
                self.tr("Dialog Insight shows no field of that name. Pick the primary key among its fields."),
            ),
            KeyState.OTHER_KEY: (
                self.tr("Dialog Insight has another key"),
                self.tr("It says that the primary key is {0}. By another field, contacts would not be found again."),
            ),
            KeyState.TOO_SHORT: (
                self.tr("The key is too short"),
                self.tr(
                    "A Salesforce Id has 18 characters. Lengthen the field in Dialog Insight, or pick another field."
                ),
            ),
            KeyState.NOT_TEXT: (
                self.tr("The key does not suit type A"),
                self.tr(
                    "It must hold the Salesforce Id, which is a text; an e-mail may repeat or change. Pick the field "
                    "for the Salesforce Id. Dialog Insight locks the key once a project is online: where it is "
                    "another one, use another project, or type B."
                ),
            ),
            KeyState.NOT_EMAIL: (
                self.tr("The key does not suit type B"),
                self.tr(
                    "People who are born in Dialog Insight have no Salesforce Id yet; they are known by their e-mail. "
                    "Pick the e-mail field, or use another project for them."
                ),
            ),
        }
        title, text = said.get(state, ("", ""))
        return title, text.format(", ".join(told))

    def _use(self, destination: DestinationProject, key: Key) -> None:
        take_key(self._desk, destination, key, self._step_of_key)

    def _step_of_key(self, name: str, key: str) -> str:
        return self.tr("Make {1} the key of {0}").format(name, key)

    def _make(self, destination: DestinationProject, type: ProjectType) -> None:
        name, kind = destination.name, type.value
        after = with_type(self._desk.facts, destination, type)
        changed(self._desk, lambda: self.tr("Make {0} type {1}").format(name, kind), after)

    def _show_served(self, facts: Facts, destination: DestinationProject) -> None:
        """Say what in the integrations does not go together with the type and the key of the project."""
        project = facts.project
        assert project is not None
        wrong = {
            i.name: problems_within(project, i.name, facts.problems) for i in integrations_of(project, destination)
        }
        wrong = {name: found for name, found in wrong.items() if found}
        total = sum(map(len, wrong.values()))
        if not total:
            self.served.show_text("")
            self._offer(self.served, "", None)
            return
        on = [i.name for i in project.integrations if i.enabled and i.name in wrong]
        text = (
            self.tr("Nothing of this file is synced until this is put right, or these are switched off: {0}.").format(
                ", ".join(on)
            )
            if on
            else self.tr("They are switched off, so the others go on: {0}.").format(", ".join(wrong))
        )
        details = "\n".join(f"{name}\n{problems_said(found)}" for name, found in wrong.items())
        self.served.show_text(counts.do_not_suit(total), text, details)
        self._offer(self.served, *self._undo())

    def _undo(self) -> tuple[str, Callable[[], object] | None]:
        """Offer to take the last step back, where that is what a person has just done."""
        history = self._desk.history
        if not history.canUndo() or history.canRedo():
            return "", None
        return self.tr("Undo: {0}").format(history.undoText()), history.undo

    def _show_missing(self, facts: Facts, destination: DestinationProject) -> None:
        missing = missing_fields(facts, destination)
        self._offer(self.missing, "", None)
        if not missing:
            self.missing.show_text("")
            return
        names = dict.fromkeys(name for each in missing for name in each.names)
        used = ", ".join(each.integration for each in missing)
        self.missing.show_text(
            self.tr("Dialog Insight does not show: {0}").format(", ".join(names)),
            self.tr(
                "Used by {0}. Add the fields in Dialog Insight (Project, Data Management, Project Fields), build the "
                "tables there, then read the fields again; or pair other fields."
            ).format(used),
        )
        self._offer(self.missing, self.tr("Read again"), partial(self._desk.read_fields_again, destination.connection))
