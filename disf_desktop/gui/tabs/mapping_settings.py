"""A mapping as a whole, where no pair is under the hand: which records it concerns, what a delete does, and the field
that tells people born in Dialog Insight apart."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.mapping_problems import external_id_problems, flag_problems
from disf_desktop.core.project import Deletes, Integration, OnDelete, ProjectType, Trigger
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema
from disf_desktop.core.trigger_rules import filter_problems
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.new_fields import NewExternalIdDialog
from disf_desktop.gui.inputs import Entry, Labelled, Picker
from disf_desktop.gui.models.directions import owner_of
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.new_fields import component_id, is_missing
from disf_desktop.gui.parts import Notice, button, column, label, say
from disf_desktop.gui.tabs.field_links import FieldLinks, not_there_yet
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.wording import error_details, error_said

NONE = ""


class MappingSettings(QWidget):
    """Shows what holds for a whole mapping, and changes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._name = desk, ""
        self.title, self.hint = label("subtitle", wrap=True), label("muted", wrap=True)
        self.filter, self.flag_text = Entry(), Entry()
        self.on_delete, self.flag, self.external_id = Picker(), Picker(searchable=True), Picker(searchable=True)
        self.filter.entered.connect(self._filter)
        self.flag_text.entered.connect(self._flag_text)
        self.on_delete.picked.connect(self._on_delete)
        self.flag.picked.connect(self._flag)
        self.external_id.picked.connect(self._external_id)
        self.filter_box, self.on_delete_box, self.flag_box = map(Labelled, (self.filter, self.on_delete, self.flag))
        self.flag_text_box, self.external_box = Labelled(self.flag_text), Labelled(self.external_id)
        self.external_links = FieldLinks(self._create_external_id, self._install_external_id)
        for box in (self.filter_box, self.on_delete_box, self.flag_box, self.flag_text_box, self.external_box):
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # the help below wraps
        self.try_button = button("", self._try)
        self.answer = Notice("ok")
        self.setLayout(
            column(
                column(self.title, self.hint, spacing=3),
                column(self.filter_box, self.try_button, self.answer, spacing=6),
                self.on_delete_box,
                self.flag_box,
                self.flag_text_box,
                column(self.external_box, self.external_links, spacing=2),
                None,
                spacing=14,
            )
        )

    def show_mapping(self, facts: Facts, integration: Integration) -> None:
        """Show what holds for a mapping as the facts have it."""
        self._name = integration.name
        assert facts.project is not None, "a mapping is of a project file"
        from_salesforce = owner_of(facts.project, integration) is ProjectType.A
        self.title.setText(self.tr("The mapping as a whole"))
        say(self.hint, self.tr("Choose a field or a line to see how its values travel."))
        self._show_filter(facts, integration, from_salesforce)
        self._show_deletes(facts, integration, from_salesforce)
        self._show_external_id(facts, integration)

    def _show_filter(self, facts: Facts, integration: Integration, able: bool) -> None:
        condition = integration.filter or ""
        for part in (self.filter_box, self.try_button):
            part.setVisible(able)
        self.filter.show_text(condition)
        self.filter.setPlaceholderText(self.tr("All records"))
        self.filter_box.show_text(
            self.tr("Only these records"),
            self.tr("A SOQL condition: what comes after WHERE, such as Status__c = 'Active'. Empty: all records."),
        )
        asking = f"filter/{integration.name}" in facts.asking
        self.try_button.setText(self.tr("Trying…") if asking else self.tr("Try the condition"))
        self.try_button.setEnabled(
            bool(condition) and not asking and bool(facts.authorized.get(integration.salesforce))
        )
        self._show_answer(facts, integration, able)

    def _show_answer(self, facts: Facts, integration: Integration, able: bool) -> None:
        wrong = next(filter_problems("filter", integration.filter), None)
        tried, error = facts.tried_filters.get(integration.name, ("", None))
        if not able:
            self.answer.show_text("")
        elif wrong is not None:
            self.answer.show_text(*problem_said(wrong))
        elif not integration.filter or tried != integration.filter:
            self.answer.show_text("")
        elif error is not None:
            self.answer.show_text(*error_said(error), error_details(error))
        else:
            self.answer.show_text(self.tr("Salesforce understands this condition."), look="ok")

    def _show_deletes(self, facts: Facts, integration: Integration, able: bool) -> None:
        deletes, schema = integration.deletes, facts.target_schema(integration)
        flags = deletes.on_delete is OnDelete.FLAG
        listens = Trigger.SALESFORCE_DELETED in integration.triggers
        self.on_delete_box.setVisible(able)
        names = [
            (OnDelete.FLAG, self.tr("Say it in a field, or to me")),
            (OnDelete.IGNORE, self.tr("Do nothing")),
        ]
        self.on_delete.show_choices(names, deletes.on_delete)
        heard = self.tr("Nothing is ever deleted in Dialog Insight.")
        unheard = self.tr("Not listened to yet: tick “Deleted in Salesforce” on the Integrations tab.")
        self.on_delete_box.show_text(self.tr("When deleted in Salesforce"), heard if listens else f"{heard} {unheard}")
        self.flag_box.setVisible(able and flags)
        none = (NONE, self.tr("No field: it is set aside for me"))
        fields = _flag_fields(integration, schema)
        choices = [none, *((field.name, _named(field)) for field in fields)]
        if deletes.field is not None and deletes.field not in {name for name, _ in choices}:
            choices.append((deletes.field, deletes.field))
        self.flag.show_choices(choices, deletes.field or NONE)
        wrong = flag_problems(deletes, integration.mapping, schema, "deletes") if schema is not None else ()
        self.flag_box.show_text(
            self.tr("Field that says so"),
            " ".join(problem_said(wrong[0])) if wrong else self.tr("A date receives the day, a checkbox is ticked."),
        )
        chosen = schema.find(deletes.field) if schema is not None and deletes.field is not None else None
        is_text = chosen is not None and chosen.type in (FieldType.TEXT, FieldType.LONG_TEXT)
        self.flag_text_box.setVisible(able and flags and is_text)
        self.flag_text.show_text(deletes.text)
        self.flag_text_box.show_text(self.tr("Words written there"), self.tr("{date} becomes the day."))

    def _show_external_id(self, facts: Facts, integration: Integration) -> None:
        born = Trigger.DIALOG_INSIGHT_CREATED in integration.triggers and integration.table == CONTACT_LIST
        schema = facts.source_schema(integration)
        self.external_box.setVisible(born or integration.external_id is not None)
        fields = _external_ids(schema)
        choices = [(NONE, self.tr("Not chosen yet")), *((field.name, _named(field)) for field in fields)]
        if integration.external_id is not None and integration.external_id not in {name for name, _ in choices}:
            name = integration.external_id
            choices.append((name, not_there_yet(name) if is_missing(facts, integration, name) else name))
        self.external_id.show_choices(choices, integration.external_id or NONE)
        help = self.tr(
            "For people born in Dialog Insight: a text field of Salesforce marked External ID and Unique, which keeps "
            "anybody from being made twice."
        )
        missing = is_missing(facts, integration, integration.external_id)
        if missing:
            help = self.tr("Salesforce does not have it yet, or hides it from the connected user.")
        elif schema is not None and not fields:
            none = self.tr("The object has none yet.")
            help = f"{help} {none}"
        elif schema is not None and (wrong := external_id_problems(integration, schema, "it")):
            help = " ".join(problem_said(wrong[0]))
        self.external_box.show_text(self.tr("External ID field"), help)
        self.external_links.show_links(schema is not None and born, missing, self.tr("External ID field"))

    def point_at(self, path: str) -> None:
        """Put the keyboard where something of a mapping is set, by its place in the project file."""
        by_member = {".filter": self.filter, ".deletes": self.flag, ".external_id": self.external_id}
        for member, part in by_member.items():
            if member in path:
                part.setFocus()

    # what a person does

    @property
    def _integration(self) -> Integration:
        found = self._desk.project.integration(self._name)
        assert found is not None, "a control that can be used shows a mapping of the file"
        return found

    def _filter(self, text: str) -> None:
        changed = self._integration.model_copy(update={"filter": text or None})
        self._desk.change_mapping(lambda: self.tr("Change which records {0} concerns").format(changed.name), changed)

    def _try(self) -> None:
        if condition := self._integration.filter:
            self._desk.try_filter(self._name, condition)

    def _on_delete(self, choice: OnDelete) -> None:
        self._change_deletes(self._integration.deletes.model_copy(update={"on_delete": choice}))

    def _flag(self, name: str) -> None:
        self._change_deletes(self._integration.deletes.model_copy(update={"field": name or None}))

    def _flag_text(self, text: str) -> None:
        self._change_deletes(self._integration.deletes.model_copy(update={"text": text or Deletes().text}))

    def _change_deletes(self, deletes: Deletes) -> None:
        changed = self._integration.model_copy(update={"deletes": deletes})
        self._desk.change_mapping(lambda: self.tr("Change what a delete does in {0}").format(changed.name), changed)

    def _create_external_id(self) -> None:
        NewExternalIdDialog(self, self._desk, self._integration).open()

    def _install_external_id(self) -> None:
        integration = self._integration
        if integration.external_id is not None:
            id = component_id(self._desk.facts, integration, integration.external_id)
            self._desk.want_preparation(integration.salesforce, (id,))

    def _external_id(self, name: str) -> None:
        changed = self._integration.model_copy(update={"external_id": name or None})
        self._desk.change_mapping(lambda: self.tr("Choose the external id of {0}").format(changed.name), changed)


def _named(field: Field) -> str:
    return title(field) if title(field) == field.name else f"{title(field)} ({field.name})"


def _flag_fields(integration: Integration, schema: Schema | None) -> list[Field]:
    """Give the fields of Dialog Insight that can say that a record is deleted."""
    if schema is None:
        return []
    tried = ((field, Deletes(field=field.name, text="{date}")) for field in schema.fields.values())
    return [field for field, deletes in tried if not flag_problems(deletes, integration.mapping, schema, "deletes")]


def _external_ids(schema: Schema | None) -> list[Field]:
    """Give the fields of Salesforce that can tell people born in Dialog Insight apart."""
    fields = schema.fields.values() if schema is not None else ()
    return [f for f in fields if f.type is FieldType.TEXT and f.external_id and f.unique and not f.calculated]
