"""The opt-in under the hand: the Salesforce field that it is written to, what each answer becomes there, and what is
recorded beside it. Each change is a step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedWidget, QWidget

from disf_desktop.core.optin_edits import carriers
from disf_desktop.core.optins import Member
from disf_desktop.core.project import DestinationProject, OptinPair, Trigger
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.new_fields import NewOptInDialog
from disf_desktop.gui.inputs import Choice, Entry, Labelled, Picker, Switch
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.new_fields import ANSWERS, MEMBERS, component_id, is_missing
from disf_desktop.gui.models.opt_ins import OptInRow, aimed_at, carried_by, receivers
from disf_desktop.gui.models.pairs import components_in
from disf_desktop.gui.parts import Notice, button, column, label, row, rule, say
from disf_desktop.gui.tabs.field_links import FieldLinks, not_there_yet
from disf_desktop.gui.words.choices import optin_values
from disf_desktop.gui.words.field_words import field_type
from disf_desktop.gui.words.problem_words import prepare_verb, problem_said


class OptInEditor(QFrame):
    """Shows one opt-in of the project file, and changes it through the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._row: OptInRow | None = None
        self._fields: tuple[Field, ...] = ()
        self.name, self.code = label("subtitle", wrap=True), label("small")
        self.remove_button = button("danger", self._remove)
        self.problem, self.trigger = Notice("err"), Notice("warn")
        self.trigger.action.clicked.connect(self._tick)
        self.problem.action.clicked.connect(self._prepare_for_problem)
        self.carrier = Labelled(Picker())
        self.target = Labelled(Picker(searchable=True))
        self.date, self.source = Labelled(Picker(searchable=True)), Labelled(Picker(searchable=True))
        self.picker(self.carrier).picked.connect(self._move)
        self.picker(self.target).picked.connect(self._aim)
        self.picker(self.date).picked.connect(partial(self._put, "date_target"))
        self.picker(self.source).picked.connect(partial(self._put, "source_target"))
        self.values = label("strong", wrap=True)
        self.values_caption, self.also = label("caption"), label("caption")
        self._kinds = QStackedWidget()
        self._pages = (self._box_page(), self._list_page(), self._text_page())
        for kind in self._pages:
            self._kinds.addWidget(kind)
        head = row(column(self.name, self.code, spacing=1), self.remove_button)
        head.setStretch(0, 1)
        self.links = {
            member: FieldLinks(partial(self._create, member), partial(self._prepare, member)) for member in MEMBERS
        }
        where = self._beside(self.carrier, self._linked(self.target, "target"))
        beside = self._beside(self._linked(self.date, "date_target"), self._linked(self.source, "source_target"))
        parts = (head, self.problem, self.trigger, where, self.values_caption, self._kinds, self.values)
        box = column(*parts, rule(), self.also, beside, spacing=10)
        box.setContentsMargins(16, 14, 16, 14)
        self.setLayout(box)

    def _beside(self, *parts: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for n, part in enumerate(parts):
            grid.addWidget(part, 0, n, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(n, 1)
        return grid

    def _linked(self, labelled: Labelled, member: Member) -> QWidget:
        part = QWidget()
        part.setLayout(column(labelled, self.links[member], spacing=2))
        return part

    def _box_page(self) -> QWidget:
        self.inverted, self._inverted_text = Switch(), QLabel()
        self._inverted_text.setBuddy(self.inverted)
        self.inverted.switched.connect(partial(self._put, "inverted"))
        return self._page(row(self.inverted, self._inverted_text, None, spacing=6))

    def _list_page(self) -> QWidget:
        self.words = {answer: Labelled(Picker()) for answer in ANSWERS}
        for answer, each in self.words.items():
            self.picker(each).picked.connect(partial(self._put, answer))
        return self._page(self._beside(*self.words.values()))

    def _text_page(self) -> QWidget:
        self.typed = {answer: Labelled(Entry()) for answer in ANSWERS}
        for answer, each in self.typed.items():
            self.entry(each).entered.connect(partial(self._type, answer))
        return self._page(self._beside(*self.typed.values()))

    @staticmethod
    def _page(layout: Any) -> QWidget:
        page = QWidget()
        layout.setContentsMargins(0, 0, 0, 0)
        page.setLayout(layout)
        return page

    @staticmethod
    def picker(labelled: Labelled) -> Picker:
        """Give the picker below a caption."""
        assert isinstance(labelled.widget, Picker)
        return labelled.widget

    @staticmethod
    def entry(labelled: Labelled) -> Entry:
        """Give the line below a caption."""
        assert isinstance(labelled.widget, Entry)
        return labelled.widget

    # what the person does

    def _now(self) -> tuple[str, int, OptinPair] | None:
        """Give the opt-in as it is in the project now, which may be newer than what is drawn; None where it is gone."""
        if self._row is None or self._row.integration is None:
            return None
        name = self._row.integration.name
        integration = self._desk.project.integration(name)
        optins = integration.optins if integration is not None else ()
        return next(((name, n, pair) for n, pair in enumerate(optins) if pair.optin == self._row.code), None)

    def _put(self, member: str, value: Any) -> None:
        if (now := self._now()) is not None:
            name, number, pair = now
            self._desk.change_opt_in(name, number, pair.model_copy(update={member: value}))

    def _type(self, answer: str, text: str) -> None:
        self._put(answer, text or None)

    def _aim(self, target: str) -> None:
        now = self._now()
        if now is not None and target != now[2].target:
            name, number, pair = now
            self._desk.change_opt_in(name, number, aimed_at(pair, target, self._fields))

    def _move(self, to: str) -> None:
        now, integration = self._now(), self._desk.project.integration(to)
        if now is None or self._row is None or integration is None or to == now[0]:
            return
        name, number, pair = now
        row_now = replace(self._row, pair=pair, number=number)
        self._desk.move_opt_in(name, number, to, carried_by(self._desk.facts, row_now, integration))

    def _remove(self) -> None:
        if (now := self._now()) is not None:
            self._desk.remove_opt_in(now[0], now[1])

    def _create(self, member: Member) -> None:
        """Ask how the field for a member shall be called."""
        now, shown = self._now(), self._row
        integration = self._desk.project.integration(now[0]) if now is not None else None
        if now is None or shown is None or integration is None:
            return
        opt_in = (now[2].optin, shown.name)
        NewOptInDialog(self, self._desk, opt_in, (integration,), now[2], member).open()

    def _prepare(self, member: Member) -> None:
        """Open the review of the installation for the field that a member names."""
        if (now := self._now()) is None:
            return
        name, integration = getattr(now[2], member), self._desk.project.integration(now[0])
        if name is not None and integration is not None:
            id = component_id(self._desk.facts, integration, name)
            self._desk.want_preparation(integration.salesforce, (id,))

    def _prepare_for_problem(self) -> None:
        found = components_in(self._row.problems) if self._row is not None else None
        if found is not None:
            self._desk.want_preparation(*found)

    def _tick(self) -> None:
        if (now := self._now()) is not None:
            self._desk.tick_opt_ins(now[0])

    # what is shown

    def show_row(self, facts: Facts, destination: DestinationProject, shown: OptInRow | None) -> None:
        """Show an opt-in of the file; anything else hides the whole."""
        self._row = shown
        tied = shown is not None and shown.pair is not None
        self.setVisible(tied)
        if shown is None or shown.pair is None or shown.integration is None:
            return
        integration, pair = shown.integration, shown.pair
        self.name.setText(self.tr("{0} → Salesforce").format(shown.name))
        say(self.code, shown.code if shown.code != shown.name else "")
        self.remove_button.setText(self.tr("Re&move"))
        self.remove_button.setAccessibleName(self.tr("Remove the opt-in {0}").format(shown.name))
        self._show_problems(shown)
        others = [
            i
            for i in carriers(self._desk.project, destination.id)
            if i == integration or not any(p.optin.casefold() == pair.optin.casefold() for p in i.optins)
        ]
        self.carrier.show_text(self.tr("&Carried by"))
        self.picker(self.carrier).show_choices([(i.name, f"{i.name} · {i.object}") for i in others], integration.name)
        self.picker(self.carrier).setEnabled(len(others) > 1)
        self._fields = receivers(facts, integration, "target", shown.number)
        self.target.show_text(self.tr("Sa&lesforce field of {0}").format(integration.object))
        self.picker(self.target).show_choices(
            self._named(facts, shown, self._fields, pair.target, shown.target), pair.target
        )
        self._show_links(facts, shown, self.target, "target")
        self._show_values(shown)
        self.also.setText(self.tr("Also record"))
        self.date.show_text(self.tr("S&ince when, in"))
        self._show_beside(facts, shown, self.date, "date_target", pair.date_target)
        self.source.show_text(self.tr("From &where, in"))
        self._show_beside(facts, shown, self.source, "source_target", pair.source_target)

    def _show_problems(self, shown: OptInRow) -> None:
        found = shown.problems
        if found:
            happened, what_to_do = problem_said(found[0])
            more = "\n".join(" ".join(problem_said(p)) for p in found[1:])
            self.problem.action.setText(prepare_verb())
            self.problem.action.setVisible(components_in(found) is not None)
            self.problem.show_text(happened, what_to_do, more, "err")
        else:
            self.problem.show_text("")
        integration = shown.integration
        assert integration is not None
        if Trigger.OPTIN_CHANGED not in integration.triggers:
            happened = self.tr("{0} does not carry opt-ins yet.").format(integration.name)
            what_to_do = self.tr("Without “Opt-in changed”, Salesforce will not know who unsubscribed.")
            self.trigger.action.setText(self.tr("&Tick “Opt-in changed”"))
            self.trigger.action.setVisible(True)
            self.trigger.show_text(happened, what_to_do)
        else:
            self.trigger.show_text("")

    def _named(
        self, facts: Facts, shown: OptInRow, fields: Sequence[Field], name: str | None, target: Field | None
    ) -> list[Choice]:
        """Give fields to pick from, with the one taken even where it should not have been, or is not there."""
        named: list[Choice] = [(f.name, self._field(f)) for f in fields]
        if name is not None and all(each != name for each, _ in named):
            assert shown.integration is not None, "an opt-in of the file is shown"
            missing = is_missing(facts, shown.integration, name)
            text = self._field(target) if target is not None else not_there_yet(name) if missing else name
            named.insert(0, (name, text))
        return named

    def _show_links(self, facts: Facts, shown: OptInRow, where: Labelled, member: Member) -> None:
        assert shown.integration is not None, "an opt-in of the file is shown"
        able = facts.source_schema(shown.integration) is not None
        missing = is_missing(facts, shown.integration, getattr(shown.pair, member))
        self.links[member].show_links(able, missing, where.caption.text().replace("&", ""))

    def _field(self, field: Field) -> str:
        parts = dict.fromkeys((title(field), field.name, field_type(field)))
        return " · ".join(parts)

    def _show_beside(self, facts: Facts, shown: OptInRow, where: Labelled, member: Member, name: str | None) -> None:
        assert shown.integration is not None
        schema = facts.source_schema(shown.integration)
        fields = receivers(facts, shown.integration, member, shown.number)
        found = schema.find(name) if schema is not None and name is not None else None
        named = self._named(facts, shown, fields, name, found)
        self.picker(where).show_choices([(None, self.tr("not recorded")), *named], name)
        self._show_links(facts, shown, where, member)

    def _show_values(self, shown: OptInRow) -> None:
        pair = shown.pair
        assert pair is not None
        self.values_caption.setText(self.tr("What the answers become"))
        kind = self._kind(shown)
        self._kinds.setCurrentIndex(kind)
        self._kinds.setFixedHeight(self._pages[kind].sizeHint().height())
        say(self.values, self.tr("Yes / no / no answer: {0}").format(optin_values(pair, kind == 0)))
        self.inverted.show_state(pair.inverted, self.tr("Inverted: ticked means no"))
        self._inverted_text.setText(self.tr("In&verted: ticked means no, as for Email Opt Out"))
        captions = (self.tr("&Yes becomes"), self.tr("&No becomes"), self.tr("No &answer becomes"))
        stays = self.tr("leave as it is")
        for answer, caption in zip(ANSWERS, captions, strict=True):
            self.words[answer].show_text(caption)
            self.typed[answer].show_text(caption)
            word: str | None = getattr(pair, answer)
            words: list[Choice] = [(each, each) for each in (shown.target.choices if shown.target else ())]
            if word is not None and all(each != word for each, _ in words):
                words.insert(0, (word, word))
            if answer == "neutral":
                words.insert(0, (None, stays))
            self.picker(self.words[answer]).show_choices(words, word)
            line = self.entry(self.typed[answer])
            line.show_text(word or "")
            line.setPlaceholderText(stays if answer == "neutral" else "")

    @staticmethod
    def _kind(shown: OptInRow) -> int:
        """Say which page edits the answers: that of a checkbox, of a list, or of a text."""
        target = shown.target
        if target is None:
            return 0 if shown.pair is not None and shown.pair.subscribed is None else 2
        if target.type is FieldType.BOOLEAN:
            return 0
        return 1 if target.choices else 2
