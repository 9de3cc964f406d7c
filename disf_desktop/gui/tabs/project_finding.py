"""How changes that people make in Dialog Insight are found, and how old what is known of them may be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame

from disf_desktop.core.project import DestinationProject, Finding
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Labelled, Number
from disf_desktop.gui.models.directions import is_marker
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import FactGrid, Sentence, button, column, label, row
from disf_desktop.gui.tabs.project_settings import changed
from disf_desktop.gui.words.figures import counts, moment_soon

MOST_LOOKUPS = 100_000
"""As the project file has it."""


class FindingCard(QFrame):
    """Look-ups in each run, the folder of exports, and what is known of the age of things."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id = ""
        self.setProperty("card", "plain")
        self.title, self.text = label("strong"), label("small", wrap=True)
        self.lookups = Number(0, MOST_LOOKUPS)
        self.lookups.entered.connect(self._look_up)
        self._lookups = Labelled(self.lookups)
        self._caption, self.folder, self._folder_help = label("caption"), Sentence(), label("small", wrap=True)
        self.choose_button, self.clear_button = button("", self._ask_for_folder), button("quiet", self._clear)
        where = column(self.folder, row(self.choose_button, self.clear_button, None, spacing=8), spacing=6)
        inputs = row(self._lookups, column(self._caption, where, self._folder_help, None, spacing=4), spacing=24)
        inputs.setAlignment(self._lookups, Qt.AlignmentFlag.AlignTop)
        for n in range(2):
            inputs.setStretch(n, 1)
        self.known = FactGrid(2, 2)
        layout = column(column(self.title, self.text, spacing=3), inputs, self.known, spacing=12)
        layout.setContentsMargins(16, 14, 16, 14)
        self.setLayout(layout)

    def show_destination(self, facts: Facts, destination: DestinationProject) -> None:
        """Show how changes of a destination project are found."""
        self._id = destination.id
        self.title.setText(self.tr("How changes made in Dialog Insight are found"))
        self.text.setText(
            self.tr(
                "By their date, where the account tells it, and besides in these ways. What is seen late is sent late."
            )
        )
        number, folder = destination.finding.lookups_per_run, destination.finding.export_folder
        self._lookups.show_text(
            self.tr("People &looked up in each run"),
            self.tr("Those not seen for longest first; each is one call.")
            if number
            else self.tr("Nobody is looked up."),
        )
        self.lookups.show_number(number)
        self._caption.setText(self.tr("Folder of exports"))
        self.folder.show_text(folder or self.tr("No folder is named"))
        self._folder_help.setText(self.tr("Exports of this project that appear there as CSV files are read."))
        self.choose_button.setText(self.tr("Choose a &folder…"))
        self.choose_button.setAccessibleDescription(folder or self.tr("No folder is named"))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Name no folder of exports"))
        self.clear_button.setVisible(folder is not None)
        self._show_known(facts, destination)

    def _show_known(self, facts: Facts, destination: DestinationProject) -> None:
        project = facts.project
        assert project is not None
        mine = [i for i in project.integrations if i.project == destination.id]
        markers = [p.target for i in mine for p in i.mapping.pairs if is_marker(project, i, p)]
        by_marker = self.tr("By the empty field {0}").format(", ".join(dict.fromkeys(markers)))
        looked = [facts.history.freshness[i.name] for i in mine if i.name in facts.history.freshness]
        stamps = [f.oldest_look for f in looked if f.oldest_look is not None]
        never = sum(f.never_looked for f in looked)
        oldest = [moment_soon(min(stamps))] if stamps else []
        oldest += [counts.never_looked(never)] if never else []
        self.known.show_facts(
            (self.tr("New people"), by_marker if markers else ""),
            (self.tr("Oldest look at a person"), " · ".join(oldest)),
        )

    # edits

    def _change(self, finding: dict[str, object], destination: DestinationProject) -> DestinationProject:
        made = Finding.model_validate(destination.finding.model_dump() | finding)
        return destination.model_copy(update={"finding": made})

    def _look_up(self, number: int) -> None:
        destination = self._desk.project.destination(self._id)
        if destination is not None:
            name = destination.name
            after = self._change({"lookups_per_run": number}, destination)
            changed(self._desk, lambda: self.tr("Look up {1} of {0}").format(name, counts.people(number)), after)

    def _ask_for_folder(self) -> None:
        destination = self._desk.project.destination(self._id)
        now = destination.finding.export_folder if destination is not None else None
        dialog = QFileDialog(self, self.tr("Folder of exports"), now or "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take_folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def take_folder(self, folder: str) -> None:
        """Read the exports that appear in a folder."""
        destination = self._desk.project.destination(self._id)
        if destination is not None and folder:
            name = destination.name
            after = self._change({"export_folder": folder}, destination)
            changed(self._desk, lambda: self.tr("Read the exports of {0} from a folder").format(name), after)

    def _clear(self) -> None:
        destination = self._desk.project.destination(self._id)
        if destination is not None:
            name = destination.name
            after = self._change({"export_folder": None}, destination)
            changed(self._desk, lambda: self.tr("Read no exports of {0}").format(name), after)
